//! Progress from a CSV table: one row for each task or milestone that has started.

use super::cells::CellReader;
use super::columns::{Columns, Row};
use super::tasks::estimate;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawProgress, Slot};

/// The columns of a table of progress.
pub const PROGRESS_COLUMNS: &[&str] = &[
    "id",
    "start",
    "finish",
    "complete",
    "remaining",
    "remaining_low",
    "remaining_mode",
    "remaining_high",
    "remaining_law",
    "unit",
    "cost",
    "failed",
];

/// What a CSV file that a text names says of tasks, by full id.
pub fn progress_rows(name: &At<String>, desk: &mut Desk<'_>) -> Vec<(At<String>, At<RawProgress>)> {
    let Some(columns) = Columns::open(name, PROGRESS_COLUMNS, desk) else { return Vec::new() };
    let reader = columns.reader();
    let mut rows = Vec::new();
    for row in columns.rows() {
        let place = row.first().and_then(|cell| cell.place.clone());
        match row.cell("id") {
            Some(id) => rows.push((id.clone(), At { value: progress(&row, reader, desk), place })),
            None => {
                let id: Slot<String> = Slot::Absent;
                desk.require("the row", "id", &id, place.as_ref());
            }
        }
    }
    rows
}

fn progress(row: &Row<'_>, reader: CellReader, desk: &mut Desk<'_>) -> RawProgress {
    let unit = row.unit(desk);
    let names = ["remaining", "remaining_low", "remaining_mode", "remaining_high", "remaining_law"];
    let mut date = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.date(cell, desk));
    let (start, finish) = (date("start"), date("finish"));
    RawProgress {
        start,
        finish,
        complete: row.cell("complete").map_or(Slot::Absent, |cell| reader.quantity(cell, None, desk)),
        remaining: estimate(row, names, unit, reader, desk),
        cost: row.cell("cost").map_or(Slot::Absent, |cell| reader.number(cell, desk)),
        resume: Slot::Absent,
        failed: row.cell("failed").map_or(Slot::Absent, |cell| reader.flag(cell, desk)),
    }
}
