//! A law of observed values.

use super::Discrete;
use super::error::LawError;

/// A sample as a law: every draw is one of the observed values, never a value between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    steps: Discrete,
}

impl Empirical {
    /// Builds the law from observations of equal weight, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if there are none or one is not finite.
    pub fn new(values: &[f64]) -> Result<Self, LawError> {
        Self::weighted(values, &vec![1.0; values.len()])
    }

    /// Builds the law from observations with weights of any positive sum.
    ///
    /// # Errors
    /// [`LawError`] if the lists are empty or differ in length, a number is not finite, a weight is
    /// negative, or all weights are zero.
    pub fn weighted(values: &[f64], weights: &[f64]) -> Result<Self, LawError> {
        Ok(Self { steps: Discrete::weighted(values, weights)? })
    }

    /// The observed values with their shares.
    #[must_use]
    pub fn as_discrete(&self) -> &Discrete {
        &self.steps
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.steps.mean()
    }

    /// The variance of the sample as a law (divided by n), in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.steps.variance()
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.steps.quantile(q)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.steps.cdf(x)
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Ok(Self { steps: self.steps.scaled(factor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_keeps_its_own_moments_and_values() {
        let law = Empirical::new(&[4.0, 1.0, 1.0, 2.0]).unwrap();
        assert_eq!((law.mean(), law.variance()), (2.0, 1.5));
        assert_eq!((law.quantile(0.5), law.quantile(0.51), law.quantile(1.0)), (1.0, 2.0, 4.0));
    }

    #[test]
    fn weights_need_no_particular_sum() {
        let law = Empirical::weighted(&[10.0, 20.0], &[3.0, 1.0]).unwrap();
        assert_eq!((law.cdf(10.0), law.mean()), (0.75, 12.5));
        assert!(Empirical::weighted(&[1.0], &[0.0]).is_err() && Empirical::new(&[]).is_err());
    }
}
