//! One row each for projects, milestones, tasks and risks.

use jiff::civil::Date;
use serde::Serialize;

use super::date::instant;
use super::{AmountReport, DateReport};
use crate::analysis::{Dates, Exposure, MilestoneForecast, ProjectForecast, RiskEffect, TaskForecast};
use crate::engine::Simulation;
use crate::model::{RiskStatus, Task};
use crate::units::Money;

/// A project or other node of the work breakdown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProjectRow {
    /// Full id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Full id of the node above.
    pub parent: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its latest finish.
    pub finish: DateReport,
    /// Its cost with everything in it.
    pub cost: AmountReport,
    /// Share of iterations in which the driving chain of the program runs through it.
    pub drives: f64,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneRow {
    /// Full id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Full id of its project.
    pub project: Option<String>,
    /// Its date.
    pub finish: DateReport,
}

/// A task or milestone with its sensitivities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskRow {
    /// Full id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its name, with the project where other tasks have the same.
    #[serde(skip)]
    pub label: String,
    /// Full id of its project.
    pub project: Option<String>,
    /// `work` or `milestone`.
    pub kind: &'static str,
    /// Share of iterations in which it exists; its dates are those of these iterations, durations and costs
    /// count as 0 in the others.
    pub exists: f64,
    /// Share of iterations in which it has no finish, and neither has the program; only where it is the first of a
    /// chain of such.
    #[serde(skip_serializing_if = "is_zero")]
    pub never: f64,
    /// Whether it exists in some iterations only, by the scenario.
    #[serde(skip)]
    pub is_branch: bool,
    /// Share of iterations without simulation float.
    pub criticality: f64,
    /// Share of iterations on the driving chain.
    pub driving: f64,
    /// Start in the plan.
    pub plan_start: Option<Date>,
    /// Start at P10, P50, P80 and P90.
    pub start: [Option<Date>; 4],
    /// Finish in the plan.
    pub plan_finish: Option<Date>,
    /// Finish at P10, P50, P80 and P90.
    pub finish: [Option<Date>; 4],
    /// Duration in the plan, in days of the task's own calendar (24 h for elapsed durations).
    pub plan_duration_days: f64,
    /// Mean duration, in the same days.
    pub duration_mean_days: f64,
    /// Standard deviation of the duration, in the same days.
    pub duration_sd_days: f64,
    /// Cost in the plan, in major units.
    pub plan_cost: f64,
    /// Mean cost, in major units.
    pub cost_mean: f64,
    /// Standard deviation of the cost, in major units.
    pub cost_sd: f64,
    /// Pearson's correlation of its duration and T, the working time of the program; absent where one of both
    /// does not vary.
    pub duration_pearson: Option<f64>,
    /// Schedule sensitivity index: criticality times sd(d) / sd(T).
    pub ssi: Option<f64>,
    /// Pearson's correlation of its cost and that of the program.
    pub cost_pearson: Option<f64>,
    /// Share of iterations in which a window or freeze made it wait.
    pub waits: f64,
    /// Mean wait for windows and freezes, in calendar days.
    pub wait_days: f64,
    /// Deadline, if any.
    pub deadline: Option<Date>,
}

/// A risk with its simulated effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RiskRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// `open`, `occurred`, `closed` or `retired`.
    pub status: &'static str,
    /// Whether its response is on; absent without a response.
    pub response_on: Option<bool>,
    /// The probability in force.
    pub probability: f64,
    /// The share of iterations in which it occurred.
    pub frequency: f64,
    /// Mean days that it added to the tasks that it hit, summed over them: their own days (24 h for elapsed
    /// durations) if those are equally long, else days of the program's calendar.
    pub task_delay_mean_days: f64,
    /// Calendar days that it adds to the mean finish of the program.
    pub finish_effect_days: Option<f64>,
    /// Standard error of that.
    pub finish_effect_error_days: Option<f64>,
    /// What it adds to the mean cost, its own impacts and the time-dependent cost of delay; major units.
    pub cost_effect: Option<f64>,
    /// Standard error of that.
    pub cost_effect_error: Option<f64>,
    /// Pearson's correlation of its occurrence and T; absent when it always or never occurs.
    pub finish_pearson: Option<f64>,
    /// Pearson's correlation of its occurrence and the cost of the program.
    pub cost_pearson: Option<f64>,
    /// Mean of its own cost impacts; major units.
    pub own_cost_mean: f64,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// When it would strike, in words.
    pub proximity: Option<String>,
    /// How people notice that it occurs.
    pub trigger: Option<String>,
    /// `avoid`, `transfer`, `mitigate` or `accept`.
    pub strategy: Option<&'static str>,
    /// What the register says of it, where the program says what is to be escalated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposure: Option<ExposureRow>,
}

