//! From instants to working minutes and back.

use super::Calendar;
use super::span::Span;
use super::worktime::{covered, working_spans};
use crate::units::Instant;

/// What counts as working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TablePart {
    /// Shifts and exceptions less freezes; where windows pause work, only inside them.
    Working,
    /// Round the clock; where windows pause work, only inside them.
    Elapsed,
    /// Shifts and exceptions as if there were neither freezes nor windows: the yardstick for waiting.
    WorkingUnbound,
    /// Round the clock.
    ElapsedUnbound,
}

/// The working time of one calendar over a range of days.
///
/// Working minutes are numbered from 0 at the first midnight of the table. A task of `d > 0` minutes that is
/// placed at number `w` starts at `start_at(w)` and finishes at `finish_at(w + d)`. The three functions are
/// adjoint, which is what makes passes through a network exactly invertible. For all `t`, `w`:
///
/// - `finish_at(w) <= t` exactly if `w <= worked(t)`;
/// - `t <= start_at(w)` exactly if `worked(t) <= w`;
/// - `start_at(w) <= t` exactly if `w < worked(t + 1)`.
///
/// Outside the covered days time runs round the clock, so that the functions are total, monotone and
/// invertible everywhere; at the very ends of 32 bits they saturate.
///
/// Working time is a sorted list of stretches. Two coarse indexes, one by time and one by working minute,
/// name the stretch at the beginning of each bucket; buckets are so narrow that in a usual calendar at most
/// two steps lead from there to the stretch sought.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkTable {
    /// First covered minute.
    origin: i32,
    /// End of the covered minutes.
    end: i32,
    /// Working minutes in between.
    total: i32,
    /// An empty stretch at the origin, those of the calendar, an endless one at the end, and a sentinel.
    stretches: Vec<Stretch>,
    by_time: Index,
    by_work: Index,
}

/// An uninterrupted stretch of work; it ends where the next one's `before` is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// First minute.
    start: i32,
    /// Working minutes of the table before it.
    before: i32,
}

/// For each bucket of `2^shift` minutes the number of the stretch from which to look.
#[derive(Clone, Debug, PartialEq)]
struct Index {
    shift: u32,
    stretch: Vec<u32>,
}

/// Narrowest buckets: 512 minutes of time (a day has three), 64 of work.
const MIN_TIME_SHIFT: u32 = 9;
const MIN_WORK_SHIFT: u32 = 6;
/// Widest buckets: about 45 days.
const MAX_SHIFT: u32 = 16;

impl WorkTable {
    /// The table of a calendar from `first_day` to `last_day` (days since 1970-01-01, both included).
    ///
    /// Days that 32-bit minutes cannot express are not covered, nor more than 2^31 minutes in all.
    #[must_use]
    pub fn build(calendar: &Calendar, part: TablePart, first_day: i32, last_day: i32) -> Self {
        let within = covered(first_day, last_day);
        Self::from_spans(&working_spans(calendar, part, within), within)
    }

    /// The table of sorted spans that do not touch each other.
    fn from_spans(spans: &[Span], within: Span) -> Self {
        let mut stretches = Vec::with_capacity(spans.len() + 3);
        stretches.push(Stretch { start: within.start, before: 0 });
        let mut total = 0;
        for span in spans.iter().filter(|span| span.start < span.end) {
            stretches.push(Stretch { start: span.start, before: total });
            total += span.end - span.start;
        }
        stretches.push(Stretch { start: within.end, before: total });
        stretches.push(Stretch { start: i32::MAX, before: i32::MAX });
        let by_time = Index::by_time(&stretches, within);
        let by_work = Index::by_work(&stretches, total);
        Self { origin: within.start, end: within.end, total, stretches, by_time, by_work }
    }

    /// Working minutes before `t`: 0 at the first midnight of the table, negative before it.
    #[inline]
    #[must_use]
    pub fn worked(&self, t: Instant) -> i32 {
        let t = t.0;
        if t < self.origin {
            return t.saturating_sub(self.origin);
        }
        if t >= self.end {
            return saturate(i64::from(self.total) + i64::from(t) - i64::from(self.end));
        }
        let mut at = self.by_time.look_from(t - self.origin);
        while self.stretches[at + 1].start <= t {
            at += 1;
        }
        let stretch = self.stretches[at];
        (stretch.before + (t - stretch.start)).min(self.stretches[at + 1].before)
    }

