//! The sheet that answers are looked up in: the probability of every day and of many budgets.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::formats::{Formats, Kind};
use super::grid;
use crate::dossier::{Explorer, Sources};
use crate::report::{Cell, Table};
use crate::units::{Instant, Money};

/// The name of the sheet.
pub(super) const SHEET: &str = "Curve";

/// How far the columns of days and of budgets reach: the numbers of their last rows, 1 being the heading.
pub(super) struct Extent {
    pub(super) dates: u32,
    pub(super) budgets: u32,
}

pub(super) fn sheet(
    book: &mut Workbook,
    curve: &Explorer,
    sources: Sources<'_>,
    formats: &Formats,
) -> Result<Extent, XlsxError> {
    let currency = sources.report().currency;
    let columns = ["finish_date", "finish_probability"].map(String::from).to_vec();
    let date = |at: i64| Instant(at.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32).finish_date();
    let rows =
        curve.dates.iter().map(|mark| vec![Cell::Date(date(mark.at)), Cell::Number(mark.chance.probability)]);
    let dates = Table { name: "curve", columns, rows: rows.collect() };
    let sheet = book.add_worksheet().set_name(SHEET)?;
    grid::table(sheet, 0, &dates, (formats, currency.code()))?;
    if !curve.budgets.is_empty() {
        let names = [format!("budget_{currency}"), "budget_probability".to_owned()];
        for (at, name) in (3_u16..).zip(&names) {
            sheet.write_string_with_format(0, at, grid::heading(name), &formats.head)?;
            sheet.set_column_width(at, 18.0)?;
        }
        for (row, mark) in (1_u32..).zip(&curve.budgets) {
            let amount = Cell::Number(currency.major(Money(mark.at)));
            grid::write(sheet, (row, 3), &amount, Kind::Money, formats)?;
            grid::write(sheet, (row, 4), &Cell::Number(mark.chance.probability), Kind::Share, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(Extent { dates: curve.dates.len() as u32 + 1, budgets: curve.budgets.len() as u32 + 1 })
}
