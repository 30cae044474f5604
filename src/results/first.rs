//! The first iteration in which a quantity has a value.

use crate::engine::{Block, NEVER, Observer};
use crate::model::Scope;

/// Looks for the first iteration in which the date or the cost of a part of the program, or its worth, has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    of: Of,
    value: i64,
    found: Option<u64>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Date(Scope),
    Cost(Scope),
    Worth,
}

impl First {
    /// Looks for a date (minutes since the epoch) or a cost (minor units) of a part of the program.
    #[must_use]
    pub fn new(scope: Scope, is_cost: bool, value: i64) -> Self {
        let of = if is_cost { Of::Cost(scope) } else { Of::Date(scope) };
        Self { of, value, found: None }
    }

    /// Looks for what the program is worth, in minor units.
    #[must_use]
    pub fn worth(value: i64) -> Self {
        Self { of: Of::Worth, value, found: None }
    }

    /// The number of the iteration, counted from 0.
    #[must_use]
    pub fn iteration(&self) -> Option<u64> {
        self.found
    }

    fn value(&self, block: &Block, lane: usize) -> Option<i64> {
        let date = |minutes: i32| (minutes != NEVER).then_some(i64::from(minutes));
        match self.of {
            Of::Date(Scope::Program) => date(block.finish[lane]),
            Of::Cost(Scope::Program) => Some(block.cost[lane]),
            Of::Date(Scope::Project(project)) => date(block.project_finish[[project.index(), lane]]),
            Of::Cost(Scope::Project(project)) => Some(block.project_cost[[project.index(), lane]]),
            Of::Date(Scope::Milestone(task)) => date(block.task_finish[[task.index(), lane]]),
            Of::Cost(Scope::Milestone(task)) => Some(block.task_cost[[task.index(), lane]]),
            Of::Worth => Some(block.benefit_worth[lane] - block.cost_worth[lane]),
        }
    }
}

impl Observer for First {
    fn wants_dates(&self, _: u64) -> bool {
        false
    }

    fn block(&mut self, block: &Block) {
        let first = block.index * block.finish.len() as u64;
        if self.found.is_some_and(|found| found < first) {
            return;
        }
        let lanes = 0..block.finish.len();
        let lane = lanes.into_iter().find(|&lane| self.value(block, lane) == Some(self.value));
        if let Some(lane) = lane {
            self.found = Some(first + lane as u64);
        }
    }

    fn merge(&mut self, other: Self) {
        self.found = self.found.into_iter().chain(other.found).min();
    }
}
