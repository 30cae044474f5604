//! Tasks and milestones.

use jiff::civil::Date;

use super::{Actual, CalendarIx, Clock, ConditionIx, CostLine, Estimate, ProjectIx, Repeat};
use crate::units::Instant;

/// A task or milestone.
#[derive(Clone, Debug)]
pub struct Task {
    /// The stable full id, such as `erp.build.finance`; it keys the random streams.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// The project that it belongs to, if any.
    pub project: Option<ProjectIx>,
    /// Work or milestone.
    pub kind: TaskKind,
    /// Its working calendar.
    pub calendar: CalendarIx,
    /// Date constraints; several may apply.
    pub constraints: Vec<Constraint>,
    /// Moves as late as possible without moving a successor or the target (zero free float).
    pub as_late_as_possible: bool,
    /// A deadline: reported, moves nothing.
    pub deadline: Option<Instant>,
    /// Costs that the task brings.
    pub costs: Vec<CostLine>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who delivers it.
    pub vendor: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// Free tags.
    pub tags: Vec<String>,
    /// The role that does the work.
    pub role: Option<String>,
    /// How many of the role work on it at once.
    pub units: f64,
    /// Under which condition it exists in an iteration; always unless given.
    pub exists: Option<ConditionIx>,
    /// The condition under which it never finishes, if any: an iteration without a result.
    pub never: Option<ConditionIx>,
    /// What it repeats, if a loop has made it.
    pub repeat: Option<Repeat>,
    /// What has really happened to it, in a program under way.
    pub actual: Option<Actual>,
    /// What the tool that it was imported from calls it.
    pub source: Option<String>,
}

/// What a task is.
#[derive(Clone, Debug)]
pub enum TaskKind {
    /// Work with an uncertain duration in minutes of the given clock.
    Work {
        /// The duration in minutes.
        duration: Estimate,
        /// Working or elapsed minutes.
        clock: Clock,
    },
    /// An event without duration.
    Milestone(MilestoneKind),
}

/// How the date of a milestone is shown; successors get the same dates either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MilestoneKind {
    /// The end of something: Friday 17:00 stays Friday 17:00.
    Finish,
    /// The beginning of something: Friday 17:00 becomes Monday 08:00.
    Start,
}

/// A date constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Which one.
    pub kind: ConstraintKind,
    /// The date it names.
    pub at: Instant,
}

/// The kinds of date constraint. No-later-than and the second half of must never pull a simulated date
/// earlier than logic: they act on schedule float only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// SNET
    StartNoEarlierThan,
    /// FNET
    FinishNoEarlierThan,
    /// SNLT
    StartNoLaterThan,
    /// FNLT
    FinishNoLaterThan,
    /// MSO: no earlier than in the forward pass, no later than for the report.
    MustStartOn,
    /// MFO: likewise for the finish.
    MustFinishOn,
}

impl Task {
    /// The duration estimate and its clock, if the task is work.
    #[must_use]
    pub fn duration(&self) -> Option<(&Estimate, Clock)> {
        match &self.kind {
            TaskKind::Work { duration, clock } => Some((duration, *clock)),
            TaskKind::Milestone(_) => None,
        }
    }

    /// Whether it has really been finished.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.actual.is_some_and(|actual| actual.is_finished())
    }

    /// Whether it is work that only a failed test brings.
    #[must_use]
    pub fn is_extra_pass(&self) -> bool {
        self.repeat.is_some_and(|repeat| repeat.is_extra())
    }

    /// Whether it is a milestone of either kind.
    #[must_use]
    pub fn is_milestone(&self) -> bool {
        matches!(self.kind, TaskKind::Milestone(_))
    }

    /// Whether it is a milestone that marks the beginning of something.
    #[must_use]
    pub fn is_start_milestone(&self) -> bool {
        matches!(self.kind, TaskKind::Milestone(MilestoneKind::Start))
    }

    /// The date of its finish as reported: 24:00 belongs to the day that ends, but to the day that begins
    /// where it is a beginning that the milestone marks.
    #[must_use]
    pub fn date_of(&self, finish: Instant) -> Date {
        if self.is_start_milestone() { finish.start_date() } else { finish.finish_date() }
    }

    /// A piece of work with defaults for everything that is not named here.
    #[must_use]
    pub fn work(id: impl Into<String>, duration: Estimate, calendar: CalendarIx) -> Self {
        Self::new(id.into(), TaskKind::Work { duration, clock: Clock::Working }, calendar)
    }

    /// A finish milestone.
    #[must_use]
    pub fn milestone(id: impl Into<String>, calendar: CalendarIx) -> Self {
        Self::new(id.into(), TaskKind::Milestone(MilestoneKind::Finish), calendar)
    }

    fn new(id: String, kind: TaskKind, calendar: CalendarIx) -> Self {
        Self {
            name: id.clone(),
            id,
            project: None,
            kind,
            calendar,
            constraints: Vec::new(),
            as_late_as_possible: false,
            deadline: None,
            costs: Vec::new(),
            owner: None,
            vendor: None,
            category: None,
            tags: Vec::new(),
            role: None,
            units: 1.0,
            exists: None,
            never: None,
            repeat: None,
            actual: None,
            source: None,
        }
    }
}
