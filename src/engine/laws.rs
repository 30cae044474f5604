//! The laws that a program draws from.

use crate::dist::Law;
use crate::model::{CostAmount, CostImpact, DelayImpact, Estimate, Program, TaskKind};

/// The laws of durations, costs of tasks and impacts of risks: nearly all that a large program has. Their tables
/// are built together; those of others when they are asked for.
pub(super) fn most_laws(program: &Program) -> impl Iterator<Item = &Law> {
    let tasks = program.tasks().iter().flat_map(|task| {
        let duration = match &task.kind {
            TaskKind::Work { duration, .. } => Some(duration),
            TaskKind::Milestone(_) => None,
        };
        let costs = task.costs.iter().filter_map(|line| match &line.amount {
            CostAmount::Lump(estimate) => Some(estimate),
            CostAmount::Rate { .. } => None,
        });
        duration.into_iter().chain(costs)
    });
    let risks = program.risks().iter().flat_map(|risk| &risk.in_force().impacts).flat_map(|impact| {
        let delay = impact.delay.as_ref().map(|delay| match delay {
            DelayImpact::Minutes(estimate)
            | DelayImpact::Share(estimate)
            | DelayImpact::Restart(estimate)
            | DelayImpact::Cancel(estimate)
            | DelayImpact::Stop(estimate) => estimate,
        });
        let cost = impact.cost.as_ref().map(|cost| match cost {
            CostImpact::Amount(estimate) | CostImpact::Share(estimate) => estimate,
        });
        delay.into_iter().chain(cost)
    });
    tasks.chain(risks).map(|estimate: &Estimate| &estimate.law)
}
