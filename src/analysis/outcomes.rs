//! The forecasts of everything that versions of a program are compared by.

use super::QuantityForecast;
use crate::engine::{NEVER, Simulation};
use crate::model::{ProjectIx, Scope, TaskIx};
use crate::results::{Outcome, Outcomes};
use crate::units::Percentile;

/// The forecast of one outcome, by a name that stays the same from version to version.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeForecast {
    /// `finish`, `cost`, `npv`, `projects.ID.finish`, `projects.ID.cost` or `milestones.ID`.
    pub name: String,
    /// What it counts.
    pub kind: OutcomeKind,
    /// The forecast.
    pub forecast: QuantityForecast,
}

/// What an outcome counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// A date, in minutes since the epoch: that of a milestone, or the end of work.
    Date(Option<TaskIx>),
    /// An amount, in minor units.
    Amount,
}

/// The forecasts of all outcomes: finishes first; costs only where anything has one.
#[must_use]
pub fn outcome_forecasts(
    simulation: &Simulation,
    outcomes: &Outcomes,
    levels: &[Percentile],
) -> Vec<OutcomeForecast> {
    let (program, plan) = (simulation.program(), simulation.plan());
    let mut all = Vec::new();
    let mut date = |name: String, task: Option<TaskIx>, outcome: &Outcome, plan: i32, scope: Scope| {
        let plan = (plan != NEVER).then_some(i64::from(plan));
        let target = program.promised_finish(scope).map(|at| i64::from(at.0));
        let forecast = QuantityForecast::of(outcome, plan, levels, target);
        all.push(OutcomeForecast { name, kind: OutcomeKind::Date(task), forecast });
    };
    let project_of = |at: usize| Scope::Project(ProjectIx::new(at));
    let projects = || outcomes.projects.iter().zip(program.projects()).enumerate();
    date("finish".to_owned(), None, &outcomes.finish, plan.finish, Scope::Program);
    for (at, (own, project)) in projects() {
        let name = format!("projects.{}.finish", project.id);
        date(name, None, &own.finish, plan.project_finish[at], project_of(at));
    }
    for (task, outcome) in &outcomes.milestones {
        let name = format!("milestones.{}", program.tasks()[task.index()].id);
        date(name, Some(*task), outcome, plan.task_finish[task.index()], Scope::Milestone(*task));
    }
    let mut amount = |name: String, outcome: &Outcome, plan: i64, target: Option<i64>| {
        let forecast = QuantityForecast::of(outcome, Some(plan), levels, target);
        all.push(OutcomeForecast { name, kind: OutcomeKind::Amount, forecast });
    };
    // Only the bin of zero has zero for its largest value, and income makes costs below it.
    if plan.cost != 0 || outcomes.cost.histogram().bins().any(|bin| bin.largest != 0) {
        let budget = |scope: Scope| program.promised_budget(scope).map(|money| money.0);
        amount("cost".to_owned(), &outcomes.cost, plan.cost, budget(Scope::Program));
        for (at, (own, project)) in projects() {
            let name = format!("projects.{}.cost", project.id);
            amount(name, &own.cost, plan.project_cost[at], budget(project_of(at)));
        }
    }
    if let Some(npv) = &outcomes.npv {
        amount("npv".to_owned(), npv, plan.worth.1 - plan.worth.0, None);
    }
    all
}
