//! Tables as CSV that Excel opens by double click.

use crate::report::{Cell, Table};

/// How a CSV file separates fields and writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvStyle {
    /// Between fields: `,`, `;` or a tab.
    pub separator: u8,
    /// Whether numbers have a decimal comma (European Excel).
    pub decimal_comma: bool,
    /// Whether the file begins with a byte-order mark, by which Excel knows UTF-8.
    pub byte_order_mark: bool,
}

impl CsvStyle {
    /// The style that goes with a separator: a semicolon brings the decimal comma.
    #[must_use]
    pub fn for_separator(separator: u8) -> Self {
        Self { separator, decimal_comma: separator == b';', byte_order_mark: true }
    }
}

impl Default for CsvStyle {
    fn default() -> Self {
        Self::for_separator(b',')
    }
}

/// A table as CSV: UTF-8, CRLF, ISO dates, plain numbers, empty cells for what is not known.
#[must_use]
pub fn to_csv(table: &Table, style: CsvStyle) -> Vec<u8> {
    let start = if style.byte_order_mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(style.separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start);
    let written = writer.write_record(&table.columns).and_then(|()| {
        table.rows.iter().try_for_each(|row| writer.write_record(row.iter().map(|cell| field(cell, style))))
    });
    written.expect("rows are as long as the header, and writing to memory does not fail");
    writer.into_inner().expect("writing to memory does not fail")
}

pub(super) fn field(cell: &Cell, style: CsvStyle) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Date(date) => date.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) if style.decimal_comma => number.to_string().replace('.', ","),
        Cell::Number(number) => number.to_string(),
    }
}

/// A text that a spreadsheet does not take for a formula: it would execute `=cmd()` in a task's name.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "example",
            columns: vec!["name".into(), "share".into()],
            rows: vec![vec!["=cmd()".into(), 0.25.into()], vec!["a \"b\", c; d".into(), Cell::Empty]],
        }
    }

    #[test]
    fn a_file_opens_in_excel_and_executes_nothing() {
        let text = String::from_utf8(to_csv(&table(), CsvStyle::default())).unwrap();
        assert_eq!(text, "\u{feff}name,share\r\n'=cmd(),0.25\r\n\"a \"\"b\"\", c; d\",\r\n");
    }

    #[test]
    fn a_semicolon_brings_the_decimal_comma() {
        let text = String::from_utf8(to_csv(&table(), CsvStyle::for_separator(b';'))).unwrap();
        assert!(text.contains("'=cmd();0,25\r\n"), "{text}");
    }
}
