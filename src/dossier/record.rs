//! What a document says of itself, so that it can be made and checked again.

use serde::{Deserialize, Serialize};

use super::{Dossier, Template};
use crate::report::{Locale, Manifest};

/// How the record begins inside of a document.
pub const RECORD_MARK: &str = "p80-record:";

/// The record that every attachment carries: what it was made from, how, and what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What the numbers are a function of.
    pub manifest: Manifest,
    /// For whom the document is.
    pub template: Template,
    /// How numbers and dates are written.
    pub locale: Locale,
    /// The percentile that it is about, as written.
    pub level: String,
    /// SHA-256 over its key figures and tables.
    pub numbers_sha256: String,
    /// The main figures, by name.
    pub figures: Vec<(String, String)>,
}

impl Record {
    /// What is hidden in a document: one line of letters, digits and signs that every format bears.
    #[must_use]
    pub fn encoded(&self) -> String {
        use base64::Engine;
        let json = serde_json::to_vec(self).expect("a record has only text keys and whole numbers");
        format!("{RECORD_MARK}{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json))
    }

    /// Finds the record in the bytes of a document; [`None`] where there is none.
    #[must_use]
    pub fn find(bytes: &[u8]) -> Option<Self> {
        use base64::Engine;
        let mark = RECORD_MARK.as_bytes();
        let starts = bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark);
        starts.map(|(at, _)| at + mark.len()).find_map(|from| {
            let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            let text: Vec<u8> = bytes[from..].iter().take_while(is_letter).copied().collect();
            let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()?;
            serde_json::from_slice(&json).ok()
        })
    }
}

impl Dossier {
    /// The record of this document.
    #[must_use]
    pub fn record(&self) -> Record {
        Record {
            manifest: self.manifest.clone(),
            template: self.template,
            locale: self.locale,
            level: self.level.to_string(),
            numbers_sha256: self.digest(),
            figures: self.figures(),
        }
    }
}
