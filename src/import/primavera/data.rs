//! What both formats say.

use crate::calendar::Shift;
use crate::import::plan::{LagTime, Limit, Tie};
use crate::import::week::DayChange;
use crate::units::Instant;

/// Everything that stands in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Data {
    pub currency: Option<String>,
    pub projects: Vec<Project>,
    pub calendars: Vec<Calendar>,
    pub wbs: Vec<WbsNode>,
    pub activities: Vec<Activity>,
    pub relations: Vec<Relation>,
    pub resources: Vec<Resource>,
    pub assignments: Vec<Assignment>,
    pub expenses: Vec<Expense>,
    /// Labels of user-defined fields of activities, by their number.
    pub fields: Vec<(String, String)>,
}

/// A project.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    pub id: String,
    pub code: String,
    pub name: String,
    pub data_date: Option<Instant>,
    pub planned_start: Option<Instant>,
    pub must_finish_by: Option<Instant>,
    pub calendar: Option<String>,
    pub options: Options,
}

/// How a project is scheduled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub lag_time: LagTime,
    /// Started work goes on whatever comes before it.
    pub overrides: bool,
    /// Actual dates: neither retained logic nor override.
    pub actual_dates: bool,
    pub uses_expected_finish: bool,
    /// Activities without successors have no float.
    pub critical_open_ends: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lag_time: LagTime::Predecessor,
            overrides: false,
            actual_dates: false,
            uses_expected_finish: false,
            critical_open_ends: false,
        }
    }
}

/// A calendar.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    pub id: String,
    pub name: String,
    pub base: Option<String>,
    /// Hours per day, week and month.
    pub hours: [Option<f64>; 3],
    pub week: Option<[Vec<Shift>; 7]>,
    pub days: Vec<DayChange>,
}

/// A node of the work breakdown.
#[derive(Clone, Debug, Default)]
pub(super) struct WbsNode {
    pub id: String,
    pub project: String,
    pub above: Option<String>,
    pub name: String,
    pub order: i64,
    /// Whether it is the project itself.
    pub is_root: bool,
}

/// What an activity is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ActivityKind {
    #[default]
    Task,
    /// Its work is laid on the calendars of its resources.
    ResourceDependent,
    StartMilestone,
    FinishMilestone,
    LevelOfEffort,
    WbsSummary,
}

/// A date constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Constraint {
    StartOn,
    FinishOn,
    AsLateAsPossible,
    /// Any other, which means the same here.
    Plain(Limit),
}

/// An activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity {
    pub id: String,
    pub project: String,
    pub wbs: Option<String>,
    pub calendar: Option<String>,
    pub code: String,
    pub name: String,
    pub kind: ActivityKind,
    /// Hours.
    pub planned: f64,
    pub remaining: Option<f64>,
    /// The share that is done.
    pub complete: Option<f64>,
    pub constraints: Vec<(Constraint, Option<Instant>)>,
    pub actual_start: Option<Instant>,
    pub actual_finish: Option<Instant>,
    pub resume: Option<Instant>,
    pub expected_finish: Option<Instant>,
    pub external_start: Option<Instant>,
    pub external_finish: Option<Instant>,
    pub early_start: Option<Instant>,
    pub early_finish: Option<Instant>,
    pub late_start: Option<Instant>,
    pub late_finish: Option<Instant>,
    /// Hours.
    pub float: Option<f64>,
    /// User-defined fields: number and value.
    pub values: Vec<(String, f64)>,
}

/// A relationship.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub from: String,
    pub to: String,
    pub tie: Tie,
    /// Hours.
    pub lag: f64,
}

/// A resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Resource {
    pub id: String,
    pub name: String,
    pub calendar: Option<String>,
    pub is_material: bool,
}

/// An assignment of a resource to an activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Assignment {
    pub activity: String,
    pub resource: String,
    /// Hours of work or units of material, and how many of them per hour.
    pub planned_units: f64,
    pub remaining_units: f64,
    pub units_per_hour: f64,
    pub cost: f64,
}

/// An expense of an activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Expense {
    pub activity: String,
    pub name: String,
    pub cost: f64,
}

/// A kind of link by its two letters.
pub(super) fn tie(text: &str) -> Tie {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_uppercase();
    match letters.trim_start_matches("PR") {
        "SS" | "STARTTOSTART" => Tie::StartStart,
        "FF" | "FINISHTOFINISH" => Tie::FinishFinish,
        "SF" | "STARTTOFINISH" => Tie::StartFinish,
        _ => Tie::FinishStart,
    }
}
