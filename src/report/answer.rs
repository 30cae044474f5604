//! From results to the report of a run: which percentiles it holds and what its manifest says.

use super::{Manifest, PrecisionRecord, Report};
use crate::analysis::{self, Forecast, Precision};
use crate::draws::{Sampler, Seed};
use crate::engine::Simulation;
use crate::results::Results;
use crate::scenario::Loaded;
use crate::units::Percentile;

/// What a run answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The forecast, unrounded.
    pub forecast: Forecast,
    /// What is shown of it.
    pub report: Report,
}

impl Manifest {
    /// The manifest of so many iterations of a loaded scenario.
    #[must_use]
    pub fn of(origin: &Loaded, seed: Seed, iterations: u64, sampler: Sampler) -> Self {
        let cap = origin.program.finance().and_then(|finance| finance.cap);
        Self {
            variant: origin.variant.clone(),
            status: origin.status.map(|date| date.to_string()),
            funding_cap: cap.map(|leftover| leftover.name().to_owned()),
            ..Self::new(&origin.inputs, seed, iterations, sampler)
        }
    }
}

/// Reads the answer off the results. It holds every whole percentile, those of the program and those
/// `asked` for besides; the manifest says which these are, so that the same answer can be had again.
#[must_use]
pub fn answer(
    simulation: &Simulation,
    results: &Results,
    origin: &Loaded,
    asked: &[Percentile],
    precision: Option<&Precision>,
) -> Answer {
    let usual = (1..=99).map(Percentile::whole).chain(simulation.program().confidence().iter().copied());
    let usual: Vec<Percentile> = usual.collect();
    let mut more: Vec<Percentile> =
        asked.iter().copied().chain(precision.map(Precision::level)).filter(|p| !usual.contains(p)).collect();
    more.sort_unstable();
    more.dedup();
    let mut levels = [usual, more.clone()].concat();
    levels.sort_unstable();
    levels.dedup();
    let forecast = analysis::forecast(simulation, results, &levels);
    let mut manifest = Manifest::of(origin, simulation.seed(), results.iterations, simulation.sampler());
    manifest.percentiles = more.iter().map(Percentile::to_string).collect();
    manifest.precision = precision.map(|precision| PrecisionRecord {
        of: precision.of().to_owned(),
        width: precision.width().to_owned(),
        reached: precision.measure(simulation, results).is_some_and(|measured| measured.is_reached()),
    });
    let report = Report::new(simulation, results, &forecast, manifest);
    Answer { forecast, report }
}
