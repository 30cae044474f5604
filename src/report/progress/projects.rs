//! Earned value by project.

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::{EacMethod, ProjectEarned, Tcpi};
use crate::model::Program;
use crate::report::Table;
use crate::units::{Currency, Money};

/// Earned value of a project, with all below it, on the date of one report. Money is in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProjectEarnedReport {
    /// The status date.
    pub status_date: Date,
    /// The full id of the project.
    pub id: String,
    /// Its name.
    pub name: String,
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
    /// Estimate at completion by CPI.
    pub eac_cpi: Option<f64>,
    /// Variance at completion by that.
    pub vac_cpi: Option<f64>,
    /// To-complete performance index for the budget, where it can be achieved and work is left.
    pub tcpi_bac: Option<f64>,
}

impl ProjectEarnedReport {
    /// Names and rounds what a project has earned.
    #[must_use]
    pub fn of(row: &ProjectEarned, program: &Program, currency: Currency) -> Self {
        let project = &program.projects()[row.project.index()];
        let value = &row.value;
        let major = |minor: f64| currency.major(Money(minor.round_ties_even() as i64));
        let ratio = |value: f64| (value * 10_000.0).round() / 10_000.0;
        let eac = value.eac(EacMethod::AtCpi, None);
        Self {
            status_date: row.date.start_date(),
            id: project.id.clone(),
            name: project.name.clone(),
            bac: major(value.bac),
            pv: major(value.pv),
            ev: major(value.ev),
            ac: major(value.ac),
            cv: major(value.cost_variance()),
            sv: major(value.schedule_variance()),
            cpi: value.cpi().map(ratio),
            spi: value.spi().map(ratio),
            eac_cpi: eac.map(major),
            vac_cpi: eac.map(|eac| major(value.variance_at_completion(eac))),
            tcpi_bac: match value.tcpi(value.bac) {
                Tcpi::Needed(index) => Some(ratio(index)),
                Tcpi::NotAchievable | Tcpi::Done => None,
            },
        }
    }
}

/// `evm_projects`: earned value by report and project.
pub(super) fn projects_table(rows: &[ProjectEarnedReport], currency: Currency) -> Table {
    let code = currency.code();
    let mut columns = ["status_date", "project_id", "project_name"].map(String::from).to_vec();
    columns.extend(["bac", "pv", "ev", "ac", "cv", "sv"].map(|name| format!("{name}_{code}")));
    columns.extend(["cpi", "spi"].map(String::from));
    columns.extend(["eac_cpi", "vac_cpi"].map(|name| format!("{name}_{code}")));
    columns.push("tcpi_bac".to_owned());
    let rows = rows.iter().map(|row| {
        vec![
            row.status_date.into(),
            (&row.id).into(),
            (&row.name).into(),
            row.bac.into(),
            row.pv.into(),
            row.ev.into(),
            row.ac.into(),
            row.cv.into(),
            row.sv.into(),
            row.cpi.into(),
            row.spi.into(),
            row.eac_cpi.into(),
            row.vac_cpi.into(),
            row.tcpi_bac.into(),
        ]
    });
    Table { name: "evm_projects", columns, rows: rows.collect() }
}
