//! Date and budget together.

use crate::results::Prefix;

/// The probability that a date and a budget both hold, counted from iterations (semantics, section 5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JointConfidence {
    /// The share of iterations that keep both.
    pub probability: f64,
    /// Half the width of its 95 % interval.
    pub half_width: f64,
    /// How many iterations were counted.
    pub iterations: u64,
}

impl JointConfidence {
    /// Counts the kept iterations that finish by `finish` and cost at most `cost`.
    #[must_use]
    pub fn count(prefix: &Prefix, finish: i64, cost: i64) -> Option<Self> {
        let finish = i32::try_from(finish).ok()?;
        let probability = prefix.joint_share(finish, cost)?;
        let iterations = prefix.iterations();
        let half_width = 1.96 * libm::sqrt(probability * (1.0 - probability) / iterations as f64);
        Some(Self { probability, half_width, iterations })
    }
}
