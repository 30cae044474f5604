//! The versions of a program: compiled alike, simulated alike.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::{Ends, Look};
use crate::draws::{BLOCK, Sampler, Seed, Tables};
use crate::engine::drawn::Drawn;
use crate::engine::kernel::{Filling, Wanted};
use crate::engine::numbers::{Common, Numbers};
use crate::engine::{Block, Cancelled, CompileError, Kernel, Simulation};
use crate::model::{DriverLevels, Program, ResponseSwitch, Scope, Switches};
use crate::network::{Inputs, Network};

/// How near to certainty laws are compared: the smallest uniform that is drawn.
const SMALLEST: f64 = 1.0 / (1_u64 << 33) as f64;

/// Versions that a thread simulates together at most: it draws a block once for all of them.
const MOST_TOGETHER: usize = 32;

/// Blocks of all versions together whose ends a thread keeps at most.
const MOST_BLOCKS: u64 = 8_192;

/// A program whose versions share what they have in common: tables of laws and the laid-out network.
#[derive(Clone, Debug)]
pub struct Worlds {
    simulation: Simulation,
    tables: Tables,
    /// What the versions draw alike.
    numbers: Numbers,
    /// With windows and freezes, for the worst case of all versions.
    network: Option<Arc<Network>>,
    /// Without.
    unbound: Option<Arc<Network>>,
    /// Whose finish and cost are looked at.
    part: Scope,
}

impl Worlds {
    /// Prepares the versions of a program.
    ///
    /// # Errors
    /// [`CompileError`]s if the program as it is, or with all its responses, cannot be simulated.
    pub fn new(program: &Program, seed: Seed, sampler: Sampler) -> Result<Self, Vec<CompileError>> {
        let simulation = Simulation::compile(program, seed, sampler)?;
        let program = simulation.program();
        let (mut off, mut on, mut none) =
            (Switches::all(program), Switches::all(program), Switches::all(program));
        off.responses.fill(ResponseSwitch::Off);
        on.responses.fill(ResponseSwitch::On);
        // Factors multiply: their worst case is that of no response, unless one makes its driver worse.
        for version in [&mut off, &mut on, &mut none] {
            version.driver_responses.fill(ResponseSwitch::Off);
        }
        none.risks.fill(false);
        // Each builds on the tables of the one before, so that the last has those of all.
        let version = |switches: &Switches, tables: &Tables, numbers: &Numbers| {
            let program = program.switched(switches);
            let network = Some(Arc::clone(&simulation.network));
            let common = Common { tables: tables.clone(), numbers: numbers.clone(), network };
            Simulation::compile_on(&program, seed, sampler, common)
        };
        let none = version(&none, &simulation.tables, &Numbers::open())?;
        let off = version(&off, &none.tables, &none.numbers)?;
        let on = version(&on, &off.tables, &off.numbers)?;
        // Any mixture of responses stays below the estimates with the impacts of both levels of every risk.
        let most = |none: &[i32], off: &[i32], on: &[i32], plan: &[i32]| -> Vec<i32> {
            let both = none
                .iter()
                .zip(off)
                .zip(on)
                .map(|((&none, &off), &on)| off.saturating_add(on.saturating_sub(none).max(0)).max(on));
            both.zip(plan).map(|(both, &plan)| both.max(plan)).collect()
        };
        let plan = simulation.plan_inputs();
        let worst = Inputs {
            duration_minutes: most(
                &none.worst.duration_minutes,
                &off.worst.duration_minutes,
                &on.worst.duration_minutes,
                &plan.duration_minutes,
            ),
            lag_minutes: most(
                &none.worst.lag_minutes,
                &off.worst.lag_minutes,
                &on.worst.lag_minutes,
                &plan.lag_minutes,
            ),
            ..simulation.worst.clone()
        };
        let mut without = Switches::all(program);
        without.windows = false;
        // A worst case of all at once may be out of range where no version is: then each lays out its own.
        let bounded = program.drivers().iter().all(|driver| {
            let most = |levels: &DriverLevels| levels.factor.law.quantile(1.0 - SMALLEST);
            driver.response.as_ref().is_none_or(|response| most(&response.residual) <= most(&driver.levels))
        });
        let lay_out = |program: &Program| {
            bounded.then(|| Network::compile(program, &worst).ok().map(Arc::new)).flatten()
        };
        Ok(Self {
            network: lay_out(program),
            unbound: lay_out(&program.switched(&without)),
            tables: on.tables,
            numbers: on.numbers.closed(),
            part: Scope::Program,
            simulation,
        })
    }

    /// The same versions, of which finish and cost of one part are looked at: those of a project, or the date of a
    /// milestone and the cost of the program.
    #[must_use]
    pub fn of(self, part: Scope) -> Self {
        Self { part, ..self }
    }

    /// Whose finish and cost are looked at.
    #[must_use]
    pub fn part(&self) -> Scope {
        self.part
    }

    /// The program as it is.
    #[must_use]
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The program as it is.
    #[must_use]
    pub fn program(&self) -> &Program {
        self.simulation.program()
    }

