//! Plans of other tools: their files become a scenario, and a report of what became of everything in them.
//!
//! [`import`] tells the format from the content: Microsoft Project XML, Primavera XER, Primavera P6 XML, or tables of
//! tasks and risks in workbooks and CSV files, or lists of issues. A reader of plans turns a file into one plan that both tools would understand; from that the raw types of
//! [`crate::scenario::raw`] are made, so that an imported plan passes the same checks as a file that a person has
//! written. The scenario says with `scheduling` whose conventions it follows. Tables become the raw types directly.
//! [`merge()`] puts an import into a scenario that people have worked on.
//!
//! **Invariant:** nothing of a file is dropped without an entry in the report. **Invariant:** no program is built
//! here, and no disk is seen. **Invariant:** memory and time are bounded by the size of the file, whatever it holds.

mod build;
mod error;
mod format;
mod ids;
mod imported;
mod issues;
mod merge;
mod mspdi;
mod options;
mod plan;
mod primavera;
mod record;
mod register;
mod report;
mod sheet;
mod text;
mod week;

pub use error::ImportError;
pub use format::{Format, recognise};
pub use imported::{ImportFile, Imported, import, import_tables, past_tasks};
pub use issues::{Grain, IssueOptions};
pub use merge::{Merged, TemplateRange, merge, remembered, scale_words, with_templates};
pub use options::{Beside, ImportOptions, Item, Spread};
pub use plan::StoredDates;
pub use register::{PastTask, table_fields};
pub use report::{Entry, Fate, ImportReport};
pub use text::text_of_table;
