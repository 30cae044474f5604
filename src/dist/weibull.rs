//! The Weibull law.

use super::error::{LawError, positive, within};

/// A Weibull law with a shape and a scale.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 21.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// Builds the law; the scale has the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if the scale is not above zero or the shape lies outside `0.05..=1e4`.
    pub fn new(shape: f64, scale: f64) -> Result<Self, LawError> {
        within("shape", shape, 0.05, 1e4)?;
        positive("scale", scale)?;
        Ok(Self { shape, scale })
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The scale, in the unit of the quantity: the quantile at `1 - 1/e`.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (second, first) = (libm::lgamma(1.0 + 2.0 / self.shape), libm::lgamma(1.0 + 1.0 / self.shape));
        // E[X^2] - E[X]^2, as a small factor of the square.
        self.scale * self.scale * libm::exp(2.0 * first) * libm::expm1(second - 2.0 * first)
    }

    /// The most likely value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        let k = self.shape;
        if k > 1.0 { self.scale * libm::pow((k - 1.0) / k, 1.0 / k) } else { 0.0 }
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.scale * libm::pow(-libm::log1p(-q.clamp(0.0, 1.0)), 1.0 / self.shape)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-libm::pow(x / self.scale, self.shape)) }
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
    fn shape_one_is_exponential_and_shape_two_is_rayleigh() {
        let law = Weibull::new(1.0, 3.0).unwrap();
        assert!((law.mean() - 3.0).abs() < 1e-14 && (law.variance() - 9.0).abs() < 1e-12);
        let law = Weibull::new(2.0, 2.0_f64.sqrt()).unwrap();
        let pi = std::f64::consts::PI;
        assert!((law.mean() - (pi / 2.0).sqrt()).abs() < 1e-14);
        assert!((law.variance() - (4.0 - pi) / 2.0).abs() < 1e-13);
        assert!((law.mode() - 1.0).abs() < 1e-14);
        assert!((law.quantile(law.cdf(0.7)) - 0.7).abs() < 1e-14);
    }
}
