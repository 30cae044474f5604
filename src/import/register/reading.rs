//! The cells of one row by the names of their columns; what cannot be used is noted.

use super::table::{Column, Table};
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::{self, Row, Value};
use crate::scenario::raw::{
    Choice, Quantity, RawDate, RawEstimate, RawLaw, RawPert, RawTriangular, RawUniform,
};
use crate::units::{DurationText, DurationUnit, Instant};

/// One row of a table.
pub(super) struct Reading<'a, 'r> {
    pub table: &'a Table<'a>,
    pub row: &'a Row,
    pub report: &'r mut ImportReport,
}

/// The columns of an estimate: the single value, low, most likely, high.
pub(super) type Points = [&'static str; 4];

impl<'a> Reading<'a, '_> {
    /// A cell in which something stands.
    pub fn cell(&self, field: &str) -> Option<(&'a Column, &'a Value)> {
        let column = self.table.columns.get(field)?;
        Some((column, self.row.cell(column.at))).filter(|(_, value)| !value.is_empty())
    }

    /// Where a cell is.
    pub fn place(&self, field: &str) -> String {
        let column = self.table.columns.get(field).map_or(0, |column| column.at);
        self.table.grid.place(self.row.number, column)
    }

    /// Where the row is.
    pub fn row_place(&self) -> String {
        let first = self.row.cells.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
        self.table.grid.place(self.row.number, first)
    }

    /// Notes a cell that is not as it was in the file, or not there any more.
    pub fn note(&mut self, fate: Fate, field: &str, reason: impl Into<String>) {
        let shown = self.cell(field).map(|(_, value)| value.shown()).unwrap_or_default();
        let place = self.place(field);
        self.report.note(fate, "cell", &place, &shown, reason);
    }

    /// A text; numbers as they are shown.
    pub fn text(&mut self, field: &str) -> Option<String> {
        let (_, value) = self.cell(field)?;
        if let Value::Error(_) = value {
            self.note(Fate::LeftOut, field, "the cell has no usable value");
            return None;
        }
        Some(value.shown()).filter(|text| !text.is_empty())
    }

    /// A number, of money in whole units; a share where one is written.
    pub fn value(&mut self, field: &str) -> Option<Value> {
        let (column, value) = self.cell(field)?;
        let found = match value {
            Value::Number(_) | Value::Share(_) => Some(value.clone()),
            Value::Text(text) => sheet::number(text, column.marks),
            _ => None,
        };
        if found.is_none() {
            self.note(Fate::LeftOut, field, "a number was expected");
        }
        found.map(|value| match value {
            Value::Number(number) => Value::Number(number * column.measure.factor),
            other => other,
        })
    }

    /// A bare number.
    pub fn number(&mut self, field: &str) -> Option<f64> {
        match self.value(field)? {
            Value::Number(number) | Value::Share(number) => Some(number),
            _ => None,
        }
    }

    /// A date.
    pub fn date(&mut self, field: &str) -> Option<RawDate> {
        let (column, value) = self.cell(field)?;
        let at = match value {
            Value::Date(at) => Some(*at),
            Value::Text(text) => sheet::date(text, column.marks),
            _ => None,
        };
        let date = at.and_then(raw_date);
        if date.is_none() {
            self.note(Fate::LeftOut, field, "a date between 1900 and 2300 was expected");
        } else if column.marks.dates_are_ambiguous && matches!(value, Value::Text(text) if text.contains('/'))
        {
            self.note(Fate::Changed, field, "day and month could be swapped: read with the day first");
        }
        date
    }

    /// Yes or no.
    pub fn flag(&mut self, field: &str) -> Option<bool> {
        let (_, value) = self.cell(field)?;
        let flag = match value {
            Value::Flag(flag) => Some(*flag),
            Value::Number(number) if *number == 0.0 || *number == 1.0 => Some(*number == 1.0),
            Value::Text(text) => match plain(text).as_str() {
                "true" | "yes" | "y" | "x" | "1" | "ja" | "j" | "wahr" | "oui" | "vrai" | "si"
                | "verdadero" => Some(true),
                "false" | "no" | "n" | "0" | "nein" | "falsch" | "non" | "faux" | "falso" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if flag.is_none() {
            self.note(Fate::LeftOut, field, "yes or no was expected");
        }
        flag
    }

    /// A word of a list, or what it is in other words.
    pub fn choice<T: Choice>(&mut self, field: &str, also: &[(&str, &str)]) -> Option<T> {
        let (_, value) = self.cell(field)?;
        let word = plain(&value.shown());
        let word = also.iter().find(|(other, _)| *other == word).map_or(word.as_str(), |(_, own)| own);
        let choice = T::from_word(word);
        if choice.is_none() {
            let known: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
            self.note(Fate::LeftOut, field, format!("known words are {}", known.join(", ")));
        }
        choice
    }

    /// Several texts in one cell.
    pub fn list(&mut self, field: &str) -> Vec<String> {
        let Some(text) = self.text(field) else { return Vec::new() };
        let parts = if text.contains([';', '\n']) {
            text.split([';', '\n']).collect::<Vec<_>>()
        } else {
            text.split(',').collect()
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A duration: with its unit, or a number in the unit of its row, its column or days.
    pub fn duration(&mut self, field: &str) -> Option<Quantity> {
        let (column, value) = self.cell(field)?;
        if let Value::Text(text) = value
            && let Some(duration) = sheet::duration(text, column.marks)
        {
            return Some(Quantity::Duration(duration));
        }
        let unit = self.unit().or(column.measure.time).unwrap_or((DurationUnit::Day, false));
        let found = match value {
            Value::Number(number) => Some(Value::Number(*number)),
            Value::Share(share) => Some(Value::Share(*share)),
            Value::Text(text) => sheet::number(text, column.marks),
            _ => None,
        };
        match found {
            Some(Value::Number(value)) => {
                Some(Quantity::Duration(DurationText { value, unit: unit.0, elapsed: unit.1 }))
            }
            Some(Value::Share(share)) => Some(Quantity::Share(share)),
            _ => {
                self.note(Fate::LeftOut, field, "a duration was expected, such as 10 or `2 weeks`");
                None
            }
        }
    }

    /// A duration, where one stands.
    pub fn duration_or_none(&mut self, field: &str) -> Option<Quantity> {
        self.cell(field)?;
        self.duration(field).filter(|quantity| matches!(quantity, Quantity::Duration(_)))
    }

    /// The unit that the row gives for its durations.
    fn unit(&mut self) -> Option<(DurationUnit, bool)> {
        let text = self.text("unit")?;
        let unit = sheet::unit_of(&text);
        if unit.is_none() {
            self.note(Fate::LeftOut, "unit", "it is no unit of time");
        }
        unit
    }

    /// Money, or a share of what it is added to.
    pub fn money(&mut self, field: &str) -> Option<Quantity> {
        match self.value(field)? {
            Value::Share(share) => Some(Quantity::Share(share)),
            Value::Number(number) => Some(Quantity::Number(number)),
            _ => None,
        }
    }

    /// A probability as a share.
    pub fn share(&mut self, field: &str) -> Option<f64> {
        let (column, _) = self.cell(field)?;
        let in_percent = column.in_percent;
        let share = match self.value(field)? {
            Value::Share(share) => share,
            Value::Number(number) if in_percent => number / 100.0,
            Value::Number(number) => number,
            _ => return None,
        };
        // Percentages in binary would be written with many digits.
        let share = (share * 1e12).round() / 1e12;
        if (0.0..=1.0).contains(&share) {
            return Some(share);
        }
        self.note(Fate::LeftOut, field, "a probability lies between 0 and 100 %");
        None
    }

    /// An estimate of one or three points; out of order they are sorted, and negative ones lifted to zero unless
    /// `signed`.
    pub fn estimate(
        &mut self,
        [single, low, mode, high]: Points,
        law: Option<&str>,
        signed: bool,
        mut read: impl FnMut(&mut Self, &str) -> Option<Quantity>,
    ) -> Option<RawEstimate> {
        let mut one = |reading: &mut Self, field: &str| {
            let quantity = read(reading, field)?;
            if !signed && amount(&quantity).is_some_and(|amount| amount < 0.0) {
                reading.note(Fate::Changed, field, "taken as 0, because it cannot be negative");
                return Some(zero(&quantity));
            }
            Some(quantity)
        };
        let (low_value, high_value) = (one(self, low), one(self, high));
        let mode_value = one(self, mode);
        let point = mode_value.clone().or_else(|| one(self, single));
        let ends = match (low_value, point.clone(), high_value) {
            (None, None, None) => return None,
            (None, Some(point), None) => return Some(RawEstimate::Point(point)),
            (Some(only), None, None) | (None, None, Some(only)) => {
                let field = if self.cell(low).is_some() { low } else { high };
                self.note(Fate::Changed, field, "taken as a certain value, because it is the only one");
                return Some(RawEstimate::Point(only));
            }
            (Some(low), None, Some(high)) => [low, high.clone(), high],
            (low_value, Some(mode), high_value) => {
                let missing = if low_value.is_none() { low } else { high };
                if low_value.is_none() || high_value.is_none() {
                    let field = if missing == low { high } else { low };
                    self.note(
                        Fate::Changed,
                        field,
                        "the other end is missing: the most likely value is taken for it",
                    );
                }
                [low_value.unwrap_or_else(|| mode.clone()), mode.clone(), high_value.unwrap_or(mode)]
            }
        };
        let has_mode = point.is_some();
        Some(self.law(ends, has_mode, low, law))
    }

    /// The law of three points that may be out of order.
    fn law(&mut self, ends: [Quantity; 3], has_mode: bool, field: &str, law: Option<&str>) -> RawEstimate {
        let sizes = ends.each_ref().map(size);
        let mut order = [0, 1, 2];
        order.sort_by(|&a, &b| sizes[a].total_cmp(&sizes[b]).then(a.cmp(&b)));
        if sizes[0] > sizes[1] || sizes[1] > sizes[2] {
            self.note(Fate::Changed, field, "low, most likely and high were out of order and are sorted");
        }
        let [a, m, b] = order.map(|at| ends[at].clone());
        if size(&a) == size(&b) {
            return RawEstimate::Point(m);
        }
        let word = law.and_then(|law| self.text(law)).map(|word| plain(&word)).unwrap_or_default();
        let (low, mode, high) = (a.into(), m.into(), b.into());
        let mut made = RawLaw::default();
        match word.as_str() {
            _ if !has_mode => made.uniform = RawUniform { low, high }.into(),
            "triangular" | "triangle" | "dreieck" | "triangulaire" => {
                made.triangular = RawTriangular { low, mode, high, ..RawTriangular::default() }.into();
            }
            "trigen" => made.trigen = RawTriangular { low, mode, high, ..RawTriangular::default() }.into(),
            "uniform" | "gleichverteilt" | "uniforme" => made.uniform = RawUniform { low, high }.into(),
            "" | "pert" | "beta" | "betapert" | "beta pert" => {
                made.pert = RawPert { low, mode, high, ..RawPert::default() }.into();
            }
            _ => {
                if let Some(law) = law {
                    self.note(
                        Fate::Changed,
                        law,
                        "taken as a PERT law: known are pert, triangular, trigen and uniform",
                    );
                }
                made.pert = RawPert { low, mode, high, ..RawPert::default() }.into();
            }
        }
        RawEstimate::Law(Box::new(made))
    }
}

/// A date with its time, if it lies where a scenario may have it.
pub(super) fn raw_date(at: jiff::civil::DateTime) -> Option<RawDate> {
    let has_time = at.time() != jiff::civil::Time::midnight();
    let text = if has_time { at.strftime("%Y-%m-%dT%H:%M").to_string() } else { at.date().to_string() };
    if !(1900..=2300).contains(&at.year()) {
        return None;
    }
    let at: Instant = text.parse().ok()?;
    Some(RawDate { at, has_time })
}

/// The number of a quantity.
fn amount(quantity: &Quantity) -> Option<f64> {
    match quantity {
        Quantity::Number(number) | Quantity::Share(number) => Some(*number),
        Quantity::Duration(duration) => Some(duration.value),
        Quantity::Word(_) => None,
    }
}

/// The same quantity of nothing.
fn zero(quantity: &Quantity) -> Quantity {
    match quantity {
        Quantity::Duration(duration) => Quantity::Duration(DurationText { value: 0.0, ..*duration }),
        Quantity::Share(_) => Quantity::Share(0.0),
        _ => Quantity::Number(0.0),
    }
}

/// By what quantities of one kind are compared.
fn size(quantity: &Quantity) -> f64 {
    match quantity {
        Quantity::Number(number) | Quantity::Share(number) => *number,
        Quantity::Duration(duration) => duration.minutes(crate::units::WorkScale::default()),
        Quantity::Word(_) => 0.0,
    }
}
