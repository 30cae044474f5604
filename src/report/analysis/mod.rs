//! The numbers of an analysis: one file per section.

mod document;
mod headline;

pub use document::{Analysis, analysis_tables};
pub use headline::Headline;
