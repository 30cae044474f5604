//! A workbook: the tables of the answer with real dates and amounts, native charts, and cells that answer.
//!
//! Texts are written as texts, never as formulas, whatever they begin with.

mod blank;
mod blank_sheets;
mod book;
mod charts;
mod curve;
mod formats;
mod grid;
mod summary;

pub use blank::blank_workbook;
pub(super) use book::book;
