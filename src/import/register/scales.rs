//! Words for probabilities and impacts.

use super::reading::Reading;
use super::table::Table;
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{Many, Named, Quantity, RawScales, Slot};

/// The words that the import knows, in the languages that it knows, by the level that they mean.
const LEVELS: [(&str, &[&str]); 5] = [
    (
        "very-low",
        &[
            "very low",
            "vl",
            "rare",
            "remote",
            "very unlikely",
            "negligible",
            "sehr gering",
            "sehr niedrig",
            "sehr unwahrscheinlich",
            "tres faible",
            "muy bajo",
            "muy baja",
        ],
    ),
    (
        "low",
        &[
            "low",
            "l",
            "unlikely",
            "minor",
            "gering",
            "niedrig",
            "klein",
            "unwahrscheinlich",
            "faible",
            "bas",
            "basse",
            "bajo",
            "baja",
            "improbable",
        ],
    ),
    (
        "medium",
        &[
            "medium", "m", "med", "moderate", "possible", "mittel", "moglich", "moyen", "moyenne", "modere",
            "medio", "media", "moderado", "posible",
        ],
    ),
    (
        "high",
        &[
            "high",
            "h",
            "likely",
            "major",
            "hoch",
            "gross",
            "wahrscheinlich",
            "eleve",
            "elevee",
            "fort",
            "forte",
            "alto",
            "alta",
            "probable",
        ],
    ),
    (
        "very-high",
        &[
            "very high",
            "vh",
            "almost certain",
            "very likely",
            "critical",
            "sehr hoch",
            "sehr wahrscheinlich",
            "fast sicher",
            "tres eleve",
            "tres elevee",
            "tres forte",
            "muy alto",
            "muy alta",
        ],
    ),
];

/// What the levels are taken as where a file does not say it.
pub(super) const ASSUMED: [(&str, f64); 5] =
    [("very-low", 0.05), ("low", 0.15), ("medium", 0.35), ("high", 0.60), ("very-high", 0.85)];

/// How many words a scale may have.
const MOST_WORDS: usize = 200;

/// The level that a word means.
pub(super) fn level(text: &str) -> Option<&'static str> {
    let text = plain(text);
    LEVELS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(level, _)| *level)
}

/// A word as a scale can have it for a key.
pub(super) fn word_of(text: &str) -> String {
    level(text).map_or_else(|| crate::import::ids::slug(text), str::to_owned)
}

/// Scales by their words.
#[derive(Clone, Debug, Default)]
pub(super) struct Scales {
    pub probability: Vec<(String, Vec<Quantity>)>,
    pub delay: Vec<(String, Vec<Quantity>)>,
    pub cost: Vec<(String, Vec<Quantity>)>,
}

impl Scales {
    /// Adds the words of a table.
    pub fn read(&mut self, table: &Table<'_>, report: &mut ImportReport) {
        for row in table.rows(report) {
            let mut reading = Reading { table, row, report };
            let (Some(scale), Some(word)) = (reading.text("scale"), reading.text("word")) else {
                let place = reading.row_place();
                reading.report.note(Fate::LeftOut, "row", &place, "", "a scale and a word are needed");
                continue;
            };
            let word = word_of(&word);
            let scale = plain(&scale);
            let mut values = Vec::new();
            for field in ["low", "high"] {
                if reading.cell(field).is_none() {
                    continue;
                }
                let value = match scale.as_str() {
                    "probability" | "wahrscheinlichkeit" | "probabilite" | "probabilidad" => {
                        reading.share(field).map(Quantity::Number)
                    }
                    "delay" | "verzogerung" | "retard" | "retraso" => reading.duration(field),
                    _ => reading.money(field),
                };
                values.extend(value);
            }
            if values.is_empty() {
                continue;
            }
            let list = match scale.as_str() {
                "probability" | "wahrscheinlichkeit" | "probabilite" | "probabilidad" => {
                    &mut self.probability
                }
                "delay" | "verzogerung" | "retard" | "retraso" => &mut self.delay,
                "cost" | "kosten" | "cout" | "coste" => &mut self.cost,
                _ => {
                    reading.note(Fate::LeftOut, "scale", "known scales are probability, delay and cost");
                    continue;
                }
            };
            if list.len() >= MOST_WORDS {
                reading.note(Fate::LeftOut, "word", "a scale has at most 200 words");
            } else if list.iter().any(|(known, _)| *known == word) {
                reading.note(Fate::LeftOut, "word", "the word is there already");
            } else {
                list.push((word.clone(), values));
                let (place, name) = (reading.row_place(), format!("{scale} {word}"));
                reading.report.take("scale", &place, &name, &word);
            }
        }
    }

    /// The scales as a scenario writes them.
    pub fn raw(&self) -> Slot<RawScales> {
        let one = |list: &[(String, Vec<Quantity>)]| -> Slot<Named<Many<Quantity>>> {
            if list.is_empty() {
                return Slot::Absent;
            }
            let entries = list.iter().map(|(word, values)| (word.clone(), values.iter().cloned().collect()));
            entries.collect::<Named<Many<Quantity>>>().into()
        };
        if self.probability.is_empty() && self.delay.is_empty() && self.cost.is_empty() {
            return Slot::Absent;
        }
        RawScales { probability: one(&self.probability), delay: one(&self.delay), cost: one(&self.cost) }
            .into()
    }
}
