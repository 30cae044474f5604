//! One iteration, named and rounded.

use jiff::civil::Date;
use serde::Serialize;

use super::date::{instant, tenths};
use super::label::labels;
use super::{Cell, Manifest, Report, Table};
use crate::analysis::{Replay, ReplayedTask};
use crate::engine::{NEVER, Simulation};
use crate::model::TaskIx;
use crate::network::ChainStart;
use crate::units::Money;

/// One iteration, ready to be shown in any format.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReplayReport {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Name of the program.
    pub program: String,
    /// Currency of all money.
    pub currency: String,
    /// The number of the iteration, counted from 0.
    pub iteration: u32,
    /// The percentile that led to it, such as `finish.p80`.
    pub at: Option<String>,
    /// Finish in the plan.
    pub plan_finish: Option<Date>,
    /// Finish; absent if it has none.
    pub finish: Option<Date>,
    /// Calendar days from the one to the other.
    pub finish_days_late: Option<f64>,
    /// Cost in the plan, major units.
    pub plan_cost: f64,
    /// Cost, major units.
    pub cost: f64,
    /// Net present value in the plan, major units; absent where nothing is discounted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_npv: Option<f64>,
    /// Net present value, major units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv: Option<f64>,
    /// Whether anything has a cost.
    pub has_costs: bool,
    /// Risks that occurred.
    pub risks: Vec<OccurredRow>,
    /// Drivers that occurred.
    pub drivers: Vec<OccurredRow>,
    /// The driving path from the finish backwards.
    pub path: Vec<PathRow>,
    /// All tasks and milestones, in the order of the program.
    pub tasks: Vec<ReplayRow>,
    /// What the iteration is a function of, besides its number.
    pub manifest: Manifest,
    /// The forecast that it belongs to.
    #[serde(skip)]
    pub report: Report,
}

/// A risk or driver that occurred.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OccurredRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Days of the program's calendar that it added to the tasks that it hit.
    pub days: f64,
    /// Its own cost impacts, major units.
    pub cost: f64,
}

/// A task on the driving path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathRow {
    /// Its full id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name, with the project where other tasks have the same.
    #[serde(skip)]
    pub label: String,
    /// Its start.
    pub start: Option<Date>,
    /// Its finish.
    pub finish: Option<Date>,
    /// Its duration, days of its own calendar.
    pub days: f64,
    /// Calendar days that a window or freeze made it wait.
    pub wait_days: f64,
    /// What held it back: links such as `build SS`, or why the chain begins here.
    pub held_by: Vec<String>,
}

/// What one task came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReplayRow {
    /// Full id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its name, with the project where other tasks have the same.
    #[serde(skip)]
    pub label: String,
    /// `work` or `milestone`.
    pub kind: &'static str,
    /// Start in the plan.
    pub plan_start: Option<Date>,
    /// Finish in the plan.
    pub plan_finish: Option<Date>,
    /// Start.
    pub start: Option<Date>,
    /// Finish.
    pub finish: Option<Date>,
    /// Duration in the plan, days of its own calendar (24 h for elapsed durations).
    pub plan_days: f64,
    /// Duration, in the same days.
    pub days: f64,
    /// Of which its own estimate with drivers, in the same days.
    pub own_days: f64,
    /// Of which risks, in the same days.
    pub risk_days: f64,
    /// Calendar days that a window or freeze made it wait.
    pub wait_days: f64,
    /// Float, in days of its own calendar; absent without a path to the finish.
    pub float_days: Option<f64>,
    /// Whether it lies on the driving path.
    pub driving: bool,
    /// Cost in the plan, major units.
    pub plan_cost: f64,
    /// Cost, major units.
    pub cost: f64,
    /// Start and finish in the plan and in the iteration, minutes since the epoch, for pictures.
    #[serde(skip)]
    pub places: [Option<(i32, i32)>; 2],
}

