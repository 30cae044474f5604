//! The normal law.

use super::error::{LawError, ends, finite, positive};
use super::special::{normal_cdf, normal_quantile};

/// The 90 % quantile of a standard normal: half the distance from P10 to P90 in standard deviations.
pub(super) const Z90: f64 = 1.281_551_565_544_600_4;

/// A normal law. It reaches below zero: a duration drawn from it is clamped at zero by the engine.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 13.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// Builds the law from its mean and standard deviation, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if a parameter is not finite or `sd <= 0`.
    pub fn new(mean: f64, sd: f64) -> Result<Self, LawError> {
        finite("mean", mean)?;
        positive("standard deviation", sd)?;
        Ok(Self { mean, sd })
    }

    /// The law with the given P10 and P90.
    ///
    /// # Errors
    /// [`LawError`] if they are not finite, out of order, or equal.
    pub fn from_p10_p90(p10: f64, p90: f64) -> Result<Self, LawError> {
        ends(p10, p90)?;
        Self::new(p10 + (p90 - p10) / 2.0, (p90 - p10) / (2.0 * Z90))
    }

    /// The mean, which is also the mode and the median.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.mean + self.sd * normal_quantile(q.clamp(0.0, 1.0))
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean) / self.sd)
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.mean * factor, self.sd * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_and_p90_come_back() {
        let law = Normal::from_p10_p90(8.0, 20.0).unwrap();
        assert!((law.quantile(0.1) - 8.0).abs() < 1e-14 && (law.quantile(0.9) - 20.0).abs() < 1e-14);
        assert!((law.sd() - 12.0 / 2.5631031).abs() < 1e-7);
        assert_eq!(law.mean(), 14.0);
    }

    #[test]
    fn a_spread_of_nothing_is_refused() {
        assert!(Normal::new(1.0, 0.0).is_err() && Normal::new(1.0, -1.0).is_err());
        assert!(Normal::new(f64::INFINITY, 1.0).is_err() && Normal::from_p10_p90(2.0, 1.0).is_err());
    }
}
