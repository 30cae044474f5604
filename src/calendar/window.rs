//! Windows to which starts or whole tasks are bound.

use super::span::Span;
use super::worktime::covered;
use super::{Calendar, WindowMode, WorkTable};
use crate::units::Instant;

/// The windows of one calendar over a range of days, in its working minutes.
///
/// For the modes `start` and `fit`; windows that pause work are part of the [`WorkTable`] already. Windows
/// without a working minute are left out. All rules are in the numbers of working minutes of the table with
/// which the windows were built: a task of `d` minutes placed at `w` runs from `start_at(w)` to
/// `finish_at(w + d)`, and lies
///
/// - for `start`, with its first minute in a window: `first <= w < end`;
/// - for `fit`, wholly in one window: `first <= w` and `w + d <= end`,
///
/// where `first..end` are the working minutes of the window. The queries for the latest place are the exact
/// inverses of those for the first place.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowTable {
    fit: bool,
    capacity: Option<u32>,
    windows: Vec<Window>,
    /// Working minutes of the longest window.
    longest: i32,
    complete: bool,
}

/// One window with at least one working minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When it opens; at the earliest the beginning of the range.
    pub opens: Instant,
    /// When it closes; at the latest the end of the range.
    pub closes: Instant,
    /// Number of its first working minute.
    pub first: i32,
    /// Number after that of its last working minute.
    pub end: i32,
    /// Earliest instant for a task without duration: the beginning of the first working minute.
    pub earliest: Instant,
    /// Latest instant for a task without duration: the end of the last working minute for `fit`, its
    /// beginning for `start`.
    pub latest: Instant,
}

/// A place for a task in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which window, counted from 0 in the order of time.
    pub window: usize,
    /// The working minute at which the task is placed.
    pub work: i32,
}

impl WindowTable {
    /// The windows from `first_day` to `last_day` (days since 1970-01-01, both included) in the minutes of
    /// `work`, which should cover the same days; `None` if the calendar binds no start and no whole task.
    #[must_use]
    pub fn build(calendar: &Calendar, work: &WorkTable, first_day: i32, last_day: i32) -> Option<Self> {
        let windows = calendar.windows.as_ref()?;
        let fit = match windows.mode {
            WindowMode::Start => false,
            WindowMode::Fit => true,
            WindowMode::Pause => return None,
        };
        let within = covered(first_day, last_day);
        let list: Vec<Window> = windows
            .rule
            .openings(within)
            .into_iter()
            .filter_map(|span| Window::new(span, fit, work))
            .collect();
        let longest = list.iter().map(|window| window.end - window.first).max().unwrap_or(0);
        let complete = windows.rule.last_close().is_some_and(|close| close.0 <= within.end);
        Some(Self { fit, capacity: windows.capacity, windows: list, longest, complete })
    }

    /// The first place at or after the working minute `ready` for a task of `minutes`; `None` if no window
    /// of the range is left for it.
    ///
    /// Durations below 1 are taken as 1; tasks without duration are placed with
    /// [`Self::first_instant`].
    #[must_use]
    pub fn first_slot(&self, ready: i32, minutes: i32) -> Option<Slot> {
        self.first_slot_from(0, ready, minutes)
    }

    /// The same in window number `window` or later: where a release train is full, the next one.
    #[must_use]
    pub fn first_slot_from(&self, window: usize, ready: i32, minutes: i32) -> Option<Slot> {
        let need = self.need(minutes);
        if need > self.longest {
            return None;
        }
        let left_by = ready.saturating_add(need);
        let skip = window.max(self.windows.partition_point(|window| window.end < left_by));
        let (window, found) = self
            .windows
            .iter()
            .enumerate()
            .skip(skip)
            .find(|(_, window)| window.end - window.first >= need)?;
        Some(Slot { window, work: found.first.max(ready) })
    }

    /// The latest place from which a task of `minutes` has worked by the number `limit`; `None` if no window
    /// of the range is early enough.
    ///
    /// A task finishes no later than an instant `t` exactly if it has worked by `limit = worked(t)`. Its
    /// start is no later than `t` exactly if it has worked by `worked(t + 1) - 1 + minutes`.
    #[must_use]
    pub fn last_slot(&self, limit: i32, minutes: i32) -> Option<Slot> {
        let (need, latest) = (self.need(minutes), limit.saturating_sub(minutes.max(1)));
        if need > self.longest {
            return None;
        }
        let begun = self.windows.partition_point(|window| window.first <= latest);
        let window = self.windows[..begun].iter().rposition(|window| window.end - window.first >= need)?;
        Some(Slot { window, work: latest.min(self.windows[window].end - need) })
    }

    /// The latest such place within one window: where the departure of a release train is fixed.
    #[must_use]
    pub fn last_slot_in(&self, window: usize, limit: i32, minutes: i32) -> Option<Slot> {
        let (need, latest) = (self.need(minutes), limit.saturating_sub(minutes.max(1)));
        let found = self.windows.get(window)?;
        let work = latest.min(found.end.saturating_sub(need));
        (work >= found.first).then_some(Slot { window, work })
    }

    /// The first instant at or after `ready` for a task without duration, with the number of its window.
    ///
    /// An instant between the first and the last working minute of a window stays where it is; it is not
    /// rolled to working time.
    #[must_use]
    pub fn first_instant(&self, ready: Instant) -> Option<(usize, Instant)> {
        self.first_instant_from(0, ready)
    }

    /// The same in window number `window` or later.
    #[must_use]
    pub fn first_instant_from(&self, window: usize, ready: Instant) -> Option<(usize, Instant)> {
        let window = window.max(self.windows.partition_point(|window| window.latest < ready));
        Some((window, self.windows.get(window)?.earliest.max(ready)))
    }

    /// The latest instant at or before `limit` for a task without duration, with the number of its window.
    #[must_use]
    pub fn last_instant(&self, limit: Instant) -> Option<(usize, Instant)> {
        let window = self.windows.partition_point(|window| window.earliest <= limit).checked_sub(1)?;
        Some((window, self.windows[window].latest.min(limit)))
    }

    /// The number of the window that is open at `t`, if one is.
    #[must_use]
    pub fn window_at(&self, t: Instant) -> Option<usize> {
        let window = self.windows.partition_point(|window| window.closes <= t);
        (self.windows.get(window)?.opens <= t).then_some(window)
    }

    /// The windows in the order of time.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Whether the whole task must lie inside one window (`fit`), not only its start (`start`).
    #[must_use]
    pub fn is_fit(&self) -> bool {
        self.fit
    }

    /// Places per window; `None` = as many as wanted.
    #[must_use]
    pub fn capacity(&self) -> Option<u32> {
        self.capacity
    }

    /// Working minutes of the longest window: for `fit`, longer tasks have no place in this range.
    #[must_use]
    pub fn longest_minutes(&self) -> i32 {
        self.longest
    }

    /// Whether no window closes after the range: then a longer range finds nothing more.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Working minutes that must be left in a window.
    fn need(&self, minutes: i32) -> i32 {
        if self.fit { minutes.max(1) } else { 1 }
    }
}

impl Window {
    /// A window, unless it has no working minute.
    fn new(span: Span, fit: bool, work: &WorkTable) -> Option<Self> {
        let (opens, closes) = (Instant(span.start), Instant(span.end));
        let (first, end) = (work.worked(opens), work.worked(closes));
        if first >= end {
            return None;
        }
        let latest = if fit { work.finish_at(end) } else { work.start_at(end - 1) };
        Some(Self { opens, closes, first, end, earliest: work.start_at(first), latest })
    }
}
