//! Calendars as people write them: shifts, weekdays, days, windows.
//!
//! **Invariant:** a text is read wholly or refused with its own words; upper and lower case are the same.

mod days;
mod shifts;
mod weekdays;
mod window;
mod window_span;
mod words;

pub use days::{ParseDaysError, parse_days, parse_freeze, parse_named_days};
pub use shifts::{ParseOffsetError, ParseShiftsError, parse_offset, parse_shifts};
pub use weekdays::{ParseWeekdaysError, parse_weekdays};
pub use window::{ParseWindowError, parse_window_rule, parse_windows};
