//! Shards into one result, one at a time.

use std::ops::{ControlFlow, Range};

use super::{Shard, ShardError};
use crate::engine::{Cancelled, Observer, Simulation, run};
use crate::results::{Beginning, Columns, Results};

/// What the shards so far come to: only one of them is held besides.
#[derive(Clone, Debug)]
pub struct Fold {
    /// What they counted.
    pub results: Results,
    /// The values of every iteration, if they are wanted.
    pub columns: Option<Columns>,
}

impl Fold {
    /// No shard yet; whether the values of every iteration are wanted, which all shards must have kept then.
    #[must_use]
    pub fn new(simulation: &Simulation, columns: bool) -> Self {
        Self {
            results: Results::new(simulation),
            columns: columns.then(|| Columns::new(simulation.program())),
        }
    }

    /// Adds a shard.
    ///
    /// # Errors
    /// [`ShardError`] if what it holds is not of the program.
    pub fn add(&mut self, simulation: &Simulation, shard: &Shard<'_>) -> Result<(), ShardError> {
        self.results.merge(shard.results(simulation)?);
        if let Some(columns) = &mut self.columns
            && let Some(more) = shard.columns(simulation)?
        {
            columns.merge(more);
        }
        Ok(())
    }
}

/// What is kept whole of the first iterations, of those blocks that lie in the ranges: simulated again on the threads
/// of the current pool, because draws are addressed and shards would be a hundred times as large with it.
///
/// # Errors
/// [`Cancelled`] if `progress` broke it off.
pub fn beginning(
    simulation: &Simulation,
    ranges: &[Range<u64>],
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<Beginning, Cancelled> {
    let mut beginning = Beginning::new(simulation);
    let limit = beginning.limit();
    for range in ranges {
        let blocks = range.start.min(limit)..range.end.min(limit);
        if !blocks.is_empty() {
            beginning.merge(run(simulation, blocks, || Beginning::new(simulation), &progress)?);
        }
    }
    Ok(beginning)
}
