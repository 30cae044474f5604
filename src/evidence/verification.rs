//! What a verification came to.

use serde::Serialize;

use super::FileVerdict;
use crate::report::{Manifest, SCHEMA_VERSION, grouped};

/// Differences that the text lists per file.
const LISTED: usize = 10;

/// The verdict on a results folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Whether every value of every file came out again.
    pub equal: bool,
    /// The version of the program that wrote the results.
    pub written_by: String,
    /// The version of the program that verified them.
    pub verified_by: &'static str,
    /// Iterations that were run again.
    pub iterations: u64,
    /// Every file that was compared.
    pub files: Vec<FileVerdict>,
    /// Files that were not: they depend on a baseline and on earlier forecasts, which the folder does not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_compared: Vec<&'static str>,
}

/// The files of a program under way that depend on more than the inputs.
const OF_PROGRESS: [&str; 7] = [
    "evm.csv",
    "evm_projects.csv",
    "eac.csv",
    "variance.csv",
    "forecast_log.csv",
    "calibration.csv",
    "progress.json",
];

impl Verification {
    /// The verdict from those on the files.
    #[must_use]
    pub fn new(manifest: &Manifest, files: Vec<FileVerdict>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            equal: files.iter().all(FileVerdict::is_equal),
            written_by: manifest.p80_version.clone(),
            verified_by: env!("CARGO_PKG_VERSION"),
            iterations: manifest.iterations,
            not_compared: if manifest.status.is_some() { OF_PROGRESS.to_vec() } else { Vec::new() },
            files,
        }
    }

    /// The verdict as JSON, indented, with a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a verdict has only text keys");
        text.push('\n');
        text
    }

    /// The verdict for people: each file, and of those that differ the first values.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for file in &self.files {
            let verdict = match (file.count, file.same_bytes) {
                (0, true) => "equal".to_owned(),
                (0, false) => "equal by value, but laid out differently".to_owned(),
                (1, _) => "1 value differs".to_owned(),
                (count, _) => format!("{} values differ", grouped(count as f64, 0)),
            };
            out.push_str(&format!("{:<18} {verdict}\n", file.file));
            for one in file.differences.iter().take(LISTED) {
                let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                let (recorded, recomputed) = (shown(&one.recorded), shown(&one.recomputed));
                out.push_str(&format!("    {}: recorded {recorded}, now {recomputed}\n", one.place));
            }
            if file.count > LISTED as u64 {
                out.push_str("    ...\n");
            }
        }
        if !self.not_compared.is_empty() {
            out.push_str(&format!(
                "\nnot compared, because a baseline and earlier forecasts are in them: {}\n",
                self.not_compared.join(", ")
            ));
        }
        let versions = if self.written_by == self.verified_by {
            format!("p80 {}", self.verified_by)
        } else {
            format!("written by p80 {}, run again by p80 {}", self.written_by, self.verified_by)
        };
        let result = if self.equal { "the results come out again" } else { "the results DIFFER" };
        out.push_str(&format!("\n{result}: {} iterations, {versions}\n", grouped(self.iterations as f64, 0)));
        out
    }
}
