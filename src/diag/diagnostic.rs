//! One problem and its place.

use std::ops::Range;

use super::{Code, FileId, Place};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never changes a result.
    Note,
    /// Probably not what was meant; never changes a result.
    Warning,
    /// The scenario cannot be simulated.
    Error,
}

/// A place in a file, with a remark about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// Byte range in the file.
    pub span: Range<usize>,
    /// What to say at this place; may be empty.
    pub text: String,
}

/// One problem, where it is, and what to do about it.
///
/// `code` is stable across releases and documented; `message` is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// A lowercase fragment naming the offending value.
    pub message: String,
    /// Where; the first label is the primary place. Empty when no single place is at fault.
    pub labels: Vec<Label>,
    /// The next thing to do, if it is known.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem with the severity that its code prescribes.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place; the first one added is the primary place.
    #[must_use]
    pub fn at(mut self, file: FileId, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { file, span, text: text.into() });
        self
    }

    /// Adds a place where it is known; without one the diagnostic stays as it is.
    #[must_use]
    pub fn at_place(self, place: Option<&Place>, text: impl Into<String>) -> Self {
        match place {
            Some(place) => self.at(place.file, place.span(), text),
            None => self,
        }
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
