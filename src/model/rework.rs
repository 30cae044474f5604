//! Rework: a test that may fail, and the work that is then done again (semantics, section 3).

use super::{CalendarIx, CostLine, Estimate, TaskIx};
use crate::units::Probability;

/// A loop: where the test fails, everything from the entry to the test is repeated, in series.
#[derive(Clone, Debug)]
pub struct Rework {
    /// Its id; it keys the random streams.
    pub id: String,
    /// The task or milestone that passes or fails.
    pub test: TaskIx,
    /// The first task that is repeated; the test itself if nothing else is.
    pub entry: TaskIx,
    /// How likely each pass fails, one for every allowed pass; that of the last counts only if a failure
    /// there leaves the work unfinished.
    pub fail: Vec<Probability>,
    /// How much of the work is repeated in every pass after the first: 0.5 = half of the durations and lump
    /// sums.
    pub fraction: Vec<f64>,
    /// What a failure brings before the next pass begins.
    pub rollback: Option<Rollback>,
    /// Whether a failure of the last allowed pass leaves an iteration without a result; otherwise that pass
    /// succeeds.
    pub unfinished: bool,
}

/// What a failure brings before the next pass begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Rollback {
    /// How long it takes, in working minutes of its calendar.
    pub duration: Estimate,
    /// Its calendar; no window of the test binds it.
    pub calendar: CalendarIx,
    /// What it costs.
    pub costs: Vec<CostLine>,
}

/// Where a task comes from that a loop has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The task that is repeated; of a rollback and of the end of a loop, the test.
    pub of: TaskIx,
    /// Which pass it belongs to, from 2; the end of a loop to none.
    pub pass: u32,
    /// What it is.
    pub kind: RepeatKind,
    /// The test of the loop that made it; of several loops around each other, of the outermost.
    pub test: TaskIx,
}

/// What a loop makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// The same work once more.
    Work,
    /// Undoing what failed.
    Rollback,
    /// The milestone that is reached when the test has passed.
    Passed,
}

impl Rework {
    /// How many passes are allowed.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.fail.len() as u32
    }

    /// The fraction of the work that is repeated in a pass, from 2.
    #[must_use]
    pub fn fraction_of(&self, pass: u32) -> f64 {
        let at = (pass.saturating_sub(2)) as usize;
        self.fraction.get(at).or(self.fraction.last()).copied().unwrap_or(1.0)
    }
}

impl Repeat {
    /// Whether it is work that only a failure brings: it stands outside the links of its project as a whole.
    #[must_use]
    pub fn is_extra(&self) -> bool {
        self.kind != RepeatKind::Passed
    }
}
