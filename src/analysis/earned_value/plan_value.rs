//! What was planned to be done by when: the measure of earned value.

use std::collections::BTreeMap;

use crate::calendar::{TablePart, WorkTable};
use crate::engine::{NEVER, PlannedSpend, Simulation};
use crate::model::{CalendarIx, Program, ProjectIx, TaskIx};
use crate::units::Instant;

/// The planned work of one task, with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PlannedTask {
    start: Instant,
    finish: Instant,
    cost: f64,
    calendar: CalendarIx,
}

/// A part of the budget of a project or of the program itself, which falls due between two moments.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PlannedLine {
    project: Option<ProjectIx>,
    start: Instant,
    finish: Instant,
    cost: f64,
}

/// Dates and budgets against which progress is measured: those of the plan or of a baseline.
///
/// A task's budget is spread evenly over the working time between its planned dates. A cost line of a project or of
/// the program itself is spread evenly over the calendar time between its own planned moments; what belongs to no
/// such line between the first and the last day of its bearer. It counts as earned and spent as planned.
#[derive(Clone, Debug)]
pub struct PlannedWork {
    tasks: BTreeMap<TaskIx, PlannedTask>,
    tables: BTreeMap<CalendarIx, WorkTable>,
    lines: Vec<PlannedLine>,
    within: BTreeMap<TaskIx, Vec<ProjectIx>>,
    finish: Instant,
}

/// What was planned.
#[derive(Clone, Debug)]
pub struct PlannedCosts {
    /// The finish of the program.
    pub finish: Instant,
    /// The cost of the program, in minor units.
    pub cost: i64,
    /// Of each project with all below it.
    pub projects: Vec<i64>,
    /// Start, finish and cost of tasks.
    pub tasks: Vec<(TaskIx, Instant, Instant, i64)>,
    /// What projects and the program cost themselves, line by line.
    pub spends: Vec<PlannedSpend>,
}

impl PlannedCosts {
    /// Those of the deterministic plan.
    #[must_use]
    pub fn of(simulation: &Simulation) -> Self {
        let (program, plan) = (simulation.program(), simulation.plan());
        let exists = |at: &usize| plan.task_finish[*at] != NEVER;
        let tasks = (0..program.tasks().len()).filter(exists).map(|at| {
            let (start, finish) = (Instant(plan.task_start[at]), Instant(plan.task_finish[at]));
            (TaskIx::new(at), start, finish, plan.task_cost[at])
        });
        Self {
            finish: if plan.finish == NEVER { program.start() } else { Instant(plan.finish) },
            cost: plan.cost,
            projects: plan.project_cost.clone(),
            tasks: tasks.collect(),
            spends: simulation.treasury().map(|money| money.planned_spends(plan)).unwrap_or_default(),
        }
    }

    /// What no line of its own explains: of each project, and of the program, without what is below them.
    fn unexplained(&self, program: &Program) -> Vec<PlannedLine> {
        let parents = (0..program.projects().len()).map(ProjectIx::new).map(Some).chain([None]);
        let mut rest = Vec::new();
        for parent in parents {
            let whole = parent.map_or(self.cost, |project| self.projects[project.index()]);
            let below = program.projects().iter().zip(&self.projects);
            let below = below.filter(|(project, _)| project.parent == parent).map(|(_, cost)| cost);
            let own = self.tasks.iter();
            let own = own.filter(|(task, ..)| program.tasks()[task.index()].project == parent);
            let lines = self.spends.iter().filter(|line| line.project == parent).map(|line| line.amount);
            let cost =
                whole - below.sum::<i64>() - own.map(|(.., cost)| cost).sum::<i64>() - lines.sum::<i64>();
            let is_in = |task: TaskIx| match parent {
                None => true,
                Some(project) => {
                    let own = program.tasks()[task.index()].project;
                    own.is_some_and(|own| program.is_within(own, project))
                }
            };
            let dates = || self.tasks.iter().filter(|(task, ..)| is_in(*task));
            let (start, finish) = match parent {
                None => (program.start(), self.finish),
                Some(_) => (
                    dates().map(|(_, start, ..)| *start).min().unwrap_or(program.start()),
                    dates().map(|(_, _, finish, _)| *finish).max().unwrap_or(self.finish),
                ),
            };
            if cost != 0 {
                rest.push(PlannedLine { project: parent, start, finish, cost: cost as f64 });
            }
        }
        rest
    }
}

