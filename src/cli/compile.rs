//! From a loaded scenario to a simulation, with what stands in its way on standard error.

use std::path::Path;

use super::output;
use crate::analysis;
use crate::diag::Severity;
use crate::draws::{Sampler, Seed};
use crate::engine::Simulation;
use crate::scenario::Loaded;

/// Compiles a program and prints its warnings, or prints why it cannot be simulated and returns `None`.
pub(super) fn compile(loaded: &Loaded, file: &Path, seed: u64, sampler: Sampler) -> Option<Simulation> {
    match Simulation::compile(&loaded.program, Seed(seed), sampler) {
        Ok(simulation) => {
            // Notes are for `check`.
            let mut warnings: Vec<_> =
                loaded.warnings.iter().filter(|found| found.severity > Severity::Note).cloned().collect();
            warnings.extend(analysis::adjustment_findings(&simulation, &loaded.places));
            output::diagnostics(&warnings, &loaded.sources);
            Some(simulation)
        }
        Err(errors) => {
            let found = analysis::refusals(&errors, &loaded.places);
            output::diagnostics(&found, &loaded.sources);
            output::counts(&found, file);
            None
        }
    }
}
