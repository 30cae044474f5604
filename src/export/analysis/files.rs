//! The files of an analysis.

use crate::export::TableFormats;
use crate::report::{Analysis, analysis_tables};

/// `analysis.json`: the whole analysis, indented, with a line feed at the end.
#[must_use]
pub fn analysis_to_json(analysis: &Analysis) -> String {
    let mut text =
        serde_json::to_string_pretty(analysis).expect("an analysis has only text keys and finite numbers");
    text.push('\n');
    text
}

/// Name and bytes of `analysis.json` and of one CSV file per table of the analysis. The forecast itself has
/// [its own](crate::export::files).
#[must_use]
pub fn analysis_files(analysis: &Analysis, formats: TableFormats) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("analysis.json".to_owned(), analysis_to_json(analysis).into_bytes())];
    files.extend(formats.files(&analysis_tables(analysis)));
    files
}
