//! An analysis as text, JSON and CSV: one file per section of the text.

mod contingency;
mod contribution;
mod files;
mod headline;
mod joint;
mod knowledge;
mod scores;
mod sensitivity;
mod text;

pub use files::{analysis_files, analysis_to_json};
pub use text::analysis_to_text;
