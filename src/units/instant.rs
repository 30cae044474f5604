//! Civil instants with a resolution of one minute.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};

/// A civil instant of the program, in minutes since 1970-01-01T00:00.
///
/// Days have 1,440 minutes and daylight saving is not modelled (semantics, section 1). 32 bits reach
/// from the year -2113 to 6053.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i32);

/// Minutes in a day.
const DAY: i32 = 1_440;

/// Why a text is not an instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write it as 2027-01-11 or 2027-01-11T08:00")]
pub struct ParseInstantError(pub String);

impl Instant {
    /// 00:00 at the beginning of a civil date.
    ///
    /// Dates outside the range of 32 bits saturate.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        Self(days_since_epoch(date).saturating_mul(DAY))
    }

    /// The minute that contains a civil date and time; seconds are dropped.
    #[must_use]
    pub fn from_datetime(at: DateTime) -> Self {
        let minute = i32::from(at.hour()) * 60 + i32::from(at.minute());
        Self(Self::from_date(at.date()).0.saturating_add(minute))
    }

    /// The civil date on which this instant lies; 00:00 belongs to the day that it begins.
    #[must_use]
    pub fn start_date(self) -> Date {
        date_of_day(self.day())
    }

    /// The civil date of work that ends here; 24:00 belongs to the day that ends.
    #[must_use]
    pub fn finish_date(self) -> Date {
        date_of_day(self.0.saturating_sub(1).div_euclid(DAY))
    }

    /// The date and time of day.
    #[must_use]
    pub fn datetime(self) -> DateTime {
        let minute = self.minute_of_day();
        let time = Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0)
            .expect("a minute of the day is a valid time");
        self.start_date().to_datetime(time)
    }

    /// Whole days since 1970-01-01, rounded down.
    #[must_use]
    pub fn day(self) -> i32 {
        self.0.div_euclid(DAY)
    }

    /// Minutes since 00:00 of its day, `0..1440`.
    #[must_use]
    pub fn minute_of_day(self) -> i32 {
        self.0.rem_euclid(DAY)
    }
}

/// Days from 1970-01-01 to `date`.
fn days_since_epoch(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}

/// The date `days` after 1970-01-01, held within the years that a date can express.
fn date_of_day(days: i32) -> Date {
    let span = jiff::Span::new().try_days(days).unwrap_or_default();
    Date::constant(1970, 1, 1).saturating_add(span)
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.datetime();
        write!(f, "{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
    }
}

impl FromStr for Instant {
    type Err = ParseInstantError;

    /// Accepts `2027-01-11`, `2027-01-11T08:00` and `2027-01-11 08:00`, with `24:00` as the end of the day.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || ParseInstantError(text.to_owned());
        let trimmed = text.trim();
        let (date, time) = match trimmed.split_once(['T', ' ']) {
            Some((date, time)) => (date, Some(time.trim())),
            None => (trimmed, None),
        };
        let date: Date = date.parse().map_err(|_| bad())?;
        let minutes = match time {
            None => 0,
            Some("24:00" | "24:00:00") => DAY,
            Some(time) => {
                let time: Time = time.parse().map_err(|_| bad())?;
                i32::from(time.hour()) * 60 + i32::from(time.minute())
            }
        };
        Ok(Self(Self::from_date(date).0.saturating_add(minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_ends_one_day_and_begins_the_next() {
        let midnight: Instant = "2027-03-31T24:00".parse().unwrap();
        assert_eq!(midnight, "2027-04-01".parse().unwrap());
        assert_eq!(midnight.finish_date().to_string(), "2027-03-31");
        assert_eq!(midnight.start_date().to_string(), "2027-04-01");
    }

    #[test]
    fn text_and_value_round_trip() {
        for text in ["1969-12-31T23:59", "2000-02-29T12:00", "2027-01-11T00:00"] {
            assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
        }
        assert!("2027-02-30".parse::<Instant>().is_err());
        assert!("next week".parse::<Instant>().is_err());
    }

    #[test]
    fn no_instant_panics_when_shown() {
        for minutes in [i32::MIN, i32::MIN + 1, -1, 0, i32::MAX] {
            let _ = (Instant(minutes).to_string(), Instant(minutes).start_date());
        }
    }
}
