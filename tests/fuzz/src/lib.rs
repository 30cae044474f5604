//! What the fuzz targets share: everything that a user could do with what was loaded.

use p80::diag;
use p80::draws::{Sampler, Seed};
use p80::engine::{Block, Simulation};
use p80::model::Program;
use p80::scenario::{MemoryFiles, load};

/// Programs with more tasks or risks are loaded, not simulated: one input must not take seconds.
const MOST: usize = 64;

/// Loads a scenario, renders what is wrong with it, and simulates a block if nothing is.
pub fn exercise(files: &MemoryFiles, path: &str) {
    let (program, diagnostics, sources) = match load(files, path) {
        Ok(loaded) => (Some(loaded.program), loaded.warnings, loaded.sources),
        Err(failed) => (None, failed.diagnostics, failed.sources),
    };
    let _ = diag::to_text(&diagnostics, &sources, true);
    let _ = diag::to_json(&diagnostics, &sources);
    match program {
        Some(program) => simulate(&program),
        None => assert!(!diagnostics.is_empty(), "refused without a reason"),
    }
}

fn simulate(program: &Program) {
    if program.tasks().len() > MOST || program.risks().len() > MOST || program.projects().len() > MOST {
        return;
    }
    for sampler in [Sampler::Stratified, Sampler::Random] {
        let Ok(simulation) = Simulation::compile(program, Seed(1), sampler) else { return };
        simulation.block(0, &mut simulation.scratch(), &mut Block::new(program));
    }
}
