//! The lognormal law.

use super::error::{LawError, ends, finite, positive, within};
use super::normal::Z90;
use super::special::{normal_cdf, normal_quantile};

/// A law whose logarithm is normal with mean `mu` and standard deviation `sigma`.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 14.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    mu: f64,
    sigma: f64,
}

impl LogNormal {
    /// Builds the law from the mean and standard deviation of its natural logarithm.
    ///
    /// # Errors
    /// [`LawError`] if a parameter is not finite, `|mu| > 500`, or `sigma` lies outside `1e-12..=20`
    /// (beyond, the upper tail leaves the range of numbers).
    pub fn new(mu: f64, sigma: f64) -> Result<Self, LawError> {
        within("mu", mu, -500.0, 500.0)?;
        within("sigma", sigma, 1e-12, 20.0)?;
        Ok(Self { mu, sigma })
    }

    /// The law with the given mean and standard deviation, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if a parameter is not above zero, or as for [`LogNormal::new`].
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, LawError> {
        positive("mean", mean)?;
        positive("standard deviation", sd)?;
        let ratio = sd / mean;
        let variance = libm::log1p(ratio * ratio);
        Self::new(libm::log(mean) - variance / 2.0, variance.sqrt())
    }

    /// The law with the given P10 and P90 (semantics, section 2).
    ///
    /// # Errors
    /// [`LawError`] if they are not above zero, out of order, or equal.
    pub fn from_p10_p90(p10: f64, p90: f64) -> Result<Self, LawError> {
        positive("P10", p10)?;
        ends(p10, p90)?;
        let (low, high) = (libm::log(p10), libm::log(p90));
        Self::new(low + (high - low) / 2.0, (high - low) / (2.0 * Z90))
    }

    /// The law with the given median and P90.
    ///
    /// # Errors
    /// [`LawError`] if they are not above zero, out of order, or equal.
    pub fn from_median_p90(median: f64, p90: f64) -> Result<Self, LawError> {
        positive("median", median)?;
        ends(median, p90)?;
        let mu = libm::log(median);
        Self::new(mu, (libm::log(p90) - mu) / Z90)
    }

    /// The mean of the logarithm.
    #[must_use]
    pub fn mu(&self) -> f64 {
        self.mu
    }

    /// The standard deviation of the logarithm.
    #[must_use]
    pub fn sigma(&self) -> f64 {
        self.sigma
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        libm::exp(self.mu + self.sigma * self.sigma / 2.0)
    }

    /// The variance, in squared units; infinite where it exceeds the range of numbers.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let square = self.sigma * self.sigma;
        libm::expm1(square) * libm::exp(2.0 * self.mu + square)
    }

    /// The most likely value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        libm::exp(self.mu - self.sigma * self.sigma)
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        libm::exp(self.mu + self.sigma * normal_quantile(q.clamp(0.0, 1.0)))
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf((libm::log(x) - self.mu) / self.sigma) }
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.mu + libm::log(finite("factor", factor)?), self.sigma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_state_the_law_gives_back_what_was_stated() {
        let law = LogNormal::from_mean_sd(10.0, 5.0).unwrap();
        assert!((law.mean() - 10.0).abs() < 1e-13 && (law.variance() - 25.0).abs() < 1e-12);
        let law = LogNormal::from_p10_p90(8.0, 20.0).unwrap();
        assert!((law.quantile(0.1) - 8.0).abs() < 1e-13 && (law.quantile(0.9) - 20.0).abs() < 1e-13);
        // The formulas of semantics, section 2.
        assert!((law.sigma() - libm::log(2.5) / 2.5631031).abs() < 1e-8);
        assert!((law.mu() - libm::log(160.0) / 2.0).abs() < 1e-14);
        let law = LogNormal::from_median_p90(8.0, 20.0).unwrap();
        assert!((law.quantile(0.5) - 8.0).abs() < 1e-13 && (law.quantile(0.9) - 20.0).abs() < 1e-13);
    }

    #[test]
    fn values_that_are_not_above_zero_are_refused() {
        assert!(LogNormal::from_p10_p90(0.0, 1.0).is_err() && LogNormal::from_p10_p90(-2.0, -1.0).is_err());
        assert!(LogNormal::from_mean_sd(0.0, 1.0).is_err() && LogNormal::new(0.0, 0.0).is_err());
        assert!(LogNormal::new(0.0, 21.0).is_err());
    }
}
