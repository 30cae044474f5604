//! What each risk brings, read off the iterations in which it occurred and those in which it did not.

use super::Influence;
use crate::model::{Program, RiskIx};
use crate::results::{Results, RiskTotals};

/// The effect of one risk on the program.
///
/// Occurrences are independent of everything else (unless a risk triggers or excludes others, whose effects are
/// then part of its own), so the difference between the mean of the iterations
/// with the risk and the mean of those without is its effect when it occurs, and that difference times
/// its frequency is what it adds to the overall mean. It includes what float and windows make of the
/// delay, and the time-dependent cost that the delay brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskEffect {
    /// Which risk.
    pub risk: RiskIx,
    /// Share of iterations in which it occurred.
    pub frequency: f64,
    /// Mean minutes that it added to the tasks that it hit, over all iterations.
    pub added_minutes: f64,
    /// Mean of its own cost impacts, minor units, over all iterations.
    pub own_cost: f64,
    /// Elapsed minutes that it adds to the mean finish; `None` when it always or never occurs.
    pub finish_minutes: Option<f64>,
    /// Standard error of that, by the formula for independent iterations.
    pub finish_error: Option<f64>,
    /// Minor units that it adds to the mean cost; `None` when it always or never occurs.
    pub cost: Option<f64>,
    /// Standard error of that, likewise.
    pub cost_error: Option<f64>,
    /// How its occurrence goes together with finish and cost.
    pub influence: Influence,
}

impl RiskEffect {
    /// The effects of all risks of a program, in its order.
    #[must_use]
    pub fn all(program: &Program, results: &Results) -> Vec<Self> {
        (0..program.risks().len()).map(|at| Self::of(RiskIx::new(at), &results.risks[at], results)).collect()
    }

    pub(super) fn of(risk: RiskIx, totals: &RiskTotals, results: &Results) -> Self {
        let n = results.iterations.max(1) as f64;
        let frequency = totals.occurred as f64 / n;
        let finish = difference(
            results.finish.mean(),
            results.finish.histogram().count(),
            totals.finish_when_occurred,
            totals.occurred_finished,
        );
        let cost = difference(
            results.cost.mean(),
            results.cost.histogram().count(),
            totals.cost_when_occurred,
            totals.occurred,
        );
        let error = |sd: Option<f64>, with: u64, all: u64| {
            let (with, without) = (with as f64, all.saturating_sub(with) as f64);
            sd.filter(|_| with > 0.0 && without > 0.0)
                .map(|sd| frequency * sd * libm::sqrt(1.0 / with + 1.0 / without))
        };
        Self {
            risk,
            frequency,
            added_minutes: totals.added_minutes as f64 / n,
            own_cost: totals.own_cost as f64 / n,
            finish_minutes: finish.map(|by| by * frequency),
            finish_error: error(
                results.finish.standard_deviation(),
                totals.occurred_finished,
                results.finish.histogram().count(),
            ),
            cost: cost.map(|by| by * frequency),
            cost_error: error(results.cost.standard_deviation(), totals.occurred, results.iterations),
            influence: Influence::of_risk(results, totals),
        }
    }
}

/// Mean with the risk minus mean without it, from the overall mean and the sum with it.
fn difference(mean: Option<f64>, n: u64, sum_with: i128, n_with: u64) -> Option<f64> {
    let mean = mean?;
    if n_with == 0 || n_with >= n {
        return None;
    }
    let (n, n_with) = (n as f64, n_with as f64);
    let mean_with = sum_with as f64 / n_with;
    let mean_without = (mean * n - sum_with as f64) / (n - n_with);
    Some(mean_with - mean_without)
}
