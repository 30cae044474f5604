//! How narrow an interval is to be: `0.5d`, `1%` or an amount of money, of one percentile.

use std::fmt;
use std::str::FromStr;

use super::ConditionError;
use super::scope::{Scope, split};
use crate::engine::Simulation;
use crate::model::Program;
use crate::results::Results;
use crate::units::{DurationText, Instant, Percentile, WorkScale};

/// How wide the whole 95 % interval, from its low to its high end, may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// Of a date: `0.5d`, `4h` in working time of the program's calendar, `0.5ed` in elapsed time.
    Time(DurationText),
    /// Of money, in major units of the program's currency.
    Amount(f64),
    /// Of a date, a share of the working time from the start of the program to it; of money, a share of
    /// the amount.
    Share(f64),
}

/// A precision that a forecast may or may not have reached: the interval of a percentile and its width.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    scope: Scope,
    level: Percentile,
    width: Width,
    of_text: String,
    width_text: String,
}

/// How wide an interval is, and how wide it may be.
///
/// Both are in working minutes of the program's calendar, in elapsed minutes where the precision is in
/// elapsed time, or in minor units of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The width of the 95 % interval; [`None`] when it reaches into iterations without a result.
    pub width: Option<f64>,
    /// The width that was asked for.
    pub wanted: f64,
}

/// Why two texts are not a precision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrecisionError {
    /// The width is neither time nor money nor a share.
    #[error(
        "`{0}` is not a width: use working time such as `0.5d` or `4h`, elapsed time such as `1ed`, an \
         amount such as `5000`, or a share such as `1%`, above zero"
    )]
    BadWidth(String),
    /// What it is to be the precision of is not known.
    #[error(
        "`{0}` is not something to be precise about: use finish.p80, cost.p80, projects.ID.finish.p80, \
         projects.ID.cost.p80 or milestones.ID.p80"
    )]
    UnknownMeasure(String),
    /// Time for money, or money for a date.
    #[error("`{width}` does not fit `{of}`: expected {expected}")]
    Misfit {
        /// The width.
        width: String,
        /// What it is to be the precision of.
        of: String,
        /// What would fit.
        expected: &'static str,
    },
}

impl FromStr for Width {
    type Err = PrecisionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || PrecisionError::BadWidth(text.to_owned());
        let number = |text: &str| text.trim().replace(['_', ' '], "").parse::<f64>().ok();
        let positive = |value: f64| value.is_finite() && value > 0.0;
        let width = if let Some(percent) = text.trim().strip_suffix('%') {
            Self::Share(number(percent).ok_or_else(bad)? / 100.0)
        } else if let Some(amount) = number(text) {
            Self::Amount(amount)
        } else {
            Self::Time(text.parse().map_err(|_| bad())?)
        };
        let size = match width {
            Self::Time(time) => time.value,
            Self::Amount(size) | Self::Share(size) => size,
        };
        if positive(size) { Ok(width) } else { Err(bad()) }
    }
}

impl Precision {
    /// A precision from its texts. Without `of` it is that of the P80 finish, or of the P80 cost when the
    /// width is an amount of money.
    ///
    /// # Errors
    /// [`PrecisionError`] if a text is not understood or the width does not fit what it is of.
    ///
    /// ```
    /// use p80::analysis::Precision;
    /// assert_eq!(Precision::new("0.5d", None)?.of(), "finish.p80");
    /// assert_eq!(Precision::new("5000", None)?.of(), "cost.p80");
    /// assert_eq!(Precision::new("1%", Some("milestones.go-live.p90"))?.of(), "milestones.go-live.p90");
    /// # Ok::<(), p80::analysis::PrecisionError>(())
    /// ```
    pub fn new(width_text: &str, of: Option<&str>) -> Result<Self, PrecisionError> {
        let width: Width = width_text.parse()?;
        let usual = if matches!(width, Width::Amount(_)) { "cost.p80" } else { "finish.p80" };
        let of = of.unwrap_or(usual).trim();
        let unknown = || PrecisionError::UnknownMeasure(of.to_owned());
        let (scope, level) = place_and_level(of).ok_or_else(unknown)?;
        let expected = match (width, scope.is_money()) {
            (Width::Time(_), true) => Some("an amount such as `5000` or a share such as `1%`"),
            (Width::Amount(_), false) => Some("working time such as `0.5d` or a share such as `1%`"),
            _ => None,
        };
        if let Some(expected) = expected {
            let (width, of) = (width_text.to_owned(), of.to_owned());
            return Err(PrecisionError::Misfit { width, of, expected });
        }
        Ok(Self { scope, level, width, of_text: of.to_owned(), width_text: width_text.trim().to_owned() })
    }

    /// What it is the precision of, as written.
    #[must_use]
    pub fn of(&self) -> &str {
        &self.of_text
    }

