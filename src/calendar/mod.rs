//! Working time: what a calendar says, and the table that turns minutes into dates and back.
//!
//! **Invariant:** a calendar knows nothing of tasks; the tables are pure functions of the calendar and
//! the range of days that they cover.

mod civil;
mod days;
mod easter;
mod lanes;
mod opening;
mod presets;
mod problems;
mod span;
mod spec;
pub mod text;
mod window;
mod work;
mod worktime;

pub use lanes::WorkLanes;
pub use opening::WindowListError;
pub use problems::CalendarProblem;
pub use spec::{
    Calendar, Days, Exception, Freeze, MonthRule, Nth, Shift, WindowMode, WindowRule, Windows, YearlyDay,
};
pub use window::{Slot, Window, WindowTable};
pub use work::{TablePart, WorkTable};
