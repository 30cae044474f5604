//! Putting an import into a document.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::after::renew_links;
use super::edits::{push, put, unplaced, written};
use super::items::{Found, element, elements, project, table_at};
use super::rename::Ids;
use super::same::{alike, same, shown};
use crate::import::report::{Entry, Fate, ImportReport};

/// Keys of a task that a file owns even where it no longer has them: it is told that they stay.
const DATES: [&str; 11] = [
    "start_no_earlier_than",
    "finish_no_earlier_than",
    "start_no_later_than",
    "finish_no_later_than",
    "must_start_on",
    "must_finish_on",
    "no_earlier_than",
    "no_later_than",
    "must_be_on",
    "deadline",
    "as_late_as_possible",
];

/// What is being put into what.
pub(super) struct Applying<'a> {
    document: &'a mut DocumentMut,
    fresh: &'a DocumentMut,
    report: &'a mut ImportReport,
}

/// What a change is told of.
pub(super) struct About<'a> {
    kind: &'static str,
    source: &'a str,
    name: &'a str,
    id: &'a str,
}

impl<'a> Applying<'a> {
    pub fn new(document: &'a mut DocumentMut, fresh: &'a DocumentMut, report: &'a mut ImportReport) -> Self {
        Self { document, fresh, report }
    }

    pub fn tell(report: &mut ImportReport, fate: Fate, about: &About<'_>, reason: String) {
        report.entries.push(Entry {
            fate,
            kind: about.kind,
            source: about.source.to_owned(),
            name: about.name.to_owned(),
            id: about.id.to_owned(),
            reason,
        });
    }

    /// When it starts and on which calendar; what people say of the program stays.
    pub fn program(&mut self) {
        const OWNED: [&str; 7] = [
            "start",
            "status_date",
            "calendar",
            "scheduling",
            "hours_per_day",
            "days_per_week",
            "days_per_month",
        ];
        let Some(fresh) = self.fresh.get("program").and_then(Item::as_table_like) else { return };
        let about = About { kind: "program", source: "", name: "", id: "program" };
        let Some(program) = self.document.get_mut("program").and_then(Item::as_table_like_mut) else {
            return;
        };
        for (key, item) in fresh.iter() {
            match program.get(key) {
                Some(old) if same(old, item) => {}
                Some(old) if OWNED.contains(&key) => {
                    let reason = format!("{key}: {} -> {}", shown(old), shown(item));
                    Self::tell(self.report, Fate::Changed, &about, reason);
                    put(program, key, item.clone());
                }
                Some(old) => {
                    let reason = format!("{key} stays {}; the file says {}", shown(old), shown(item));
                    Self::tell(self.report, Fate::Kept, &about, reason);
                }
                None => {
                    Self::tell(self.report, Fate::Added, &about, format!("{key}: {}", shown(item)));
                    put(program, key, item.clone());
                }
            }
        }
    }

    /// Renews the tasks and milestones that are there, and adds the others.
    pub fn items(
        &mut self,
        old: &[Found],
        new: &[Found],
        pairs: &BTreeMap<usize, usize>,
        ids: &Ids,
        elsewhere: &BTreeSet<usize>,
    ) {
        // Links from these belong to the file, whether it still has them or not.
        let paired: BTreeSet<usize> = pairs.values().copied().collect();
        let is_owned = |(at, item): &(usize, &Found)| paired.contains(at) || item.source.is_some();
        let mut owned: BTreeSet<String> =
            old.iter().enumerate().filter(is_owned).map(|(_, item)| item.full.clone()).collect();
        for item in old.iter().filter(|item| item.source.is_some()) {
            owned.extend((1..=item.slot.projects.len()).map(|depth| item.slot.projects[..depth].join(".")));
        }
        for (at, item) in new.iter().enumerate().filter(|(at, _)| !elsewhere.contains(at)) {
            let Some(fresh) = fresh_element(self.fresh, item) else { continue };
            let full = ids.get(&item.full).unwrap_or(&item.full);
            let source = item.source.clone().unwrap_or_default();
            let kind = if item.slot.list == "tasks" { "task" } else { "milestone" };
            let about = About { kind, source: &source, name: &item.name, id: full };
            match pairs.get(&at) {
                Some(&known) => self.renew(&old[known], fresh, &about, &owned),
                None => {
                    self.add(item, fresh, full, ids);
                    Self::tell(self.report, Fate::Added, &about, String::new());
                }
            }
        }
    }

