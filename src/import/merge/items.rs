//! The tasks, milestones and projects of a document, wherever they stand in it.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, TableLike};

/// How deep projects may be nested.
const DEEPEST: usize = 64;

/// Where a task or milestone stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The ids of the projects around it, the outermost first.
    pub projects: Vec<String>,
    /// `tasks` or `milestones`.
    pub list: &'static str,
    /// Its place in the list.
    pub at: usize,
}

/// A task or milestone.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub slot: Slot,
    /// Its full id.
    pub full: String,
    pub name: String,
    /// What the tool calls it, if it comes from one.
    pub source: Option<String>,
}

/// All tasks and milestones in the order of the document, and all projects by full id.
pub(super) fn found(document: &DocumentMut) -> (Vec<Found>, Vec<String>) {
    let (mut items, mut projects) = (Vec::new(), Vec::new());
    visit(document.as_table(), &mut Vec::new(), &mut items, &mut projects);
    (items, projects)
}

fn visit(table: &dyn TableLike, path: &mut Vec<String>, items: &mut Vec<Found>, projects: &mut Vec<String>) {
    for list in ["tasks", "milestones"] {
        let Some(item) = table.get(list) else { continue };
        for (at, element) in elements(item).into_iter().enumerate() {
            let text = |key: &str| element.get(key).and_then(Item::as_str).map(str::to_owned);
            let Some(id) = text("id") else { continue };
            let full = path.iter().cloned().chain([id.clone()]).collect::<Vec<_>>().join(".");
            let name = text("name").unwrap_or(id);
            let slot = Slot { projects: path.clone(), list, at };
            items.push(Found { slot, full, name, source: text("source") });
        }
    }
    let Some(inner) = table.get("projects").and_then(Item::as_table_like) else { return };
    if path.len() >= DEEPEST {
        return;
    }
    for (id, project) in inner.iter() {
        let Some(project) = project.as_table_like() else { continue };
        path.push(id.to_owned());
        projects.push(path.join("."));
        visit(project, path, items, projects);
        path.pop();
    }
}

/// The tables of a list, written with headers or in line.
pub(super) fn elements(item: &Item) -> Vec<&dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Item::Value(toml_edit::Value::Array(array)) => array
            .iter()
            .filter_map(|value| value.as_inline_table().map(|table| table as &dyn TableLike))
            .collect(),
        _ => Vec::new(),
    }
}

/// A table of a list, by its place.
pub(super) fn table_at(item: &Item, at: usize) -> Option<&dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.get(at).map(|table| table as &dyn TableLike),
        Item::Value(toml_edit::Value::Array(array)) => {
            array.get(at)?.as_inline_table().map(|table| table as &dyn TableLike)
        }
        _ => None,
    }
}

/// The table of a project by the ids from the outermost to it; [`None`] if there is none.
pub(super) fn project<'a>(document: &'a mut DocumentMut, path: &[String]) -> Option<&'a mut dyn TableLike> {
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for id in path {
        table = table.get_mut("projects")?.as_table_like_mut()?.get_mut(id)?.as_table_like_mut()?;
    }
    Some(table)
}

/// A task or milestone of a list.
pub(super) fn element(item: &mut Item, at: usize) -> Option<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.get_mut(at).map(|table| table as &mut dyn TableLike),
        Item::Value(toml_edit::Value::Array(array)) => {
            array.get_mut(at)?.as_inline_table_mut().map(|table| table as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Which of the old items is which of the new ones: by what the tool calls them where that is told apart, else by full id.
pub(super) fn pairs(old: &[Found], new: &[Found]) -> BTreeMap<usize, usize> {
    let by_source = |items: &[Found]| -> BTreeMap<String, Option<usize>> {
        let mut map = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            let Some(source) = &item.source else { continue };
            map.entry(source.clone()).and_modify(|known| *known = None).or_insert(Some(at));
        }
        map
    };
    let known = by_source(old);
    let is_unique = by_source(new);
    let by_full: BTreeMap<&str, usize> =
        old.iter().enumerate().map(|(at, item)| (item.full.as_str(), at)).collect();
    let mut pairs = BTreeMap::new();
    let mut taken = std::collections::BTreeSet::new();
    for pass in 0..2 {
        for (at, item) in new.iter().enumerate().filter(|(at, _)| !pairs.contains_key(at)).collect::<Vec<_>>()
        {
            let found = match (pass, &item.source) {
                (0, Some(source)) if is_unique.get(source).copied().flatten().is_some() => {
                    known.get(source).copied().flatten()
                }
                (1, _) => by_full.get(item.full.as_str()).copied().filter(|&at| {
                    // What the tool calls otherwise is something else, whatever its id.
                    let (old, new) = (&old[at].source, &item.source);
                    old.is_none()
                        || new.is_none()
                        || old == new
                        || known.get(old.as_deref().unwrap_or_default()).copied().flatten().is_none()
                }),
                _ => None,
            };
            if let Some(found) = found.filter(|found| !taken.contains(found)) {
                taken.insert(found);
                pairs.insert(at, found);
            }
        }
    }
    pairs
}
