//! Primavera P6: XER and XML, which say the same things in two ways.
//!
//! Two readers fill one [`data::Data`]; everything else is common to both. Durations are hours, links name their lag in
//! hours, and the data date is the date from which on work lies ahead.

mod assemble;
mod calendar;
mod costs;
mod data;
mod pmxml;
mod points;
mod wbs;
mod xer;
mod xer_table;

pub(super) use pmxml::plan as xml_plan;
pub(super) use xer::plan as xer_plan;
