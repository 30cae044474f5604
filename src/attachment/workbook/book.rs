//! The workbook.

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::formats::{Formats, Kind};
use super::{charts, curve, grid, summary};
use crate::attachment::{AttachmentError, Contents};
use crate::dossier::Explorer;
use crate::export::{iteration_columns, iteration_rows};
use crate::report::{Cell, Table, analysis_tables, progress_tables, purchase_tables, tables};

/// The most rows that Excel opens, without the headings.
const MOST_ROWS: usize = 1_048_575;

/// The document as a workbook.
pub(in crate::attachment) fn book(contents: &Contents<'_>) -> Result<Vec<u8>, AttachmentError> {
    made(contents).map_err(|error| AttachmentError::Write { format: "workbook", why: error.to_string() })
}

fn made(contents: &Contents<'_>) -> Result<Vec<u8>, XlsxError> {
    let (dossier, sources) = (contents.dossier, contents.sources);
    let formats = Formats::new();
    let currency = sources.report().currency;
    let mut book = Workbook::new();
    // Without a clock the same answer gives the same bytes.
    let day = dossier.dated.and_then(grid::day).or_else(|| grid::day(sources.report().start));
    let mut properties = DocProperties::new().set_title(&dossier.title).set_author("p80");
    if let Some(day) = day {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    book.add_worksheet().set_name(summary::NAME)?;

    let mut all = tables(sources.report());
    all.extend(analysis_tables(sources.analysis));
    all.extend(sources.purchase.iter().flat_map(|purchase| purchase_tables(purchase)));
    all.extend(sources.progress.iter().flat_map(|progress| progress_tables(progress)));
    let mut histogram = None;
    if let Some(table) = all.iter_mut().find(|table| table.name == "cashflow") {
        *table = by_part(table);
    }
    for table in &all {
        let name = grid::heading(table.name);
        let sheet = book.add_worksheet().set_name(&name)?;
        filled(sheet, table, &formats, currency.code())?;
        match table.name {
            "contribution" => contribution(sheet, table, &name)?,
            "tornado-finish" | "tornado-cost" => tornado(sheet, table, &name)?,
            "cashflow" => cash_flow(sheet, table, &name)?,
            "histogram" => histogram = Some((table, name.clone())),
            _ => {}
        }
    }
    let fine = Explorer::fine(sources, dossier.locale);
    let extent = curve::sheet(&mut book, &fine, sources, &formats)?;
    if let Some(columns) = contents.iterations {
        let names = iteration_columns(columns, sources.program);
        let sheet = book.add_worksheet().set_name("Iterations")?;
        let kinds: Vec<Kind> = names.iter().map(|name| Kind::of(name, currency.code())).collect();
        for (at, name) in (0_u16..).zip(&names) {
            sheet.write_string_with_format(0, at, name, &formats.head)?;
            sheet.set_column_width(at, 16.0)?;
        }
        for (row, cells) in (1_u32..).zip(iteration_rows(columns, sources.program).take(MOST_ROWS)) {
            for ((at, cell), kind) in (0_u16..).zip(&cells).zip(&kinds) {
                grid::write(sheet, (row, at), cell, *kind, &formats)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
    }
    manifest(&mut book, contents, &formats)?;
    summary::fill(&mut book, contents, (&fine, &extent), &formats)?;
    if let Some((table, name)) = histogram {
        charts::confidence(book.worksheet_from_name(summary::NAME)?, contents, table, &name)?;
    }
    book.save_to_buffer()
}

/// A sheet with one table: its headings stay in sight, its rows can be filtered.
fn filled(sheet: &mut Worksheet, table: &Table, formats: &Formats, currency: &str) -> Result<(), XlsxError> {
    grid::table(sheet, 0, table, (formats, currency))?;
    sheet.set_row_height(0, 48.0)?;
    sheet.set_freeze_panes(1, 1)?;
    if !table.rows.is_empty() && !table.columns.is_empty() {
        sheet.autofilter(0, 0, table.rows.len() as u32, table.columns.len() as u16 - 1)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn position(table: &Table, name: &str) -> Option<u16> {
    table.columns.iter().position(|column| column == name).and_then(|at| u16::try_from(at).ok())
}

fn contribution(sheet: &mut Worksheet, table: &Table, name: &str) -> Result<(), XlsxError> {
    let Some((label, value)) = position(table, "title").zip(position(table, "finish_share_days")) else {
        return Ok(());
    };
    let at = (table.rows.len() as u32 + 3, 0);
    charts::largest(sheet, (name, table), (label, value), ("Share of the contingency, days", at))
}

fn tornado(sheet: &mut Worksheet, table: &Table, name: &str) -> Result<(), XlsxError> {
    let starting = |start: &str| {
        let at = table.columns.iter().position(|column| column.starts_with(start));
        at.and_then(|at| u16::try_from(at).ok())
    };
    let columns = position(table, "name").zip(starting("mean_low")).zip(starting("mean_high"));
    let Some(((label, low), high)) = columns else { return Ok(()) };
    let last = table.rows.len().min(15) as u32;
    if last == 0 {
        return Ok(());
    }
    let title = match table.name {
        "tornado-finish" => "Finish when an input is low or high, days from the average",
        _ => "Cost when an input is low or high, from the average",
    };
    let at = (table.rows.len() as u32 + 3, 0);
    charts::tornado(sheet, name, (label, low, high), (1, last), (title, at))
}

/// The rows of each part of the cash flow together, in the order in which the parts first come.
fn by_part(table: &Table) -> Table {
    let (part, category) = (position(table, "part"), position(table, "category"));
    let key =
        |row: &Vec<Cell>| [part, category].map(|at| at.and_then(|at| row.get(usize::from(at)).cloned()));
    let mut keys: Vec<_> = Vec::new();
    for row in &table.rows {
        if !keys.contains(&key(row)) {
            keys.push(key(row));
        }
    }
    let mut rows = table.rows.clone();
    rows.sort_by_key(|row| keys.iter().position(|known| *known == key(row)));
    Table { name: table.name, columns: table.columns.clone(), rows }
}

fn cash_flow(sheet: &mut Worksheet, table: &Table, name: &str) -> Result<(), XlsxError> {
    let part = position(table, "part").map(usize::from);
    let is_cost =
        |row: &&Vec<Cell>| part.is_none_or(|at| row.get(at) == Some(&Cell::Text("cost".to_owned())));
    let count = table.rows.iter().take_while(is_cost).count();
    let starting = |start: &str| {
        let at = table.columns.iter().position(|column| column.starts_with(start));
        at.and_then(|at| u16::try_from(at).ok())
    };
    let columns = position(table, "period").zip(starting("p50_")).zip(starting("cumulative_p80"));
    let Some(((period, within), sum)) = columns.filter(|_| count > 0) else { return Ok(()) };
    let at = (1, table.columns.len() as u16 + 1);
    charts::cash_flow(sheet, name, (period, within, sum), (1, count as u32), at)
}

/// What the numbers are a function of, with the record by which they are verified.
fn manifest(book: &mut Workbook, contents: &Contents<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name("Manifest")?;
    let manifest = &contents.dossier.manifest;
    let mut rows = vec![
        ("Program".to_owned(), format!("p80 {}", manifest.p80_version)),
        ("Version of the random streams".to_owned(), manifest.stream_version.to_string()),
        ("Seed".to_owned(), manifest.seed.to_string()),
        ("Iterations".to_owned(), manifest.iterations.to_string()),
        ("Sampling".to_owned(), manifest.sampler.clone()),
        ("Variant".to_owned(), manifest.variant.clone().unwrap_or_default()),
        ("Status date".to_owned(), manifest.status.clone().unwrap_or_default()),
        ("SHA-256 over all inputs".to_owned(), manifest.inputs_sha256.clone()),
    ];
    rows.extend(
        manifest.inputs.iter().map(|input| (format!("SHA-256 of {}", input.name), input.sha256.clone())),
    );
    rows.push(("Record for p80 verify".to_owned(), contents.dossier.record().encoded()));
    sheet.set_column_width(0, 34.0)?.set_column_width(1, 70.0)?;
    for (row, (label, value)) in (0_u32..).zip(rows.iter().filter(|(_, value)| !value.is_empty())) {
        sheet.write_string_with_format(row, 0, label, &formats.label)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}
