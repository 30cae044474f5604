//! Doing the work: a part of a variant, and the rows of all parts of one.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::{Definition, Part, SweepError, Unit};
use crate::analysis::{self, outcome_forecasts};
use crate::diag::Diagnostic;
use crate::draws::BLOCK;
use crate::engine::{Observer, Simulation, Tools, run, run_here};
use crate::report::{SweepOutcome, SweepOverview};
use crate::results::Outcomes;
use crate::scenario::{Base, Failed, Files};
use crate::shard::ShardError;
use crate::units::Percentile;

/// A program that was read and compiled once.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// As read.
    pub base: Base,
    /// As it is written, whose tables its variants use.
    pub simulation: Simulation,
    /// How many files it is read from.
    pub inputs: usize,
}

/// Everything that the parts of a sweep are made of.
#[derive(Debug)]
pub struct Work<'a> {
    /// What it is of.
    pub definition: &'a Definition,
    /// How its variants are numbered.
    pub overview: &'a SweepOverview,
    /// The programs, in their order.
    pub programs: &'a [Prepared],
    /// The levels of the percentiles.
    pub levels: &'a [Percentile],
    /// What the threads work with.
    pub shelf: Shelf,
}

/// What threads have used and will use again, so that no variant costs the memory of its own.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Vec<(Tools, Option<Outcomes>)>>);

impl Shelf {
    fn take(&self) -> (Tools, Option<Outcomes>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn put(&self, tools: Tools, outcomes: Option<Outcomes>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((tools, outcomes));
    }
}

/// Why a part cannot be made.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkError {
    /// The variant is no scenario that can be simulated.
    #[error("a variant cannot be simulated")]
    Scenario(Box<Failed>),
    /// Anything else.
    #[error(transparent)]
    Sweep(#[from] SweepError),
}

impl Work<'_> {
    /// Which program a variant is of.
    #[must_use]
    pub fn program_of(&self, variant: u64) -> usize {
        self.overview.place(variant).0
    }

    /// Compiles a variant; its files come from `files`.
    ///
    /// # Errors
    /// [`WorkError`] if it cannot be simulated.
    pub fn compile(&self, variant: u64, files: &dyn Files) -> Result<Simulation, WorkError> {
        let (program, settings) = self.definition.settings(self.overview, variant);
        self.compile_settings(program, &format!("--vary (variant {})", variant + 1), &settings, files)
    }

    /// Compiles a program with settings that messages call `name`.
    ///
    /// # Errors
    /// [`WorkError`] if it cannot be simulated.
    pub fn compile_settings(
        &self,
        program: usize,
        name: &str,
        settings: &str,
        files: &dyn Files,
    ) -> Result<Simulation, WorkError> {
        let prepared = &self.programs[program];
        let loaded = prepared.base.varied(files, name, settings).map_err(WorkError::Scenario)?;
        if let Some((file, _)) = loaded.inputs.get(prepared.inputs) {
            return Err(SweepError::OtherFile(file.clone()).into());
        }
        prepared.simulation.compile_beside(&loaded.program).map_err(|errors| {
            let diagnostics: Vec<Diagnostic> = analysis::refusals(&errors, &loaded.places);
            WorkError::Scenario(Box::new(Failed { sources: loaded.sources, diagnostics }))
        })
    }

    /// Simulates a unit: on this thread alone, or on all threads of the current pool.
    ///
    /// `progress` is told the iterations of the unit that are done, and may break it off.
    ///
    /// # Errors
    /// [`WorkError`] if it cannot be simulated, or was broken off.
    pub fn part(
        &self,
        unit: Unit,
        files: &dyn Files,
        on_all_threads: bool,
        progress: impl Fn(u64) -> ControlFlow<()> + Sync,
    ) -> Result<Part, WorkError> {
        let simulation = self.compile(unit.variant, files)?;
        let blocks = unit.part.part(self.blocks(unit.variant));
        let (mut tools, old) = self.shelf.take();
        let outcomes = if on_all_threads {
            run(&simulation, blocks, || Outcomes::new(&simulation), progress)
        } else {
            let empty = old
                .map_or_else(|| Outcomes::new(&simulation), |old| Outcomes::in_memory_of(old, &simulation));
            run_here(&simulation, blocks, empty, &mut tools, progress)
        };
        let outcomes = outcomes.map_err(SweepError::from)?;
        let part = if unit.part.of() == 1 {
            Part::Rows(self.rows_of(&simulation, &outcomes))
        } else {
            Part::State(outcomes.save())
        };
        self.shelf.put(tools, Some(outcomes));
        Ok(part)
    }

    /// The rows of a variant from all of its parts, in their order.
    ///
    /// # Errors
    /// [`WorkError`] if they are not those of the variant.
    pub fn rows(
        &self,
        variant: u64,
        parts: Vec<Part>,
        files: &dyn Files,
    ) -> Result<Vec<SweepOutcome>, WorkError> {
        let mut states = Vec::new();
        for part in parts {
            match part {
                Part::Rows(rows) => return Ok(rows),
                Part::State(state) => states.push(state),
            }
        }
        let simulation = self.compile(variant, files)?;
        let mut all = Outcomes::new(&simulation);
        for (unit, state) in self.definition.units().of(variant).zip(states) {
            let blocks = unit.part.part(self.blocks(variant));
            let outcomes = Outcomes::restored(&simulation, blocks.end - blocks.start, &state);
            all.merge(outcomes.map_err(|error| SweepError::Part(ShardError::State(error)))?);
        }
        Ok(self.rows_of(&simulation, &all))
    }

    fn rows_of(&self, simulation: &Simulation, outcomes: &Outcomes) -> Vec<SweepOutcome> {
        let forecasts = outcome_forecasts(simulation, outcomes, self.levels);
        forecasts.iter().map(|forecast| SweepOutcome::of(simulation.program(), forecast)).collect()
    }

    fn blocks(&self, variant: u64) -> u64 {
        self.definition.programs()[self.program_of(variant)].manifest.iterations / BLOCK as u64
    }
}
