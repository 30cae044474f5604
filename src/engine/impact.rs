//! Risks, compiled: when they occur and what they do to durations (semantics, section 3).

use super::quantity::{Quantity, Source};
use super::uniforms::Uniforms;
use crate::draws::Occurrence;
use crate::model::{
    Combine, CostImpact, DelayImpact, Estimate, Impact, Program, ProjectIx, RiskIx, RiskStatus, TaskIx,
};

/// A risk that can occur.
#[derive(Clone, Debug)]
pub(super) struct CompiledRisk {
    pub(super) risk: RiskIx,
    pub(super) occurrence: Occurrence,
    pub(super) uniforms: Uniforms,
    pub(super) impacts: Vec<CompiledImpact>,
}

/// One consequence of a risk.
#[derive(Clone, Debug)]
pub(super) struct CompiledImpact {
    pub(super) targets: Vec<TaskIx>,
    pub(super) delay: Option<Delay>,
    pub(super) cost: Option<Cost>,
}

/// A change of the durations of the targets.
#[derive(Clone, Debug)]
pub(super) struct Delay {
    /// As a share of the task's duration, or in minutes.
    pub(super) is_share: bool,
    /// One for all targets, or one each.
    pub(super) amounts: Vec<Quantity>,
    /// The parallel group, or `None` for series.
    pub(super) group: Option<u32>,
}

/// A change of cost.
#[derive(Clone, Debug)]
pub(super) enum Cost {
    /// Minor units, booked on one node.
    Once { amount: Quantity, on: Booked },
    /// Minor units for each target.
    EachTarget(Vec<Quantity>),
    /// A share of the cost of each target; one for all targets, or one each.
    Share(Vec<Quantity>),
}

/// Where a cost belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Booked {
    Task(TaskIx),
    Project(ProjectIx),
    Program,
}

/// Compiles the open risks, in the order of their ids, so that reordering the register moves no bit.
pub(super) fn compile(program: &Program, source: &mut Source) -> (Vec<CompiledRisk>, u32) {
    let mut groups: Vec<&str> = Vec::new();
    let mut order: Vec<usize> = (0..program.risks().len()).collect();
    order.sort_by_key(|&at| &program.risks()[at].id);
    let mut compiled = Vec::new();
    for at in order {
        let risk = &program.risks()[at];
        let levels = risk.in_force();
        if risk.status != RiskStatus::Open || levels.probability.get() == 0.0 {
            continue;
        }
        let group = match &risk.combine {
            Combine::Series => None,
            Combine::Parallel(name) => {
                let known = groups.iter().position(|group| group == name);
                Some(known.unwrap_or_else(|| {
                    groups.push(name);
                    groups.len() - 1
                }) as u32)
            }
        };
        let mut impacts: Vec<&Impact> = levels.impacts.iter().collect();
        impacts.sort_by_key(|impact| (&impact.key, &impact.targets));
        compiled.push(CompiledRisk {
            risk: RiskIx::new(at),
            occurrence: Occurrence::new(levels.probability),
            uniforms: source.occurrence(&format!("risk/{}/occurs", risk.id)),
            impacts: impacts
                .into_iter()
                .map(|impact| impact_of(program, &risk.id, impact, group, source))
                .collect(),
        });
    }
    (compiled, groups.len() as u32)
}

fn impact_of(
    program: &Program,
    risk: &str,
    impact: &Impact,
    group: Option<u32>,
    source: &mut Source,
) -> CompiledImpact {
    let mut amounts = |estimate: &Estimate, what: &str| -> Vec<Quantity> {
        let name = format!("risk/{risk}/{}/{what}", impact.key);
        if impact.per_task {
            let each = |task: &TaskIx| format!("{name}/{}", program.tasks()[task.index()].id);
            impact.targets.iter().map(|task| source.quantity(estimate, &each(task))).collect()
        } else {
            vec![source.quantity(estimate, &name)]
        }
    };
    let delay = impact.delay.as_ref().map(|delay| match delay {
        DelayImpact::Minutes(estimate) => {
            Delay { is_share: false, amounts: amounts(estimate, "delay"), group }
        }
        DelayImpact::Share(estimate) => Delay { is_share: true, amounts: amounts(estimate, "delay"), group },
    });
    let cost = impact.cost.as_ref().map(|cost| match cost {
        CostImpact::Share(estimate) => Cost::Share(amounts(estimate, "cost")),
        CostImpact::Amount(estimate) => {
            let mut drawn = amounts(estimate, "cost");
            match drawn.pop() {
                Some(amount) if !impact.per_task => {
                    Cost::Once { amount, on: booked(program, &impact.targets) }
                }
                last => {
                    drawn.extend(last);
                    Cost::EachTarget(drawn)
                }
            }
        }
    });
    CompiledImpact { targets: impact.targets.clone(), delay, cost }
}

/// The smallest part of the program that contains all targets.
fn booked(program: &Program, targets: &[TaskIx]) -> Booked {
    match targets {
        [] => Booked::Program,
        [task] => Booked::Task(*task),
        [first, rest @ ..] => {
            let mut node = program.tasks()[first.index()].project;
            while let Some(project) = node {
                let holds = |task: &TaskIx| {
                    program.tasks()[task.index()].project.is_some_and(|own| program.is_within(own, project))
                };
                if rest.iter().all(holds) {
                    return Booked::Project(project);
                }
                node = program.projects()[project.index()].parent;
            }
            Booked::Program
        }
    }
}
