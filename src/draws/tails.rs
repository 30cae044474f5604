//! Fast quantiles of laws that only have a distribution function.

use crate::dist::special::{beta_quantile, beta_tails, gamma_quantile, gamma_tails, ln_beta};

/// The logarithm of a quantile as a function of the logarithm of the tail share, for one tail.
///
/// Quintic Hermite pieces through exact knots: value, slope and curvature follow from the density, so a
/// distribution function is evaluated once per knot and never solved but for the first.
pub(super) struct LogCurve {
    /// Descending in `w`.
    knots: Vec<Knot>,
}

/// `z = ln x` at `w = ln share`, with two derivatives.
struct Knot {
    w: f64,
    z: f64,
    slope: f64,
    curvature: f64,
}

/// Smaller than every `w` that is asked for: the logarithm of 2^-33.
const LAST: f64 = -22.9;

/// The first step in the logarithm of the share; later ones grow, because the tail straightens.
const FIRST_STEP: f64 = 0.1;

impl LogCurve {
    /// The lower tail of a beta law on `[0, 1]`, from a share of `most` downwards.
    pub(super) fn beta(a: f64, b: f64, most: f64) -> Self {
        let ln_norm = ln_beta(a, b);
        Self::march(libm::log(beta_quantile(a, b, most).0), |z| {
            let (x, y) = (libm::exp(z), -libm::expm1(z));
            let ln_y = libm::log(y);
            let share = beta_tails(a, b, x, y).0;
            let growth = libm::exp(a * z + (b - 1.0) * ln_y - ln_norm) / share;
            (share, growth, a - (b - 1.0) * (x / y))
        })
    }

    /// The lower or the upper tail of a gamma law of unit scale, from a share of `most` outwards.
    pub(super) fn gamma(a: f64, most: f64, upper: bool) -> Self {
        let ln_norm = libm::lgamma(a);
        let start = gamma_quantile(a, if upper { 1.0 - most } else { most });
        Self::march(libm::log(start), |z| {
            let x = libm::exp(z);
            let tails = gamma_tails(a, x);
            let share = if upper { tails.1 } else { tails.0 };
            let growth = libm::exp(a * z - x - ln_norm) / share;
            (share, if upper { -growth } else { growth }, a - x)
        })
    }

    /// Walks outwards from `start`.
    ///
    /// `evaluate(z)` gives the share, `d ln share / dz`, and `d ln |d share / dz| / dz`.
    fn march(start: f64, evaluate: impl Fn(f64) -> (f64, f64, f64)) -> Self {
        let mut knots: Vec<Knot> = Vec::with_capacity(64);
        let (mut z, mut step) = (start, FIRST_STEP);
        loop {
            let (share, growth, bend) = evaluate(z);
            let w = libm::log(share);
            let slope = 1.0 / growth;
            let curvature = (growth - bend) * slope * slope;
            let forward = knots.last().is_none_or(|last| w < last.w);
            // Where the numbers end (a share of zero, a flat spot) so does the curve.
            if !(w.is_finite() && slope.is_finite() && curvature.is_finite() && forward) {
                break;
            }
            if knots.is_empty() {
                // A long step in ln x would leap over the bend of a law that piles up at its ends.
                step = step.min(0.2 / slope.abs());
            }
            knots.push(Knot { w, z, slope, curvature });
            if w < LAST || knots.len() > 400 {
                break;
            }
            // Where the slope changes fast, as at a law that piles up at its other end, steps are short.
            step = step.min(0.3 * (slope / curvature).abs()).max(1e-3);
            z += -slope * step + 0.5 * curvature * step * step;
            step = (step * 1.25_f64).min(0.6);
        }
        Self { knots }
    }

    /// `ln x` and its derivative by `w` at the logarithm of a share.
    pub(super) fn at(&self, w: f64) -> (f64, f64) {
        let after = self.knots.partition_point(|knot| knot.w > w).clamp(1, self.knots.len().max(2) - 1);
        let (Some(from), Some(to)) = (self.knots.get(after - 1), self.knots.get(after)) else {
            return self.knots.first().map_or((f64::NEG_INFINITY, 0.0), |knot| (knot.z, 0.0));
        };
        let h = to.w - from.w;
        let t = (w - from.w) / h;
        // The quintic with the given value, slope and curvature at both ends, around the first.
        let (s0, c0) = (from.slope * h, 0.5 * from.curvature * h * h);
        let rise = to.z - from.z - s0 - c0;
        let tilt = to.slope * h - s0 - 2.0 * c0;
        let bend = to.curvature * h * h - 2.0 * c0;
        let k3 = 10.0 * rise - 4.0 * tilt + 0.5 * bend;
        let k4 = -15.0 * rise + 7.0 * tilt - bend;
        let k5 = 6.0 * rise - 3.0 * tilt + 0.5 * bend;
        let value = from.z + t * (s0 + t * (c0 + t * (k3 + t * (k4 + t * k5))));
        let slope = s0 + t * (2.0 * c0 + t * (3.0 * k3 + t * (4.0 * k4 + t * (5.0 * k5))));
        (value, slope / h)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_agrees_with_the_solved_quantile() {
        for (a, b) in
            [(0.05, 0.05), (0.05, 20.0), (20.0, 0.05), (1.0, 5.0), (3.0, 3.0), (300.0, 2.0), (5e4, 2e5)]
        {
            let curve = LogCurve::beta(a, b, 0.5);
            for i in 0..400 {
                let w = -std::f64::consts::LN_2 - 22.18 * f64::from(i) / 400.0;
                let (x, _) = beta_quantile(a, b, libm::exp(w));
                let range = beta_quantile(a, b, 0.999).0 - beta_quantile(a, b, 0.001).0;
                assert!((libm::exp(curve.at(w).0) - x).abs() < 2e-7 * range, "{a} {b} {w}");
            }
        }
        for a in [0.05, 0.5, 1.0, 4.0, 1e3] {
            let (lower, upper) = (LogCurve::gamma(a, 0.5, false), LogCurve::gamma(a, 0.5, true));
            for i in 0..400 {
                let w = -std::f64::consts::LN_2 - 22.18 * f64::from(i) / 400.0;
                let q = libm::exp(w);
                let range = gamma_quantile(a, 0.999) - gamma_quantile(a, 0.001);
                let tolerance = |x: f64| 2e-7 * range.max(x);
                let x = gamma_quantile(a, q);
                assert!((libm::exp(lower.at(w).0) - x).abs() < tolerance(x), "lower {a} {w}");
                let x = gamma_quantile(a, 1.0 - q);
                // The complement of a rounded share is not exact in the tail.
                if q > 1e-8 {
                    assert!((libm::exp(upper.at(w).0) - x).abs() < tolerance(x), "upper {a} {w}");
                }
            }
        }
    }
}
