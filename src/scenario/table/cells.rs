//! Cells as the values of keys.

use crate::diag::{Diagnostic, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Choice, Many, Quantity, RawDate, Slot, unknown_choice};
use crate::units::DurationText;

/// A bare number, with a decimal comma where the table has them.
pub fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = if decimal_comma { text.replace(',', ".") } else { text.to_owned() };
    text.replace(['_', ' ', '\u{a0}'], "").parse().ok().filter(|number: &f64| number.is_finite())
}

/// How the cells of one table are read.
#[derive(Clone, Copy)]
pub struct CellReader {
    /// Numbers have a decimal comma.
    pub decimal_comma: bool,
}

impl CellReader {
    /// The cell with decimal points, whatever the table has; its length stays the same.
    pub fn with_points(self, cell: &At<String>) -> At<String> {
        if self.decimal_comma { cell.with(cell.value.replace(',', ".")) } else { cell.clone() }
    }

    /// A text.
    pub fn text(self, cell: &At<String>) -> Slot<String> {
        Slot::Given(cell.clone())
    }

    /// A number.
    pub fn number(self, cell: &At<String>, desk: &mut Desk<'_>) -> Slot<f64> {
        match number(&cell.value, self.decimal_comma) {
            Some(number) => Slot::Given(cell.with(number)),
            None => {
                let message = format!("expected a number, found `{}`", cell.value);
                desk.report(code::WRONG_TYPE, cell.place(), message, "");
                Slot::Bad
            }
        }
    }

    /// A quantity; a bare number gets the unit of the row, if it has one.
    pub fn quantity(
        self,
        cell: &At<String>,
        unit: Option<DurationText>,
        desk: &mut Desk<'_>,
    ) -> Slot<Quantity> {
        if let Some(value) = number(&cell.value, self.decimal_comma) {
            let quantity = match unit {
                Some(unit) => Quantity::Duration(DurationText { value, ..unit }),
                None => Quantity::Number(value),
            };
            return Slot::Given(cell.with(quantity));
        }
        let text = if self.decimal_comma { cell.value.replace(',', ".") } else { cell.value.clone() };
        match Quantity::parse(&text) {
            Ok(quantity) => Slot::Given(cell.with(quantity)),
            Err((message, help)) => {
                desk.report(code::BAD_QUANTITY, cell.place(), message, &help);
                Slot::Bad
            }
        }
    }

    /// A date.
    pub fn date(self, cell: &At<String>, desk: &mut Desk<'_>) -> Slot<RawDate> {
        match RawDate::parse(&cell.value).ok().filter(|date| date.is_in_range()) {
            Some(date) => Slot::Given(cell.with(date)),
            None => {
                let message = format!("`{}` is not a date", cell.value);
                let help =
                    "write year, month and day, such as 2027-01-11; in Excel format the column as yyyy-mm-dd";
                desk.report(code::BAD_DATE, cell.place(), message, help);
                Slot::Bad
            }
        }
    }

    /// A yes or no.
    pub fn flag(self, cell: &At<String>, desk: &mut Desk<'_>) -> Slot<bool> {
        let flag = match cell.value.to_lowercase().as_str() {
            "true" | "yes" | "x" | "1" => true,
            "false" | "no" | "0" => false,
            _ => {
                let problem =
                    Diagnostic::new(code::WRONG_TYPE, format!("expected yes or no, found `{}`", cell.value));
                desk.problems
                    .push(problem.at_place(cell.place(), "").help("write `yes`, `no`, `true` or `false`"));
                return Slot::Bad;
            }
        };
        Slot::Given(cell.with(flag))
    }

    /// One of several words, in any case.
    pub fn choice<T: Choice>(self, cell: &At<String>, desk: &mut Desk<'_>) -> Slot<T> {
        match T::from_word(&cell.value.to_lowercase()) {
            Some(choice) => Slot::Given(cell.with(choice)),
            None => {
                desk.problems.push(unknown_choice::<T>(&cell.value, cell.place()));
                Slot::Bad
            }
        }
    }

    /// Several texts, separated by semicolons, or by commas where there is no semicolon.
    pub fn list(self, cell: &At<String>) -> Vec<At<String>> {
        let separator = if cell.value.contains(';') || self.decimal_comma { ';' } else { ',' };
        cell.value
            .split(separator)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| inside(cell, part))
            .collect()
    }

    /// Several texts as a list.
    pub fn many<T>(self, cell: &At<String>) -> Slot<Many<T>>
    where
        At<T>: From<At<String>>,
    {
        Slot::Given(cell.with(Many(self.list(cell).into_iter().map(At::from).collect())))
    }
}

/// A part of a cell with its own place.
fn inside(cell: &At<String>, part: &str) -> At<String> {
    let offset = part.as_ptr() as usize - cell.value.as_ptr() as usize;
    let place = cell.place.clone().map(|mut place| {
        // Doubled quotes make the file longer than the value: then the whole cell is marked.
        if place.end - place.start == cell.value.len() {
            place.start += offset;
            place.end = place.start + part.len();
        }
        place
    });
    At { value: part.to_owned(), place }
}
