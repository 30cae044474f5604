//! The formats.

use std::path::Path;

use thiserror::Error;

/// In which format a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page that needs nothing else.
    Html,
    /// Pages of paper.
    Pdf,
    /// A workbook.
    Xlsx,
    /// A document for word processors.
    Docx,
    /// Markdown, with its charts in a folder beside it.
    Markdown,
}

/// A file name that says no known format.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` says no format: its name must end in .html, .pdf, .xlsx, .docx or .md")]
pub struct ParseFormatError(pub String);

impl Format {
    /// Whether this build writes it; every build of the feature `full` writes all of them.
    #[must_use]
    pub fn is_built(self) -> bool {
        match self {
            Self::Html | Self::Xlsx | Self::Markdown => true,
            Self::Pdf => cfg!(feature = "pdf"),
            Self::Docx => cfg!(feature = "word"),
        }
    }

    /// The format that the name of a file says.
    ///
    /// # Errors
    /// [`ParseFormatError`] if it says none.
    pub fn of(path: &Path) -> Result<Self, ParseFormatError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("html" | "htm") => Ok(Self::Html),
            Some("pdf") => Ok(Self::Pdf),
            Some("xlsx") => Ok(Self::Xlsx),
            Some("docx") => Ok(Self::Docx),
            Some("md" | "markdown") => Ok(Self::Markdown),
            _ => Err(ParseFormatError(path.display().to_string())),
        }
    }
}
