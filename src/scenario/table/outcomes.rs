//! Outcomes of past programs from a CSV table: one row for each.

use super::cells::CellReader;
use super::columns::{Columns, Row};
use crate::diag::code;
use crate::scenario::open::Desk;
use crate::scenario::raw::At;

/// The columns of a table of outcomes.
const COLUMNS: &[&str] =
    &["id", "name", "planned_duration", "actual_duration", "planned_cost", "actual_cost"];

/// By how much outcomes exceed what had been planned, as shares: of durations and of costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// Of durations.
    pub durations: Vec<f64>,
    /// Of costs.
    pub costs: Vec<f64>,
}

/// What a CSV file that a text names says of past programs.
pub fn outcome_rows(name: &At<String>, desk: &mut Desk<'_>) -> Option<Outcomes> {
    let columns = Columns::open(name, COLUMNS, desk)?;
    let reader = columns.reader();
    let mut outcomes = Outcomes::default();
    for row in columns.rows() {
        outcomes.durations.extend(overrun(&row, "planned_duration", "actual_duration", reader, desk));
        outcomes.costs.extend(overrun(&row, "planned_cost", "actual_cost", reader, desk));
    }
    if outcomes.durations.is_empty() && outcomes.costs.is_empty() {
        let message = format!("`{}` has no outcome", name.value);
        let help = "fill in planned_duration and actual_duration, or planned_cost and actual_cost";
        desk.report(code::BAD_SAMPLES, name.place(), message, help);
        return None;
    }
    Some(outcomes)
}

/// By which share what came out exceeds what was planned; nothing where the row says neither.
fn overrun(
    row: &Row<'_>,
    planned: &str,
    actual: &str,
    reader: CellReader,
    desk: &mut Desk<'_>,
) -> Option<f64> {
    let (planned_cell, actual_cell) = (row.cell(planned), row.cell(actual));
    let (Some(planned_cell), Some(actual_cell)) = (planned_cell, actual_cell) else {
        if let Some(one) = planned_cell.or(actual_cell) {
            let message = format!("a row needs both `{planned}` and `{actual}`, or neither");
            desk.report(code::BAD_SAMPLES, one.place(), message, "");
        }
        return None;
    };
    let mut above_zero = |cell: &At<String>| {
        let value = reader.number(cell, desk).get().copied()?;
        if value <= 0.0 {
            let message = format!("`{}` is not above zero", cell.value);
            desk.report(code::BAD_SAMPLES, cell.place(), message, "leave out what is not known");
            return None;
        }
        Some(value)
    };
    let (planned, actual) = (above_zero(planned_cell), above_zero(actual_cell));
    Some(actual? / planned? - 1.0)
}