    /// The width, as written.
    #[must_use]
    pub fn width(&self) -> &str {
        &self.width_text
    }

    /// The percentile, which a forecast that shows it must contain.
    #[must_use]
    pub fn level(&self) -> Percentile {
        self.level
    }

    /// Checks that the program has what the precision names.
    ///
    /// # Errors
    /// [`ConditionError::UnknownPart`].
    pub fn check(&self, program: &Program) -> Result<(), ConditionError> {
        self.scope.part(program).map(|_| ())
    }

    /// Measures the interval; [`None`] when the program has no such part or the percentile is later than
    /// every result.
    #[must_use]
    pub fn measure(&self, simulation: &Simulation, results: &Results) -> Option<Measured> {
        let program = simulation.program();
        let estimate = self.scope.outcome(program, results)?.percentile_estimated(self.level)?;
        if self.scope.is_money() {
            let wanted = match self.width {
                Width::Share(share) => share * (estimate.value as f64).abs(),
                Width::Amount(major) => major * program.currency().minor_per_major() as f64,
                Width::Time(_) => return None,
            };
            let width = estimate.high.map(|high| (high - estimate.low) as f64);
            return Some(Measured { width, wanted });
        }
        let network = simulation.network();
        let at = |minutes: i64| Instant(minutes.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        let worked = |from: i64, to: i64| f64::from(network.program_minutes_between(at(from), at(to)));
        let wanted = match self.width {
            Width::Time(time) => time.minutes(scale(program)),
            Width::Share(share) => share * f64::from(network.program_minutes(at(estimate.value))).abs(),
            Width::Amount(_) => return None,
        };
        let is_elapsed = matches!(self.width, Width::Time(time) if time.elapsed);
        let width = estimate
            .high
            .map(|high| if is_elapsed { (high - estimate.low) as f64 } else { worked(estimate.low, high) });
        Some(Measured { width, wanted })
    }

    /// The width of a measured interval in the unit of the precision, for people: `0.31d`, `0.8%`.
    #[must_use]
    pub fn shown(&self, measured: Measured, program: &Program) -> Option<String> {
        let width = measured.width?;
        Some(match self.width {
            Width::Time(time) => {
                let unit = DurationText { value: 1.0, ..time };
                let value = width / unit.minutes(scale(program)).max(f64::MIN_POSITIVE);
                let rounded = DurationText { value: (value * 1e3).round() / 1e3, ..time };
                rounded.to_string()
            }
            Width::Amount(_) => format!("{:.0}", width / program.currency().minor_per_major() as f64),
            Width::Share(share) if measured.wanted > 0.0 => {
                format!("{:.3}%", 100.0 * share * width / measured.wanted)
            }
            Width::Share(_) => return None,
        })
    }
}

impl Measured {
    /// Whether the interval is narrow enough.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.width.is_some_and(|width| width <= self.wanted)
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.width_text, self.of_text)
    }
}

fn place_and_level(of: &str) -> Option<(Scope, Percentile)> {
    let (place, level) = split(of)?;
    Some((Scope::read(place)?, level.parse().ok()?))
}

fn scale(program: &Program) -> WorkScale {
    program.calendars()[program.calendar().index()].calendar.scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_time_money_or_a_share() {
        let width = |text: &str| text.parse::<Width>();
        assert!(matches!(width("0.5d"), Ok(Width::Time(_))));
        assert!(matches!(width("4 h"), Ok(Width::Time(_))));
        assert!(matches!(width("1ed"), Ok(Width::Time(time)) if time.elapsed));
        assert_eq!(width("5_000").unwrap(), Width::Amount(5_000.0));
        assert_eq!(width("1 %").unwrap(), Width::Share(0.01));
        for bad in ["0d", "-1d", "0", "-5", "0%", "%", "soon", "", "nan", "inf", "1y"] {
            assert!(width(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_it_is_of_must_be_known_and_of_the_same_kind() {
        let precision = |width: &str, of: &str| Precision::new(width, Some(of));
        assert_eq!(precision("1%", "finish.p99.9").unwrap().level().to_string(), "P99.9");
        assert_eq!(precision("1%", "projects.erp.build.cost.P50").unwrap().level(), Percentile::P50);
        for unknown in ["finish", "finish.mean", "end.p80", "finish.p100", "projects.erp.p80", "p80"] {
            let error = precision("1%", unknown).unwrap_err();
            assert!(matches!(error, PrecisionError::UnknownMeasure(_)), "{unknown}");
        }
        assert!(matches!(precision("1d", "cost.p80"), Err(PrecisionError::Misfit { .. })));
        assert!(matches!(precision("500", "finish.p80"), Err(PrecisionError::Misfit { .. })));
        assert!(matches!(precision("500", "milestones.live.p80"), Err(PrecisionError::Misfit { .. })));
    }
}