impl PlannedWork {
    /// The deterministic plan.
    #[must_use]
    pub fn of_plan(simulation: &Simulation) -> Self {
        Self::new(simulation.program(), &PlannedCosts::of(simulation))
    }

    /// Given dates and budgets.
    #[must_use]
    pub fn new(program: &Program, planned: &PlannedCosts) -> Self {
        let own = planned.tasks.iter().filter_map(|&(ix, start, finish, cost)| {
            let task = program.tasks().get(ix.index()).filter(|task| !task.is_extra_pass())?;
            Some((ix, PlannedTask { start, finish, cost: cost as f64, calendar: task.calendar }))
        });
        let tasks: BTreeMap<TaskIx, PlannedTask> = own.collect();
        let first = tasks.values().map(|task| task.start).min().unwrap_or(program.start());
        let last = tasks.values().map(|task| task.finish).max().unwrap_or(planned.finish);
        let table = |calendar: CalendarIx| {
            let spec = &program.calendars()[calendar.index()].calendar;
            WorkTable::build(spec, TablePart::WorkingUnbound, first.day() - 1, last.day() + 1)
        };
        let tables = tasks.values().map(|task| (task.calendar, ())).collect::<BTreeMap<_, ()>>();
        let spends = planned.spends.iter().map(|line| PlannedLine {
            project: line.project,
            start: line.from,
            finish: line.to,
            cost: line.amount as f64,
        });
        let above = |ix: &TaskIx| {
            let own = program.tasks()[ix.index()].project;
            let all = (0..program.projects().len()).map(ProjectIx::new);
            all.filter(|&project| own.is_some_and(|own| program.is_within(own, project))).collect()
        };
        let lines = spends.chain(planned.unexplained(program)).collect();
        Self {
            tables: tables.into_keys().map(|calendar| (calendar, table(calendar))).collect(),
            within: tasks.keys().map(|ix| (*ix, above(ix))).collect(),
            tasks,
            lines,
            finish: planned.finish,
        }
    }

    /// Budget at completion, in minor units.
    #[must_use]
    pub fn budget(&self) -> f64 {
        let lines: f64 = self.lines.iter().map(|line| line.cost).sum();
        self.tasks.values().map(|task| task.cost).sum::<f64>() + lines
    }

    /// The plan of a project with all below it by an instant.
    #[must_use]
    pub fn of_project(&self, program: &Program, project: ProjectIx, at: Instant) -> ProjectValue {
        let is_in = |ix: &TaskIx| self.within.get(ix).is_some_and(|all| all.contains(&project));
        let tasks = || self.tasks.iter().filter(|(ix, _)| is_in(ix)).map(|(_, task)| task);
        let below = |line: &&PlannedLine| line.project.is_some_and(|own| program.is_within(own, project));
        let lines = || self.lines.iter().filter(below);
        let own = lines().map(|line| line.cost * line.share_by(at)).sum::<f64>();
        ProjectValue {
            budget: tasks().map(|task| task.cost).sum::<f64>() + lines().map(|line| line.cost).sum::<f64>(),
            planned: tasks().map(|task| task.cost * self.share_by(task, at)).sum::<f64>() + own,
            lines: own,
        }
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
        self.lines.iter().map(|line| line.cost * line.share_by(at)).sum()
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

/// The plan of a project by an instant, in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectValue {
    /// Budget at completion.
    pub budget: f64,
    /// Planned value.
    pub planned: f64,
    /// The part of the planned value that belongs to its own cost lines.
    pub lines: f64,
}

impl PlannedLine {
    fn share_by(&self, at: Instant) -> f64 {
        let whole = f64::from(self.finish.0.saturating_sub(self.start.0));
        if whole <= 0.0 {
            return f64::from(at >= self.finish);
        }
        (f64::from(at.0.saturating_sub(self.start.0)) / whole).clamp(0.0, 1.0)
    }
}
