//! The Pareto law, with or without an upper end.

use super::error::{LawError, ends, positive, within};

/// A power law above `min` with exponent `alpha`, cut off at `max` if there is one.
///
/// Without an upper end the mean is infinite for `alpha <= 1` and the variance for `alpha <= 2`: real cost
/// overruns come close (Flyvbjerg et al. 2022), so a cut-off is usually what is meant.
///
/// # Source
/// Johnson, Kotz & Balakrishnan (1994), *Continuous Univariate Distributions* 1, chapter 20.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pareto {
    min: f64,
    alpha: f64,
    max: Option<f64>,
}

impl Pareto {
    /// Builds the law without an upper end; `min` is in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if `min` is not above zero or `alpha` lies outside `0.05..=1e6`.
    pub fn new(min: f64, alpha: f64) -> Result<Self, LawError> {
        positive("min", min)?;
        within("alpha", alpha, 0.05, 1e6)?;
        Ok(Self { min, alpha, max: None })
    }

    /// Builds the law cut off at `max`: no draw lies above, the others keep their proportions.
    ///
    /// # Errors
    /// [`LawError`] as for [`Pareto::new`], or if `max <= min`.
    pub fn truncated(min: f64, alpha: f64, max: f64) -> Result<Self, LawError> {
        let open = Self::new(min, alpha)?;
        ends(min, max)?;
        Ok(Self { max: Some(max), ..open })
    }

    /// The lower end, which is also the mode.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The exponent.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The cut-off.
    #[must_use]
    pub fn max(&self) -> Option<f64> {
        self.max
    }

    /// The share of an uncut law that lies below the cut-off, and `ln(max / min)`.
    fn kept(&self, max: f64) -> (f64, f64) {
        let log_ratio = libm::log(max / self.min);
        (-libm::expm1(-self.alpha * log_ratio), log_ratio)
    }

    /// The mean of the `r`-th power; [`None`] if infinite.
    fn raw_moment(&self, r: f64) -> Option<f64> {
        let rest = self.alpha - r;
        let unit = libm::pow(self.min, r);
        match self.max {
            None => (rest > 0.0).then(|| unit * self.alpha / rest),
            Some(max) => {
                let (kept, log_ratio) = self.kept(max);
                // (1 - (min/max)^rest) / rest, which is ln(max/min) at rest = 0.
                let integral = if (rest * log_ratio).abs() < 1e-12 {
                    log_ratio
                } else {
                    -libm::expm1(-rest * log_ratio) / rest
                };
                Some(unit * self.alpha * integral / kept)
            }
        }
    }

    /// The mean; [`None`] if infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.raw_moment(1.0)
    }

    /// The variance, in squared units; [`None`] if infinite.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let a = self.alpha;
        if self.max.is_none() {
            return (a > 2.0).then(|| self.min * self.min * a / ((a - 1.0) * (a - 1.0) * (a - 2.0)));
        }
        let (mean, square) = (self.raw_moment(1.0)?, self.raw_moment(2.0)?);
        Some((square - mean * mean).max(0.0))
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let q = q.clamp(0.0, 1.0);
        match self.max {
            None => self.min * libm::exp(-libm::log1p(-q) / self.alpha),
            Some(max) => {
                let (kept, _) = self.kept(max);
                (self.min * libm::exp(-libm::log1p(-q * kept) / self.alpha)).min(max)
            }
        }
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= self.min {
            return 0.0;
        }
        let open = -libm::expm1(-self.alpha * libm::log(x / self.min));
        self.max.map_or(open, |max| (open / self.kept(max).0).min(1.0))
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        match self.max {
            None => Self::new(self.min * factor, self.alpha),
            Some(max) => Self::truncated(self.min * factor, self.alpha, max * factor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_exist_only_where_the_tail_allows() {
        assert_eq!(Pareto::new(1.0, 1.0).unwrap().mean(), None);
        let law = Pareto::new(2.0, 1.5).unwrap();
        assert_eq!((law.mean(), law.variance()), (Some(6.0), None));
        let law = Pareto::new(1.0, 3.0).unwrap();
        assert_eq!((law.mean(), law.variance()), (Some(1.5), Some(0.75)));
    }

    #[test]
    fn a_cut_off_makes_every_moment_finite() {
        // alpha = 1 on [1, e]: density 1/(x^2 (1 - 1/e)), so the mean is 1/(1 - 1/e).
        let law = Pareto::truncated(1.0, 1.0, std::f64::consts::E).unwrap();
        let mean = 1.0 / (1.0 - libm::exp(-1.0));
        assert!((law.mean().unwrap() - mean).abs() < 1e-14);
        let square = (std::f64::consts::E - 1.0) * mean;
        assert!((law.variance().unwrap() - (square - mean * mean)).abs() < 1e-13);
        assert_eq!(law.quantile(1.0), std::f64::consts::E);
        for q in [0.01, 0.5, 0.99] {
            assert!((law.cdf(law.quantile(q)) - q).abs() < 1e-14);
        }
    }
}
