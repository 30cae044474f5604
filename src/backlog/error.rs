//! Why a list of issues cannot be read.

use crate::dist::PaceError;

/// Why a list of issues cannot be read; whatever else is odd about it stands in its notes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BacklogError {
    /// Nothing stands in it.
    #[error("there is nothing in it")]
    Empty,
    /// A quote is opened and never closed, and hides much of the file.
    #[error("line {line}: a quote is opened here and never closed")]
    OpenQuote {
        /// Where, counted from 1.
        line: u64,
    },
    /// It asks for more than a reader should give.
    #[error("there are {what}, more than the {most} that are read")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// The most that is read.
        most: usize,
    },
    /// Columns without which nothing can be told.
    #[error("no column says {what}; the columns are {columns}")]
    NoColumn {
        /// What no column says.
        what: &'static str,
        /// The columns that there are.
        columns: String,
    },
    /// A column that is named and is not there.
    #[error("there is no column `{name}`; the columns are {columns}")]
    UnknownColumn {
        /// The name.
        name: String,
        /// The columns that there are.
        columns: String,
    },
    /// A meaning that no column can have.
    #[error("`{0}` is nothing that a column can say; known are {known}", known = super::field_names().join(", "))]
    UnknownField(String),
    /// Dates that could be read in two ways.
    #[error(
        "line {line}: `{text}` may begin with the day or with the month, and no other date of the file tells"
    )]
    AmbiguousDates {
        /// Where, counted from 1.
        line: u64,
        /// Such a date.
        text: String,
    },
    /// Dates of which some can only begin with the day and others only with the month.
    #[error(
        "dates are written in two ways: line {day_first} can only begin with the day, line {month_first} only with the month"
    )]
    MixedDates {
        /// A line with a date that begins with the day.
        day_first: u64,
        /// A line with a date that begins with the month.
        month_first: u64,
    },
    /// No issue of the list is asked for.
    #[error("no issue of the list belongs to `{0}`")]
    NothingThere(String),
    /// A cell of a table of weeks is no number.
    #[error("line {line}: `{text}` is no number of items that a week can finish")]
    BadCount {
        /// Where, counted from 1.
        line: u64,
        /// What stands there.
        text: String,
    },
    /// Nothing was finished on a known date.
    #[error("no issue has a date on which it was finished")]
    NothingFinished,
    /// A date asked for lies before there was anything.
    #[error("no week before {0} is complete: the history begins later")]
    NoHistory(jiff::civil::Date),
    /// The history makes no pace, or the items no forecast.
    #[error(transparent)]
    Pace(#[from] PaceError),
}
