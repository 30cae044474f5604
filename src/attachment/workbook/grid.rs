//! Tables on sheets.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::formats::{Formats, Kind};
use crate::report::{Cell, Table};

/// The most characters that a cell can hold.
const LONGEST: usize = 32_767;
/// How wide columns of words are at most, in characters.
const WIDEST: usize = 60;

/// Writes a table from a row on; its columns are as wide as they need. Returns the row behind it.
pub(super) fn table(
    sheet: &mut Worksheet,
    from: u32,
    table: &Table,
    (formats, currency): (&Formats, &str),
) -> Result<u32, XlsxError> {
    let kinds: Vec<Kind> = table.columns.iter().map(|name| Kind::of(name, currency)).collect();
    for (at, name) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(from, at, heading(name), &formats.head)?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let longest = cells.map(|cell| length(cell, kinds[usize::from(at)])).max().unwrap_or(0);
        let wide =
            longest.max(heading(name).split(' ').map(str::len).max().unwrap_or(0) + 2).clamp(9, WIDEST);
        sheet.set_column_width(at, wide as f64 + 1.0)?;
    }
    let mut row = from + 1;
    for cells in &table.rows {
        for ((at, cell), kind) in (0_u16..).zip(cells).zip(&kinds) {
            write(sheet, (row, at), cell, *kind, formats)?;
        }
        row += 1;
    }
    Ok(row)
}

/// Writes a value; nothing stays nothing.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: Kind,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = formats.of(kind);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let text: String = text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, column, text, formats.of(Kind::Words))?;
        }
        Cell::Date(date) => match day(*date) {
            Some(day) => drop(sheet.write_datetime_with_format(row, column, &day, formats.of(Kind::Date))?),
            // The format knows no day before 1900.
            None => drop(sheet.write_string(row, column, date.to_string())?),
        },
        Cell::Integer(number) => drop(sheet.write_number_with_format(row, column, *number as f64, format)?),
        Cell::Number(number) => drop(sheet.write_number_with_format(row, column, *number, format)?),
    }
    Ok(())
}

/// A day as the format counts them.
pub(super) fn day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

/// The name of a column for people.
pub(super) fn heading(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let is_level = word
            .strip_prefix('p')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
        if is_level || matches!(word, "ssi" | "id" | "npv" | "irr" | "roi" | "bcr" | "evm" | "eac") {
            word.to_uppercase()
        } else {
            word.to_owned()
        }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// About how many characters a value takes.
fn length(cell: &Cell, kind: Kind) -> usize {
    match (cell, kind) {
        (Cell::Empty, _) => 0,
        (Cell::Text(text), _) => text.chars().count(),
        (Cell::Date(_), _) => 12,
        (Cell::Integer(number), _) => crate::report::grouped(*number as f64, 0).len() + 1,
        (Cell::Number(number), Kind::Money | Kind::Count) => crate::report::grouped(*number, 0).len() + 1,
        (Cell::Number(_), _) => 9,
    }
}
