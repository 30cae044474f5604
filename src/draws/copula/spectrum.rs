//! Eigenvalues and eigenvectors of large symmetric matrices.

use rayon::prelude::*;

use crate::lanes::{self, InstructionSet, PANEL, Panel, TOGETHER};

use super::SymmetricMatrix;

/// Sweeps that any one eigenvalue needs at most; two are usual.
const SWEEPS: usize = 60;

/// Eigenvalues with their vectors, which lie in the rows of panels of columns.
#[derive(Clone, Debug)]
pub(super) struct Spectrum {
    n: usize,
    pub(super) values: Vec<f64>,
    panels: Vec<Panel>,
}

/// A matrix brought to three diagonals by reflections.
struct Reduced {
    diagonal: Vec<f64>,
    beside: Vec<f64>,
    /// Row `k` holds the vector of reflection `k` from column `k + 1` on, and nothing before.
    vectors: Vec<f64>,
    /// Two over the square of each vector; 0 where nothing is reflected.
    taus: Vec<f64>,
}

/// Rotations of neighbouring rows `first..first + turns.len()` and the next, the last pair first.
struct Sweep {
    first: usize,
    turns: Vec<(f64, f64)>,
}

impl Spectrum {
    /// Decomposes a matrix plus what is added to its diagonal: reflections to three diagonals, and implicit QL
    /// rotations of those, which are applied to one panel of columns at a time. [`None`] where numbers are not
    /// finite.
    ///
    /// # Source
    /// Householder (1958), "Unitary triangularization of a nonsymmetric matrix", *Journal of the ACM* 5; Bowdler,
    /// Martin, Reinsch & Wilkinson (1968), "The QR and QL algorithms for symmetric matrices", *Numerische
    /// Mathematik* 11.
    pub fn of(matrix: &SymmetricMatrix, added: &[f64]) -> Option<Self> {
        let (n, set) = (matrix.len(), InstructionSet::best());
        let mut reduced = reduce(matrix, added, set);
        let sweeps = sweep(&mut reduced.diagonal, &mut reduced.beside)?;
        let reflected = reduced.product(set);
        let panel = |number: usize| {
            // Columns of the transpose are rows of the product.
            let columns = number * PANEL..n.min((number + 1) * PANEL);
            let mut rows: Panel = (0..n)
                .map(|row| {
                    let mut values = [0.0; PANEL];
                    let part = &reflected[row / PANEL][columns.clone()];
                    values.iter_mut().zip(part).for_each(|(value, from)| *value = from[row % PANEL]);
                    values
                })
                .collect();
            for Sweep { first, turns } in &sweeps {
                lanes::turn_rows(set, &mut rows[*first..=*first + turns.len()], turns);
            }
            rows
        };
        let panels = (0..n.div_ceil(PANEL)).into_par_iter().map(panel).collect();
        Some(Self { n, values: reduced.diagonal, panels })
    }

    /// The diagonal of the matrix without its negative part.
    pub fn positive_diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.panels.len() * PANEL];
        for (panel, sums) in self.panels.iter().zip(diagonal.as_chunks_mut::<PANEL>().0) {
            for (row, value) in panel.iter().zip(&self.values).filter(|(_, value)| **value > 0.0) {
                sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += value * x * x);
            }
        }
        diagonal.truncate(self.n);
        diagonal
    }

    /// The matrix without its negative part.
    pub fn positive_part(&self) -> SymmetricMatrix {
        let (set, count) = (InstructionSet::best(), self.panels.len());
        let weights: Vec<f64> = self.values.iter().map(|value| value.max(0.0)).collect();
        let pairs: Vec<(usize, usize)> = (0..count).flat_map(|a| (0..=a).map(move |b| (a, b))).collect();
        let block = |&(a, b): &(usize, usize)| {
            let mut sums = Box::new([[0.0; PANEL]; PANEL]);
            lanes::add_products(set, &mut sums, &self.panels[a], &self.panels[b], &weights);
            ((a * PANEL, b * PANEL), sums)
        };
        let blocks: Vec<_> = pairs.par_iter().map(block).collect();
        let mut part = SymmetricMatrix::identity(self.n);
        for ((first, second), sums) in blocks {
            for (i, row) in (first..self.n).zip(sums.iter()) {
                for (j, &sum) in (second..=i).zip(row) {
                    part.set(i, j, sum);
                }
            }
        }
        part
    }
}

