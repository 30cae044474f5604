//! What responses are bought for.

use std::fmt;
use std::str::FromStr;

use crate::engine::Ends;
use crate::units::Percentile;

/// What is to be as early, as cheap or as probable as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// A percentile of the finish.
    Finish(Percentile),
    /// A percentile of the cost, the responses' own cost included.
    Cost(Percentile),
    /// What the program is worth, the responses' own cost included: more is better.
    Npv(NpvMeasure),
    /// The probability that the targets of the program are kept: its date, its budget, or both together.
    Target,
}

/// What of the net present value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NpvMeasure {
    /// Its mean.
    Mean,
    /// A percentile: at P20 what is exceeded with 80 % probability.
    Percentile(Percentile),
}

impl NpvMeasure {
    /// Reads it off the iterations of a version, in minor units, the mean rounded; [`None`] where nothing is
    /// discounted.
    #[must_use]
    pub fn of(self, ends: &Ends) -> Option<i64> {
        match self {
            Self::Percentile(level) => ends.worth_percentile(level),
            Self::Mean => {
                let n = i128::try_from(ends.worth.len()).ok().filter(|n| *n > 0)?;
                let sum: i128 = ends.worth.iter().map(|&worth| i128::from(worth)).sum();
                i64::try_from((2 * sum + n).div_euclid(2 * n)).ok()
            }
        }
    }
}

impl fmt::Display for NpvMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => f.write_str("mean"),
            Self::Percentile(level) => f.write_str(&level.to_string().to_lowercase()),
        }
    }
}

/// Why a text is no objective.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not something to buy responses for: use finish.p80, cost.p80, npv.mean, npv.p20 or target")]
pub struct ObjectiveError(pub String);

impl FromStr for Objective {
    type Err = ObjectiveError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ObjectiveError(text.to_owned());
        if text == "target" {
            return Ok(Self::Target);
        }
        let level = |level: &str| {
            level
                .strip_prefix(['p', 'P'])
                .and_then(|level| level.parse::<Percentile>().ok())
                .ok_or_else(wrong)
        };
        match text.split_once('.') {
            Some(("finish", of)) => Ok(Self::Finish(level(of)?)),
            Some(("cost", of)) => Ok(Self::Cost(level(of)?)),
            Some(("npv", "mean")) => Ok(Self::Npv(NpvMeasure::Mean)),
            Some(("npv", of)) => Ok(Self::Npv(NpvMeasure::Percentile(level(of)?))),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finish(level) => write!(f, "finish.{}", level.to_string().to_lowercase()),
            Self::Cost(level) => write!(f, "cost.{}", level.to_string().to_lowercase()),
            Self::Npv(measure) => write!(f, "npv.{measure}"),
            Self::Target => f.write_str("target"),
        }
    }
}

impl Objective {
    /// The percentile that dates and costs are told at.
    #[must_use]
    pub fn level(self) -> Percentile {
        match self {
            Self::Finish(level) | Self::Cost(level) => level,
            Self::Npv(_) | Self::Target => Percentile::P80,
        }
    }

    /// What of the net present value is told.
    #[must_use]
    pub fn npv(self) -> NpvMeasure {
        match self {
            Self::Npv(measure) => measure,
            _ => NpvMeasure::Mean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objectives_are_read_or_refused() {
        for good in ["finish.p80", "cost.p97.5", "npv.mean", "npv.p20", "target"] {
            assert_eq!(good.parse::<Objective>().unwrap().to_string(), good);
        }
        for bad in ["", "finish", "finish.80", "finish.p0", "npv", "npv.sd", "finish.mean"] {
            assert_eq!(bad.parse::<Objective>(), Err(ObjectiveError(bad.to_owned())));
        }
    }
}
