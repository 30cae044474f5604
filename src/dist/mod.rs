//! Probability laws, one per file: parameters, moments, quantile function.
//!
//! **Invariant:** nothing here draws a random number.

/// Any of the laws.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// A certain value.
    Fixed(f64),
}

impl Law {
    /// A certain value.
    #[must_use]
    pub fn fixed(value: f64) -> Self {
        Self::Fixed(value)
    }
}
