//! The programs of a portfolio, each read and checked by itself.

use crate::diag::{Code, Diagnostic, Place, code};
use crate::model::Program;
use crate::scenario::check::{check, check_id};
use crate::scenario::collect::{Parts, duplicate};
use crate::scenario::open::Desk;
use crate::scenario::places::Places;
use crate::scenario::raw::{At, Many, RawMember, Slot};
use crate::scenario::variant::apply;

/// A program of a portfolio.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its id in the portfolio.
    pub id: At<String>,
    /// The program, from its last report on if it is under way.
    pub program: Program,
    /// Where its parts are written.
    pub places: Places,
    /// What it says.
    pub parts: Parts,
}

/// A program as a portfolio names it.
struct Named {
    id: At<String>,
    file: At<String>,
    variant: Option<At<String>>,
}

/// Reads all programs that a portfolio names; every problem of each of them is reported. False if one of them cannot
/// be read.
pub fn programs(portfolio: &Parts, desk: &mut Desk<'_>) -> (Vec<Part>, bool) {
    let (mut parts, mut complete) = (Vec::new(), true);
    for named in named(portfolio, desk) {
        match program(&named, portfolio, desk) {
            Some(part) => parts.push(part),
            None => complete = false,
        }
    }
    (parts, complete)
}

/// All programs that a portfolio names, each under an id of its own.
fn named(portfolio: &Parts, desk: &mut Desk<'_>) -> Vec<Named> {
    let listed = portfolio.portfolio.get().and_then(|raw| raw.programs.get());
    let listed = listed.into_iter().flat_map(|Many(files)| files);
    let mut all: Vec<Named> = listed
        .map(|file| Named { id: file.with(stem(&file.value).to_owned()), file: file.clone(), variant: None })
        .collect();
    for (id, at) in &portfolio.programs {
        let RawMember { file, variant } = &at.value;
        desk.require("the program", "file", file, at.place());
        if let Some(file) = file.at() {
            all.push(Named { id: id.clone(), file: file.clone(), variant: variant.at().cloned() });
        }
    }
    let mut kept: Vec<Named> = Vec::new();
    for one in all {
        if !check_id(&one.id, "a program of the portfolio", desk) {
            continue;
        }
        match kept.iter().find(|known| known.id.value == one.id.value) {
            Some(first) => {
                let what = "program of the portfolio";
                desk.problems.push(duplicate(what, &one.id.value, one.id.place(), first.id.place()));
            }
            None => kept.push(one),
        }
    }
    if kept.is_empty() && portfolio.complete && desk.errors() == 0 {
        let help = "name them: programs = [\"erp.toml\", \"cloud.toml\"]";
        let place = portfolio.portfolio.place();
        desk.report(code::MISSING_KEY, place, "the portfolio has no program", help);
    }
    kept
}

/// The name of a file without its folders and its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reads one program; `None` if that fails, which is reported.
fn program(named: &Named, portfolio: &Parts, desk: &mut Desk<'_>) -> Option<Part> {
    // Whether another program is good does not matter to this one.
    let before = std::mem::take(&mut desk.problems);
    let read = read(named, portfolio, desk);
    let own = std::mem::replace(&mut desk.problems, before);
    desk.problems.extend(own);
    read
}

fn read(named: &Named, portfolio: &Parts, desk: &mut Desk<'_>) -> Option<Part> {
    let mut parts = Parts::new();
    parts.add_named(desk, &named.file);
    if parts.is_portfolio() {
        let message = format!("`{}` is a portfolio itself", named.file.value);
        let help = "name its programs here instead";
        desk.report(code::NESTED_PORTFOLIO, named.file.place(), message, help);
        return None;
    }
    if parts.complete && parts.program.is_absent() {
        let message = format!("`{}` has no `[program]`", named.file.value);
        let help = "a portfolio names scenario files, each with a program";
        desk.report(code::MISSING_KEY, named.file.place(), message, help);
        return None;
    }
    share(portfolio, &mut parts, desk);
    parts.expand_tables(desk);
    if let Some(variant) = &named.variant {
        let known = parts.variants.iter().map(|(id, _)| id.value.as_str());
        if parts.variants.iter().any(|(id, _)| id.value == variant.value) {
            apply(&mut parts, &variant.value, desk);
        } else {
            desk.unknown(code::UNKNOWN_VARIANT, "variant", variant, known);
        }
    }
    let checked = check(&parts, desk);
    if !parts.complete {
        desk.problems.retain(|problem| !super::super::load::depends_on_all_files(problem.code));
    }
    // What is shared may be meant for another program.
    let shared: Vec<Place> = shared_places(portfolio);
    desk.problems.retain(|problem| !is_unused_share(problem, &shared));
    let (program, places) = checked.filter(|_| parts.complete && desk.errors() == 0)?;
    Some(Part { id: named.id.clone(), program: under_way(program), places, parts })
}

/// The program from the report on that its own status date names, if there is one of that date.
fn under_way(program: Program) -> Program {
    let named = program.status_date();
    let report = program.statuses().iter().find(|status| Some(status.date) == named).cloned();
    // Reports of the scenario itself have been checked.
    report.and_then(|report| program.as_of(&report).ok()).unwrap_or(program)
}

/// Gives a program the calendars, templates and scales of the portfolio.
fn share(portfolio: &Parts, parts: &mut Parts, desk: &mut Desk<'_>) {
    for (id, at) in &portfolio.calendars {
        match parts.calendars.iter().find(|(known, _)| known.value == id.value) {
            Some((own, _)) => {
                desk.problems.push(duplicate("calendar", &id.value, own.place(), id.place()));
            }
            None => parts.calendars.push((id.clone(), at.clone())),
        }
    }
    for (id, at) in &portfolio.templates {
        if !parts.templates.iter().any(|(known, _)| known.value == id.value) {
            parts.templates.push((id.clone(), at.clone()));
        }
    }
    if let (Slot::Absent, Some(scales)) = (&parts.scales, portfolio.scales.at()) {
        parts.scales = Slot::Given(scales.clone());
    }
}

fn shared_places(portfolio: &Parts) -> Vec<Place> {
    let calendars = portfolio.calendars.iter().map(|(id, _)| id.place());
    calendars.chain(portfolio.templates.iter().map(|(id, _)| id.place())).flatten().cloned().collect()
}

fn is_unused_share(problem: &Diagnostic, shared: &[Place]) -> bool {
    let is = |code: Code| problem.code == code;
    let Some(label) = problem.labels.first() else { return false };
    let here = |place: &Place| place.file == label.file && place.span() == label.span;
    (is(code::UNUSED_CALENDAR) || is(code::UNUSED_TEMPLATE)) && shared.iter().any(here)
}
