//! What a calendar says: shifts, exceptions, freezes, windows.

use jiff::civil::{Date, Weekday};

use crate::units::{Instant, WorkScale};

/// A working calendar, complete in itself (inheritance is already resolved).
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// How many minutes a written day, week and month stand for.
    pub scale: WorkScale,
    /// Shifts of Monday to Sunday; empty = no work on that weekday.
    pub week: [Vec<Shift>; 7],
    /// Days that differ from the week; where several match a day the last one listed wins.
    pub exceptions: Vec<Exception>,
    /// Periods without work, on top of everything else.
    pub freezes: Vec<Freeze>,
    /// Periods to which work is bound, if any.
    pub windows: Option<Windows>,
    /// Minutes to add to the calendar's own clock to get the program's: a team 5.5 h ahead has -330.
    ///
    /// Shifts and exceptions are written in the calendar's own clock; freezes and windows are agreed for
    /// the whole program and are written in the program's.
    pub offset_minutes: i32,
}

/// A shift in minutes of the day on which it begins; `end` may pass 1,440 for a night shift.
///
/// A shift belongs to the day on which it begins: an exception replaces the shifts that begin on its days
/// and leaves the hours after midnight of the night before alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// First minute, `0..1440`.
    pub start: u16,
    /// End (exclusive), at most `start + 1440`.
    pub end: u16,
}

/// Days with other shifts than their weekday has.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Which days.
    pub days: Days,
    /// Their shifts; empty = no work.
    pub shifts: Vec<Shift>,
}

/// A period without work, from 00:00 of its first day to 24:00 of its last, whatever shift is running.
#[derive(Clone, Debug, PartialEq)]
pub struct Freeze {
    /// Which days are frozen, whole.
    pub days: Days,
    /// Why, for reports.
    pub reason: String,
}

/// A set of civil days.
#[derive(Clone, Debug, PartialEq)]
pub enum Days {
    /// From the first to the last date, both included.
    Range(Date, Date),
    /// The same day every year.
    Yearly(YearlyDay),
    /// From one (month, day) to another every year, both included; may pass the turn of the year.
    /// In a common year 29 February stands for 1 March as a beginning and for 28 February as an end.
    YearlyRange((i8, i8), (i8, i8)),
}

/// A day that recurs every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearlyDay {
    /// A month and a day; 29 February exists only in leap years.
    Fixed {
        /// 1..=12
        month: i8,
        /// 1..=31
        day: i8,
    },
    /// Days after (or before) Western Easter Sunday.
    Easter {
        /// 1 = Easter Monday, -2 = Good Friday.
        offset_days: i32,
    },
    /// The nth or last weekday of a month.
    Nth {
        /// 1..=12
        month: i8,
        /// Which one.
        nth: Nth,
        /// Of which weekday.
        weekday: Weekday,
    },
}

/// Which of several in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// 1 = first.
    From(u8),
    /// The last one.
    Last,
}

/// Periods to which work is bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Windows {
    /// How a window binds a task.
    pub mode: WindowMode,
    /// When the windows are.
    pub rule: WindowRule,
    /// Places per window for a release train; `None` = as many as wanted.
    pub capacity: Option<u32>,
}

/// How a window binds a task (semantics, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowMode {
    /// The start must lie inside a window.
    Start,
    /// Work happens only inside windows and continues in the next.
    Pause,
    /// The whole task lies inside one window: the first that is long enough.
    Fit,
}

/// When windows are open.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowRule {
    /// Listed periods, sorted, without overlap.
    List(Vec<(Instant, Instant)>),
    /// Every `weeks` weeks from the first opening, each `minutes` long.
    EveryWeeks {
        /// First opening.
        first: Instant,
        /// Distance between openings, at least 1.
        weeks: u32,
        /// Length of each window, at most `weeks` weeks.
        minutes: i32,
    },
    /// The nth or last weekday or weekend of every month, quarter or year.
    Month(MonthRule),
    /// Open whenever one of several rules says so; windows that overlap become one.
    Any(Vec<WindowRule>),
}

/// The nth or last weekday or weekend of a month, quarter or year.
///
/// The anchor is a day of the period; the window is placed relative to its midnight, so that the weekend
/// of the first Saturday may open on the Friday before, even if that lies in the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRule {
    /// Which one of the period; a period without it has no window.
    pub nth: Nth,
    /// The weekday of the anchor; Saturday for a weekend.
    pub weekday: Weekday,
    /// Months per period: 1 = every month, 3 = every calendar quarter, 12 = every year.
    pub months: u8,
    /// Minutes from 00:00 of the anchor to the opening; negative opens before that day.
    pub opens: i32,
    /// Length of the window, at least 1; 2,880 for a whole weekend.
    pub minutes: i32,
}
