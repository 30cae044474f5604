//! Conditions on a forecast, such as `finish.p80 <= 2027-06-30`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::scope::{Scope, split};
use super::{Forecast, QuantityForecast};
use crate::model::Program;
use crate::results::Estimated;
use crate::units::{Instant, Percentile};

/// A condition that a forecast may or may not meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    text: String,
    scope: Scope,
    measure: Measure,
    comparison: Comparison,
    limit: f64,
    is_date: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Measure {
    Percentile(Percentile),
    Mean,
    /// The probability of the target.
    Target,
    /// The probability that it is above zero.
    Positive,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    AtMost,
    Below,
    AtLeast,
    Above,
}

/// Whether a condition holds, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It holds, and would at both ends of the interval.
    Surely,
    /// The point value meets it; the limit lies inside the interval.
    Closely,
    /// The point value misses it; the limit lies inside the interval.
    CloselyMissed,
    /// It does not hold, at neither end of the interval.
    SurelyMissed,
}

/// Why a text is not a condition, or cannot be answered for a program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// There is no comparison.
    #[error("`{0}` has no comparison: write for example `finish.p80 <= 2027-06-30`")]
    NoComparison(String),
    /// The left side is not known.
    #[error(
        "`{0}` is not something to compare: use finish.p80, finish.mean, finish.target, cost.p80, npv.p20, \
         npv.mean, npv.positive, projects.ID.finish.p80, projects.ID.cost.p80 or milestones.ID.p80"
    )]
    UnknownMeasure(String),
    /// The right side does not fit the left.
    #[error("`{value}` does not fit `{measure}`: expected {expected}")]
    BadLimit {
        /// The right side.
        value: String,
        /// The left side.
        measure: String,
        /// What would fit.
        expected: &'static str,
    },
    /// The program has no such project or milestone.
    #[error("the program has no {kind} `{id}`")]
    UnknownPart {
        /// What was looked for.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// The program has no net present value.
    #[error("the program has no net present value: `[money]` has no `discount_rate`")]
    NoCase,
    /// The program has no target there.
    #[error("`{0}` needs a target in the scenario")]
    NoTarget(String),
}

impl Condition {
    /// The percentile that a forecast must contain to answer it.
    #[must_use]
    pub fn level(&self) -> Option<Percentile> {
        match self.measure {
            Measure::Percentile(p) => Some(p),
            Measure::Mean | Measure::Target | Measure::Positive => None,
        }
    }

