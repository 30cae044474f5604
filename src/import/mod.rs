//! Plans of other tools: their files become a scenario, and a report of what became of everything in them.
//!
//! [`import`] tells the format from the content: Microsoft Project XML, Primavera XER, Primavera P6 XML. A reader
//! turns a file into one plan that both tools would understand; from that the raw types of
//! [`crate::scenario::raw`] are made, so that an imported plan passes the same checks as a file that a person has
//! written. The scenario says with `scheduling` whose conventions it follows.
//!
//! **Invariant:** nothing of a file is dropped without an entry in the report. **Invariant:** no program is built
//! here, and no disk is seen. **Invariant:** memory and time are bounded by the size of the file, whatever it holds.

mod build;
mod error;
mod format;
mod ids;
mod imported;
mod mspdi;
mod options;
mod plan;
mod primavera;
mod record;
mod report;
mod text;
mod week;

pub use error::ImportError;
pub use format::{Format, recognise};
pub use imported::{Imported, import};
pub use options::{ImportOptions, Spread};
pub use plan::StoredDates;
pub use report::{Entry, Fate, ImportReport};
