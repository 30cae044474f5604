//! The deterministic plan.

use super::NEVER;
use super::compile::roll_up;
use super::cost::{Costs, Lump};
use super::impact::Booked;
use super::money::{FinalCosts, OneLane, Totals, Treasury};
use crate::model::{Program, ProjectIx, TaskIx};
use crate::network::{Inputs, Network, Pass};
use crate::units::Instant;

/// The deterministic plan: every estimate at its plan value, risks off (semantics, section 2).
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Finish of the program, minutes since the epoch; [`NEVER`] if it has none.
    pub finish: i32,
    /// Cost with the responses that are on, minor units.
    pub cost: i64,
    /// Start of each task, as shown.
    pub task_start: Vec<i32>,
    /// Finish of each task, as shown.
    pub task_finish: Vec<i32>,
    /// Duration of each task, minutes of its clock.
    pub task_minutes: Vec<i32>,
    /// Cost of each task, minor units.
    pub task_cost: Vec<i64>,
    /// Whether each task has no float.
    pub task_critical: Vec<bool>,
    /// Latest finish of each project.
    pub project_finish: Vec<i32>,
    /// Cost of each project, minor units.
    pub project_cost: Vec<i64>,
    /// Cost of each line, where the program says something about money over time.
    pub line_cost: Vec<i64>,
    /// What the costs and the benefits are worth on the valuation date, after tax.
    pub worth: (i64, i64),
    /// Both together for each program of a portfolio; empty where nothing is valued.
    pub member_worth: Vec<i64>,
}

/// What the plan costs.
struct PlanCosts {
    task: Vec<i64>,
    project: Vec<i64>,
    program: i64,
    line: Vec<i64>,
}

/// Schedules and prices the deterministic plan; where work waits for money, the inputs say so afterwards.
pub(super) fn plan_of(
    program: &Program,
    network: &Network,
    inputs: &mut Inputs,
    costs: &Costs,
    treasury: Option<&Treasury>,
) -> Plan {
    let mut pass = network.pass();
    let mut lane = treasury.map(|treasury| (treasury, OneLane::new(treasury)));
    let costs = loop {
        network.forward(inputs, &mut pass);
        let costs = PlanCosts::of(program, (network, &pass), costs, lane.as_mut());
        let waits = lane.as_mut().and_then(|(treasury, lane)| lane.must_wait(treasury, costs.all(), inputs));
        match waits {
            Some((task, until)) => inputs.hold(task, until),
            None => break costs,
        }
    };
    network.backward(inputs, &mut pass);
    let tasks = || (0..program.tasks().len()).map(TaskIx::new);
    let date = |at: Option<Instant>| at.map_or(NEVER, |at| at.0);
    let dated = |task: TaskIx, at: Instant| if pass.is_unfinished(task) { NEVER } else { at.0 };
    let mut member_worth = vec![0; treasury.map_or(0, Treasury::valued_members)];
    let worth =
        lane.map_or((0, 0), |(treasury, mut lane)| lane.worth(treasury, costs.all(), &mut member_worth));
    Plan {
        worth,
        member_worth,
        finish: date(pass.target_finish()),
        cost: costs.program,
        task_start: tasks().map(|task| dated(task, pass.shown_start(task))).collect(),
        task_finish: tasks().map(|task| dated(task, pass.shown_finish(task))).collect(),
        task_minutes: tasks().map(|task| pass.minutes(task)).collect(),
        task_cost: costs.task,
        task_critical: tasks().map(|task| pass.is_critical(task)).collect(),
        project_finish: (0..program.projects().len())
            .map(|at| date(pass.project_finish(ProjectIx::new(at))))
            .collect(),
        project_cost: costs.project,
        line_cost: costs.line,
    }
}

impl PlanCosts {
    fn of(
        program: &Program,
        (network, pass): (&Network, &Pass),
        costs: &Costs,
        money: Option<&mut (&Treasury, OneLane)>,
    ) -> Self {
        // What never starts for lack of money costs nothing.
        let capped = money.as_ref().is_some_and(|(treasury, _)| treasury.is_capped());
        let is_unpaid = |task: TaskIx| capped && pass.is_unfinished(task);
        let mut task_cost = vec![0; program.tasks().len()];
        let mut project_cost = vec![0; program.projects().len()];
        let mut cost = 0;
        let rates = costs.rates.iter().map(|rate| match is_unpaid(rate.task) {
            true => 0,
            false => rate.cost(pass.minutes(rate.task)),
        });
        for (rate, amount) in costs.rates.iter().zip(rates.clone()) {
            task_cost[rate.task.index()] += amount;
        }
        let is_due = |lump: &Lump| {
            let unpaid = matches!(lump.on, Booked::Task(task) if is_unpaid(task));
            !unpaid && lump.exists.is_none_or(|condition| pass.holds(condition))
        };
        for lump in costs.lumps.iter().filter(|lump| is_due(lump)) {
            match lump.on {
                Booked::Task(task) => task_cost[task.index()] += lump.plan,
                Booked::Project(project) => project_cost[project.index()] += lump.plan,
                Booked::Program => cost += lump.plan,
            }
        }
        let mut line_cost: Vec<i64> = Vec::new();
        if let Some((treasury, lane)) = money {
            line_cost.extend(rates);
            line_cost.extend(costs.lumps.iter().map(|lump| if is_due(lump) { lump.plan } else { 0 }));
            lane.look(treasury, program, network, pass);
            lane.scratch.values.copy_from_slice(&treasury.plans);
            line_cost.resize(treasury.lines().len(), 0);
            let mut totals = Totals {
                task: &mut task_cost,
                project: &mut project_cost,
                program: std::slice::from_mut(&mut cost),
                with_tasks: false,
            };
            lane.settle(treasury, &mut totals, &mut line_cost, &|_, condition, _| {
                condition.is_none_or(|condition| pass.holds(condition))
            });
        }
        roll_up(program, &task_cost, &mut project_cost, &mut cost);
        Self { task: task_cost, project: project_cost, program: cost, line: line_cost }
    }

    fn all(&self) -> FinalCosts<'_> {
        FinalCosts {
            task: &self.task,
            project: &self.project,
            program: std::slice::from_ref(&self.program),
            line: &self.line,
        }
    }
}
