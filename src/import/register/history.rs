//! What was estimated and what it became, one task in each row.

use super::kind::Kind;
use super::reading::Reading;
use super::table::Table;
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::Grid;
use crate::import::{ImportError, ImportOptions};
use crate::scenario::raw::Quantity;
use crate::units::WorkScale;

/// How long something was to take, and how long it took.
#[derive(Clone, Debug, PartialEq)]
pub struct PastTask {
    /// The kind of work, if the table says it.
    pub category: Option<String>,
    /// Minutes of work that were estimated, above zero.
    pub estimate: f64,
    /// Minutes of work that it took, above zero.
    pub actual: f64,
}

/// The past tasks in tables; rows that say nothing are in the report.
pub(in crate::import) fn past_tasks(
    grids: &[Grid],
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Vec<PastTask>, ImportError> {
    let mut tasks = Vec::new();
    let mut is_found = false;
    for grid in grids {
        let Some(table) = Table::of_kind(grid, Kind::History, &options.map) else { continue };
        is_found = true;
        table.note_unused(report);
        for row in table.rows(report) {
            let mut reading = Reading { table: &table, row, report };
            tasks.extend(past_task(&mut reading));
        }
    }
    if !is_found {
        return Err(ImportError::NoHistory { found: super::assemble::headings(grids) });
    }
    Ok(tasks)
}

fn past_task(reading: &mut Reading<'_, '_>) -> Option<PastTask> {
    let mut minutes = |field: &str| {
        reading.cell(field)?;
        match reading.duration(field)? {
            Quantity::Duration(duration) => {
                let minutes = duration.minutes(WorkScale::default());
                if minutes > 0.0 && minutes.is_finite() {
                    return Some(minutes);
                }
                reading.note(Fate::LeftOut, field, "it is not above zero");
                None
            }
            _ => {
                reading.note(Fate::LeftOut, field, "a duration is no percentage");
                None
            }
        }
    };
    let (estimate, actual) = (minutes("estimate"), minutes("actual"));
    let (Some(estimate), Some(actual)) = (estimate, actual) else {
        let place = reading.row_place();
        let name = reading.text("name").or_else(|| reading.text("id")).unwrap_or_default();
        reading.report.note(
            Fate::LeftOut,
            "row",
            &place,
            &name,
            "an estimate and an actual value are needed",
        );
        return None;
    };
    Some(PastTask { category: reading.text("category"), estimate, actual })
}
