//! The pace of a team and what is left, from a list of issues or a table of weeks.

use super::throughput::pace_of;
use crate::backlog::{BacklogError, DateOrder, IssueList, NoteKind, ReadOptions, Scope, Team, WINDOW};
use crate::diag::{Diagnostic, FileId, Place, code};
use crate::dist::{Law, WeeklyPace};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, RawDateOrder, RawThroughput, Slot};

/// The most weeks of history that a throughput may draw from.
const MOST_WEEKS: f64 = 1_040.0;

/// What a file says of a team.
pub struct Known {
    /// Its pace.
    pub pace: Option<WeeklyPace>,
    /// How many items are left; [`None`] for a table of weeks.
    pub left: Option<Law>,
}

/// Reads the file that a throughput names; [`None`] if it cannot be read, which is reported.
pub fn known(raw: &RawThroughput, csv: &At<String>, desk: &mut Desk<'_>) -> Option<Known> {
    let window = window(&raw.window, desk);
    let file = desk.open_named(csv)?;
    let team = match Team::read(desk.sources.text(file), &options(raw)) {
        Ok(team) => team,
        Err(error) => {
            let place = place_of(&error, file, csv, desk);
            unreadable(&error, Some(&place), desk);
            return None;
        }
    };
    let (counts, left) = match &team {
        Team::Weeks(weeks) => {
            not_of_weeks(raw, desk)?;
            (weeks[weeks.len().saturating_sub(window?)..].to_vec(), None)
        }
        Team::Issues(list) => {
            say_odd(list, csv, desk);
            let left = left(list, raw, desk);
            match weeks(list, raw, window?) {
                Ok(weeks) => (weeks, Some(Law::fixed(left? as f64))),
                Err(error) => {
                    let place = match &error {
                        BacklogError::NothingThere(_) => raw.project.place(),
                        BacklogError::NoHistory(_) => raw.as_of.place(),
                        _ => None,
                    };
                    unreadable(&error, place.or(csv.place()), desk);
                    return None;
                }
            }
        }
    };
    Some(Known { pace: pace_of(&counts, csv.place(), desk), left })
}

fn window(slot: &Slot<f64>, desk: &mut Desk<'_>) -> Option<usize> {
    let Some(at) = slot.at() else { return slot.is_absent().then_some(WINDOW) };
    if at.value.fract() == 0.0 && (1.0..=MOST_WEEKS).contains(&at.value) {
        return Some(at.value as usize);
    }
    let message = format!("`{}` is no number of weeks to draw from", at.value);
    desk.report(code::OUT_OF_RANGE, at.place(), message, "write a whole number from 1 to 1040");
    None
}

fn options(raw: &RawThroughput) -> ReadOptions {
    let list = |slot: &Slot<Many<String>>| -> Vec<String> {
        slot.get().map_or_else(Vec::new, |many| many.0.iter().map(|at| at.value.clone()).collect())
    };
    let map = raw.map.get().map_or_else(Vec::new, |map| {
        map.0.iter().map(|(heading, field)| (heading.value.clone(), field.value.clone())).collect()
    });
    let dates = raw.dates.get().map(|order| match order {
        RawDateOrder::DayFirst => DateOrder::DayFirst,
        RawDateOrder::MonthFirst => DateOrder::MonthFirst,
    });
    ReadOptions { map, dates, done: list(&raw.done), dropped: list(&raw.dropped) }
}

/// Keys that say something of issues, where there are none.
fn not_of_weeks(raw: &RawThroughput, desk: &mut Desk<'_>) -> Option<()> {
    let message = "a table of weeks has no issues that this could be about";
    refuse(of_issues(raw), message, "name a list of issues, or leave it out", desk)
}

/// Where something is said that only a list of issues can answer.
pub(super) fn of_issues(raw: &RawThroughput) -> Option<&Place> {
    let given = [raw.as_of.place(), raw.project.place(), raw.epics.place()];
    let read = [raw.done.place(), raw.dropped.place(), raw.dates.place()];
    given.into_iter().chain(read).flatten().next()
}

/// Reports a key that does not belong there, if there is one.
pub(super) fn refuse(place: Option<&Place>, message: &str, help: &str, desk: &mut Desk<'_>) -> Option<()> {
    let Some(place) = place else { return Some(()) };
    desk.report(code::CONFLICTING_KEYS, Some(place), message, help);
    None
}

fn scope(raw: &RawThroughput) -> Scope {
    Scope { project: raw.project.get().cloned() }
}

