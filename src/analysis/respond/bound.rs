//! Which responses can make nothing worse: only for these is "all that is left, for nothing" a bound on what
//! can still be reached.

use super::{Answered, Candidate};
use crate::dist::Law;
use crate::model::{
    ConstraintKind, CostAmount, CostImpact, Course, DelayImpact, Driver, Estimate, Impact, LagAmount,
    LinkKind, Program, Risk, RiskIx,
};

/// Points at which two laws are compared, besides their ends.
const POINTS: u32 = 256;

/// Whether buying these responses can never move the finish later in any iteration, and whether
/// it can never add cost beyond the responses' own.
///
/// It is a sufficient condition, read off the program: every duration falls or stays, and both ends grow with
/// every duration. That is not so with FF and SF links and finish constraints, where a shorter task starts
/// later, with shares of a predecessor as leads, with release trains, with risks that have an instant, a rate, a
/// trigger or an exclusion, and with opportunities, whose responses
/// may take away what helps.
#[must_use]
pub fn never_worsens(program: &Program, candidates: &[Candidate]) -> bool {
    is_monotone(program)
        && candidates.iter().all(|candidate| match candidate.to {
            Answered::Risk(risk) => lessens(&program.risks()[risk.index()]),
            Answered::Driver(driver) => shortens(&program.drivers()[driver.index()]),
        })
}

/// Whether the response makes the driver less probable, or as probable, and its factor smaller, or as large;
/// the driver itself never makes anything shorter.
fn shortens(driver: &Driver) -> bool {
    let Some(response) = &driver.response else { return true };
    let (before, after) = (&driver.levels, &response.residual);
    before.factor.law.support_ends().0 >= 1.0
        && after.probability.get() <= before.probability.get()
        && is_below(&after.factor.law, &before.factor.law)
}

/// Whether finish and cost never fall when a duration grows.
fn is_monotone(program: &Program) -> bool {
    let links = program.links().iter().all(|link| {
        !matches!(link.kind, LinkKind::FF | LinkKind::SF)
            && !matches!(link.lag.amount, LagAmount::Share(share) if share < 0.0)
    });
    let constraints = program.tasks().iter().flat_map(|task| &task.constraints).all(|constraint| {
        !matches!(constraint.kind, ConstraintKind::FinishNoEarlierThan | ConstraintKind::MustFinishOn)
    });
    let trains = program
        .calendars()
        .iter()
        .any(|named| named.calendar.windows.as_ref().is_some_and(|windows| windows.capacity.is_some()));
    let lines = program.tasks().iter().flat_map(|task| &task.costs);
    let costs = lines.into_iter().all(|line| match &line.amount {
        CostAmount::Lump(estimate) => is_never_negative(estimate),
        CostAmount::Rate { minor_per_minute } => *minor_per_minute >= 0.0,
    });
    let moves_late = program.tasks().iter().any(|task| task.as_late_as_possible);
    // What happens at an instant spares a task that is no longer, or not yet, at work.
    let strikes = (0..program.risks().len()).any(|at| program.course(RiskIx::new(at)) != Course::default());
    program.conditions().is_empty() && !strikes && links && constraints && costs && !trains && !moves_late
}

/// Whether the response makes the risk less probable, or as probable, and every impact of it smaller, or as
/// large.
fn lessens(risk: &Risk) -> bool {
    let Some(response) = &risk.response else { return true };
    let (before, after) = (&risk.levels, &response.residual);
    before.impacts.iter().all(is_threat)
        && after.probability.get() <= before.probability.get()
        && after.impacts.iter().all(|after| before.impacts.iter().any(|before| is_smaller(after, before)))
        && all_different(&after.impacts)
}

/// Whether no two impacts could be matched with the same one.
fn all_different(impacts: &[Impact]) -> bool {
    impacts.iter().enumerate().all(|(at, one)| {
        impacts[..at].iter().all(|other| {
            other.key != one.key || other.targets.iter().all(|target| !one.targets.contains(target))
        })
    })
}

fn is_threat(impact: &Impact) -> bool {
    let delay = impact.delay.as_ref().is_none_or(|delay| match delay {
        DelayImpact::Minutes(estimate) | DelayImpact::Share(estimate) => is_never_negative(estimate),
        DelayImpact::Restart(_) | DelayImpact::Cancel(_) | DelayImpact::Stop(_) => false,
    });
    let cost = impact.cost.as_ref().is_none_or(|cost| match cost {
        CostImpact::Amount(estimate) | CostImpact::Share(estimate) => is_never_negative(estimate),
    });
    delay && cost
}

/// Whether one impact is part of another in every iteration: the same draws, smaller values.
fn is_smaller(after: &Impact, before: &Impact) -> bool {
    let same = after.key == before.key && after.per_task == before.per_task;
    let targets = after.targets.iter().all(|target| before.targets.contains(target))
        && (after.targets == before.targets || !before.targets.is_empty() && !after.targets.is_empty());
    let delay = match (&after.delay, &before.delay) {
        (None, _) => true,
        (Some(DelayImpact::Minutes(after)), Some(DelayImpact::Minutes(before)))
        | (Some(DelayImpact::Share(after)), Some(DelayImpact::Share(before))) => {
            is_below(&after.law, &before.law)
        }
        _ => false,
    };
    let cost = match (&after.cost, &before.cost) {
        (None, _) => true,
        (Some(CostImpact::Amount(after)), Some(CostImpact::Amount(before)))
        | (Some(CostImpact::Share(after)), Some(CostImpact::Share(before))) => {
            is_below(&after.law, &before.law)
        }
        _ => false,
    };
    same && targets && delay && cost
}

/// Whether no quantile of one law is above that of the other, at the points compared.
fn is_below(after: &Law, before: &Law) -> bool {
    after == before
        || (0..=POINTS).all(|point| {
            let share = f64::from(point) / f64::from(POINTS);
            let share = share.clamp(1e-9, 1.0 - 1e-9);
            after.quantile(share) <= before.quantile(share)
        })
}

fn is_never_negative(estimate: &Estimate) -> bool {
    estimate.law.support_ends().0 >= 0.0
}
