//! The triangular law by percentiles ("Trigen").

use super::Triangular;
use super::error::{LawError, percentiles, three_points};

impl Triangular {
    /// The triangle with the given mode, a share `p` of the draws below `low` and `q` below `high`.
    ///
    /// Solves `(low - a)^2 = p (b - a)(m - a)` and `(b - high)^2 = (1 - q)(b - a)(b - m)` for the ends
    /// `a`, `b` (semantics, section 2). With `A = m - a` and `s = A / (b - a)` the first gives
    /// `A = (m - low) / (1 - sqrt(p / s))` and the second `B = (high - m) / (1 - sqrt((1 - q) / (1 - s)))`
    /// with `B = b - m`; what remains is one equation in `s`, monotone between `p` and `q`, solved by
    /// bisection. The trivial root `a = m` is not used.
    ///
    /// # Errors
    /// [`LawError`] if the points are not finite, out of order or all equal, or the percentiles are not
    /// `0 < p < q < 1`.
    pub fn from_percentiles(low: f64, mode: f64, high: f64, p: f64, q: f64) -> Result<Self, LawError> {
        three_points(low, mode, high)?;
        percentiles(p, q)?;
        let (left, right) = (mode - low, high - mode);
        let (a, b) = if left == 0.0 {
            // The mode is the lower percentile, so a share p lies below it: s = p.
            let upper = right / (1.0 - ((1.0 - q) / (1.0 - p)).sqrt());
            (mode - upper * p / (1.0 - p), mode + upper)
        } else if right == 0.0 {
            let lower = left / (1.0 - (p / q).sqrt());
            (mode - lower, mode + lower * (1.0 - q) / q)
        } else {
            // (1 - s) A = s B, each side monotone in s: the left falls, the right rises.
            let (mut below, mut above) = (p, q);
            for _ in 0..200 {
                let s = 0.5 * (below + above);
                if s <= below || s >= above {
                    break;
                }
                let (lower, upper) = (sides(left, p / s), sides(right, (1.0 - q) / (1.0 - s)));
                if (1.0 - s) * lower > s * upper { below = s } else { above = s }
            }
            // One of the two ends is far better conditioned; the other follows from the share.
            let s = 0.5 * (below + above);
            if s - p > q - s {
                let lower = sides(left, p / s);
                (mode - lower, mode + lower * (1.0 - s) / s)
            } else {
                let upper = sides(right, (1.0 - q) / (1.0 - s));
                (mode - upper * s / (1.0 - s), mode + upper)
            }
        };
        Self::new(a, mode, b).map_err(|_| LawError::NoSolution {
            family: "triangular",
            low,
            mode,
            high,
            p,
            q,
        })
    }
}

/// The distance from the mode to an end, from the distance to the percentile and the ratio of its tail
/// share to the share on that side of the mode.
fn sides(distance: f64, ratio: f64) -> f64 {
    distance / (1.0 - ratio.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_solutions_are_reproduced() {
        let cases = [
            ([90.0, 100.0, 130.0], [0.1, 0.9], [77.260808, 148.629663, 108.63016, 14.88421]),
            ([90.0, 100.0, 130.0], [0.05, 0.95], [82.980869, 140.878301, 107.95306, 12.14816]),
            ([8.0, 10.0, 20.0], [0.1, 0.9], [4.630415, 25.775631, 13.46868, 4.48709]),
            ([80.0, 100.0, 150.0], [0.15, 0.85], [44.215834, 197.246899, 113.82091, 31.61722]),
        ];
        for ([x, m, y], [p, q], [a, b, mean, sd]) in cases {
            let law = Triangular::from_percentiles(x, m, y, p, q).unwrap();
            assert!((law.min() - a).abs() < 5.1e-7 && (law.max() - b).abs() < 5.1e-7, "{law:?}");
            assert!((law.mean() - mean).abs() < 5.1e-6, "{law:?}");
            assert!((law.variance().sqrt() - sd).abs() < 5.1e-6, "{law:?}");
        }
        let negative = Triangular::from_percentiles(10.0, 20.0, 40.0, 0.1, 0.9).unwrap();
        assert!((negative.min() + 0.522562).abs() < 5.1e-7);
    }

    #[test]
    fn the_percentiles_come_back_for_every_position_of_the_mode() {
        for (p, q) in [(0.05, 0.95), (0.1, 0.9), (0.15, 0.85), (0.01, 0.6), (0.4, 0.5)] {
            for mode in [0.0, 1e-12, 1e-6, 0.001, 0.2, 0.5, 0.9, 0.999_999, 1.0] {
                let law = Triangular::from_percentiles(0.0, mode, 1.0, p, q).unwrap();
                let width = law.max() - law.min();
                let (at_p, at_q) = (law.quantile(p), law.quantile(q));
                assert!(at_p.abs() < 1e-10 * width && (at_q - 1.0).abs() < 1e-10 * width, "{law:?} {p} {q}");
                assert_eq!(law.mode(), mode);
            }
        }
    }
}
