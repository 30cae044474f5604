//! Everything in a scenario that names a task, milestone or project.

use std::collections::BTreeMap;

use crate::scenario::collect::Parts;
use crate::scenario::raw::{At, FromToml, Many, Named, RawLink, RawLinkTable, RawProject, Slot};
use crate::scenario::table::short_link;

/// The list of predecessors of one task, milestone or project.
pub type After = Slot<Many<RawLink>>;

/// Calls `visit` with scope, full id and predecessors of every project, task and milestone; the scope is
/// the id of the project in which it stands.
pub fn each_after(parts: &mut Parts, visit: &mut dyn FnMut(Option<&str>, &str, &mut After)) {
    for task in &mut parts.tasks {
        let id = task.value.id().unwrap_or_default().to_owned();
        visit(None, &id, &mut task.value.after);
    }
    for milestone in &mut parts.milestones {
        let id = milestone.value.id().unwrap_or_default().to_owned();
        visit(None, &id, &mut milestone.value.after);
    }
    for (id, project) in &mut parts.projects {
        each_in_project(&id.value, None, &mut project.value, visit);
    }
}

fn each_in_project(
    id: &str,
    scope: Option<&str>,
    project: &mut RawProject,
    visit: &mut dyn FnMut(Option<&str>, &str, &mut After),
) {
    visit(scope, id, &mut project.after);
    if let Slot::Given(tasks) = &mut project.tasks {
        for task in &mut tasks.value {
            let full = format!("{id}.{}", task.value.id().unwrap_or_default());
            visit(Some(id), &full, &mut task.value.after);
        }
    }
    if let Slot::Given(milestones) = &mut project.milestones {
        for milestone in &mut milestones.value {
            let full = format!("{id}.{}", milestone.value.id().unwrap_or_default());
            visit(Some(id), &full, &mut milestone.value.after);
        }
    }
    if let Slot::Given(At { value: Named(inner), .. }) = &mut project.projects {
        for (key, inner) in inner {
            each_in_project(&format!("{id}.{}", key.value), Some(id), &mut inner.value, visit);
        }
    }
}

/// Every full id with its own predecessors, named in full.
pub fn predecessors(parts: &mut Parts) -> BTreeMap<String, Vec<At<RawLink>>> {
    let mut known: BTreeMap<String, Vec<At<RawLink>>> = BTreeMap::new();
    each_after(parts, &mut |_, id, _| drop(known.insert(id.to_owned(), Vec::new())));
    let ids: Vec<String> = known.keys().cloned().collect();
    let exists = |id: &str| ids.binary_search_by(|known| known.as_str().cmp(id)).is_ok();
    each_after(parts, &mut |scope, id, after| {
        let links = after.get().into_iter().flat_map(|Many(links)| links);
        let full = links.filter_map(|link| {
            let named = target(&link.value)?;
            Some(link.with(renamed(&link.value, &named, &resolve(&named, scope, &exists)?)))
        });
        known.insert(id.to_owned(), full.collect());
    });
    known
}

/// The id that a link names, as written.
pub fn target(link: &RawLink) -> Option<String> {
    match link {
        RawLink::Text(text) => short_link(&At::from(text.clone())).ok().map(|link| link.reference.value),
        RawLink::Table(table) => slots(table).into_iter().find_map(|slot| slot.get().cloned()),
    }
}

/// The same link to another id.
fn renamed(link: &RawLink, from: &str, to: &str) -> RawLink {
    match link {
        RawLink::Text(text) => RawLink::Text(text.replacen(from, to, 1)),
        RawLink::Table(table) => {
            let mut table = table.clone();
            for slot in [&mut table.fs, &mut table.ss, &mut table.ff, &mut table.sf] {
                if let Slot::Given(at) = slot {
                    at.value = to.to_owned();
                }
            }
            RawLink::Table(table)
        }
    }
}

fn slots(table: &RawLinkTable) -> [&Slot<String>; 4] {
    [&table.fs, &table.ss, &table.ff, &table.sf]
}

/// The full id that a name means in a project: there first, then above it, then from the top.
pub fn resolve(name: &str, scope: Option<&str>, exists: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut scope = scope;
    while let Some(prefix) = scope {
        let id = format!("{prefix}.{name}");
        if exists(&id) {
            return Some(id);
        }
        scope = prefix.rfind('.').map(|dot| &prefix[..dot]);
    }
    exists(name).then(|| name.to_owned())
}
