//! When windows are open.

use super::civil::{DAY, date_of, day_of};
use super::days::nth_weekday;
use super::span::Span;
use super::{MonthRule, WindowRule};
use crate::units::Instant;

/// Minutes in a week.
const WEEK: i64 = 7 * 1_440;

/// Why periods make no list of windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowListError {
    /// A period has no length.
    #[error("window `{0}..{1}` ends before it begins")]
    Reversed(Instant, Instant),
    /// A window opens while another is open.
    #[error("the window that opens at {0} overlaps the one that opens at {1}")]
    Overlap(Instant, Instant),
}

impl WindowRule {
    /// A list of windows from periods in any order, the end of each excluded.
    ///
    /// # Errors
    /// [`WindowListError`] if a period has no length or two overlap.
    pub fn list(mut periods: Vec<(Instant, Instant)>) -> Result<Self, WindowListError> {
        if let Some(&(from, to)) = periods.iter().find(|(from, to)| from >= to) {
            return Err(WindowListError::Reversed(from, to));
        }
        periods.sort_unstable();
        match periods.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            Some(pair) => Err(WindowListError::Overlap(pair[1].0, pair[0].0)),
            None => Ok(Self::List(periods)),
        }
    }

    /// The windows that are open at some time within `within`, sorted, cut to it; windows that overlap
    /// become one, windows that only touch stay apart.
    pub(super) fn openings(&self, within: Span) -> Vec<Span> {
        let mut spans = Vec::new();
        self.collect(within, &mut spans);
        spans.retain(|span| span.start < span.end);
        spans.sort_unstable();
        let mut openings: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match openings.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => openings.push(span),
            }
        }
        openings
    }

    /// When the last window of the rule closes; `None` for a rule that never ends.
    #[must_use]
    pub fn last_close(&self) -> Option<Instant> {
        match self {
            Self::List(periods) => Some(periods.iter().map(|&(_, to)| to).max().unwrap_or(Instant(i32::MIN))),
            Self::Any(rules) => rules
                .iter()
                .map(Self::last_close)
                .try_fold(Instant(i32::MIN), |latest, close| Some(latest.max(close?))),
            Self::EveryWeeks { .. } | Self::Month(_) => None,
        }
    }

    /// Adds the windows of this rule, cut to `within`.
    fn collect(&self, within: Span, spans: &mut Vec<Span>) {
        match self {
            Self::List(periods) => {
                spans.extend(
                    periods.iter().filter_map(|&(Instant(from), Instant(to))| {
                        cut(i64::from(from), i64::from(to), within)
                    }),
                );
            }
            Self::EveryWeeks { first, weeks, minutes } => {
                let (first, length) = (i64::from(first.0), i64::from(*minutes));
                let step = i64::from((*weeks).max(1)) * WEEK;
                // The first opening whose window may still be open when the range begins.
                let skipped = (i64::from(within.start) - first - length).div_euclid(step).max(0);
                let mut open = first + skipped * step;
                while open < i64::from(within.end) {
                    spans.extend(cut(open, open + length, within));
                    open += step;
                }
            }
            Self::Month(rule) => rule.collect(within, spans),
            Self::Any(rules) => {
                for rule in rules {
                    rule.collect(within, spans);
                }
            }
        }
    }
}

impl MonthRule {
    /// Adds the windows of this rule, cut to `within`.
    fn collect(&self, within: Span, spans: &mut Vec<Span>) {
        let months = i32::from(self.months.max(1));
        // Whole days by which a window may lie before or after its anchor.
        let before = self.opens.min(0).saturating_neg() / DAY + 1;
        let after = self.opens.max(0) / DAY + self.minutes.max(0) / DAY + 2;
        let first = date_of(within.start.div_euclid(DAY).saturating_sub(after));
        let last = date_of(within.end.div_euclid(DAY).saturating_add(before));
        let month_number = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month) - 1;
        let first_period = month_number(first.year(), first.month()).div_euclid(months);
        let last_period = month_number(last.year(), last.month()).div_euclid(months);
        for period in first_period..=last_period {
            let Some(from) = first_of_month(period * months) else { continue };
            let Some(next) = first_of_month((period + 1) * months) else { continue };
            let Some(anchor) = nth_weekday(from, next - 1, self.nth, self.weekday) else { continue };
            let open = i64::from(anchor) * i64::from(DAY) + i64::from(self.opens);
            spans.extend(cut(open, open + i64::from(self.minutes), within));
        }
    }
}

/// The first day of a month counted from January of the year 0, in days since 1970-01-01.
fn first_of_month(number: i32) -> Option<i32> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    let month = number.rem_euclid(12) as i8 + 1;
    jiff::civil::Date::new(year, month, 1).ok().map(day_of)
}

