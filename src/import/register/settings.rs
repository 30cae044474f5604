//! Settings of the program, one in each row: a name and a value.

use super::reading::Reading;
use super::table::Table;
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{At, Choice, RawDate, RawRanges};

/// What a table says of the program.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub name: Option<String>,
    pub start: Option<RawDate>,
    pub status: Option<RawDate>,
    pub currency: Option<String>,
    pub finish_by: Option<RawDate>,
    pub budget: Option<f64>,
    pub ranges: Option<RawRanges>,
    pub confidence: Option<Vec<At<f64>>>,
    pub hours_per_day: Option<f64>,
}

impl Settings {
    /// Adds the settings of a table.
    pub fn read(&mut self, table: &Table<'_>, report: &mut ImportReport) {
        for row in table.rows(report) {
            let mut reading = Reading { table, row, report };
            let Some(setting) = reading.text("setting") else { continue };
            if reading.cell("value").is_none() {
                continue;
            }
            let taken = match plain(&setting).as_str() {
                "name"
                | "program"
                | "program name"
                | "project"
                | "project name"
                | "programm"
                | "programmname"
                | "projekt"
                | "projektname"
                | "nom"
                | "nom du programme"
                | "nom du projet"
                | "nombre"
                | "nombre del programa"
                | "nombre del proyecto" => {
                    self.name = reading.text("value");
                    self.name.is_some()
                }
                "start" | "start date" | "planned start" | "program start" | "beginn" | "startdatum"
                | "debut" | "date de debut" | "inicio" | "fecha de inicio" => {
                    self.start = reading.date("value");
                    self.start.is_some()
                }
                "status date" | "data date" | "reporting through" | "statusdatum" | "stichtag"
                | "date d etat" | "fecha de estado" => {
                    self.status = reading.date("value");
                    self.status.is_some()
                }
                "currency" | "wahrung" | "devise" | "moneda" => {
                    self.currency = reading.text("value").map(|text| text.to_uppercase());
                    self.currency.is_some()
                }
                "target finish" | "promised finish" | "planned finish" | "finish" | "zieltermin"
                | "fin promise" | "fin visee" | "fin prometida" => {
                    self.finish_by = reading.date("value");
                    self.finish_by.is_some()
                }
                "budget" | "target budget" | "promised budget" | "presupuesto" => {
                    self.budget = reading.number("value");
                    self.budget.is_some()
                }
                "ranges" | "low and high are" | "spannen" | "plages" | "rangos" => self.ranges(&mut reading),
                "confidence" | "percentiles" | "konfidenz" | "confiance" | "confianza" => {
                    self.percentiles(&mut reading)
                }
                "hours per day" | "stunden pro tag" | "heures par jour" | "horas por dia" => {
                    self.hours_per_day = reading.number("value");
                    self.hours_per_day.is_some()
                }
                _ => {
                    reading.note(Fate::LeftOut, "value", format!("no setting is called `{setting}`"));
                    continue;
                }
            };
            if taken {
                let place = reading.row_place();
                let shown = reading.cell("value").map(|(_, value)| value.shown()).unwrap_or_default();
                reading.report.take("setting", &place, &format!("{setting}: {shown}"), "program");
            }
        }
    }

    fn ranges(&mut self, reading: &mut Reading<'_, '_>) -> bool {
        let text = reading.text("value").unwrap_or_default();
        let word = text.to_uppercase().replace(['\u{2013}', ' ', '/'], "-").replace("--", "-");
        self.ranges = RawRanges::from_word(&word);
        if self.ranges.is_none() {
            reading.note(Fate::LeftOut, "value", "ranges are P0-P100, P5-P95, P10-P90 or P15-P85");
        }
        self.ranges.is_some()
    }

    fn percentiles(&mut self, reading: &mut Reading<'_, '_>) -> bool {
        let text = reading.text("value").unwrap_or_default();
        let words = text
            .split([',', ';', ' '])
            .map(|word| word.trim_start_matches(['P', 'p']))
            .filter(|word| !word.is_empty());
        let values: Vec<Option<f64>> =
            words.map(|word| word.parse().ok().filter(|value| (1.0..=99.0).contains(value))).collect();
        let good: Option<Vec<At<f64>>> = values.into_iter().map(|value| value.map(At::from)).collect();
        self.confidence = good.filter(|list| !list.is_empty());
        if self.confidence.is_none() {
            reading.note(Fate::LeftOut, "value", "percentiles are written as `P50, P80, P90`");
        }
        self.confidence.is_some()
    }
}