impl Reduced {
    /// The product of all reflections, in panels of columns: from the last reflection on, so that a column is only
    /// touched by those that begin before it.
    fn product(&self, set: InstructionSet) -> Vec<Panel> {
        let n = self.diagonal.len();
        let none = vec![0.0; n];
        let vector = |k: usize, first: usize| match self.taus.get(k) {
            Some(_) => &self.vectors[k * n + first + 1..(k + 1) * n],
            None => &none[first + 1..],
        };
        // By group: the scales, and the products of the vectors with each other.
        let groups: Vec<_> = (0..self.taus.len())
            .step_by(TOGETHER)
            .map(|first| {
                let taus = std::array::from_fn(|at| self.taus.get(first + at).copied().unwrap_or(0.0));
                let vectors: [&[f64]; TOGETHER] = std::array::from_fn(|at| vector(first + at, first));
                let among = vectors.map(|a| vectors.map(|b| lanes::dot(set, a, b)));
                (first, vectors, taus, among)
            })
            .collect();
        let panel = |number: usize| {
            let end = n.min((number + 1) * PANEL);
            let mut rows: Panel = vec![[0.0; PANEL]; n];
            for (at, column) in (number * PANEL..end).enumerate() {
                rows[column][at] = 1.0;
            }
            for (first, vectors, taus, among) in groups.iter().rev().filter(|group| group.0 + 1 < end) {
                lanes::reflect(set, &mut rows[first + 1..], vectors, taus, among);
            }
            rows
        };
        (0..n.div_ceil(PANEL)).into_par_iter().map(panel).collect()
    }
}

/// Brings a matrix to three diagonals. Every step reflects one row and applies the reflection before it to the rest in
/// the same walk through memory.
fn reduce(matrix: &SymmetricMatrix, added: &[f64], set: InstructionSet) -> Reduced {
    let n = matrix.len();
    let mut a: Vec<f64> = (0..n).flat_map(|i| matrix.row(i)).copied().collect();
    added.iter().enumerate().for_each(|(i, added)| a[i * n + i] += added);
    let (mut diagonal, mut beside) = (vec![0.0; n], vec![0.0; n]);
    let mut taus = vec![0.0; n.saturating_sub(2)];
    let (mut v, mut w) = (vec![0.0; n], vec![0.0; n]);
    let (mut x, mut product) = (vec![0.0; n], vec![0.0; n]);
    for k in 0..n {
        let row = &mut a[k * n + k..(k + 1) * n];
        lanes::less_rank_two(set, row, (v[k], w[k]), &v[k..], &w[k..]);
        diagonal[k] = row[0];
        if k + 2 >= n {
            if k + 2 == n {
                beside[k] = row[1];
            }
            continue;
        }
        x[k + 1..].copy_from_slice(&row[1..]);
        let norm = lanes::dot(set, &x[k + 1..], &x[k + 1..]).sqrt();
        let rest = lanes::dot(set, &x[k + 2..], &x[k + 2..]);
        if rest == 0.0 {
            // Nothing to reflect: what is pending is applied all the same.
            beside[k] = x[k + 1];
            x[k + 1..].fill(0.0);
        } else {
            let target = -norm.copysign(x[k + 1]);
            beside[k] = target;
            x[k + 1] -= target;
            taus[k] = 2.0 / lanes::dot(set, &x[k + 1..], &x[k + 1..]);
        }
        a[k * n + k + 1..(k + 1) * n].copy_from_slice(&x[k + 1..]);
        lanes::reduce(set, &mut a, (n, k + 1), (&v, &w), &x, &mut product);
        let tau = taus[k];
        let half = 0.5 * tau * tau * lanes::dot(set, &product[k + 1..], &x[k + 1..]);
        for i in k + 1..n {
            v[i] = x[i];
            w[i] = tau * product[i] - half * x[i];
        }
    }
    (0..n).for_each(|k| a[k * n..=k * n + k].fill(0.0));
    Reduced { diagonal, beside, vectors: a, taus }
}

