//! What laws have in common once location and scale are taken away.

use crate::dist::{Beta, Law};

/// A standardised law: laws that differ only in location and scale have the same one.
///
/// Bounded laws stand on `[0, 1]`, open ones have unit scale. Parameters are kept as rounded bits, so
/// that shapes can be ordered, and estimates that differ by rounding share one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Shape {
    /// Uniform on `[0, 1]`.
    Uniform,
    /// Triangular on `[0, 1]` with its mode at a share.
    Triangular(Bits),
    /// Beta on `[0, 1]`; beta-PERT is one of them.
    Beta(Bits, Bits),
    /// Standard normal.
    Normal,
    /// Lognormal of median 1 with a sigma.
    LogNormal(Bits),
    /// Gamma of unit scale with a shape.
    Gamma(Bits),
    /// Weibull of unit scale with a shape.
    Weibull(Bits),
    /// Exponential of mean 1.
    Exponential,
    /// Pareto from 1 with an exponent.
    Pareto(Bits),
    /// Pareto from 1 with an exponent, cut off at a ratio.
    TruncatedPareto(Bits, Bits),
    /// Values with their cumulated shares, in the unit of the quantity.
    Steps(Vec<(Bits, Bits)>),
    /// Points of a cumulative curve, share and value, in the unit of the quantity.
    Lines(Vec<(Bits, Bits)>),
}

/// A number as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bits(u64);

impl Bits {
    /// The number, exactly.
    fn exact(x: f64) -> Self {
        Self(x.to_bits())
    }

    /// The number to 44 significant bits: relative error below 3e-14.
    fn rounded(x: f64) -> Self {
        Self(x.to_bits().wrapping_add(1 << 8) & !((1 << 9) - 1))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl Shape {
    /// The shape of a law with its location and scale, `value = location + scale * standard`; [`None`] for
    /// a certain value.
    #[must_use]
    pub fn of(law: &Law) -> Option<(Self, f64, f64)> {
        let beta = |law: &Beta| {
            let shape = Self::Beta(Bits::rounded(law.alpha()), Bits::rounded(law.beta()));
            (shape, law.min(), law.max() - law.min())
        };
        if law.is_certain() {
            return None;
        }
        Some(match law {
            Law::Uniform(law) => (Self::Uniform, law.min(), law.max() - law.min()),
            Law::Triangular(law) => {
                (Self::Triangular(Bits::rounded(law.mode_share())), law.min(), law.max() - law.min())
            }
            Law::Pert(law) => beta(law.as_beta()),
            Law::Beta(law) => beta(law),
            Law::Normal(law) => (Self::Normal, law.mean(), law.sd()),
            Law::LogNormal(law) => (Self::LogNormal(Bits::rounded(law.sigma())), 0.0, libm::exp(law.mu())),
            Law::Gamma(law) => (Self::Gamma(Bits::rounded(law.shape())), 0.0, law.scale()),
            Law::Weibull(law) => (Self::Weibull(Bits::rounded(law.shape())), 0.0, law.scale()),
            Law::Exponential(law) => (Self::Exponential, 0.0, law.mean()),
            Law::Pareto(law) => {
                let alpha = Bits::rounded(law.alpha());
                let shape = law.max().map_or(Self::Pareto(alpha), |max| {
                    Self::TruncatedPareto(alpha, Bits::rounded(max / law.min()))
                });
                (shape, 0.0, law.min())
            }
            Law::Discrete(law) => (Self::steps(law), 0.0, 1.0),
            Law::Empirical(law) => (Self::steps(law.as_discrete()), 0.0, 1.0),
            Law::Cumulative(law) => {
                let points = law.points().iter().map(|&(p, x)| (Bits::exact(p), Bits::exact(x))).collect();
                (Self::Lines(points), 0.0, 1.0)
            }
            Law::Fixed(_) => return None,
        })
    }

    /// The steps of a discrete law.
    fn steps(law: &crate::dist::Discrete) -> Self {
        let pairs = law.values().iter().zip(law.cumulative());
        Self::Steps(pairs.map(|(&x, &p)| (Bits::exact(x), Bits::exact(p))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Reading;

    #[test]
    fn laws_that_differ_in_location_and_scale_share_a_shape() {
        let shape = |a, m, b| Shape::of(&Law::pert(a, m, b, Reading::Ends).unwrap()).unwrap().0;
        assert_eq!(shape(5.0, 8.0, 23.0), shape(7.5, 12.0, 34.5));
        assert_eq!(shape(0.1, 0.2, 0.5), shape(1.0, 2.0, 5.0));
        assert_ne!(shape(1.0, 2.0, 5.0), shape(1.0, 2.0, 5.1));
    }
}