    /// The earliest instant by which `w` minutes are worked: the end of a shift stays at its end.
    #[inline]
    #[must_use]
    pub fn finish_at(&self, w: i32) -> Instant {
        if w < 0 || w > self.total {
            return self.outside(w);
        }
        let mut at = self.by_work.look_from(w);
        while self.stretches[at + 1].before < w {
            at += 1;
        }
        let stretch = self.stretches[at];
        Instant(stretch.start + (w - stretch.before))
    }

    /// The latest instant before which `w` minutes are worked: the end of a shift rolls to the beginning of
    /// the next.
    #[inline]
    #[must_use]
    pub fn start_at(&self, w: i32) -> Instant {
        if w < 0 || w > self.total {
            return self.outside(w);
        }
        let mut at = self.by_work.look_from(w);
        while self.stretches[at + 1].before <= w {
            at += 1;
        }
        let stretch = self.stretches[at];
        Instant(stretch.start + (w - stretch.before))
    }

    /// The instant of a working minute before or after the covered days.
    #[cold]
    fn outside(&self, w: i32) -> Instant {
        let t = if w < 0 {
            i64::from(self.origin) + i64::from(w)
        } else {
            i64::from(self.end) + i64::from(w) - i64::from(self.total)
        };
        Instant(saturate(t))
    }

    /// Whether an instant lies strictly inside the covered days; only then the calendar alone has made it.
    #[inline]
    #[must_use]
    pub fn covers(&self, t: Instant) -> bool {
        self.origin < t.0 && t.0 < self.end
    }

    /// The first midnight of the table.
    #[must_use]
    pub fn begins(&self) -> Instant {
        Instant(self.origin)
    }

    /// The last midnight of the table.
    #[must_use]
    pub fn ends(&self) -> Instant {
        Instant(self.end)
    }

    /// First minute and working minutes before it, of every stretch and of the sentinel after the last.
    pub(super) fn stretches(&self) -> Vec<(i32, i32)> {
        self.stretches.iter().map(|stretch| (stretch.start, stretch.before)).collect()
    }

    /// Working minutes in the whole table.
    #[must_use]
    pub fn total(&self) -> i32 {
        self.total
    }
}

impl Index {
    /// Buckets of time: the last stretch that has begun when the bucket begins.
    fn by_time(stretches: &[Stretch], within: Span) -> Self {
        let shift =
            bucket_shift(stretches.windows(2).map(|pair| pair[1].start.saturating_sub(pair[0].start)))
                .max(MIN_TIME_SHIFT);
        Self::build(shift, within.end - within.start, |minute, at| {
            stretches[at + 1].start <= within.start + minute
        })
    }

    /// Buckets of work: the first stretch in which the minutes before the bucket can be finished.
    fn by_work(stretches: &[Stretch], total: i32) -> Self {
        let shift = bucket_shift(stretches.windows(2).map(|pair| pair[1].before - pair[0].before))
            .max(MIN_WORK_SHIFT);
        Self::build(shift, total, |minute, at| stretches[at + 1].before < minute)
    }

    /// For the beginning of every bucket of `0..=minutes` the first stretch that is not `passed`.
    fn build(shift: u32, minutes: i32, passed: impl Fn(i32, usize) -> bool) -> Self {
        let mut at = 0;
        let stretch = (0..=minutes >> shift)
            .map(|bucket| {
                while passed(bucket << shift, at) {
                    at += 1;
                }
                at as u32
            })
            .collect();
        Self { shift, stretch }
    }

    #[inline]
    fn look_from(&self, minute: i32) -> usize {
        self.stretch[(minute >> self.shift) as usize] as usize
    }
}

/// The widest bucket, as a power of two, that no two stretches share.
fn bucket_shift(distances: impl Iterator<Item = i32>) -> u32 {
    let shortest = distances.filter(|&distance| distance > 0).min().unwrap_or(1);
    shortest.ilog2().min(MAX_SHIFT)
}

