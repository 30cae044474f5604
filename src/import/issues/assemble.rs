//! From a list of issues to a scenario.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::by_epic::by_epic;
use super::by_issue::by_issue;
use super::{Grain, IssueOptions};
use crate::backlog::{
    BacklogError, Issue, IssueList, NoteKind, ReadOptions, Role, Scope, State, field_names,
};
use crate::import::report::{Fate, ImportReport};
use crate::import::{ImportError, ImportOptions, StoredDates};
use crate::scenario::raw::{RawDate, RawProgram, RawScenario};
use crate::units::Instant;

/// What is known of a team when its issues become tasks.
pub(super) struct Backlog<'a> {
    pub list: &'a IssueList,
    pub scope: Scope,
    /// The day on which the forecast begins.
    pub from: Date,
    pub options: &'a IssueOptions,
}

impl Backlog<'_> {
    /// Whether an issue is an item that is left.
    pub fn is_left(&self, issue: &Issue) -> bool {
        self.scope.holds(issue) && issue.is_item() && issue.state == State::Open
    }
}

/// Names of fields that only lists of issues have: a mapping to one of them says what the file is.
pub(in crate::import) fn fields_of_issues() -> Vec<&'static str> {
    let shared = crate::import::table_fields();
    field_names().into_iter().filter(|name| !shared.contains(name)).collect()
}

/// The scenario of a list of issues, and the full ids of its tasks.
///
/// # Errors
/// [`ImportError`] if it is no list, nothing is left, or nothing was ever finished.
pub(in crate::import) fn scenario_of_issues(
    text: &str,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<(RawScenario, BTreeMap<String, StoredDates>), ImportError> {
    let own = &options.issues;
    let reading = ReadOptions {
        map: options.map.clone(),
        dates: own.dates,
        done: own.done.clone(),
        dropped: own.dropped.clone(),
    };
    let list = IssueList::read(text, &reading)?;
    notes(&list, report);
    let scope = Scope { project: own.project.clone() };
    if let Some(project) = &own.project
        && !list.issues.iter().any(|issue| scope.holds(issue))
    {
        return Err(BacklogError::NothingThere(project.clone()).into());
    }
    let next = scope.latest(&list).and_then(|day| day.tomorrow().ok());
    let stated = options.start.map(|start| start.at.start_date());
    let from = stated.or(next).ok_or(ImportError::NoStart)?;
    let backlog = Backlog { list: &list, scope, from, options: own };
    settled(&backlog, report);
    if !list.issues.iter().any(|issue| backlog.is_left(issue)) {
        return Err(ImportError::NothingLeft);
    }
    let mut scenario = match own.by.unwrap_or_default() {
        Grain::Epic => by_epic(&backlog, report)?,
        Grain::Issue => by_issue(&backlog, report)?,
    };
    let stored = report.entries.iter().filter(|entry| entry.kind == "task" && !entry.id.is_empty());
    let stored = stored.map(|entry| (entry.id.clone(), StoredDates::default())).collect();
    let name = options.name.clone().unwrap_or_else(|| "Backlog".to_owned());
    let at = Instant::from_date(from);
    scenario.program = RawProgram {
        name: name.into(),
        start: RawDate { at, has_time: false }.into(),
        ..RawProgram::default()
    }
    .into();
    Ok((scenario, stored))
}

/// What was odd about rows and columns.
fn notes(list: &IssueList, report: &mut ImportReport) {
    for note in &list.notes {
        let (fate, kind) = match note.kind {
            NoteKind::LeftOut if note.line == 1 => (Fate::LeftOut, "column"),
            NoteKind::LeftOut => (Fate::LeftOut, "row"),
            NoteKind::Changed => (Fate::Changed, "row"),
            NoteKind::Odd => (Fate::Taken, "data quality"),
        };
        let place = format!("line {}", note.line);
        let (source, name) =
            if note.about.is_empty() { (place.as_str(), "") } else { (note.about.as_str(), place.as_str()) };
        report.note(fate, kind, source, name, note.what.clone());
    }
    if let Some(order) = list.dates {
        report.note(
            Fate::Taken,
            "data quality",
            "",
            "",
            format!("dates with numbers only are read with the {order}"),
        );
    }
}

/// What becomes of the issues that are not left.
fn settled(backlog: &Backlog<'_>, report: &mut ImportReport) {
    for issue in &backlog.list.issues {
        let mut say = |fate, reason: &str| {
            report.note(fate, "issue", &issue.key, &super::names::name_of(issue), reason)
        };
        if !backlog.scope.holds(issue) {
            say(Fate::LeftOut, "it belongs to another project");
            continue;
        }
        match (issue.role, issue.state) {
            (Role::Above, _) => say(Fate::LeftOut, "it holds epics, which are taken themselves"),
            (Role::Part, _) => say(Fate::LeftOut, "it is a part of an item, which is counted as a whole"),
            (Role::Item, State::Done) if issue.done.is_some() => {
                say(Fate::Taken, "finished: it counts in its week")
            }
            (Role::Item, State::Done) => say(Fate::LeftOut, "finished, nobody knows when"),
            (Role::Item, State::Dropped) => say(Fate::LeftOut, "it will never be done"),
            (Role::Item, State::Open) | (Role::Epic, _) => {}
        }
    }
}
