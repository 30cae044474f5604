//! Whether a schedule agrees with the one that another tool has stored.

use std::collections::BTreeMap;

use crate::calendar::{TablePart, WorkTable};
use crate::import::StoredDates;
use crate::model::{Conventions, Program, Task, TaskIx};
use crate::network::{Schedule, ScheduledTask};
use crate::units::Instant;

/// Days around the dates of a plan for which working time is counted.
const AROUND: i32 = 800;

/// What is compared, in the order of all tables of it.
pub const FIELDS: [&str; 5] = ["early start", "early finish", "late start", "late finish", "total slack"];

/// How far a schedule agrees with stored dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Tasks of which anything is stored.
    pub tasks: usize,
    /// By field: how many tasks agree, and of how many it is stored.
    pub fields: [(usize, usize); 5],
    /// Where they differ.
    pub differences: Vec<Disagreement>,
    /// Every task, in the order of the program.
    pub rows: Vec<AgreementRow>,
}

/// The dates of a task as computed and as stored, in the order of [`FIELDS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementRow {
    /// The full id of the task.
    pub id: String,
    /// What the tool calls it.
    pub source: String,
    /// Dates, and slack in working minutes, as computed; empty where there is none.
    pub computed: [String; 5],
    /// The same as stored.
    pub stored: [String; 5],
    /// Whether all that is stored agrees.
    pub agrees: bool,
}

/// A value that is not the one stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The full id of the task.
    pub id: String,
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// What the schedule says; empty if nothing.
    pub found: String,
    /// What is stored.
    pub stored: String,
}

impl Agreement {
    /// The share of values of a field that agree; [`None`] where none is stored.
    #[must_use]
    pub fn share(&self, field: usize) -> Option<f64> {
        let (agree, of) = self.fields[field];
        (of > 0).then(|| agree as f64 / of as f64)
    }
}

/// Compares early and late dates and slack, task by task.
///
/// Dates are compared as working time: the end of a shift equals the beginning of the next. What has really
/// happened is a fact on both sides: actual dates are not computed, and finished work has no late dates of its own.
#[must_use]
pub fn agreement(
    program: &Program,
    schedule: &Schedule,
    stored: &BTreeMap<String, StoredDates>,
) -> Agreement {
    let mut agreement = Agreement::default();
    let mut tables: BTreeMap<usize, WorkTable> = BTreeMap::new();
    let known = stored.values().flat_map(|dates| [dates.early_start, dates.late_finish]).flatten();
    let days: Vec<i32> =
        known.chain(schedule.last_finish()).chain([program.start()]).map(Instant::day).collect();
    let first = days.iter().min().map_or(0, |day| day - AROUND);
    let last = days.iter().max().map_or(0, |day| day + AROUND);
    for (at, task) in program.tasks().iter().enumerate() {
        let Some(dates) = stored.get(&task.id) else { continue };
        agreement.tasks += 1;
        let table = tables.entry(task.calendar.index()).or_insert_with(|| {
            let calendar = &program.calendars()[task.calendar.index()].calendar;
            WorkTable::build(calendar, TablePart::Working, first, last)
        });
        let before = agreement.differences.len();
        let own = Own::of(program, task, schedule.task(TaskIx::new(at)), dates);
        for (field, (found, wanted)) in own.dates.into_iter().zip(dates_of(dates)).enumerate() {
            let Some(wanted) = wanted else { continue };
            let same = |found: Instant| found == wanted || table.worked(found) == table.worked(wanted);
            let text = |at: Option<Instant>| at.map(|at| at.to_string()).unwrap_or_default();
            agreement.count(task, field, found.is_some_and(same), || (text(found), wanted.to_string()));
        }
        if let Some(wanted) = dates.slack_minutes {
            let text = || (own.slack.map(|slack| slack.to_string()).unwrap_or_default(), wanted.to_string());
            agreement.count(task, 4, own.slack == Some(wanted), text);
        }
        agreement.rows.push(AgreementRow {
            id: task.id.clone(),
            source: task.source.clone().unwrap_or_default(),
            computed: texts(own.dates, own.slack),
            stored: texts(dates_of(dates), dates.slack_minutes),
            agrees: agreement.differences.len() == before,
        });
    }
    agreement
}

impl Agreement {
    fn count(&mut self, task: &Task, field: usize, agrees: bool, texts: impl FnOnce() -> (String, String)) {
        self.fields[field].1 += 1;
        if agrees {
            self.fields[field].0 += 1;
        } else {
            let (found, stored) = texts();
            self.differences.push(Disagreement { id: task.id.clone(), field: FIELDS[field], found, stored });
        }
    }
}

/// Dates and slack as text; empty where there is none.
fn texts(dates: [Option<Instant>; 4], slack: Option<i32>) -> [String; 5] {
    let date = |at: Option<Instant>| at.map(|at| at.to_string()).unwrap_or_default();
    let [early_start, early_finish, late_start, late_finish] = dates.map(date);
    let slack = slack.map(|slack| slack.to_string()).unwrap_or_default();
    [early_start, early_finish, late_start, late_finish, slack]
}

fn dates_of(stored: &StoredDates) -> [Option<Instant>; 4] {
    [stored.early_start, stored.early_finish, stored.late_start, stored.late_finish]
}

/// What the schedule says of a task, with facts in place of what follows from them.
struct Own {
    dates: [Option<Instant>; 4],
    slack: Option<i32>,
}

impl Own {
    fn of(program: &Program, task: &Task, found: &ScheduledTask, stored: &StoredDates) -> Self {
        let dates = [Some(found.start), Some(found.finish), found.late_start, found.late_finish];
        let slack = found.schedule_float;
        let Some(actual) = &task.actual else { return Self { dates, slack } };
        if actual.is_finished() {
            let (start, finish) = (stored.actual_start, stored.actual_finish);
            return Self { dates: [start, finish, start, finish], slack: Some(0) };
        }
        // Microsoft Project repeats the actual start as the late one.
        let late =
            if program.conventions() == Conventions::MsProject { stored.actual_start } else { dates[2] };
        Self { dates: [Some(actual.start), dates[1], late, dates[3]], slack }
    }
}
