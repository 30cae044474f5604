//! An imported scenario with the ids that its parts have in another one.

use std::collections::BTreeMap;

use crate::scenario::raw::{
    At, Many, Named, RawLink, RawLinkTable, RawMilestone, RawProject, RawScenario, RawTask, Slot,
};

/// By full id in the import: the full id in the scenario that it goes into.
pub(super) type Ids = BTreeMap<String, String>;

/// Gives everything that refers to a task or project the ids of the scenario; what stands in a project keeps its own id.
pub(super) fn rename(raw: &mut RawScenario, ids: &Ids) {
    links_of(&mut raw.tasks, &mut raw.milestones, "", ids);
    if let Slot::Given(projects) = &mut raw.projects {
        each(&mut projects.value, "", ids);
    }
    for risk in raw.risks.get_mut().into_iter().flatten() {
        let risk = &mut risk.value;
        for impact in risk.impact.get_mut().into_iter().flat_map(|Many(list)| list) {
            texts(&mut impact.value.on, ids);
        }
        if let Slot::Given(during) = &mut risk.during {
            during.value = full(&during.value, ids);
        }
        if let Some(response) = risk.response.get_mut() {
            for impact in response.impact.get_mut().into_iter().flatten() {
                texts(&mut impact.value.on, ids);
            }
        }
    }
    for status in raw.status.get_mut().into_iter().flat_map(|Many(list)| list) {
        for (id, _) in status.value.tasks.get_mut().into_iter().flat_map(|Named(list)| list) {
            id.value = full(&id.value, ids);
        }
    }
}

fn full(id: &str, ids: &Ids) -> String {
    ids.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

fn texts(list: &mut Slot<Many<String>>, ids: &Ids) {
    for text in list.get_mut().into_iter().flat_map(|Many(list)| list) {
        text.value = full(&text.value, ids);
    }
}

fn each(projects: &mut Named<RawProject>, above: &str, ids: &Ids) {
    for (id, project) in &mut projects.0 {
        let path = if above.is_empty() { id.value.clone() } else { format!("{above}.{}", id.value) };
        let project = &mut project.value;
        let home = home_of(&path, ids);
        links(&mut project.after, above, &home, ids);
        links_of(&mut project.tasks, &mut project.milestones, &path, ids);
        if let Slot::Given(inner) = &mut project.projects {
            each(&mut inner.value, &path, ids);
        }
    }
}

fn links_of(
    tasks: &mut Slot<Vec<At<RawTask>>>,
    milestones: &mut Slot<Vec<At<RawMilestone>>>,
    scope: &str,
    ids: &Ids,
) {
    let path = |id: &Slot<String>| match (scope, id.get()) {
        ("", id) => id.cloned().unwrap_or_default(),
        (scope, id) => format!("{scope}.{}", id.map_or("", String::as_str)),
    };
    for task in tasks.get_mut().into_iter().flatten() {
        let home = home_of(&path(&task.value.id), ids);
        links(&mut task.value.after, scope, &home, ids);
    }
    for milestone in milestones.get_mut().into_iter().flatten() {
        let home = home_of(&path(&milestone.value.id), ids);
        links(&mut milestone.value.after, scope, &home, ids);
    }
}

/// The project in which something stands in the scenario.
fn home_of(path: &str, ids: &Ids) -> String {
    full(path, ids).rsplit_once('.').map_or_else(String::new, |(home, _)| home.to_owned())
}

/// Renames the ends of links that are written in a project of the import and will stand in one of the scenario.
fn links(after: &mut Slot<Many<RawLink>>, scope: &str, home: &str, ids: &Ids) {
    for link in after.get_mut().into_iter().flat_map(|Many(list)| list) {
        match &mut link.value {
            RawLink::Text(text) => *text = reference(text, scope, home, ids),
            RawLink::Table(table) => {
                let RawLinkTable { fs, ss, ff, sf, .. } = &mut **table;
                for end in [fs, ss, ff, sf] {
                    if let Slot::Given(end) = end {
                        end.value = reference(&end.value, scope, home, ids);
                    }
                }
            }
        }
    }
}

fn reference(text: &str, scope: &str, home: &str, ids: &Ids) -> String {
    let inside = format!("{scope}.{text}");
    let whole = if !scope.is_empty() && ids.contains_key(&inside) { &inside } else { text };
    let renamed = full(whole, ids);
    // Within the same project the own id says enough.
    match renamed.strip_prefix(home).and_then(|rest| rest.strip_prefix('.')) {
        Some(own) if !home.is_empty() && !own.contains('.') => own.to_owned(),
        _ => renamed,
    }
}
