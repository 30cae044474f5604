//! The triangular law.

use super::error::{LawError, three_points};

/// A triangle over `[min, max]` with its peak at `mode`.
///
/// [`Triangular::from_percentiles`] reads low and high as percentiles ("Trigen").
///
/// # Source
/// Kotz & van Dorp (2004), *Beyond Beta*, chapter 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// Builds the law from its ends and its mode, in the unit of the quantity.
    ///
    /// # Errors
    /// [`LawError`] if a value is not finite, out of order, or `min == max`.
    ///
    /// ```
    /// let days = p80::dist::Triangular::new(80.0, 100.0, 150.0)?;
    /// assert_eq!(days.mean(), 110.0);
    /// # Ok::<(), p80::dist::LawError>(())
    /// ```
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, LawError> {
        three_points(min, mode, max)?;
        Ok(Self { min, mode, max })
    }

    /// The lower end.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The most likely value.
    #[must_use]
    pub fn mode(&self) -> f64 {
        self.mode
    }

    /// The upper end.
    #[must_use]
    pub fn max(&self) -> f64 {
        self.max
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.min + ((self.mode - self.min) + (self.max - self.min)) / 3.0
    }

    /// The variance, in squared units.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (width, left) = (self.max - self.min, self.mode - self.min);
        (width * width - left * (width - left)) / 18.0
    }

    /// Where the mode lies between the ends, `0..=1`; also the share of draws below the mode.
    #[must_use]
    pub fn mode_share(&self) -> f64 {
        (self.mode - self.min) / (self.max - self.min)
    }

    /// The value that a share `q` of the draws does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let q = q.clamp(0.0, 1.0);
        let (width, share) = (self.max - self.min, self.mode_share());
        if q < share {
            (self.min + width * (q * share).sqrt()).min(self.mode)
        } else {
            (self.max - width * ((1.0 - q) * (1.0 - share)).sqrt()).max(self.mode)
        }
    }

    /// The share of draws at or below `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        if x <= self.min {
            0.0
        } else if x >= self.max {
            1.0
        } else if x < self.mode {
            (x - self.min) / width * ((x - self.min) / (self.mode - self.min))
        } else {
            1.0 - (self.max - x) / width * ((self.max - x) / (self.max - self.mode))
        }
    }

    /// The same law in another unit; `factor > 0`.
    pub(super) fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        Self::new(self.min * factor, self.mode * factor, self.max * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_are_reproduced() {
        // (a, m, b) -> mean, sd, P10, P50, P80, P90.
        let cases = [
            ([80.0, 100.0, 150.0], [110.0, 14.71960, 91.83216, 108.16700, 123.54249, 131.29171]),
            ([1.0, 2.0, 5.0], [2.66667, 0.84984, 1.63246, 2.55051, 3.45081, 3.90455]),
        ];
        for ([a, m, b], [mean, sd, p10, p50, p80, p90]) in cases {
            let law = Triangular::new(a, m, b).unwrap();
            assert!((law.mean() - mean).abs() < 5.1e-6 && (law.variance().sqrt() - sd).abs() < 5.1e-6);
            for (q, x) in [(0.1, p10), (0.5, p50), (0.8, p80), (0.9, p90)] {
                assert!((law.quantile(q) - x).abs() < 5.1e-6, "{law:?} at {q}");
            }
        }
    }

    #[test]
    fn the_mode_may_sit_on_an_end() {
        for law in [Triangular::new(0.0, 0.0, 1.0).unwrap(), Triangular::new(0.0, 1.0, 1.0).unwrap()] {
            assert_eq!((law.quantile(0.0), law.quantile(1.0)), (0.0, 1.0));
            for i in 1..100 {
                let q = f64::from(i) / 100.0;
                assert!((law.cdf(law.quantile(q)) - q).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn points_out_of_order_are_refused() {
        assert!(matches!(Triangular::new(2.0, 1.0, 3.0), Err(LawError::OutOfOrder { .. })));
        assert!(matches!(Triangular::new(1.0, 1.0, 1.0), Err(LawError::Certain(_))));
    }
}
