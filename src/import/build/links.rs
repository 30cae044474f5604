//! Links of a plan as a scenario writes them.

use std::collections::BTreeSet;

use super::names::Names;
use super::quantities::duration;
use crate::import::plan::{End, LagLength, LagTime, Plan, PlanLink, Tie, Tool};
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{Quantity, RawEstimate, RawLagClock, RawLink, RawLinkTable, Slot};
use crate::units::WorkScale;

/// By task and by group: the links into it.
pub(super) struct Links {
    pub tasks: Vec<Vec<RawLink>>,
    pub groups: Vec<Vec<RawLink>>,
}

/// The links of a plan that can be kept; the others are in the report.
pub(super) fn links(plan: &Plan, names: &Names, report: &mut ImportReport) -> Links {
    let mut links =
        Links { tasks: vec![Vec::new(); plan.tasks.len()], groups: vec![Vec::new(); plan.groups.len()] };
    let mut known = BTreeSet::new();
    let is_filled = filled(plan);
    for link in &plan.links {
        let source = format!("{} -> {}", source_of(plan, link.from), source_of(plan, link.to));
        let name = format!("{} -> {}", names.full(link.from), names.full(link.to));
        let mut leave = |reason: &str| report.note(Fate::LeftOut, "link", &source, &name, reason);
        let empty = |end| matches!(end, End::Group(group) if !is_filled[group]);
        if link.from == link.to {
            leave("it ties something to itself");
        } else if empty(link.from) || empty(link.to) {
            leave("it ties a summary without tasks");
        } else if holds(plan, link.from, link.to) || holds(plan, link.to, link.from) {
            leave("it ties a summary to something in it");
        } else if matches!((link.to, link.tie), (End::Group(_), Tie::FinishFinish | Tie::StartFinish)) {
            leave("it ties the finish of a summary, whose tasks finish by themselves");
        } else if !known.insert((link.from, link.to, link.tie)) {
            leave("a link of this kind between these two is there already");
        } else {
            report.take("link", &source, &name, names.full(link.to));
            match link.to {
                End::Task(task) => links.tasks[task].push(raw(plan, link, plan.tasks[task].group, names)),
                End::Group(group) => {
                    links.groups[group].push(raw(plan, link, plan.groups[group].above, names));
                }
            }
        }
    }
    links
}

/// By group: whether anything stands in it or below it.
pub(super) fn filled(plan: &Plan) -> Vec<bool> {
    let mut filled = vec![false; plan.groups.len()];
    for task in &plan.tasks {
        let mut at = task.group;
        while let Some(group) = at.filter(|&group| !filled[group]) {
            filled[group] = true;
            at = plan.groups[group].above;
        }
    }
    filled
}

/// What the tool calls an end.
fn source_of(plan: &Plan, end: End) -> &str {
    match end {
        End::Task(task) => &plan.tasks[task].source,
        End::Group(group) => &plan.groups[group].source,
    }
}

/// Whether an end is a group in which the other stands.
fn holds(plan: &Plan, outer: End, inner: End) -> bool {
    let End::Group(outer) = outer else { return false };
    let mut at = match inner {
        End::Task(task) => plan.tasks[task].group,
        End::Group(group) => plan.groups[group].above,
    };
    while let Some(group) = at {
        if group == outer {
            return true;
        }
        at = plan.groups[group].above;
    }
    false
}

fn raw(plan: &Plan, link: &PlanLink, scope: Option<usize>, names: &Names) -> RawLink {
    let reference = names.reference(plan, scope, link.from);
    if link.tie == Tie::FinishStart && !link.has_lag() {
        return RawLink::Text(reference);
    }
    let mut table = RawLinkTable::default();
    let slot: Slot<String> = reference.into();
    match link.tie {
        Tie::FinishStart => table.fs = slot,
        Tie::StartStart => table.ss = slot,
        Tie::FinishFinish => table.ff = slot,
        Tie::StartFinish => table.sf = slot,
    }
    if !link.has_lag() {
        return RawLink::Table(Box::new(table));
    }
    let calendar_of = |end: End| match end {
        End::Task(task) => plan.tasks[task].calendar,
        End::Group(_) => plan.calendar,
    };
    let scale_of = |calendar: usize| plan.calendars[calendar].scale.unwrap_or(plan.scale);
    let scale = match link.time {
        LagTime::Successor => scale_of(calendar_of(link.to)),
        LagTime::Predecessor => scale_of(calendar_of(link.from)),
        LagTime::Program => scale_of(plan.calendar),
        LagTime::Elapsed => WorkScale::ELAPSED,
    };
    let elapsed = link.time == LagTime::Elapsed;
    let quantity = match link.lag {
        LagLength::Minutes(minutes) => duration(minutes, scale, elapsed),
        LagLength::Share(share) => Quantity::Share(share),
    };
    table.lag = RawEstimate::Point(quantity).into();
    let is_share = matches!(link.lag, LagLength::Share(_));
    let usual = match plan.tool {
        Tool::MsProject => LagTime::Successor,
        Tool::Primavera => LagTime::Predecessor,
    };
    table.lag_calendar = match link.time {
        // The unit of an elapsed duration says it.
        LagTime::Elapsed if !is_share => Slot::Absent,
        time if time == usual => Slot::Absent,
        LagTime::Successor => RawLagClock::Successor.into(),
        LagTime::Predecessor => RawLagClock::Predecessor.into(),
        LagTime::Program => RawLagClock::Program.into(),
        LagTime::Elapsed => RawLagClock::Elapsed.into(),
    };
    RawLink::Table(Box::new(table))
}
