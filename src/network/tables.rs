//! The working-time tables of a program, one per calendar and part that is used.

use crate::calendar::{TablePart, WorkTable};
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
