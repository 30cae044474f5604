//! The working minutes of a calendar as spans.

use super::civil::{DAY, weekday_index};
use super::opening::cut;
use super::span::{Span, complement, intersection, union};
use super::{Calendar, Shift, TablePart, WindowMode};

/// The minutes of whole days that a table can cover.
pub(super) fn covered(first_day: i32, last_day: i32) -> Span {
    const FIRST: i32 = i32::MIN / DAY;
    const LAST: i32 = i32::MAX / DAY;
    let first = first_day.clamp(FIRST, LAST);
    let longest = first.saturating_add(LAST);
    let end = last_day.saturating_add(1).clamp(first, LAST).min(longest);
    Span { start: first * DAY, end: end * DAY }
}

/// What counts as working time within whole days, sorted, neighbours joined.
pub(super) fn working_spans(calendar: &Calendar, part: TablePart, within: Span) -> Vec<Span> {
    match part {
        TablePart::ElapsedUnbound => vec![within],
        TablePart::Elapsed => pause(calendar, vec![within], within),
        TablePart::WorkingUnbound => shift_spans(calendar, within),
        TablePart::Working => {
            let open = complement(&frozen_spans(calendar, within), within);
            pause(calendar, intersection(&shift_spans(calendar, within), &open), within)
        }
    }
}

/// Shifts and exceptions, moved to the program's clock.
fn shift_spans(calendar: &Calendar, within: Span) -> Vec<Span> {
    let offset = i64::from(calendar.offset_minutes);
    let local_day = |minute: i32| (i64::from(minute) - offset).div_euclid(i64::from(DAY)) as i32;
    // The night shift of the day before may still be running.
    let (first, last) = (local_day(within.start) - 1, local_day(within.end));
    let mut shifts: Vec<&[Shift]> =
        (first..=last).map(|day| calendar.week[weekday_index(day)].as_slice()).collect();
    for exception in &calendar.exceptions {
        for (from, to) in exception.days.ranges(first, last) {
            shifts[(from - first) as usize..=(to - first) as usize].fill(&exception.shifts);
        }
    }
    let spans = (first..=last).zip(shifts).flat_map(|(day, shifts)| {
        let midnight = i64::from(day) * i64::from(DAY) + offset;
        shifts.iter().filter_map(move |shift| {
            cut(midnight + i64::from(shift.start), midnight + i64::from(shift.end), within)
        })
    });
    union(spans.collect())
}

/// Frozen minutes.
pub(super) fn frozen_spans(calendar: &Calendar, within: Span) -> Vec<Span> {
    let (first, last) = (within.start / DAY, within.end / DAY);
    let ranges = calendar.freezes.iter().flat_map(|freeze| freeze.days.ranges(first, last));
    let spans = ranges.filter_map(|(from, to)| {
        cut(i64::from(from) * i64::from(DAY), (i64::from(to) + 1) * i64::from(DAY), within)
    });
    union(spans.collect())
}

/// What windows leave of working time where they pause work.
fn pause(calendar: &Calendar, spans: Vec<Span>, within: Span) -> Vec<Span> {
    match &calendar.windows {
        Some(windows) if windows.mode == WindowMode::Pause => {
            intersection(&spans, &union(windows.rule.openings(within)))
        }
        _ => spans,
    }
}
