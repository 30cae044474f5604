//! Calendars as written.

use super::{Many, Named, raw_table};

raw_table! {
    /// A working calendar.
    pub struct RawCalendar is "a calendar" {
        /// The calendar to start from; its week holds unless an own one is given, its exceptions and freezes stay.
        base: String,
        /// Shifts by weekday or range of weekdays: `{ mon-fri = "09:00-12:30 13:30-18:00" }`.
        week: Named<String>,
        /// Days without work: dates, ranges, yearly days, rules.
        holidays: Many<String>,
        /// Days with other shifts than their weekday has: `{ "2027-03-06" = "09:00-13:00" }`.
        extra_days: Named<String>,
        /// Periods without work, each with a reason: `"2027-11-22..2028-01-09 year-end change freeze"`.
        freeze: Many<String>,
        /// Periods to which work is bound.
        windows: RawWindows,
        /// How far the team's clock is ahead of the program's, such as `"+05:30"`.
        offset: String,
        /// Working hours that a written day stands for; the program's unless given.
        hours_per_day: f64,
        /// Working days that a written week stands for; the program's unless given.
        days_per_week: f64,
        /// Working days that a written month stands for; the program's unless given.
        days_per_month: f64,
    }
}

raw_table! {
    /// Periods to which work is bound, in one of three ways.
    pub struct RawWindows is "a window rule" {
        /// The whole task must lie inside one window.
        fit: RawWindowRule,
        /// The task must start inside a window.
        start: RawWindowRule,
        /// Work happens only inside windows and continues in the next.
        pause: RawWindowRule,
        /// Places per window for a release train.
        capacity: f64,
    }
}

raw_table! {
    /// When windows are open: a rule, a list of periods, or a CSV file of periods.
    pub struct RawWindowRule is "a window list", short list "a rule or a list of periods" (periods: Many<String>) {
        /// A rule, or a list of periods.
        periods: Many<String>,
        /// A CSV file with the columns `start` and `end`.
        csv: String,
    }
}
