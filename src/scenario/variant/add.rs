//! What a variant adds.

use crate::diag::{Diagnostic, code};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, FromToml, Named, RawAddition, RawProject, RawScenario, Slot, Walk};

/// Adds parts as if they stood in one more file; what is for a project that exists goes to it.
pub fn add(parts: &mut Parts, addition: RawAddition, desk: &mut Desk<'_>) {
    let RawAddition {
        calendars,
        estimates,
        projects,
        tasks,
        milestones,
        alternatives,
        rework,
        risks,
        drivers,
        costs,
        contracts,
        benefits,
    } = addition;
    let mut new = Vec::new();
    if let Slot::Given(At { value: Named(projects), .. }) = projects {
        for (id, project) in projects {
            match parts.projects.iter_mut().find(|(known, _)| known.value == id.value) {
                Some((_, known)) => merge(&mut known.value, project.value, &id, desk),
                None => new.push((id, project)),
            }
        }
    }
    let file = RawScenario {
        calendars,
        estimates,
        tasks,
        milestones,
        alternatives,
        rework,
        risks,
        drivers,
        costs,
        contracts,
        benefits,
        projects: if new.is_empty() { Slot::Absent } else { Slot::from(Named(new)) },
        ..RawScenario::default()
    };
    parts.add(file, &mut desk.problems);
}

/// Adds what stands in a project to the project of the same id.
fn merge(known: &mut RawProject, more: RawProject, id: &At<String>, desk: &mut Desk<'_>) {
    let mut walk = Walk::default();
    more.walk(None, &mut walk);
    let inside = ["tasks", "tasks_csv", "milestones", "projects"];
    for leaf in walk.leaves() {
        let Some(key) = leaf.path.first().filter(|key| !inside.contains(&key.as_str())) else { continue };
        let message = format!("the project `{}` is there already, `{key}` cannot be added to it", id.value);
        let problem = Diagnostic::new(code::CONFLICTING_KEYS, message).at_place(leaf.place.as_ref(), "");
        let help = format!("change it with `set`: `\"projects.{}.{key}\" = ...`", id.value);
        desk.problems.push(problem.help(help));
    }
    extend(&mut known.tasks, more.tasks);
    extend(&mut known.milestones, more.milestones);
    match (&mut known.tasks_csv, more.tasks_csv) {
        (Slot::Given(own), Slot::Given(more)) => own.value.0.extend(more.value.0),
        (own, more @ Slot::Given(_)) => *own = more,
        _ => {}
    }
    let Slot::Given(At { value: Named(inner), .. }) = more.projects else { return };
    for (id, project) in inner {
        if known.projects.is_absent() {
            known.projects = Slot::from(Named(Vec::new()));
        }
        let Slot::Given(At { value: Named(own), .. }) = &mut known.projects else { return };
        match own.iter_mut().find(|(other, _)| other.value == id.value) {
            Some((_, own)) => merge(&mut own.value, project.value, &id, desk),
            None => own.push((id, project)),
        }
    }
}

fn extend<T>(own: &mut Slot<Vec<At<T>>>, more: Slot<Vec<At<T>>>) {
    match (own, more) {
        (Slot::Given(own), Slot::Given(more)) => own.value.extend(more.value),
        (own, more @ Slot::Given(_)) => *own = more,
        _ => {}
    }
}