/// The exposure of a risk: probability times mean impact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ExposureRow {
    /// Working days.
    pub days: f64,
    /// Its own costs; major units.
    pub cost: f64,
    /// Whether it is to be escalated.
    pub escalate: bool,
}

impl ProjectRow {
    pub(super) fn of(forecast: &ProjectForecast, simulation: &Simulation, minutes_per_day: u32) -> Self {
        let program = simulation.program();
        let project = &program.projects()[forecast.project.index()];
        Self {
            id: project.id.clone(),
            name: project.name.clone(),
            parent: project.parent.map(|parent| program.projects()[parent.index()].id.clone()),
            owner: project.owner.clone(),
            finish: DateReport::of(&forecast.finish, simulation.network(), minutes_per_day),
            cost: AmountReport::of(&forecast.cost, program.currency()),
            drives: share(forecast.drives),
        }
    }
}

impl MilestoneRow {
    pub(super) fn of(forecast: &MilestoneForecast, simulation: &Simulation, minutes_per_day: u32) -> Self {
        let task = &simulation.program().tasks()[forecast.task.index()];
        let report = if task.is_start_milestone() { DateReport::of_start } else { DateReport::of };
        Self {
            id: task.id.clone(),
            name: task.name.clone(),
            project: project_id(task, simulation),
            finish: report(&forecast.finish, simulation.network(), minutes_per_day),
        }
    }
}

impl TaskRow {
    pub(super) fn of(forecast: &TaskForecast, simulation: &Simulation, labels: &[String]) -> Self {
        let program = simulation.program();
        let task = &program.tasks()[forecast.task.index()];
        let start = |minutes: i32| instant(i64::from(minutes)).start_date();
        let finish = |minutes: i32| task.date_of(instant(i64::from(minutes)));
        let four = |dates: &Dates, day: &dyn Fn(i32) -> Date| {
            std::array::from_fn(|at| dates.percentiles.get(at).copied().flatten().map(day))
        };
        let per_day = f64::from(program.minutes_per_day(forecast.task));
        let days = |minutes: f64| hundredths(minutes / per_day);
        let money = |minor: f64| program.currency().major(Money(minor.round_ties_even() as i64));
        Self {
            id: task.id.clone(),
            name: task.name.clone(),
            label: labels[forecast.task.index()].clone(),
            project: project_id(task, simulation),
            kind: if task.is_milestone() { "milestone" } else { "work" },
            exists: share(forecast.exists),
            never: share(forecast.never),
            is_branch: task.exists.is_some(),
            criticality: share(forecast.criticality),
            driving: share(forecast.driving),
            plan_start: forecast.start.plan.map(start),
            start: four(&forecast.start, &start),
            plan_finish: forecast.finish.plan.map(finish),
            finish: four(&forecast.finish, &finish),
            plan_duration_days: days(f64::from(forecast.plan_minutes)),
            duration_mean_days: days(forecast.duration.0),
            duration_sd_days: days(forecast.duration.1),
            plan_cost: money(forecast.plan_cost as f64),
            cost_mean: money(forecast.cost.0),
            cost_sd: money(forecast.cost.1),
            duration_pearson: forecast.influence.finish.map(four_decimals),
            ssi: forecast.ssi.map(four_decimals),
            cost_pearson: forecast.influence.cost.map(four_decimals),
            waits: share(forecast.waits),
            wait_days: hundredths(forecast.wait_minutes / 1_440.0),
            deadline: task.deadline.map(|at| at.finish_date()),
        }
    }
}

