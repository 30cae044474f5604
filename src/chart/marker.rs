//! Named values on the axis of a confidence chart.

use super::style::{BEYOND, COMMIT, Colour, MEDIAN, PLAN, TARGET};
use crate::units::Percentile;

/// The levels that confidence charts mark.
pub(super) const LEVELS: [Percentile; 3] = [Percentile::P50, Percentile::P80, Percentile::whole(90)];

/// A named value with the probability that the outcome is at or below it.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    /// What it is.
    pub(super) kind: Kind,
    /// Its place on the axis.
    pub(super) at: f64,
    /// The value in words.
    pub(super) value: String,
    /// The probability, if known.
    pub(super) share: Option<f64>,
    /// The 95 % interval in words, of the value or of the probability.
    pub(super) interval: Option<String>,
}

/// What a marker marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A percentile.
    Level(Percentile),
    /// The deterministic plan.
    Plan,
    /// The promise.
    Target,
    /// Where nothing is gained or lost.
    BreakEven,
}

impl Kind {
    /// A short name, for flags.
    pub(super) fn short(self) -> String {
        match self {
            Self::Level(level) => level.to_string(),
            Self::Plan => "Plan".into(),
            Self::Target => "Target".into(),
            Self::BreakEven => "Zero".into(),
        }
    }

    /// The name in full.
    pub(super) fn name(self) -> String {
        match self {
            Self::Plan => "Deterministic plan".into(),
            Self::BreakEven => "Nothing gained".into(),
            other => other.short(),
        }
    }

    /// The colour of its line; white text on it is legible.
    pub(super) fn colour(self) -> Colour {
        match self {
            Self::Level(Percentile::P50) => MEDIAN,
            Self::Level(Percentile::P80) => COMMIT,
            Self::Level(_) => BEYOND,
            Self::Plan => PLAN,
            Self::Target | Self::BreakEven => TARGET,
        }
    }

    /// Whether its line is dashed.
    pub(super) fn is_dashed(self) -> bool {
        self == Self::Plan
    }
}
