//! Symmetric matrices.

/// A symmetric matrix, whole in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct SymmetricMatrix {
    n: usize,
    /// Row by row.
    values: Vec<f64>,
}

impl SymmetricMatrix {
    /// The unit matrix.
    #[must_use]
    pub fn identity(n: usize) -> Self {
        let mut values = vec![0.0; n * n];
        (0..n).for_each(|i| values[i * n + i] = 1.0);
        Self { n, values }
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// The value in a row and a column.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.n + column]
    }

    /// Sets the value in a row and a column, and that mirrored.
    #[inline]
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.n + column] = value;
        self.values[column * self.n + row] = value;
    }

    /// One row.
    #[must_use]
    #[inline]
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.n..][..self.n]
    }

    /// The largest distance of two values in the same place.
    #[must_use]
    pub fn distance(&self, other: &Self) -> f64 {
        let both = self.values.iter().zip(&other.values);
        both.fold(0.0, |most, (a, b)| f64::max(most, (a - b).abs()))
    }
}
