//! Where a program under way stands: earned value by report, and how its estimates compare with the simulation.

use super::{EacMethod, EarnedSchedule, EarnedValue, Months, PlannedWork, earned_schedule};
use crate::engine::Simulation;
use crate::model::{CostAmount, Program, Progress, ProjectIx, Status, Task, TaskIx};
use crate::results::Results;
use crate::units::Instant;

/// Earned value on the date of one report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarnedRow {
    /// The status date.
    pub date: Instant,
    /// Planned, earned and spent.
    pub value: EarnedValue,
    /// CPI of the last three reports together; [`None`] before there are three.
    pub recent_cpi: Option<f64>,
    /// Earned schedule in months of a twelfth of a year.
    pub schedule: EarnedSchedule,
    /// How many tasks are finished.
    pub finished: usize,
    /// How many tasks should be finished by the plan.
    pub due: usize,
}

/// Earned value of one project on the date of one report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectEarned {
    /// The status date.
    pub date: Instant,
    /// The project.
    pub project: ProjectIx,
    /// Planned, earned and spent, with all below it.
    pub value: EarnedValue,
}

/// An estimate at completion by a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EacRow {
    /// The formula.
    pub method: EacMethod,
    /// What it comes to, in minor units; [`None`] where a ratio has no denominator.
    pub eac: Option<f64>,
    /// The share of iterations that cost at most that.
    pub probability: Option<f64>,
}

/// Where a program under way stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressAnalysis {
    /// By report, up to the one that is looked at.
    pub rows: Vec<EarnedRow>,
    /// By report and project; projects without a budget have none.
    pub projects: Vec<ProjectEarned>,
    /// By formula, on the date of the last report.
    pub eac: Vec<EacRow>,
    /// Tasks that are finished, going on, and not started.
    pub tasks: [usize; 3],
    /// Critical path length index: working days to the forecast finish and the float to the planned one.
    pub length_index: Option<f64>,
    /// Where months of earned schedule are counted from.
    pub months: Months,
}

impl EarnedRow {
    /// Baseline execution index: tasks finished over tasks that should be.
    #[must_use]
    pub fn execution_index(&self) -> Option<f64> {
        (self.due > 0).then(|| self.finished as f64 / self.due as f64)
    }
}

/// Measures progress against planned work, report by report up to `status`; the forecast from there has been
/// simulated into `results`.
#[must_use]
pub fn progress_analysis(
    planned: &Program,
    work: &PlannedWork,
    status: &Status,
    (forecast, results): (&Simulation, &Results),
) -> ProgressAnalysis {
    let earlier = planned.statuses().iter().filter(|earlier| earlier.date < status.date);
    let months = Months { from: planned.start() };
    let curve: Vec<f64> = months.until(work.finish()).map(|end| work.planned_by(end)).collect();
    let mut rows: Vec<EarnedRow> = Vec::new();
    let mut projects = Vec::new();
    for report in earlier.chain([status]) {
        projects.extend(project_rows(planned, work, report));
        let row = earned_row(planned, work, report, (months, &curve));
        let before = rows.len().checked_sub(3).map(|at| rows[at].value);
        let before = if rows.len() == 2 { Some(EarnedValue::default()) } else { before };
        let recent_cpi = before.and_then(|before| row.value.cpi_since(&before));
        rows.push(EarnedRow { recent_cpi, ..row });
    }
    let now = rows.last().copied();
    let eac = EacMethod::ALL.map(|method| {
        let eac = now.and_then(|now| now.value.eac(method, now.recent_cpi));
        let probability = eac.map(|eac| results.cost.probability_at_most(eac.round_ties_even() as i64).value);
        EacRow { method, eac, probability }
    });
    ProgressAnalysis {
        rows,
        projects,
        eac: eac.to_vec(),
        tasks: counts(forecast.program()),
        length_index: length_index(forecast, work.finish()),
        months,
    }
}

