//! Instants that money is tied to.

use crate::model::{ProjectIx, TaskIx};
use crate::units::Instant;

/// An instant that may differ from iteration to iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The same in every iteration.
    Fixed(Instant),
    /// The start of the program, or its status date.
    ProgramStart,
    /// The finish of the program.
    ProgramFinish,
    /// The start of a task, or the date of a milestone.
    TaskStart(TaskIx),
    /// The finish of a task.
    TaskFinish(TaskIx),
    /// The earliest start of the tasks of a project and below it that exist.
    ProjectStart(ProjectIx),
    /// The latest finish of the tasks of a project and below it.
    ProjectFinish(ProjectIx),
    /// The finish of a program of a portfolio, by the project that stands for it.
    MemberFinish(ProjectIx),
}

impl Moment {
    /// The task that it is tied to, if any.
    #[must_use]
    pub fn task(self) -> Option<TaskIx> {
        match self {
            Self::TaskStart(task) | Self::TaskFinish(task) => Some(task),
            _ => None,
        }
    }

    /// The project that it is tied to, if any.
    #[must_use]
    pub fn project(self) -> Option<ProjectIx> {
        match self {
            Self::ProjectStart(project) | Self::ProjectFinish(project) | Self::MemberFinish(project) => {
                Some(project)
            }
            _ => None,
        }
    }

    /// What is tied to the finish of one task is tied to that of another.
    pub(in crate::model) fn move_finish(&mut self, from: TaskIx, to: TaskIx) {
        if *self == Self::TaskFinish(from) {
            *self = Self::TaskFinish(to);
        }
    }
}
