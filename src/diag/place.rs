//! A place in a file.

use std::ops::Range;

use super::FileId;

/// A byte range in one of the files of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte of the range.
    pub start: usize,
    /// End of the range (exclusive).
    pub end: usize,
}

impl Place {
    /// A byte range in a file.
    #[must_use]
    pub fn new(file: FileId, span: Range<usize>) -> Self {
        Self { file, start: span.start, end: span.end }
    }

    /// The byte range.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}
