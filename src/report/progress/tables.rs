//! The tables of a program under way.

use super::projects::projects_table;
use super::{LogRow, ProgressReport, TargetCalibration, VarianceRow};
use crate::report::{Cell, Table};

/// `evm` and `eac` where anything has a budget, `variance` and `forecast_log`.
#[must_use]
pub fn progress_tables(report: &ProgressReport) -> Vec<Table> {
    let mut tables = vec![evm(report)];
    if !report.earned_by_project.is_empty() {
        tables.push(projects_table(&report.earned_by_project, report.currency));
    }
    if !report.eac.is_empty() {
        tables.push(eac(report));
    }
    tables.push(variance(report));
    tables.push(forecast_log(report));
    if !report.calibration_by_target.is_empty() {
        tables.push(calibration(report));
    }
    tables
}

/// How good the forecasts of each target were that has been reached.
fn calibration(report: &ProgressReport) -> Table {
    let columns = names(&[
        "kind",
        "id",
        "actual_date",
        "forecasts",
        "share_at_or_before_p50",
        "share_at_or_before_p80",
        "bias_days",
    ]);
    let row = |one: &TargetCalibration| {
        vec![
            one.kind.as_str().into(),
            one.id.as_str().into(),
            one.actual.into(),
            Cell::Integer(one.calibration.forecasts as i64),
            Cell::Number(one.calibration.hit_p50),
            Cell::Number(one.calibration.hit_p80),
            Cell::Number(one.calibration.bias_days),
        ]
    };
    Table { name: "calibration", columns, rows: report.calibration_by_target.iter().map(row).collect() }
}

fn names(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|&name| name.to_owned()).collect()
}

fn evm(report: &ProgressReport) -> Table {
    let money = report.currency.code();
    let mut columns = names(&["status_date"]);
    columns.extend(["bac", "pv", "ev", "ac", "cv", "sv"].map(|name| format!("{name}_{money}")));
    columns.extend(names(&["cpi", "spi", "cpi3"]));
    columns.extend(["eac_cpi", "vac_cpi"].map(|name| format!("{name}_{money}")));
    columns.extend(names(&[
        "tcpi_bac",
        "tcpi_note",
        "es_months",
        "at_months",
        "pd_months",
        "sv_t_months",
        "spi_t",
        "ieac_planned_date",
        "ieac_spi_t_date",
        "ieac_spi_t_cpi_date",
        "bei",
        "cpli",
    ]));
    let last = report.earned.len();
    let rows = report.earned.iter().enumerate().map(|(at, row)| {
        let cpli = report.cpli.filter(|_| at + 1 == last);
        vec![
            row.status_date.into(),
            row.bac.into(),
            row.pv.into(),
            row.ev.into(),
            row.ac.into(),
            row.cv.into(),
            row.sv.into(),
            row.cpi.into(),
            row.spi.into(),
            row.cpi3.into(),
            row.eac_cpi.into(),
            row.vac_cpi.into(),
            row.tcpi_bac.into(),
            row.tcpi_note.into(),
            row.es_months.into(),
            row.at_months.into(),
            row.pd_months.into(),
            row.sv_t_months.into(),
            row.spi_t.into(),
            row.ieac_planned_date.into(),
            row.ieac_spi_t_date.into(),
            row.ieac_spi_t_cpi_date.into(),
            row.bei.into(),
            cpli.into(),
        ]
    });
    Table { name: "evm", columns, rows: rows.collect() }
}

fn eac(report: &ProgressReport) -> Table {
    let columns = vec![
        "method".into(),
        "formula".into(),
        format!("eac_{}", report.currency.code()),
        "probability".into(),
    ];
    let rows = report
        .eac
        .iter()
        .map(|row| vec![row.method.into(), Cell::from(&row.formula), row.eac.into(), row.probability.into()]);
    Table { name: "eac", columns, rows: rows.collect() }
}

fn variance(report: &ProgressReport) -> Table {
    let money = report.currency.code();
    let mut columns = names(&[
        "kind",
        "id",
        "name",
        "baseline_finish_date",
        "finish_p50_date",
        "finish_p80_date",
        "finish_p50_late_days",
        "finish_p80_late_days",
        "finish_target_date",
        "finish_probability",
        "finish_light",
    ]);
    columns.extend(
        ["baseline_cost", "cost_p50", "cost_p80", "cost_p50_over", "budget"]
            .map(|name| format!("{name}_{money}")),
    );
    columns.extend(names(&["cost_probability", "cost_light"]));
    let days = |days: Option<i32>| days.map_or(Cell::Empty, |days| Cell::Integer(i64::from(days)));
    let row = |row: &VarianceRow| {
        vec![
            row.kind.into(),
            Cell::from(&row.id),
            Cell::from(&row.name),
            row.baseline_finish.into(),
            row.p50_finish.into(),
            row.p80_finish.into(),
            days(row.p50_late_days),
            days(row.p80_late_days),
            row.target_finish.into(),
            row.finish_probability.into(),
            row.finish_light.map(|light| light.name()).into(),
            row.baseline_cost.into(),
            row.p50_cost.into(),
            row.p80_cost.into(),
            row.p50_over_cost.into(),
            row.budget.into(),
            row.cost_probability.into(),
            row.cost_light.map(|light| light.name()).into(),
        ]
    };
    Table { name: "variance", columns, rows: report.variance.iter().map(row).collect() }
}

fn forecast_log(report: &ProgressReport) -> Table {
    let money = report.currency.code();
    let mut columns = names(&[
        "status_date",
        "kind",
        "id",
        "finish_p10_date",
        "finish_p50_date",
        "finish_p80_date",
        "finish_target_date",
        "finish_target_probability",
        "finish_actual_date",
    ]);
    columns.extend(["cost_p50", "cost_p80"].map(|name| format!("{name}_{money}")));
    columns.push("inputs_sha256".into());
    let row = |row: &LogRow| {
        vec![
            row.status_date.into(),
            Cell::from(&row.kind),
            Cell::from(&row.id),
            row.finish_p10_date.into(),
            row.finish_p50_date.into(),
            row.finish_p80_date.into(),
            row.finish_target_date.into(),
            row.finish_target_probability.into(),
            row.finish_actual_date.into(),
            row.cost_p50.into(),
            row.cost_p80.into(),
            Cell::from(&row.inputs_sha256),
        ]
    };
    Table { name: "forecast_log", columns, rows: report.log.iter().map(row).collect() }
}
