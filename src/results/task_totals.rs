//! What all iterations say about one task.

use super::state::fields;

/// Exact sums over iterations for one task; every count is out of *all* iterations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskTotals {
    /// Iterations in which it existed.
    pub present: u64,
    /// Iterations in which its simulation float was at most zero.
    pub critical: u64,
    /// Iterations in which it lay on the driving chain of the target.
    pub driving: u64,
    /// Iterations in which a window or freeze made it wait.
    pub waited: u64,
    /// Sum of the waits, in elapsed minutes.
    pub wait_minutes: i128,
    /// Sum of the simulated durations, in minutes of the task's clock.
    pub minutes: i128,
    /// Sum of their squares.
    pub minutes_squared: i128,
    /// Sum of the products of duration and T over iterations with a finish.
    pub minutes_and_program: i128,
    /// Sum of the durations in iterations without a finish, and of their squares.
    pub minutes_unfinished: (i128, i128),
    /// Iterations without a finish of the program in which it has none either.
    pub unfinished: u64,
    /// Sum of its costs, in minor units.
    pub cost: i128,
    /// Sum of their squares.
    pub cost_squared: i128,
    /// Sum of the products of its cost and the cost of the program, the latter as distance from its plan.
    pub cost_and_program: i128,
}

impl TaskTotals {
    /// Adds everything that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        self.present += other.present;
        self.critical += other.critical;
        self.driving += other.driving;
        self.waited += other.waited;
        self.wait_minutes += other.wait_minutes;
        self.minutes += other.minutes;
        self.minutes_squared += other.minutes_squared;
        self.minutes_and_program += other.minutes_and_program;
        self.minutes_unfinished.0 += other.minutes_unfinished.0;
        self.minutes_unfinished.1 += other.minutes_unfinished.1;
        self.unfinished += other.unfinished;
        self.cost += other.cost;
        self.cost_squared += other.cost_squared;
        self.cost_and_program += other.cost_and_program;
    }

    /// Mean and standard deviation of the duration, in minutes.
    #[must_use]
    pub fn duration_moments(&self, iterations: u64) -> (f64, f64) {
        moments(self.minutes, self.minutes_squared, iterations)
    }

    /// Mean and standard deviation of the cost, in minor units.
    #[must_use]
    pub fn cost_moments(&self, iterations: u64) -> (f64, f64) {
        moments(self.cost, self.cost_squared, iterations)
    }
}

/// Mean and population standard deviation from exact sums.
fn moments(sum: i128, squares: i128, n: u64) -> (f64, f64) {
    let n = n.max(1);
    let mean = sum as f64 / n as f64;
    // n² var = n Σx² - (Σx)², in integers as long as it fits, so that nothing cancels.
    let variance = match squares.checked_mul(i128::from(n)).zip(sum.checked_mul(sum)) {
        Some((a, b)) => (a - b) as f64 / (n as f64 * n as f64),
        None => (squares as f64 / n as f64 - mean * mean).max(0.0),
    };
    (mean, libm::sqrt(variance))
}

fields!(
    TaskTotals: present, critical, driving, waited, wait_minutes, minutes, minutes_squared, minutes_and_program,
    minutes_unfinished.0, minutes_unfinished.1, unfinished, cost, cost_squared, cost_and_program
);
