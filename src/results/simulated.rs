//! Everything that is kept of one simulation.

use ndarray::Array2;

use super::{
    CashFlow, JointGrid, Outcome, PortfolioResults, Prefix, ProgramTotals, Resolution, RiskTotals, TaskTotals,
};
use crate::engine::{Block, NEVER, Observer, Simulation};
use crate::lanes::{
    Flags, InstructionSet, LANES, Longs, count, count_positive, moments, moments_long, products,
    products_long, sum_where,
};
use crate::model::{ProjectIx, Scope, TaskIx};

/// The statistics of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Iterations run, in whole blocks.
    pub iterations: u64,
    /// The finish of the program, in minutes since the epoch.
    pub finish: Outcome,
    /// The cost of the program, in minor units.
    pub cost: Outcome,
    /// What correlations with finish and cost need of the program.
    pub program: ProgramTotals,
    /// Finish and cost of the program together.
    pub joint: JointGrid,
    /// By [`crate::model::ProjectIx`].
    pub projects: Vec<ProjectResults>,
    /// Every milestone with its date, in the order of the program.
    pub milestones: Vec<(TaskIx, Outcome)>,
    /// By [`TaskIx`].
    pub tasks: Vec<TaskTotals>,
    /// By [`crate::model::RiskIx`].
    pub risks: Vec<RiskTotals>,
    /// By [`crate::model::DriverIx`]; drivers have no cost impacts of their own.
    pub drivers: Vec<RiskTotals>,
    /// How often impacts or an unbounded law took a duration below zero, where it was held at zero.
    pub durations_clamped: u64,
    /// The first iterations.
    pub prefix: Prefix,
    /// The cash flows of the first iterations, where the program says something about money over time.
    pub cash_flow: Option<CashFlow>,
    /// Its programs, where it is a portfolio.
    pub portfolio: Option<PortfolioResults>,
    /// What the program is worth, where values are discounted.
    pub worth: Option<Worth>,
    /// By task: whether windows or freezes may make it wait.
    can_wait: Vec<bool>,
    /// Cost of the plan, from which costs are measured so that their products stay short.
    plan_cost: i64,
}

/// What a program is worth on the valuation date, after tax, in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// Benefits less costs.
    pub npv: Outcome,
    /// The sum of what the costs are worth over all iterations.
    pub costs: i128,
    /// The same of the benefits.
    pub benefits: i128,
    /// Iterations that are worth more than nothing.
    pub positive: u64,
}

/// The statistics of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectResults {
    /// The latest finish of its tasks.
    pub finish: Outcome,
    /// Its own costs and those of everything in it.
    pub cost: Outcome,
    /// Iterations in which the driving chain of the program runs through it.
    pub drives: u64,
}

impl Results {
    /// Empty results for a compiled program.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        let plan = simulation.plan();
        let program = simulation.program();
        let outcome = Outcome::with_limit;
        let date = |scope: Scope| program.promised_finish(scope).map(|at| i64::from(at.0));
        let budget = |scope: Scope| program.promised_budget(scope).map(|money| money.0);
        let milestones = program.tasks().iter().enumerate().filter(|(_, task)| task.is_milestone());
        let parts = Resolution::of_one_in(2 * program.projects().len() + milestones.clone().count());
        let part = |plan: i64, limit: Option<i64>| outcome(plan, limit).with_resolution(parts);
        let project = |at: usize| ProjectResults {
            finish: part(i64::from(plan.project_finish[at]), date(Scope::Project(ProjectIx::new(at)))),
            cost: part(plan.project_cost[at], budget(Scope::Project(ProjectIx::new(at)))),
            drives: 0,
        };
        let promised = date(Scope::Program).zip(budget(Scope::Program));
        Self {
            iterations: 0,
            finish: outcome(i64::from(plan.finish), date(Scope::Program)),
            cost: outcome(plan.cost, budget(Scope::Program)),
            program: ProgramTotals::default(),
            joint: JointGrid::watching(promised.as_slice()),
            projects: (0..program.projects().len()).map(project).collect(),
            milestones: milestones
                .map(|(at, _)| (TaskIx::new(at), i64::from(plan.task_finish[at])))
                .map(|(task, plan)| (task, part(plan, date(Scope::Milestone(task)))))
                .collect(),
            tasks: vec![TaskTotals::default(); program.tasks().len()],
            risks: vec![RiskTotals::default(); program.risks().len()],
            drivers: vec![RiskTotals::default(); program.drivers().len()],
            durations_clamped: 0,
            prefix: Prefix::new(program.tasks().len()),
            cash_flow: CashFlow::new(simulation),
            portfolio: PortfolioResults::new(simulation),
            worth: simulation.treasury().filter(|treasury| treasury.has_case()).map(|_| Worth {
                // Zero is watched, so that the share above it is counted exactly.
                npv: outcome(plan.worth.1 - plan.worth.0, Some(0)),
                costs: 0,
                benefits: 0,
                positive: 0,
            }),
            can_wait: (0..program.tasks().len())
                .map(|at| simulation.network().can_wait(TaskIx::new(at)))
                .collect(),
            plan_cost: plan.cost,
        }
    }
}

