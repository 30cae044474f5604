//! Why numbers do not make a law.

/// Why the given parameters do not make a law.
///
/// One enum for all laws: the conditions are the same few, and a caller adds the estimate's name.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// A parameter is NaN or infinite.
    #[error("{name} must be a finite number, found {value}")]
    NotFinite {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter that must be above zero is not.
    #[error("{name} must be above 0, found {value}")]
    NotPositive {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter lies outside the range in which the law can be computed to full precision.
    #[error("{name} must lie between {min} and {max}, found {value}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The least value that is accepted.
        min: f64,
        /// The greatest value that is accepted.
        max: f64,
    },
    /// Low, most likely and high are not in ascending order.
    #[error("need low <= most likely <= high, found {low} / {mode} / {high}")]
    OutOfOrder {
        /// The low value.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// The high value.
        high: f64,
    },
    /// The lower end is above the upper end.
    #[error("need low <= high, found {low} / {high}")]
    EndsOutOfOrder {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// The two ends are equal, so nothing is uncertain.
    #[error("low and high are both {0}; use `fixed` for a certain value")]
    Certain(f64),
    /// The two percentiles are not `0 <= p < q <= 1`.
    #[error("need 0 <= p < q <= 1 for the percentiles, found {p} and {q}")]
    Percentiles {
        /// The lower share.
        p: f64,
        /// The upper share.
        q: f64,
    },
    /// No law of this family has the given percentiles and mode.
    #[error(
        "no {family} has its P{p} at {low}, its mode at {mode} and its P{q} at {high}",
        p = .p * 100.0,
        q = .q * 100.0
    )]
    NoSolution {
        /// The family of laws.
        family: &'static str,
        /// The lower percentile's value.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// The upper percentile's value.
        high: f64,
        /// The lower share.
        p: f64,
        /// The upper share.
        q: f64,
    },
    /// A list of values is empty.
    #[error("needs at least one value")]
    Empty,
    /// Two lists that belong together differ in length.
    #[error("{values} values need as many weights, found {weights}")]
    Lengths {
        /// How many values.
        values: usize,
        /// How many weights or probabilities.
        weights: usize,
    },
    /// A probability or weight is negative.
    #[error("a probability or weight must not be negative, found {0}")]
    NegativeWeight(f64),
    /// Probabilities do not sum to 1, or weights sum to nothing.
    #[error("the probabilities sum to {0}, not to 1")]
    Sum(f64),
    /// The shares of a cumulative curve do not run from 0 to 1 in ascending order.
    #[error("the shares must ascend strictly from 0 to 1, found {0}")]
    Shares(f64),
    /// The values of a cumulative curve descend.
    #[error("the values must not descend, found {after} after {before}")]
    Descending {
        /// The earlier value.
        before: f64,
        /// The later, smaller value.
        after: f64,
    },
}

/// Refuses NaN and infinities.
pub(super) fn finite(name: &'static str, value: f64) -> Result<f64, LawError> {
    if value.is_finite() { Ok(value) } else { Err(LawError::NotFinite { name, value }) }
}

/// Refuses anything but a finite number above zero.
pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, LawError> {
    if finite(name, value)? > 0.0 { Ok(value) } else { Err(LawError::NotPositive { name, value }) }
}

/// Refuses a finite number outside `min..=max`.
pub(super) fn within(name: &'static str, value: f64, min: f64, max: f64) -> Result<f64, LawError> {
    if (min..=max).contains(&finite(name, value)?) {
        Ok(value)
    } else {
        Err(LawError::OutOfRange { name, value, min, max })
    }
}

/// Refuses ends that are not finite, out of order or equal.
pub(super) fn ends(low: f64, high: f64) -> Result<(), LawError> {
    finite("low", low)?;
    finite("high", high)?;
    finite("high - low", high - low)?;
    if low > high {
        return Err(LawError::EndsOutOfOrder { low, high });
    }
    if low == high { Err(LawError::Certain(low)) } else { Ok(()) }
}

/// Refuses three points that are not finite, out of order, or all equal.
pub(super) fn three_points(low: f64, mode: f64, high: f64) -> Result<(), LawError> {
    finite("low", low)?;
    finite("most likely", mode)?;
    finite("high", high)?;
    finite("high - low", high - low)?;
    if !(low <= mode && mode <= high) {
        return Err(LawError::OutOfOrder { low, mode, high });
    }
    if low == high { Err(LawError::Certain(low)) } else { Ok(()) }
}

/// Refuses a pair of shares that is not `0 < p < q < 1`.
pub(super) fn percentiles(p: f64, q: f64) -> Result<(), LawError> {
    if 0.0 < p && p < q && q < 1.0 { Ok(()) } else { Err(LawError::Percentiles { p, q }) }
}
