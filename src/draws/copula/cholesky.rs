//! The triangular factor of a positive definite matrix.

use super::SymmetricMatrix;

/// Rows that are made together: their sums do not wait for each other.
const TOGETHER: usize = 8;

/// The rows of the lower triangle `L` with `L L' = matrix - shift I`; [`None`] if that is not positive
/// definite. Every sum runs from the first column on, whichever rows are made together.
pub(super) fn cholesky(matrix: &SymmetricMatrix, shift: f64) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n);
    for first in (0..n).step_by(TOGETHER) {
        let count = TOGETHER.min(n - first);
        // By column, the values of the rows at hand.
        let mut columns = vec![[0.0; TOGETHER]; first + count];
        for (j, known) in rows.iter().enumerate() {
            let sums = products(&columns[..j], known);
            for (at, sum) in sums.into_iter().enumerate().take(count) {
                columns[j][at] = (matrix.get(first + at, j) - sum) / known[j];
            }
        }
        for at in 0..count {
            let i = first + at;
            for other in 0..at {
                let j = first + other;
                let dot: f64 = columns[..j].iter().map(|column| column[at] * column[other]).sum();
                columns[j][at] = (matrix.get(i, j) - dot) / columns[j][other];
            }
            let squares: f64 = columns[..i].iter().map(|column| column[at] * column[at]).sum();
            let rest = matrix.get(i, i) - shift - squares;
            if !(rest > 0.0 && rest.is_finite()) {
                return None;
            }
            columns[i][at] = rest.sqrt();
        }
        rows.extend((0..count).map(|at| columns[..=first + at].iter().map(|column| column[at]).collect()));
    }
    Some(rows)
}

/// The sums of products of several rows with one.
fn products(columns: &[[f64; TOGETHER]], row: &[f64]) -> [f64; TOGETHER] {
    let mut sums = [-0.0; TOGETHER];
    for (column, x) in columns.iter().zip(row) {
        sums.iter_mut().zip(column).for_each(|(sum, value)| *sum += value * x);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_of_a_hand_case_is_found_and_an_indefinite_matrix_refused() {
        let mut matrix = SymmetricMatrix::identity(3);
        for (i, j, value) in [(0, 1, 0.6), (0, 2, 0.8), (1, 2, 0.48)] {
            matrix.set(i, j, value);
        }
        let rows = cholesky(&matrix, 0.0).unwrap();
        let expected = [vec![1.0], vec![0.6, 0.8], vec![0.8, 0.0, 0.6]];
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(rows.iter().zip(&expected).all(|(a, b)| near(a, b)), "{rows:?}");
        matrix.set(1, 2, -0.9);
        assert_eq!(cholesky(&matrix, 0.0), None);
    }

    /// Row by row, as the textbook has it.
    fn one_by_one(matrix: &SymmetricMatrix) -> Vec<Vec<f64>> {
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for i in 0..matrix.len() {
            let mut row: Vec<f64> = Vec::new();
            for (j, known) in rows.iter().enumerate() {
                let dot: f64 = row.iter().zip(known).map(|(a, b)| a * b).sum();
                row.push((matrix.get(i, j) - dot) / known[j]);
            }
            row.push((matrix.get(i, i) - row.iter().map(|a| a * a).sum::<f64>()).sqrt());
            rows.push(row);
        }
        rows
    }

    #[test]
    fn rows_made_together_are_those_made_one_by_one() {
        // Seen to fail when sums of the rows at hand begin after those of the rows before.
        for n in [1, 7, 8, 9, 30] {
            let mut matrix = SymmetricMatrix::identity(n);
            (0..n).for_each(|i| (0..i).for_each(|j| matrix.set(i, j, 0.2 + 0.1 * ((i * 7 + j) % 5) as f64)));
            (0..n).for_each(|i| matrix.set(i, i, 9.0 + i as f64));
            assert_eq!(cholesky(&matrix, 0.0).unwrap(), one_by_one(&matrix));
        }
    }
}
