//! Why a program cannot be laid out for simulation.

use crate::model::{LinkIx, TaskIx};
use crate::units::Instant;

/// Why a program cannot be simulated within 32-bit minutes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// The worst case lies beyond the last date that is allowed.
    #[error("in the worst case work goes on after {limit}: durations, lags or dates are too far out")]
    TooLate {
        /// The last instant allowed.
        limit: Instant,
        /// The tasks at fault: the largest worst-case durations on the longest chain, largest first, with
        /// their minutes.
        longest: Vec<(TaskIx, i32)>,
    },
    /// A lag or lead is longer than 100 years.
    #[error("a lag of {minutes} minutes is longer than 100 years")]
    LagTooLong {
        /// The link.
        link: LinkIx,
        /// Its lag.
        minutes: i64,
    },
    /// A duration is longer than 100 years, or negative.
    #[error("a duration of {minutes} minutes is not within 0 and 100 years")]
    DurationOutOfRange {
        /// The task.
        task: TaskIx,
        /// Its worst-case duration.
        minutes: i32,
    },
    /// The inputs are those of another program.
    #[error("the worst case has {found} durations and lags, the program {expected}")]
    WrongShape {
        /// Tasks and links of the program.
        expected: usize,
        /// Durations and lags given.
        found: usize,
    },
}
