//! The exponential law.

use super::error::{LawError, positive};

/// An exponential law, stated by its mean.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 19.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    /// Builds the law from its mean, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if the mean is not a finite number above zero.
    pub fn new(mean: f64) -> Result<Self, LawError> {
        Ok(Self { mean: positive("mean", mean)? })
    }

    /// The mean, which is also the standard deviation.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.mean * self.mean
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        -self.mean * libm::log1p(-q.clamp(0.0, 1.0))
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-x / self.mean) }
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.mean * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_mean_times_the_logarithm_of_two() {
        let law = Exponential::new(5.0).unwrap();
        assert!((law.quantile(0.5) - 5.0 * std::f64::consts::LN_2).abs() < 1e-14);
        assert!((law.cdf(law.quantile(0.123)) - 0.123).abs() < 1e-15);
        assert_eq!(law.variance(), 25.0);
        assert!(Exponential::new(0.0).is_err());
    }
}
