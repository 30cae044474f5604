//! For whose finish late dates and driving chains are computed.

use super::compile::Network;
use super::pass::Pass;
use crate::model::{ProjectIx, Scope, TaskIx};

/// A finish that must not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// The latest finish of all work.
    All,
    /// The latest finish of a project.
    Project(ProjectIx),
    /// The finish of one task or milestone.
    Task(TaskIx),
}

impl Goal {
    /// The goal of a scope; that of the program is its finish milestone, if one is named.
    pub fn of(scope: Scope, network: &Network) -> Self {
        match scope {
            Scope::Program => network.target.map_or(Self::All, Self::Task),
            Scope::Project(project) => {
                let own = network.finishes.iter().find(|(program, _)| *program == project);
                own.map_or(Self::Project(project), |(_, task)| Self::Task(*task))
            }
            Scope::Milestone(task) => Self::Task(task),
        }
    }

    /// Its date in this iteration; `None` if it has none.
    pub fn date(self, pass: &Pass) -> Option<i32> {
        match self {
            Self::All => pass.last_finish().map(|at| at.0),
            Self::Project(project) => pass.project_finish(project).map(|at| at.0),
            Self::Task(task) => (!pass.is_unfinished(task)).then_some(pass.finish[task.index()]),
        }
    }

    /// Whether the finish of this task is part of it.
    #[inline]
    pub fn includes(self, task: usize, network: &Network) -> bool {
        match self {
            Self::All => true,
            Self::Project(project) => network.is_in(task, project),
            Self::Task(only) => only.index() == task,
        }
    }
}
