//! Blocks of iterations on all threads.

use std::ops::{ControlFlow, Range};

use super::share::share;
use super::{Block, Kernel, Observer, Simulation};
use crate::draws::BLOCK;

/// The run was cancelled before its end; there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled after {iterations} iterations; nothing was kept")]
pub struct Cancelled {
    /// How many iterations were done by then.
    pub iterations: u64,
}

/// The number of whole blocks that holds so many iterations.
#[must_use]
pub fn blocks_for(iterations: u64) -> u64 {
    iterations.div_ceil(BLOCK as u64)
}

/// Simulates the blocks of a range on all threads of the current rayon pool.
///
/// `observer` makes an empty observer per thread; they are merged at the end. `progress` is told after
/// every block how many iterations are done, and may break the run off.
///
/// # Errors
/// [`Cancelled`] if `progress` broke it off.
pub fn run<O: Observer>(
    simulation: &Simulation,
    blocks: Range<u64>,
    observer: impl Fn() -> O + Sync,
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<O, Cancelled> {
    let worker = || ((Kernel::new(simulation), Block::new(simulation.program())), observer());
    let simulate = |(kernel, block): &mut (Kernel, Block), own: &mut O, index| {
        if own.wants_dates(index) {
            kernel.block(index, block);
        } else {
            kernel.block_without_dates(index, block);
        }
        own.block(block);
    };
    share(blocks, worker, simulate, O::merge, progress)
}