/// Takes the numbers beside the diagonal to zero; the diagonal becomes the eigenvalues.
fn sweep(d: &mut [f64], e: &mut [f64]) -> Option<Vec<Sweep>> {
    let n = d.len();
    let mut sweeps = Vec::new();
    for l in 0..n {
        for round in 0.. {
            let small = |at: usize| e[at].abs() <= f64::EPSILON * (d[at].abs() + d[at + 1].abs());
            let m = (l..n - 1).find(|&at| small(at)).unwrap_or(n - 1);
            if m == l {
                break;
            }
            if round == SWEEPS {
                return None;
            }
            let mut g = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let r = (g * g + 1.0).sqrt();
            g = d[m] - d[l] + e[l] / (g + r.copysign(g));
            let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
            let mut turns = Vec::with_capacity(m - l);
            let mut first = l;
            for i in (l..m).rev() {
                let (f, b) = (s * e[i], c * e[i]);
                let r = (f * f + g * g).sqrt();
                e[i + 1] = r;
                if r == 0.0 {
                    // The matrix falls apart here.
                    d[i + 1] -= p;
                    e[m] = 0.0;
                    first = i + 1;
                    break;
                }
                (s, c) = (f / r, g / r);
                g = d[i + 1] - p;
                let r = (d[i] - g) * s + 2.0 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                turns.push((c, s));
            }
            if first == l {
                d[l] -= p;
                e[l] = g;
                e[m] = 0.0;
            }
            sweeps.push(Sweep { first, turns });
        }
    }
    d.iter().all(|value| value.is_finite()).then_some(sweeps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::copula::eigen::eigen;

    fn some(n: usize, rank: usize) -> SymmetricMatrix {
        let mut matrix = SymmetricMatrix::identity(n);
        for i in 0..n {
            for j in 0..i {
                matrix.set(i, j, ((i % rank * 7 + j % rank * 13) % 19) as f64 / 9.5 - 1.0);
            }
        }
        matrix
    }

    #[test]
    fn eigenvalues_are_those_of_rotations_and_both_parts_give_the_matrix_back() {
        for (n, rank) in [(1, 9), (2, 9), (3, 9), (17, 99), (33, 99), (70, 99), (70, 4), (70, 1)] {
            let matrix = some(n, rank);
            let added: Vec<f64> = (0..n).map(|i| (i % 3) as f64 / 10.0).collect();
            let mut whole = matrix.clone();
            (0..n).for_each(|i| whole.set(i, i, 1.0 + added[i]));
            let found = Spectrum::of(&matrix, &added).unwrap();
            let (mut values, mut expected) = (found.values.clone(), eigen(&whole).values);
            values.sort_by(f64::total_cmp);
            expected.sort_by(f64::total_cmp);
            let most = values.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(most < 1e-12 * n as f64, "{n} {rank}: {most}");
            // What is left without the positive part is the negative part of the negative.
            let positive = found.positive_part();
            let mut negative = SymmetricMatrix::identity(n);
            (0..n).for_each(|i| (0..=i).for_each(|j| negative.set(i, j, -whole.get(i, j))));
            let lifted: Vec<f64> = vec![0.0; n];
            let other = Spectrum::of(&negative, &lifted).unwrap().positive_part();
            let mut back = SymmetricMatrix::identity(n);
            (0..n).for_each(|i| (0..=i).for_each(|j| back.set(i, j, positive.get(i, j) - other.get(i, j))));
            assert!(whole.distance(&back) < 1e-12 * n as f64, "{n} {rank}: {}", whole.distance(&back));
            let diagonal = found.positive_diagonal();
            (0..n).for_each(|i| assert!((diagonal[i] - positive.get(i, i)).abs() < 1e-12 * n as f64));
        }
    }
}