/// The weeks before the forecast begins: on the day that is given, else after the last in the list.
fn weeks(list: &IssueList, raw: &RawThroughput, window: usize) -> Result<Vec<u32>, BacklogError> {
    let scope = scope(raw);
    let history = scope.history(list)?;
    let next = || scope.latest(list).and_then(|day| day.tomorrow().ok());
    let from = raw.as_of.get().map(|date| date.at.start_date()).or_else(next);
    history.before(from.ok_or(BacklogError::NothingFinished)?, window)
}

/// How many items are left, of the epics that are named or of all; an epic that is not there is reported.
fn left(list: &IssueList, raw: &RawThroughput, desk: &mut Desk<'_>) -> Option<usize> {
    let scope = scope(raw);
    let day = raw.as_of.get().and_then(|date| date.at.start_date().yesterday().ok());
    let Some(epics) = raw.epics.get() else { return Some(scope.left(list, day)) };
    let keys = || list.issues.iter().filter(|issue| !issue.is_item()).map(|issue| issue.key.as_str());
    let mut all_known = true;
    for epic in &epics.0 {
        if !keys().any(|key| key == epic.value) {
            desk.unknown(code::UNKNOWN_TASK, "epic", epic, keys());
            all_known = false;
        }
    }
    let is_of = |epic: Option<usize>| {
        let key = epic.map(|epic| &list.issues[epic].key);
        key.is_some_and(|key| epics.0.iter().any(|wanted| wanted.value == *key))
    };
    let items = list.issues.iter().filter(|issue| scope.holds(issue) && is_of(issue.epic));
    all_known.then(|| items.filter(|issue| issue.is_left_after(day)).count())
}

/// The place of an error: its line in the file, or where the file is named.
fn place_of(error: &BacklogError, file: FileId, csv: &At<String>, desk: &Desk<'_>) -> Place {
    let line = match error {
        BacklogError::OpenQuote { line }
        | BacklogError::AmbiguousDates { line, .. }
        | BacklogError::BadCount { line, .. } => Some(*line),
        BacklogError::MixedDates { month_first, .. } => Some(*month_first),
        BacklogError::NoColumn { .. } => Some(1),
        _ => None,
    };
    let text = desk.sources.text(file);
    let of_line = |line: u64| {
        let mut start = 0;
        for _ in 1..line {
            start += text[start..].find('\n').map_or(0, |end| end + 1);
        }
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |end| start + end);
        Place::new(file, start..end)
    };
    line.map(of_line).or_else(|| csv.place.clone()).unwrap_or_else(|| of_line(1))
}

fn unreadable(error: &BacklogError, place: Option<&Place>, desk: &mut Desk<'_>) {
    let (code, help) = match error {
        BacklogError::NoColumn { .. } => {
            (code::UNKNOWN_COLUMN, "say what columns mean: `map = { \"Erledigt am\" = \"done\" }`")
        }
        BacklogError::UnknownColumn { .. } | BacklogError::UnknownField(_) => (code::UNKNOWN_COLUMN, ""),
        BacklogError::AmbiguousDates { .. } | BacklogError::MixedDates { .. } => {
            (code::BAD_DATE, "say which comes first: `dates = \"dmy\"` or `dates = \"mdy\"`")
        }
        BacklogError::NothingThere(_) => (code::BAD_SAMPLES, "name a project as the list does"),
        BacklogError::NothingFinished | BacklogError::NoHistory(_) => (
            code::BAD_SAMPLES,
            "a forecast needs a complete week of history, Monday to Sunday, before it begins",
        ),
        _ => (code::BAD_TABLE, ""),
    };
    desk.report(code, place, error.to_string(), help);
}

/// Says how many rows are not used as they stand.
fn say_odd(list: &IssueList, csv: &At<String>, desk: &mut Desk<'_>) {
    let rows = list.notes.iter().filter(|note| note.line > 1);
    let mut lines: Vec<u64> = rows.filter(|note| note.kind != NoteKind::Odd).map(|note| note.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let Some(first) = lines.first() else { return };
    let message =
        format!("{} of `{}` are not used as they stand, first line {first}", counted(lines.len()), csv.value);
    let help = format!("`p80 throughput {} --report rows.csv` lists them with their reasons", csv.value);
    desk.problems.push(Diagnostic::new(code::ROWS_NOT_USED, message).at_place(csv.place(), "").help(help));
}

fn counted(rows: usize) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
