//! Blocks of iterations on all threads.

use std::ops::{ControlFlow, Range};

use super::kernel::Idle;
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
        observe(kernel, block, index, own);
    };
    share(blocks, worker, simulate, O::merge, progress)
}

/// What a thread works with, kept for the next program that it simulates.
#[derive(Clone, Debug, Default)]
pub struct Tools {
    memory: Option<Idle>,
    block: Option<Block>,
}

/// Simulates the blocks of a range on this thread alone, for those who share out more than blocks: `tools` are used
/// again from program to program.
///
/// # Errors
/// [`Cancelled`] if `progress`, which is told after every block how many iterations are done, broke it off.
pub fn run_here<O: Observer>(
    simulation: &Simulation,
    blocks: Range<u64>,
    mut observer: O,
    tools: &mut Tools,
    progress: impl Fn(u64) -> ControlFlow<()>,
) -> Result<O, Cancelled> {
    let mut kernel = match tools.memory.take() {
        Some(memory) => Kernel::in_memory(memory, simulation),
        None => Kernel::new(simulation),
    };
    let mut block = match tools.block.take().filter(|block| block.is_of(simulation.program())) {
        Some(mut used) => {
            used.clear();
            used
        }
        None => Block::new(simulation.program()),
    };
    let start = blocks.start;
    for index in blocks {
        observe(&mut kernel, &mut block, index, &mut observer);
        let iterations = (index + 1 - start) * BLOCK as u64;
        if progress(iterations).is_break() {
            return Err(Cancelled { iterations });
        }
    }
    (tools.memory, tools.block) = (Some(kernel.idle()), Some(block));
    Ok(observer)
}

/// Simulates as much of a block as the observer reads.
fn observe<O: Observer>(kernel: &mut Kernel, block: &mut Block, index: u64, own: &mut O) {
    if own.wants_ends_only() {
        kernel.ends(index, block);
    } else if own.wants_dates(index) {
        kernel.block(index, block);
    } else {
        kernel.block_without_dates(index, block);
    }
    own.block(block);
}
