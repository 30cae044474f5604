//! XER: tables of rows, tab by tab.

use std::collections::BTreeMap;

use crate::import::ImportError;
use crate::import::mspdi::instant;
use crate::units::Instant;

/// The most rows that a file may have.
const MOST_ROWS: usize = 4_000_000;

/// A table of a file; values borrow from its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<'a> {
    columns: BTreeMap<&'a str, usize>,
    rows: Vec<Vec<&'a str>>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t, 'a> {
    columns: &'t BTreeMap<&'a str, usize>,
    values: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|values| Row { columns: &self.columns, values })
    }
}

impl<'a> Row<'_, 'a> {
    /// The value of a column; [`None`] where it is empty or absent.
    pub fn get(&self, column: &str) -> Option<&'a str> {
        let at = *self.columns.get(column)?;
        self.values.get(at).copied().map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of a column as text of its own.
    pub fn text(&self, column: &str) -> String {
        self.get(column).unwrap_or_default().to_owned()
    }

    /// A finite number; some exports write a decimal comma.
    pub fn number(&self, column: &str) -> Option<f64> {
        let text = self.get(column)?;
        let number: Option<f64> = text.parse().ok().or_else(|| text.replace(',', ".").parse().ok());
        number.filter(|number| number.is_finite())
    }

    /// A date.
    pub fn date(&self, column: &str) -> Option<Instant> {
        self.get(column).and_then(instant)
    }

    /// Whether a flag is set.
    pub fn flag(&self, column: &str) -> bool {
        self.get(column) == Some("Y")
    }
}

/// The wanted tables of a file, by name.
pub(super) fn tables<'a>(
    text: &'a str,
    wanted: &[&str],
) -> Result<BTreeMap<&'a str, Table<'a>>, ImportError> {
    let mut tables: BTreeMap<&str, Table<'a>> = BTreeMap::new();
    let mut current: Option<&str> = None;
    let mut rows = 0;
    for record in records(text) {
        let mut parts = record.split('\t');
        match parts.next() {
            Some("%T") => {
                let name = parts.next().unwrap_or_default().trim();
                current = wanted.contains(&name).then_some(name);
                if let Some(name) = current {
                    tables.entry(name).or_default();
                }
            }
            Some("%F") => {
                if let Some(table) = current.and_then(|name| tables.get_mut(name)) {
                    table.columns = parts.map(str::trim).enumerate().map(|(at, name)| (name, at)).collect();
                }
            }
            Some("%R") => {
                if let Some(table) = current.and_then(|name| tables.get_mut(name)) {
                    rows += 1;
                    if rows > MOST_ROWS {
                        return Err(ImportError::TooMuch { what: "rows".to_owned(), most: MOST_ROWS });
                    }
                    table.rows.push(parts.collect());
                }
            }
            _ => {}
        }
    }
    Ok(tables)
}

/// The lines of a file, rows with all lines of the texts in them.
fn records(text: &str) -> Vec<&str> {
    let mut records: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r']) {
        let end = start + line.len();
        match records.last_mut() {
            Some(row) if !line.starts_with('%') && text[row.clone()].starts_with("%R\t") => {
                if !line.trim().is_empty() {
                    row.end = end;
                }
            }
            _ => records.push(start..end),
        }
        start = end + 1;
    }
    records.into_iter().map(|record| &text[record]).collect()
}
