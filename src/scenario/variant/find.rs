//! Which part of a scenario a path leads to.

use crate::diag::{Diagnostic, Place, code};
use crate::scenario::collect::Parts;
use crate::scenario::raw::{At, FromToml, Named, RawMilestone, RawProject, RawTask, closest};

/// The parts of a scenario that paths begin with.
pub const SECTIONS: [&str; 20] = [
    "program",
    "tasks",
    "milestones",
    "risks",
    "drivers",
    "correlations",
    "alternatives",
    "rework",
    "projects",
    "calendars",
    "estimates",
    "costs",
    "roles",
    "scales",
    "money",
    "contracts",
    "benefits",
    "reference_classes",
    "portfolio",
    "programs",
];

/// A task or a milestone of a scenario, to be changed.
pub enum Item<'a> {
    /// A task, in its list, at its position there.
    Task(&'a mut Vec<At<RawTask>>, usize),
    /// A milestone, in its list, at its position there.
    Milestone(&'a mut Vec<At<RawMilestone>>, usize),
}

/// The item that the first steps name and how many steps its id takes: every step but the last is a project.
pub fn item<'a>(parts: &'a mut Parts, steps: &[&str]) -> Option<(Item<'a>, usize)> {
    let (mut tasks, mut milestones) = (&mut parts.tasks, &mut parts.milestones);
    let mut projects: &mut [(At<String>, At<RawProject>)] = &mut parts.projects;
    for (at, step) in steps.iter().enumerate() {
        if let Some(found) = position(tasks, step) {
            return Some((Item::Task(tasks, found), at + 1));
        }
        if let Some(found) = position(milestones, step) {
            return Some((Item::Milestone(milestones, found), at + 1));
        }
        let (_, inner) = projects.iter_mut().find(|(id, _)| id.value == *step)?;
        let RawProject { tasks: own, milestones: own_milestones, projects: below, .. } = &mut inner.value;
        tasks = list(own)?;
        milestones = list(own_milestones)?;
        projects = named(below);
    }
    None
}

/// The project that the first steps name, in as many steps as possible, and how many those are.
pub fn project<'a>(parts: &'a mut Parts, steps: &[&str]) -> Option<(&'a mut At<RawProject>, usize)> {
    let depth = depth_of_project(&parts.projects, steps);
    let (first, rest) = steps.get(..depth)?.split_first()?;
    let (_, mut project) =
        parts.projects.iter_mut().find_map(|(id, at)| (id.value == *first).then_some(((), at)))?;
    for step in rest {
        project = named(&mut project.value.projects)
            .iter_mut()
            .find(|(id, _)| id.value == *step)
            .map(|(_, at)| at)?;
    }
    Some((project, depth))
}

/// How many of the first steps name projects inside each other.
fn depth_of_project(projects: &[(At<String>, At<RawProject>)], steps: &[&str]) -> usize {
    let Some((first, rest)) = steps.split_first() else { return 0 };
    let Some((_, at)) = projects.iter().find(|(id, _)| id.value == *first) else { return 0 };
    let below = at.value.projects.get().map_or(&[][..], |Named(below)| below);
    1 + depth_of_project(below, rest)
}

/// The problem of a path to something that does not exist, with the one that was probably meant.
pub fn unknown(what: &str, name: &str, place: Option<&Place>, known: &[String]) -> Diagnostic {
    let problem = Diagnostic::new(code::BAD_PATH, format!("there is no {what} `{name}`")).at_place(place, "");
    // A field may follow the id, so that beginnings of the path are compared as well.
    let beginnings = name.match_indices('.').map(|(end, _)| &name[..end]).chain([name]);
    let meant = beginnings.rev().find_map(|part| closest(part, known.iter().map(String::as_str)));
    let tail =
        |id: &&String| id.rsplit('.').next().is_some_and(|last| name.split('.').any(|step| step == last));
    match meant.or_else(|| known.iter().find(tail).map(String::as_str)) {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None if known.is_empty() => problem.help(format!("the scenario has no {what}")),
        None => problem,
    }
}

/// The ids of all elements of a list.
pub fn ids<T: FromToml>(list: &[At<T>]) -> Vec<String> {
    list.iter().filter_map(|at| at.value.id().map(str::to_owned)).collect()
}

fn position<T: FromToml>(list: &[At<T>], id: &str) -> Option<usize> {
    list.iter().position(|at| at.value.id() == Some(id))
}

/// The list of a project, made if there is none; [`None`] if it could not be read.
fn list<T>(slot: &mut crate::scenario::raw::Slot<Vec<At<T>>>) -> Option<&mut Vec<At<T>>> {
    use crate::scenario::raw::Slot;
    if slot.is_absent() {
        *slot = Slot::from(Vec::new());
    }
    match slot {
        Slot::Given(at) => Some(&mut at.value),
        _ => None,
    }
}

fn named<T>(slot: &mut crate::scenario::raw::Slot<Named<T>>) -> &mut [(At<String>, At<T>)] {
    match slot {
        crate::scenario::raw::Slot::Given(At { value: Named(inner), .. }) => inner,
        _ => &mut [],
    }
}