    /// Checks that the program has what the condition names.
    ///
    /// # Errors
    /// [`ConditionError::UnknownPart`], [`ConditionError::NoTarget`] or [`ConditionError::NoCase`].
    pub fn check(&self, program: &Program) -> Result<(), ConditionError> {
        let part = self.scope.part(program)?;
        let cost = self.scope.is_money();
        let mut targets = program.targets().iter().filter(|target| target.scope == part);
        let promised =
            targets.any(|target| if cost { target.budget.is_some() } else { target.finish.is_some() });
        match self.measure {
            Measure::Target if !promised || self.scope == Scope::Npv => {
                Err(ConditionError::NoTarget(self.text.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Compares the forecast with the limit. Something that never finishes meets no upper limit.
    #[must_use]
    pub fn evaluate(&self, program: &Program, forecast: &Forecast) -> Met {
        let Some(quantity) = self.quantity(program, forecast) else { return Met::SurelyMissed };
        let unit = if self.scope.is_money() { program.currency().minor_per_major() as f64 } else { 1.0 };
        let value = match self.measure {
            Measure::Percentile(p) => quantity.percentile(p).map(|estimate| Estimated {
                value: estimate.value as f64 / unit,
                low: estimate.low as f64 / unit,
                high: estimate.high.map(|high| high as f64 / unit),
            }),
            Measure::Mean => quantity.mean.map(|estimate| Estimated {
                value: estimate.value / unit,
                low: estimate.low / unit,
                high: estimate.high.map(|high| high / unit),
            }),
            Measure::Target => quantity.target.map(|target| target.probability),
            Measure::Positive => forecast.business_case.as_ref().map(|case| case.positive),
        };
        let Some(value) = value else {
            return if matches!(self.comparison, Comparison::AtLeast | Comparison::Above) {
                Met::Surely
            } else {
                Met::SurelyMissed
            };
        };
        let at_ends = self.holds(value.low) == self.holds(value.high.unwrap_or(f64::INFINITY));
        match (self.holds(value.value), at_ends) {
            (true, true) => Met::Surely,
            (true, false) => Met::Closely,
            (false, false) => Met::CloselyMissed,
            (false, true) => Met::SurelyMissed,
        }
    }

    fn quantity<'a>(&self, program: &Program, forecast: &'a Forecast) -> Option<&'a QuantityForecast> {
        match &self.scope {
            Scope::Program { cost: false } => Some(&forecast.finish),
            Scope::Program { cost: true } => Some(&forecast.cost),
            Scope::Project { id, cost } => forecast
                .projects
                .iter()
                .find(|project| program.projects()[project.project.index()].id == *id)
                .map(|project| if *cost { &project.cost } else { &project.finish }),
            Scope::Npv => forecast.business_case.as_ref().map(|case| &case.npv),
            Scope::Milestone { id } => forecast
                .milestones
                .iter()
                .find(|milestone| program.tasks()[milestone.task.index()].id == *id)
                .map(|milestone| &milestone.finish),
        }
    }

    /// A date holds as a whole day: work that ends at 24:00 ends on that day.
    fn holds(&self, value: f64) -> bool {
        let day_end = if self.is_date { self.limit + 1_440.0 } else { self.limit };
        match self.comparison {
            Comparison::AtMost => value <= day_end,
            Comparison::Above => value > day_end,
            Comparison::Below if self.is_date => value <= self.limit,
            Comparison::Below => value < self.limit,
            Comparison::AtLeast if self.is_date => value > self.limit,
            Comparison::AtLeast => value >= self.limit,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let operators = [
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Below),
            (">", Comparison::Above),
        ];
        let (left, comparison, right) = operators
            .iter()
            .find_map(|&(sign, comparison)| {
                text.split_once(sign).map(|(left, right)| (left.trim(), comparison, right.trim()))
            })
            .ok_or_else(|| ConditionError::NoComparison(text.to_owned()))?;
        let unknown = || ConditionError::UnknownMeasure(left.to_owned());
        let (place, measure) = split(left).ok_or_else(unknown)?;
        let measure = match measure {
            "mean" => Measure::Mean,
            "target" => Measure::Target,
            "positive" => Measure::Positive,
            level => Measure::Percentile(level.parse().map_err(|_| unknown())?),
        };
        let scope = Scope::read(place).ok_or_else(unknown)?;
        if (measure == Measure::Positive) != (scope == Scope::Npv && left.ends_with("positive")) {
            return Err(unknown());
        }
        let cost = scope.is_money();
        let bad = |expected| ConditionError::BadLimit {
            value: right.to_owned(),
            measure: left.to_owned(),
            expected,
        };
        let number = |text: &str| text.replace(['_', ' '], "").parse::<f64>().ok().filter(|v| v.is_finite());
        let (limit, is_date) = match (measure, cost) {
            (Measure::Target | Measure::Positive, _) => {
                let limit = match right.strip_suffix('%') {
                    Some(percent) => number(percent).map(|percent| percent / 100.0),
                    None => number(right),
                };
                let share = limit.filter(|share| (0.0..=1.0).contains(share));
                (share.ok_or_else(|| bad("a probability such as 80% or 0.8"))?, false)
            }
            (_, true) => (number(right).ok_or_else(|| bad("an amount such as 4_800_000"))?, false),
            (_, false) => {
                let date: Date = right.parse().map_err(|_| bad("a date such as 2027-06-30"))?;
                (f64::from(Instant::from_date(date).0), true)
            }
        };
        Ok(Self { text: text.trim().to_owned(), scope, measure, comparison, limit, is_date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_or_refused_with_a_reason() {
        for good in [
            "finish.p80 <= 2027-06-30",
            "finish.p97.25 <= 2027-06-30",
            "cost.P90<4_800_000",
            "npv.p20 > 0",
            "npv.mean >= -250_000",
            "npv.positive >= 75%",
            "finish.target >= 80%",
            "projects.erp.build.cost.p50 <= 100 000",
            "milestones.erp.go-live.p80 <= 2027-06-30",
            "milestones.erp.go-live.finish.mean > 2027-06-30",
        ] {
            assert!(good.parse::<Condition>().is_ok(), "{good}");
        }
        let error = |text: &str| text.parse::<Condition>().unwrap_err();
        assert!(matches!(error("finish.p80"), ConditionError::NoComparison(_)));
        assert!(matches!(error("finish.p180 <= 2027-06-30"), ConditionError::UnknownMeasure(_)));
        assert!(matches!(error("end.p80 <= 2027-06-30"), ConditionError::UnknownMeasure(_)));
        assert!(matches!(error("cost.positive >= 75%"), ConditionError::UnknownMeasure(_)));
        assert!(matches!(error("npv.positive >= 2"), ConditionError::BadLimit { .. }));
        assert!(matches!(error("finish.p80 <= 12"), ConditionError::BadLimit { .. }));
        assert!(matches!(error("cost.p80 <= soon"), ConditionError::BadLimit { .. }));
        assert!(matches!(error("finish.target >= 120%"), ConditionError::BadLimit { .. }));
    }

    #[test]
    fn a_date_holds_to_the_end_of_its_day() {
        let at = |text: &str| f64::from(text.parse::<Instant>().unwrap().0);
        let holds = |condition: &str, value: &str| condition.parse::<Condition>().unwrap().holds(at(value));
        assert!(holds("finish.p80 <= 2027-06-30", "2027-06-30T17:00"));
        assert!(holds("finish.p80 <= 2027-06-30", "2027-06-30T24:00"));
        assert!(!holds("finish.p80 <= 2027-06-30", "2027-07-01T00:01"));
        assert!(holds("finish.p80 < 2027-06-30", "2027-06-29T24:00"));
        assert!(!holds("finish.p80 >= 2027-06-30", "2027-06-29T24:00"));
        assert!(holds("finish.p80 > 2027-06-30", "2027-07-01T08:00"));
    }
}
