//! Raw values of every iteration, kept only when asked for.

use std::collections::BTreeMap;
use std::ops::Range;

use ndarray::{Array2, Axis};

use super::state::{StateError, StateReader, StateWriter};
use crate::draws::BLOCK;
use crate::engine::{Block, Observer};
use crate::model::{Program, TaskIx};

/// Finish and cost of the program and its projects and the dates of its milestones, per iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    milestones: Vec<TaskIx>,
    projects: usize,
    /// By block: a row per iteration, the columns of [`Columns::rows`].
    blocks: BTreeMap<u64, Array2<i64>>,
}

impl Columns {
    /// The rows that fit on a sheet of Excel below its header.
    pub const MOST: u64 = 1_048_575;
    /// The values that are kept at most: two gibibytes.
    pub const MOST_VALUES: u64 = 1 << 28;

    /// Empty columns for a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let milestones = program.tasks().iter().enumerate().filter(|(_, task)| task.is_milestone());
        Self {
            milestones: milestones.map(|(at, _)| TaskIx::new(at)).collect(),
            projects: program.projects().len(),
            blocks: BTreeMap::new(),
        }
    }

    /// How many values an iteration of a program has here.
    #[must_use]
    pub fn width(program: &Program) -> usize {
        2 + 2 * program.projects().len() + program.tasks().iter().filter(|task| task.is_milestone()).count()
    }

    /// The milestones whose dates are kept, in order.
    #[must_use]
    pub fn milestones(&self) -> &[TaskIx] {
        &self.milestones
    }

    /// Iteration number and values: finish, cost, finish of each project, cost of each project, date of
    /// each milestone. Dates are minutes since the epoch or [`crate::engine::NEVER`], money minor units.
    pub fn rows(&self) -> impl Iterator<Item = (u64, Vec<i64>)> {
        self.blocks.iter().flat_map(|(&block, values)| {
            let first = block * BLOCK as u64;
            (first..).zip(values.axis_iter(Axis(0))).map(|(iteration, row)| (iteration, row.to_vec()))
        })
    }
}

impl Observer for Columns {
    fn block(&mut self, block: &Block) {
        let width = 2 + 2 * self.projects + self.milestones.len();
        let value = |lane: usize, column: usize| match column {
            0 => i64::from(block.finish[lane]),
            1 => block.cost[lane],
            _ if column < 2 + self.projects => i64::from(block.project_finish[[column - 2, lane]]),
            _ if column < 2 + 2 * self.projects => block.project_cost[[column - 2 - self.projects, lane]],
            _ => {
                let task = self.milestones[column - 2 - 2 * self.projects];
                i64::from(block.task_finish[[task.index(), lane]])
            }
        };
        let values = Array2::from_shape_fn((block.finish.len(), width), |(lane, column)| value(lane, column));
        self.blocks.insert(block.index, values);
    }

    fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}

impl Columns {
    /// The values as bytes.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = StateWriter::default();
        for (&block, values) in &self.blocks {
            out.count(block);
            // Column by column, each value as its distance from the one before, which is short.
            for column in values.columns() {
                let mut before = 0_i64;
                for &value in column {
                    out.number(value.wrapping_sub(before));
                    before = value;
                }
            }
        }
        out.into_bytes()
    }

    /// The values of so many blocks, read back.
    ///
    /// # Errors
    /// [`StateError`] if the bytes are not those of these blocks of the program.
    pub fn restored(program: &Program, blocks: Range<u64>, bytes: &[u8]) -> Result<Self, StateError> {
        let (mut all, mut from) = (Self::new(program), StateReader::new(bytes));
        let width = Self::width(program);
        for block in blocks {
            if from.count()? != block {
                return Err(StateError::Unfitting("another block"));
            }
            let mut values = Array2::zeros((BLOCK, width));
            for mut column in values.columns_mut() {
                let mut before = 0_i64;
                for value in &mut column {
                    before = before.wrapping_add(from.number()?);
                    *value = before;
                }
            }
            all.blocks.insert(block, values);
        }
        from.finish()?;
        Ok(all)
    }
}
