//! Correlations: of the program, of groups, of pairs.

use std::collections::BTreeMap;

use super::costs::free_name;
use super::drawn_names::{Drawing, Meant, parts};
use crate::diag::{Diagnostic, Place, code};
use crate::model::{CorrelatedPair, CorrelationError, CorrelationGroup, Correlations, Drawn};
use crate::scenario::open::Desk;
use crate::scenario::raw::{
    At, Many, RawCorrelated, RawCorrelation, RawProgramCorrelation, RawRankMeasure, Slot,
};
use crate::scenario::table::matrix_rows;
use crate::units::{RankCorrelation, RankMeasure};

/// Correlations in the making, with where each was written.
#[derive(Default)]
struct Making {
    correlations: Correlations,
    groups: Vec<Option<Place>>,
    /// By the two names in ascending order.
    pairs: BTreeMap<(Drawn, Drawn), Option<Place>>,
}

/// Reads all correlations; `None` if groups cannot hold together, which is reported.
pub fn correlations(
    program: &Slot<RawProgramCorrelation>,
    written: &[At<RawCorrelation>],
    drawing: &Drawing<'_>,
    desk: &mut Desk<'_>,
) -> Option<Correlations> {
    let mut making = Making::default();
    if let Some(at) = program.at() {
        making.correlations.program = of_program(at, drawing, desk);
    }
    for at in written {
        making.entry(at, drawing, desk);
    }
    let Making { correlations, groups, .. } = making;
    let Err(errors) = correlations.loadings() else { return Some(correlations) };
    for error in &errors {
        report(error, &correlations, &groups, program.place(), desk);
    }
    None
}

fn measure(slot: &Slot<RawRankMeasure>) -> RankMeasure {
    match slot.get() {
        Some(RawRankMeasure::Kendall) => RankMeasure::Kendall,
        Some(RawRankMeasure::Spearman) | None => RankMeasure::Spearman,
    }
}

/// A coefficient; one that is none is reported.
fn coefficient(slot: &Slot<f64>, measure: RankMeasure, desk: &mut Desk<'_>) -> Option<RankCorrelation> {
    let at = slot.at()?;
    let read = RankCorrelation::new(at.value, measure);
    if let Err(error) = &read {
        let help = if (1.0..=100.0).contains(&at.value.abs()) {
            format!("write `{}`", at.value / 100.0)
        } else {
            String::new()
        };
        desk.report(code::BAD_CORRELATION, at.place(), error.to_string(), &help);
    }
    read.ok()
}

/// What holds for the whole program.
fn of_program(
    at: &At<RawProgramCorrelation>,
    drawing: &Drawing<'_>,
    desk: &mut Desk<'_>,
) -> Option<CorrelationGroup> {
    let raw = &at.value;
    desk.require("the correlation of the program", "rho", &raw.rho, at.place());
    let on = raw.on.get().copied();
    if let Some(RawCorrelated::Occurrence | RawCorrelated::Impact) = on {
        let message = "the correlation of the program is one of durations and costs";
        let help = "name risks in a group: `[[correlations]]` with `group`, `on` and `rho`";
        desk.report(code::CONFLICTING_KEYS, raw.on.place(), message, help);
        return None;
    }
    let rho = coefficient(&raw.rho, measure(&raw.measure), desk)?;
    let (duration, cost) = parts(on);
    let mut meant = Meant::default();
    for task in drawing.program.tasks() {
        drawing.add_task(task, duration, cost, &mut meant);
    }
    if cost {
        drawing.add_other_costs(&mut meant);
    }
    Some(CorrelationGroup { id: "program".into(), members: meant.uncertain, rho })
}

impl Making {
    /// One `[[correlations]]`.
    fn entry(&mut self, at: &At<RawCorrelation>, drawing: &Drawing<'_>, desk: &mut Desk<'_>) {
        let raw = &at.value;
        let is_group = !raw.group.is_absent() || !raw.tags.is_absent();
        let forms = [is_group, !raw.pairs.is_absent(), !raw.matrix.is_absent()];
        if forms.iter().filter(|form| **form).count() != 1 {
            let help = "write one of: `group` (or `tags`) with `rho`; `pairs`; `matrix`. Use one \
                        `[[correlations]]` for each";
            let code = if forms.contains(&true) { code::CONFLICTING_KEYS } else { code::MISSING_KEY };
            desk.report(code, at.place(), "a correlation is that of a group, of pairs, or a matrix", help);
            return;
        }
        if !is_group {
            for (key, place) in [("rho", raw.rho.place()), ("on", raw.on.place()), ("id", raw.id.place())] {
                if place.is_some() {
                    let message = format!("`{key}` belongs to a group");
                    desk.report(code::CONFLICTING_KEYS, place, message, "remove it");
                }
            }
        }
        if is_group {
            self.group(at, drawing, desk);
        }
        for pair in raw.pairs.get().into_iter().flatten() {
            let raw_pair = &pair.value;
            desk.require("the pair", "a", &raw_pair.a, pair.place());
            desk.require("the pair", "b", &raw_pair.b, pair.place());
            desk.require("the pair", "rho", &raw_pair.rho, pair.place());
            let rho = coefficient(&raw_pair.rho, measure(&raw.measure), desk);
            let mut one = |slot: &Slot<String>| slot.at().and_then(|name| drawing.one(name, desk));
            let ends = (one(&raw_pair.a), one(&raw_pair.b));
            if let (Some(a), Some(b), Some(rho)) = (ends.0, ends.1, rho) {
                self.pair(a, b, rho, pair.place(), desk);
            }
        }
        if let Some(name) = raw.matrix.at() {
            for cell in matrix_rows(name, desk) {
                let slot = Slot::Given(At { value: cell.rho, place: cell.place.clone() });
                let rho = coefficient(&slot, measure(&raw.measure), desk);
                let ends = (drawing.one(&cell.row, desk), drawing.one(&cell.column, desk));
                if let (Some(a), Some(b), Some(rho)) = (ends.0, ends.1, rho) {
                    self.pair(a, b, rho, cell.place.as_ref(), desk);
                }
            }
        }
    }

