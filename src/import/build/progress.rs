//! What has happened, as a status of the scenario.

use super::names::Names;
use super::quantities::{date, duration};
use crate::import::plan::{Kind, Plan, Tool};
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{
    Many, Named, Quantity, RawEstimate, RawLogic, RawProgress, RawStatus, RawUnstarted,
};
use crate::units::Instant;

/// The status of a plan under way, and its date; [`None`] for one of which nothing has happened.
pub(super) fn status(plan: &Plan, names: &Names, report: &mut ImportReport) -> Option<(RawStatus, Instant)> {
    let facts = plan.tasks.iter().flat_map(|task| [task.actual_start, task.actual_finish]);
    let latest = facts.flatten().max();
    let at = match (plan.status, latest) {
        (_, None) => return None,
        (Some(status), Some(latest)) if status >= latest => status,
        // Primavera schedules what is open from the data date, whatever is said to have happened after it.
        (Some(status), _) if plan.tool == Tool::Primavera => status,
        (stated, Some(latest)) => {
            let stated = stated.map_or_else(|| "none".to_owned(), |at| at.to_string());
            let reason =
                format!("{latest}, the latest actual date, because actual dates cannot lie ahead of it");
            report.note(Fate::Changed, "status date", "", &stated, reason);
            latest
        }
    };
    let mut rows: Vec<(String, RawProgress)> = Vec::new();
    for (task, (_, id)) in plan.tasks.iter().zip(&names.tasks) {
        let Some(start) = task.actual_start else { continue };
        if [Some(start), task.actual_finish].into_iter().flatten().any(|fact| fact > at) {
            let reason = format!("its actual dates lie ahead of the data date: taken as {at}");
            report.note(Fate::Changed, "task", &task.source, &task.name, reason);
        }
        let (start, finish) = (start.min(at), task.actual_finish.map(|finish| finish.min(at)));
        let scale = plan.calendars[task.calendar].scale.unwrap_or(plan.scale);
        let is_milestone = task.kind != Kind::Work && !task.as_late_as_possible;
        let row = if is_milestone {
            RawProgress { finish: date(finish.unwrap_or(start)).into(), ..RawProgress::default() }
        } else if let Some(finish) = finish {
            RawProgress { start: date(start).into(), finish: date(finish).into(), ..RawProgress::default() }
        } else {
            let left = duration(task.remaining, scale, task.elapsed);
            RawProgress {
                start: date(start).into(),
                remaining: RawEstimate::Point(left).into(),
                complete: task.complete.filter(|share| *share < 1.0).map(Quantity::Share).into(),
                resume: task.resume.map(date).into(),
                ..RawProgress::default()
            }
        };
        rows.push((id.clone(), row));
    }
    let rows: Named<RawProgress> = rows.into_iter().collect();
    let status = RawStatus {
        date: date(at).into(),
        tasks: rows.into(),
        logic: plan.overrides.then_some(RawLogic::Override).into(),
        unstarted: (plan.tool == Tool::MsProject).then_some(RawUnstarted::Stay).into(),
        ..RawStatus::default()
    };
    Some((status, at))
}

/// A list of one status.
pub(super) fn list(status: RawStatus) -> Many<RawStatus> {
    std::iter::once(status).collect()
}
