//! Why a file cannot be imported.

use super::Format;

/// Why a file cannot be imported; whatever else is odd about it stands in the report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It is none of the formats that are known.
    #[error(
        "this is no plan that can be imported: known are Microsoft Project XML, Primavera XER and Primavera P6 XML"
    )]
    Unknown,
    /// A project file in the binary format of the tool.
    #[error("this is a binary Microsoft Project file: save it as XML in Project (File, Save As, XML Format)")]
    Binary,
    /// The text cannot be read as its encoding.
    #[error("the file is not text in {0}: save it again, as UTF-8 where the tool lets you choose")]
    Encoding(String),
    /// The file is broken.
    #[error("the {format} breaks off or is damaged at line {line}: {message}")]
    Broken {
        /// What it was read as.
        format: Format,
        /// Where, counted from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// Entities that define themselves: a trap, and no tool writes them.
    #[error("the file declares its own XML entities, which no project tool does; it is not read")]
    Entities,
    /// It asks for more than a reader should give.
    #[error("the file has {what}, more than the {most} that are read")]
    TooMuch {
        /// What there is too much of.
        what: String,
        /// The most that is read.
        most: usize,
    },
    /// Something without which there is no plan.
    #[error("the {format} has no {what}")]
    Missing {
        /// What it was read as.
        format: Format,
        /// What is missing.
        what: &'static str,
    },
    /// An option that does not fit the file.
    #[error("{0}")]
    Option(String),
}