impl RiskRow {
    pub(super) fn of(effect: &RiskEffect, simulation: &Simulation, minutes_per_day: u32) -> Self {
        let program = simulation.program();
        let risk = &program.risks()[effect.risk.index()];
        let register = program.register(effect.risk);
        let money = |minor: f64| program.currency().major(Money(minor.round_ties_even() as i64));
        let delays = risk.in_force().impacts.iter().filter(|impact| impact.delay.is_some());
        let mut per_day = delays.flat_map(|impact| &impact.targets).map(|&on| program.minutes_per_day(on));
        let first = per_day.next().filter(|first| per_day.all(|other| other == *first));
        let minutes_per_day = first.unwrap_or(minutes_per_day).max(1);
        Self {
            id: risk.id.clone(),
            title: risk.title.clone(),
            status: match risk.status {
                RiskStatus::Open => "open",
                RiskStatus::Occurred => "occurred",
                RiskStatus::Closed => "closed",
                RiskStatus::Retired => "retired",
            },
            response_on: risk.response.as_ref().map(|response| response.on),
            probability: written(risk.probability().get()),
            frequency: share(effect.frequency),
            task_delay_mean_days: hundredths(effect.added_minutes / f64::from(minutes_per_day)),
            finish_effect_days: effect.finish_minutes.map(|minutes| hundredths(minutes / 1_440.0)),
            finish_effect_error_days: effect.finish_error.map(|minutes| hundredths(minutes / 1_440.0)),
            cost_effect: effect.cost.map(money),
            cost_effect_error: effect.cost_error.map(money),
            finish_pearson: effect.influence.finish.map(four_decimals),
            cost_pearson: effect.influence.cost.map(four_decimals),
            own_cost_mean: money(effect.own_cost),
            owner: risk.owner.clone(),
            category: risk.category.clone(),
            proximity: register.proximity,
            trigger: register.trigger,
            strategy: register.strategy,
            exposure: Exposure::of(program, effect.risk, simulation.plan()).map(|exposure| ExposureRow {
                days: hundredths(exposure.days),
                cost: money(exposure.cost),
                escalate: exposure.escalate,
            }),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(share: &f64) -> bool {
    *share == 0.0
}

fn project_id(task: &Task, simulation: &Simulation) -> Option<String> {
    task.project.map(|project| simulation.program().projects()[project.index()].id.clone())
}

/// Rounds a share or probability to four decimals; near 0 and 1 to as many as keep two digits of its
/// distance from them, so that what is not certain is not shown as certain.
pub(super) fn share(value: f64) -> f64 {
    let distance = value.min(1.0 - value);
    let mut scale = 10_000.0;
    while distance > 0.0 && distance * scale < 10.0 && scale < 1e12 {
        scale *= 10.0;
    }
    (value * scale).round() / scale
}

/// A probability as it was written: 30 % of percent is not 0.30000000000000004.
fn written(value: f64) -> f64 {
    const DIGITS: f64 = 1e12;
    if value * DIGITS < 1.0 { value } else { (value * DIGITS).round() / DIGITS }
}

/// Rounds to four decimals; a negative zero becomes zero.
pub(super) fn four_decimals(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

/// Rounds to hundredths, divided once so that 33.91 is not shown as 33.910000000000004; a negative zero
/// becomes zero.
pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_certain_is_not_shown_as_certain() {
        // Seen to fail with four decimals everywhere: 0.99997 became 1.
        let rounded = [0.0, 0.000_012_34, 0.123_456, 0.999_97, 0.999_999_912, 1.0].map(share);
        assert_eq!(rounded, [0.0, 0.000_012, 0.123_5, 0.999_97, 0.999_999_912, 1.0]);
    }

    #[test]
    fn a_probability_is_shown_as_it_was_written() {
        assert_eq!([0.1 + 0.2, 0.35, 1.0, 1e-15].map(written), [0.3, 0.35, 1.0, 1e-15]);
    }
}
