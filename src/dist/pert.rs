//! The beta-PERT law.

use super::Beta;
use super::error::{LawError, three_points, within};

/// The weight of the mode in PERT.
pub(super) const PERT_WEIGHT: f64 = 4.0;

/// A beta-PERT law on `[min, max]` with most likely value `mode` and weight `lambda` on it.
///
/// The shapes are `1 + lambda (mode - min)/(max - min)` and `1 + lambda (max - mode)/(max - min)`, so the
/// mean is `(min + lambda mode + max)/(lambda + 2)`; `lambda = 4` is PERT, any other weight "modified
/// PERT". The variance is that of the beta law, not the textbook shortcut `((max - min)/6)^2`.
///
/// # Source
/// Malcolm, Roseboom, Clark & Fazar (1959), *Operations Research* 7(5), 646-669; Vose (2008), *Risk
/// Analysis*, for the weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaPert {
    mode: f64,
    lambda: f64,
    beta: Beta,
}

impl BetaPert {
    /// PERT: the weight of the mode is 4.
    ///
    /// # Errors
    /// [`LawError`] if a value is not finite, out of order, or `min == max`.
    ///
    /// ```
    /// let days = p80::dist::BetaPert::new(5.0, 8.0, 23.0)?;
    /// assert!((days.mean() - 10.0).abs() < 1e-12);
    /// # Ok::<(), p80::dist::LawError>(())
    /// ```
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, LawError> {
        Self::with_weight(min, mode, max, PERT_WEIGHT)
    }

    /// Modified PERT: any weight of the mode; 0 is the uniform law.
    ///
    /// # Errors
    /// [`LawError`] as for [`BetaPert::new`], or if `lambda` lies outside `0..=1e5`.
    pub fn with_weight(min: f64, mode: f64, max: f64, lambda: f64) -> Result<Self, LawError> {
        three_points(min, mode, max)?;
        within("the weight of the mode", lambda, 0.0, 1e5)?;
        let width = max - min;
        let beta = Beta::new(
            1.0 + lambda * ((mode - min) / width),
            1.0 + lambda * ((max - mode) / width),
            min,
            max,
        )?;
        Ok(Self { mode, lambda, beta })
    }

    /// The beta law that this is.
    #[must_use]
    pub fn as_beta(&self) -> &Beta {
        &self.beta
    }

    /// The lower end.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.beta.min()
    }

    /// The most likely value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        self.mode
    }

    /// The upper end.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.beta.max()
    }

    /// The weight of the mode.
    #[must_use]
    pub fn lambda(&self) -> f64 {
        self.lambda
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.beta.mean()
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.beta.variance()
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        self.beta.quantile(q)
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.beta.cdf(x)
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::with_weight(self.min() * factor, self.mode * factor, self.max() * factor, self.lambda)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_are_reproduced() {
        // (a, m, b, lambda) -> mean, sd, P10, P50, P80, P90.
        let cases = [
            ([1.0, 2.0, 5.0, 4.0], [2.33333, 0.71270, 1.44894, 2.25524, 2.96077, 3.33556]),
            ([3.0, 5.0, 7.0, 4.0], [5.0, 0.75593, 3.98655, 5.0, 5.69361, 6.01345]),
            ([10.0, 12.0, 30.0, 4.0], [14.66667, 3.19722, 11.01586, 14.05330, 17.32558, 19.24659]),
            ([10.0, 12.0, 30.0, 2.0], [16.0, 4.09878, 11.15366, 15.28869, 19.64063, 21.99100]),
            ([10.0, 12.0, 30.0, 6.0], [14.0, 2.66667, 10.98178, 13.48936, 16.15607, 17.76565]),
            ([80.0, 100.0, 150.0, 4.0], [105.0, 12.67731, 89.04353, 103.82589, 116.25880, 122.72703]),
        ];
        for ([a, m, b, lambda], [mean, sd, p10, p50, p80, p90]) in cases {
            let law = BetaPert::with_weight(a, m, b, lambda).unwrap();
            assert!((law.mean() - mean).abs() < 5.1e-6 && (law.variance().sqrt() - sd).abs() < 5.1e-6);
            for (q, x) in [(0.1, p10), (0.5, p50), (0.8, p80), (0.9, p90)] {
                assert!((law.quantile(q) - x).abs() < 5.1e-6, "{law:?} at {q}: {}", law.quantile(q));
            }
        }
    }

    #[test]
    fn certainty_and_disorder_are_refused() {
        assert!(matches!(BetaPert::new(1.0, 1.0, 1.0), Err(LawError::Certain(_))));
        assert!(matches!(BetaPert::new(1.0, 5.0, 4.0), Err(LawError::OutOfOrder { .. })));
        assert!(BetaPert::with_weight(1.0, 2.0, 4.0, -1.0).is_err());
    }
}
