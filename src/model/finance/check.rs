//! Whether what is said about money names what there is.

use super::{Bearer, Finance, Moment, PriceIndex, TimedAmount};
use crate::model::{Program, ProjectIx, TaskIx};

/// Whether every reference points into its table and every number is one that can be counted with.
pub(in crate::model) fn is_sound(program: &Program, finance: &Finance) -> bool {
    let has_task = |task: TaskIx| task.index() < program.tasks.len();
    let has_project = |project: ProjectIx| project.index() < program.projects.len();
    let has_moment =
        |moment: Moment| moment.task().is_none_or(has_task) && moment.project().is_none_or(has_project);
    let has_bearer = |bearer: Bearer| match bearer {
        Bearer::Task(task) => has_task(task),
        Bearer::Project(project) => has_project(project),
        Bearer::Program => true,
    };
    let has_exchange = |exchange: Option<usize>| exchange.is_none_or(|at| at < finance.exchanges.len());
    let lines = finance.lines.iter().all(|line| {
        let moments = line.moments().all(has_moment);
        let numbers = match &line.amount {
            TimedAmount::Due { shares: (from, to), .. } => 0.0 <= *from && from <= to && *to <= 1.0,
            TimedAmount::Span { per_minute, ramp_minutes, reserved, .. } => {
                let kept =
                    reserved.is_none_or(|r| r.after_minutes >= 0.0 && r.keep.is_finite() && r.keep >= 0.0);
                per_minute.is_finite() && *ramp_minutes >= 0.0 && ramp_minutes.is_finite() && kept
            }
            TimedAmount::Recurring { months, .. } => *months > 0,
            TimedAmount::Late { per_day, cap, .. } | TimedAmount::Early { per_day, cap, .. } => {
                per_day.is_finite() && cap.is_none_or(|cap| cap >= 0)
            }
            TimedAmount::Materials { tasks, .. } => tasks.iter().all(|(_, rate)| rate.is_finite()),
            TimedAmount::Percent { .. } => true,
        };
        moments && numbers && has_bearer(line.on) && line.tasks().all(has_task) && has_exchange(line.exchange)
    });
    let indices = finance.escalations.iter().all(|escalation| match &escalation.index {
        PriceIndex::Rate(_) => true,
        PriceIndex::Points(points) => {
            !points.is_empty()
                && points.iter().all(|(_, level)| level.is_finite() && *level > 0.0)
                && points.is_sorted_by(|a, b| a.0 < b.0)
        }
    });
    let benefits = finance.benefits.iter().all(|benefit| {
        has_moment(benefit.from)
            && benefit.growth > -1.0
            && benefit.ramp_months >= 0.0
            && benefit.growth.is_finite()
    });
    let terms =
        finance.terms.iter().all(|((bearer, _), terms)| has_bearer(*bearer) && has_exchange(terms.exchange));
    let rates = finance.discount_rate.is_none_or(|rate| rate > -1.0 && rate.is_finite());
    lines && indices && benefits && terms && rates && (1..=12).contains(&finance.year_start)
}
