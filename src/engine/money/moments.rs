//! The instants that money is tied to, in every lane.

use super::sheet::Sheet;
use crate::engine::NEVER;
use crate::model::{Moment, Program, ProjectIx, TaskIx};

/// A moment, with the tasks that decide on it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoundMoment {
    pub moment: Moment,
    /// The tasks of its project.
    members: Vec<TaskIx>,
}

/// All moments of a program, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moments {
    pub all: Vec<BoundMoment>,
}

impl Moments {
    /// The place of a moment; adds it if it is new.
    pub fn place(&mut self, moment: Moment, program: &Program) -> usize {
        if let Some(known) = self.all.iter().position(|one| one.moment == moment) {
            return known;
        }
        let members = |project: ProjectIx| program.tasks_of(project).collect();
        let of_project = moment.project().filter(|_| !matches!(moment, Moment::MemberFinish(_)));
        let members = of_project.map_or_else(Vec::new, members);
        self.all.push(BoundMoment { moment, members });
        self.all.len() - 1
    }

    /// The tasks whose dates are asked for.
    pub fn tasks(&self) -> impl Iterator<Item = &TaskIx> {
        self.all.iter().flat_map(|one| match &one.moment {
            Moment::TaskStart(task) | Moment::TaskFinish(task) => std::slice::from_ref(task),
            Moment::ProjectStart(_) => &one.members[..],
            _ => &[],
        })
    }

    /// Fills in every moment, and whether what it is tied to exists and happens: what is cancelled ends, but is
    /// never finished.
    pub fn fill(&self, sheet: &Sheet<'_>, start: i32, dates: &mut [i32], exist: &mut [bool]) {
        let lanes = sheet.lanes;
        let rows = dates.chunks_exact_mut(lanes).zip(exist.chunks_exact_mut(lanes));
        for (one, (dates, exist)) in self.all.iter().zip(rows) {
            exist.fill(true);
            match one.moment {
                Moment::Fixed(at) => dates.fill(at.0),
                Moment::ProgramStart => dates.fill(start),
                Moment::ProgramFinish => dates.copy_from_slice(sheet.finish),
                Moment::TaskStart(task) => {
                    dates.copy_from_slice(sheet.row(sheet.task_start, task.index()));
                    exist.copy_from_slice(sheet.row(sheet.task_present, task.index()));
                }
                Moment::TaskFinish(task) => {
                    dates.copy_from_slice(sheet.row(sheet.task_finish, task.index()));
                    exist.copy_from_slice(sheet.row(sheet.task_present, task.index()));
                    without_stopped(sheet, &[task], exist);
                }
                Moment::MemberFinish(project) => {
                    dates.copy_from_slice(sheet.row(sheet.project_finish, project.index()));
                }
                Moment::ProjectStart(_) => one.fill_start(sheet, dates, exist),
                Moment::ProjectFinish(project) => {
                    dates.copy_from_slice(sheet.row(sheet.project_finish, project.index()));
                    one.fill_existence(sheet, exist);
                    without_stopped(sheet, &one.members, exist);
                }
            }
            exist.iter_mut().zip(&*dates).for_each(|(exist, &date)| *exist &= date != NEVER);
        }
    }
}

/// Takes away the lanes in which any of some tasks was cancelled.
fn without_stopped(sheet: &Sheet<'_>, tasks: &[TaskIx], exist: &mut [bool]) {
    if sheet.task_stopped.is_empty() {
        return;
    }
    for task in tasks {
        let stopped = sheet.row(sheet.task_stopped, task.index());
        exist.iter_mut().zip(stopped).for_each(|(exist, &stopped)| *exist &= !stopped);
    }
}

impl BoundMoment {
    fn fill_start(&self, sheet: &Sheet<'_>, dates: &mut [i32], exist: &mut [bool]) {
        dates.fill(i32::MAX);
        for task in &self.members {
            let starts = sheet.row(sheet.task_start, task.index());
            let present = sheet.row(sheet.task_present, task.index());
            for ((date, &start), &present) in dates.iter_mut().zip(starts).zip(present) {
                *date = if present { (*date).min(start) } else { *date };
            }
        }
        self.fill_existence(sheet, exist);
    }

    fn fill_existence(&self, sheet: &Sheet<'_>, exist: &mut [bool]) {
        if self.members.is_empty() {
            return;
        }
        exist.fill(false);
        for task in &self.members {
            let present = sheet.row(sheet.task_present, task.index());
            exist.iter_mut().zip(present).for_each(|(exist, &present)| *exist |= present);
        }
    }
}
