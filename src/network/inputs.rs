//! What one iteration says of durations and lags.

use super::stops::Stop;
use super::strikes::{Strike, Total};
use crate::model::{LagAmount, Program};

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
        let (strikes, totals, stops) = (Vec::new(), Vec::new(), Vec::new());
        Self { duration_minutes, lag_minutes, present, lump_sums, strikes, totals, stops }
    }
}

/// The nearest whole minute, ties to even; numbers beyond 32 bits end at the ends of 32 bits.
pub(super) fn whole_minutes(minutes: f64) -> i32 {
    // A cast from floating point saturates, and an undefined number becomes 0.
    minutes.round_ties_even() as i32
}
