//! From a validated program to one that can be simulated.

use std::sync::Arc;

use super::blow::{self, Blows};
use super::cost::{self, Costs};
use super::decision::{self, Decisions};
use super::dependence::{self, Coupled};
use super::driver::{self, Drivers};
use super::impact::{self, Booked, CompiledImpact, CompiledRisk, CompiledRisks, Cost, Delay};
use super::kernel::KernelPlan;
use super::laws::most_laws;
use super::lead::in_time;
use super::least::least_minutes;
use super::money::{self, Treasury};
use super::numbers::{Common, Numbers};
use super::plain::Iteration;
use super::planned::{Plan, plan_of};
use super::presence::{self, CompiledChance};
use super::quantity::{Quantity, Source};
use super::stop::CompiledStop;
use crate::draws::{DependenceError, Sampler, Seed, StreamError, Tables};
use crate::lanes::InstructionSet;
use crate::model::{LagAmount, LinkIx, Program, ProjectIx, RiskIx, TaskIx, TaskKind};
use crate::network::{self, Inputs, Network, StrikeKind};

/// The longest duration that an estimate may reach: 100 years round the clock (semantics, section 10).
const LONGEST_MINUTES: f64 = 100.0 * 365.25 * 1_440.0;

/// The largest sum of money that a program may reach, in minor units: its squares still sum exactly.
const LARGEST_MONEY: f64 = (1_i64 << 46) as f64;

/// Why a valid program cannot be simulated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A duration or its impacts can pass 100 years.
    #[error("`{id}` can take {years:.0} years, more than the 100 that are allowed")]
    TooLong {
        /// The task.
        task: TaskIx,
        /// Its id.
        id: String,
        /// The worst case, in years round the clock.
        years: f64,
    },
    /// A lag can pass 100 years.
    #[error("a lag can take {years:.0} years, more than the 100 that are allowed")]
    LagTooLong {
        /// The link.
        link: LinkIx,
        /// The worst case, in years round the clock.
        years: f64,
    },
    /// Costs can pass what is counted exactly.
    #[error("costs can reach {major:.3e} {currency}, more than can be summed exactly")]
    TooExpensive {
        /// The worst case, in major units.
        major: f64,
        /// The currency.
        currency: String,
        /// What costs most, most first, five at most.
        largest: Vec<Expense>,
    },
    /// A risk can happen more often than is simulated.
    #[error("the risk `{id}` can happen more than {most} times in its window")]
    TooFrequent {
        /// The risk.
        risk: RiskIx,
        /// Its id.
        id: String,
        /// How often at most.
        most: usize,
    },
    /// Two random streams would draw the same numbers.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// Things cannot be drawn together as stated.
    #[error(transparent)]
    Dependence(#[from] DependenceError),
    /// The schedule does not fit.
    #[error(transparent)]
    Network(#[from] network::CompileError),
}

/// Where costs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expense {
    /// At the program.
    Program,
    /// At a project.
    Project(ProjectIx),
    /// At a task.
    Task(TaskIx),
    /// At the impacts of a risk.
    Risk(RiskIx),
}

/// A program with its network, tables and streams, ready to be simulated.
#[derive(Clone, Debug)]
pub struct Simulation {
    pub(super) program: Program,
    pub(super) seed: Seed,
    pub(super) sampler: Sampler,
    pub(super) network: Arc<Network>,
    pub(super) tables: Tables,
    /// What other versions of the program draw as well.
    pub(super) numbers: Numbers,
    pub(super) durations: Vec<Quantity>,
    pub(super) lags: Vec<(LinkIx, Quantity)>,
    pub(super) risks: Vec<CompiledRisk>,
    /// What may strike tasks while they go on.
    pub(super) blows: Blows,
    /// What may cancel projects.
    pub(super) stops: Vec<CompiledStop>,
    /// Whether any impact loses or cuts off a share of a task.
    pub(super) losses: bool,
    /// By [`crate::model::ChanceIx`].
    pub(super) chances: Vec<CompiledChance>,
    /// Number of parallel groups of risks.
    pub(super) groups: u32,
    pub(super) drivers: Drivers,
    pub(super) decisions: Decisions,
    /// What is drawn together.
    pub(super) coupled: Coupled,
    pub(super) costs: Costs,
    /// Money over time, where the program says something about it.
    pub(super) treasury: Option<Arc<Treasury>>,
    /// Whether any risk adds a share of a task's cost.
    pub(super) shares_of_cost: bool,
    /// What the kernel knows beforehand.
    pub(super) kernel: Arc<KernelPlan>,
    pub(super) set: InstructionSet,
    /// The largest durations and lags that can occur.
    pub(super) worst: Inputs,
    plan_inputs: Inputs,
    plan: Plan,
}

