//! A workbook to fill in, which the import reads.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use super::blank_sheets::{Column, Example, SHEETS, Sheet, Takes};
use super::formats::Formats;
use crate::attachment::AttachmentError;

/// How many rows are prepared for people to fill in.
const ROWS: u32 = 500;

/// A workbook with a sheet for the program, its tasks, links, risks, calendars and scales: headings with notes,
/// drop-downs where a cell takes one of some words, and an example in the first rows.
///
/// # Errors
/// [`AttachmentError::Write`] if the library that writes workbooks refuses.
///
/// ```
/// let bytes = p80::attachment::blank_workbook()?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), p80::attachment::AttachmentError>(())
/// ```
pub fn blank_workbook() -> Result<Vec<u8>, AttachmentError> {
    made().map_err(|error| AttachmentError::Write { format: "workbook", why: error.to_string() })
}

fn made() -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    // Without a clock it is the same file every time.
    let day = ExcelDateTime::from_ymd(2027, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title("Program").set_author("p80").set_creation_datetime(&day),
    );
    for sheet in &SHEETS {
        let page = book.add_worksheet().set_name(sheet.name)?;
        fill(page, sheet, &formats)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_row_height(0, 34.0)?;
    for (at, (heading, width, takes, note)) in (0_u16..).zip(sheet.columns) {
        page.write_string_with_format(0, at, *heading, &formats.head)?;
        page.insert_note(0, at, &Note::new(*note).set_width(260).set_height(70).set_author("p80"))?;
        page.set_column_width(at, *width)?;
        page.set_column_format(at, &look(*takes))?;
        if let Some(rule) = rule(*takes) {
            page.add_data_validation(1, at, ROWS, at, &rule)?;
        }
    }
    for (row, cells) in (1_u32..).zip(sheet.rows) {
        // A row is an example from its first column to its last.
        let cells = cells.iter().copied().chain(std::iter::repeat(Example::Empty));
        for ((at, cell), column) in (0_u16..).zip(cells).zip(sheet.columns) {
            put(page, row, at, cell, column, sheet.name)?;
        }
    }
    let last = u16::try_from(sheet.columns.len()).unwrap_or(1) - 1;
    page.autofilter(0, 0, ROWS, last)?;
    // Ids and names stay in sight while the rest moves.
    page.set_freeze_panes(1, if sheet.columns.len() > 8 { 2 } else { 0 })?;
    // Wide sheets are printed on A3, the others on A4.
    let paper = if sheet.columns.len() > 8 { 8 } else { 9 };
    page.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    page.set_margins(0.3, 0.3, 0.5, 0.5, 0.3, 0.3);
    Ok(())
}

fn put(
    page: &mut Worksheet,
    row: u32,
    at: u16,
    cell: Example,
    column: &Column,
    sheet: &str,
) -> Result<(), XlsxError> {
    let example = look(column.2)
        .set_background_color(Color::RGB(0xff_f7_d6))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xd9_d2_b0));
    match cell {
        Example::Empty => page.write_blank(row, at, &example)?,
        Example::Words(words) => page.write_string_with_format(row, at, words, &example)?,
        Example::Number(number) => {
            let is_share = column.0.contains("robability") || (sheet == "Scales" && number < 1.0);
            let shown = if is_share { example.set_num_format("0%") } else { example };
            let shown = if sheet == "Program" { shown.set_num_format("#,##0") } else { shown };
            page.write_number_with_format(row, at, number, &shown)?
        }
        Example::Date(year, month, day) => {
            let date = ExcelDateTime::from_ymd(year, month, day)?;
            page.write_datetime_with_format(row, at, &date, &example.set_num_format(DATE))?
        }
    };
    Ok(())
}

/// With the month in letters no reader takes it for another day.
const DATE: &str = "d mmm yyyy";

/// How the cells of a column look.
fn look(takes: Takes) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    match takes {
        Takes::Words | Takes::OneOf(_) => plain.set_align(FormatAlign::Left).set_indent(1),
        Takes::Days => plain.set_align(FormatAlign::Right),
        Takes::Money => plain.set_num_format("#,##0"),
        Takes::Share => plain.set_num_format("0%"),
        Takes::Date => plain.set_num_format(DATE).set_align(FormatAlign::Right),
    }
}

/// What a cell of a column takes; units may be written behind days, so that nothing is forbidden there.
fn rule(takes: Takes) -> Option<DataValidation> {
    let rule = match takes {
        Takes::OneOf(words) => {
            let list = DataValidation::new().allow_list_strings(words).ok()?;
            return list.set_error_message("Choose one of the words of the list.").ok();
        }
        Takes::Date => {
            let (first, last) =
                (ExcelDateTime::from_ymd(1950, 1, 1).ok()?, ExcelDateTime::from_ymd(2300, 1, 1).ok()?);
            DataValidation::new()
                .allow_date(DataValidationRule::Between(first, last))
                .set_error_message("A date is expected.")
                .ok()?
        }
        Takes::Share => DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(0.0, 1.0))
            .set_error_message("A share between 0 % and 100 % is expected.")
            .ok()?,
        Takes::Words | Takes::Days | Takes::Money => return None,
    };
    Some(rule.set_error_style(DataValidationErrorStyle::Stop))
}
