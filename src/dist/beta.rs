//! The beta law on an interval.

use super::error::{LawError, ends, within};
use super::special::{beta_quantile, beta_tails};

/// The least and the greatest shape for which quantiles are computed to full precision.
const SHAPES: (f64, f64) = (0.05, 1e6);

/// A beta law with shapes `alpha` and `beta`, stretched over `[min, max]`.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1995), *Continuous Univariate Distributions* 2, chapter 25.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
    min: f64,
    max: f64,
}

impl Beta {
    /// Builds the law from its shapes and its ends, the ends in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if the ends are not finite, out of order or equal, or a shape lies outside
    /// `0.05..=1e6` (flatter is two atoms at the ends, narrower a certain value, for any purpose here).
    pub fn new(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Self, LawError> {
        within("alpha", alpha, SHAPES.0, SHAPES.1)?;
        within("beta", beta, SHAPES.0, SHAPES.1)?;
        ends(min, max)?;
        Ok(Self { alpha, beta, min, max })
    }

    /// The shape at the lower end.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The shape at the upper end.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.beta
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
        self.min + (self.max - self.min) * (self.alpha / (self.alpha + self.beta))
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (n, width) = (self.alpha + self.beta, self.max - self.min);
        width * width * (self.alpha / n) * (self.beta / n) / (n + 1.0)
    }

    /// The most likely value; [`None`] where the density has no single peak.
    #[must_use]
    pub fn mode(&self) -> Option<f64> {
        let (a, b) = (self.alpha - 1.0, self.beta - 1.0);
        if a > 0.0 && b > 0.0 {
            Some(self.min + (self.max - self.min) * (a / (a + b)))
        } else if a < b && b >= 0.0 {
            Some(self.min)
        } else if b < a && a >= 0.0 {
            Some(self.max)
        } else {
            None
        }
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let (x, y) = beta_quantile(self.alpha, self.beta, q);
        let width = self.max - self.min;
        if x < y { (self.min + width * x).min(self.max) } else { (self.max - width * y).max(self.min) }
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        beta_tails(self.alpha, self.beta, (x - self.min) / width, (self.max - x) / width).0
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.alpha, self.beta, self.min * factor, self.max * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shapes_are_symmetric_and_unit_shapes_uniform() {
        let law = Beta::new(2.5, 2.5, -1.0, 1.0).unwrap();
        assert!(law.quantile(0.5).abs() < 1e-15 && law.mode() == Some(0.0));
        let flat = Beta::new(1.0, 1.0, 0.0, 4.0).unwrap();
        assert!((flat.quantile(0.3) - 1.2).abs() < 1e-14);
        assert_eq!(flat.mode(), None);
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for (a, b) in
            [(0.05, 0.05), (0.3, 4.0), (1.0, 7.0), (3.0, 2.0), (200.0, 100.0), (1e6, 1e6), (1e6, 1.0)]
        {
            let law = Beta::new(a, b, 0.0, 1.0).unwrap();
            for q in [1e-9, 1e-3, 0.2, 0.5, 0.8, 0.999, 1.0 - 1e-9] {
                let x = law.quantile(q);
                if x > 1e-290 && x < 1.0 - 1e-6 {
                    assert!((law.cdf(x) / q - 1.0).abs() < 1e-8, "{a} {b} {q}: {x} {}", law.cdf(x));
                }
            }
        }
    }

    #[test]
    fn shapes_beyond_reason_are_refused() {
        for shape in [0.0, -1.0, 1e-3, 1e7, f64::NAN] {
            assert!(Beta::new(shape, 1.0, 0.0, 1.0).is_err());
        }
    }
}
