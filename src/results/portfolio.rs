//! What is kept of a portfolio: each of its programs, and which promises hold together.

use std::collections::BTreeMap;

use super::state::{State, StateError, StateReader, StateWriter, fields};
use super::{Outcome, Tally};
use crate::draws::BLOCK;
use crate::engine::{Block, NEVER, Simulation};
use crate::model::{Member, Program, ProjectIx, Scope};

/// At most this many iterations are kept of dates and costs side by side.
const ITERATIONS: usize = 65_536;

/// Values that are kept side by side at most.
const VALUES: usize = 1 << 24;

/// The statistics of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct PortfolioResults {
    /// In the order of [`crate::model::Program::members`].
    pub members: Vec<MemberResults>,
    /// Iterations in which every program keeps the date that it has promised; [`None`] where none has.
    pub dates: Option<Tally>,
    /// The same of budgets.
    pub budgets: Option<Tally>,
    /// Iterations in which all of that holds; [`None`] where nothing is promised.
    pub all: Option<Tally>,
    /// The first iterations.
    pub first: SideBySide,
    promises: Vec<Promise>,
}

/// The statistics of a program of a portfolio; its finish and its cost are those of the project that stands for it.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberResults {
    /// Iterations in which it keeps both its date and its budget; [`None`] where it has not promised both.
    pub both: Option<Tally>,
    /// What it is worth, where values are discounted.
    pub npv: Option<Outcome>,
}

/// Dates and costs of programs in the first iterations.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBySide {
    projects: Vec<ProjectIx>,
    /// Blocks below this index are kept.
    limit: u64,
    /// By block: the finishes of all programs, iteration by iteration, and their costs.
    blocks: BTreeMap<u64, (Vec<i32>, Vec<i64>)>,
}

/// What a program has promised, and where its results stand in a block.
#[derive(Clone, Debug, PartialEq)]
struct Promise {
    project: ProjectIx,
    finish: Option<i32>,
    budget: Option<i64>,
}

fields!(MemberResults: both, npv);

impl State for PortfolioResults {
    fn save(&self, out: &mut StateWriter) {
        self.members[..].save(out);
        [&self.dates, &self.budgets, &self.all].into_iter().for_each(|tally| tally.save(out));
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        self.members[..].restore(from)?;
        [&mut self.dates, &mut self.budgets, &mut self.all]
            .into_iter()
            .try_for_each(|tally| tally.restore(from))
    }
}