/// The part of `from..to` within a span, if any.
pub(super) fn cut(from: i64, to: i64, within: Span) -> Option<Span> {
    let start = from.max(i64::from(within.start));
    let end = to.min(i64::from(within.end));
    // Both lie within the span's own bounds, which are 32 bits, as soon as they are in order.
    (start < end).then_some(Span { start: start as i32, end: end as i32 })
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;
    use crate::calendar::Nth;

    /// The openings of a rule between two dates.
    fn openings(rule: &WindowRule, first: &str, end: &str) -> Vec<String> {
        let minute = |text: &str| text.parse::<Instant>().unwrap().0;
        let within = Span { start: minute(first), end: minute(end) };
        let show = |span: Span| format!("{}..{}", Instant(span.start), Instant(span.end));
        rule.openings(within).into_iter().map(show).collect()
    }

    fn weekend(nth: Nth, months: u8) -> WindowRule {
        WindowRule::Month(MonthRule { nth, weekday: Weekday::Saturday, months, opens: 0, minutes: 2 * DAY })
    }

    #[test]
    fn the_first_weekend_of_a_quarter_has_its_first_saturday() {
        // 1 January 2028 is a Saturday, 1 July 2029 a Sunday.
        assert_eq!(
            openings(&weekend(Nth::From(1), 3), "2028-01-01", "2028-12-31"),
            [
                "2028-01-01T00:00..2028-01-03T00:00",
                "2028-04-01T00:00..2028-04-03T00:00",
                "2028-07-01T00:00..2028-07-03T00:00",
                "2028-10-07T00:00..2028-10-09T00:00",
            ]
        );
        assert_eq!(
            openings(&weekend(Nth::From(1), 3), "2029-06-30", "2029-07-31"),
            ["2029-07-07T00:00..2029-07-09T00:00"]
        );
    }

    #[test]
    fn the_last_weekend_may_end_in_the_next_month() {
        // 31 July 2027 is a Saturday.
        let rule = weekend(Nth::Last, 1);
        assert_eq!(openings(&rule, "2027-07-30", "2027-08-20"), ["2027-07-31T00:00..2027-08-02T00:00"]);
        assert_eq!(openings(&rule, "2027-08-01", "2027-08-20"), ["2027-08-01T00:00..2027-08-02T00:00"]);
    }

    #[test]
    fn a_weekend_may_open_on_the_friday_of_the_month_before() {
        // 1 May 2027 is a Saturday.
        let rule = WindowRule::Month(MonthRule {
            nth: Nth::From(1),
            weekday: Weekday::Saturday,
            months: 1,
            opens: -360,
            minutes: 360 + DAY + 1_200,
        });
        assert_eq!(openings(&rule, "2027-04-15", "2027-05-31"), ["2027-04-30T18:00..2027-05-02T20:00"]);
        assert_eq!(openings(&rule, "2027-04-15", "2027-05-01"), ["2027-04-30T18:00..2027-05-01T00:00"]);
    }

    #[test]
    fn a_period_without_the_fifth_weekday_has_no_window() {
        let rule = weekend(Nth::From(5), 1);
        // Months of 2027 with five Saturdays: January, May, July, October.
        assert_eq!(openings(&rule, "2027-01-01", "2028-01-01").len(), 4);
    }

    #[test]
    fn every_two_weeks_counts_from_the_first_opening() {
        let first = "2027-01-16T06:00".parse().unwrap();
        let rule = WindowRule::EveryWeeks { first, weeks: 2, minutes: 2 * DAY };
        assert_eq!(
            openings(&rule, "2026-12-01", "2027-02-01"),
            ["2027-01-16T06:00..2027-01-18T06:00", "2027-01-30T06:00..2027-02-01T00:00"]
        );
        // The window that opened before the range is still open in it.
        assert_eq!(openings(&rule, "2027-01-18", "2027-01-30"), ["2027-01-18T00:00..2027-01-18T06:00"]);
    }

    #[test]
    fn rules_combine_and_overlapping_windows_become_one() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let list = WindowRule::List(vec![
            (at("2027-07-05"), at("2027-07-06")),
            (at("2027-08-01"), at("2027-08-03")),
            (at("2027-08-03"), at("2027-08-04")),
        ]);
        assert_eq!(list.last_close(), Some(at("2027-08-04")));
        let any = WindowRule::Any(vec![list, weekend(Nth::Last, 1)]);
        assert_eq!(any.last_close(), None);
        assert_eq!(
            openings(&any, "2027-07-01", "2027-08-10"),
            [
                "2027-07-05T00:00..2027-07-06T00:00",
                "2027-07-31T00:00..2027-08-03T00:00",
                "2027-08-03T00:00..2027-08-04T00:00",
            ]
        );
    }

    #[test]
    fn extreme_rules_do_not_overflow() {
        let within = Span { start: -10_000, end: 10_000 };
        for opens in [i32::MIN, 0, i32::MAX] {
            for minutes in [i32::MIN, 0, i32::MAX] {
                let rule = MonthRule { nth: Nth::Last, weekday: Weekday::Monday, months: 0, opens, minutes };
                let _ = WindowRule::Month(rule).openings(within);
                let first = Instant(opens);
                let _ = WindowRule::EveryWeeks { first, weeks: 0, minutes: minutes.min(99) }.openings(within);
            }
        }
    }
}
