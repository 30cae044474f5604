//! What a section consists of.

use super::Sheet;

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    Bullets(Vec<Vec<Span>>),
    /// A smaller heading.
    Heading(String),
    /// Key figures, each with what it is and what is said beside it.
    Figures(Vec<KeyFigure>),
    /// A table.
    Sheet(Sheet),
    /// A chart; left out where the answer has none of that name.
    Chart {
        /// Its name.
        name: &'static str,
        /// What it shows in words and numbers, for those who cannot see it.
        says: String,
    },
}

/// A run of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Whether it is stressed.
    pub strong: bool,
}

/// A number that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: String,
    /// What is said beside it.
    pub remark: String,
}

/// A chapter of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its name, for links and tests.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What it consists of.
    pub blocks: Vec<Block>,
}

impl Span {
    /// A run of plain text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: false }
    }
}

impl Block {
    /// A paragraph of plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::plain(text)])
    }
}
