//! The beta-PERT law by percentiles.

use super::BetaPert;
use super::error::{LawError, percentiles, three_points, within};
use super::special::beta_quantile;

impl BetaPert {
    /// The beta-PERT with the given mode and weight, a share `p` of the draws below `low` and `q` below
    /// `high`.
    ///
    /// With `s = (m - a)/(b - a)` the shapes, and so the standardised percentiles `z_p(s)` and `z_q(s)`,
    /// depend on `s` alone; the ratio `(m - low) : (high - m) = (s - z_p) : (z_q - s)` is one equation in
    /// `s` with a sign change between 0 and 1, and the width follows from `high - low` (semantics,
    /// section 2).
    ///
    /// # Errors
    /// [`LawError`] if the points are not finite, out of order or all equal, the percentiles are not
    /// `0 < p < q < 1`, the weight is out of range, or the solution misses a percentile by more than
    /// 1e-10 of the width.
    pub fn from_percentiles(
        low: f64,
        mode: f64,
        high: f64,
        p: f64,
        q: f64,
        lambda: f64,
    ) -> Result<Self, LawError> {
        three_points(low, mode, high)?;
        percentiles(p, q)?;
        within("the weight of the mode", lambda, 0.0, 1e5)?;
        let no_solution = || LawError::NoSolution { family: "beta-PERT", low, mode, high, p, q };
        let span = high - low;
        let (left, right) = ((mode - low) / span, (high - mode) / span);
        let standard = |s: f64| {
            let (alpha, beta) = (1.0 + lambda * s, 1.0 + lambda * (1.0 - s));
            (beta_quantile(alpha, beta, p).0, beta_quantile(alpha, beta, q).0)
        };
        let imbalance = |s: f64| {
            let (at_p, at_q) = standard(s);
            right * (s - at_p) - left * (at_q - s)
        };
        let s = sign_change(imbalance);
        let (at_p, at_q) = standard(s);
        let width = span / (at_q - at_p);
        // From the percentiles rather than the mode: both are then met to the last bits.
        let min = low - width * at_p;
        let law = Self::with_weight(min, mode, min + width, lambda).map_err(|_| no_solution())?;
        let residual = (law.quantile(p) - low).abs().max((law.quantile(q) - high).abs());
        if residual < 1e-10 * (law.max() - law.min()) { Ok(law) } else { Err(no_solution()) }
    }
}

/// The zero of a function that is negative at 0 and positive at 1, by the Illinois variant of regula falsi
/// (Dowell & Jarratt 1971), with a bisection whenever three steps do not halve the bracket.
fn sign_change(f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (0.0, 1.0);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa >= 0.0 {
        return a;
    }
    if fb <= 0.0 {
        return b;
    }
    let mut kept_a = 0_u32;
    let mut kept_b = 0_u32;
    for step in 0..200 {
        let middle = 0.5 * (a + b);
        if middle <= a || middle >= b || b - a < 1e-15 {
            return middle;
        }
        let secant = a - fa * (b - a) / (fb - fa);
        let s = if step % 4 == 3 || !(secant > a && secant < b) { middle } else { secant };
        let value = f(s);
        if value == 0.0 {
            return s;
        }
        if value < 0.0 {
            (a, fa, kept_a, kept_b) = (s, value, 0, kept_b + 1);
            if kept_b > 1 {
                fb *= 0.5;
            }
        } else {
            (b, fb, kept_b, kept_a) = (s, value, 0, kept_a + 1);
            if kept_a > 1 {
                fa *= 0.5;
            }
        }
    }
    0.5 * (a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentiles_come_back_for_every_position_of_the_mode() {
        for (p, q) in [(0.05, 0.95), (0.1, 0.9), (0.15, 0.85), (0.01, 0.6)] {
            for lambda in [0.0, 1.0, 4.0, 6.0, 50.0] {
                for mode in [0.0, 1e-9, 0.01, 0.2, 0.5, 0.8, 1.0] {
                    let law = BetaPert::from_percentiles(0.0, mode, 1.0, p, q, lambda).unwrap();
                    let width = law.max() - law.min();
                    assert!(law.quantile(p).abs() < 1e-10 * width, "{law:?}");
                    assert!((law.quantile(q) - 1.0).abs() < 1e-10 * width, "{law:?}");
                    let alpha = 1.0 + lambda * (mode - law.min()) / width;
                    assert!((law.as_beta().alpha() - alpha).abs() < 1e-9 * (1.0 + lambda), "{law:?}");
                }
            }
        }
    }

    #[test]
    fn a_known_law_is_found_from_its_own_percentiles() {
        let truth = BetaPert::new(80.0, 100.0, 150.0).unwrap();
        let (low, high) = (truth.quantile(0.1), truth.quantile(0.9));
        let found = BetaPert::from_percentiles(low, 100.0, high, 0.1, 0.9, 4.0).unwrap();
        assert!((found.min() - 80.0).abs() < 1e-8 && (found.max() - 150.0).abs() < 1e-8, "{found:?}");
    }

    #[test]
    fn percentiles_out_of_order_are_refused() {
        for (p, q) in [(0.9, 0.1), (0.0, 0.9), (0.1, 1.0), (f64::NAN, 0.9)] {
            let error = BetaPert::from_percentiles(1.0, 2.0, 3.0, p, q, 4.0).unwrap_err();
            assert!(matches!(error, LawError::Percentiles { .. }));
        }
    }
}
