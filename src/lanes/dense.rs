//! Loops over rows of large dense matrices.
//!
//! Sums run over a fixed tree of lanes, so that they are the same bits on every instruction set.

use super::for_each_set;

/// Lanes of a sum.
const TREE: usize = 16;

/// Reflections that are made together.
pub const TOGETHER: usize = 4;

/// Columns of a [`Panel`].
pub const PANEL: usize = 32;

/// Some columns of a matrix, row by row: small enough that all rows stay near the processor.
pub type Panel = Vec<[f64; PANEL]>;

/// The sum of products over a fixed tree.
#[inline(always)]
fn dot_of(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<TREE>(), b.as_chunks::<TREE>());
    let mut sums = [0.0; TREE];
    for (a, b) in a.iter().zip(b) {
        for at in 0..TREE {
            sums[at] += a[at] * b[at];
        }
    }
    let mut width = TREE / 2;
    while width > 0 {
        for at in 0..width {
            sums[at] += sums[at + width];
        }
        width /= 2;
    }
    a_rest.iter().zip(b_rest).fold(sums[0], |sum, (a, b)| sum + a * b)
}

for_each_set! {
    /// The sum of products.
    pub fn dot(a: &[f64], b: &[f64]) -> f64 {
        dot_of(a, b)
    }

    /// `row -= v_i w + w_i v`, where the vectors lie beside the row.
    pub fn less_rank_two(row: &mut [f64], factors: (f64, f64), v: &[f64], w: &[f64]) {
        let (v_i, w_i) = factors;
        for ((a, v), w) in row.iter_mut().zip(v).zip(w) {
            *a -= v_i * w + w_i * v;
        }
    }

    /// One step of a reduction to three diagonals: of a symmetric matrix of `n` rows, of which the upper triangle
    /// is kept, the rows from `first` on become `A - v w' - w v'`, and `product` the product of what they become
    /// with `x`. Vectors have `n` values, of which those before `first` are not read.
    pub fn reduce(a: &mut [f64], shape: (usize, usize), old: (&[f64], &[f64]), x: &[f64], product: &mut [f64]) {
        let ((n, first), (v, w)) = (shape, old);
        product[first..].fill(0.0);
        for i in first..n {
            let row = &mut a[i * n + i..(i + 1) * n];
            let (v_i, w_i, x_i) = (v[i], w[i], x[i]);
            for ((a, v), w) in row.iter_mut().zip(&v[i..]).zip(&w[i..]) {
                *a -= v_i * w + w_i * v;
            }
            product[i] += row[0] * x_i + dot_of(&row[1..], &x[i + 1..]);
            for (product, a) in product[i + 1..].iter_mut().zip(&row[1..]) {
                *product += x_i * a;
            }
        }
    }

    /// Reflects rows at [`TOGETHER`] vectors, each as long as there are rows, the last first:
    /// `rows -= tau v (v' rows)`. `among` holds the products of the vectors with each other.
    pub fn reflect(
        rows: &mut [[f64; PANEL]],
        vectors: &[&[f64]; TOGETHER],
        taus: &[f64; TOGETHER],
        among: &[[f64; TOGETHER]; TOGETHER],
    ) {
        let n = rows.len();
        let vectors = vectors.map(|vector| &vector[..n]);
        let mut sums = [[0.0; PANEL]; TOGETHER];
        for (i, row) in rows.iter().enumerate() {
            for (sum, vector) in sums.iter_mut().zip(&vectors) {
                let factor = vector[i];
                for at in 0..PANEL {
                    sum[at] += factor * row[at];
                }
            }
        }
        // What an earlier reflection changes of the products of the later ones.
        for number in (0..TOGETHER).rev() {
            let mut own = sums[number];
            for other in number + 1..TOGETHER {
                let factor = among[number][other];
                for at in 0..PANEL {
                    own[at] -= factor * sums[other][at];
                }
            }
            for at in 0..PANEL {
                sums[number][at] = taus[number] * own[at];
            }
        }
        for (i, row) in rows.iter_mut().enumerate() {
            let mut less = [0.0; PANEL];
            for (sum, vector) in sums.iter().zip(&vectors) {
                let factor = vector[i];
                for at in 0..PANEL {
                    less[at] += factor * sum[at];
                }
            }
            for at in 0..PANEL {
                row[at] -= less[at];
            }
        }
    }

    /// Turns each row with the one before it, from the last on: one cosine and sine per pair, in that order.
    pub fn turn_rows(rows: &mut [[f64; PANEL]], turns: &[(f64, f64)]) {
        let Some(last) = rows.len().checked_sub(1) else { return };
        let mut carried = rows[last];
        for (at, (c, s)) in (0..last).rev().zip(turns) {
            let row = rows[at];
            for lane in 0..PANEL {
                rows[at + 1][lane] = s * row[lane] + c * carried[lane];
            }
            for lane in 0..PANEL {
                carried[lane] = c * row[lane] - s * carried[lane];
            }
        }
        rows[0] = carried;
    }

    /// `out += sum of weight a b'` over the rows of two panels.
    pub fn add_products(out: &mut [[f64; PANEL]; PANEL], a: &[[f64; PANEL]], b: &[[f64; PANEL]], weights: &[f64]) {
        for ((a, b), weight) in a.iter().zip(b).zip(weights).filter(|(_, weight)| **weight != 0.0) {
            for (out, a) in out.iter_mut().zip(a) {
                let factor = weight * a;
                for at in 0..PANEL {
                    out[at] += factor * b[at];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::InstructionSet;

    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        let value = |at: usize| ((at * 7_919 % 1_009) as f64 - 500.0) / 37.0;
        let row = |from: usize| -> Vec<f64> { (from..from + 61).map(value).collect() };
        let panel = |from: usize| -> Panel {
            (0..9).map(|row| std::array::from_fn(|at| value(from + row * PANEL + at))).collect()
        };
        let all = InstructionSet::available().iter().map(|&set| {
            let (v, w, x) = (row(3), row(50), row(77));
            let mut matrix: Vec<f64> = (0..61 * 61).map(value).collect();
            let mut product = vec![0.0; 61];
            reduce(set, &mut matrix, (61, 5), (&v, &w), &x, &mut product);
            less_rank_two(set, &mut matrix[..61], (0.3, -0.7), &v, &w);
            let mut rows = panel(1);
            reflect(set, &mut rows, &[&v, &w, &x, &v], &[0.3, 0.1, 0.0, 0.2], &[[0.5; TOGETHER]; TOGETHER]);
            turn_rows(set, &mut rows, &[(0.6, 0.8); 8]);
            let mut out = [[0.0; PANEL]; PANEL];
            add_products(set, &mut out, &rows, &panel(4), &w[..9]);
            let floats = [matrix, product, rows.concat(), out.concat(), vec![dot(set, &v, &x)]].concat();
            floats.into_iter().map(f64::to_bits).collect::<Vec<u64>>()
        });
        let all: Vec<_> = all.collect();
        assert!(all.iter().all(|bits| *bits == all[0]));
    }
}
