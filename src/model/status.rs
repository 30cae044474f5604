//! What has been reported of a program under way on one date.

use super::{Estimate, Program, RiskIx, RiskStatus, TaskIx};
use crate::units::{Instant, Money};

/// Everything that is known on a status date; each report is complete by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The instant from which on work lies ahead.
    pub date: Instant,
    /// The latest instant that a report of this date can know of: the end of the day where the date has no time.
    pub known_until: Instant,
    /// What has happened to tasks and milestones.
    pub tasks: Vec<(TaskIx, Progress)>,
    /// Where risks stand now.
    pub risks: Vec<(RiskIx, RiskStatus)>,
    /// Whether started work goes on although work before it is not finished.
    pub overrides: bool,
    /// Whether work that has not started stays where it is, even before the status date.
    pub stays: bool,
}

/// What is known of one task or milestone on a status date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// When it really started; not given for a milestone.
    pub start: Option<Instant>,
    /// When it was really finished or, of a milestone, reached.
    pub finish: Option<Instant>,
    /// The share of its scope that is done, 0 to 1; earned value counts it, the forecast of dates does not.
    pub complete: Option<f64>,
    /// How much work is left on the status date, where somebody knows better than the estimate.
    pub remaining: Option<Estimate>,
    /// When what is left of it goes on; on the status date unless given.
    pub resume: Option<Instant>,
    /// What it has cost so far.
    pub cost: Option<Money>,
    /// Of a test that may fail: whether it has failed.
    pub failed: bool,
}

/// What a report cannot say.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusError {
    /// A finish before the start.
    #[error("`{id}` finishes on {finish}, before its start on {start}")]
    FinishBeforeStart {
        /// The task.
        id: String,
        /// Its start.
        start: Instant,
        /// Its finish.
        finish: Instant,
    },
    /// A date that the report cannot know.
    #[error("the actual {what} of `{id}` on {at} lies after the status date {status}")]
    AfterStatus {
        /// The task.
        id: String,
        /// Start or finish.
        what: &'static str,
        /// The date.
        at: Instant,
        /// The status date.
        status: Instant,
    },
    /// Work that was finished and never started.
    #[error("`{0}` is finished but has no actual start")]
    NoStart(String),
    /// Progress of work that has not started.
    #[error("`{0}` has not started, but has {1}")]
    NotStarted(String, &'static str),
    /// All of it is done, and nobody says when.
    #[error("`{0}` is 100 % complete but has no actual finish")]
    NoFinish(String),
    /// Finished work with something left of it.
    #[error("`{0}` is finished, but has {1}")]
    Finished(String, &'static str),
    /// A milestone with something that only work has.
    #[error("`{0}` is a milestone and has no {1}: give the date on which it was reached as its finish")]
    Milestone(String, &'static str),
    /// The estimate says that it should be over.
    #[error("`{id}` has taken longer than its estimate allows")]
    Overrun {
        /// The task.
        id: String,
    },
    /// Of one task, two reports on one date.
    #[error("`{0}` is reported twice")]
    Twice(String),
    /// Things that cannot both have happened.
    #[error("`{0}` has started, but cannot exist beside other work that has")]
    Contradiction(String),
}

impl StatusError {
    /// What can be done about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::AfterStatus { .. } => "report it on a later date, or give the status date a time",
            Self::NoStart(_) => "add its actual start",
            Self::NotStarted(..) => "add its actual start, or leave the row out",
            Self::NoFinish(_) => "add its actual finish, or say less than 100 %",
            Self::Finished(..) => "leave that out, or leave out the finish",
            Self::Overrun { .. } => {
                "say how much work is left, for example `remaining = [\"2d\", \"5d\", \"10d\"]`"
            }
            Self::Contradiction(_) => {
                "of alternatives only one can start; a repeated pass follows a failed test"
            }
            Self::FinishBeforeStart { .. } | Self::Milestone(..) | Self::Twice(_) => "",
        }
    }
}

impl Status {
    /// Nothing has happened by this date.
    #[must_use]
    pub fn nothing(date: Instant) -> Self {
        Self { date, known_until: date, tasks: Vec::new(), risks: Vec::new(), overrides: false, stays: false }
    }

    /// What is reported of a task.
    #[must_use]
    pub fn of(&self, task: TaskIx) -> Option<&Progress> {
        self.tasks.iter().find(|(own, _)| *own == task).map(|(_, progress)| progress)
    }

    /// What the report cannot say, with the position of its entry.
    #[must_use]
    pub fn errors(&self, program: &Program) -> Vec<(usize, StatusError)> {
        let mut errors = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (at, (task, progress)) in self.tasks.iter().enumerate() {
            let Some(of) = program.tasks.get(task.index()) else { continue };
            if !seen.insert(*task) {
                errors.push((at, StatusError::Twice(of.id.clone())));
            }
            let found =
                if of.is_milestone() { progress.milestone_errors(&of.id) } else { progress.errors(&of.id) };
            errors.extend(found.into_iter().map(|error| (at, error)));
            for (what, date) in [("start", progress.start), ("finish", progress.finish)] {
                if let Some(date) = date.filter(|&date| date > self.known_until) {
                    let (id, status) = (of.id.clone(), self.date);
                    errors.push((at, StatusError::AfterStatus { id, what, at: date, status }));
                }
            }
        }
        errors
    }
}

impl Progress {
    fn errors(&self, id: &str) -> Vec<StatusError> {
        let mut errors = Vec::new();
        let id = || id.to_owned();
        match (self.start, self.finish) {
            (Some(start), Some(finish)) if finish < start => {
                errors.push(StatusError::FinishBeforeStart { id: id(), start, finish });
            }
            (None, Some(_)) => errors.push(StatusError::NoStart(id())),
            (None, None) if self.complete.is_some_and(|complete| complete > 0.0) => {
                errors.push(StatusError::NotStarted(id(), "progress"));
            }
            (None, None) if self.remaining.is_some() => {
                errors.push(StatusError::NotStarted(id(), "a remaining duration"));
            }
            _ => {}
        }
        if self.finish.is_some() {
            if self.remaining.is_some() {
                errors.push(StatusError::Finished(id(), "a remaining duration"));
            }
            if self.complete.is_some_and(|complete| complete < 1.0) {
                errors.push(StatusError::Finished(id(), "progress below 100 %"));
            }
        } else if self.complete == Some(1.0) {
            errors.push(StatusError::NoFinish(id()));
        }
        errors
    }

    fn milestone_errors(&self, id: &str) -> Vec<StatusError> {
        let wrong = [
            (self.start.is_some() && self.start != self.finish, "start"),
            (self.remaining.is_some(), "remaining duration"),
            (self.complete.is_some_and(|complete| complete > 0.0) && self.finish.is_none(), "progress"),
        ];
        let wrong = wrong.into_iter().filter(|(wrong, _)| *wrong);
        wrong.map(|(_, what)| StatusError::Milestone(id.to_owned(), what)).collect()
    }

    /// When it really started or, of a milestone, was reached.
    #[must_use]
    pub fn started(&self) -> Option<Instant> {
        self.start.or(self.finish)
    }
}
