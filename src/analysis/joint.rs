//! Date and budget together.

use crate::results::{Estimated, Results, share_estimated};

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
