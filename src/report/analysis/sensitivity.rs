//! What drives the finish, named and rounded.

use serde::Serialize;

use crate::analysis::{Cause, Swing, merge_biases, task_sensitivities, tornado};
use crate::engine::Simulation;
use crate::model::TaskIx;
use crate::report::label::labels;
use crate::report::{Cell, Table};
use crate::results::Replays;
use crate::units::{Instant, Money, Percentile};

/// How many paths, merges and bars are kept.
const MOST: usize = 25;

/// The sensitivities of a program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityReport {
    /// Iterations that they come from.
    pub iterations: u64,
    /// Work tasks, those with the highest schedule sensitivity first; those that drive most often where
    /// windows, freezes or a second calendar give float to what drives.
    pub tasks: Vec<SensitivityRow>,
    /// Whether the driving index says more than the criticality index, for that reason.
    #[serde(skip)]
    pub by_driving: bool,
    /// What the finish is when an input is low and when it is high.
    pub finish_tornado: Vec<SwingRow>,
    /// What the cost is likewise; empty where nothing has a cost.
    pub cost_tornado: Vec<SwingRow>,
    /// Chains of tasks that drive the finish, most often first.
    pub paths: Vec<PathShare>,
    /// Where paths meet and what that costs, most first.
    pub merges: Vec<MergeRow>,
}

/// The sensitivities of one task; absent where something does not vary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityRow {
    /// Full id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its name, with the project where other tasks have the same.
    #[serde(skip)]
    pub label: String,
    /// Criticality index.
    pub criticality: f64,
    /// Driving index.
    pub driving: f64,
    /// Spearman's correlation of duration and finish.
    pub duration_sensitivity: Option<f64>,
    /// Pearson's correlation of duration and finish.
    pub duration_pearson: Option<f64>,
    /// The absolute duration sensitivity.
    pub cruciality: Option<f64>,
    /// Duration sensitivity times criticality index.
    pub cruciality_ci: Option<f64>,
    /// Schedule sensitivity index.
    pub ssi: Option<f64>,
    /// Significance index.
    pub significance: Option<f64>,
    /// Spearman's correlation of its cost and the cost of the program.
    pub cost_sensitivity: Option<f64>,
    /// Float at P10, P50 and P90, days of its own calendar.
    pub float_days: [Option<f64>; 3],
}

/// An input when it is low and when it is high.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SwingRow {
    /// Id of the task, risk or driver.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What people read in a picture: the name, with the project where other tasks have the same, of a risk or
    /// driver with its id.
    #[serde(skip)]
    pub label: String,
    /// `duration`, `risk` or `driver`.
    pub kind: &'static str,
    /// Mean outcome with the input low: calendar days from the mean finish, or major units of cost.
    pub low: f64,
    /// Mean outcome with the input high.
    pub high: f64,
    /// P80 of the outcome with the input low, likewise.
    pub p80_low: f64,
    /// P80 with the input high.
    pub p80_high: f64,
    /// Iterations in which it is low.
    pub iterations_low: usize,
    /// Iterations in which it is high.
    pub iterations_high: usize,
}

/// Tasks that drive the finish together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathShare {
    /// Share of the iterations with a finish.
    pub share: f64,
    /// Full ids in the order of the plan.
    pub tasks: Vec<String>,
}

/// The merge bias at one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergeRow {
    /// Full id of the task or milestone.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name, with the project where other tasks have the same.
    #[serde(skip)]
    pub label: String,
    /// How many links meet there.
    pub links: usize,
    /// How much later the last arrives than the latest by itself: means, calendar days.
    pub mean_days: f64,
    /// The same at the percentile that is explained.
    pub percentile_days: f64,
}