    fn group(&mut self, at: &At<RawCorrelation>, drawing: &Drawing<'_>, desk: &mut Desk<'_>) {
        let raw = &at.value;
        desk.require("the group", "rho", &raw.rho, at.place());
        let rho = coefficient(&raw.rho, measure(&raw.measure), desk);
        let on = raw.on.get().copied();
        let mut members = std::collections::BTreeSet::new();
        let names = || raw.group.get().into_iter().flat_map(|Many(names)| names);
        for name in names() {
            members.extend(drawing.members(name, on, desk).uncertain);
        }
        let tags = || raw.tags.get().into_iter().flat_map(|Many(tags)| tags);
        for tag in tags() {
            let mut meant = Meant::default();
            let (duration, cost) = parts(on);
            let tagged = drawing.program.tasks().iter().filter(|task| task.tags.contains(&tag.value));
            let tagged: Vec<_> = tagged.collect();
            if tagged.is_empty() {
                let all = drawing.program.tasks().iter().flat_map(|task| &task.tags).map(String::as_str);
                let all: std::collections::BTreeSet<&str> = all.collect();
                desk.unknown(code::UNKNOWN_TAG, "tag", tag, all.iter().copied());
            }
            tagged.into_iter().for_each(|task| drawing.add_task(task, duration, cost, &mut meant));
            members.extend(meant.uncertain);
        }
        let Some(rho) = rho else { return };
        if members.len() < 2 {
            let message = "the group has fewer than two uncertain members: there is nothing to correlate";
            let help = "certain durations, milestones and rates have no draw of their own";
            desk.report(code::NOTHING_TO_CORRELATE, raw.group.place().or(at.place()), message, help);
            return;
        }
        let taken = |id: &str| self.correlations.groups.iter().any(|group| group.id == id);
        let id = match raw.id.at() {
            Some(id) => {
                if taken(&id.value) {
                    let problem =
                        crate::scenario::collect::duplicate("correlation", &id.value, id.place(), None);
                    desk.problems.push(problem);
                }
                id.value.clone()
            }
            None => {
                let kind = match on {
                    None | Some(RawCorrelated::Duration) => "duration",
                    Some(RawCorrelated::Cost) => "cost",
                    Some(RawCorrelated::Both) => "both",
                    Some(RawCorrelated::Occurrence) => "occurrence",
                    Some(RawCorrelated::Impact) => "impact",
                };
                let written: Vec<&str> = names().chain(tags()).map(|name| name.value.as_str()).collect();
                free_name(&format!("{} ({kind})", written.join("+")), taken)
            }
        };
        self.correlations.groups.push(CorrelationGroup { id, members, rho });
        self.groups.push(raw.rho.place().or(at.place()).cloned());
    }

    fn pair(&mut self, a: Drawn, b: Drawn, rho: RankCorrelation, place: Option<&Place>, desk: &mut Desk<'_>) {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        if a == b {
            desk.report(code::DUPLICATE_PAIR, place, "a pair of one thing with itself", "name two things");
            return;
        }
        if let Some(first) = self.pairs.get(&(a.clone(), b.clone())) {
            let problem =
                Diagnostic::new(code::DUPLICATE_PAIR, "the correlation of this pair is stated twice")
                    .at_place(place, "stated again here")
                    .at_place(first.as_ref(), "first stated here")
                    .help("keep one of them");
            desk.problems.push(problem);
            return;
        }
        self.pairs.insert((a.clone(), b.clone()), place.cloned());
        self.correlations.pairs.push(CorrelatedPair { a, b, rho });
    }
}

/// A group that cannot hold beside the others.
fn report(
    error: &CorrelationError,
    correlations: &Correlations,
    groups: &[Option<Place>],
    program: Option<&Place>,
    desk: &mut Desk<'_>,
) {
    let place = |group: &usize| groups.get(*group).and_then(Option::as_ref);
    let base = correlations.program.as_ref().map_or(0.0, |program| program.rho.value());
    match error {
        CorrelationError::Negative { group } => {
            let at = group.as_ref().map_or(program, place);
            let message = "a group cannot have a negative correlation: not all of its members can run against all others";
            desk.report(code::BAD_CORRELATION, at, message, "write pairs: pairs = [[\"a\", \"b\", -0.3]]");
        }
        CorrelationError::BelowProgram { group } => {
            let message = format!("the correlation of the group lies below that of the program, `{base}`");
            let help = "raise it, or lower `correlation` of the program and name more groups";
            desk.report(code::BAD_CORRELATION, place(group), message, help);
        }
        CorrelationError::Mixed { group } => {
            let message = "the correlation of the program holds for a part of this group only";
            let help = "let it hold for all: `correlation = { rho = ..., on = \"both\" }` in `[program]`, or write pairs";
            desk.report(code::BAD_CORRELATION, place(group), message, help);
        }
        CorrelationError::Exceeds { drawn, group } => {
            let message =
                format!("the groups of `{}` together ask for more than full correlation", drawn.label());
            let help = "lower one of their coefficients, or take it out of one of the groups";
            desk.report(code::TOO_CORRELATED, place(group), message, help);
        }
        // Looked for where they are read.
        _ => {}
    }
}
