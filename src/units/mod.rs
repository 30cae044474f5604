//! Quantities with their units: instants, durations, money, percentiles, probabilities.
//!
//! **Invariant:** no arithmetic between different units compiles, and nothing here knows what a task is.

mod duration;
mod instant;
mod money;
mod percentile;
mod probability;
mod rank_correlation;

pub use duration::{DurationText, DurationUnit, ParseDurationError, WorkScale};
pub use instant::{Instant, ParseInstantError};
pub use money::{Currency, Money, ParseCurrencyError};
pub use percentile::{ParsePercentileError, Percentile};
pub use probability::{Probability, ProbabilityError};
pub use rank_correlation::{RankCorrelation, RankCorrelationError, RankMeasure, spearman_of_scores};
