//! What was planned to be done by when: the measure of earned value.

use std::collections::BTreeMap;

use crate::calendar::{TablePart, WorkTable};
use crate::engine::{NEVER, Plan};
use crate::model::{CalendarIx, Program, TaskIx};
use crate::units::Instant;

/// The planned work of one task, with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PlannedTask {
    start: Instant,
    finish: Instant,
    cost: f64,
    calendar: CalendarIx,
}

/// Dates and budgets against which progress is measured: those of the plan or of a baseline.
///
/// A task's budget is spread evenly over the working time between its planned dates. What is budgeted for projects
/// and the program themselves is spread evenly from the start of the program to its finish, and counts as earned
/// and spent as planned.
#[derive(Clone, Debug)]
pub struct PlannedWork {
    tasks: BTreeMap<TaskIx, PlannedTask>,
    tables: BTreeMap<CalendarIx, WorkTable>,
    start: Instant,
    finish: Instant,
    overhead: f64,
}

impl PlannedWork {
    /// The deterministic plan.
    #[must_use]
    pub fn of_plan(program: &Program, plan: &Plan) -> Self {
        let exists = |at: &usize| plan.task_finish[*at] != NEVER;
        let dates = (0..program.tasks().len()).filter(exists).map(|at| {
            let (start, finish) = (Instant(plan.task_start[at]), Instant(plan.task_finish[at]));
            (TaskIx::new(at), start, finish, plan.task_cost[at])
        });
        let finish = if plan.finish == NEVER { program.start() } else { Instant(plan.finish) };
        Self::new(program, finish, plan.cost, dates)
    }

    /// Given dates and budgets of tasks; the budget of the whole holds more than theirs where projects and the
    /// program have some of their own.
    #[must_use]
    pub fn new(
        program: &Program,
        finish: Instant,
        cost: i64,
        dates: impl Iterator<Item = (TaskIx, Instant, Instant, i64)>,
    ) -> Self {
        let tasks: BTreeMap<TaskIx, PlannedTask> = dates
            .filter_map(|(ix, start, finish, cost)| {
                let task = program.tasks().get(ix.index()).filter(|task| !task.is_extra_pass())?;
                Some((ix, PlannedTask { start, finish, cost: cost as f64, calendar: task.calendar }))
            })
            .collect();
        let first = tasks.values().map(|task| task.start).min().unwrap_or(program.start());
        let last = tasks.values().map(|task| task.finish).max().unwrap_or(finish);
        let table = |calendar: CalendarIx| {
            let spec = &program.calendars()[calendar.index()].calendar;
            WorkTable::build(spec, TablePart::WorkingUnbound, first.day() - 1, last.day() + 1)
        };
        let tables = tasks.values().map(|task| (task.calendar, ())).collect::<BTreeMap<_, ()>>();
        let spent: f64 = tasks.values().map(|task| task.cost).sum();
        Self {
            tables: tables.into_keys().map(|calendar| (calendar, table(calendar))).collect(),
            tasks,
            start: program.start(),
            finish,
            overhead: cost as f64 - spent,
        }
    }

    /// Budget at completion, in minor units.
    #[must_use]
    pub fn budget(&self) -> f64 {
        self.tasks.values().map(|task| task.cost).sum::<f64>() + self.overhead
    }

    /// When all of it was to be finished.
    #[must_use]
    pub fn finish(&self) -> Instant {
        self.finish
    }

    /// The budget of a task; 0 where it was not planned.
    #[must_use]
    pub fn budget_of(&self, task: TaskIx) -> f64 {
        self.tasks.get(&task).map_or(0.0, |task| task.cost)
    }

    /// Start and finish of a task, if it was planned.
    #[must_use]
    pub fn dates_of(&self, task: TaskIx) -> Option<(Instant, Instant)> {
        self.tasks.get(&task).map(|task| (task.start, task.finish))
    }

    /// What was budgeted for projects and the program themselves by an instant.
    #[must_use]
    pub fn overhead_by(&self, at: Instant) -> f64 {
        let whole = f64::from(self.finish.0.saturating_sub(self.start.0));
        let done = f64::from(at.0.saturating_sub(self.start.0));
        let share = if whole > 0.0 { (done / whole).clamp(0.0, 1.0) } else { f64::from(at >= self.finish) };
        self.overhead * share
    }

    /// The budget of what was planned to be done by an instant, in minor units.
    #[must_use]
    pub fn planned_by(&self, at: Instant) -> f64 {
        let tasks = self.tasks.values().map(|task| task.cost * self.share_by(task, at));
        tasks.sum::<f64>() + self.overhead_by(at)
    }

    fn share_by(&self, task: &PlannedTask, at: Instant) -> f64 {
        if at >= task.finish {
            return 1.0;
        }
        let worked = |at: Instant| self.tables.get(&task.calendar).map_or(at.0, |table| table.worked(at));
        let whole = worked(task.finish) - worked(task.start);
        if at <= task.start || whole <= 0 {
            return 0.0;
        }
        f64::from(worked(at) - worked(task.start)) / f64::from(whole)
    }
}
