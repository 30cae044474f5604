//! Tables as grids of cells, whether they come from a workbook or from a CSV file.
//!
//! **Invariant:** a grid holds what people see: stored values of formulas, merged cells filled, formats undone.

mod csv;
mod grid;
mod locale;
mod value;
mod workbook;

pub(super) use csv::{csv_grid, separator_of};
pub(super) use grid::{Grid, Row};
pub(super) use locale::{Marks, date, duration, number, unit_of};
pub(super) use value::Value;
pub(super) use workbook::workbook_grids;
