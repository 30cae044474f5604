//! The engine in a browser or under node: `cargo build --example wasm --no-default-features --target
//! wasm32-unknown-unknown`.
//!
//! It reads a scenario, simulates it and hands back a fingerprint of every number, without an import from
//! the host: no disk, no clock, no threads. A test runs it under node and compares the bits.

#[path = "../benches/support/workload.rs"]
mod workload;

use std::ops::ControlFlow;

use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::evidence::Fingerprint;
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};

use workload::{SIZES, Workload};

/// The fingerprint of the first `blocks` of workload M as a number; zero if it could not be simulated.
/// `sampler` is 0 for stratified and 1 for random draws.
#[unsafe(no_mangle)]
pub extern "C" fn fingerprint(sampler: u32, blocks: u32) -> u64 {
    let sampler = if sampler == 0 { Sampler::Stratified } else { Sampler::Random };
    simulate(sampler, u64::from(blocks)).unwrap_or(0)
}

fn simulate(sampler: Sampler, blocks: u64) -> Option<u64> {
    let text = Workload::new(SIZES[0]).scenario();
    let program = load(&MemoryFiles::single("m.toml", &text), "m.toml").ok()?.program;
    let simulation = Simulation::compile(&program, Seed(1), sampler).ok()?;
    let observer = || (Fingerprint::default(), Results::new(&simulation));
    let (print, results) =
        engine::run(&simulation, 0..blocks, observer, |_| ControlFlow::Continue(())).ok()?;
    u64::from_str_radix(&print.with_results(&results), 16).ok()
}
