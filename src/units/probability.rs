//! Probabilities.

/// A probability, `0 <= p <= 1`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(f64);

/// Why a number is not a probability.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{0} is not a probability: it must lie between 0 and 1")]
pub struct ProbabilityError(pub f64);

impl Probability {
    /// The impossible.
    pub const NEVER: Self = Self(0.0);
    /// The certain.
    pub const ALWAYS: Self = Self(1.0);

    /// Checks the bounds.
    ///
    /// # Errors
    /// [`ProbabilityError`] if `p` is outside `0..=1` or not a number.
    pub fn new(p: f64) -> Result<Self, ProbabilityError> {
        if (0.0..=1.0).contains(&p) { Ok(Self(p)) } else { Err(ProbabilityError(p)) }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}
