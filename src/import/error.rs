//! Why a file cannot be imported.

use super::Format;

/// Why a file cannot be imported; whatever else is odd about it stands in the report.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It is none of the formats that are known.
    #[error(
        "this is no plan that can be imported: known are Microsoft Project XML, Primavera XER, Primavera \
         P6 XML, workbooks (XLSX), and CSV with tables of tasks and risks or lists of issues"
    )]
    Unknown,
    /// A project file in the binary format of the tool.
    #[error(
        "this is a binary file of Microsoft Project or of old Excel: save it as XML in Project (File, Save As, XML \
         Format), or as .xlsx in Excel"
    )]
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
    /// The file is broken, nobody knows where.
    #[error("the {format} is damaged: {message}")]
    Damaged {
        /// What it was read as.
        format: Format,
        /// What is wrong with it.
        message: String,
    },
    /// Tables of which none has columns of tasks or risks.
    #[error(
        "no table of tasks or risks is found: a table of risks needs a probability and an id or title, one of tasks an id \
         or name and durations or predecessors; there is {found}. Say with `--map \"HEADING=FIELD\"` what headings mean"
    )]
    NoTable {
        /// The headings that there are.
        found: String,
    },
    /// A table without estimates and what they became.
    #[error(
        "no table of estimates is found: it needs a column of estimates and one of what they became; there is {found}. Say \
         with `--map \"HEADING=estimate\"` and `--map \"HEADING=actual\"` which they are"
    )]
    NoHistory {
        /// The headings that there are.
        found: String,
    },
    /// Tasks without any date.
    #[error("nothing says when the program starts: no task has a date; give one with `--start 2027-01-11`")]
    NoStart,
    /// A list of issues of which none is left to be done.
    #[error("nothing is left to be done: every issue of the list is done or dropped")]
    NothingLeft,
    /// A list of issues that cannot be read, or makes no forecast.
    #[error(transparent)]
    Issues(#[from] crate::backlog::BacklogError),
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
