//! Values that really happened, listed or in a column of a CSV file.

use super::meter::{Measure, Meter};
use crate::diag::code;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Quantity, RawEmpirical};
use crate::scenario::table::{Sheet, number, scan};
use crate::units::DurationText;

/// The sample values in the meter's unit; `None` if they cannot be used, which is reported.
pub fn samples(at: &At<RawEmpirical>, meter: &mut Meter, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let raw = &at.value;
    let quantities: Vec<At<Quantity>> = match (raw.values.at(), raw.csv.at()) {
        (Some(values), None) => values.value.clone(),
        (None, Some(name)) => column(raw, name, meter, desk)?,
        (Some(_), Some(csv)) => {
            desk.report(
                code::CONFLICTING_KEYS,
                csv.place(),
                "`values` and `csv` exclude each other",
                "keep one",
            );
            return None;
        }
        (None, None) => {
            if raw.values.is_absent() && raw.csv.is_absent() {
                let message = "the estimate has neither `values` nor `csv`";
                desk.report(code::MISSING_KEY, at.place(), message, "list the values, or name a CSV file");
            }
            return None;
        }
    };
    let values: Vec<f64> = quantities.iter().filter_map(|quantity| meter.read(quantity, desk)).collect();
    if quantities.is_empty() {
        desk.report(code::BAD_SAMPLES, at.place(), "there are no sample values", "");
        return None;
    }
    (values.len() == quantities.len()).then_some(values)
}

fn column(
    raw: &RawEmpirical,
    name: &At<String>,
    meter: &Meter,
    desk: &mut Desk<'_>,
) -> Option<Vec<At<Quantity>>> {
    let file = desk.open_named(name)?;
    let sheet = match scan(file, desk.sources.text(file)) {
        Ok(sheet) => sheet,
        Err(problem) => {
            desk.problems.push(problem);
            return None;
        }
    };
    let at = find_column(raw, name, &sheet, desk)?;
    let unit = match (meter.measure, raw.unit.at()) {
        (Measure::Duration, Some(unit)) => match format!("1{}", unit.value.trim()).parse::<DurationText>() {
            Ok(unit) => Some(unit),
            Err(_) => {
                let message = format!("`{}` is not a unit of time", unit.value);
                desk.report(
                    code::BAD_QUANTITY,
                    unit.place(),
                    message,
                    "use m, h, d, w or mo, or ed for elapsed days",
                );
                return None;
            }
        },
        _ => None,
    };
    let mut quantities = Vec::new();
    let mut is_good = true;
    for cell in sheet.rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.value.is_empty()) {
        let quantity = match (number(&cell.value, sheet.decimal_comma), unit) {
            (Some(value), Some(unit)) => Ok(Quantity::Duration(DurationText { value, ..unit })),
            (Some(value), None) => Ok(Quantity::Number(value)),
            (None, _) => Quantity::parse(&cell.value),
        };
        match quantity {
            Ok(quantity) => quantities.push(cell.with(quantity)),
            Err((message, help)) => {
                desk.report(code::BAD_SAMPLES, cell.place(), message, &help);
                is_good = false;
            }
        }
    }
    is_good.then_some(quantities)
}

fn find_column(raw: &RawEmpirical, name: &At<String>, sheet: &Sheet, desk: &mut Desk<'_>) -> Option<usize> {
    let columns = || sheet.header.iter().map(|cell| cell.value.as_str());
    match raw.column.at() {
        Some(wanted) => {
            let found = columns().position(|column| column == wanted.value);
            if found.is_none() {
                desk.unknown(code::UNKNOWN_COLUMN, "column", wanted, columns());
            }
            found
        }
        None if sheet.header.len() == 1 => Some(0),
        None => {
            let columns: Vec<String> = columns().map(|column| format!("`{column}`")).collect();
            let message = format!("`{}` has several columns", name.value);
            let help = format!("add `column`: one of {}", columns.join(", "));
            desk.report(code::MISSING_KEY, name.place(), message, &help);
            None
        }
    }
}
