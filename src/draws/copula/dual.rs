//! The nearest correlation matrix of many variables.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::cholesky::cholesky;
use super::nearest::{LEAST_EIGENVALUE, Nearest};
use super::spectrum::Spectrum;
use super::{SymmetricMatrix, nearest::each};

/// The diagonal is one when no value is further away: correlations are then as near as to the sixth digit.
const AGREED: f64 = 1e-6;

/// Decompositions at most; one or two dozen are usual.
const MOST_STEPS: usize = 200;

/// Steps that are remembered.
const REMEMBERED: usize = 8;

/// The same as [`super::nearest_correlation`] for more variables than alternating projections can cope with:
/// the same matrix, from the dual problem, which takes a tenth of the decompositions. The projections are the
/// steepest ascent of that with steps of one; here it is ascended by a quasi-Newton method, and by such a step where
/// that does not help.
///
/// # Sources
/// Malick (2004), "A dual approach to semidefinite least-squares problems", *SIAM Journal on Matrix Analysis and
/// Applications* 26(1); Liu & Nocedal (1989), "On the limited memory BFGS method for large scale optimization",
/// *Mathematical Programming* 45.
pub(super) fn nearest_of_many(wanted: &SymmetricMatrix) -> Option<Nearest> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(known) = known.filter(|known| known.0 == *wanted) {
        return Some(known.1.clone());
    }
    let found = found_anew(wanted)?;
    let known = Arc::new((wanted.clone(), found.clone()));
    *KNOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    Some(found)
}

/// What was found last: an analysis compiles many variants of a program with the same correlations.
static KNOWN: Mutex<Option<Arc<(SymmetricMatrix, Nearest)>>> = Mutex::new(None);

/// The dual problem at one point: the added diagonal, the value, and the slope.
struct Point {
    added: Vec<f64>,
    value: f64,
    slope: Vec<f64>,
    spectrum: Spectrum,
}

impl Point {
    fn of(wanted: &SymmetricMatrix, added: Vec<f64>) -> Option<Self> {
        let spectrum = Spectrum::of(wanted, &added)?;
        let squares: f64 = spectrum.values.iter().map(|value| value.max(0.0) * value.max(0.0)).sum();
        let value = 0.5 * squares - added.iter().sum::<f64>();
        let slope = spectrum.positive_diagonal().iter().map(|diagonal| diagonal - 1.0).collect();
        Some(Self { added, value, slope, spectrum })
    }

    fn moved(&self, by: &[f64]) -> Vec<f64> {
        self.added.iter().zip(by).map(|(added, by)| added + by).collect()
    }
}

fn found_anew(wanted: &SymmetricMatrix) -> Option<Nearest> {
    let n = wanted.len();
    let mut at = Point::of(wanted, vec![0.0; n])?;
    let mut steps: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..MOST_STEPS {
        if at.slope.iter().all(|slope| slope.abs() <= AGREED) {
            break;
        }
        let direction = direction(&at.slope, &steps);
        let gain = dot(&direction, &at.slope);
        let tried = if gain < 0.0 { Point::of(wanted, at.moved(&direction)) } else { None };
        let next = match tried.filter(|tried| tried.value <= at.value + 1e-4 * gain) {
            Some(next) => next,
            // A step of one down the slope always helps, but for what rounding hides.
            None => {
                steps.clear();
                let down: Vec<f64> = at.slope.iter().map(|slope| -slope).collect();
                Point::of(wanted, at.moved(&down))?
            }
        };
        let moved: Vec<f64> = next.added.iter().zip(&at.added).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next.slope.iter().zip(&at.slope).map(|(a, b)| a - b).collect();
        if dot(&moved, &turned) > 0.0 {
            steps.truncate(REMEMBERED - 1);
            steps.push_front((moved, turned));
        }
        at = next;
    }
    with_unit_diagonal(at.spectrum.positive_part())
}

/// The quasi-Newton direction from the steps so far, the latest first.
fn direction(slope: &[f64], steps: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for (moved, turned) in steps {
        let share = dot(moved, &direction) / dot(moved, turned);
        direction.iter_mut().zip(turned).for_each(|(direction, turned)| *direction -= share * turned);
        shares.push(share);
    }
    if let Some((moved, turned)) = steps.front() {
        let scale = dot(moved, turned) / dot(turned, turned);
        direction.iter_mut().for_each(|direction| *direction *= scale);
    }
    for ((moved, turned), share) in steps.iter().zip(shares).rev() {
        let more = share - dot(turned, &direction) / dot(moved, turned);
        direction.iter_mut().zip(moved).for_each(|(direction, moved)| *direction += more * moved);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The matrix scaled to a unit diagonal, and lifted so far by the unit matrix that it has a triangular factor.
fn with_unit_diagonal(mut matrix: SymmetricMatrix) -> Option<Nearest> {
    let n = matrix.len();
    let roots: Vec<f64> = (0..n).map(|i| matrix.get(i, i).sqrt()).collect();
    let scaled = matrix.clone();
    let mut share = 2.0 * LEAST_EIGENVALUE;
    // Without negative eigenvalues the first share is enough; rounding may ask for more.
    while share < 1e-3 {
        each(n, |_, i, j| {
            let value = (1.0 - share) * scaled.get(i, j) / (roots[i] * roots[j]);
            matrix.set(i, j, if i == j { 1.0 } else { value });
        });
        if cholesky(&matrix, 0.999 * LEAST_EIGENVALUE).is_some() {
            let factor = cholesky(&matrix, 0.0)?;
            return Some(Nearest { matrix, factor, is_changed: true });
        }
        share *= 10.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::nearest_correlation;

    /// Correlations that a common cause gives, some of them said the wrong way round.
    fn contradictory(n: usize, wrong: usize) -> SymmetricMatrix {
        let mut matrix = SymmetricMatrix::identity(n);
        each(n, |at, i, j| {
            if i != j {
                let sign = if at.wrapping_mul(2_654_435_761) % 97 < wrong { -1.0 } else { 1.0 };
                matrix.set(i, j, sign * (0.3 + 0.4 * ((i + j) % 5) as f64 / 5.0));
            }
        });
        matrix
    }

    #[test]
    fn it_is_the_matrix_of_alternating_projections() {
        // Seen to fail when the slope is taken at the whole diagonal, not at that of the positive part.
        for (n, wrong) in [(5, 40), (30, 3), (60, 30)] {
            let wanted = contradictory(n, wrong);
            let (slow, fast) = (nearest_correlation(&wanted).unwrap(), nearest_of_many(&wanted).unwrap());
            assert!(slow.is_changed && fast.is_changed);
            let distance = slow.matrix.distance(&fast.matrix);
            assert!(distance < 1e-5, "{n}: {distance}");
        }
    }

    #[test]
    fn more_than_two_hundred_variables_that_contradict_each_other_are_mended() {
        let wanted = contradictory(210, 10);
        let found = nearest_of_many(&wanted).unwrap();
        assert!(found.matrix.distance(&wanted) > 0.1);
        assert!((0..210).all(|i| found.matrix.get(i, i) == 1.0));
        assert_eq!(nearest_of_many(&wanted).unwrap(), found);
    }
}
