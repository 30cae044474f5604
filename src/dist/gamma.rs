//! The gamma law.

use super::error::{LawError, positive, within};
use super::special::{gamma_quantile, gamma_tails};

/// A gamma law with a shape and a scale; the mean is `shape * scale`.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 17.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    /// Builds the law; the scale has the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if the scale is not above zero or the shape lies outside `0.05..=1e6`.
    pub fn new(shape: f64, scale: f64) -> Result<Self, LawError> {
        within("shape", shape, 0.05, 1e6)?;
        positive("scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The scale, in the unit of the quantity.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    /// The most likely value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        (self.shape - 1.0).max(0.0) * self.scale
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.scale * gamma_quantile(self.shape, q)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        gamma_tails(self.shape, x / self.scale).0
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.shape, self.scale * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_one_is_exponential() {
        let law = Gamma::new(1.0, 3.0).unwrap();
        for q in [1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
            let exact = -3.0 * libm::log1p(-q);
            assert!((law.quantile(q) / exact - 1.0).abs() < 1e-13, "{q}");
        }
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for shape in [0.05, 0.5, 2.0, 30.0, 1e4, 1e6] {
            let law = Gamma::new(shape, 2.0).unwrap();
            for q in [1e-9, 1e-3, 0.2, 0.5, 0.8, 0.999, 1.0 - 1e-9] {
                let x = law.quantile(q);
                if x > 1e-290 {
                    assert!((law.cdf(x) / q - 1.0).abs() < 1e-9, "{shape} {q}: {x}");
                }
            }
        }
    }

    #[test]
    fn parameters_beyond_reason_are_refused() {
        assert!(
            Gamma::new(0.0, 1.0).is_err() && Gamma::new(1e7, 1.0).is_err() && Gamma::new(1.0, 0.0).is_err()
        );
    }
}
