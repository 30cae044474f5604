//! Standardised quantile functions with their slopes, from either end.

use super::shape::Shape;
use super::tails::LogCurve;
use crate::dist::special::{normal_cdf, normal_quantile};

/// From which end of the law a share is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The share of draws below.
    Lower,
    /// The share of draws above.
    Upper,
}

/// A standardised quantile function that is smooth on either side of its split.
pub(super) enum Standard {
    Uniform,
    Triangular(f64),
    Normal,
    /// The share of the standard normal law below the score that lies so far between -8 and 8.
    NormalShare,
    LogNormal(f64),
    Exponential,
    Weibull(f64),
    /// Exponent, and the share of the uncut law that is kept.
    Pareto(f64, f64),
    /// The lower tails of `x` and of `1 - x`.
    Beta(LogCurve, LogCurve),
    /// The lower and the upper tail.
    Gamma(LogCurve, LogCurve),
}

impl Standard {
    /// The function of a shape; [`None`] for stepped laws and straight lines.
    pub(super) fn new(shape: &Shape) -> Option<Self> {
        Some(match shape {
            Shape::Uniform => Self::Uniform,
            Shape::Triangular(mode) => Self::Triangular(mode.get()),
            Shape::Beta(a, b) => {
                let (a, b) = (a.get(), b.get());
                Self::Beta(LogCurve::beta(a, b, 0.5), LogCurve::beta(b, a, 0.5))
            }
            Shape::Normal => Self::Normal,
            Shape::LogNormal(sigma) => Self::LogNormal(sigma.get()),
            Shape::Gamma(a) => {
                Self::Gamma(LogCurve::gamma(a.get(), 0.5, false), LogCurve::gamma(a.get(), 0.5, true))
            }
            Shape::Weibull(k) => Self::Weibull(k.get()),
            Shape::Exponential => Self::Exponential,
            Shape::Pareto(alpha) => Self::Pareto(alpha.get(), 1.0),
            Shape::TruncatedPareto(alpha, ratio) => {
                let kept = -libm::expm1(-alpha.get() * libm::log(ratio.get()));
                Self::Pareto(alpha.get(), kept)
            }
            Shape::Steps(_) | Shape::Lines(_) => return None,
        })
    }

    /// The first of the 2^32 uniforms that counts from the upper end: the kink of the law, or the middle.
    pub(super) fn split(&self) -> u32 {
        match *self {
            Self::Triangular(mode) if mode > 0.0 && mode < 1.0 => {
                // Both sides keep at least one uniform.
                (mode * 4_294_967_296.0).round().clamp(1.0, 4_294_967_295.0) as u32
            }
            _ => 1 << 31,
        }
    }

    /// The quantile at a share counted from an end, and its derivative by the logarithm of the share.
    pub(super) fn at(&self, side: Side, share: f64) -> (f64, f64) {
        let lower = side == Side::Lower;
        let rest = 1.0 - share;
        // Derivatives by ln(share) change sign with the end.
        let sign = if lower { 1.0 } else { -1.0 };
        match self {
            Self::Uniform => (if lower { share } else { rest }, sign * share),
            Self::Triangular(mode) => {
                // The same from both ends, with the mode seen from there.
                let mode = if lower { *mode } else { 1.0 - mode };
                // A piece that ends at the split keeps to its own side of the kink, which lies within half a
                // uniform of it.
                let (x, slope) = if mode > 0.0 && share < mode + 1.0 / 4_294_967_296.0 {
                    let x = (share * mode).sqrt();
                    (x, 0.5 * x)
                } else {
                    let y = (rest * (1.0 - mode)).sqrt();
                    let slope = if y > 0.0 { 0.5 * share * (1.0 - mode) / y } else { 0.0 };
                    (1.0 - y, slope)
                };
                (if lower { x } else { 1.0 - x }, sign * slope)
            }
            Self::Normal => normal(side, share),
            Self::NormalShare => {
                let score = 16.0 * share - 8.0;
                let below = normal_cdf(score);
                (if lower { below } else { 1.0 - below }, sign * 16.0 * share * normal_density(score))
            }
            Self::LogNormal(sigma) => {
                let (z, slope) = normal(side, share);
                let x = libm::exp(sigma * z);
                (x, x * sigma * slope)
            }
            Self::Exponential => exponential(side, share),
            Self::Weibull(k) => {
                let (e, slope) = exponential(side, share);
                let x = libm::exp(libm::log(e) / k);
                (x, x / (k * e) * slope)
            }
            Self::Pareto(alpha, kept) => {
                let above = if lower { 1.0 - share * kept } else { (1.0 - kept) + share * kept };
                let x = libm::exp(-libm::log(above) / alpha);
                (x, sign * x * kept * share / (alpha * above))
            }
            Self::Beta(below, above) => {
                let (z, slope) = (if lower { below } else { above }).at(libm::log(share));
                let x = libm::exp(z);
                if lower { (x, x * slope) } else { (1.0 - x, -x * slope) }
            }
            Self::Gamma(below, above) => {
                let (z, slope) = (if lower { below } else { above }).at(libm::log(share));
                let x = libm::exp(z);
                (x, x * slope)
            }
        }
    }
}

/// The standard normal.
fn normal(side: Side, share: f64) -> (f64, f64) {
    let z = normal_quantile(share);
    let density = normal_density(z);
    if side == Side::Lower { (z, share / density) } else { (-z, -share / density) }
}

/// The density of the standard normal.
fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) * (0.5 * std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2)
}

/// The exponential of mean 1.
fn exponential(side: Side, share: f64) -> (f64, f64) {
    match side {
        Side::Lower => (-libm::log1p(-share), share / (1.0 - share)),
        Side::Upper => (-libm::log(share), -1.0),
    }
}
