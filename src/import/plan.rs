//! A plan as both tools mean it: what readers make of their files, before it becomes a scenario.

use super::week::PlanCalendar;
use crate::units::{Instant, WorkScale};

/// Whose conventions a plan follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// Microsoft Project.
    MsProject,
    /// Oracle Primavera P6.
    Primavera,
}

/// A whole plan.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub tool: Tool,
    pub name: String,
    pub start: Instant,
    /// The date up to which progress is known.
    pub status: Option<Instant>,
    /// By when all of it is to be finished.
    pub finish_by: Option<Instant>,
    /// Three letters, if the file names a currency.
    pub currency: Option<String>,
    pub scale: WorkScale,
    /// The default calendar.
    pub calendar: usize,
    pub calendars: Vec<PlanCalendar>,
    /// Summaries and nodes of the work breakdown, each after the one above it.
    pub groups: Vec<Group>,
    pub tasks: Vec<PlanTask>,
    pub links: Vec<PlanLink>,
    /// Whether started work goes on although work before it is not finished.
    pub overrides: bool,
    /// Whether work without successors has no float.
    pub critical_open_ends: bool,
}

/// A summary task, or a node of the work breakdown.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// What the tool calls it.
    pub source: String,
    pub name: String,
    pub above: Option<usize>,
    /// What it is to be finished by.
    pub target: Option<Instant>,
    /// Whether late dates count back from its own finish.
    pub own_finish: bool,
}

/// What a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Work,
    StartMilestone,
    FinishMilestone,
}

/// A date that a task must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    StartNoEarlier,
    FinishNoEarlier,
    StartNoLater,
    FinishNoLater,
    MustStart,
    MustFinish,
}

/// A task or milestone.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanTask {
    /// What the tool calls it, for results that go back there.
    pub source: String,
    /// An id that people know it by, if the tool has one.
    pub code: Option<String>,
    pub name: String,
    pub group: Option<usize>,
    pub kind: Kind,
    /// Minutes of its calendar, or of the clock.
    pub minutes: f64,
    pub elapsed: bool,
    pub calendar: usize,
    pub limits: Vec<(Limit, Instant)>,
    pub as_late_as_possible: bool,
    pub deadline: Option<Instant>,
    pub actual_start: Option<Instant>,
    pub actual_finish: Option<Instant>,
    /// Minutes that are left of started work.
    pub remaining: f64,
    /// When what is left of started work goes on.
    pub resume: Option<Instant>,
    /// The share that is done.
    pub complete: Option<f64>,
    pub costs: Vec<PlanCost>,
    /// Low, most likely and high, in minutes.
    pub range: Option<[f64; 3]>,
    pub owner: Option<String>,
    /// The dates that the tool has computed.
    pub stored: StoredDates,
}

impl PlanTask {
    /// Whether it has started.
    pub fn is_started(&self) -> bool {
        self.actual_start.is_some()
    }
}

/// Money that a task costs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlanCost {
    /// What it is for.
    pub category: String,
    /// Money per hour of the task and unit, with the number of units; a lump sum otherwise.
    pub rate: Option<(f64, f64)>,
    /// The sum.
    pub lump: f64,
}

/// Dates of a task as the tool has computed and stored them; whatever is not stored is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoredDates {
    /// The early start.
    pub early_start: Option<Instant>,
    /// The early finish.
    pub early_finish: Option<Instant>,
    /// The late start.
    pub late_start: Option<Instant>,
    /// The late finish.
    pub late_finish: Option<Instant>,
    /// Total slack in working minutes.
    pub slack_minutes: Option<i32>,
    /// When it really started.
    pub actual_start: Option<Instant>,
    /// When it was really finished: early and late dates are then facts.
    pub actual_finish: Option<Instant>,
}

/// An end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum End {
    Task(usize),
    Group(usize),
}

/// Which ends a link ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    FinishStart,
    StartStart,
    FinishFinish,
    StartFinish,
}

/// Whose time a lag counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LagTime {
    Successor,
    Predecessor,
    Program,
    Elapsed,
}

/// How long a lag is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LagLength {
    Minutes(f64),
    /// 0.5 = half of the duration of the predecessor.
    Share(f64),
}

/// A dependency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlanLink {
    pub from: End,
    pub to: End,
    pub tie: Tie,
    pub lag: LagLength,
    pub time: LagTime,
}

impl PlanLink {
    /// Whether it has a lag or a lead.
    pub fn has_lag(&self) -> bool {
        !matches!(self.lag, LagLength::Minutes(minutes) | LagLength::Share(minutes) if minutes == 0.0)
    }
}
