//! Everything that is known of a program under way beside its forecast.

use jiff::civil::Date;
use serde::Serialize;

use super::ProjectEarnedReport;
use super::log::{Calibration, ForecastLog, LogRow, TargetCalibration};
use super::variance::{Thresholds, VarianceRow, variances};
use crate::analysis::{
    Approval, Baseline, EarnedRow, Forecast, Months, PlannedWork, ProgressAnalysis, Tcpi, progress_analysis,
};
use crate::engine::Simulation;
use crate::model::{Program, Scope, Status};
use crate::report::rows::share;
use crate::results::Results;
use crate::units::{Currency, Money, Percentile};

/// Earned value on the date of one report. Money is in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EarnedReport {
    /// The status date.
    pub status_date: Date,
    /// Budget at completion.
    pub bac: f64,
    /// Planned value.
    pub pv: f64,
    /// Earned value.
    pub ev: f64,
    /// Actual cost.
    pub ac: f64,
    /// Cost variance.
    pub cv: f64,
    /// Schedule variance in money.
    pub sv: f64,
    /// Cost performance.
    pub cpi: Option<f64>,
    /// Schedule performance.
    pub spi: Option<f64>,
    /// Cost performance over the last three reports.
    pub cpi3: Option<f64>,
    /// Estimate at completion by CPI.
    pub eac_cpi: Option<f64>,
    /// Variance at completion by that.
    pub vac_cpi: Option<f64>,
    /// To-complete performance index for the budget, where it can be achieved and work is left.
    pub tcpi_bac: Option<f64>,
    /// `not achievable` where the budget is spent, `done` where no work is left.
    pub tcpi_note: Option<&'static str>,
    /// Earned schedule, months of a twelfth of a year.
    pub es_months: f64,
    /// Actual time.
    pub at_months: f64,
    /// Planned duration.
    pub pd_months: f64,
    /// ES - AT.
    pub sv_t_months: f64,
    /// ES / AT.
    pub spi_t: Option<f64>,
    /// The finish if the rest takes as long as planned.
    pub ieac_planned_date: Date,
    /// The finish if the rest goes on as so far.
    pub ieac_spi_t_date: Option<Date>,
    /// The same with cost performance as well.
    pub ieac_spi_t_cpi_date: Option<Date>,
    /// Baseline execution index.
    pub bei: Option<f64>,
}

/// An estimate at completion beside the simulation. Money is in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EacReport {
    /// How it is made.
    pub method: &'static str,
    /// The formula, or the percentile of the simulation.
    pub formula: String,
    /// What it comes to.
    pub eac: Option<f64>,
    /// The share of iterations that cost at most that.
    pub probability: Option<f64>,
}

/// Everything that is known of a program under way beside its forecast.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgressReport {
    /// The status date.
    pub status_date: Date,
    /// The name of the program.
    pub program: String,
    /// The currency of all money.
    #[serde(serialize_with = "code")]
    pub currency: Currency,
    /// Tasks that are finished.
    pub finished: usize,
    /// Tasks that go on.
    pub under_way: usize,
    /// Tasks that have not started.
    pub not_started: usize,
    /// Whether anything has a budget.
    pub has_costs: bool,
    /// Earned value by report, the one that is looked at last.
    pub earned: Vec<EarnedReport>,
    /// Earned value by report and project.
    pub earned_by_project: Vec<ProjectEarnedReport>,
    /// Estimates at completion, those of the simulation last.
    pub eac: Vec<EacReport>,
    /// Critical path length index.
    pub cpli: Option<f64>,
    /// Whether there is an approved baseline; else the plan as written stands for it.
    pub has_baseline: bool,
    /// The approvals of the baseline.
    pub approvals: Vec<Approval>,
    /// From which probabilities lights are green and amber.
    pub thresholds: Thresholds,
    /// The program, its projects and its milestones beside what was approved and promised.
    pub variance: Vec<VarianceRow>,
    /// Forecasts so far, with this one.
    pub log: Vec<LogRow>,
    /// How good earlier forecasts were.
    pub calibration: Option<Calibration>,
    /// The same target by target.
    pub calibration_by_target: Vec<TargetCalibration>,
}

