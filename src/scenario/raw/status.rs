//! Reports of a program under way, as written.

use super::{Many, Named, Quantity, RawDate, RawEstimate, RawRiskStatus, choice, raw_table};

choice! {
    /// What holds back work that has started before its predecessors are finished.
    pub enum RawLogic {
        /// What is left of it waits for them.
        Retained "retained",
        /// What is left of it goes on.
        Override "override",
    }
}

choice! {
    /// What the status date does to work that has not started.
    pub enum RawUnstarted {
        /// It starts on the status date at the earliest.
        Move "move",
        /// It stays where its links and constraints put it, even before the status date.
        Stay "stay",
    }
}

raw_table! {
    /// What is known of a program under way on one date; each report is complete by itself.
    pub struct RawStatus is "a status" {
        /// The status date: work that is left begins on its morning; what happened on it may be reported.
        date: RawDate = required,
        /// CSV files of what has happened to tasks and milestones.
        progress_csv: Many<String>,
        /// What has happened to tasks and milestones, by full id.
        tasks: Named<RawProgress>,
        /// Where risks stand on that date, by id; as the register says unless given.
        risks: Named<RawRiskStatus>,
        /// What holds back started work whose predecessors are not finished; `retained` unless given.
        logic: RawLogic,
        /// Whether the status date holds back work that has not started; `move` unless given.
        unstarted: RawUnstarted,
    }
}

raw_table! {
    /// What has happened to a task or milestone.
    pub struct RawProgress is "progress" {
        /// When it really started; not for milestones.
        start: RawDate,
        /// When it was really finished or reached.
        finish: RawDate,
        /// The share of its scope that is done: 0.4 or "40 %". Earned value counts it.
        complete: Quantity,
        /// How much work is left on the status date, if the estimate no longer says it.
        remaining: RawEstimate,
        /// When what is left of it goes on; on the status date unless given.
        resume: RawDate,
        /// What it has cost so far.
        cost: f64,
        /// Of a test that may fail: whether it has failed.
        failed: bool,
    }
}
