//! The distributions of what is forecast, and nothing besides.

use super::state::{State, StateError, StateReader, StateWriter, fields};
use super::{Outcome, Resolution};
use crate::draws::BLOCK;
use crate::engine::{Block, Observer, Simulation};
use crate::lanes::{LANES, Longs};
use crate::model::{ProjectIx, Scope, TaskIx};

/// Finish and cost of the program and its projects, the dates of its milestones, and what it is worth: what many
/// versions of a program are compared by. The same distributions as those of [`super::Results`], for less time and
/// memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    /// Iterations run, in whole blocks.
    pub iterations: u64,
    /// The finish of the program, in minutes since the epoch.
    pub finish: Outcome,
    /// The cost of the program, in minor units.
    pub cost: Outcome,
    /// By [`ProjectIx`].
    pub projects: Vec<ProjectOutcomes>,
    /// Every milestone with its date, in the order of the program.
    pub milestones: Vec<(TaskIx, Outcome)>,
    /// What the program is worth, where values are discounted, in minor units.
    pub npv: Option<Outcome>,
}

/// Those of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectOutcomes {
    /// The latest finish of its tasks.
    pub finish: Outcome,
    /// Its own costs and those of everything in it.
    pub cost: Outcome,
}

impl Outcomes {
    /// Empty outcomes of a compiled program.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        let (plan, program) = (simulation.plan(), simulation.program());
        let finish = |at: i32, scope: Scope| {
            Outcome::with_limit(i64::from(at), program.promised_finish(scope).map(|at| i64::from(at.0)))
        };
        let cost = |at: i64, scope: Scope| {
            Outcome::with_limit(at, program.promised_budget(scope).map(|money| money.0))
        };
        let milestones = program.tasks().iter().enumerate().filter(|(_, task)| task.is_milestone());
        let parts = Resolution::of_one_in(2 * program.projects().len() + milestones.clone().count());
        let project = |at: usize| {
            let scope = Scope::Project(ProjectIx::new(at));
            ProjectOutcomes {
                finish: finish(plan.project_finish[at], scope).with_resolution(parts),
                cost: cost(plan.project_cost[at], scope).with_resolution(parts),
            }
        };
        let milestone = |(at, _)| {
            let task = TaskIx::new(at);
            (task, finish(plan.task_finish[at], Scope::Milestone(task)).with_resolution(parts))
        };
        let has_case = simulation.treasury().is_some_and(|treasury| treasury.has_case());
        Self {
            iterations: 0,
            finish: finish(plan.finish, Scope::Program),
            cost: cost(plan.cost, Scope::Program),
            projects: (0..program.projects().len()).map(project).collect(),
            milestones: milestones.map(milestone).collect(),
            npv: has_case.then(|| Outcome::with_limit(plan.worth.1 - plan.worth.0, Some(0))),
        }
    }

    /// Empty outcomes of a compiled program, in the memory of others.
    #[must_use]
    pub fn in_memory_of(mut old: Self, simulation: &Simulation) -> Self {
        let mut new = Self::new(simulation);
        new.each_mut().zip(old.each_mut()).for_each(|(new, old)| new.reuse(old));
        new
    }

    /// Everything that was counted, as bytes.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut out = StateWriter::default();
        State::save(self, &mut out);
        out.into_bytes()
    }

    /// What was counted of so many blocks of a program.
    ///
    /// # Errors
    /// [`StateError`] if the bytes are not those of so many blocks of this program.
    pub fn restored(simulation: &Simulation, blocks: u64, bytes: &[u8]) -> Result<Self, StateError> {
        let (mut all, mut from) = (Self::new(simulation), StateReader::new(bytes));
        all.restore(&mut from)?;
        from.finish()?;
        all.iterations = blocks * BLOCK as u64;
        if all.each().any(|outcome| outcome.iterations_checked() != all.iterations) {
            return Err(StateError::Unfitting("another number of iterations"));
        }
        Ok(all)
    }

    /// Every distribution, to be changed.
    fn each_mut(&mut self) -> impl Iterator<Item = &mut Outcome> {
        let projects = self.projects.iter_mut().flat_map(|project| [&mut project.finish, &mut project.cost]);
        let milestones = self.milestones.iter_mut().map(|(_, outcome)| outcome);
        [&mut self.finish, &mut self.cost].into_iter().chain(projects).chain(milestones).chain(&mut self.npv)
    }

    /// Every distribution.
    fn each(&self) -> impl Iterator<Item = &Outcome> {
        let projects = self.projects.iter().flat_map(|project| [&project.finish, &project.cost]);
        let milestones = self.milestones.iter().map(|(_, outcome)| outcome);
        [&self.finish, &self.cost].into_iter().chain(projects).chain(milestones).chain(&self.npv)
    }
}

fields!(ProjectOutcomes: finish, cost);

impl State for Outcomes {
    fn save(&self, out: &mut StateWriter) {
        self.finish.save(out);
        self.cost.save(out);
        self.projects.save(out);
        out.count(self.milestones.len() as u64);
        self.milestones.iter().for_each(|(_, outcome)| outcome.save(out));
        self.npv.save(out);
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        self.finish.restore(from)?;
        self.cost.restore(from)?;
        self.projects.restore(from)?;
        from.exactly(self.milestones.len(), "another number of milestones")?;
        self.milestones.iter_mut().try_for_each(|(_, outcome)| outcome.restore(from))?;
        self.npv.restore(from)
    }
}

impl Observer for Outcomes {
    fn wants_dates(&self, _: u64) -> bool {
        false
    }

    fn wants_ends_only(&self) -> bool {
        self.projects.is_empty() && self.milestones.is_empty()
    }

    fn block(&mut self, block: &Block) {
        self.iterations += block.finish.len() as u64;
        self.finish.record_dates(block.index, lanes_of(&block.finish));
        self.cost.record_block(block.index, lanes_of(&block.cost));
        for (at, project) in self.projects.iter_mut().enumerate() {
            let (finish, cost) = (block.project_finish.row(at), block.project_cost.row(at));
            let whole = "blocks lie in memory row by row";
            project.finish.record_dates(block.index, lanes_of(finish.to_slice().expect(whole)));
            project.cost.record_block(block.index, lanes_of(cost.to_slice().expect(whole)));
        }
        for (task, outcome) in &mut self.milestones {
            let dates = block.task_finish.row(task.index());
            let dates = dates.to_slice().expect("blocks lie in memory row by row");
            outcome.record_dates(block.index, lanes_of(dates));
        }
        if let Some(npv) = &mut self.npv {
            let (costs, benefits) = (&block.cost_worth, &block.benefit_worth);
            npv.record_block(block.index, &Longs::from_fn(|lane| benefits[lane].wrapping_sub(costs[lane])));
        }
    }

    fn merge(&mut self, other: Self) {
        self.iterations += other.iterations;
        self.finish.merge(&other.finish);
        self.cost.merge(&other.cost);
        for (own, more) in self.projects.iter_mut().zip(&other.projects) {
            own.finish.merge(&more.finish);
            own.cost.merge(&more.cost);
        }
        for ((_, own), (_, more)) in self.milestones.iter_mut().zip(&other.milestones) {
            own.merge(more);
        }
        if let (Some(own), Some(more)) = (&mut self.npv, &other.npv) {
            own.merge(more);
        }
    }
}

/// The lanes of an outcome.
fn lanes_of<T>(values: &[T]) -> &[T; LANES] {
    values.try_into().expect("a block has as many values as lanes")
}
