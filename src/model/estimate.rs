//! An uncertain quantity: a law, its plan value, and the clock that it runs on.

use crate::dist::Law;

/// Which time a duration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Working minutes of the task's own calendar.
    Working,
    /// Minutes round the clock; ignores shifts, holidays and freezes, not windows.
    Elapsed,
}

/// An estimate in minutes (durations), minor units (money) or as a share (percent impacts).
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The law, in the unit of the quantity.
    pub law: Law,
    /// The value of the deterministic plan: as written, else the mode, else the median (semantics,
    /// section 2).
    pub plan: f64,
}

impl Estimate {
    /// A certain value.
    #[must_use]
    pub fn certain(value: f64) -> Self {
        Self { law: Law::fixed(value), plan: value }
    }
}
