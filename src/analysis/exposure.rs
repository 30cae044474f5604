//! The exposure of a risk as a register states it, and which risks are to be escalated.

use super::risk_score::mean_days;
use crate::diag::{Diagnostic, code};
use crate::engine::Plan;
use crate::model::{CostImpact, Program, RiskIx};
use crate::scenario::Places;
use crate::units::Money;

/// Probability times mean impact of a risk, as it stands or with its response where that is on; a simulation says
/// what it is worth, this is what a register can say of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// Probability that it occurs.
    pub probability: f64,
    /// Working days, of each impact once, however many tasks it hits.
    pub days: f64,
    /// Its own costs, minor units.
    pub cost: f64,
    /// Whether either is above what the program says is to be escalated.
    pub escalate: bool,
}

impl Exposure {
    /// The exposure of a risk that can occur; [`None`] where the program says nothing of escalation.
    #[must_use]
    pub fn of(program: &Program, risk: RiskIx, plan: &Plan) -> Option<Self> {
        let above = program.escalate_above()?;
        let risk = &program.risks()[risk.index()];
        let levels = risk.in_force();
        let probability = if risk.status.is_live() { risk.probability().get() } else { 0.0 };
        let cost = levels.impacts.iter().filter_map(|impact| {
            let of = |law: &crate::dist::Law| law.mean().unwrap_or_else(|| law.median());
            Some(match impact.cost.as_ref()? {
                CostImpact::Amount(estimate) if impact.per_task => {
                    of(&estimate.law) * impact.targets.len() as f64
                }
                CostImpact::Amount(estimate) => of(&estimate.law),
                CostImpact::Share(estimate) => {
                    let base: i64 = impact.targets.iter().map(|task| plan.task_cost[task.index()]).sum();
                    of(&estimate.law) * base as f64
                }
            })
        });
        // A sum of nothing is a negative zero, which nobody wants to read.
        let (days, cost) =
            (probability * mean_days(program, levels) + 0.0, probability * cost.sum::<f64>() + 0.0);
        let escalate =
            above.days.is_some_and(|most| days > most) || above.cost.is_some_and(|most| cost > most.0 as f64);
        Some(Self { probability, days, cost, escalate })
    }
}

/// The risks that are to be escalated.
pub(super) fn escalations(program: &Program, plan: &Plan, places: &Places) -> Vec<Diagnostic> {
    let Some(above) = program.escalate_above() else { return Vec::new() };
    let major = |minor: f64| program.currency().major(Money(minor.round_ties_even() as i64));
    let days = above.days.map(|days| format!("{days:.1} days"));
    let cost = above.cost.map(|cost| format!("{:.0} {}", program.currency().major(cost), program.currency()));
    let limit = [days, cost].into_iter().flatten().collect::<Vec<_>>().join(" or ");
    let risks = program.risks().iter().enumerate();
    let found = risks.filter_map(|(at, risk)| {
        let exposure = Exposure::of(program, RiskIx::new(at), plan).filter(|exposure| exposure.escalate)?;
        let message = format!(
            "the exposure of `{}` is {:.1} days and {:.0} {}, above {limit}",
            risk.id,
            exposure.days,
            major(exposure.cost),
            program.currency(),
        );
        let help = match &risk.owner {
            Some(owner) => {
                format!("{owner} takes it to whoever decides on responses: `p80 respond` values them")
            }
            None => "give it an `owner`, and a `response` that `p80 respond` can value".to_owned(),
        };
        let problem = Diagnostic::new(code::ESCALATED, message);
        Some(problem.at_place(places.risk(RiskIx::new(at)), "").help(help))
    });
    found.collect()
}
