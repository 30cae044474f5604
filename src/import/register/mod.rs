//! Registers of risks and tables of tasks, as people keep them in workbooks: from cells to a scenario.
//!
//! **Invariant:** a column means what its heading says in one of four languages, or what somebody has said it means;
//! every other column, and every cell that cannot be used, is in the report with its place.

mod assemble;
mod book;
mod groups;
mod heading;
mod history;
mod homes;
mod kind;
mod linked;
mod links;
mod names;
mod predecessors;
mod reading;
mod risks;
mod scales;
mod settings;
mod synonyms;
mod table;
mod tasks;
mod weeks;
mod words;

pub use history::PastTask;
pub use kind::table_fields;

pub(super) use assemble::{Built, scenario_of};
pub(super) use history::past_tasks;
pub(super) use table::is_table;
