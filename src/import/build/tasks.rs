//! Tasks and milestones of a plan as a scenario writes them.

use super::names::Names;
use super::quantities::{date, duration};
use crate::import::plan::{Kind, Limit, Plan, PlanCost, PlanTask};
use crate::scenario::raw::{
    Many, RawCost, RawDate, RawEstimate, RawLaw, RawLink, RawMilestone, RawMilestoneKind, RawPaid, RawTask,
    RawTriangular, Slot,
};
use crate::units::{Instant, WorkScale};

/// A task or a milestone.
pub(super) enum Written {
    Task(Box<RawTask>),
    Milestone(Box<RawMilestone>),
}

/// A task with the links into it.
pub(super) fn written(plan: &Plan, at: usize, names: &Names, after: Vec<RawLink>) -> Written {
    let task = &plan.tasks[at];
    let after = if after.is_empty() { Slot::Absent } else { after.into_iter().collect::<Many<_>>().into() };
    let id = names.tasks[at].0.clone();
    let calendar =
        Slot::from((task.calendar != plan.calendar).then(|| names.calendars[task.calendar].clone()));
    let cost = costs(&task.costs);
    let source = task.source.clone();
    // A milestone has no earliest finish of its own to be moved late from.
    if task.kind == Kind::Work || task.as_late_as_possible {
        let scale = plan.calendars[task.calendar].scale.unwrap_or(plan.scale);
        let mut raw = RawTask {
            id: id.into(),
            name: task.name.clone().into(),
            duration: estimate(task, scale).into(),
            after,
            calendar,
            as_late_as_possible: task.as_late_as_possible.then_some(true).into(),
            deadline: task.deadline.map(date).into(),
            cost,
            owner: task.owner.clone().into(),
            source: source.into(),
            ..RawTask::default()
        };
        for &(limit, at) in &task.limits {
            let slot = match limit {
                Limit::StartNoEarlier => &mut raw.start_no_earlier_than,
                Limit::FinishNoEarlier => &mut raw.finish_no_earlier_than,
                Limit::StartNoLater => &mut raw.start_no_later_than,
                Limit::FinishNoLater => &mut raw.finish_no_later_than,
                Limit::MustStart => &mut raw.must_start_on,
                Limit::MustFinish => &mut raw.must_finish_on,
            };
            tighten(slot, at, limit);
        }
        return Written::Task(Box::new(raw));
    }
    let mut raw = RawMilestone {
        id: id.into(),
        name: task.name.clone().into(),
        kind: (task.kind == Kind::StartMilestone).then_some(RawMilestoneKind::Start).into(),
        after,
        calendar,
        deadline: task.deadline.map(date).into(),
        cost,
        owner: task.owner.clone().into(),
        source: source.into(),
        ..RawMilestone::default()
    };
    for &(limit, at) in &task.limits {
        let slot = match limit {
            Limit::StartNoEarlier | Limit::FinishNoEarlier => &mut raw.no_earlier_than,
            Limit::StartNoLater | Limit::FinishNoLater => &mut raw.no_later_than,
            Limit::MustStart | Limit::MustFinish => &mut raw.must_be_on,
        };
        tighten(slot, at, limit);
    }
    Written::Milestone(Box::new(raw))
}

/// Of two dates of a kind the one that holds more.
fn tighten(slot: &mut Slot<RawDate>, at: Instant, limit: Limit) {
    let known = slot.get().map(|date| date.at);
    let kept = match (known, limit) {
        (None, _) => at,
        (Some(known), Limit::StartNoLater | Limit::FinishNoLater) => known.min(at),
        (Some(known), _) => known.max(at),
    };
    *slot = date(kept).into();
}

/// The duration: a range where the plan has one.
fn estimate(task: &PlanTask, scale: WorkScale) -> RawEstimate {
    let text = |minutes: f64| duration(minutes, scale, task.elapsed);
    let Some([low, mode, high]) = task.range else { return RawEstimate::Point(text(task.minutes)) };
    let points = RawTriangular {
        low: text(low).into(),
        mode: text(mode).into(),
        high: text(high).into(),
        ..RawTriangular::default()
    };
    RawEstimate::Law(Box::new(RawLaw { triangular: points.into(), ..RawLaw::default() }))
}

/// Cost lines; a rate grows with the duration of its task, a lump sum does not.
fn costs(costs: &[PlanCost]) -> Slot<Many<RawCost>> {
    let lines = costs.iter().map(|cost| {
        let category = Slot::from((!cost.category.is_empty()).then(|| cost.category.clone()));
        match cost.rate {
            Some((rate, units)) => RawCost {
                rate: format!("{rate}/h").into(),
                units: (units != 1.0).then_some(units).into(),
                category,
                ..RawCost::default()
            },
            None => RawCost {
                lump: RawEstimate::Point(crate::scenario::raw::Quantity::Number(cost.lump)).into(),
                paid: Slot::<RawPaid>::Absent,
                category,
                ..RawCost::default()
            },
        }
    });
    let lines: Many<RawCost> = lines.collect();
    if lines.0.is_empty() { Slot::Absent } else { lines.into() }
}