    /// Renews one task or milestone.
    fn renew(&mut self, old: &Found, fresh: &dyn TableLike, about: &About<'_>, owned: &BTreeSet<String>) {
        let home = old.slot.projects.join(".");
        let Some(table) = project(self.document, &old.slot.projects) else { return };
        let Some(table) = table.get_mut(old.slot.list).and_then(|list| element(list, old.slot.at)) else {
            return;
        };
        let kind = if old.slot.list == "tasks" { "task" } else { "milestone" };
        if kind != about.kind {
            let reason = format!("it stays a {kind}; in the file it is a {}", about.kind);
            Self::tell(self.report, Fate::Kept, about, reason);
            return;
        }
        renew_links(table, fresh, &home, owned, about, self.report);
        for (key, item) in fresh.iter().filter(|(key, _)| !matches!(*key, "id" | "after")) {
            match table.get(key) {
                Some(old) if same(old, item) => continue,
                None => {
                    if key != "source" {
                        Self::tell(
                            self.report,
                            Fate::Changed,
                            about,
                            format!("{key}: {} (not given before)", shown(item)),
                        );
                    }
                }
                Some(old) if key == "duration" && old.is_table_like() && !item.is_table_like() => {
                    // A range whose most likely value is what the file says agrees with it.
                    if !mode_is(old, item) {
                        let reason = format!("the range {} stays; the file says {}", shown(old), shown(item));
                        Self::tell(self.report, Fate::Kept, about, reason);
                    }
                    continue;
                }
                Some(old) if key == "cost" && !alike(old, item) => {
                    let reason = format!("the cost {} stays; the file says {}", shown(old), shown(item));
                    Self::tell(self.report, Fate::Kept, about, reason);
                    continue;
                }
                Some(old) => {
                    Self::tell(
                        self.report,
                        Fate::Changed,
                        about,
                        format!("{key}: {} -> {}", shown(old), shown(item)),
                    );
                }
            }
            put(table, key, item.clone());
        }
        for key in DATES.iter().filter(|key| fresh.get(key).is_none()) {
            if let Some(item) = table.get(key) {
                let reason = format!("{key} stays {}; the file has none", shown(item));
                Self::tell(self.report, Fate::Kept, about, reason);
            }
        }
    }

    /// Adds one task or milestone, with the projects around it.
    fn add(&mut self, item: &Found, fresh: &dyn TableLike, full: &str, ids: &Ids) {
        let path: Vec<String> = full.split('.').map(str::to_owned).collect();
        let (own, projects) =
            path.split_last().map_or(("", &[][..]), |(own, projects)| (own.as_str(), projects));
        let mut entries = Table::new();
        for (key, value) in fresh.iter() {
            let value = if key == "id" { toml_edit::value(own) } else { value.clone() };
            entries.insert(key, value);
        }
        entries.decor_mut().set_prefix("\n");
        let mut table: &mut dyn TableLike = self.document.as_table_mut();
        for depth in 1..=projects.len() {
            if table.get("projects").is_none() {
                let mut group = Table::new();
                group.set_implicit(true);
                table.insert("projects", Item::Table(group));
            }
            let Some(inner) = table.get_mut("projects").and_then(Item::as_table_like_mut) else { return };
            let id = projects[depth - 1].as_str();
            if inner.get(id).is_none() {
                let new = new_project(self.fresh, &projects[..depth].join("."), ids);
                inner.insert(id, Item::Table(new));
            }
            let Some(next) = inner.get_mut(id).and_then(Item::as_table_like_mut) else { return };
            table = next;
        }
        push(table, item.slot.list, entries);
    }

    /// Takes out imported tasks that the file no longer has; they stay as comments at the end.
    pub fn remove(&mut self, old: &[Found], pairs: &BTreeMap<usize, usize>) {
        let kept: BTreeSet<usize> = pairs.values().copied().collect();
        let gone = old.iter().enumerate().filter(|(at, item)| item.source.is_some() && !kept.contains(at));
        let mut gone: Vec<&Found> = gone.map(|(_, item)| item).collect();
        // From the back, so that places stay what they were.
        gone.sort_by(|a, b| b.slot.cmp(&a.slot));
        let mut comments = Vec::new();
        for item in gone {
            let Some(table) = project(self.document, &item.slot.projects) else { continue };
            let Some(list) = table.get_mut(item.slot.list) else { continue };
            let Some(text) = element(list, item.slot.at).map(written) else { continue };
            let is_empty = match list {
                Item::ArrayOfTables(tables) => {
                    tables.remove(item.slot.at);
                    tables.is_empty()
                }
                Item::Value(Value::Array(array)) => {
                    array.remove(item.slot.at);
                    array.is_empty()
                }
                _ => false,
            };
            if is_empty {
                table.remove(item.slot.list);
            }
            comments.push(format!("# No longer in the plan, {}:\n{text}", item.full));
            let about = About {
                kind: "task",
                source: item.source.as_deref().unwrap_or(""),
                name: &item.name,
                id: &item.full,
            };
            Self::tell(self.report, Fate::Removed, &about, "it is a comment at the end now".to_owned());
        }
        if comments.is_empty() {
            return;
        }
        comments.reverse();
        let before = self.document.trailing().as_str().unwrap_or_default().trim_end().to_owned();
        let before = if before.is_empty() { before } else { format!("{before}\n") };
        self.document.set_trailing(format!("{before}\n{}", comments.join("\n")));
    }

