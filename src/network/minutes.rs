//! Working minutes between instants: what sensitivities and costs count.

use super::compile::Network;
use super::pass::Pass;
use crate::calendar::WorkTable;
use crate::model::TaskIx;
use crate::units::Instant;

impl Network {
    /// Working minutes of the program's calendar from its start (its status date when under way) to `at`:
    /// the T of semantics, section 4, for the finish of a target.
    #[must_use]
    pub fn program_minutes(&self, at: Instant) -> i32 {
        self.program_minutes_between(self.origin, at)
    }

    /// Working minutes of the program's calendar between two instants.
    #[must_use]
    pub fn program_minutes_between(&self, from: Instant, to: Instant) -> i32 {
        let table = &self.tables[self.program_table as usize];
        table.worked(to).saturating_sub(table.worked(from))
    }

    /// The tables of working time of the program; [`Self::program_table`] and [`Self::task_table`] name them.
    #[must_use]
    pub fn tables(&self) -> &[WorkTable] {
        &self.tables
    }

    /// The table of the program's own calendar.
    #[must_use]
    pub fn program_table(&self) -> u32 {
        self.program_table
    }

    /// The table on whose minutes the duration of a task counts.
    #[must_use]
    pub fn task_table(&self, task: TaskIx) -> u32 {
        self.rules[task.index()].clock
    }

    /// Working minutes of the task's own calendar between its start and its finish: its duration, or, where
    /// that is elapsed time, the working time within it.
    #[must_use]
    pub fn worked_minutes(&self, task: TaskIx, pass: &Pass) -> i32 {
        let table = &self.tables[self.working_table[task.index()] as usize];
        table.worked(pass.finish(task)).saturating_sub(table.worked(pass.start(task)))
    }
}
