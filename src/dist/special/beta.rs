//! The regularised incomplete beta function and its inverse.

use super::gamma::{log1p_or_log, nonzero};
use super::normal::normal_quantile;
use super::root::solve_log;
use super::stirling::stirling_error;

/// Most steps of the continued fraction; shapes up to 1e6 need about 5,000.
const MOST_TERMS: u32 = 100_000;

/// `ln B(a, b)`, without the cancellation of large logarithms.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < 10.0 {
        return libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    }
    let share = small / (small + large);
    let tail = stirling_error(large) - stirling_error(small + large);
    if small < 10.0 {
        libm::lgamma(small) + tail + small - small * libm::log(small + large)
            + (large - 0.5) * libm::log1p(-share)
    } else {
        0.5 * (libm::log(std::f64::consts::TAU) - libm::log(large))
            + stirling_error(small)
            + tail
            + (small - 0.5) * libm::log(share)
            + large * libm::log1p(-share)
    }
}

/// `x^a y^b / B(a, b)` with `y = 1 - x`: the density times `x y`.
pub(super) fn prefix(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a < 10.0 || b < 10.0 {
        // The logarithm of the larger of x and y comes from the smaller, which is exact.
        let (ln_x, ln_y) =
            if x < y { (libm::log(x), libm::log1p(-x)) } else { (libm::log1p(-y), libm::log(y)) };
        return libm::exp(a * ln_x + b * ln_y - ln_beta(a, b));
    }
    let n = a + b;
    let (x0, y0) = (a / n, b / n);
    // x - x0, from the smaller of x and y.
    let gap = if x < y { x - x0 } else { y0 - y };
    let exponent = a * log1p_or_log(gap / x0, x / x0) + b * log1p_or_log(-gap / y0, y / y0);
    let correction = stirling_error(a) + stirling_error(b) - stirling_error(n);
    (a * y0 / std::f64::consts::TAU).sqrt() * libm::exp(exponent - correction)
}

/// Both tails of a beta law: the shares below and above `x`, given `y = 1 - x`.
///
/// Each is relatively accurate where it is the smaller one. Lentz's continued fraction (Abramowitz &
/// Stegun 26.5.8) on the side where it converges fast.
#[must_use]
pub fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let front = prefix(a, b, x, y);
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = (front * continued_fraction(a, b, x) / a).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (front * continued_fraction(b, a, y) / b).min(1.0);
        (1.0 - upper, upper)
    }
}

/// The continued fraction of the incomplete beta function.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for n in 1..MOST_TERMS {
        let m = f64::from(n);
        let twice = 2.0 * m;
        let even = m * (b - m) * x / ((a + twice - 1.0) * (a + twice));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + twice) * (a + twice + 1.0));
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// The value `x` that a beta law does not exceed with probability `q`, and `1 - x`.
///
/// Solved in the logarithms of both sides, in the smaller tail, so that whichever of `x` and `1 - x` is
/// small there is relatively accurate. Results below 1e-300 are 0.
#[must_use]
pub fn beta_quantile(a: f64, b: f64, q: f64) -> (f64, f64) {
    if q <= 0.0 {
        return (0.0, 1.0);
    }
    if q >= 1.0 {
        return (1.0, 0.0);
    }
    if q <= 0.5 {
        lower_quantile(a, b, q)
    } else {
        let (y, x) = lower_quantile(b, a, 1.0 - q);
        (x, y)
    }
}

/// The quantile and its complement for `q <= 1/2`.
fn lower_quantile(a: f64, b: f64, q: f64) -> (f64, f64) {
    // The leading term of the lower tail, x^a / (a B) = q.
    let leading = (libm::log(q) + libm::log(a) + ln_beta(a, b)) / a;
    if leading < -690.0 {
        return (0.0, 1.0);
    }
    let start = if a > 1.0 && b > 1.0 { normal_start(a, b, q) } else { leading };
    // With b >= 1 the leading term bounds the tail from above; below 1 the tail is at most 1/y^(1-b)
    // times larger, and a bisection or two more finds it.
    let floor = if b >= 1.0 { leading } else { -700.0 };
    let bracket = (floor.min(-1e-18) - 1e-9 * leading.abs() - 1e-9, 0.0);
    let z = solve_log(libm::log(q), start.min(-1e-3), bracket, true, |z| {
        let (x, y) = (libm::exp(z), -libm::expm1(z));
        let slope = prefix(a, b, x, y) / y;
        (beta_tails(a, b, x, y).0, slope)
    });
    (libm::exp(z), -libm::expm1(z))
}

/// `ln x` by the normal approximation of Abramowitz & Stegun 26.5.22.
fn normal_start(a: f64, b: f64, q: f64) -> f64 {
    let deviate = -normal_quantile(q);
    let lambda = (deviate * deviate - 3.0) / 6.0;
    let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (s + t);
    let root = (h + lambda).max(0.0).sqrt();
    let w = deviate * root / h - (t - s) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
    libm::log(a) - libm::log(a + b * libm::exp(2.0 * w))
}
