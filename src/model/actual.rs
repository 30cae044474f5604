//! What has really happened to a task.

use crate::units::Instant;

/// When a task really started and finished, and what that leaves of it (semantics, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actual {
    /// Its actual start; of a milestone, its date.
    pub start: Instant,
    /// Its actual finish; none while it goes on. Actual dates are never moved.
    pub finish: Option<Instant>,
    /// Minutes of its own clock that are known to have been worked, up to the status date. The duration is then
    /// the one estimated, given that it exceeds them, less them; 0 where the estimate is of the remaining work.
    pub exceeded: i32,
    /// Whether the rest of it goes on although work before it is not finished (progress override); otherwise it
    /// waits for that (retained logic).
    pub overrides: bool,
    /// When what is left of it goes on at the earliest; on the status date unless given.
    pub resume: Option<Instant>,
}

impl Actual {
    /// Whether the task is finished.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finish.is_some()
    }
}
