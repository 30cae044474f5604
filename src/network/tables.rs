//! The working-time tables of a program, one per calendar and part that is used.

use crate::calendar::{TablePart, WindowMode, WindowTable, WorkTable};
use crate::model::{CalendarIx, Program};
use crate::units::Instant;

/// Which tables are needed, in the order in which they were first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct TableList {
    keys: Vec<(CalendarIx, TablePart)>,
}

impl TableList {
    /// The number of a table; asked for twice it is the same.
    pub fn number(&mut self, calendar: CalendarIx, part: TablePart) -> u32 {
        let key = (calendar, part);
        let at = self.keys.iter().position(|&known| known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        at as u32
    }

    /// All tables for a range of days, both included.
    pub fn build(&self, program: &Program, first_day: i32, last_day: i32) -> Vec<WorkTable> {
        let one = |&(calendar, part): &(CalendarIx, TablePart)| {
            WorkTable::build(&program.calendars()[calendar.index()].calendar, part, first_day, last_day)
        };
        self.keys.iter().map(one).collect()
    }
}

impl TableList {
    /// The windows in the minutes of each table, where the calendar binds places at all.
    pub fn windows(
        &self,
        program: &Program,
        tables: &[WorkTable],
        first_day: i32,
        last_day: i32,
    ) -> Vec<Option<WindowTable>> {
        let one = |(&(calendar, part), table): (&(CalendarIx, TablePart), &WorkTable)| {
            if matches!(part, TablePart::WorkingUnbound | TablePart::ElapsedUnbound) {
                return None;
            }
            let calendar = &program.calendars()[calendar.index()].calendar;
            WindowTable::build(calendar, table, first_day, last_day)
        };
        self.keys.iter().zip(tables).map(one).collect()
    }

    /// The calendar behind a table.
    pub fn calendar(&self, table: u32) -> CalendarIx {
        self.keys[table as usize].0
    }
}

/// Whether windows of a calendar bind the place of a task, rather than pausing its work.
pub(super) fn binds_place(program: &Program, calendar: CalendarIx) -> bool {
    let windows = &program.calendars()[calendar.index()].calendar.windows;
    windows.as_ref().is_some_and(|windows| windows.mode != WindowMode::Pause)
}

/// Whether what is done on a calendar must lie inside one window as a whole.
pub(super) fn fits_in_windows(program: &Program, calendar: CalendarIx) -> bool {
    let windows = &program.calendars()[calendar.index()].calendar.windows;
    windows.as_ref().is_some_and(|windows| windows.mode == WindowMode::Fit)
}

/// Whether a calendar takes only so many tasks per window.
pub(super) fn is_train(program: &Program, calendar: CalendarIx) -> bool {
    let windows = &program.calendars()[calendar.index()].calendar.windows;
    windows.as_ref().is_some_and(|windows| windows.mode != WindowMode::Pause && windows.capacity.is_some())
}

/// When the last window closes to which a calendar's work is confined; `None` if it never ends.
pub(super) fn last_work(program: &Program, calendar: CalendarIx) -> Option<Instant> {
    let windows = program.calendars()[calendar.index()].calendar.windows.as_ref()?;
    if windows.mode == WindowMode::Pause { windows.rule.last_close() } else { None }
}

/// Whether a calendar has windows or freezes, so that work may have to wait.
pub(super) fn can_wait(program: &Program, calendar: CalendarIx) -> bool {
    let calendar = &program.calendars()[calendar.index()].calendar;
    calendar.windows.is_some() || !calendar.freezes.is_empty()
}

/// The latest instant with the same work before it as `t`: the beginning of the next working minute, or
/// `t` itself in working time.
pub(super) fn rolled(table: &WorkTable, t: i32) -> i32 {
    table.start_at(table.worked(Instant(t))).0
}
