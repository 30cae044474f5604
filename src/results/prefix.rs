//! The first iterations, kept whole for what cannot be summed: ranks per task and joint shares.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1, Axis};

use crate::draws::BLOCK;
use crate::engine::Block;
use crate::model::TaskIx;
use crate::units::Percentile;

/// At most this many iterations are kept; programs with very many tasks keep fewer.
pub const PREFIX_ITERATIONS: u64 = 65_536;

/// Values of tasks that are kept at most: 2^26 of four bytes, twice.
const VALUES: usize = 1 << 26;

/// The first blocks of a simulation: dates of every task, finish and cost of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefix {
    /// Blocks below this index are kept.
    limit: u64,
    blocks: BTreeMap<u64, Kept>,
}

/// In place of a date of a task that does not exist.
const ABSENT: i32 = i32::MIN;

/// The dates of what exists.
fn dates_of_present(dates: &Array2<i32>, present: &Array2<bool>) -> Array2<i32> {
    let mut kept = dates.clone();
    kept.zip_mut_with(present, |date, &present| {
        if !present {
            *date = ABSENT;
        }
    });
    kept
}

#[derive(Clone, Debug, PartialEq)]
struct Kept {
    start: Array2<i32>,
    finish: Array2<i32>,
    program: Vec<(i32, i64)>,
}

impl Prefix {
    /// An empty prefix for a program of so many tasks.
    #[must_use]
    pub fn new(tasks: usize) -> Self {
        let fitting = VALUES / (tasks.max(1) * BLOCK * 2);
        let limit = (fitting as u64).clamp(8, PREFIX_ITERATIONS / BLOCK as u64);
        Self { limit, blocks: BTreeMap::new() }
    }

    /// How many of the first blocks are kept.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Whether the block with this index belongs to the prefix.
    #[must_use]
    pub fn keeps(&self, block: u64) -> bool {
        block < self.limit
    }

    /// Keeps the block if it belongs to the prefix.
    pub fn record(&mut self, block: &Block) {
        if self.keeps(block.index) {
            let program = block.finish.iter().copied().zip(block.cost.iter().copied()).collect();
            let kept = Kept {
                start: dates_of_present(&block.task_start, &block.task_present),
                finish: dates_of_present(&block.task_finish, &block.task_present),
                program,
            };
            self.blocks.insert(block.index, kept);
        }
    }

    /// Takes over what `other` kept.
    pub fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }

    /// How many iterations are kept.
    #[must_use]
    pub fn iterations(&self) -> u64 {
        (self.blocks.len() * BLOCK) as u64
    }

    /// Percentiles of the start of a task over the iterations in which it exists, in the order asked for;
    /// `None` where the task has no date.
    #[must_use]
    pub fn start_percentiles(&self, task: TaskIx, levels: &[Percentile]) -> Vec<Option<i32>> {
        self.percentiles(levels, |kept| kept.start.index_axis(Axis(0), task.index()))
    }

    /// Percentiles of the finish of a task over the iterations in which it exists, in the order asked for;
    /// `None` where the task has no date.
    #[must_use]
    pub fn finish_percentiles(&self, task: TaskIx, levels: &[Percentile]) -> Vec<Option<i32>> {
        self.percentiles(levels, |kept| kept.finish.index_axis(Axis(0), task.index()))
    }

    /// How many of the kept iterations finish and cost at most this much.
    #[must_use]
    pub fn joint_count(&self, finish: i32, cost: i64) -> u64 {
        let pairs = self.blocks.values().flat_map(|kept| &kept.program);
        pairs.filter(|&&(f, c)| f <= finish && c <= cost).count() as u64
    }

    /// By limit of the finish and then by limit of the cost, both ascending, how many of the kept iterations keep
    /// both.
    #[must_use]
    pub fn joint_counts(&self, finishes: &[i32], costs: &[i64]) -> Vec<Vec<u64>> {
        let mut counts = vec![vec![0_u64; costs.len()]; finishes.len()];
        for &(finish, cost) in self.blocks.values().flat_map(|kept| &kept.program) {
            let row = finishes.partition_point(|&limit| limit < finish);
            let column = costs.partition_point(|&limit| limit < cost);
            if let Some(count) = counts.get_mut(row).and_then(|row| row.get_mut(column)) {
                *count += 1;
            }
        }
        // From counts of cells to counts of all that lies before.
        let mut above = vec![0; costs.len()];
        for row in &mut counts {
            let mut before = 0;
            for (count, above) in row.iter_mut().zip(&mut above) {
                before += *count;
                *above += before;
                *count = *above;
            }
        }
        counts
    }

    fn percentiles<'a>(
        &'a self,
        levels: &[Percentile],
        column: impl Fn(&'a Kept) -> ArrayView1<'a, i32>,
    ) -> Vec<Option<i32>> {
        let mut values: Vec<i32> = Vec::with_capacity(self.blocks.len() * BLOCK);
        for row in self.blocks.values().map(column) {
            match row.to_slice() {
                Some(row) => values.extend_from_slice(row),
                None => values.extend(row),
            }
        }
        values.retain(|&date| date != ABSENT);
        // Picking a few values out, each from what lies above the one before, takes a tenth of the time of sorting.
        let count = values.len();
        let rank = |level: &Percentile| level.rank(count as u64).saturating_sub(1) as usize;
        let ranks: Vec<usize> = levels.iter().map(rank).collect();
        let mut ascending: Vec<usize> = (0..levels.len()).collect();
        ascending.sort_unstable_by_key(|&level| ranks[level]);
        let (mut found, mut above) = (vec![None; levels.len()], 0);
        for level in ascending.into_iter().filter(|&level| ranks[level] < count) {
            let value = *values[above..].select_nth_unstable(ranks[level] - above).1;
            found[level] = (value != crate::engine::NEVER).then_some(value);
            above = ranks[level];
        }
        found
    }
}