/// The nearest number of 32 bits.
fn saturate(minutes: i64) -> i32 {
    minutes.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::civil::{DAY, day_of};
    use crate::calendar::span::{intersection, union};
    use crate::calendar::{Days, Exception, Freeze, Shift, WindowMode, WindowRule, Windows};
    use crate::units::WorkScale;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn day(text: &str) -> i32 {
        day_of(text.parse().unwrap())
    }

    fn table(calendar: &Calendar, first: &str, last: &str) -> WorkTable {
        WorkTable::build(calendar, TablePart::Working, day(first), day(last))
    }

    #[test]
    fn a_finish_stays_at_the_end_of_a_shift_and_a_start_rolls() {
        // 2027-01-04 is a Monday.
        let table = table(&Calendar::standard(), "2027-01-04", "2027-01-31");
        assert_eq!(table.worked(at("2027-01-04")), 0);
        assert_eq!(table.worked(at("2027-01-04T08:01")), 1);
        assert_eq!(table.worked(at("2027-01-04T12:30")), 240);
        assert_eq!(table.worked(at("2027-01-09T10:00")), 2_400);
        assert_eq!(table.finish_at(240), at("2027-01-04T12:00"));
        assert_eq!(table.start_at(240), at("2027-01-04T13:00"));
        assert_eq!(table.finish_at(2_400), at("2027-01-08T17:00"));
        assert_eq!(table.start_at(2_400), at("2027-01-11T08:00"));
        assert_eq!(table.start_at(0), at("2027-01-04T08:00"));
        assert_eq!(table.finish_at(0), at("2027-01-04"));
        assert_eq!(table.total(), 20 * 480);
        assert_eq!(table.finish_at(9_600), at("2027-01-29T17:00"));
        assert_eq!(table.start_at(9_600), at("2027-02-01"));
    }

    #[test]
    fn time_runs_round_the_clock_outside_the_covered_days() {
        let table = table(&Calendar::standard(), "2027-01-04", "2027-01-10");
        assert_eq!(table.worked(at("2027-01-03T23:00")), -60);
        assert_eq!(
            (table.finish_at(-60), table.start_at(-60)),
            (at("2027-01-03T23:00"), at("2027-01-03T23:00"))
        );
        assert_eq!(table.worked(at("2027-01-11T01:00")), 2_460);
        assert_eq!(
            (table.finish_at(2_460), table.start_at(2_460)),
            (at("2027-01-11T01:00"), at("2027-01-11T01:00"))
        );
        assert!(table.covers(at("2027-01-04T00:01")) && table.covers(at("2027-01-10T23:59")));
        assert!(!table.covers(at("2027-01-04")) && !table.covers(at("2027-01-11")));
    }

    #[test]
    fn a_table_without_work_or_without_days_is_still_total() {
        let idle = Calendar::weekly(Default::default(), WorkScale::default());
        let idle = table(&idle, "2027-01-04", "2027-01-10");
        assert_eq!(idle.worked(at("2027-01-06")), 0);
        assert_eq!((idle.finish_at(0), idle.start_at(0)), (at("2027-01-04"), at("2027-01-11")));
        let empty = table(&Calendar::standard(), "2027-01-04", "2027-01-01");
        assert_eq!((empty.begins(), empty.ends(), empty.total()), (at("2027-01-04"), at("2027-01-04"), 0));
        assert_eq!(empty.worked(empty.finish_at(77)), 77);
    }

    #[test]
    fn no_argument_of_32_bits_overflows() {
        let ends = [i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX - 1, i32::MAX];
        for (first, last) in
            [(i32::MIN, i32::MIN + 5), (i32::MAX - 5, i32::MAX), (0, 10), (1_491_300, 1_491_400)]
        {
            let table = WorkTable::build(&Calendar::standard(), TablePart::Working, first, last);
            for n in ends {
                let _ = (
                    table.worked(Instant(n)),
                    table.finish_at(n),
                    table.start_at(n),
                    table.covers(Instant(n)),
                );
            }
        }
        let longest = WorkTable::build(&Calendar::round_the_clock(), TablePart::Working, i32::MIN, i32::MAX);
        assert_eq!(longest.total(), 1_491_308 * 1_440);
    }

    #[test]
    fn a_night_shift_belongs_to_the_day_on_which_it_begins() {
        let night = vec![Shift { start: 1_320, end: 1_800 }]; // 22:00-06:00
        let mut calendar = Calendar::weekly(std::array::from_fn(|_| night.clone()), WorkScale::default());
        let date = "2027-01-06".parse().unwrap();
        calendar.exceptions.push(Exception { days: Days::Range(date, date), shifts: Vec::new() });
        let table = table(&calendar, "2027-01-04", "2027-01-10");
        assert_eq!(table.worked(at("2027-01-05")), 360 + 120);
        assert_eq!(table.start_at(360 + 480), at("2027-01-05T22:00"));
        // The shift of the 5th runs into the free 6th; the next begins on the 7th.
        assert_eq!(table.finish_at(360 + 960), at("2027-01-06T06:00"));
        assert_eq!(table.start_at(360 + 960), at("2027-01-07T22:00"));
    }

    #[test]
    fn a_freeze_cuts_shifts_and_not_elapsed_time() {
        let mut calendar = Calendar::round_the_clock();
        let date = "2027-01-06".parse().unwrap();
        calendar.freezes.push(Freeze { days: Days::Range(date, date), reason: "audit".into() });
        let build = |part| WorkTable::build(&calendar, part, day("2027-01-04"), day("2027-01-10"));
        assert_eq!(build(TablePart::Working).total(), 6 * 1_440);
        assert_eq!(build(TablePart::Working).start_at(2 * 1_440), at("2027-01-07"));
        assert_eq!(build(TablePart::WorkingUnbound).total(), 7 * 1_440);
        assert_eq!(build(TablePart::Elapsed).total(), 7 * 1_440);
    }

    #[test]
    fn windows_that_pause_bind_working_and_elapsed_time() {
        let mut calendar = Calendar::standard();
        calendar.windows = Some(Windows {
            mode: WindowMode::Pause,
            rule: WindowRule::List(vec![(at("2027-01-05T10:00"), at("2027-01-06T10:00"))]),
            capacity: None,
        });
        let build = |part| WorkTable::build(&calendar, part, day("2027-01-04"), day("2027-01-10"));
        assert_eq!(build(TablePart::Working).total(), 120 + 240 + 120);
        assert_eq!(build(TablePart::Elapsed).total(), 1_440);
        assert_eq!(build(TablePart::WorkingUnbound).total(), 2_400);
        assert_eq!(build(TablePart::ElapsedUnbound).total(), 7 * 1_440);
    }

    #[test]
    fn a_team_elsewhere_works_by_its_own_clock() {
        // 5.5 h ahead: its Monday 08:00 is 02:30 here; on a Friday exception its whole local day is free.
        let mut calendar = Calendar { offset_minutes: -330, ..Calendar::standard() };
        let date = "2027-01-08".parse().unwrap();
        calendar.exceptions.push(Exception { days: Days::Range(date, date), shifts: Vec::new() });
        let table = table(&calendar, "2027-01-04", "2027-01-17");
        assert_eq!(table.start_at(0), at("2027-01-04T02:30"));
        assert_eq!(table.finish_at(480), at("2027-01-04T11:30"));
        assert_eq!(table.start_at(4 * 480), at("2027-01-11T02:30"));
        // 14 h behind: its Monday 13:00-17:00 is 03:00-07:00 on Tuesday here.
        let behind = Calendar { offset_minutes: 840, ..Calendar::standard() };
        let behind = WorkTable::build(&behind, TablePart::Working, day("2027-01-04"), day("2027-01-17"));
        assert_eq!(behind.start_at(0), at("2027-01-04T22:00"));
        assert_eq!(behind.start_at(120), at("2027-01-05T00:00"));
        assert_eq!(behind.start_at(240), at("2027-01-05T03:00"));
    }

    proptest! {
        #[test]
        fn the_three_functions_are_adjoint_everywhere(
            starts in prop::collection::vec(0..30_000_i32, 0..12),
            lengths in prop::collection::vec(1..3_000_i32, 12),
            ts in prop::collection::vec(-3_000..40_000_i32, 40),
        ) {
            let within = Span { start: 0, end: 21 * DAY };
            let spans = starts.iter().zip(&lengths).map(|(&start, length)| Span { start, end: start + length });
            let spans = intersection(&union(spans.collect()), &[within]);
            let table = WorkTable::from_spans(&spans, within);
            for &t in &ts {
                let w = table.worked(Instant(t));
                prop_assert!(table.finish_at(w) <= Instant(t) && Instant(t) <= table.start_at(w));
                prop_assert!(table.start_at(w - 1) < Instant(t + 1) && table.finish_at(w + 1) > Instant(t));
                prop_assert_eq!(table.worked(table.finish_at(w)), w);
                prop_assert_eq!(table.worked(table.start_at(w)), w);
                prop_assert_eq!(table.worked(Instant(table.start_at(w).0 + 1)), w + 1);
                prop_assert_eq!(table.worked(Instant(table.finish_at(w).0 - 1)), w - 1);
            }
        }
    }
}