impl PortfolioResults {
    /// Empty results; [`None`] where the program is no portfolio.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Option<Self> {
        let (program, plan) = (simulation.program(), simulation.plan());
        if program.members().is_empty() {
            return None;
        }
        let promise = |member: &Member| {
            let scope = Scope::Project(member.project);
            Promise {
                project: member.project,
                finish: program.promised_finish(scope).map(|at| at.0),
                budget: program.promised_budget(scope).map(|money| money.0),
            }
        };
        let promises: Vec<Promise> = program.members().iter().map(promise).collect();
        let members = promises.iter().enumerate().map(|(at, promise)| MemberResults {
            both: promise.finish.and(promise.budget).map(|_| Tally::default()),
            // Zero is watched, so that the share above it is counted exactly.
            npv: plan.member_worth.get(at).map(|&worth| Outcome::with_limit(worth, Some(0))),
        });
        let any = |has: fn(&Promise) -> bool| promises.iter().any(has).then(Tally::default);
        Some(Self {
            members: members.collect(),
            dates: any(|promise| promise.finish.is_some()),
            budgets: any(|promise| promise.budget.is_some()),
            all: any(|promise| promise.finish.is_some() || promise.budget.is_some()),
            first: SideBySide::of(program)?,
            promises,
        })
    }

    /// How many iterations every count is of.
    pub(super) fn counted(&self) -> impl Iterator<Item = u64> {
        let both = self.members.iter().filter_map(|member| member.both.as_ref());
        let tallies = both.chain(&self.dates).chain(&self.budgets).chain(&self.all);
        let values = self.members.iter().filter_map(|member| member.npv.as_ref());
        tallies.map(Tally::iterations_checked).chain(values.map(Outcome::iterations_checked))
    }

    /// Takes note of one block.
    pub fn record(&mut self, block: &Block) {
        let mut kept = [[true; BLOCK]; 2];
        for (at, (promise, member)) in self.promises.iter().zip(&mut self.members).enumerate() {
            let finish = row(&block.project_finish, promise.project.index());
            let cost = row(&block.project_cost, promise.project.index());
            if let Some(npv) = &mut member.npv {
                npv.record_block(block.index, row(&block.member_worth, at));
            }
            let mut both = 0;
            for lane in 0..BLOCK {
                let in_time = promise.finish.is_none_or(|until| finish[lane] <= until);
                let in_budget = promise.budget.is_none_or(|most| cost[lane] <= most);
                kept[0][lane] &= in_time;
                kept[1][lane] &= in_budget;
                both += usize::from(in_time && in_budget);
            }
            if let Some(tally) = &mut member.both {
                tally.record(block.index, BLOCK, both);
            }
        }
        self.first.record(block);
        let count = |holds: &dyn Fn(usize) -> bool| (0..BLOCK).filter(|&lane| holds(lane)).count();
        let [dates, budgets] = kept;
        for (tally, counted) in [
            (&mut self.dates, count(&|lane| dates[lane])),
            (&mut self.budgets, count(&|lane| budgets[lane])),
            (&mut self.all, count(&|lane| dates[lane] && budgets[lane])),
        ] {
            if let Some(tally) = tally {
                tally.record(block.index, BLOCK, counted);
            }
        }
    }

    /// Counts everything that `other` counted.
    pub fn merge(&mut self, other: Self) {
        let merge = |own: &mut Option<Tally>, more: &Option<Tally>| {
            if let (Some(own), Some(more)) = (own, more) {
                own.merge(more);
            }
        };
        for (own, more) in self.members.iter_mut().zip(&other.members) {
            merge(&mut own.both, &more.both);
            if let (Some(own), Some(more)) = (&mut own.npv, &more.npv) {
                own.merge(more);
            }
        }
        merge(&mut self.dates, &other.dates);
        merge(&mut self.budgets, &other.budgets);
        merge(&mut self.all, &other.all);
        self.first.merge(other.first);
    }
}

impl SideBySide {
    /// Nothing kept yet; [`None`] where the program is no portfolio.
    #[must_use]
    pub fn of(program: &Program) -> Option<Self> {
        let projects: Vec<ProjectIx> = program.members().iter().map(|member| member.project).collect();
        let fitting = VALUES / (projects.len().max(1) * BLOCK);
        let limit = fitting.clamp(8, ITERATIONS / BLOCK) as u64;
        (!projects.is_empty()).then(|| Self { projects, limit, blocks: BTreeMap::new() })
    }

    /// How many of the first blocks are kept.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Keeps the block if it is one of the first.
    pub fn record(&mut self, block: &Block) {
        if block.index < self.limit {
            let projects = || self.projects.iter().map(|project| project.index());
            let finishes = projects().flat_map(|at| row(&block.project_finish, at)).copied().collect();
            let costs = projects().flat_map(|at| row(&block.project_cost, at)).copied().collect();
            self.blocks.insert(block.index, (finishes, costs));
        }
    }

    /// Takes over what `other` kept.
    pub fn merge(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }

    /// How many iterations there are.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.blocks.len() * BLOCK
    }

    /// The finishes of a program in the order of the iterations; those without one are later than all dates.
    #[must_use]
    pub fn finishes(&self, member: usize) -> Vec<i64> {
        let rows = self.blocks.values().flat_map(|(finishes, _)| &finishes[member * BLOCK..][..BLOCK]);
        rows.map(|&finish| if finish == NEVER { i64::MAX } else { i64::from(finish) }).collect()
    }

    /// The costs of a program in the order of the iterations.
    #[must_use]
    pub fn costs(&self, member: usize) -> Vec<i64> {
        self.blocks.values().flat_map(|(_, costs)| &costs[member * BLOCK..][..BLOCK]).copied().collect()
    }
}

fn row<T>(array: &ndarray::Array2<T>, at: usize) -> &[T; BLOCK] {
    let rows = array.as_slice().expect("blocks lie in memory row by row");
    rows[at * BLOCK..][..BLOCK].try_into().expect("a row has as many values as a block has iterations")
}
