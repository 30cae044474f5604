//! Eigenvalues and eigenvectors of symmetric matrices.

use super::SymmetricMatrix;

/// Eigenvalues with their vectors.
#[derive(Clone, Debug)]
pub(super) struct Eigen {
    pub(super) values: Vec<f64>,
    /// The vector of each value.
    pub(super) vectors: Vec<Vec<f64>>,
}

impl Eigen {
    /// The smallest eigenvalue.
    pub(super) fn least(&self) -> f64 {
        self.values.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Sweeps that any matrix needs at most; a dozen are usual.
const SWEEPS: usize = 64;

/// Decomposes by Jacobi's rotations, one after the other in a fixed order.
///
/// # Source
/// Jacobi (1846); the rotations as in Rutishauser (1966), "The Jacobi method for real symmetric matrices",
/// *Numerische Mathematik* 9.
pub(super) fn eigen(matrix: &SymmetricMatrix) -> Eigen {
    let n = matrix.len();
    // Rows of the matrix that becomes diagonal, and the vectors, as rows.
    let mut a: Vec<Vec<f64>> = (0..n).map(|i| matrix.row(i).to_vec()).collect();
    let mut v: Vec<Vec<f64>> = (0..n).map(|i| SymmetricMatrix::identity(n).row(i).to_vec()).collect();
    let size: f64 = a.iter().flatten().map(|x| x * x).sum();
    for _ in 0..SWEEPS {
        let off: f64 = (0..n).flat_map(|i| &a[i][..i]).map(|x| x * x).sum();
        if off <= 1e-30 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    Eigen { values: (0..n).map(|i| a[i][i]).collect(), vectors: v }
}

/// Takes the value in row `p` and column `q` to zero.
fn rotate(a: &mut [Vec<f64>], v: &mut [Vec<f64>], p: usize, q: usize) {
    let off = a[p][q];
    if off == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * off);
    let t = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    let (pp, qq) = (a[p][p] - t * off, a[q][q] + t * off);
    turn(a, p, q, c, s);
    turn(v, p, q, c, s);
    (a[p][p], a[q][q], a[p][q], a[q][p]) = (pp, qq, 0.0, 0.0);
    for k in (0..a.len()).filter(|&k| k != p && k != q) {
        (a[k][p], a[k][q]) = (a[p][k], a[q][k]);
    }
}

/// Turns two rows, `p` before `q`, by an angle.
fn turn(rows: &mut [Vec<f64>], p: usize, q: usize, c: f64, s: f64) {
    let (head, tail) = rows.split_at_mut(q);
    for (x, y) in head[p].iter_mut().zip(tail[0].iter_mut()) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_times_values_give_the_matrix_back() {
        for n in [1, 2, 3, 17, 40] {
            let mut matrix = SymmetricMatrix::identity(n);
            for i in 0..n {
                for j in 0..i {
                    matrix.set(i, j, ((i * 7 + j * 13) % 19) as f64 / 9.5 - 1.0);
                }
            }
            let eigen = eigen(&matrix);
            let mut back = SymmetricMatrix::identity(n);
            for i in 0..n {
                for j in 0..=i {
                    let parts = eigen.values.iter().zip(&eigen.vectors);
                    back.set(i, j, parts.map(|(value, vector)| value * vector[i] * vector[j]).sum());
                    let dot: f64 = eigen.vectors[i].iter().zip(&eigen.vectors[j]).map(|(a, b)| a * b).sum();
                    assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-12);
                }
            }
            assert!(matrix.distance(&back) < 1e-12, "{n}: {}", matrix.distance(&back));
        }
    }
}
