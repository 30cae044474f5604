//! A report as text, JSON and CSV.
//!
//! **Invariant:** nothing here computes or rounds, and nothing here opens a file: bytes out, to be written
//! by whoever called.

mod csv;
mod files;
mod iterations;
mod json;
mod text;

pub use csv::{CsvStyle, to_csv};
pub use files::files;
pub use iterations::write_iterations;
pub use json::to_json;
pub use text::to_text;