    /// Adds entries of a table of named tables, and renews the keys that the file owns of those that are there.
    pub fn named(&mut self, group: &'static str, owned: &[&str]) {
        let kind = if group == "calendars" { "calendar" } else { "estimate" };
        let Some(fresh) = self.fresh.get(group).and_then(Item::as_table_like) else { return };
        if self.document.get(group).is_none() {
            let mut table = Table::new();
            table.set_implicit(true);
            self.document.insert(group, Item::Table(table));
        }
        let Some(all) = self.document.get_mut(group).and_then(Item::as_table_like_mut) else { return };
        for (id, item) in fresh.iter() {
            let about = About { kind, source: "", name: "", id };
            let Some(old) = all.get_mut(id).and_then(Item::as_table_like_mut) else {
                all.insert(id, unplaced(item));
                Self::tell(self.report, Fate::Added, &about, String::new());
                continue;
            };
            for (key, value) in item.as_table_like().into_iter().flat_map(|table| table.iter()) {
                let before = old.get(key);
                if !owned.contains(&key) || before.is_some_and(|before| same(before, value)) {
                    continue;
                }
                let before = before.map_or_else(|| "none".to_owned(), shown);
                Self::tell(
                    self.report,
                    Fate::Changed,
                    &about,
                    format!("{key}: {before} -> {}", shown(value)),
                );
                put(old, key, value.clone());
            }
        }
    }

    /// Adds words that are not there; those that are there mean what people have said.
    pub fn scales(&mut self) {
        let Some(fresh) = self.fresh.get("scales").and_then(Item::as_table_like) else { return };
        let scales = self.document.entry("scales").or_insert_with(|| Item::Table(Table::new()));
        let Some(scales) = scales.as_table_like_mut() else { return };
        for (scale, words) in fresh.iter() {
            let Some(words) = words.as_table_like() else { continue };
            if scales.get(scale).is_none() {
                scales.insert(scale, toml_edit::value(InlineTable::new()));
            }
            let Some(known) = scales.get_mut(scale).and_then(Item::as_table_like_mut) else { continue };
            for (word, value) in words.iter() {
                if known.get(word).is_none() {
                    let about = About { kind: "scale", source: "", name: word, id: scale };
                    Self::tell(self.report, Fate::Added, &about, format!("{word}: {}", shown(value)));
                    known.insert(word, value.clone());
                }
            }
        }
    }

    /// Renews risks by their ids and adds the others.
    pub fn risks(&mut self) {
        let Some(fresh) = self.fresh.get("risks") else { return };
        let fresh = elements(fresh);
        let id_of =
            |table: &dyn TableLike| table.get("id").and_then(Item::as_str).unwrap_or_default().to_owned();
        let known: Vec<String> =
            self.document.get("risks").map(elements).unwrap_or_default().into_iter().map(id_of).collect();
        let places: BTreeMap<&str, usize> =
            known.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        for risk in &fresh {
            let id = id_of(*risk);
            let name = risk.get("title").and_then(Item::as_str).unwrap_or(&id).to_owned();
            let about = About { kind: "risk", source: "", name: &name, id: &id };
            let Some(&at) = places.get(id.as_str()) else {
                let mut table = Table::new();
                risk.iter().for_each(|(key, value)| drop(table.insert(key, value.clone())));
                table.decor_mut().set_prefix("\n");
                push(self.document.as_table_mut(), "risks", table);
                Self::tell(self.report, Fate::Added, &about, String::new());
                continue;
            };
            let Some(old) = self.document.get_mut("risks").and_then(|list| element(list, at)) else {
                continue;
            };
            for (key, value) in risk.iter() {
                let reason = match old.get(key) {
                    Some(before) if same(before, value) => continue,
                    Some(before)
                        if before.is_table_like() && !alike(before, value)
                            || matches!(key, "impact" | "response") && !alike(before, value) =>
                    {
                        let reason = format!("{key} {} stays; the file says {}", shown(before), shown(value));
                        Self::tell(self.report, Fate::Kept, &about, reason);
                        continue;
                    }
                    Some(before) => format!("{key}: {} -> {}", shown(before), shown(value)),
                    None => format!("{key}: {} (not given before)", shown(value)),
                };
                Self::tell(self.report, Fate::Changed, &about, reason);
                put(old, key, value.clone());
            }
        }
        let new: BTreeSet<String> = fresh.into_iter().map(id_of).collect();
        for id in known.iter().filter(|id| !new.contains(*id)) {
            let about = About { kind: "risk", source: "", name: "", id };
            Self::tell(self.report, Fate::Kept, &about, "it is not in the file".to_owned());
        }
    }

