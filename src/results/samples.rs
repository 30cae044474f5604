//! What uncertain tasks and risks did in the first iterations, beside what came of it.

use std::collections::BTreeMap;

use crate::engine::{Block, Observer};
use crate::lanes::LANES;
use crate::model::{Program, RiskIx, TaskIx};

/// Values that are kept at most: 2^25 of eight bytes.
const VALUES: usize = 1 << 25;

/// Minutes and cost of chosen tasks and occurrences of all risks, with finish and cost of the program, iteration by
/// iteration. Programs with very many tasks keep fewer iterations.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    tasks: Vec<TaskIx>,
    risks: usize,
    /// Blocks below this index are kept.
    limit: u64,
    blocks: BTreeMap<u64, Kept>,
}

#[derive(Clone, Debug, PartialEq)]
struct Kept {
    finish: Vec<i32>,
    cost: Vec<i64>,
    /// By chosen task, lane by lane.
    task_minutes: Vec<i32>,
    task_cost: Vec<i64>,
    /// By risk, lane by lane.
    risk_occurred: Vec<bool>,
}

impl Samples {
    /// Empty samples of these tasks and all risks of a program.
    #[must_use]
    pub fn new(program: &Program, tasks: Vec<TaskIx>) -> Self {
        let risks = program.risks().len();
        let per_block = (2 * tasks.len() + risks + 2) * LANES;
        let limit = (VALUES / per_block.max(1)).max(8) as u64;
        Self { tasks, risks, limit, blocks: BTreeMap::new() }
    }

    /// The tasks.
    #[must_use]
    pub fn tasks(&self) -> &[TaskIx] {
        &self.tasks
    }

    /// How many iterations are kept.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.blocks.len() * LANES
    }

    /// Finish of the program, minutes since the epoch or [`crate::engine::NEVER`].
    #[must_use]
    pub fn finish(&self) -> Vec<i64> {
        self.blocks.values().flat_map(|kept| &kept.finish).map(|&finish| i64::from(finish)).collect()
    }

    /// Cost of the program, minor units.
    #[must_use]
    pub fn cost(&self) -> Vec<i64> {
        self.blocks.values().flat_map(|kept| &kept.cost).copied().collect()
    }

    /// Minutes of the task at a place of [`Self::tasks`].
    #[must_use]
    pub fn task_minutes(&self, at: usize) -> Vec<i64> {
        let lanes = at * LANES..(at + 1) * LANES;
        let all = self.blocks.values().flat_map(|kept| &kept.task_minutes[lanes.clone()]);
        all.map(|&minutes| i64::from(minutes)).collect()
    }

    /// Cost of the task at a place of [`Self::tasks`], minor units.
    #[must_use]
    pub fn task_cost(&self, at: usize) -> Vec<i64> {
        let lanes = at * LANES..(at + 1) * LANES;
        self.blocks.values().flat_map(|kept| &kept.task_cost[lanes.clone()]).copied().collect()
    }

    /// Whether a risk occurred.
    #[must_use]
    pub fn risk_occurred(&self, risk: RiskIx) -> Vec<bool> {
        let lanes = risk.index() * LANES..(risk.index() + 1) * LANES;
        self.blocks.values().flat_map(|kept| &kept.risk_occurred[lanes.clone()]).copied().collect()
    }
}

impl Observer for Samples {
    fn wants_dates(&self, _block: u64) -> bool {
        false
    }

    fn block(&mut self, block: &Block) {
        if block.index >= self.limit {
            return;
        }
        let of_tasks = || self.tasks.iter().flat_map(|task| (0..LANES).map(|lane| [task.index(), lane]));
        let kept = Kept {
            finish: block.finish.clone(),
            cost: block.cost.clone(),
            task_minutes: of_tasks().map(|at| block.task_minutes[at]).collect(),
            task_cost: of_tasks().map(|at| block.task_cost[at]).collect(),
            risk_occurred: (0..self.risks)
                .flat_map(|at| (0..LANES).map(move |lane| [at, lane]))
                .map(|at| block.risk_occurred[at])
                .collect(),
        };
        self.blocks.insert(block.index, kept);
    }

    fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}
