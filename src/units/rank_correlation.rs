//! Coefficients of rank correlation.

use std::f64::consts::PI;

/// Which coefficient a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankMeasure {
    /// Spearman's rho.
    #[default]
    Spearman,
    /// Kendall's tau.
    Kendall,
}

/// A rank correlation between -1 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    value: f64,
    measure: RankMeasure,
}

/// A coefficient outside -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a correlation lies between -1 and 1, not at {0}")]
pub struct RankCorrelationError(pub f64);

impl RankCorrelation {
    /// The coefficient.
    ///
    /// # Errors
    /// [`RankCorrelationError`] if it does not lie in -1..=1.
    pub fn new(value: f64, measure: RankMeasure) -> Result<Self, RankCorrelationError> {
        if (-1.0..=1.0).contains(&value) {
            Ok(Self { value, measure })
        } else {
            Err(RankCorrelationError(value))
        }
    }

    /// The number as stated.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// The correlation of the normal scores of a Gaussian copula with this rank correlation:
    /// `2 sin(pi rho / 6)` for Spearman's, `sin(pi tau / 2)` for Kendall's.
    ///
    /// # Source
    /// Kruskal (1958), "Ordinal measures of association", *JASA* 53(284).
    #[must_use]
    pub fn of_scores(self) -> f64 {
        match self.measure {
            RankMeasure::Spearman => 2.0 * libm::sin(PI / 6.0 * self.value),
            RankMeasure::Kendall => libm::sin(PI / 2.0 * self.value),
        }
    }

    /// The same in Spearman's coefficient.
    #[must_use]
    pub fn spearman(self) -> f64 {
        match self.measure {
            RankMeasure::Spearman => self.value,
            RankMeasure::Kendall => spearman_of_scores(self.of_scores()),
        }
    }
}

/// Spearman's coefficient of a Gaussian copula whose normal scores have this correlation: `6 asin(r / 2) / pi`.
#[must_use]
pub fn spearman_of_scores(r: f64) -> f64 {
    6.0 / PI * libm::asin(r.clamp(-1.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_parameters_of_the_copula_are_reproduced() {
        let of = |value, measure| RankCorrelation::new(value, measure).unwrap().of_scores();
        for (rho, r) in [(0.2, 0.209057), (0.3, 0.312869), (0.5, 0.517638), (0.8, 0.813473), (-1.0, -1.0)] {
            assert!((of(rho, RankMeasure::Spearman) - r).abs() < 5e-7, "{rho}");
        }
        for (tau, r) in [(0.3, 0.453990), (0.5, std::f64::consts::FRAC_1_SQRT_2), (1.0, 1.0)] {
            assert!((of(tau, RankMeasure::Kendall) - r).abs() < 5e-7, "{tau}");
        }
        for rho in [-1.0, -0.37, 0.0, 0.5, 1.0] {
            assert!((spearman_of_scores(of(rho, RankMeasure::Spearman)) - rho).abs() < 1e-14);
        }
        assert!(RankCorrelation::new(f64::NAN, RankMeasure::Spearman).is_err());
    }
}