impl Simulation {
    /// Compiles a program.
    ///
    /// # Errors
    /// [`CompileError`] if a duration, the schedule or the cost can outgrow what is counted exactly.
    pub fn compile(program: &Program, seed: Seed, sampler: Sampler) -> Result<Self, Vec<CompileError>> {
        Self::compile_on(&in_time(program), seed, sampler, Common::default())
    }

    /// Compiles a program that has many laws in common with this one, whose tables it uses: sooner, to the same bits.
    ///
    /// # Errors
    /// As [`Simulation::compile`].
    pub fn compile_beside(&self, program: &Program) -> Result<Self, Vec<CompileError>> {
        let common = Common { tables: self.tables.clone(), ..Common::default() };
        Self::compile_on(&in_time(program), self.seed, self.sampler, common)
    }

    /// Compiles a program on the laws' own quantile functions instead of tables: slow, and the measure of
    /// what the tables cost in accuracy.
    ///
    /// # Errors
    /// As [`Simulation::compile`].
    pub fn compile_exact(program: &Program, seed: Seed, sampler: Sampler) -> Result<Self, Vec<CompileError>> {
        Self::compile_on(
            &in_time(program),
            seed,
            sampler,
            Common { tables: Tables::exact(), ..Common::default() },
        )
    }

    /// Compiles a program on what it has in common with others.
    pub(super) fn compile_on(
        program: &Program,
        seed: Seed,
        sampler: Sampler,
        common: Common,
    ) -> Result<Self, Vec<CompileError>> {
        let Common { mut tables, numbers, network } = common;
        tables.prepare(most_laws(program));
        let mut source = Source::new(seed, tables, numbers);
        let (copula, adjustments) = dependence::compile(program.correlations(), &mut source)
            .map_err(|errors| errors.into_iter().map(CompileError::from).collect::<Vec<_>>())?;
        source.numbers.meet(&copula);
        let durations: Vec<Quantity> = program
            .tasks()
            .iter()
            .map(|task| match &task.kind {
                TaskKind::Work { duration, .. } => {
                    let whole = source.quantity(duration, &format!("task/{}/duration", task.id));
                    match task.actual.map_or(0, |actual| actual.exceeded) {
                        0 => whole,
                        worked => {
                            let worked = f64::from(worked);
                            whole.beyond(worked, duration.law.cdf(worked), &mut source)
                        }
                    }
                }
                TaskKind::Milestone(_) => Quantity::certain(0.0, &source),
            })
            .collect();
        let lags = compile_lags(program, &mut source);
        let CompiledRisks { all: risks, groups, blows, stops, too_frequent } =
            impact::compile(program, &mut source);
        let drivers = driver::compile(program, &mut source);
        let chances = presence::compile(program, &mut source);
        let costs = cost::compile(program, &mut source);
        let bound = money::bind(program, &mut source);

        let Source { tables, collisions, coupled, numbers, .. } = source;
        let coupled = Coupled { copula, adjustments, by_name: coupled };
        let mut errors: Vec<CompileError> = collisions.into_iter().map(CompileError::from).collect();
        errors.extend(too_frequent.into_iter().map(|risk| {
            let id = program.risks()[risk.index()].id.clone();
            CompileError::TooFrequent { risk, id, most: blow::MOST_HAPPENINGS }
        }));
        let impacts: Vec<(RiskIx, &CompiledImpact)> = all_impacts(&risks, &blows).collect();
        let worst = worst_inputs(program, &durations, &lags, (&impacts, &drivers), &tables, &mut errors);
        let most = check_cost(program, &costs, &impacts, &worst, &tables, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let network = match network {
            Some(network) => network,
            None => Arc::new(Network::compile(program, &worst).map_err(|error| vec![error.into()])?),
        };
        let treasury = Treasury::new(program, &costs, &network, bound);
        if let Some(treasury) = &treasury {
            check_treasury(program, treasury, (&costs, most), &worst, &tables)
                .map_err(|error| vec![error])?;
        }
        let mut plan_inputs = Inputs::plan(program);
        let decisions = decision::compile(program, network.bills(), &costs, &risks, &drivers);
        let plan = plan_of(program, &network, &mut plan_inputs, &costs, treasury.as_ref());
        let shares_of_cost = impacts.iter().any(|(_, impact)| matches!(impact.cost, Some(Cost::Share(_))));
        let losses = impacts.iter().any(|(_, impact)| impact.delay.as_ref().is_some_and(Delay::is_loss));
        let least = least_minutes(&durations, &impacts, &drivers, &tables);
        let kernel = KernelPlan::new(
            &network,
            (&durations, &least),
            (&lags, program.links().len()),
            (&impacts, &blows, &drivers),
            treasury.as_ref(),
        );
        Ok(Self {
            kernel: Arc::new(kernel),
            set: InstructionSet::best(),
            program: program.clone(),
            seed,
            sampler,
            network,
            tables,
            numbers,
            worst,
            durations,
            lags,
            risks,
            blows,
            stops,
            losses,
            chances,
            groups,
            drivers,
            decisions,
            coupled,
            costs,
            treasury: treasury.map(Arc::new),
            shares_of_cost,
            plan_inputs,
            plan,
        })
    }

    /// The same simulation on another instruction set: other speed, same bits.
    #[must_use]
    pub fn with_instruction_set(self, set: InstructionSet) -> Self {
        Self { set, ..self }
    }

    /// The instruction set that blocks are simulated with.
    #[must_use]
    pub fn instruction_set(&self) -> InstructionSet {
        self.set
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Money over time, where the program says something about it.
    #[must_use]
    pub fn treasury(&self) -> Option<&Arc<Treasury>> {
        self.treasury.as_ref()
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// The sampler.
    #[must_use]
    pub fn sampler(&self) -> Sampler {
        self.sampler
    }

    /// The deterministic plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Durations and lags of the deterministic plan.
    #[must_use]
    pub fn plan_inputs(&self) -> &Inputs {
        &self.plan_inputs
    }

    /// Scratch space for one iteration at a time.
    #[must_use]
    pub fn scratch(&self) -> Iteration {
        Iteration::new(self)
    }
}

/// The impacts of all risks, whether they happen at an instant or not.
fn all_impacts<'a>(
    risks: &'a [CompiledRisk],
    blows: &'a Blows,
) -> impl Iterator<Item = (RiskIx, &'a CompiledImpact)> {
    let risks = risks.iter().flat_map(|risk| risk.impacts.iter().map(move |impact| (risk.risk, impact)));
    let blows = blows.all.iter();
    risks.chain(blows.flat_map(|blow| blow.impacts.iter().map(move |impact| (blow.risk, impact))))
}

fn compile_lags(program: &Program, source: &mut Source) -> Vec<(LinkIx, Quantity)> {
    let mut names: Vec<String> = Vec::new();
    let mut lags = Vec::new();
    for (at, link) in program.links().iter().enumerate() {
        if let LagAmount::Uncertain(estimate) = &link.lag.amount {
            let ends =
                format!("link/{}>{}/{:?}", program.id_of(link.from), program.id_of(link.to), link.kind);
            // Two links between the same ends are told apart by their order among themselves.
            let twins = names.iter().filter(|name| **name == ends).count();
            let name = format!("{ends}/lag/{twins}");
            names.push(ends);
            lags.push((LinkIx::new(at), source.quantity(estimate, &name)));
        }
    }
    lags
}

/// The largest durations and lags that can occur.
fn worst_inputs(
    program: &Program,
    durations: &[Quantity],
    lags: &[(LinkIx, Quantity)],
    (impacts, drivers): (&[(RiskIx, &CompiledImpact)], &Drivers),
    tables: &Tables,
    errors: &mut Vec<CompileError>,
) -> Inputs {
    let longest = drivers.most(durations.len(), tables);
    let own = durations.iter().zip(longest).map(|(own, factor)| own.ends(tables).1.max(0.0) * factor);
    let own: Vec<f64> = own.collect();
    let mut worst = own.clone();
    let mut lost = vec![0.0; own.len()];
    for (_, impact) in impacts {
        let Some(delay) = &impact.delay else { continue };
        for (at, task) in impact.targets.iter().enumerate() {
            let most = delay.amounts.get(at).unwrap_or(&delay.amounts[0]).ends(tables).1.max(0.0);
            match delay.kind {
                StrikeKind::Minutes => worst[task.index()] += most,
                StrikeKind::Share => worst[task.index()] += own[task.index()] * most,
                StrikeKind::Restart => lost[task.index()] += most.min(1.0),
                StrikeKind::Touch | StrikeKind::Cancel => {}
            }
        }
    }
    worst.iter_mut().zip(lost).for_each(|(worst, lost)| *worst *= 1.0 + lost);
    let mut inputs = Inputs::plan(program);
    for (at, &minutes) in worst.iter().enumerate() {
        if minutes > LONGEST_MINUTES {
            let id = program.tasks()[at].id.clone();
            errors.push(CompileError::TooLong { task: TaskIx::new(at), id, years: minutes / 525_960.0 });
        } else {
            inputs.duration_minutes[at] = libm::ceil(minutes) as i32;
        }
    }
    for (link, lag) in lags {
        let (low, high) = lag.ends(tables);
        if high > LONGEST_MINUTES || low < -LONGEST_MINUTES {
            errors.push(CompileError::LagTooLong { link: *link, years: high.max(-low) / 525_960.0 });
        } else {
            inputs.lag_minutes[link.index()] = libm::ceil(high) as i32;
        }
    }
    if let Some(until) = program.finance().and_then(Treasury::latest_start) {
        inputs.held_until = vec![until; worst.len()];
    }
    inputs
}

/// Refuses a program whose costs can outgrow exact sums; the most that they come to, in minor units.
fn check_cost(
    program: &Program,
    costs: &Costs,
    impacts: &[(RiskIx, &CompiledImpact)],
    worst: &Inputs,
    tables: &Tables,
    errors: &mut Vec<CompileError>,
) -> f64 {
    let most = |quantity: &Quantity| {
        let (low, high) = quantity.ends(tables);
        low.abs().max(high.abs())
    };
    let mut task = vec![0.0; program.tasks().len()];
    let mut parts: Vec<(Expense, f64)> = Vec::new();
    for rate in &costs.rates {
        let minutes = f64::from(worst.duration_minutes[rate.task.index()]);
        task[rate.task.index()] += minutes * rate.minor_per_minute;
    }
    for lump in &costs.lumps {
        match lump.on {
            Booked::Task(on) => task[on.index()] += most(&lump.amount),
            Booked::Project(on) => parts.push((Expense::Project(on), most(&lump.amount))),
            Booked::Program => parts.push((Expense::Program, most(&lump.amount))),
        }
    }
    parts.extend(task.iter().enumerate().map(|(at, &amount)| (Expense::Task(TaskIx::new(at)), amount)));
    for &(risk, impact) in impacts {
        let amount = match &impact.cost {
            None => 0.0,
            Some(Cost::Once { amount, .. }) => most(amount),
            Some(Cost::EachTarget(amounts)) => amounts.iter().map(most).sum(),
            Some(Cost::Share(amounts)) => {
                let share = |at: usize| most(amounts.get(at).unwrap_or(&amounts[0]));
                impact.targets.iter().enumerate().map(|(at, on)| share(at) * task[on.index()]).sum()
            }
        };
        parts.push((Expense::Risk(risk), amount));
    }
    let total: f64 = parts.iter().map(|part| part.1).sum();
    if total > LARGEST_MONEY {
        let currency = program.currency();
        let major = total / currency.minor_per_major() as f64;
        // Stable: equal amounts stay in the order of the program.
        parts.sort_by(|a, b| b.1.total_cmp(&a.1));
        let largest = parts.iter().take(5).map(|part| part.0).collect();
        errors.push(CompileError::TooExpensive { major, currency: currency.to_string(), largest });
    }
    total
}

/// Adds tasks to projects, and projects to their parents and the program.
pub(super) fn roll_up(program: &Program, task_cost: &[i64], project_cost: &mut [i64], cost: &mut i64) {
    for (task, &amount) in program.tasks().iter().zip(task_cost) {
        match task.project {
            Some(project) => project_cost[project.index()] += amount,
            None => *cost += amount,
        }
    }
    for (at, project) in program.projects().iter().enumerate().rev() {
        let amount = project_cost[at];
        match project.parent {
            Some(parent) => project_cost[parent.index()] += amount,
            None => *cost += amount,
        }
    }
}

/// Refuses a program whose costs over time can outgrow exact sums.
fn check_treasury(
    program: &Program,
    treasury: &Treasury,
    (costs, ordinary): (&Costs, f64),
    worst: &Inputs,
    tables: &Tables,
) -> Result<(), CompileError> {
    let ends = |quantity: &Quantity| {
        let (low, high) = quantity.ends(tables);
        low.abs().max(high.abs())
    };
    let rates = costs
        .rates
        .iter()
        .map(|rate| f64::from(worst.duration_minutes[rate.task.index()]) * rate.minor_per_minute);
    let lines: Vec<f64> = rates.chain(costs.lumps.iter().map(|lump| ends(&lump.amount))).collect();
    let most = ordinary + treasury.most(&worst.duration_minutes, (&lines, ordinary), &ends);
    if most <= LARGEST_MONEY {
        return Ok(());
    }
    let currency = program.currency();
    let major = most / currency.minor_per_major() as f64;
    Err(CompileError::TooExpensive { major, currency: currency.to_string(), largest: vec![Expense::Program] })
}
