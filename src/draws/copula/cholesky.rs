//! The triangular factor of a positive definite matrix.

use super::SymmetricMatrix;

/// The rows of the lower triangle `L` with `L L' = matrix - shift I`; [`None`] if that is not positive
/// definite.
pub(super) fn cholesky(matrix: &SymmetricMatrix, shift: f64) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for i in 0..matrix.len() {
        let mut row = Vec::with_capacity(i + 1);
        for (j, known) in rows.iter().enumerate() {
            let dot: f64 = row.iter().zip(known).map(|(a, b)| a * b).sum();
            row.push((matrix.get(i, j) - dot) / known[j]);
        }
        let rest = matrix.get(i, i) - shift - row.iter().map(|a| a * a).sum::<f64>();
        if !(rest > 0.0 && rest.is_finite()) {
            return None;
        }
        row.push(rest.sqrt());
        rows.push(row);
    }
    Some(rows)
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
}
