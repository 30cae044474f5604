//! When windows are open.

use super::civil::{DAY, date_of, day_of};
use super::days::nth_weekday;
use super::span::Span;
use super::{MonthRule, WindowRule};
use crate::units::Instant;

/// Minutes in a week.
const WEEK: i64 = 7 * 1_440;

impl WindowRule {
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
