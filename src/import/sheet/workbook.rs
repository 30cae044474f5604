//! Workbooks as grids.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::{Date, DateTime};
use zip::ZipArchive;

use super::csv::MOST_CELLS;
use super::{Grid, Row, Value};
use crate::import::{Format, ImportError};

/// How large a workbook may be when unpacked, in bytes.
const MOST_BYTES: u64 = 256 << 20;
/// How many files it may hold.
const MOST_FILES: usize = 10_000;
/// How many columns are read.
const MOST_COLUMNS: usize = 1_000;
/// How many sheets are read.
const MOST_SHEETS: usize = 200;

/// The sheets of a workbook that people see.
///
/// Sizes are limited before anything is parsed: what a file claims to hold is not believed, but unpacked and counted.
///
/// # Errors
/// [`ImportError`] if it is no workbook, is protected by a password, is damaged or is larger than what is read.
pub(in crate::import) fn workbook_grids(bytes: &[u8]) -> Result<Vec<Grid>, ImportError> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut grids = Vec::new();
    let mut cells = 0;
    for sheet in &sheets {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if grids.len() == MOST_SHEETS {
            return Err(ImportError::TooMuch { what: format!("{} sheets", sheets.len()), most: MOST_SHEETS });
        }
        let mut grid = Grid { name: sheet.name.clone(), ..Grid::default() };
        if sheet.visible == SheetVisible::Visible {
            fill(&mut book, &mut grid, &mut cells)?;
        } else {
            grid.lost.push((sheet.name.clone(), "the sheet is hidden".to_owned()));
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// Refuses what unpacks to more than is read.
fn measure(bytes: &[u8]) -> Result<(), ImportError> {
    let damaged = |error: zip::result::ZipError| ImportError::Damaged {
        format: Format::Workbook,
        message: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err(ImportError::TooMuch {
            what: format!("{} files in it", archive.len()),
            most: MOST_FILES,
        });
    }
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(damaged)?;
        let mut file = file.take(left + 1);
        let copied = std::io::copy(&mut file, &mut std::io::sink())
            .map_err(|error| ImportError::Damaged { format: Format::Workbook, message: error.to_string() })?;
        left = left.checked_sub(copied).ok_or_else(|| ImportError::TooMuch {
            what: "too many bytes when unpacked".to_owned(),
            most: MOST_BYTES as usize,
        })?;
    }
    Ok(())
}

fn broken(error: &XlsxError) -> ImportError {
    let message = match error {
        XlsxError::Password => "it is protected by a password".to_owned(),
        other => other.to_string(),
    };
    ImportError::Damaged { format: Format::Workbook, message }
}

/// Reads one sheet.
fn fill(book: &mut Xlsx<Cursor<&[u8]>>, grid: &mut Grid, count: &mut usize) -> Result<(), ImportError> {
    let name = grid.name.clone();
    let mut rows: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
    let formulas = formulas(book, &name)?;
    let mut beyond = 0_usize;
    {
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
        let styles: Vec<bool> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| is_share(&format.format_code)))
            .collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let mut value = value(cell.get_value(), styles.get(style).copied().unwrap_or(false));
            if value.is_empty() && formulas.contains(&(row, column)) {
                value = Value::Error("a formula without a stored value".to_owned());
            }
            if value.is_empty() {
                continue;
            }
            let column = column as usize;
            if column >= MOST_COLUMNS {
                beyond += 1;
                continue;
            }
            put(rows.entry(row).or_default(), column, value, count)?;
        }
    }
    if beyond > 0 {
        grid.lost.push((name.clone(), format!("{beyond} cells stand beyond column {MOST_COLUMNS}")));
    }
    merge(book, &name, &mut rows, count)?;
    let rows = rows.into_iter().map(|(at, cells)| Row { number: at as usize + 1, cells });
    grid.rows = rows.filter(|row| !row.is_empty()).collect();
    Ok(())
}

/// Puts a value into a row; the cells before it count, because they take memory as well.
fn put(cells: &mut Vec<Value>, column: usize, value: Value, count: &mut usize) -> Result<(), ImportError> {
    if cells.len() <= column {
        *count += column + 1 - cells.len();
        if *count > MOST_CELLS {
            return Err(ImportError::TooMuch { what: "too many cells".to_owned(), most: MOST_CELLS });
        }
        cells.resize(column + 1, Value::Empty);
    }
    cells[column] = value;
    Ok(())
}

/// Where formulas stand.
fn formulas(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeSet<(u32, u32)>, ImportError> {
    let mut found = BTreeSet::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    while let Some(cell) = reader.next_formula().map_err(|error| broken(&error))? {
        if !cell.get_value().is_empty() {
            found.insert(cell.get_position());
        }
        if found.len() > MOST_CELLS {
            return Err(ImportError::TooMuch { what: "too many formulas".to_owned(), most: MOST_CELLS });
        }
    }
    Ok(found)
}

/// What merged cells show stands in each of them that is in a row with other cells.
fn merge(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    rows: &mut BTreeMap<u32, Vec<Value>>,
    count: &mut usize,
) -> Result<(), ImportError> {
    let regions = book.merge_cells_by_sheet_name(name).map_err(|error| broken(&error))?;
    for region in regions {
        let ((top, left), (bottom, right)) = (region.start, region.end);
        if top > bottom || left > right || right as usize >= MOST_COLUMNS {
            continue;
        }
        let shown = rows.get(&top).and_then(|row| row.get(left as usize)).cloned().unwrap_or_default();
        if shown.is_empty() {
            continue;
        }
        let below: Vec<u32> = rows.range(top..=bottom).map(|(&at, _)| at).collect();
        for at in below {
            for column in left..=right {
                // Each visit counts, so that regions over each other cannot take for ever.
                *count += 1;
                let Some(cells) = rows.get_mut(&at) else { continue };
                let is_free = cells.get(column as usize).is_none_or(Value::is_empty);
                if is_free {
                    put(cells, column as usize, shown.clone(), count)?;
                } else if *count > MOST_CELLS {
                    return Err(ImportError::TooMuch {
                        what: "too many merged cells".to_owned(),
                        most: MOST_CELLS,
                    });
                }
            }
        }
    }
    Ok(())
}

/// Whether a number format shows percentages: a sign outside quotes.
fn is_share(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for letter in format.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

fn value(value: &DataRef<'_>, is_share: bool) -> Value {
    let number = |number: f64| match (number.is_finite(), is_share) {
        (false, _) => Value::Error(number.to_string()),
        (true, true) => Value::Share(number),
        (true, false) => Value::Number(number),
    };
    match value {
        DataRef::Empty => Value::Empty,
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(float) => number(*float),
        DataRef::String(text) => Value::of_text(text),
        DataRef::SharedString(text) => Value::of_text(text),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(at) => instant(at).map_or_else(|| Value::Error(at.to_string()), Value::Date),
        DataRef::DateTimeIso(text) => {
            let parsed = text.parse().ok().or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)));
            parsed.map_or_else(|| Value::of_text(text), Value::Date)
        }
        DataRef::DurationIso(text) => Value::of_text(text),
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

/// A date by its serial number; minutes are rounded, because clocks are stored as fractions of a day.
fn instant(at: &ExcelDateTime) -> Option<DateTime> {
    if !at.is_datetime() || !(0.0..3_000_000.0).contains(&at.as_f64()) {
        return None;
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let time = date.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
    let round = if second >= 30 { 1 } else { 0 };
    time.checked_add(jiff::Span::new().minutes(round)).ok()
}
