//! What all iterations say about the program, for what goes together with it.

use super::state::fields;

/// Exact sums over iterations for the working time and the cost of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramTotals {
    /// Iterations with a finish.
    pub finished: u64,
    /// Sum of T, working minutes of the program's calendar from its start to its finish, over those.
    pub minutes: i128,
    /// Sum of its squares.
    pub minutes_squared: i128,
    /// Sum of the distances of the cost from its plan, in minor units, over all iterations.
    pub cost: i128,
    /// Sum of their squares.
    pub cost_squared: i128,
}

impl ProgramTotals {
    /// Adds everything that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        self.finished += other.finished;
        self.minutes += other.minutes;
        self.minutes_squared += other.minutes_squared;
        self.cost += other.cost;
        self.cost_squared += other.cost_squared;
    }
}

fields!(ProgramTotals: finished, minutes, minutes_squared, cost, cost_squared);
