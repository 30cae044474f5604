//! The forecast of a program, read off the results of its simulation.

use rayon::prelude::*;

use super::{
    AchievedCorrelation, BusinessCase, CashForecast, DriverEffect, Influence, JointConfidence,
    PortfolioForecast, QuantityForecast, RiskEffect,
};
use crate::engine::{NEVER, Simulation};
use crate::model::{Endpoint, Link, Program, ProjectIx, Scope, TaskIx};
use crate::results::Results;
use crate::units::Percentile;

/// The answer of one simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Iterations run.
    pub iterations: u64,
    /// The finish of the program.
    pub finish: QuantityForecast,
    /// Its cost.
    pub cost: QuantityForecast,
    /// Whether anything has a cost at all.
    pub has_costs: bool,
    /// The probability that the P80 date and the P80 budget both hold.
    pub joint_p80: Option<JointConfidence>,
    /// The probability that the target date and the target budget both hold.
    pub joint_target: Option<JointConfidence>,
    /// By [`ProjectIx`].
    pub projects: Vec<ProjectForecast>,
    /// In the order of the program.
    pub milestones: Vec<MilestoneForecast>,
    /// By [`TaskIx`].
    pub tasks: Vec<TaskForecast>,
    /// By [`crate::model::RiskIx`].
    pub risks: Vec<RiskEffect>,
    /// By [`crate::model::DriverIx`].
    pub drivers: Vec<DriverEffect>,
    /// What is drawn together, wanted and achieved.
    pub correlations: Vec<AchievedCorrelation>,
    /// The cash flow, where the program says something about money over time.
    pub cash_flow: Option<CashForecast>,
    /// What the program is worth, where values are discounted.
    pub business_case: Option<BusinessCase>,
    /// Its programs and which promises hold together, where it is a portfolio.
    pub portfolio: Option<PortfolioForecast>,
    /// How many iterations the percentiles of tasks come from.
    pub prefix_iterations: u64,
    /// Share of durations that fell below zero and were held at zero.
    pub clamped_share: f64,
}

/// The forecast of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectForecast {
    /// Which project.
    pub project: ProjectIx,
    /// Its latest finish.
    pub finish: QuantityForecast,
    /// Its cost with all below it.
    pub cost: QuantityForecast,
    /// Share of iterations in which the driving chain of the program runs through it.
    pub drives: f64,
}

/// The forecast of one milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneForecast {
    /// Which milestone.
    pub task: TaskIx,
    /// Its date.
    pub finish: QuantityForecast,
}

/// The forecast of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskForecast {
    /// Which task.
    pub task: TaskIx,
    /// Share of iterations in which it exists.
    pub exists: f64,
    /// Share of iterations in which it has no finish, and neither has the program; counted only where it is the
    /// first of a chain of such.
    pub never: f64,
    /// Share of iterations without simulation float.
    pub criticality: f64,
    /// Share of iterations on the driving chain.
    pub driving: f64,
    /// Share of iterations in which a window or freeze made it wait.
    pub waits: f64,
    /// Mean wait for windows and freezes, elapsed minutes.
    pub wait_minutes: f64,
    /// Start in the plan, and at P10, P50, P80 and P90; minutes since the epoch.
    pub start: Dates,
    /// Finish in the plan, and at P10, P50, P80 and P90; minutes since the epoch.
    pub finish: Dates,
    /// Duration in the plan, minutes of its clock.
    pub plan_minutes: i32,
    /// Mean and standard deviation of the duration, minutes of its clock.
    pub duration: (f64, f64),
    /// Cost in the plan, minor units.
    pub plan_cost: i64,
    /// Mean and standard deviation of the cost, minor units.
    pub cost: (f64, f64),
    /// How duration and finish, and its cost and that of the program, go together.
    pub influence: Influence,
    /// Schedule sensitivity index: criticality times sd(d) / sd(T); [`None`] where T does not vary.
    pub ssi: Option<f64>,
}

/// A date of a task: in the plan, and at each of [`TaskForecast::LEVELS`].
#[derive(Clone, Debug, PartialEq)]
pub struct Dates {
    /// In the deterministic plan.
    pub plan: Option<i32>,
    /// At P10, P50, P80 and P90.
    pub percentiles: Vec<Option<i32>>,
}

impl TaskForecast {
    /// The levels at which dates of tasks are given.
    pub const LEVELS: [Percentile; 4] =
        [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];
}

