//! Two simulations side by side on the same draws.

use std::ops::{ControlFlow, Range};

use super::share::share;
use super::{Block, Cancelled, Kernel, Simulation};

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
    let side = |simulation| (Kernel::new(simulation), Block::new(simulation.program()));
    let worker = || ([side(before), side(after)], observer());
    let simulate = |sides: &mut [(Kernel, Block); 2], own: &mut O, index| {
        let [before, after] = sides;
        for (kernel, block) in [&mut *before, &mut *after] {
            kernel.block(index, block);
        }
        own.pair(&before.1, &after.1);
    };
    share(blocks, worker, simulate, O::merge, progress)
}
