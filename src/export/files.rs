//! The files of a results folder whose content is a function of the report.

use super::{TableFormats, to_json};
use crate::report::{Manifest, Outputs, Report, tables};

/// Name and bytes of `summary.json`, `manifest.json` and the files of every table.
///
/// The manifest of `manifest.json` also says how the files were written; that of `summary.json` does not,
/// because no number depends on it.
#[must_use]
pub fn files(report: &Report, outputs: Outputs) -> Vec<(String, Vec<u8>)> {
    let formats = TableFormats::of(&outputs);
    let manifest = Manifest { outputs: Some(outputs), ..report.manifest.clone() };
    let mut manifest =
        serde_json::to_string_pretty(&manifest).expect("a manifest has only text keys and whole numbers");
    manifest.push('\n');
    let mut files = vec![
        ("summary.json".to_owned(), to_json(report).into_bytes()),
        ("manifest.json".to_owned(), manifest.into_bytes()),
    ];
    files.extend(formats.files(&tables(report)));
    files
}
