//! A table of named columns: what CSV files and sheets are made of.

use jiff::civil::Date;

/// A named table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The name; the file is called after it.
    pub name: &'static str,
    /// The headers; they name units.
    pub columns: Vec<String>,
    /// The rows, as long as the headers.
    pub rows: Vec<Vec<Cell>>,
}

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known; not the same as zero.
    Empty,
    /// A text.
    Text(String),
    /// A date.
    Date(Date),
    /// A whole number.
    Integer(i64),
    /// A number that is already rounded.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Self::Number(number as f64), Self::Integer)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