    /// Compiles one version.
    ///
    /// # Errors
    /// [`CompileError`]s if the version can outgrow what is counted exactly: a plan value may lie beyond
    /// its law, a response may cost more than its risk.
    pub fn compile(&self, switches: &Switches) -> Result<Simulation, Vec<CompileError>> {
        let network = if switches.windows { &self.network } else { &self.unbound };
        let program = self.program().switched(switches);
        let (seed, sampler) = (self.simulation.seed(), self.simulation.sampler());
        let (tables, numbers) = (self.tables.clone(), self.numbers.clone());
        let common = Common { tables, numbers, network: network.clone() };
        let compiled = Simulation::compile_on(&program, seed, sampler, common)?;
        Ok(compiled.with_instruction_set(self.simulation.instruction_set()))
    }

    /// Simulates the blocks from 0 of every version on the threads of the current rayon pool, and keeps what
    /// `keep` makes of each; in the order of the versions. `progress` is told how many iterations of all
    /// versions are done, and may break off.
    ///
    /// A thread takes some versions together, block by block: what several of them draw alike is drawn once.
    ///
    /// # Errors
    /// [`WorldsError`] if a version does not compile, or `progress` broke off.
    pub fn each<T: Send>(
        &self,
        versions: &[Switches],
        blocks: u64,
        look: Look,
        keep: impl Fn(&Ends) -> T + Sync,
        progress: impl Fn(u64) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<T>, WorldsError> {
        let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        let threads = rayon::current_num_threads();
        let some = |versions: &[Switches]| {
            let compile = |switches: &Switches| self.compile(switches).map_err(WorldsError::Compile);
            let simulations: Vec<Simulation> = versions.iter().map(compile).collect::<Result<_, _>>()?;
            let Some(first) = simulations.first() else { return Ok(Vec::new()) };
            let mut kernel = Kernel::new(first);
            let mut block = Block::new(first.program());
            let mut drawn = Drawn::new(&self.numbers, threads);
            let mut ends = vec![Ends::default(); simulations.len()];
            for index in 0..blocks {
                drawn.begin(first, index as u32);
                for (simulation, ends) in simulations.iter().zip(&mut ends) {
                    if stop.load(Ordering::Relaxed) {
                        return Ok(Vec::new());
                    }
                    kernel.turn(simulation);
                    self.add_ends(index, look, &drawn, &mut kernel, &mut block, ends);
                    let iterations = (done.fetch_add(1, Ordering::Relaxed) + 1) * BLOCK as u64;
                    if progress(iterations).is_break() {
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            }
            Ok(ends.iter().map(&keep).collect())
        };
        let kept: Result<Vec<Vec<T>>, WorldsError> =
            versions.par_chunks(together(versions.len(), blocks, threads)).map(some).collect();
        if stop.load(Ordering::Relaxed) {
            let iterations = done.load(Ordering::Relaxed) * BLOCK as u64;
            return Err(WorldsError::Cancelled(Cancelled { iterations }));
        }
        Ok(kept?.into_iter().flatten().collect())
    }
}

/// How many versions a thread simulates together: few enough that all threads have work to the end, and that what
/// is kept of them stays small.
fn together(versions: usize, blocks: u64, threads: usize) -> usize {
    let fair = versions.div_ceil(2 * threads.max(1));
    fair.clamp(1, MOST_TOGETHER).min((MOST_BLOCKS / blocks.max(1)).max(1) as usize)
}

impl Worlds {
    /// Simulates one block and adds what is looked at.
    fn add_ends(
        &self,
        index: u64,
        look: Look,
        drawn: &Drawn,
        kernel: &mut Kernel,
        block: &mut Block,
        ends: &mut Ends,
    ) {
        let worth = look == Look::Everything;
        let mut fill =
            |wanted: Wanted| kernel.fill(index, Filling { wanted, worth, drawn: Some(drawn) }, block);
        match self.part {
            Scope::Program => {
                fill(Wanted::Ends);
                ends.finish.extend_from_slice(&block.finish);
                ends.cost.extend_from_slice(&block.cost);
            }
            Scope::Project(project) => {
                fill(Wanted::Statistics);
                ends.finish.extend(block.project_finish.row(project.index()));
                ends.cost.extend(block.project_cost.row(project.index()));
            }
            Scope::Milestone(task) => {
                fill(Wanted::Statistics);
                ends.finish.extend(block.task_finish.row(task.index()));
                ends.cost.extend_from_slice(&block.cost);
            }
        }
        // The worth is that of the program, whatever part is looked at.
        if worth && self.simulation.treasury().is_some_and(|treasury| treasury.has_case()) {
            let both = block.benefit_worth.iter().zip(&block.cost_worth);
            ends.worth.extend(both.map(|(benefit, cost)| benefit - cost));
        }
    }
}

/// Why the versions of a program were not simulated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WorldsError {
    /// A version cannot be simulated.
    #[error("a version of the program cannot be simulated: {}", .0.first().map_or(String::new(), ToString::to_string))]
    Compile(Vec<CompileError>),
    /// It was broken off.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
