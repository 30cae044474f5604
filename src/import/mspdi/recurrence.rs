//! Exceptions that recur: on which days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::import::record::Record;

/// The most days that one exception is looked at over: 150 years.
const LONGEST: i32 = 55_000;

/// The days of an exception between two dates, in order.
///
/// Types: 1 every day, 2 and 3 every year by date or position, 4 and 5 every month likewise, 6 every week on some
/// days, 7 every few days. An unknown type is every day.
pub(super) fn days(record: &Record, first: Date, last: Date) -> Vec<Date> {
    let span = (last - first).get_days();
    if span < 0 {
        return Vec::new();
    }
    let number = |name: &str| record.whole(name);
    let period = i32::try_from(number("Period").unwrap_or(1)).unwrap_or(1).max(1);
    let kind = number("Type").unwrap_or(1);
    let mask = number("DaysOfWeek").unwrap_or(0);
    let day = number("MonthDay").unwrap_or(1);
    // Months count from January = 0.
    let month = number("Month").unwrap_or(0) + 1;
    let position =
        Position { item: number("MonthItem").unwrap_or(0), at: number("MonthPosition").unwrap_or(0) };
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    // Weeks of the rule begin on Sunday.
    let week_start =
        first.checked_sub(i64::from(first.weekday().to_sunday_zero_offset()).days()).unwrap_or(first);
    let matches = |offset: i32, date: Date| match kind {
        2 => i64::from(date.month()) == month && i64::from(date.day()) == day,
        3 => i64::from(date.month()) == month && position.is(date),
        4 => (months(date) - months(first)) % period == 0 && i64::from(date.day()) == day,
        5 => (months(date) - months(first)) % period == 0 && position.is(date),
        6 => {
            let weeks = (date - week_start).get_days() / 7;
            let bit = 1_i64 << date.weekday().to_sunday_zero_offset();
            weeks % period == 0 && mask & bit != 0
        }
        7 => offset % period == 0,
        _ => true,
    };
    let mut found = Vec::new();
    let mut date = first;
    for offset in 0..=span.min(LONGEST) {
        if matches(offset, date) {
            found.push(date);
        }
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    found
}

/// Whether an exception is a rule rather than a plain range of days.
pub(super) fn recurs(record: &Record) -> bool {
    matches!(record.whole("Type"), Some(2..=7))
}

/// The first to fourth, or the last, of something in a month.
#[derive(Clone, Copy)]
struct Position {
    /// 0 any day, 1 a weekday, 2 a day of the weekend, 3 Sunday to 9 Saturday.
    item: i64,
    /// 0 to 3, or 4 for the last.
    at: i64,
}

impl Position {
    fn is(self, date: Date) -> bool {
        let fits = |date: Date| match self.item {
            0 => true,
            1 => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
            2 => matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
            item => i64::from(date.weekday().to_sunday_zero_offset()) == item - 3,
        };
        if !fits(date) {
            return false;
        }
        let (year, month) = (date.year(), date.month());
        let of_month = |day: i8| Date::new(year, month, day).is_ok_and(fits);
        if self.at >= 4 {
            return (date.day() + 1..=date.days_in_month()).all(|day| !of_month(day));
        }
        (1..date.day()).filter(|&day| of_month(day)).count() as i64 == self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(parts: &[(&str, &str)]) -> Record {
        let inner = parts.iter().map(|(name, text)| Record {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
            inner: Vec::new(),
        });
        Record { inner: inner.collect(), ..Record::default() }
    }

    #[track_caller]
    fn assert_days(parts: &[(&str, &str)], from: &str, to: &str, wanted: &[&str]) {
        let found = days(&rule(parts), from.parse().unwrap(), to.parse().unwrap());
        let found: Vec<String> = found.iter().map(Date::to_string).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn rules_give_the_days_that_they_mean() {
        let every_third = [("Type", "7"), ("Period", "3")];
        assert_days(
            &every_third,
            "2000-02-01",
            "2000-02-10",
            &["2000-02-01", "2000-02-04", "2000-02-07", "2000-02-10"],
        );
        let other_tuesday = [("Type", "6"), ("Period", "2"), ("DaysOfWeek", "4")];
        assert_days(&other_tuesday, "2001-01-01", "2001-01-31", &["2001-01-02", "2001-01-16", "2001-01-30"]);
        let first_monday = [("Type", "5"), ("Period", "2"), ("MonthItem", "4"), ("MonthPosition", "0")];
        assert_days(&first_monday, "2002-01-01", "2002-05-06", &["2002-01-07", "2002-03-04", "2002-05-06"]);
        let last_friday = [("Type", "5"), ("Period", "1"), ("MonthItem", "8"), ("MonthPosition", "4")];
        assert_days(&last_friday, "2002-01-01", "2002-02-28", &["2002-01-25", "2002-02-22"]);
        let on_the_fourth = [("Type", "4"), ("Period", "5"), ("MonthDay", "4")];
        assert_days(&on_the_fourth, "2003-01-01", "2003-11-30", &["2003-01-04", "2003-06-04", "2003-11-04"]);
        let second_wednesday_of_april =
            [("Type", "3"), ("Month", "3"), ("MonthItem", "6"), ("MonthPosition", "1")];
        assert_days(&second_wednesday_of_april, "2004-01-01", "2005-12-31", &["2004-04-14", "2005-04-13"]);
        assert_days(
            &[("Type", "2"), ("Month", "1"), ("MonthDay", "1")],
            "2005-01-01",
            "2006-12-31",
            &["2005-02-01", "2006-02-01"],
        );
        assert_days(&[("Type", "1")], "2000-01-02", "2000-01-01", &[]);
    }
}
