//! The regularised incomplete gamma function and its inverse.

use super::normal::normal_quantile;
use super::root::solve_log;
use super::stirling::stirling_error;

/// Most terms of a series or continued fraction; shapes up to 1e6 need about 10,000.
const MOST_TERMS: u32 = 100_000;

/// `x^a e^-x / Γ(a + 1)`, without the cancellation of large logarithms.
fn prefix(a: f64, x: f64) -> f64 {
    if a < 10.0 {
        return libm::exp(a * libm::log(x) - x - libm::lgamma(a + 1.0));
    }
    let deviation = (x - a) / a;
    libm::exp(a * (log1p_or_log(deviation, x / a) - deviation) - stirling_error(a))
        / (std::f64::consts::TAU * a).sqrt()
}

/// `ln ratio`, from `ratio - 1` where that is small.
pub(super) fn log1p_or_log(deviation: f64, ratio: f64) -> f64 {
    if deviation.abs() < 0.5 { libm::log1p(deviation) } else { libm::log(ratio) }
}

/// Density of the gamma law with unit scale.
#[must_use]
pub(super) fn gamma_density(a: f64, x: f64) -> f64 {
    prefix(a, x) * a / x
}

/// Both tails of a gamma law of unit scale: the shares below and above `x`.
///
/// Each is relatively accurate where it is the smaller one. Series below the mean, Lentz's continued
/// fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31).
#[must_use]
pub fn gamma_tails(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0, 1.0);
        for n in 1..MOST_TERMS {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let lower = (prefix(a, x) * sum).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let tiny = 1e-300;
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / tiny;
        let mut d = 1.0 / b;
        let mut fraction = d;
        for n in 1..MOST_TERMS {
            let i = f64::from(n);
            let numerator = -i * (i - a);
            b += 2.0;
            d = 1.0 / nonzero(numerator * d + b);
            c = nonzero(b + numerator / c);
            let change = d * c;
            fraction *= change;
            if (change - 1.0).abs() < 1e-16 {
                break;
            }
        }
        let upper = (prefix(a, x) * a * fraction).clamp(0.0, 1.0);
        (1.0 - upper, upper)
    }
}

/// Keeps Lentz's method away from a division by zero.
pub(super) fn nonzero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The value that a gamma law of shape `a` and unit scale does not exceed with probability `q`.
///
/// Solved in the logarithms of both sides, in the smaller tail. 0 gives 0 and 1 gives infinity; results
/// below 1e-300 are 0.
#[must_use]
pub fn gamma_quantile(a: f64, q: f64) -> f64 {
    if q <= 0.0 {
        return 0.0;
    }
    if q >= 1.0 {
        return f64::INFINITY;
    }
    let rising = q <= 0.5;
    let tail = if rising { q } else { 1.0 - q };
    // The leading term of the lower tail, x^a / Γ(a + 1) = q.
    let leading = (libm::log(q) + libm::lgamma(a + 1.0)) / a;
    if leading < -690.0 {
        return 0.0;
    }
    // Wilson & Hilferty (1931) where it is positive, the leading term elsewhere.
    let cube = 1.0 - 1.0 / (9.0 * a) + normal_quantile(q) / (3.0 * a.sqrt());
    let start = if a > 0.3 && cube > 0.05 { libm::log(a) + 3.0 * libm::log(cube) } else { leading };
    // x^a / Γ(a + 1) bounds the lower tail from above, so the solution is never below the leading term.
    let bracket = (leading - 1e-9 * leading.abs() - 1e-9, libm::log(a + 800.0 + 40.0 * a.sqrt()));
    let z = solve_log(libm::log(tail), start, bracket, rising, |z| {
        let x = libm::exp(z);
        let (lower, upper) = gamma_tails(a, x);
        let slope = gamma_density(a, x) * x;
        if rising { (lower, slope) } else { (upper, -slope) }
    });
    libm::exp(z)
}
