//! Durations as people write them: `30m`, `6h`, `10d`, `2w`, `3mo`, and elapsed `5ed`.

use std::fmt;
use std::str::FromStr;

/// The unit of a written duration; working time unless the text begins the unit with `e`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// Minutes, `m`.
    Minute,
    /// Hours, `h`.
    Hour,
    /// Days, `d`: the calendar's hours per day, or 24 h elapsed.
    Day,
    /// Weeks, `w`: the calendar's hours per week, or 7 x 24 h elapsed.
    Week,
    /// Months, `mo`: the calendar's hours per month, or 30 x 24 h elapsed.
    Month,
}

/// A duration as written: a number, a unit, and whether time runs round the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DurationText {
    /// The number in front of the unit; may be negative where a lead or an opportunity is meant.
    pub value: f64,
    /// The unit.
    pub unit: DurationUnit,
    /// Elapsed time (`e` prefix): runs round the clock and ignores shifts, holidays and freezes.
    pub elapsed: bool,
}

/// How many working minutes a calendar's day, week and month stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkScale {
    /// Working minutes per day; 480 by default.
    pub minutes_per_day: u32,
    /// Working minutes per week; 2,400 by default.
    pub minutes_per_week: u32,
    /// Working minutes per month; 9,600 by default.
    pub minutes_per_month: u32,
}

impl Default for WorkScale {
    fn default() -> Self {
        Self { minutes_per_day: 480, minutes_per_week: 2_400, minutes_per_month: 9_600 }
    }
}

impl WorkScale {
    /// The scale of elapsed time: days of 24 h, weeks of 7 days, months of 30 days.
    pub const ELAPSED: Self =
        Self { minutes_per_day: 1_440, minutes_per_week: 10_080, minutes_per_month: 43_200 };
}

/// Why a text is not a duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDurationError {
    /// There is no number in front.
    #[error("`{0}` is not a duration: write a number and a unit, such as `10d`")]
    NotANumber(String),
    /// The number has no unit or an unknown one.
    #[error(
        "`{text}` has no known unit (`{unit}`): use m, h, d, w or mo, with `e` in front for elapsed time"
    )]
    UnknownUnit {
        /// The whole text.
        text: String,
        /// What stands where the unit should.
        unit: String,
    },
}

impl DurationText {
    /// Minutes on the given scale; elapsed durations use [`WorkScale::ELAPSED`] whatever the scale.
    #[must_use]
    pub fn minutes(self, scale: WorkScale) -> f64 {
        let scale = if self.elapsed { WorkScale::ELAPSED } else { scale };
        let per_unit = match self.unit {
            DurationUnit::Minute => 1,
            DurationUnit::Hour => 60,
            DurationUnit::Day => scale.minutes_per_day,
            DurationUnit::Week => scale.minutes_per_week,
            DurationUnit::Month => scale.minutes_per_month,
        };
        self.value * f64::from(per_unit)
    }
}

impl FromStr for DurationText {
    type Err = ParseDurationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        let split = trimmed
            .char_indices()
            .find(|&(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | '_' | '+' | '-')))
            .map_or(trimmed.len(), |(at, _)| at);
        let (number, unit) = trimmed.split_at(split);
        let value: f64 =
            number.replace('_', "").parse().map_err(|_| ParseDurationError::NotANumber(text.to_owned()))?;
        let unit = unit.trim();
        let (elapsed, bare) = match unit.strip_prefix('e') {
            Some(bare) => (true, bare),
            None => (false, unit),
        };
        let unit = match bare {
            "m" | "min" => DurationUnit::Minute,
            "h" => DurationUnit::Hour,
            "d" => DurationUnit::Day,
            "w" => DurationUnit::Week,
            "mo" => DurationUnit::Month,
            _ => {
                return Err(ParseDurationError::UnknownUnit { text: text.to_owned(), unit: unit.to_owned() });
            }
        };
        Ok(Self { value, unit, elapsed })
    }
}

impl fmt::Display for DurationText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            DurationUnit::Minute => "m",
            DurationUnit::Hour => "h",
            DurationUnit::Day => "d",
            DurationUnit::Week => "w",
            DurationUnit::Month => "mo",
        };
        write!(f, "{}{}{}", self.value, if self.elapsed { "e" } else { "" }, unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_follow_the_scale_and_elapsed_time_does_not() {
        let minutes = |text: &str| {
            text.parse::<DurationText>()
                .unwrap()
                .minutes(WorkScale { minutes_per_day: 450, ..WorkScale::default() })
        };
        assert_eq!(minutes("30m"), 30.0);
        assert_eq!(minutes("6h"), 360.0);
        assert_eq!(minutes("10d"), 4_500.0);
        assert_eq!(minutes("2w"), 4_800.0);
        assert_eq!(minutes("3mo"), 28_800.0);
        assert_eq!(minutes("-5ed"), -7_200.0);
        assert_eq!(minutes("1emo"), 43_200.0);
        assert_eq!(minutes("1.5 d"), 675.0);
    }

    #[test]
    fn what_is_no_duration_says_why() {
        assert!(matches!("d".parse::<DurationText>(), Err(ParseDurationError::NotANumber(_))));
        assert!(matches!("10".parse::<DurationText>(), Err(ParseDurationError::UnknownUnit { .. })));
        assert!(matches!("10y".parse::<DurationText>(), Err(ParseDurationError::UnknownUnit { .. })));
        assert!("".parse::<DurationText>().is_err());
        assert!("1e5d".parse::<DurationText>().is_err());
    }
}