impl ReplayReport {
    /// Names and rounds an iteration; `report` is the forecast that it belongs to.
    #[must_use]
    pub fn new(simulation: &Simulation, replay: &Replay, report: Report, at: Option<String>) -> Self {
        let (program, plan) = (simulation.program(), simulation.plan());
        let major = |minor: i64| program.currency().major(Money(minor));
        let day = |minutes: i32| instant(i64::from(minutes)).finish_date();
        let planned = Some(plan.finish).filter(|&finish| finish != NEVER);
        let per_day = f64::from(report.minutes_per_day);
        let occurred = |id: &str, title: &str, minutes: i64, cost: i64| OccurredRow {
            id: id.to_owned(),
            title: title.to_owned(),
            days: tenths(minutes as f64 / per_day),
            cost: major(cost),
        };
        let labels = labels(program);
        let tasks: Vec<ReplayRow> = replay
            .tasks
            .iter()
            .enumerate()
            .map(|(at, task)| row(simulation, TaskIx::new(at), task, &labels[at]))
            .collect();
        let path = replay.path.iter().map(|step| {
            let row = &tasks[step.task.index()];
            let mut held_by: Vec<String> = step
                .links
                .iter()
                .map(|link| {
                    let link = &program.links()[link.index()];
                    format!("{} {:?}", program.id_of(link.from), link.kind)
                })
                .collect();
            held_by.extend(step.begins.map(|begins| match begins {
                ChainStart::ProgramStart => "the start of the program".to_owned(),
                ChainStart::Constraint => "a date constraint".to_owned(),
                ChainStart::AsLateAsPossible => "as late as possible".to_owned(),
                ChainStart::Cancelled => "its cancellation".to_owned(),
                ChainStart::Funding => "its wait for funding".to_owned(),
            }));
            PathRow {
                id: row.id.clone(),
                name: row.name.clone(),
                label: row.label.clone(),
                start: row.start,
                finish: row.finish,
                days: row.days,
                wait_days: row.wait_days,
                held_by,
            }
        });
        Self {
            schema_version: report.schema_version,
            program: report.program.clone(),
            currency: report.currency.code().to_owned(),
            iteration: replay.iteration,
            at,
            plan_finish: planned.map(day),
            finish: replay.finish.map(day),
            finish_days_late: replay
                .finish
                .zip(planned)
                .map(|(finish, plan)| tenths(f64::from(finish - plan) / 1_440.0)),
            plan_cost: major(plan.cost),
            plan_npv: replay.npv.map(|_| major(plan.worth.1 - plan.worth.0)),
            npv: replay.npv.map(major),
            cost: major(replay.cost),
            has_costs: report.has_costs,
            risks: replay
                .risks
                .iter()
                .map(|found| {
                    let risk = &program.risks()[found.risk.index()];
                    occurred(&risk.id, &risk.title, found.minutes, found.cost)
                })
                .collect(),
            drivers: replay
                .drivers
                .iter()
                .map(|&(at, minutes)| {
                    let driver = &program.drivers()[at];
                    occurred(&driver.id, &driver.title, minutes, 0)
                })
                .collect(),
            path: path.collect(),
            tasks,
            manifest: report.manifest.clone(),
            report,
        }
    }

    /// The tasks that took longer or shorter than planned, by how much, the largest difference first.
    #[must_use]
    pub fn off_plan(&self, most: usize) -> Vec<&ReplayRow> {
        let off = |row: &ReplayRow| (row.days - row.plan_days).abs();
        let mut rows: Vec<&ReplayRow> = self.tasks.iter().filter(|row| off(row) > 0.0).collect();
        rows.sort_by(|a, b| off(b).total_cmp(&off(a)).then_with(|| a.id.cmp(&b.id)));
        rows.truncate(most);
        rows
    }
}

fn row(simulation: &Simulation, ix: TaskIx, replayed: &ReplayedTask, label: &str) -> ReplayRow {
    let program = simulation.program();
    let task = &program.tasks()[ix.index()];
    let per_day = f64::from(program.minutes_per_day(ix));
    let days = |minutes: f64| tenths(minutes / per_day);
    let major = |minor: i64| program.currency().major(Money(minor));
    let start = |dates: Option<(i32, i32)>| dates.map(|(start, _)| instant(i64::from(start)).start_date());
    let finish =
        |dates: Option<(i32, i32)>| dates.map(|(_, finish)| task.date_of(instant(i64::from(finish))));
    ReplayRow {
        id: task.id.clone(),
        name: task.name.clone(),
        label: label.to_owned(),
        kind: if task.is_milestone() { "milestone" } else { "work" },
        plan_start: start(replayed.plan),
        plan_finish: finish(replayed.plan),
        start: start(replayed.dates),
        finish: finish(replayed.dates),
        plan_days: days(f64::from(replayed.plan_minutes)),
        days: days(f64::from(replayed.minutes)),
        own_days: days(replayed.own_minutes),
        risk_days: days(f64::from(replayed.minutes) - replayed.own_minutes),
        wait_days: tenths(f64::from(replayed.wait) / 1_440.0),
        float_days: replayed.float.map(|minutes| days(f64::from(minutes))),
        driving: replayed.driving,
        plan_cost: major(replayed.cost.0),
        cost: major(replayed.cost.1),
        places: [replayed.plan, replayed.dates],
    }
}

/// The table of an iteration: one row per task.
#[must_use]
pub fn replay_table(replay: &ReplayReport) -> Table {
    let money = &replay.currency;
    let mut columns = [
        "id",
        "name",
        "kind",
        "plan_start_date",
        "plan_finish_date",
        "start_date",
        "finish_date",
        "plan_days",
        "days",
        "own_days",
        "risk_days",
        "wait_days",
        "float_days",
        "driving",
    ]
    .map(String::from)
    .to_vec();
    columns.extend([format!("plan_cost_{money}"), format!("cost_{money}")]);
    let rows = replay.tasks.iter().map(|row| {
        let cells: [Cell; 16] = [
            (&row.id).into(),
            (&row.name).into(),
            row.kind.into(),
            row.plan_start.into(),
            row.plan_finish.into(),
            row.start.into(),
            row.finish.into(),
            row.plan_days.into(),
            row.days.into(),
            row.own_days.into(),
            row.risk_days.into(),
            row.wait_days.into(),
            row.float_days.into(),
            if row.driving { "yes" } else { "no" }.into(),
            row.plan_cost.into(),
            row.cost.into(),
        ];
        cells.to_vec()
    });
    Table { name: "iteration", columns, rows: rows.collect() }
}
