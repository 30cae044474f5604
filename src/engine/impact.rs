//! Risks, compiled: when they occur and what they do to durations (semantics, section 3).

use super::blow::{Blows, parts};
use super::quantity::{Quantity, Source};
use super::stop::CompiledStop;
use super::uniforms::Uniforms;
use crate::draws::Occurrence;
use crate::model::{
    Bearer, Combine, CostImpact, DelayImpact, Estimate, Impact, Program, ProjectIx, RiskIx, TaskIx,
};
use crate::network::StrikeKind;

/// A risk that can occur.
#[derive(Clone, Debug)]
pub(super) struct CompiledRisk {
    pub(super) risk: RiskIx,
    pub(super) occurrence: Occurrence,
    pub(super) uniforms: Uniforms,
    /// Empty for a risk with a window, whose impacts are those of its blows.
    pub(super) impacts: Vec<CompiledImpact>,
    /// The risk that must have occurred.
    pub(super) trigger: Option<RiskIx>,
    /// Whether its response splits its window: then it occurs where any of its blows falls.
    pub(super) in_parts: bool,
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
    /// What its amounts are.
    pub(super) kind: StrikeKind,
    /// One for all targets, or one each.
    pub(super) amounts: Vec<Quantity>,
    /// The parallel group, or `None` for series.
    pub(super) group: Option<u32>,
}

