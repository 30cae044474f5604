//! What the verification of a document came to.

use serde::Serialize;

use crate::dossier::Record;
use crate::report::{SCHEMA_VERSION, grouped};

/// The verdict on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentVerdict {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Whether every figure and every table came out again, and the document still shows its figures.
    pub equal: bool,
    /// The version of the program that wrote the document.
    pub written_by: String,
    /// The version of the program that verified it.
    pub verified_by: &'static str,
    /// Iterations that were run again.
    pub iterations: u64,
    /// How many key figures were compared.
    pub figures: usize,
    /// The figures that differ.
    pub differences: Vec<FigureDifference>,
    /// Whether the tables, all numbers together, came out again.
    pub tables_equal: bool,
    /// Whether the text of the document shows the figures of its record; absent for formats whose text is not
    /// read.
    pub shown: Option<bool>,
}

/// A figure that did not come out again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureDifference {
    /// What it is.
    pub figure: String,
    /// What the document says.
    pub recorded: Option<String>,
    /// What came out.
    pub recomputed: Option<String>,
}

impl DocumentVerdict {
    /// Compares what a document says of itself with what came out; `shown` is whether its text says the same.
    #[must_use]
    pub fn new(recorded: &Record, recomputed: &Record, shown: Option<bool>) -> Self {
        let names = recorded.figures.iter().chain(&recomputed.figures).map(|(name, _)| name);
        let mut seen: Vec<&String> = Vec::new();
        for name in names {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        let of = |record: &Record, name: &String| {
            record.figures.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
        };
        let differences: Vec<FigureDifference> = seen
            .iter()
            .map(|name| (name, of(recorded, name), of(recomputed, name)))
            .filter(|(_, recorded, recomputed)| recorded != recomputed)
            .map(|(name, recorded, recomputed)| FigureDifference {
                figure: (*name).clone(),
                recorded,
                recomputed,
            })
            .collect();
        let tables_equal = recorded.numbers_sha256 == recomputed.numbers_sha256;
        Self {
            schema_version: SCHEMA_VERSION,
            equal: differences.is_empty() && tables_equal && shown != Some(false),
            written_by: recorded.manifest.p80_version.clone(),
            verified_by: env!("CARGO_PKG_VERSION"),
            iterations: recorded.manifest.iterations,
            figures: seen.len(),
            differences,
            tables_equal,
            shown,
        }
    }

    /// The verdict as JSON, indented, with a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a verdict has only text keys");
        text.push('\n');
        text
    }

    /// The verdict for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for one in &self.differences {
            let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            out.push_str(&format!(
                "{}: recorded {}, now {}\n",
                one.figure,
                shown(&one.recorded),
                shown(&one.recomputed)
            ));
        }
        if self.differences.is_empty() {
            out.push_str(&format!("{} key figures equal\n", self.figures));
        }
        out.push_str(if self.tables_equal { "tables equal\n" } else { "tables DIFFER\n" });
        out.push_str(match self.shown {
            Some(true) => "the text shows the figures of its record\n",
            Some(false) => "the text does NOT show the figures of its record: it was changed\n",
            None => "the text of this format is not read: only its record was compared\n",
        });
        let result =
            if self.equal { "the document's numbers come out again" } else { "the document DIFFERS" };
        let iterations = grouped(self.iterations as f64, 0);
        out.push_str(&format!("\n{result}: {iterations} iterations, p80 {}\n", self.written_by));
        out
    }
}
