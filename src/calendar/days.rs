//! Which days a rule of days names within a range.

use jiff::civil::{Date, Weekday};

use super::civil::{date_of, day_of};
use super::easter::easter_sunday;
use super::{Days, Nth, YearlyDay};

impl Days {
    /// The named days from `first` to `last` (days since 1970-01-01, both included), as ranges with both
    /// ends included, cut to `first..=last`.
    #[must_use]
    pub fn ranges(&self, first: i32, last: i32) -> Vec<(i32, i32)> {
        let whole = match *self {
            Self::Range(from, to) => vec![(day_of(from), day_of(to))],
            Self::Yearly(day) => {
                // A day far before or after Easter may lie in another year than that Easter.
                let shift = match day {
                    YearlyDay::Easter { offset_days } => offset_days,
                    YearlyDay::Fixed { .. } | YearlyDay::Nth { .. } => 0,
                };
                years(first.saturating_sub(shift), last.saturating_sub(shift))
                    .filter_map(|year| day.in_year(year))
                    .map(|day| (day, day))
                    .collect()
            }
            Self::YearlyRange(from, to) => years(first.saturating_sub(366), last)
                .filter_map(|year| yearly_range(year, from, to))
                .collect(),
        };
        whole
            .into_iter()
            .map(|(from, to)| (from.max(first), to.min(last)))
            .filter(|(from, to)| from <= to)
            .collect()
    }
}

impl YearlyDay {
    /// The day of one year in days since 1970-01-01; `None` in a year without it, such as 29 February.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<i32> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok().map(day_of),
            Self::Easter { offset_days } => day_of(easter_sunday(year)?).checked_add(offset_days),
            Self::Nth { month, nth, weekday } => {
                let from = Date::new(year, month, 1).ok()?;
                nth_weekday(day_of(from), day_of(from.last_of_month()), nth, weekday)
            }
        }
    }
}

/// The nth or last given weekday of the days `from..=to`, if there is one.
pub(super) fn nth_weekday(from: i32, to: i32, nth: Nth, weekday: Weekday) -> Option<i32> {
    // Day 0 is a Thursday, three days after a Monday.
    let phase = i32::from(weekday.to_monday_zero_offset()) - 3;
    let day = match nth {
        Nth::From(0) => return None,
        Nth::From(nth) => from + (phase - from).rem_euclid(7) + 7 * (i32::from(nth) - 1),
        Nth::Last => to - (to - phase).rem_euclid(7),
    };
    (from..=to).contains(&day).then_some(day)
}

/// The years of the days `first..=last`.
fn years(first: i32, last: i32) -> std::ops::RangeInclusive<i16> {
    date_of(first).year()..=date_of(last).year()
}

/// The days of a yearly range that begins in `year`.
fn yearly_range(year: i16, from: (i8, i8), to: (i8, i8)) -> Option<(i32, i32)> {
    let end_year = if to < from { year.checked_add(1)? } else { year };
    // Only 29 February can be missing: a range from it begins on 1 March, one to it ends on 28 February.
    let begin = match Date::new(year, from.0, from.1) {
        Ok(date) => day_of(date),
        Err(_) => day_of(Date::new(year, from.0, 1).ok()?.last_of_month()) + 1,
    };
    let end = match Date::new(end_year, to.0, to.1) {
        Ok(date) => day_of(date),
        Err(_) => day_of(Date::new(end_year, to.0, 1).ok()?.last_of_month()),
    };
    Some((begin, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates named between two dates, one text per range.
    fn named(days: &Days, first: &str, last: &str) -> Vec<String> {
        let day = |text: &str| day_of(text.parse().unwrap());
        let show = |(from, to)| match (date_of(from), date_of(to)) {
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from}..{to}"),
        };
        days.ranges(day(first), day(last)).into_iter().map(show).collect()
    }

    #[test]
    fn leap_days_exist_in_leap_years_only() {
        let leap_day = Days::Yearly(YearlyDay::Fixed { month: 2, day: 29 });
        assert_eq!(named(&leap_day, "2096-01-01", "2105-12-31"), ["2096-02-29", "2104-02-29"]);
        let from = Days::YearlyRange((2, 29), (3, 2));
        assert_eq!(
            named(&from, "2027-01-01", "2028-12-31"),
            ["2027-03-01..2027-03-02", "2028-02-29..2028-03-02"]
        );
        let to = Days::YearlyRange((2, 27), (2, 29));
        assert_eq!(
            named(&to, "2027-01-01", "2028-12-31"),
            ["2027-02-27..2027-02-28", "2028-02-27..2028-02-29"]
        );
    }

    #[test]
    fn a_yearly_range_may_pass_the_turn_of_the_year() {
        let days = Days::YearlyRange((12, 24), (1, 2));
        assert_eq!(
            named(&days, "2027-01-01", "2028-12-28"),
            ["2027-01-01..2027-01-02", "2027-12-24..2028-01-02", "2028-12-24..2028-12-28"]
        );
    }

    #[test]
    fn days_relative_to_easter_may_lie_in_another_year() {
        let ascension = Days::Yearly(YearlyDay::Easter { offset_days: 39 });
        assert_eq!(named(&ascension, "2027-01-01", "2028-12-31"), ["2027-05-06", "2028-05-25"]);
        let far = Days::Yearly(YearlyDay::Easter { offset_days: 400 });
        assert_eq!(named(&far, "2028-01-01", "2028-12-31"), ["2028-05-01"]); // 28 March 2027 + 400
        let before = Days::Yearly(YearlyDay::Easter { offset_days: -100 });
        assert_eq!(named(&before, "2026-01-01", "2026-12-31"), ["2026-12-18"]); // 28 March 2027 - 100
    }

    #[test]
    fn nth_and_last_weekdays_are_found() {
        let nth = |month, nth, weekday| Days::Yearly(YearlyDay::Nth { month, nth, weekday });
        let year = |days| named(&days, "2027-01-01", "2027-12-31");
        assert_eq!(year(nth(5, Nth::Last, Weekday::Monday)), ["2027-05-31"]);
        assert_eq!(year(nth(9, Nth::From(1), Weekday::Monday)), ["2027-09-06"]);
        assert_eq!(year(nth(11, Nth::From(4), Weekday::Thursday)), ["2027-11-25"]);
        assert_eq!(year(nth(1, Nth::From(5), Weekday::Friday)), ["2027-01-29"]);
        assert!(year(nth(2, Nth::From(5), Weekday::Friday)).is_empty());
        assert!(year(nth(2, Nth::From(0), Weekday::Friday)).is_empty());
    }
}
