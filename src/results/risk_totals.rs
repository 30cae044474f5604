//! What all iterations say about one risk or risk driver.

use super::state::fields;

/// Exact sums over iterations for one risk or risk driver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RiskTotals {
    /// Iterations in which it occurred.
    pub occurred: u64,
    /// Iterations with a result in which it occurred.
    pub occurred_finished: u64,
    /// Sum of the program's finishes (minutes since the epoch) over those.
    pub finish_when_occurred: i128,
    /// Sum of T, the program's working minutes, over those.
    pub minutes_when_occurred: i128,
    /// Sum of the program's costs (minor units) over the iterations in which it occurred.
    pub cost_when_occurred: i128,
    /// Sum of the minutes that it added to the tasks that it hit, each on its own clock.
    pub added_minutes: i128,
    /// Sum of its own cost impacts, in minor units.
    pub own_cost: i128,
}

impl RiskTotals {
    /// Adds everything that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        self.occurred += other.occurred;
        self.occurred_finished += other.occurred_finished;
        self.finish_when_occurred += other.finish_when_occurred;
        self.minutes_when_occurred += other.minutes_when_occurred;
        self.cost_when_occurred += other.cost_when_occurred;
        self.added_minutes += other.added_minutes;
        self.own_cost += other.own_cost;
    }
}

fields!(
    RiskTotals: occurred, occurred_finished, finish_when_occurred, minutes_when_occurred, cost_when_occurred,
    added_minutes, own_cost
);
