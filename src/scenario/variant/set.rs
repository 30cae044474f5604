//! What a variant sets.

use toml::de::DeValue;

use super::find::{Item, SECTIONS, ids, item, project, unknown};
use crate::diag::{Diagnostic, Place, code};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Edit, FromToml, Many, Named, Path, Reader, Setting, Settings, closest};

/// Sets everything that a table of paths says; `prefix` is the path of the table itself.
pub fn set_all(parts: &mut Parts, settings: &Settings, prefix: &str, desk: &mut Desk<'_>) {
    for (key, setting) in &settings.0 {
        let path = if prefix.is_empty() { key.value.clone() } else { format!("{prefix}.{}", key.value) };
        set(parts, &path, key.place(), setting, desk);
    }
}

fn set(parts: &mut Parts, path: &str, key: Option<&Place>, setting: &Setting, desk: &mut Desk<'_>) {
    let place = &setting.place;
    let text = desk.sources.text(place.file)[place.span()].to_owned();
    if let Some(below) = &setting.below
        && (!text.starts_with('{') || names_no_value(parts, path))
    {
        // A table in the dotted or headed form, or of several keys of one part: each of them is a path.
        return set_all(parts, below, path, desk);
    }
    let Ok(value) = DeValue::parse(&text) else {
        let message = format!("the value of `{path}` cannot be read by itself");
        desk.report(code::BAD_PATH, Some(place), message, "write it on the same line as its path");
        return;
    };
    let mut problems = Vec::new();
    let mut reader = Reader::of_piece(place.file, place.start, &mut problems);
    edit(parts, path, key.unwrap_or(place), Edit::Set(value.get_ref()), place, &mut reader);
    desk.problems.extend(problems);
}

/// Whether a path names a whole section, project, task or risk, which have no value of their own.
fn names_no_value(parts: &mut Parts, path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').collect();
    match steps[..] {
        [_] => true,
        ["risks" | "drivers", _] => true,
        ["tasks" | "milestones", ref rest @ ..] => {
            let used = item(parts, rest).map(|(_, used)| used);
            used.map_or_else(|| project(parts, rest).is_some(), |used| used == rest.len())
        }
        ["projects", ref rest @ ..] => project(parts, rest).is_some_and(|(_, used)| used == rest.len()),
        _ => false,
    }
}

/// Changes or removes what a path names, in whichever section it lies.
pub fn edit(
    parts: &mut Parts,
    written: &str,
    key: &Place,
    edit: Edit<'_>,
    place: &Place,
    reader: &mut Reader<'_>,
) {
    let steps: Vec<&str> = written.split('.').collect();
    let path = Path::new(&steps, key);
    let Some((section, rest)) = path.next() else { return };
    let place = place.clone();
    let no_field = |reader: &mut Reader<'_>, what: &str| {
        let message = format!("`{written}` names {what}, not a value of it");
        let help = format!("name what is different: `\"{written}.name\" = ...`");
        reader.report(Diagnostic::new(code::BAD_PATH, message).at_place(Some(key), "").help(help));
    };
    match section {
        "program" | "scales" | "money" | "portfolio" if rest.next().is_none() => {
            no_field(reader, "the whole table")
        }
        "program" => parts.program.set_at(rest, edit, place, reader),
        "scales" => parts.scales.set_at(rest, edit, place, reader),
        "money" => parts.money.set_at(rest, edit, place, reader),
        "portfolio" => parts.portfolio.set_at(rest, edit, place, reader),
        "programs" => set_named(&mut parts.programs, rest, edit, place, reader),
        "contracts" => set_named(&mut parts.contracts, rest, edit, place, reader),
        "benefits" => set_named(&mut parts.benefits, rest, edit, place, reader),
        "reference_classes" => set_named(&mut parts.references, rest, edit, place, reader),
        "calendars" => set_named(&mut parts.calendars, rest, edit, place, reader),
        "estimates" => set_named(&mut parts.templates, rest, edit, place, reader),
        "alternatives" => set_named(&mut parts.alternatives, rest, edit, place, reader),
        "correlations" => {
            let mut correlations = std::mem::take(&mut parts.correlations);
            correlations.set_below(rest, edit, place, reader);
            parts.correlations = correlations;
        }
        "rework" => {
            let mut rework = std::mem::take(&mut parts.rework);
            rework.set_below(rest, edit, place, reader);
            parts.rework = rework;
        }
        "roles" => set_named(&mut parts.roles, rest, edit, place, reader),
        "costs" => {
            let mut costs = Many(std::mem::take(&mut parts.costs));
            costs.set_below(rest, edit, place, reader);
            parts.costs = costs.0;
        }
        "risks" => set_in("risk", &mut parts.risks, rest, edit, place, reader),
        "drivers" => set_in("driver", &mut parts.drivers, rest, edit, place, reader),
        "tasks" | "milestones" => match item(parts, rest.rest()) {
            Some((_, used)) if used == rest.rest().len() => no_field(reader, "a task"),
            Some((Item::Task(list, at), used)) => {
                list[at].value.set_below(rest.skip(used), edit, place, reader);
            }
            Some((Item::Milestone(list, at), used)) => {
                list[at].value.set_below(rest.skip(used), edit, place, reader);
            }
            None => {
                let what = if section == "tasks" { "task" } else { "milestone" };
                reader.report(unknown(what, &rest.rest().join("."), Some(key), &parts.task_ids()));
            }
        },
        "projects" => match project(parts, rest.rest()) {
            Some((_, used)) if used == rest.rest().len() => no_field(reader, "a project"),
            Some((project, used)) => project.value.set_below(rest.skip(used), edit, place, reader),
            None => {
                let name = rest.rest().join(".");
                reader.report(unknown("project", &name, Some(key), &parts.project_ids()));
            }
        },
        other => {
            let message = format!("no part of a scenario is called `{other}`");
            let help = match closest(other, SECTIONS) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("a path begins with {}", SECTIONS.map(|name| format!("`{name}`")).join(", ")),
            };
            reader.report(Diagnostic::new(code::BAD_PATH, message).at_place(Some(key), "").help(help));
        }
    }
}

/// Changes or removes a key of the element that the path names by its id.
fn set_in<T: FromToml>(
    what: &str,
    list: &mut [At<T>],
    path: Path<'_>,
    edit: Edit<'_>,
    place: Place,
    reader: &mut Reader<'_>,
) {
    let Some((id, below)) = path.next() else {
        let message = format!("`{}` names every {what}, not a value of one", path.so_far());
        let problem = Diagnostic::new(code::BAD_PATH, message).at_place(Some(path.place()), "");
        return reader.report(problem);
    };
    match list.iter_mut().find(|at| at.value.id() == Some(id)) {
        Some(_) if below.next().is_none() => {
            let message = format!("`{}` names a {what}, not a value of it", below.so_far());
            let problem = Diagnostic::new(code::BAD_PATH, message).at_place(Some(path.place()), "");
            let help = format!("name what is different: `\"{}.probability\" = ...`", below.so_far());
            reader.report(problem.help(help));
        }
        Some(at) => at.value.set_below(below, edit, place, reader),
        None => reader.report(unknown(what, id, Some(path.place()), &ids(list))),
    }
}

fn set_named<T: FromToml>(
    kept: &mut Vec<(At<String>, At<T>)>,
    path: Path<'_>,
    edit: Edit<'_>,
    place: Place,
    reader: &mut Reader<'_>,
) {
    let mut named = Named(std::mem::take(kept));
    named.set_below(path, edit, place, reader);
    *kept = named.0;
}