    /// Adds what has happened as one more status; one of the same date is renewed.
    pub fn status(&mut self) {
        let Some(fresh) = self.fresh.get("status").and_then(|list| elements(list).into_iter().next()) else {
            return;
        };
        let Some(date) = fresh.get("date") else { return };
        let shown_date = shown(date);
        let about = About { kind: "status", source: "", name: "", id: &shown_date };
        // A single table is a list of one.
        if let Some(Item::Table(table)) = self.document.get("status") {
            let mut list = ArrayOfTables::new();
            list.push(table.clone());
            self.document.insert("status", Item::ArrayOfTables(list));
        }
        let at = self
            .document
            .get("status")
            .map(elements)
            .unwrap_or_default()
            .iter()
            .position(|table| table.get("date").is_some_and(|known| same(known, date)));
        let Some(at) = at else {
            let mut table = Table::new();
            fresh.iter().for_each(|(key, value)| drop(table.insert(key, unplaced(value))));
            table.decor_mut().set_prefix("\n");
            push(self.document.as_table_mut(), "status", table);
            Self::tell(self.report, Fate::Added, &about, String::new());
            return;
        };
        let Some(old) = self.document.get_mut("status").and_then(|list| element(list, at)) else { return };
        if old.get("tasks").is_none() {
            old.insert("tasks", Item::Table(Table::new()));
        }
        let rows = fresh.get("tasks").and_then(Item::as_table_like);
        let Some(tasks) = old.get_mut("tasks").and_then(Item::as_table_like_mut) else { return };
        for (id, row) in rows.into_iter().flat_map(|rows| rows.iter()) {
            let before = tasks.get(id);
            if before.is_some_and(|before| same(before, row)) {
                continue;
            }
            let before = before.map_or_else(|| "none".to_owned(), shown);
            Self::tell(self.report, Fate::Changed, &about, format!("{id}: {before} -> {}", shown(row)));
            put(tasks, id, row.clone());
        }
    }

    /// Remembers what was imported.
    pub fn provenance(&mut self) {
        let Some(fresh) = self.fresh.get("import").and_then(Item::as_table_like) else { return };
        let known = self.document.entry("import").or_insert_with(|| {
            let mut table = Table::new();
            table.decor_mut().set_prefix("\n");
            Item::Table(table)
        });
        let Some(known) = known.as_table_like_mut() else { return };
        for (key, item) in fresh.iter() {
            if !known.get(key).is_some_and(|old| same(old, item)) {
                put(known, key, item.clone());
            }
        }
    }
}

/// A task or milestone of the import.
fn fresh_element<'a>(fresh: &'a DocumentMut, item: &Found) -> Option<&'a dyn TableLike> {
    let mut table: &dyn TableLike = fresh.as_table();
    for id in &item.slot.projects {
        table = table.get("projects")?.as_table_like()?.get(id)?.as_table_like()?;
    }
    table_at(table.get(item.slot.list)?, item.slot.at)
}

/// A project of the import without what stands in it.
fn new_project(fresh: &DocumentMut, full: &str, ids: &Ids) -> Table {
    let mut new = Table::new();
    new.decor_mut().set_prefix("\n");
    let Some((path, _)) = ids.iter().find(|(_, to)| *to == full) else { return new };
    let mut table: Option<&dyn TableLike> = Some(fresh.as_table());
    for id in path.split('.') {
        table = table.and_then(|table| table.get("projects")?.as_table_like()?.get(id)?.as_table_like());
    }
    for (key, item) in table.into_iter().flat_map(|table| table.iter()) {
        if !matches!(key, "tasks" | "milestones" | "projects") {
            new.insert(key, unplaced(item));
        }
    }
    new
}

/// Whether a law of three points has a value in its middle.
fn mode_is(law: &Item, point: &Item) -> bool {
    let Some(law) = law.as_table_like() else { return false };
    law.iter().any(|(_, parameters)| match parameters {
        Item::Value(Value::Array(array)) => {
            array.get(1).is_some_and(|mode| array.len() == 3 && same(&Item::Value(mode.clone()), point))
        }
        other => {
            other.as_table_like().and_then(|table| table.get("mode")).is_some_and(|mode| same(mode, point))
        }
    })
}
