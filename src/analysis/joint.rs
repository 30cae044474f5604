//! Date and budget together.

use crate::results::{Estimated, Results, share_estimated};
use crate::units::Percentile;

/// The probability that a date and a budget both hold, counted from iterations (semantics, section 5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointConfidence {
    /// The share of iterations that keep both, with its 95 % interval.
    pub probability: Estimated<f64>,
    /// How many iterations were counted.
    pub iterations: u64,
}

impl JointConfidence {
    /// Counts the iterations that finish by `finish` and cost at most `cost`: all iterations for the
    /// promised pair of the program, else the kept ones.
    #[must_use]
    pub fn count(results: &Results, finish: i64, cost: i64) -> Option<Self> {
        if let Some(probability) = results.joint.share_watched(finish, cost) {
            return Some(Self { probability, iterations: results.iterations });
        }
        let finish = i32::try_from(finish).ok()?;
        let (both, iterations) = (results.prefix.joint_count(finish, cost), results.prefix.iterations());
        (iterations > 0).then(|| Self { probability: share_estimated(both, iterations, None), iterations })
    }
}

/// Dates and budgets that hold together (semantics, section 5).
#[derive(Clone, Debug, PartialEq)]
pub struct JointPlan {
    /// The confidence that is wanted of both together.
    pub level: Percentile,
    /// Pairs of date and amount that reach it, dates ascending.
    pub curve: Vec<(i64, i64)>,
    /// The pair whose date and amount are as probable as each other by themselves, as nearly as the curve
    /// has one: date, amount, and the share of iterations that keep each by itself.
    pub balanced: Option<(i64, i64, f64, f64)>,
}

impl JointPlan {
    /// Reads the pairs that reach a level off the grid of a simulation.
    #[must_use]
    pub fn of(results: &Results, level: Percentile) -> Self {
        let curve = results.joint.iso_curve(level);
        let alone = |&(date, amount): &(i64, i64)| {
            let date_share = results.finish.probability_at_most(date).value;
            (date, amount, date_share, results.cost.probability_at_most(amount).value)
        };
        let balanced = curve.iter().map(alone).min_by(|a, b| (a.2 - a.3).abs().total_cmp(&(b.2 - b.3).abs()));
        Self { level, curve, balanced }
    }
}