/// What a progress report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The program as planned.
    pub planned: &'a Program,
    /// Its plan, compiled.
    pub plan: &'a Simulation,
    /// The report that is looked at.
    pub status: &'a Status,
    /// The forecast from there.
    pub simulation: &'a Simulation,
    /// What it came to.
    pub results: &'a Results,
    /// The same read off.
    pub forecast: &'a Forecast,
    /// What was approved, if anything.
    pub baseline: Option<&'a Baseline>,
    /// When lights change.
    pub thresholds: Thresholds,
    /// SHA-256 over all inputs.
    pub inputs_sha256: &'a str,
}

impl ProgressReport {
    /// Measures and names everything, and adds the forecast to the log.
    #[must_use]
    pub fn new(from: Sources<'_>, log: &mut ForecastLog) -> Self {
        let program = from.simulation.program();
        let currency = program.currency();
        let work = match from.baseline {
            Some(baseline) => baseline.work(from.planned),
            None => PlannedWork::of_plan(from.plan),
        };
        let found = progress_analysis(from.planned, &work, from.status, (from.simulation, from.results));
        let results = from.results;
        let chance = |scope: Scope, is_date: bool, value: i64| {
            let outcome = match (scope, is_date) {
                (Scope::Program, true) => &results.finish,
                (Scope::Program, false) => &results.cost,
                (Scope::Project(project), true) => &results.projects[project.index()].finish,
                (Scope::Project(project), false) => &results.projects[project.index()].cost,
                (Scope::Milestone(task), _) => &results.milestones.iter().find(|(own, _)| *own == task)?.1,
            };
            Some(outcome.probability_at_most(value).value)
        };
        let variance = variances(program, from.forecast, from.baseline, from.thresholds, &chance);
        let date = from.status.date.start_date();
        log.append(variance.iter().map(|row| log_row(row, program, from, date)));
        let has_costs = work.budget() != 0.0;
        Self {
            status_date: date,
            program: program.name().to_owned(),
            currency,
            finished: found.tasks[0],
            under_way: found.tasks[1],
            not_started: found.tasks[2],
            has_costs,
            earned: found.rows.iter().map(|row| earned(row, found.months, currency)).collect(),
            earned_by_project: found
                .projects
                .iter()
                .map(|row| ProjectEarnedReport::of(row, from.planned, currency))
                .collect(),
            eac: if has_costs { estimates(&found, &from, currency) } else { Vec::new() },
            cpli: found.length_index.map(thousandths),
            has_baseline: from.baseline.is_some(),
            approvals: from.baseline.map(|baseline| baseline.approvals.clone()).unwrap_or_default(),
            thresholds: from.thresholds,
            variance,
            log: log.rows.clone(),
            calibration: log.calibration(),
            calibration_by_target: log.calibrations(),
        }
    }

    /// Earned value on the status date.
    #[must_use]
    pub fn now(&self) -> Option<&EarnedReport> {
        self.earned.last()
    }
}

fn code<S: serde::Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(currency.code())
}

