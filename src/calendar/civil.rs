//! Civil days as numbers.

use jiff::Span;
use jiff::civil::Date;

/// Minutes in a day.
pub(super) const DAY: i32 = 1_440;

/// 1970-01-01, day 0.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days from 1970-01-01 to `date`.
pub(super) fn day_of(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// The date `day` days after 1970-01-01, held within the years that a date can express.
pub(super) fn date_of(day: i32) -> Date {
    EPOCH.saturating_add(Span::new().try_days(day).unwrap_or_default())
}

/// The weekday of a day, 0 = Monday.
pub(super) fn weekday_index(day: i32) -> usize {
    // Day 0 is a Thursday.
    (day.rem_euclid(7) as usize + 3) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_dates_and_weekdays_agree() {
        for day in [-800_000, -1, 0, 1, 20_000, 1_000_000] {
            let date = date_of(day);
            assert_eq!(day_of(date), day);
            assert_eq!(weekday_index(day), date.weekday().to_monday_zero_offset() as usize, "{date}");
        }
    }
}
