//! The engine against itself: kernel and plain engine, threads, splits, and the bits that it gave when it was released.

use std::ops::ControlFlow;

use sha2::{Digest, Sha256};

use super::{Check, Fingerprint, KnownAnswer, known_answers};
use crate::draws::{Sampler, Seed};
use crate::engine::{self, Block, Kernel, Observer, Simulation};
use crate::lanes::InstructionSet;

const GROUP: &str = "engine";

/// Blocks of a fingerprint.
const BLOCKS: u64 = 16;

/// Blocks of each known answer that are also simulated one iteration at a time.
const PLAIN_BLOCKS: u64 = 4;

/// The fingerprints of all known answers, one per sampler. A change of a draw changes them: it is
/// value-breaking and needs a new stream version.
const RELEASED: [(Sampler, &str); 2] =
    [(Sampler::Stratified, "ee6c879971b2df99"), (Sampler::Random, "fcb8129aff56b1e6")];

/// All checks of the engine.
pub(super) fn engine_checks() -> Vec<Check> {
    let mut checks = Vec::new();
    for (sampler, released) in RELEASED {
        let one = fingerprint(sampler, 1, 0);
        let name = |what: &str| format!("{what} ({})", sampler.name());
        checks.push(Check::same(GROUP, name("bits as released"), released, &one));
        checks.push(Check::same(GROUP, name("1 and 3 threads"), &one, fingerprint(sampler, 3, 0)));
        for &set in InstructionSet::available() {
            let name = name(&format!("blocks of the kernel equal to the plain engine, {}", set.name()));
            checks.push(Check::near(GROUP, name, PLAIN_BLOCKS as f64, equal_blocks(sampler, set), 0.0));
        }
        checks.push(Check::same(GROUP, name("whole and in parts"), &one, fingerprint(sampler, 2, 5)));
    }
    checks
}

/// How many of the first blocks of every known answer the kernel simulates as the plain engine does, bit for
/// bit, at the least.
fn equal_blocks(sampler: Sampler, set: InstructionSet) -> f64 {
    let equal = |answer: &KnownAnswer| -> u64 {
        let Ok(simulation) = Simulation::compile(&answer.program, Seed(2), sampler) else { return 0 };
        let simulation = simulation.with_instruction_set(set);
        let (mut kernel, mut scratch) = (Kernel::new(&simulation), simulation.scratch());
        let (mut fast, mut plain) = (Block::new(&answer.program), Block::new(&answer.program));
        let is_equal = |index: &u64| {
            kernel.block(*index, &mut fast);
            simulation.block(*index, &mut scratch, &mut plain);
            fast == plain
        };
        (0..PLAIN_BLOCKS).filter(is_equal).count() as u64
    };
    known_answers().iter().map(equal).min().unwrap_or(0) as f64
}

/// The beginning of the SHA-256 over every iteration of every known answer, on so many threads, the blocks
/// from `cut` on before those below it.
fn fingerprint(sampler: Sampler, threads: usize, cut: u64) -> String {
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => return error.to_string(),
    };
    let mut hash = Sha256::new();
    for answer in known_answers() {
        let simulation = match Simulation::compile(&answer.program, Seed(1), sampler) {
            Ok(simulation) => simulation,
            Err(errors) => return format!("{errors:?}"),
        };
        let mut all = Fingerprint::default();
        for part in [cut..BLOCKS, 0..cut] {
            let run = || {
                engine::run(&simulation, part.clone(), Fingerprint::default, |_| ControlFlow::Continue(()))
            };
            match pool.install(run) {
                Ok(iterations) => all.merge(iterations),
                Err(cancelled) => return cancelled.to_string(),
            }
        }
        hash.update(all.text());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
