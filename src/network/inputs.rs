//! What one iteration says of durations and lags.

use super::node::UNBOUND;
use super::stops::Stop;
use super::strikes::{Strike, Total};
use crate::model::{LagAmount, Program, TaskIx};

/// Durations and lags of one iteration, in minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// The total duration of every task, by [`crate::model::TaskIx`], on the task's own clock; 0 or more.
    pub duration_minutes: Vec<i32>,
    /// The lag of every link, by [`crate::model::LinkIx`], on the lag's own clock. Only entries of uncertain
    /// lags are read: fixed ones are known, and shares follow from the predecessor's duration.
    pub lag_minutes: Vec<i32>,
    /// Whether each condition holds, by [`crate::model::ConditionIx`].
    pub present: Vec<bool>,
    /// The lump sums of tasks whose cost decides something, by the number of the [`super::Bill`], in minor
    /// units.
    pub lump_sums: Vec<i64>,
    /// What may happen to tasks while they go on, in the order of the tasks.
    pub strikes: Vec<Strike>,
    /// What makes up the duration of every task, by [`crate::model::TaskIx`]; read only of tasks with strikes.
    pub totals: Vec<Total>,
    /// When each task is cancelled, by [`crate::model::TaskIx`]; empty where nothing is in this iteration.
    pub stops: Vec<Stop>,
    /// Before when each task does not start because it waits for money, by [`crate::model::TaskIx`], in minutes since
    /// the epoch; [`Inputs::NEVER`]: it never does. Empty where nothing waits.
    pub held_until: Vec<i32>,
}

impl Inputs {
    /// The deterministic plan: every estimate at its plan value, rounded to the minute, ties to even; branches
    /// by their default, no risk.
    #[must_use]
    pub fn plan(program: &Program) -> Self {
        let duration_minutes = program
            .tasks()
            .iter()
            .map(|task| {
                let worked = task.actual.map_or(0, |actual| actual.exceeded);
                task.duration()
                    .map_or(0, |(estimate, _)| whole_minutes(estimate.plan - f64::from(worked)).max(0))
            })
            .collect();
        let lag_minutes = program
            .links()
            .iter()
            .map(|link| match &link.lag.amount {
                LagAmount::None | LagAmount::Share(_) => 0,
                LagAmount::Fixed(minutes) => *minutes,
                LagAmount::Uncertain(estimate) => whole_minutes(estimate.plan),
            })
            .collect();
        let chance = |chance: crate::model::ChanceIx| program.chances()[chance.index()].plan;
        let present =
            program.conditions().iter().map(|condition| condition.may_hold(chance, |_| false)).collect();
        let lump_sums = super::decisions::plan_lump_sums(program);
        let (strikes, totals, stops, held_until) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { duration_minutes, lag_minutes, present, lump_sums, strikes, totals, stops, held_until }
    }

    /// What waits until then never starts.
    pub const NEVER: i32 = i32::MAX;

    /// Before when a task does not start because it waits for money; beyond all dates where it does not wait.
    #[must_use]
    #[inline]
    pub fn held_until(&self, task: usize) -> i32 {
        self.held_until.get(task).copied().unwrap_or(UNBOUND)
    }

    /// Lets a task wait for money.
    pub fn hold(&mut self, task: TaskIx, until: i32) {
        self.held_until.resize(self.duration_minutes.len(), UNBOUND);
        self.held_until[task.index()] = until;
    }

    /// Whether a task never starts because there is no money for it.
    #[inline]
    pub(super) fn never_starts(&self, task: usize) -> bool {
        self.held_until(task) == Self::NEVER
    }
}

/// The nearest whole minute, ties to even; numbers beyond 32 bits end at the ends of 32 bits.
pub(super) fn whole_minutes(minutes: f64) -> i32 {
    // A cast from floating point saturates, and an undefined number becomes 0.
    minutes.round_ties_even() as i32
}