impl Results {
    /// Cost of the deterministic plan, minor units: where the distances of [`ProgramTotals::cost`] begin.
    #[must_use]
    pub fn plan_cost(&self) -> i64 {
        self.plan_cost
    }

    /// Counts what correlations need of the program itself.
    fn note_program(
        &mut self,
        set: InstructionSet,
        minutes: &[i32; LANES],
        cost: &[i64; LANES],
        finished: Option<&Flags>,
    ) {
        let totals = &mut self.program;
        totals.finished += finished.map_or(LANES as u64, |finished| count(set, finished));
        // Without a finish the minutes are 0 and add nothing.
        let moments = moments(set, minutes);
        totals.minutes += moments.sum;
        totals.minutes_squared += moments.squares;
        let moments = moments_long(set, cost);
        totals.cost += moments.sum;
        totals.cost_squared += moments.squares;
    }
}

impl Observer for Results {
    fn wants_dates(&self, block: u64) -> bool {
        self.prefix.keeps(block) || self.cash_flow.as_ref().is_some_and(|flow| flow.keeps(block))
    }

    fn block(&mut self, block: &Block) {
        let set = InstructionSet::best();
        self.iterations += block.finish.len() as u64;
        self.finish.record_dates(block.index, lanes_of(&block.finish));
        self.cost.record_block(block.index, lanes_of(&block.cost));
        self.joint.record_block(block.index, lanes_of(&block.finish), lanes_of(&block.cost));
        for (at, project) in self.projects.iter_mut().enumerate() {
            project.finish.record_dates(block.index, row(&block.project_finish, at));
            project.cost.record_block(block.index, row(&block.project_cost, at));
            project.drives += count(set, row(&block.project_drives, at));
        }
        for (task, outcome) in &mut self.milestones {
            outcome.record_dates(block.index, row(&block.task_finish, task.index()));
        }
        let finished =
            block.finish.contains(&NEVER).then(|| Flags::from_fn(|lane| block.finish[lane] != NEVER));
        let program_minutes = lanes_of(&block.minutes);
        let program_cost = Longs::from_fn(|lane| block.cost[lane] - self.plan_cost);
        self.note_program(set, program_minutes, &program_cost, finished.as_ref());
        for (at, task) in self.tasks.iter_mut().enumerate() {
            task.present += count(set, row(&block.task_present, at));
            task.critical += count(set, row(&block.task_critical, at));
            task.driving += count(set, row(&block.task_driving, at));
            if self.can_wait[at] {
                let wait = row(&block.task_wait, at);
                task.waited += count_positive(set, wait);
                task.wait_minutes += moments(set, wait).sum;
            }
            let minutes = moments(set, row(&block.task_minutes, at));
            task.minutes += minutes.sum;
            task.minutes_squared += minutes.squares;
            if minutes.squares > 0 {
                task.minutes_and_program += products(set, row(&block.task_minutes, at), program_minutes);
            }
            if let Some(finished) = &finished {
                let minutes = row(&block.task_minutes, at);
                let dates = row(&block.task_finish, at).iter().zip(finished.iter());
                task.unfinished +=
                    dates.filter(|&(&date, &finished)| date == NEVER && !finished).count() as u64;
                for (&minutes, _) in minutes.iter().zip(finished.iter()).filter(|(_, finished)| !**finished) {
                    task.minutes_unfinished.0 += i128::from(minutes);
                    task.minutes_unfinished.1 += i128::from(minutes) * i128::from(minutes);
                }
            }
            let cost = moments_long(set, row(&block.task_cost, at));
            task.cost += cost.sum;
            task.cost_squared += cost.squares;
            if cost.squares > 0 {
                task.cost_and_program += products_long(set, row(&block.task_cost, at), &program_cost);
            }
        }
        let finish = Longs::from_fn(|lane| match block.finish[lane] {
            NEVER => 0,
            finish => i64::from(finish),
        });
        let minutes = Longs::from_fn(|lane| i64::from(block.minutes[lane]));
        let note = |totals: &mut RiskTotals, occurred: &[bool; LANES]| {
            let mut both = Flags::from_fn(|lane| occurred[lane]);
            if let Some(finished) = &finished {
                both.iter_mut().zip(finished.iter()).for_each(|(both, &finished)| *both &= finished);
            }
            totals.occurred += count(set, occurred);
            totals.cost_when_occurred += i128::from(sum_where(set, lanes_of(&block.cost), occurred));
            totals.occurred_finished += count(set, &both);
            totals.minutes_when_occurred += i128::from(sum_where(set, &minutes, &both));
            totals.finish_when_occurred += i128::from(sum_where(set, &finish, &both));
        };
        for (at, driver) in self.drivers.iter_mut().enumerate() {
            note(driver, row(&block.driver_occurred, at));
            driver.added_minutes += moments_long(set, row(&block.driver_minutes, at)).sum;
        }
        for (at, risk) in self.risks.iter_mut().enumerate() {
            note(risk, row(&block.risk_occurred, at));
            risk.added_minutes += moments_long(set, row(&block.risk_minutes, at)).sum;
            risk.own_cost += moments_long(set, row(&block.risk_cost, at)).sum;
        }
        if let Some(portfolio) = &mut self.portfolio {
            portfolio.record(block);
        }
        self.durations_clamped += block.durations_clamped;
        self.prefix.record(block);
        if let Some(worth) = &mut self.worth {
            let (costs, benefits) = (lanes_of(&block.cost_worth), lanes_of(&block.benefit_worth));
            let npv = Longs::from_fn(|lane| benefits[lane].wrapping_sub(costs[lane]));
            worth.npv.record_block(block.index, &npv);
            worth.costs += costs.iter().map(|&cost| i128::from(cost)).sum::<i128>();
            worth.benefits += benefits.iter().map(|&benefit| i128::from(benefit)).sum::<i128>();
            worth.positive += npv.iter().filter(|npv| **npv > 0).count() as u64;
        }
        if let Some(cash_flow) = &mut self.cash_flow {
            cash_flow.record(block);
        }
    }

