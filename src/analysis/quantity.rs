//! The forecast of one date or one amount of money.

use crate::results::{Estimated, Outcome};
use crate::units::Percentile;

/// The forecast of one quantity: a date in minutes since the epoch, or money in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityForecast {
    /// The deterministic plan; `None` if the plan has no result.
    pub plan: Option<i64>,
    /// The percentiles that were asked for, ascending; `None` when later than every result.
    pub percentiles: Vec<(Percentile, Option<Estimated<i64>>)>,
    /// The mean over iterations with a result.
    pub mean: Option<Estimated<f64>>,
    /// The standard deviation over iterations with a result.
    pub standard_deviation: Option<f64>,
    /// What was promised, and how probable it is.
    pub target: Option<TargetProbability>,
    /// How probable the deterministic plan is.
    pub plan_probability: Option<Estimated<f64>>,
    /// The share of iterations without a result.
    pub never_share: f64,
    /// Whether the intervals are the conservative ones of too few blocks.
    pub conservative: bool,
}

/// A promise and the probability that it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetProbability {
    /// The date or the amount.
    pub limit: i64,
    /// The share of iterations at or below it.
    pub probability: Estimated<f64>,
}

impl QuantityForecast {
    /// Reads the forecast off an outcome.
    #[must_use]
    pub fn of(outcome: &Outcome, plan: Option<i64>, levels: &[Percentile], target: Option<i64>) -> Self {
        let with_probability =
            |limit: i64| TargetProbability { limit, probability: outcome.probability_at_most(limit) };
        Self {
            plan,
            percentiles: levels.iter().copied().zip(outcome.percentiles_estimated(levels)).collect(),
            mean: outcome.mean_estimated(),
            standard_deviation: outcome.standard_deviation(),
            target: target.map(with_probability),
            plan_probability: plan.map(|plan| outcome.probability_at_most(plan)),
            never_share: outcome.never() as f64 / outcome.iterations().max(1) as f64,
            conservative: outcome.is_conservative(),
        }
    }

    /// One of the percentiles that were asked for.
    #[must_use]
    pub fn percentile(&self, p: Percentile) -> Option<Estimated<i64>> {
        self.percentiles.iter().find(|(level, _)| *level == p).and_then(|(_, value)| *value)
    }

    /// Contingency at a percentile: its distance from the deterministic plan (semantics, section 5).
    #[must_use]
    pub fn contingency(&self, p: Percentile) -> Option<i64> {
        Some(self.percentile(p)?.value - self.plan?)
    }
}
