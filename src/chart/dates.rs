//! Axes of dates: hours, days, weeks, months or years, as the range asks for.

use jiff::civil::Date;

use super::axis::{Axis, Tick};
use super::words::Words;
use crate::units::Instant;

const HOUR: i64 = 60;
const DAY: i64 = 1_440;

/// The distance from one tick to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Hours(i64),
    Days(i64),
    Weeks(i64),
    Months(i32),
    Years(i32),
}

/// From the finest to the coarsest.
const STEPS: [Step; 23] = [
    Step::Hours(1),
    Step::Hours(2),
    Step::Hours(3),
    Step::Hours(6),
    Step::Hours(12),
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1_000),
];

impl Step {
    /// About how many minutes it takes.
    fn minutes(self) -> i64 {
        match self {
            Self::Hours(hours) => hours * HOUR,
            Self::Days(days) => days * DAY,
            Self::Weeks(weeks) => weeks * 7 * DAY,
            Self::Months(months) => i64::from(months) * 30 * DAY,
            Self::Years(years) => i64::from(years) * 365 * DAY,
        }
    }

    /// The ticks between two instants, in minutes since the epoch.
    fn ticks(self, low: i64, high: i64) -> Vec<i64> {
        match self {
            Self::Hours(_) | Self::Days(_) => every(low, high, self.minutes(), 0),
            // 1970-01-01 was a Thursday; the Monday before it lies three days earlier.
            Self::Weeks(_) => every(low, high, self.minutes(), -3 * DAY),
            Self::Months(step) => months(low, high, step),
            Self::Years(step) => months(low, high, step.saturating_mul(12)),
        }
    }

    fn label(self, words: Words, at: i64) -> String {
        let date = date_of(at);
        match self {
            Self::Hours(_) => format!("{:02}:00", at.rem_euclid(DAY) / HOUR),
            Self::Days(_) => words.weekday(date),
            Self::Weeks(_) => words.day_of_month(date),
            Self::Months(_) => words.month(date).into(),
            Self::Years(_) => date.year().to_string(),
        }
    }

    fn second(self, words: Words, at: i64) -> Option<String> {
        let date = date_of(at);
        match self {
            Self::Hours(_) => Some(words.date(date)),
            Self::Days(_) => Some(format!("{} {}", words.month(date), date.year())),
            Self::Weeks(_) | Self::Months(_) => Some(date.year().to_string()),
            Self::Years(_) => None,
        }
    }
}

/// An axis from one instant to another, in minutes since the epoch, with at most `most` ticks.
pub(super) fn date_axis(words: Words, low: f64, high: f64, most: usize) -> Axis {
    let held = |value: f64| (value as i64).clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    let (low, high) = (held(low.ceil()), held(high.floor()));
    let fits = |step: &Step| {
        // Below hours stand whole dates, and two of them side by side where the second hour begins a day.
        let is_wide = matches!(step, Step::Hours(_)) && words.spells_months();
        let most = if is_wide { most * 4 / 5 } else { most };
        (high - low) / step.minutes() < most.max(2) as i64
    };
    let step = STEPS.into_iter().find(fits).unwrap_or(STEPS[STEPS.len() - 1]);
    let mut last = None;
    let mut tick = |at: i64| {
        let second = step.second(words, at);
        let changed = second.as_ref() != last.as_ref();
        last.clone_from(&second);
        Tick { at: at as f64, label: step.label(words, at), second: second.filter(|_| changed) }
    };
    Axis { name: String::new(), ticks: step.ticks(low, high).into_iter().map(&mut tick).collect() }
}

fn every(low: i64, high: i64, step: i64, origin: i64) -> Vec<i64> {
    let first = (low - origin).div_euclid(step) + i64::from((low - origin).rem_euclid(step) != 0);
    let last = (high - origin).div_euclid(step);
    (first..=last).map(|number| origin + number * step).collect()
}

fn months(low: i64, high: i64, step: i32) -> Vec<i64> {
    let number = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let first = number(date_of(low)).div_euclid(step);
    let last = number(date_of(high)).div_euclid(step);
    let start = |number: i32| {
        let year = i16::try_from(number.div_euclid(12)).ok()?;
        Date::new(year, number.rem_euclid(12) as i8 + 1, 1).ok()
    };
    (first..=last)
        .filter_map(|tick| start(tick.saturating_mul(step)))
        .map(|date| i64::from(Instant::from_date(date).0))
        .filter(|at| (low..=high).contains(at))
        .collect()
}

fn date_of(at: i64) -> Date {
    Instant(at.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32).start_date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: &str, high: &str, most: usize) -> Vec<String> {
        let at = |text: &str| f64::from(text.parse::<Instant>().unwrap().0);
        let ticks = date_axis(Words::PLAIN, at(low), at(high), most).ticks;
        ticks.iter().map(|t| format!("{} {}", t.label, t.second.as_deref().unwrap_or(""))).collect()
    }

    #[test]
    fn steps_follow_the_range_and_years_stand_once() {
        assert_eq!(labels("2027-03-01T08:00", "2027-03-01T12:30", 8)[..2], ["08:00 2027-03-01", "09:00 "]);
        assert_eq!(
            labels("2027-03-30", "2027-04-02", 5),
            ["Tue 30 Mar 2027", "Wed 31 ", "Thu 1 Apr 2027", "Fri 2 "]
        );
        assert_eq!(labels("2026-12-20", "2027-01-20", 8)[1..3], ["28 Dec ", "4 Jan 2027"]);
        assert_eq!(labels("2026-10-20", "2027-03-20", 8), ["Nov 2026", "Dec ", "Jan 2027", "Feb ", "Mar "]);
        assert_eq!(labels("2026-10-20", "2028-03-20", 8)[..2], ["Jan 2027", "Apr "]);
        assert_eq!(labels("2020-10-20", "2031-03-20", 8), ["2022 ", "2024 ", "2026 ", "2028 ", "2030 "]);
    }

    #[test]
    fn any_range_has_few_ticks() {
        for (low, high) in [(-1e300, 1e300), (0.0, 0.0), (2e9, 2.1e9), (-2.1e9, -2.0e9), (f64::NAN, 5.0)] {
            let count = date_axis(Words::PLAIN, low, high, 9).ticks.len();
            assert!(count <= 10, "{low} {high}: {count}");
        }
    }
}