impl SensitivityReport {
    /// Names and rounds what the replayed iterations say.
    #[must_use]
    pub fn of(simulation: &Simulation, replays: &Replays, level: Percentile, has_costs: bool) -> Self {
        let program = simulation.program();
        let work: Vec<TaskIx> = (0..program.tasks().len())
            .map(TaskIx::new)
            .filter(|&at| !program.tasks()[at.index()].is_milestone())
            .collect();
        let per_day = program.calendars()[program.calendar().index()].calendar.scale.minutes_per_day;
        let own: Vec<u32> =
            (0..program.tasks().len()).map(|at| program.minutes_per_day(TaskIx::new(at))).collect();
        let task = |at: TaskIx| &program.tasks()[at.index()];
        let labels = labels(program);
        let mut tasks: Vec<SensitivityRow> = task_sensitivities(replays, &work, (per_day, &own))
            .into_iter()
            .map(|found| {
                let day = f64::from(own[found.task.index()].max(1));
                SensitivityRow {
                    id: task(found.task).id.clone(),
                    name: task(found.task).name.clone(),
                    label: labels[found.task.index()].clone(),
                    criticality: four(found.criticality),
                    driving: four(found.driving),
                    duration_sensitivity: found.spearman.map(four),
                    duration_pearson: found.pearson.map(four),
                    cruciality: found.cruciality().map(four),
                    cruciality_ci: found.cruciality_ci().map(four),
                    ssi: found.ssi.map(four),
                    significance: found.significance.map(four),
                    cost_sensitivity: found.cost_spearman.map(four),
                    float_days: found.float.map(|float| float.map(|minutes| tenth(f64::from(minutes) / day))),
                }
            })
            .collect();
        // A chain that waits for a window has float although it drives.
        let windowed = program.calendars().len() > 1 || replays.driving != replays.critical;
        let first = |row: &SensitivityRow| if windowed { row.driving } else { 0.0 };
        let strength = |value: Option<f64>| value.unwrap_or(-1.0);
        tasks.sort_by(|a, b| {
            first(b)
                .total_cmp(&first(a))
                .then(strength(b.ssi).total_cmp(&strength(a.ssi)))
                .then(strength(b.cruciality).total_cmp(&strength(a.cruciality)))
                .then_with(|| a.id.cmp(&b.id))
        });
        let plan = simulation.plan();
        let ordered = |mut path: Vec<TaskIx>| {
            path.sort_by_key(|&at| (plan.task_start[at.index()], plan.task_finish[at.index()], at));
            path.into_iter().filter(|&at| !task(at).is_milestone()).map(|at| task(at).id.clone()).collect()
        };
        let n = replays.finished().max(1) as f64;
        let paths = replays.paths().into_iter().take(MOST);
        Self {
            iterations: replays.iterations,
            by_driving: windowed,
            tasks,
            finish_tornado: swings(simulation, replays, false, &work, &labels),
            cost_tornado: if has_costs {
                swings(simulation, replays, true, &work, &labels)
            } else {
                Vec::new()
            },
            paths: paths
                .map(|(path, count)| PathShare { share: four(count as f64 / n), tasks: ordered(path) })
                .collect(),
            merges: merge_biases(replays, level)
                .into_iter()
                .take(MOST)
                .map(|found| MergeRow {
                    id: task(found.task).id.clone(),
                    name: task(found.task).name.clone(),
                    label: labels[found.task.index()].clone(),
                    links: found.links,
                    mean_days: hundredth(found.mean_minutes / 1_440.0),
                    percentile_days: hundredth(f64::from(found.percentile_minutes) / 1_440.0),
                })
                .collect(),
        }
    }

