//! What a variant removes.

use std::collections::BTreeMap;

use super::find::{Item, ids, item, project, unknown};
use super::references::{each_after, predecessors, resolve, target};
use super::set;
use crate::diag::Place;
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Edit, FromToml, Many, Named, RawImpact, RawLink, Reader, Slot};

/// Removes what a path names. Whoever waited for a task or project that goes away waits for what that
/// waited for; risks no longer hit it, and what reports say of it is left out.
pub fn remove(parts: &mut Parts, path: &At<String>, desk: &mut Desk<'_>) {
    let Some(place) = path.place() else { return };
    let steps: Vec<&str> = path.value.split('.').collect();
    match steps[..] {
        ["risks", id] => {
            parts.removed.push(id.to_owned());
            take("risk", &mut parts.risks, id, place, desk);
        }
        ["drivers", id] => take("driver", &mut parts.drivers, id, place, desk),
        ["tasks" | "milestones", ref id @ ..] if is_item(parts, id) => {
            unlink(parts, &id.join("."));
            parts.removed.push(id.join("."));
            match item(parts, id) {
                Some((Item::Task(list, at), _)) => drop(list.remove(at)),
                Some((Item::Milestone(list, at), _)) => drop(list.remove(at)),
                None => {}
            }
        }
        ["projects", ref id @ ..] if is_project(parts, id) => {
            unlink(parts, &id.join("."));
            parts.removed.push(id.join("."));
            take_project(parts, id);
        }
        _ => {
            let mut problems = Vec::new();
            let mut reader = Reader::new(place.file, &mut problems);
            set::edit(parts, &path.value, place, Edit::Remove, place, &mut reader);
            desk.problems.extend(problems);
        }
    }
}

/// Removes the element with an id, or reports that there is none.
fn take<T: FromToml>(what: &str, list: &mut Vec<At<T>>, id: &str, place: &Place, desk: &mut Desk<'_>) {
    let known = ids(list);
    list.retain(|at| at.value.id() != Some(id));
    if list.len() == known.len() {
        desk.problems.push(unknown(what, id, Some(place), &known));
    }
}

fn is_item(parts: &mut Parts, id: &[&str]) -> bool {
    item(parts, id).is_some_and(|(_, used)| used == id.len())
}

fn is_project(parts: &mut Parts, id: &[&str]) -> bool {
    project(parts, id).is_some_and(|(_, used)| used == id.len())
}

fn take_project(parts: &mut Parts, id: &[&str]) {
    let Some((last, above)) = id.split_last() else { return };
    if above.is_empty() {
        parts.projects.retain(|(key, _)| key.value != *last);
    } else if let Some((project, _)) = project(parts, above)
        && let Slot::Given(At { value: Named(inner), .. }) = &mut project.value.projects
    {
        inner.retain(|(key, _)| key.value != *last);
    }
}

/// Takes a task or project out of the links and the impacts of risks.
fn unlink(parts: &mut Parts, gone: &str) {
    let own = predecessors(parts);
    let inside = format!("{gone}.");
    let goes = |id: &str| id == gone || id.starts_with(&inside);
    let exists = |id: &str| own.contains_key(id);
    each_after(parts, &mut |scope, id, after| {
        if goes(id) {
            return;
        }
        let Slot::Given(At { value: Many(links), .. }) = after else { return };
        let meant = |link: &RawLink| resolve(&target(link)?, scope, &exists);
        let mut kept: Vec<At<RawLink>> = Vec::new();
        let mut known: Vec<String> = links.iter().filter_map(|link| meant(&link.value)).collect();
        for link in links.drain(..) {
            match meant(&link.value).filter(|id| goes(id)) {
                None => kept.push(link),
                Some(_) => {
                    for bridge in bridges(gone, &goes, &own) {
                        let Some(id) = target(&bridge.value) else { continue };
                        if !known.contains(&id) {
                            known.push(id);
                            kept.push(bridge);
                        }
                    }
                }
            }
        }
        *links = kept;
    });
    for risk in &mut parts.risks {
        if let Slot::Given(At { value: Many(impacts), .. }) = &mut risk.value.impact {
            spare(impacts, &goes, &exists);
        }
        if let Slot::Given(response) = &mut risk.value.response
            && let Slot::Given(at) = &mut response.value.impact
        {
            spare(&mut at.value, &goes, &exists);
        }
    }
}

/// What something that goes away waits for, without what goes away with it.
fn bridges(
    gone: &str,
    goes: &dyn Fn(&str) -> bool,
    own: &BTreeMap<String, Vec<At<RawLink>>>,
) -> Vec<At<RawLink>> {
    let links = own.get(gone).into_iter().flatten();
    links.filter(|link| target(&link.value).is_some_and(|id| !goes(&id))).cloned().collect()
}

/// Takes what goes away from the targets of impacts; an impact that hits nothing else goes as well.
fn spare(impacts: &mut Vec<At<RawImpact>>, goes: &dyn Fn(&str) -> bool, exists: &dyn Fn(&str) -> bool) {
    impacts.retain_mut(|impact| {
        let RawImpact { on, cancels, .. } = &mut impact.value;
        [on, cancels].into_iter().all(|names| {
            let Slot::Given(At { value: Many(names), .. }) = names else { return true };
            names.retain(|name| resolve(&name.value, None, exists).is_none_or(|id| !goes(&id)));
            !names.is_empty()
        })
    });
}
