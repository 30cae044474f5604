//! The guide: pages for people who run programs.
//!
//! - [`start`]: from a plan to a date and a budget in ten minutes.
//! - [`walkthrough`]: one program from its plan to a decision, with every command and its output.
//! - [`crate::scenario::format`]: the scenario file, key by key.
//! - [`diagnostics`]: every message by its code, with cause and cure.
//! - [`results`]: every file and column of a results folder.
//! - [`analysis`]: what a percentile consists of, what drives it, and what to do about it.
//! - [`money`]: costs that follow from dates, contracts, prices, cash flow, benefits and the business case.
//! - [`portfolio`]: several programs as one.
//! - [`progress`]: a program under way, forecast from what has happened.
//! - [`agile`]: teams that count items: when, how many, and one network with planned work.
//! - [`import`]: plans from Microsoft Project and Primavera.
//! - [`documents`]: reports, workbooks and annexes to attach.
//! - [`machines`]: one run on many machines, and many variants of a program.
//! - [`methods`]: what each number means, and what is not modelled.

pub mod agile;
pub mod analysis;
pub mod diagnostics;
pub mod documents;
pub mod import;
pub mod machines;
pub mod methods;
pub mod money;
pub mod portfolio;
pub mod progress;
pub mod results;
pub mod start;
pub mod walkthrough;