    /// Its tables.
    #[must_use]
    pub fn tables(&self, currency: &str) -> Vec<Table> {
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let rows = self.tasks.iter().map(|row| {
            let mut cells: Vec<Cell> =
                vec![(&row.id).into(), (&row.name).into(), row.criticality.into(), row.driving.into()];
            let more = [
                row.duration_sensitivity,
                row.duration_pearson,
                row.cruciality,
                row.cruciality_ci,
                row.ssi,
                row.significance,
                row.cost_sensitivity,
            ];
            cells.extend(more.into_iter().chain(row.float_days).map(Cell::from));
            cells
        });
        let sensitivity = Table {
            name: "sensitivity",
            columns: texts(&[
                "id",
                "name",
                "criticality",
                "driving",
                "duration_sensitivity",
                "duration_pearson",
                "cruciality",
                "cruciality_ci",
                "ssi",
                "significance",
                "cost_sensitivity",
                "float_p10_days",
                "float_p50_days",
                "float_p90_days",
            ]),
            rows: rows.collect(),
        };
        let swing = |row: &SwingRow| -> Vec<Cell> {
            vec![
                (&row.id).into(),
                (&row.name).into(),
                row.kind.into(),
                row.low.into(),
                row.high.into(),
                row.p80_low.into(),
                row.p80_high.into(),
                (row.iterations_low as u64).into(),
                (row.iterations_high as u64).into(),
            ]
        };
        let columns = |unit: &str| {
            let mut columns = texts(&["id", "name", "kind"]);
            columns.extend(
                ["mean_low", "mean_high", "p80_low", "p80_high"].map(|name| format!("{name}_{unit}")),
            );
            columns.extend(texts(&["iterations_low", "iterations_high"]));
            columns
        };
        let finish = Table {
            name: "tornado-finish",
            columns: columns("days"),
            rows: self.finish_tornado.iter().map(swing).collect(),
        };
        let cost = Table {
            name: "tornado-cost",
            columns: columns(currency),
            rows: self.cost_tornado.iter().map(swing).collect(),
        };
        let paths = Table {
            name: "paths",
            columns: texts(&["share", "tasks"]),
            rows: self
                .paths
                .iter()
                .map(|row| vec![row.share.into(), (&row.tasks.join(" > ")).into()])
                .collect(),
        };
        let merges = self.merges.iter().map(|row| {
            vec![
                (&row.id).into(),
                (&row.name).into(),
                (row.links as u64).into(),
                row.mean_days.into(),
                row.percentile_days.into(),
            ]
        });
        let merges = Table {
            name: "merges",
            columns: texts(&["id", "name", "links", "bias_mean_days", "bias_percentile_days"]),
            rows: merges.collect(),
        };
        vec![sensitivity, finish, cost, paths, merges]
    }
}

fn swings(
    simulation: &Simulation,
    replays: &Replays,
    of_cost: bool,
    work: &[TaskIx],
    labels: &[String],
) -> Vec<SwingRow> {
    let program = simulation.program();
    let n = replays.finished().max(1) as f64;
    let mean_finish = replays.finish.iter().map(|&at| f64::from(at)).sum::<f64>() / n;
    let mut sorted = replays.finish.clone();
    sorted.sort_unstable();
    let rank = Percentile::P80.rank(sorted.len() as u64).max(1) as usize;
    let p80_finish = sorted.get(rank - 1).map_or(0.0, |&at| f64::from(at));
    let show = |value: f64, from: f64| match of_cost {
        true => program.currency().major(Money(value.round_ties_even() as i64)),
        false => tenth((value - from) / 1_440.0),
    };
    let row = |swing: Swing| {
        let (id, name, kind) = match swing.cause {
            Cause::Duration(task) => {
                (&program.tasks()[task.index()].id, &program.tasks()[task.index()].name, "duration")
            }
            Cause::Risk(risk) => {
                (&program.risks()[risk.index()].id, &program.risks()[risk.index()].title, "risk")
            }
            Cause::Driver(at) => (&program.drivers()[at].id, &program.drivers()[at].title, "driver"),
        };
        let label = match swing.cause {
            Cause::Duration(task) => labels[task.index()].clone(),
            Cause::Risk(_) | Cause::Driver(_) => format!("{id}: {name}"),
        };
        SwingRow {
            id: id.clone(),
            name: name.clone(),
            label,
            kind,
            low: show(swing.mean.0, mean_finish),
            high: show(swing.mean.1, mean_finish),
            p80_low: show(swing.p80.0 as f64, p80_finish),
            p80_high: show(swing.p80.1 as f64, p80_finish),
            iterations_low: swing.iterations.0,
            iterations_high: swing.iterations.1,
        }
    };
    tornado(replays, of_cost, work).into_iter().take(MOST).map(row).collect()
}

/// The day of an instant, for texts.
pub(super) fn day(minutes: i64) -> jiff::civil::Date {
    Instant(minutes.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32).finish_date()
}

fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}
