//! As many blocks as it takes.

use std::ops::ControlFlow;

use super::{Cancelled, Observer, Simulation, run};
use crate::draws::BLOCK;

/// The first number of blocks after which [`run_until`] asks; it doubles from there.
pub const FIRST_TEST: u64 = 32;

/// What [`run_until`] came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Until<O> {
    /// What was observed of all blocks from 0.
    pub observed: O,
    /// How many blocks there were.
    pub blocks: u64,
    /// Whether it was enough at the end.
    pub is_enough: bool,
}

/// Simulates blocks from 0 until what was observed is `enough`, but no more than `most` blocks.
///
/// `enough` is asked at fixed counts only (32, 64, 128 ... blocks, and `most` itself), so that the number
/// reached is a function of the scenario and the seed as every result is (semantics, section 5), not of
/// the threads. What is already simulated is never simulated again: results merge.
///
/// # Errors
/// [`Cancelled`] if `progress`, which is told the iterations done from the beginning, broke it off.
pub fn run_until<O: Observer>(
    simulation: &Simulation,
    most: u64,
    observer: impl Fn() -> O + Sync,
    mut enough: impl FnMut(&O) -> bool,
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<Until<O>, Cancelled> {
    let mut observed = observer();
    let mut blocks: u64 = 0;
    loop {
        let next = if blocks == 0 { FIRST_TEST } else { blocks.saturating_mul(2) }.min(most);
        let before = blocks * BLOCK as u64;
        let part = run(simulation, blocks..next, &observer, |done| progress(before + done))
            .map_err(|cancelled| Cancelled { iterations: before + cancelled.iterations })?;
        observed.merge(part);
        blocks = next;
        let is_enough = enough(&observed);
        if is_enough || blocks >= most {
            return Ok(Until { observed, blocks, is_enough });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Sampler, Seed};
    use crate::engine::Block;
    use crate::model::{Estimate, ProgramBuilder, Task};

    /// The blocks that were seen, sorted.
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Seen(Vec<u64>);

    impl Observer for Seen {
        fn block(&mut self, block: &Block) {
            self.0.push(block.index);
        }

        fn merge(&mut self, other: Self) {
            self.0.extend(other.0);
            self.0.sort_unstable();
        }
    }

    fn simulation() -> Simulation {
        let start = "2027-01-11".parse().unwrap();
        let mut builder = ProgramBuilder::new("hour", start, "EUR".parse().unwrap());
        let calendar = builder.calendar("24x7", crate::calendar::Calendar::round_the_clock());
        builder.task(Task::work("a", Estimate::certain(60.0), calendar));
        Simulation::compile(&builder.build().unwrap(), Seed(1), Sampler::Stratified).unwrap()
    }

    /// The counts of blocks at which it was asked, and what came out.
    fn asked(most: u64, wanted: u64) -> (Vec<usize>, Until<Seen>) {
        let mut asked = Vec::new();
        let enough = |seen: &Seen| {
            asked.push(seen.0.len());
            seen.0.len() as u64 >= wanted
        };
        let until =
            run_until(&simulation(), most, Seen::default, enough, |_| ControlFlow::Continue(())).unwrap();
        (asked, until)
    }

    #[test]
    fn it_is_asked_at_fixed_counts_and_no_block_is_simulated_twice() {
        let (counts, until) = asked(1_000, 100);
        assert_eq!(counts, [32, 64, 128]);
        assert_eq!((until.blocks, until.is_enough), (128, true));
        assert_eq!(until.observed.0, (0..128).collect::<Vec<u64>>());
    }

    #[test]
    fn the_limit_is_the_last_count_and_is_asked_too() {
        let (counts, until) = asked(100, 101);
        assert_eq!(counts, [32, 64, 100]);
        assert_eq!((until.blocks, until.is_enough), (100, false));
        assert!(asked(100, 100).1.is_enough);
        assert_eq!(asked(5, 1).0, [5]);
    }

    #[test]
    fn progress_counts_from_the_beginning_and_may_break_off() {
        let stop = |done: u64| {
            if done >= 40 * BLOCK as u64 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let cancelled = run_until(&simulation(), 100, Seen::default, |_| false, stop).unwrap_err();
        let iterations = cancelled.iterations;
        assert!((40 * BLOCK as u64..=64 * BLOCK as u64).contains(&iterations), "{iterations}");
    }
}
