//! The uniform law.

use super::error::{LawError, ends};

/// Every value between two ends is equally likely.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1995), *Continuous Univariate Distributions* 2, chapter 26.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    min: f64,
    max: f64,
}

impl Uniform {
    /// Builds the law from its ends, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if an end is not finite, the ends are out of order, or equal.
    pub fn new(min: f64, max: f64) -> Result<Self, LawError> {
        ends(min, max)?;
        Ok(Self { min, max })
    }

    /// The lower end.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The upper end.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.max
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.min + (self.max - self.min) / 2.0
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        (self.max - self.min) * (self.max - self.min) / 12.0
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        (self.min + (self.max - self.min) * q.clamp(0.0, 1.0)).min(self.max)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.min * factor, self.max * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_quantiles_are_those_of_the_closed_form() {
        let law = Uniform::new(-1.0, 5.0).unwrap();
        assert_eq!((law.mean(), law.variance()), (2.0, 3.0));
        assert_eq!((law.quantile(0.0), law.quantile(0.25), law.quantile(1.0)), (-1.0, 0.5, 5.0));
        assert_eq!(law.cdf(0.5), 0.25);
    }

    #[test]
    fn ends_that_make_no_range_are_refused() {
        assert!(matches!(Uniform::new(1.0, 1.0), Err(LawError::Certain(_))));
        assert!(matches!(Uniform::new(2.0, 1.0), Err(LawError::EndsOutOfOrder { .. })));
        assert!(matches!(Uniform::new(f64::NAN, 1.0), Err(LawError::NotFinite { .. })));
        assert!(matches!(Uniform::new(-f64::MAX, f64::MAX), Err(LawError::NotFinite { .. })));
    }
}
