//! A percentile of a date or an amount, such as `finish.p80`, at which an iteration is looked for.

use std::fmt;
use std::str::FromStr;

use super::ConditionError;
use super::scope::{Scope, split};
use crate::model::Program;
use crate::results::{First, Results};
use crate::units::Percentile;

/// A percentile of something that a program has.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    scope: Scope,
    level: Percentile,
    text: String,
}

impl Spot {
    /// Checks that the program has what it names.
    ///
    /// # Errors
    /// [`ConditionError::UnknownPart`].
    pub fn check(&self, program: &Program) -> Result<(), ConditionError> {
        self.scope.part(program).map(drop)
    }

    /// What to look for to find the first iteration at this percentile; [`None`] if the percentile falls
    /// among the iterations without a result.
    #[must_use]
    pub fn wanted(&self, program: &Program, results: &Results) -> Option<First> {
        let value = self.scope.outcome(program, results)?.percentile(self.level)?;
        let part = self.scope.part(program).ok()?;
        Some(match self.scope {
            Scope::Npv => First::worth(value),
            _ => First::new(part, self.scope.is_money(), value),
        })
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Spot {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || ConditionError::UnknownMeasure(text.trim().to_owned());
        let (place, level) = split(text.trim()).ok_or_else(unknown)?;
        let level = level.parse().map_err(|_| unknown())?;
        let scope = Scope::read(place).ok_or_else(unknown)?;
        Ok(Self { scope, level, text: text.trim().to_owned() })
    }
}
