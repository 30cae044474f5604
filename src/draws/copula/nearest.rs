//! The nearest correlation matrix.

use super::SymmetricMatrix;
use super::cholesky::cholesky;
use super::dual::nearest_of_many;
use super::eigen::eigen;

/// The least eigenvalue that a matrix may have, so that it has a triangular factor.
pub const LEAST_EIGENVALUE: f64 = 1e-8;

/// The two projections agree when no value differs by more.
const AGREED: f64 = 1e-8;

/// Projections at most; a few dozen are usual.
const MOST_STEPS: usize = 1_000;

/// More variables than this are left to the dual problem: projections by rotations would take hours.
const MOST_PROJECTED: usize = 200;

/// A correlation matrix with the triangular factor of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// The matrix, with a unit diagonal.
    pub matrix: SymmetricMatrix,
    /// The rows of its lower triangle.
    pub factor: Vec<Vec<f64>>,
    /// Whether it differs from what was asked for.
    pub is_changed: bool,
}

/// The correlation matrix nearest to a symmetric matrix with a unit diagonal (in the sum of squared
/// differences): alternating projections with Dykstra's correction onto the matrices without negative
/// eigenvalues and those with a unit diagonal. What eigenvalue is then below [`LEAST_EIGENVALUE`] is lifted to
/// it by a touch of the unit matrix. A correlation matrix stays as it is. [`None`] where numbers are not finite.
///
/// # Source
/// Higham (2002), "Computing the nearest correlation matrix: a problem from finance", *IMA Journal of Numerical
/// Analysis* 22(3), algorithm 3.3 with equal weights.
#[must_use]
pub fn nearest_correlation(wanted: &SymmetricMatrix) -> Option<Nearest> {
    // A hair below the least, so that a matrix that was lifted stays as it is.
    let is_good = |matrix: &SymmetricMatrix| cholesky(matrix, 0.999 * LEAST_EIGENVALUE).is_some();
    if is_good(wanted) {
        let factor = cholesky(wanted, 0.0)?;
        return Some(Nearest { matrix: wanted.clone(), factor, is_changed: false });
    }
    let n = wanted.len();
    if n > MOST_PROJECTED {
        return nearest_of_many(wanted);
    }
    let mut matrix = wanted.clone();
    let mut correction = vec![0.0; n * (n + 1) / 2];
    for _ in 0..MOST_STEPS {
        let mut corrected = matrix.clone();
        each(n, |at, i, j| corrected.set(i, j, matrix.get(i, j) - correction[at]));
        let positive = without_negative(&corrected);
        each(n, |at, i, j| correction[at] = positive.get(i, j) - corrected.get(i, j));
        let mut unit = positive.clone();
        (0..n).for_each(|i| unit.set(i, i, 1.0));
        let is_done = unit.distance(&positive) <= AGREED;
        matrix = unit;
        if is_done {
            break;
        }
    }
    let least = eigen(&matrix).least();
    if least < LEAST_EIGENVALUE {
        let share = (LEAST_EIGENVALUE - least) / (1.0 - least);
        let known = matrix.clone();
        each(n, |_, i, j| {
            if i != j {
                matrix.set(i, j, (1.0 - share) * known.get(i, j));
            }
        });
    }
    let factor = cholesky(&matrix, 0.0)?;
    Some(Nearest { matrix, factor, is_changed: true })
}

/// Visits the lower triangle: a running number, row and column.
pub(super) fn each(n: usize, mut visit: impl FnMut(usize, usize, usize)) {
    let mut at = 0;
    for i in 0..n {
        for j in 0..=i {
            visit(at, i, j);
            at += 1;
        }
    }
}

/// The projection onto the matrices without negative eigenvalues.
fn without_negative(matrix: &SymmetricMatrix) -> SymmetricMatrix {
    let eigen = eigen(matrix);
    let mut projected = matrix.clone();
    for (value, vector) in eigen.values.iter().zip(&eigen.vectors).filter(|(value, _)| **value < 0.0) {
        each(matrix.len(), |_, i, j| {
            projected.set(i, j, projected.get(i, j) - value * vector[i] * vector[j]);
        });
    }
    projected
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(n: usize, below: &[f64]) -> SymmetricMatrix {
        let mut matrix = SymmetricMatrix::identity(n);
        let mut values = below.iter();
        for i in 0..n {
            for j in 0..i {
                matrix.set(i, j, *values.next().unwrap());
            }
        }
        matrix
    }

    /// The example in Higham's paper (section 4).
    #[test]
    fn the_published_case_is_reproduced() {
        let found = nearest_correlation(&of(3, &[1.0, 0.0, 1.0])).unwrap();
        let expected = of(3, &[0.7607, 0.1573, 0.7607]);
        assert!(found.is_changed && found.matrix.distance(&expected) < 5e-5, "{:?}", found.matrix);
    }

    proptest! {
        #[test]
        fn what_comes_out_is_a_correlation_matrix_and_stays_so(
            n in 1_usize..8,
            below in prop::collection::vec(-1.0_f64..=1.0, 28),
        ) {
            let wanted = of(n, &below);
            let found = nearest_correlation(&wanted).unwrap();
            prop_assert!(eigen(&found.matrix).least() >= 0.998 * LEAST_EIGENVALUE);
            for i in 0..n {
                prop_assert_eq!(found.matrix.get(i, i), 1.0);
                for j in 0..i {
                    prop_assert!(found.matrix.get(i, j).abs() <= 1.0);
                    let dot: f64 = found.factor[i].iter().zip(&found.factor[j]).map(|(a, b)| a * b).sum();
                    prop_assert!((dot - found.matrix.get(i, j)).abs() < 1e-12);
                }
            }
            let again = nearest_correlation(&found.matrix).unwrap();
            prop_assert!(!again.is_changed);
            prop_assert_eq!(again.matrix, found.matrix);
        }
    }
}
