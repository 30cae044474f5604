//! Links between tasks, with lags and leads.

use super::{Estimate, ProjectIx, TaskIx};

/// A dependency of `to` on `from`.
#[derive(Clone, Debug)]
pub struct Link {
    /// The predecessor.
    pub from: Endpoint,
    /// The successor.
    pub to: Endpoint,
    /// Which ends it ties.
    pub kind: LinkKind,
    /// Lag (positive) or lead (negative).
    pub lag: Lag,
}

/// What a link ties: a task, or a project as a whole.
///
/// A link to a project applies to every task in it; a link from a project waits for its latest finish
/// (FS, FF) or its earliest start (SS, SF).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// A task or milestone.
    Task(TaskIx),
    /// A project. As successor only FS and SS make sense.
    Project(ProjectIx),
}

/// Which ends a link ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkKind {
    /// Finish to start.
    FS,
    /// Start to start.
    SS,
    /// Finish to finish.
    FF,
    /// Start to finish.
    SF,
}

/// A lag: how much, on which clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Lag {
    /// How much.
    pub amount: LagAmount,
    /// Whose time it counts.
    pub clock: LagClock,
}

/// How long a lag is.
#[derive(Clone, Debug, PartialEq)]
pub enum LagAmount {
    /// No lag.
    None,
    /// Minutes of the lag's clock; negative is a lead.
    Fixed(i32),
    /// A share of the predecessor's duration in that iteration: 0.5 = 50 %.
    Share(f64),
    /// An uncertain number of minutes.
    Uncertain(Estimate),
}

/// In whose time a lag runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LagClock {
    /// The successor's calendar (the default).
    Successor,
    /// The predecessor's calendar.
    Predecessor,
    /// The program's default calendar.
    Program,
    /// Round the clock.
    Elapsed,
}

impl Lag {
    /// No lag.
    #[must_use]
    pub fn none() -> Self {
        Self { amount: LagAmount::None, clock: LagClock::Successor }
    }
}

impl Link {
    /// A finish-to-start link between two tasks, without lag.
    #[must_use]
    pub fn finish_to_start(from: TaskIx, to: TaskIx) -> Self {
        Self { from: Endpoint::Task(from), to: Endpoint::Task(to), kind: LinkKind::FS, lag: Lag::none() }
    }
}
