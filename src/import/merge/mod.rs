//! An import that goes into a scenario which people have worked on.
//!
//! **Invariant:** what the file does not speak of stays as it is, byte for byte, comments included. **Invariant:** an id
//! that stands in the scenario stays, because references and random numbers hang on it. **Invariant:** everything that is
//! added, renewed, kept against the file or removed is in the report.

mod after;
mod apply;
mod edits;
mod items;
mod merged;
mod rename;
mod same;
mod templates;

pub use merged::{Merged, merge, remembered, scale_words};
pub use templates::{TemplateRange, with_templates};
