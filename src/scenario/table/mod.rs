//! CSV tables: rows become the same raw types as TOML tables, so that they pass the same checks.

mod cells;
mod columns;
mod matrix;
mod outcomes;
mod progress;
mod risks;
mod scan;
mod short;
mod tasks;

pub(super) use cells::number;
pub(super) use matrix::matrix_rows;
pub(super) use outcomes::outcome_rows;
pub(super) use progress::progress_rows;
pub(super) use risks::risk_rows;
pub(super) use scan::{Sheet, scan};
pub(super) use short::{ShortLink, short_link};
pub(super) use tasks::{TaskRows, task_rows};
