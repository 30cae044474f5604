//! The scenario as a whole.

use std::collections::BTreeMap;

use super::calendars::calendars;
use super::links::{Links, filled, links};
use super::names::Names;
use super::progress::{list, status};
use super::quantities::date;
use super::tasks::{Written, written};
use crate::import::plan::{Plan, Tool};
use crate::import::report::{Fate, ImportReport};
use crate::import::{ImportOptions, Spread, StoredDates};
use crate::scenario::raw::{
    At, Named, Quantity, RawLink, RawMilestone, RawProgram, RawProject, RawRelativePert, RawScenario,
    RawScheduling, RawTargets, RawTask, RawTemplate, Slot,
};
use crate::units::WorkScale;

/// The template that `--estimates` makes.
pub(in crate::import) const TEMPLATE: &str = "imported";

/// The scenario of a plan, and the stored dates of its tasks by full id.
pub(in crate::import) fn build(
    plan: Plan,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> (RawScenario, BTreeMap<String, StoredDates>) {
    let names = Names::of(&plan);
    for (calendar, id) in plan.calendars.iter().zip(&names.calendars) {
        report.take("calendar", &calendar.name, &calendar.name, id);
    }
    let mut into = links(&plan, &names, report);
    let mut stored = BTreeMap::new();
    let mut homes: Vec<Home> = (0..=plan.groups.len()).map(|_| Home::default()).collect();
    for (at, task) in plan.tasks.iter().enumerate() {
        let (_, full) = &names.tasks[at];
        report.take("task", &task.source, &task.name, full);
        stored.insert(full.clone(), task.stored);
        let home = &mut homes[task.group.map_or(0, |group| group + 1)];
        match written(&plan, at, &names, std::mem::take(&mut into.tasks[at])) {
            Written::Task(task) => home.tasks.push((*task).into()),
            Written::Milestone(milestone) => home.milestones.push((*milestone).into()),
        }
    }
    let projects = projects(&plan, &names, &mut into, &mut homes, report);
    let under_way = status(&plan, &names, report);
    let top = std::mem::take(&mut homes[0]);
    let scenario = RawScenario {
        program: program(&plan, &names, options, under_way.as_ref().map(|(_, at)| *at)).into(),
        calendars: calendars(&plan, &names).into(),
        estimates: options.estimates.map(template).into(),
        projects: given(projects),
        tasks: if top.tasks.is_empty() { Slot::Absent } else { top.tasks.into() },
        milestones: if top.milestones.is_empty() { Slot::Absent } else { top.milestones.into() },
        status: under_way.map(|(status, _)| list(status)).into(),
        ..RawScenario::default()
    };
    (scenario, stored)
}

/// What stands in a project, or in none.
#[derive(Default)]
struct Home {
    tasks: Vec<At<RawTask>>,
    milestones: Vec<At<RawMilestone>>,
}

fn given<T>(named: Named<T>) -> Slot<Named<T>> {
    if named.0.is_empty() { Slot::Absent } else { named.into() }
}

fn program(
    plan: &Plan,
    names: &Names,
    options: &ImportOptions,
    status: Option<crate::units::Instant>,
) -> RawProgram {
    let usual = WorkScale::default();
    let scale = plan.scale;
    let day = f64::from(scale.minutes_per_day);
    let per = |minutes: u32, usual: f64| Some(f64::from(minutes) / day).filter(|days| *days != usual);
    let name = if plan.name.trim().is_empty() {
        options.name.clone().unwrap_or_else(|| "Imported plan".to_owned())
    } else {
        plan.name.trim().to_owned()
    };
    RawProgram {
        name: name.into(),
        start: date(plan.start).into(),
        status_date: status.map(date).into(),
        currency: plan.currency.clone().into(),
        calendar: names.calendars.get(plan.calendar).cloned().into(),
        hours_per_day: Some(day / 60.0).filter(|_| scale.minutes_per_day != usual.minutes_per_day).into(),
        days_per_week: per(scale.minutes_per_week, 5.0).into(),
        days_per_month: per(scale.minutes_per_month, 20.0).into(),
        scheduling: match plan.tool {
            Tool::MsProject => RawScheduling::MsProject,
            Tool::Primavera => RawScheduling::Primavera,
        }
        .into(),
        critical_open_ends: plan.critical_open_ends.then_some(true).into(),
        targets: plan
            .finish_by
            .map(|at| RawTargets { finish: date(at).into(), ..RawTargets::default() })
            .into(),
        estimate: options.estimates.map(|_| TEMPLATE.to_owned()).into(),
        ..RawProgram::default()
    }
}

/// The template that puts a range around every duration without one.
pub(in crate::import) fn template(spread: Spread) -> Named<RawTemplate> {
    let law = RawRelativePert {
        low: Quantity::Number(spread.low).into(),
        high: Quantity::Number(spread.high).into(),
        ..RawRelativePert::default()
    };
    let template = RawTemplate { pert: law.into(), ..RawTemplate::default() };
    std::iter::once((TEMPLATE.to_owned(), template)).collect()
}

/// The tree of projects; what holds nothing is left out.
fn projects(
    plan: &Plan,
    names: &Names,
    into: &mut Links,
    homes: &mut [Home],
    report: &mut ImportReport,
) -> Named<RawProject> {
    let is_filled = filled(plan);
    let mut below: Vec<Vec<(String, RawProject)>> = (0..=plan.groups.len()).map(|_| Vec::new()).collect();
    // Backwards, so that what is in a group is complete when the group is made.
    for at in (0..plan.groups.len()).rev() {
        let group = &plan.groups[at];
        let (own, full) = &names.groups[at];
        if !is_filled[at] {
            report.note(Fate::LeftOut, "summary", &group.source, &group.name, "nothing is in it");
            continue;
        }
        report.take("summary", &group.source, &group.name, full);
        let home = std::mem::take(&mut homes[at + 1]);
        let inner = std::mem::take(&mut below[at + 1]);
        let after: Vec<RawLink> = std::mem::take(&mut into.groups[at]);
        let target = group.target.map(|at| RawTargets { finish: date(at).into(), ..RawTargets::default() });
        let project = RawProject {
            name: group.name.clone().into(),
            after: if after.is_empty() {
                Slot::Absent
            } else {
                after.into_iter().collect::<crate::scenario::raw::Many<_>>().into()
            },
            targets: target.into(),
            tasks: if home.tasks.is_empty() { Slot::Absent } else { home.tasks.into() },
            milestones: if home.milestones.is_empty() { Slot::Absent } else { home.milestones.into() },
            projects: given(inner.into_iter().rev().collect()),
            own_finish: group.own_finish.then_some(true).into(),
            ..RawProject::default()
        };
        below[group.above.map_or(0, |above| above + 1)].push((own.clone(), project));
    }
    std::mem::take(&mut below[0]).into_iter().rev().collect()
}
