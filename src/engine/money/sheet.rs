//! What money is computed from: rows of one iteration, or of all iterations of a block.

use crate::engine::Block;
use crate::model::{Bearer, Program, ProjectIx};

/// Dates and costs, by row and lane: one lane for one iteration, or those of a block.
#[derive(Debug)]
pub(in crate::engine) struct Sheet<'a> {
    pub lanes: usize,
    pub finish: &'a [i32],
    pub task_start: &'a [i32],
    pub task_finish: &'a [i32],
    pub task_minutes: &'a [i32],
    pub task_present: &'a [bool],
    /// Empty where nothing can be cancelled.
    pub task_stopped: &'a [bool],
    pub project_finish: &'a [i32],
}

/// The costs of a sheet.
#[derive(Debug)]
pub(in crate::engine) struct Totals<'a> {
    pub task: &'a mut [i64],
    pub project: &'a mut [i64],
    pub program: &'a mut [i64],
    /// Whether the rows of projects and the program hold the costs of their own tasks already.
    pub with_tasks: bool,
}

impl<'a> Sheet<'a> {
    /// One row of a table.
    #[inline]
    pub fn row<T>(&self, table: &'a [T], at: usize) -> &'a [T] {
        &table[at * self.lanes..][..self.lanes]
    }

    /// The sheet of a block; `None` if somebody laid it out differently.
    pub fn of(block: &'a Block) -> Option<Self> {
        Some(Self {
            lanes: block.finish.len(),
            finish: &block.finish,
            task_start: block.task_start.as_slice()?,
            task_finish: block.task_finish.as_slice()?,
            task_minutes: block.task_minutes.as_slice()?,
            task_present: block.task_present.as_slice()?,
            task_stopped: block.task_stopped.as_slice()?,
            project_finish: block.project_finish.as_slice()?,
        })
    }
}

impl Totals<'_> {
    /// Books a row of amounts.
    pub fn book(&mut self, program: &Program, on: Bearer, amounts: &[i64]) {
        let lanes = amounts.len();
        let add = |row: &mut [i64]| row.iter_mut().zip(amounts).for_each(|(sum, &amount)| *sum += amount);
        match on {
            Bearer::Task(task) => {
                add(&mut self.task[task.index() * lanes..][..lanes]);
                if self.with_tasks {
                    match program.tasks()[task.index()].project {
                        Some(project) => add(&mut self.project[project.index() * lanes..][..lanes]),
                        None => add(self.program),
                    }
                }
            }
            Bearer::Project(project) => add(&mut self.project[project.index() * lanes..][..lanes]),
            Bearer::Program => add(self.program),
        }
    }

    /// What a bearer costs so far with everything in it, before projects are added to what is above them.
    pub fn cost_of(&self, program: &Program, on: Bearer, out: &mut [i64]) {
        let lanes = out.len();
        out.fill(0);
        let mut add = |table: &[i64], at: usize| {
            let row = &table[at * lanes..][..lanes];
            out.iter_mut().zip(row).for_each(|(sum, &amount)| *sum += amount);
        };
        let within = |project: Option<ProjectIx>| match (on, project) {
            (Bearer::Program, _) => true,
            (Bearer::Project(above), Some(project)) => program.is_within(project, above),
            (Bearer::Project(_), None) | (Bearer::Task(_), _) => false,
        };
        match on {
            Bearer::Task(task) => add(self.task, task.index()),
            Bearer::Project(_) | Bearer::Program => {
                for at in (0..program.projects().len()).filter(|&at| within(Some(ProjectIx::new(at)))) {
                    add(self.project, at);
                }
                if !self.with_tasks {
                    for (at, task) in program.tasks().iter().enumerate() {
                        if within(task.project) {
                            add(self.task, at);
                        }
                    }
                }
                if on == Bearer::Program {
                    add(self.program, 0);
                }
            }
        }
    }
}
