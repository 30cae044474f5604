//! Tables for readers.

use jiff::civil::Date;

use crate::report::Cell;

/// A table whose values are already written for readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, as long as there are columns.
    pub rows: Vec<Vec<Shown>>,
    /// What is said below it.
    pub note: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading, with the unit.
    pub heading: String,
    /// Whether it holds words, which are aligned left; numbers and dates are aligned right.
    pub words: bool,
}

/// A value as it is shown, and by what it is sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// The value behind it.
    pub value: Cell,
}

impl Sheet {
    /// An empty table; headings that begin with `<` are those of words.
    #[must_use]
    pub fn new(caption: impl Into<String>, headings: &[&str]) -> Self {
        let column = |heading: &&str| Column {
            heading: heading.trim_start_matches('<').to_owned(),
            words: heading.starts_with('<'),
        };
        Self {
            caption: caption.into(),
            columns: headings.iter().map(column).collect(),
            rows: Vec::new(),
            note: None,
        }
    }

    /// The same without the columns in which nothing is known of any row.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let is_empty = |at: usize| self.rows.iter().all(|row| row[at].value == Cell::Empty);
        let empty: Vec<bool> = (0..self.columns.len()).map(is_empty).collect();
        if self.rows.is_empty() {
            return self;
        }
        let mut kept = empty.iter();
        self.columns.retain(|_| kept.next() == Some(&false));
        for row in &mut self.rows {
            let mut kept = empty.iter();
            row.retain(|_| kept.next() == Some(&false));
        }
        self
    }

    /// The same with a remark below.
    #[must_use]
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

impl Shown {
    /// Words.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value: Cell::Text(text.clone()), text }
    }

    /// Nothing is known.
    #[must_use]
    pub fn nothing() -> Self {
        Self { text: "-".to_owned(), value: Cell::Empty }
    }

    /// A number as written by a locale.
    #[must_use]
    pub fn number(value: f64, text: String) -> Self {
        Self { text, value: Cell::Number(value) }
    }

    /// A day as written by a locale.
    #[must_use]
    pub fn date(date: Date, text: String) -> Self {
        Self { text, value: Cell::Date(date) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_any_value_is_left_out() {
        let mut sheet = Sheet::new("", &["<Name", "Target", "Finish"]);
        for name in ["a", "b"] {
            sheet.rows.push(vec![Shown::words(name), Shown::nothing(), Shown::number(1.0, "1".into())]);
        }
        let sheet = sheet.without_empty_columns();
        let headings: Vec<_> = sheet.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!((headings, sheet.rows[1].len()), (vec!["Name", "Finish"], 2));
    }
}
