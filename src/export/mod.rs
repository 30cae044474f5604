//! A report or an analysis as text, JSON and CSV.
//!
//! **Invariant:** nothing here computes or rounds, and nothing here opens a file: bytes out, to be written
//! by whoever called.

mod analysis;
mod comparison;
mod csv;
mod files;
mod grid;
mod iterations;
mod json;
mod money;
mod outside_view;
#[cfg(feature = "parquet")]
mod parquet;
mod portfolio;
mod progress;
#[cfg(feature = "import")]
mod project_xml;
mod purchase;
mod replay;
mod sweep;
mod table_formats;
mod text;
mod throughput;

pub use analysis::{analysis_files, analysis_to_json, analysis_to_text};
pub use comparison::{comparison_files, comparison_to_json, comparison_to_text};
pub use csv::{CsvStyle, to_csv};
pub use files::files;
pub use iterations::{iteration_columns, iteration_rows, write_iterations};
pub use json::to_json;
#[cfg(feature = "parquet")]
pub use parquet::to_parquet;
pub use progress::{progress_files, progress_to_json, progress_to_text};
#[cfg(feature = "import")]
pub use project_xml::{ProjectXmlError, ResultField, TaskResult, into_project_xml};
pub use purchase::{purchase_files, purchase_to_json, purchase_to_text};
pub use replay::{replay_files, replay_to_json, replay_to_text};
pub use sweep::{SweepWriter, sweep_files, sweep_to_text};
pub use table_formats::TableFormats;
pub use text::to_text;
pub use throughput::{throughput_to_json, throughput_to_text};