impl Delay {
    /// Whether it loses or cuts off a share.
    pub(super) fn is_loss(&self) -> bool {
        matches!(self.kind, StrikeKind::Restart | StrikeKind::Cancel)
    }
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

impl From<Bearer> for Booked {
    fn from(on: Bearer) -> Self {
        match on {
            Bearer::Task(task) => Self::Task(task),
            Bearer::Project(project) => Self::Project(project),
            Bearer::Program => Self::Program,
        }
    }
}

/// The risks of a program, compiled.
#[derive(Clone, Debug, Default)]
pub(super) struct CompiledRisks {
    pub(super) all: Vec<CompiledRisk>,
    /// Number of parallel groups.
    pub(super) groups: u32,
    /// What happens at an instant.
    pub(super) blows: Blows,
    /// What cancels projects.
    pub(super) stops: Vec<CompiledStop>,
    /// Risks that happen too often to be simulated.
    pub(super) too_frequent: Vec<RiskIx>,
}

/// Compiles the live risks, in the order of their ids, so that reordering the register moves no bit; a risk
/// comes after the one that triggers it.
pub(super) fn compile(program: &Program, source: &mut Source) -> CompiledRisks {
    let mut groups: Vec<&str> = Vec::new();
    let mut order: Vec<usize> = (0..program.risks().len()).collect();
    let mut found = CompiledRisks::default();
    order.sort_by_key(|&at| &program.risks()[at].id);
    for at in order {
        let (ix, risk) = (RiskIx::new(at), &program.risks()[at]);
        if !risk.status.is_live() {
            continue;
        }
        let course = program.course(ix);
        let Some(parts) = parts(risk, &course) else {
            found.too_frequent.push(ix);
            continue;
        };
        let chance =
            parts.iter().map(|part| part.chances.first().copied().unwrap_or(0.0)).fold(0.0, f64::max);
        if chance == 0.0 {
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
        let own = || format!("risk/{}/occurs", risk.id);
        let from = course.exclusive.as_ref().map_or(0.0, |exclusive| exclusive.from);
        let mut compiled = CompiledRisk {
            risk: ix,
            occurrence: Occurrence::between(from, (from + chance).min(1.0)),
            uniforms: source.occurrence(&course.exclusive.as_ref().map_or_else(own, |set| set.key.clone())),
            impacts: Vec::new(),
            trigger: course.trigger,
            in_parts: false,
        };
        if let Some(window) = course.window {
            compiled.in_parts = parts.len() > 1;
            for part in &parts {
                let first = found.blows.all.len();
                found.blows.add(program, risk, &compiled, (window, part, from), source);
                let impacts = in_order(&part.levels.impacts);
                for blow in first..found.blows.all.len() {
                    found.stops.extend(CompiledStop::all_of((ix, risk), &impacts, Some(blow), source));
                }
            }
        } else {
            let impacts = in_order(&risk.in_force().impacts);
            found.stops.extend(CompiledStop::all_of((ix, risk), &impacts, None, source));
            let other = impacts.into_iter().filter(|impact| !impact.cancels());
            compiled.impacts =
                other.map(|impact| impact_of((program, ix), &risk.id, impact, group, source)).collect();
        }
        found.all.push(compiled);
    }
    found.groups = groups.len() as u32;
    found.blows.list(program);
    found.all = after_triggers(found.all);
    found
}

/// Impacts in the order of their keys.
pub(super) fn in_order(impacts: &[Impact]) -> Vec<&Impact> {
    let mut impacts: Vec<&Impact> = impacts.iter().collect();
    impacts.sort_by_key(|impact| (&impact.key, &impact.targets));
    impacts
}

/// The same risks, each after the one that triggers it.
fn after_triggers(mut open: Vec<CompiledRisk>) -> Vec<CompiledRisk> {
    let mut sorted: Vec<CompiledRisk> = Vec::with_capacity(open.len());
    // Triggers form no circle, so that every round takes some over.
    while !open.is_empty() {
        let waits: Vec<RiskIx> = open.iter().map(|risk| risk.risk).collect();
        let (ready, rest): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|risk| risk.trigger.is_none_or(|trigger| !waits.contains(&trigger)));
        if ready.is_empty() {
            sorted.extend(rest);
            break;
        }
        sorted.extend(ready);
        open = rest;
    }
    sorted
}

/// Compiles an impact of a risk; `name` tells its happenings apart.
pub(super) fn impact_of(
    (program, of): (&Program, RiskIx),
    name: &str,
    impact: &Impact,
    group: Option<u32>,
    source: &mut Source,
) -> CompiledImpact {
    let mut amounts = |estimate: &Estimate, what: &str| -> Vec<Quantity> {
        let name = format!("risk/{name}/{}/{what}", impact.key);
        if impact.per_task {
            let each = |task: &TaskIx| format!("{name}/{}", program.tasks()[task.index()].id);
            impact.targets.iter().map(|task| source.quantity(estimate, &each(task))).collect()
        } else {
            vec![source.quantity(estimate, &name)]
        }
    };
    let delay = impact.delay.as_ref().and_then(|delay| {
        let (kind, estimate, group) = match delay {
            DelayImpact::Minutes(estimate) => (StrikeKind::Minutes, estimate, group),
            DelayImpact::Share(estimate) => (StrikeKind::Share, estimate, group),
            DelayImpact::Restart(estimate) => (StrikeKind::Restart, estimate, None),
            DelayImpact::Cancel(estimate) => (StrikeKind::Cancel, estimate, None),
            // Cancellations are compiled apart.
            DelayImpact::Stop(_) => return None,
        };
        Some(Delay { kind, amounts: amounts(estimate, delay.stream()), group })
    });
    let cost = impact.cost.as_ref().map(|cost| match cost {
        CostImpact::Share(estimate) => Cost::Share(amounts(estimate, "cost")),
        CostImpact::Amount(estimate) => {
            let mut drawn = amounts(estimate, "cost");
            match drawn.pop() {
                Some(amount) if !impact.per_task => {
                    Cost::Once { amount, on: booked(program, of, &impact.targets) }
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

/// The smallest part of the program that contains all targets; without targets that whose register has the risk.
fn booked(program: &Program, risk: RiskIx, targets: &[TaskIx]) -> Booked {
    match targets {
        [] => program.home_of_risk(risk).map_or(Booked::Program, Booked::Project),
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
