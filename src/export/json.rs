//! The report as JSON.

use crate::report::Report;

/// `summary.json`: the whole report, indented, with a line feed at the end.
#[must_use]
pub fn to_json(report: &Report) -> String {
    let mut text =
        serde_json::to_string_pretty(report).expect("a report has only text keys and finite numbers");
    text.push('\n');
    text
}