fn thousandths(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

fn major(currency: Currency, minor: f64) -> f64 {
    currency.major(Money(minor.round_ties_even() as i64))
}

fn earned(row: &EarnedRow, months: Months, currency: Currency) -> EarnedReport {
    let value = &row.value;
    let major = |minor: f64| major(currency, minor);
    let eac = value.eac(crate::analysis::EacMethod::AtCpi, None);
    let (tcpi_bac, tcpi_note) = match value.tcpi(value.bac) {
        Tcpi::Needed(index) => (Some(thousandths(index)), None),
        Tcpi::NotAchievable => (None, Some("not achievable")),
        Tcpi::Done => (None, Some("done")),
    };
    let time = &row.schedule;
    let finish = |factor: Option<f64>| {
        let duration = time.duration_at(factor?)?;
        // Beyond a century it is no forecast.
        (duration < 1_200.0).then(|| months.after(duration).finish_date())
    };
    EarnedReport {
        status_date: row.date.start_date(),
        bac: major(value.bac),
        pv: major(value.pv),
        ev: major(value.ev),
        ac: major(value.ac),
        cv: major(value.cost_variance()),
        sv: major(value.schedule_variance()),
        cpi: value.cpi().map(thousandths),
        spi: value.spi().map(thousandths),
        cpi3: row.recent_cpi.map(thousandths),
        eac_cpi: eac.map(major),
        vac_cpi: eac.map(|eac| major(value.variance_at_completion(eac))),
        tcpi_bac,
        tcpi_note,
        es_months: thousandths(time.earned),
        at_months: thousandths(time.actual),
        pd_months: thousandths(time.planned),
        sv_t_months: thousandths(time.variance()),
        spi_t: time.index().map(thousandths),
        ieac_planned_date: finish(Some(1.0)).unwrap_or(row.date.start_date()),
        ieac_spi_t_date: finish(time.index()),
        ieac_spi_t_cpi_date: finish(time.index().zip(value.cpi()).map(|(spi, cpi)| spi * cpi)),
        bei: row.execution_index().map(thousandths),
    }
}

/// The formulas, then what the simulation says.
fn estimates(found: &ProgressAnalysis, from: &Sources<'_>, currency: Currency) -> Vec<EacReport> {
    let formulas = found.eac.iter().map(|row| EacReport {
        method: row.method.key(),
        formula: row.method.formula().to_owned(),
        eac: row.eac.map(|eac| major(currency, eac)),
        probability: row.probability.map(share),
    });
    let levels = [(Percentile::whole(10), "p10"), (Percentile::P50, "p50"), (Percentile::P80, "p80")];
    let simulated = levels.into_iter().filter_map(|(level, method)| {
        let point = from.forecast.cost.percentile(level)?;
        // Of what is certain, every percentile is enough in all iterations.
        let chance = share(from.results.cost.probability_at_most(point.value).value);
        let eac = Some(currency.major(Money(point.value)));
        let formula = format!("AC + simulated rest, {level}");
        Some(EacReport { method, formula, eac, probability: Some(chance) })
    });
    let mean = from.forecast.cost.mean.map(|mean| EacReport {
        method: "mean",
        formula: "AC + simulated rest, mean".to_owned(),
        eac: Some(major(currency, mean.value)),
        probability: None,
    });
    formulas.chain(simulated).chain(mean).collect()
}

fn log_row(row: &VarianceRow, program: &Program, from: Sources<'_>, date: Date) -> LogRow {
    let forecast = match row.kind {
        "program" => Some(&from.forecast.finish),
        "project" => {
            let mut all = from.forecast.projects.iter();
            all.find(|one| program.projects()[one.project.index()].id == row.id).map(|one| &one.finish)
        }
        _ => {
            let mut all = from.forecast.milestones.iter();
            all.find(|one| program.tasks()[one.task.index()].id == row.id).map(|one| &one.finish)
        }
    };
    let p10 = forecast.and_then(|finish| finish.percentile(Percentile::whole(10)));
    let p10 = p10.map(|point| crate::report::date::instant(point.value).finish_date());
    LogRow {
        status_date: date,
        kind: row.kind.to_owned(),
        id: row.id.clone(),
        finish_p10_date: p10,
        finish_p50_date: row.p50_finish,
        finish_p80_date: row.p80_finish,
        finish_target_date: row.target_finish,
        finish_target_probability: row.finish_probability,
        finish_actual_date: actual(row, program),
        cost_p50: row.p50_cost,
        cost_p80: row.p80_cost,
        inputs_sha256: from.inputs_sha256.to_owned(),
    }
}

/// The actual finish of a target, once everything that belongs to it is finished.
fn actual(row: &VarianceRow, program: &Program) -> Option<Date> {
    let within = |project: &str| {
        let at = program.projects().iter().position(|own| own.id == project);
        at.map(crate::model::ProjectIx::new)
    };
    let all: Vec<crate::model::TaskIx> = match row.kind {
        "program" => match program.finish() {
            Some(finish) => vec![finish],
            None => (0..program.tasks().len()).map(crate::model::TaskIx::new).collect(),
        },
        "project" => program.tasks_of(within(&row.id)?).collect(),
        _ => {
            let at = program.tasks().iter().position(|task| task.id == row.id)?;
            vec![crate::model::TaskIx::new(at)]
        }
    };
    let tasks = all.iter().map(|ix| &program.tasks()[ix.index()]).filter(|task| !task.is_extra_pass());
    let mut last = None;
    for task in tasks {
        let finish = task.actual?.finish?;
        last = last.max(Some(task.date_of(finish)));
    }
    last
}