/// Reads the forecast off the results; `levels` are the percentiles wanted of every outcome.
#[must_use]
pub fn forecast(simulation: &Simulation, results: &Results, levels: &[Percentile]) -> Forecast {
    let program = simulation.program();
    let plan = simulation.plan();
    let (date_target, budget_target) = targets(simulation, Scope::Program);
    let finish = QuantityForecast::of(&results.finish, date(plan.finish), levels, date_target);
    let cost = QuantityForecast::of(&results.cost, Some(plan.cost), levels, budget_target);
    let both = |date: Option<i64>, budget: Option<i64>| JointConfidence::count(results, date?, budget?);
    let p80 = |quantity: &QuantityForecast| quantity.percentile(Percentile::P80).map(|p80| p80.value);
    // Only the bin of zero has zero for its largest value, and income makes costs below it.
    let has_costs = plan.cost != 0 || results.cost.histogram().bins().any(|bin| bin.largest != 0);

    let project = |at: usize| {
        let ix = ProjectIx::new(at);
        let own = &results.projects[at];
        let (date_target, budget) = targets(simulation, Scope::Project(ix));
        ProjectForecast {
            project: ix,
            finish: QuantityForecast::of(&own.finish, date(plan.project_finish[at]), levels, date_target),
            cost: QuantityForecast::of(&own.cost, Some(plan.project_cost[at]), levels, budget),
            drives: own.drives as f64 / results.iterations.max(1) as f64,
        }
    };
    let milestones = results.milestones.iter().map(|(task, outcome)| {
        let (target, _) = targets(simulation, Scope::Milestone(*task));
        let plan = date(plan.task_finish[task.index()]);
        MilestoneForecast { task: *task, finish: QuantityForecast::of(outcome, plan, levels, target) }
    });
    let durations = results.iterations as f64 * program.tasks().len().max(1) as f64;
    Forecast {
        iterations: results.iterations,
        joint_p80: both(p80(&finish), p80(&cost)).filter(|_| has_costs),
        joint_target: both(date_target, budget_target).filter(|_| has_costs),
        has_costs,
        finish,
        cost,
        projects: (0..program.projects().len()).map(project).collect(),
        milestones: milestones.collect(),
        tasks: (0..program.tasks().len())
            .into_par_iter()
            .map(|at| task(simulation, results, TaskIx::new(at)))
            .collect(),
        risks: RiskEffect::all(program, results),
        drivers: DriverEffect::all(program, results),
        correlations: AchievedCorrelation::all(simulation, results.iterations),
        cash_flow: results.cash_flow.as_ref().map(CashForecast::of),
        business_case: results
            .worth
            .as_ref()
            .map(|worth| BusinessCase::of(simulation, results, worth, levels)),
        portfolio: results
            .portfolio
            .as_ref()
            .map(|portfolio| PortfolioForecast::of(simulation, results, portfolio, levels)),
        prefix_iterations: results.prefix.iterations(),
        clamped_share: results.durations_clamped as f64 / durations.max(1.0),
    }
}

/// Whether few enough iterations are without a result: at most 0.1 % (semantics, section 3).
#[must_use]
pub fn is_conclusive(forecast: &Forecast) -> bool {
    forecast.finish.never_share <= 0.001
}

/// In how many iterations a task has no finish, if no task before it has none as often.
fn first_unfinished(program: &Program, results: &Results, ix: TaskIx) -> u64 {
    let own = results.tasks[ix.index()].unfinished;
    let before = |end: Endpoint| match end {
        Endpoint::Task(task) => results.tasks[task.index()].unfinished,
        Endpoint::Project(project) => {
            program.tasks_of(project).map(|task| results.tasks[task.index()].unfinished).max().unwrap_or(0)
        }
    };
    let inherits = |link: &Link| link.to == Endpoint::Task(ix) && before(link.from) == own;
    if own == 0 || program.links().iter().any(inherits) { 0 } else { own }
}

fn task(simulation: &Simulation, results: &Results, ix: TaskIx) -> TaskForecast {
    let (plan, at) = (simulation.plan(), ix.index());
    let totals = &results.tasks[at];
    let n = results.iterations.max(1) as f64;
    let planned = |minutes: i32| (minutes != NEVER).then_some(minutes);
    TaskForecast {
        task: ix,
        exists: totals.present as f64 / n,
        never: first_unfinished(simulation.program(), results, ix) as f64 / n,
        criticality: totals.critical as f64 / n,
        driving: totals.driving as f64 / n,
        waits: totals.waited as f64 / n,
        wait_minutes: totals.wait_minutes as f64 / n,
        start: Dates {
            plan: planned(plan.task_start[at]),
            percentiles: results.prefix.start_percentiles(ix, &TaskForecast::LEVELS),
        },
        finish: Dates {
            plan: planned(plan.task_finish[at]),
            percentiles: results.prefix.finish_percentiles(ix, &TaskForecast::LEVELS),
        },
        plan_minutes: plan.task_minutes[at],
        duration: totals.duration_moments(results.iterations),
        plan_cost: plan.task_cost[at],
        cost: totals.cost_moments(results.iterations),
        influence: Influence::of_task(results, ix),
        ssi: Influence::ssi(simulation.program(), results, ix),
    }
}

/// The promised date and budget of a scope.
fn targets(simulation: &Simulation, scope: Scope) -> (Option<i64>, Option<i64>) {
    let program = simulation.program();
    (
        program.promised_finish(scope).map(|at| i64::from(at.0)),
        program.promised_budget(scope).map(|money| money.0),
    )
}

fn date(minutes: i32) -> Option<i64> {
    (minutes != NEVER).then_some(i64::from(minutes))
}