fn earned_row(
    planned: &Program,
    work: &PlannedWork,
    status: &Status,
    (months, curve): (Months, &[f64]),
) -> EarnedRow {
    // What is planned for the day of the report counts as planned, as what happened on it may be reported.
    let by = status.known_until;
    let overhead = work.overhead_by(by);
    let mut value = EarnedValue { bac: work.budget(), pv: work.planned_by(by), ev: overhead, ac: overhead };
    let (mut finished, mut due) = (0, 0);
    let mut completion: Option<Instant> = Some(planned.start());
    for (at, task) in planned.tasks().iter().enumerate() {
        let ix = TaskIx::new(at);
        let progress = status.of(ix);
        if !task.is_milestone() && !task.is_extra_pass() {
            finished += usize::from(progress.is_some_and(|progress| progress.finish.is_some()));
            let dates = work.dates_of(ix);
            // Work that is in no baseline was due by definition.
            due += usize::from(dates.is_none_or(|(_, finish)| finish <= by));
            let finish = progress.and_then(|progress| progress.finish);
            completion = completion.zip(finish).map(|(one, other)| one.max(other));
        }
        if let Some(progress) = progress {
            let complete = complete(planned, task, progress, status);
            value.ev += work.budget_of(ix) * complete;
            value.ac += actual_cost(planned, task, progress, status, complete);
        }
    }
    let now = completion.unwrap_or(by).min(by);
    let planned_months = months.at(work.finish()).max(0.0);
    // The last period ends with the plan and may be shorter than a month.
    let whole = curve.len().saturating_sub(1) as f64;
    let earned = earned_schedule(curve, value.ev + 1e-6 * value.bac.abs().min(1.0));
    let earned = if earned > whole { whole + (earned - whole) * (planned_months - whole) } else { earned };
    let schedule = EarnedSchedule { earned, actual: months.at(now).max(0.0), planned: planned_months };
    EarnedRow { date: status.date, value, recent_cpi: None, schedule, finished, due }
}

/// Every project that has a budget, on the date of one report.
fn project_rows(planned: &Program, work: &PlannedWork, status: &Status) -> Vec<ProjectEarned> {
    let by = status.known_until;
    let mut rows = Vec::new();
    for project in (0..planned.projects().len()).map(ProjectIx::new) {
        let plan = work.of_project(planned, project, by);
        if plan.budget == 0.0 {
            continue;
        }
        let mut value = EarnedValue { bac: plan.budget, pv: plan.planned, ev: plan.lines, ac: plan.lines };
        for (ix, progress) in &status.tasks {
            let task = &planned.tasks()[ix.index()];
            if task.project.is_some_and(|own| planned.is_within(own, project)) {
                let complete = complete(planned, task, progress, status);
                value.ev += work.budget_of(*ix) * complete;
                value.ac += actual_cost(planned, task, progress, status, complete);
            }
        }
        rows.push(ProjectEarned { date: status.date, project, value });
    }
    rows
}

/// The share of a task that is done: as reported, else by working time.
fn complete(planned: &Program, task: &Task, progress: &Progress, status: &Status) -> f64 {
    match (progress.finish, progress.complete, progress.start) {
        (Some(_), ..) => 1.0,
        (None, Some(complete), _) => complete,
        (None, None, None) => 0.0,
        (None, None, Some(start)) => {
            let worked = f64::from(planned.minutes_between(task, start, status.date));
            let plan = task.duration().map_or(0.0, |(estimate, _)| estimate.plan);
            let left = progress.remaining.as_ref().map_or((plan - worked).max(0.0), |left| left.plan);
            if worked + left > 0.0 { worked / (worked + left) } else { 0.0 }
        }
    }
}

/// What a task has cost: as reported, else its rates over the time so far and its lump sums as far as it is done.
fn actual_cost(planned: &Program, task: &Task, progress: &Progress, status: &Status, complete: f64) -> f64 {
    if let Some(cost) = progress.cost {
        return cost.0 as f64;
    }
    let Some(start) = progress.started() else { return 0.0 };
    let worked = planned.minutes_between(task, start, progress.finish.unwrap_or(status.date));
    let lines = task.costs.iter().map(|line| match &line.amount {
        CostAmount::Lump(estimate) => estimate.plan * complete,
        CostAmount::Rate { minor_per_minute } => minor_per_minute * f64::from(worked),
    });
    lines.sum()
}

/// How many tasks are finished, going on, and not started.
fn counts(program: &Program) -> [usize; 3] {
    let mut counts = [0; 3];
    let tasks = program.tasks().iter().filter(|task| !task.is_milestone() && !task.is_extra_pass());
    for task in tasks {
        let state = match &task.actual {
            Some(actual) if actual.is_finished() => 0,
            Some(_) => 1,
            None => 2,
        };
        counts[state] += 1;
    }
    counts
}

/// CPLI = (CPL + F) / CPL: CPL working days from the status date to the forecast finish of the plan from there, F
/// from that to the planned finish, below zero where it is late.
fn length_index(forecast: &Simulation, planned: Instant) -> Option<f64> {
    let finish = forecast.plan().finish;
    if finish == crate::engine::NEVER {
        return None;
    }
    let network = forecast.network();
    // A ratio of working minutes is one of working days.
    let length = f64::from(network.program_minutes_between(network.origin(), Instant(finish)));
    let float = f64::from(network.program_minutes_between(Instant(finish), planned));
    (length > 0.0).then(|| (length + float) / length)
}