    fn merge(&mut self, other: Self) {
        self.iterations += other.iterations;
        self.finish.merge(&other.finish);
        self.cost.merge(&other.cost);
        self.program.merge(&other.program);
        self.joint.merge(&other.joint);
        for (own, more) in self.projects.iter_mut().zip(&other.projects) {
            own.finish.merge(&more.finish);
            own.cost.merge(&more.cost);
            own.drives += more.drives;
        }
        for ((_, own), (_, more)) in self.milestones.iter_mut().zip(&other.milestones) {
            own.merge(more);
        }
        self.tasks.iter_mut().zip(&other.tasks).for_each(|(own, more)| own.merge(more));
        self.risks.iter_mut().zip(&other.risks).for_each(|(own, more)| own.merge(more));
        self.drivers.iter_mut().zip(&other.drivers).for_each(|(own, more)| own.merge(more));
        self.durations_clamped += other.durations_clamped;
        if let (Some(own), Some(more)) = (&mut self.portfolio, other.portfolio) {
            own.merge(more);
        }
        self.prefix.merge(other.prefix);
        if let (Some(own), Some(more)) = (&mut self.worth, other.worth) {
            own.npv.merge(&more.npv);
            own.costs += more.costs;
            own.benefits += more.benefits;
            own.positive += more.positive;
        }
        if let (Some(own), Some(more)) = (&mut self.cash_flow, other.cash_flow) {
            own.merge(more);
        }
    }
}

/// The lanes of an outcome of the program.
fn lanes_of<T>(values: &[T]) -> &[T; LANES] {
    values.try_into().expect("a block has as many values as lanes")
}

/// The lanes of one task, project or risk.
fn row<T>(array: &Array2<T>, at: usize) -> &[T; LANES] {
    let rows = array.as_slice().expect("blocks lie in memory row by row");
    lanes_of(&rows[at * LANES..][..LANES])
}
