//! Two simulations side by side on the same draws.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::{Block, Cancelled, Kernel, Simulation};
use crate::draws::BLOCK;

/// What watches two simulations at once. Everything that it keeps must merge in any order.
pub trait PairObserver: Send {
    /// Takes note of the same block of both.
    fn pair(&mut self, before: &Block, after: &Block);
    /// Takes over what another observer of the same simulations noted.
    fn merge(&mut self, other: Self)
    where
        Self: Sized;
}

/// Simulates the blocks of a range of two programs, each block of both before the next, on all threads of
/// the current rayon pool. What both programs have by the same name draws the same numbers.
///
/// `progress` is told after every block how many iterations of both are done, and may break the run off.
///
/// # Errors
/// [`Cancelled`] if `progress` broke it off.
pub fn run_pair<O: PairObserver>(
    (before, after): (&Simulation, &Simulation),
    blocks: Range<u64>,
    observer: impl Fn() -> O + Sync,
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<O, Cancelled> {
    let (next, done, stop) = (AtomicU64::new(blocks.start), AtomicU64::new(0), AtomicBool::new(false));
    let work = |_| {
        let mut own = observer();
        let (mut first, mut second) = (Kernel::new(before), Kernel::new(after));
        let mut block = (Block::new(before.program()), Block::new(after.program()));
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= blocks.end {
                break;
            }
            first.block(index, &mut block.0);
            second.block(index, &mut block.1);
            own.pair(&block.0, &block.1);
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
