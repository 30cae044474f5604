//! Blocks of iterations on all threads.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

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
    let (next, done, stop) = (AtomicU64::new(blocks.start), AtomicU64::new(0), AtomicBool::new(false));
    let work = |_| {
        let mut own = observer();
        let mut kernel = Kernel::new(simulation);
        let mut block = Block::new(simulation.program());
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= blocks.end {
                break;
            }
            if own.wants_dates(index) {
                kernel.block(index, &mut block);
            } else {
                kernel.block_without_dates(index, &mut block);
            }
            own.block(&block);
            let iterations = (done.fetch_add(1, Ordering::Relaxed) + 1) * BLOCK as u64;
            if progress(iterations).is_break() {
                stop.store(true, Ordering::Relaxed);
            }
        }
        own
    };
    let workers = rayon::current_num_threads();
    let parts: Vec<O> = (0..workers).into_par_iter().with_max_len(1).map(work).collect();
    if stop.load(Ordering::Relaxed) {
        return Err(Cancelled { iterations: done.load(Ordering::Relaxed) * BLOCK as u64 });
    }
    let mut parts = parts.into_iter();
    let mut merged = parts.next().unwrap_or_else(&observer);
    parts.for_each(|part| merged.merge(part));
    Ok(merged)
}
