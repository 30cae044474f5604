//! What the heading of a column means.

use super::kind::Kind;
use super::synonyms::{FOLLOWS, POINTS, place_in};
use super::words::plain;
use crate::import::sheet::unit_of;
use crate::units::DurationUnit;

/// What a heading says about the numbers below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    /// The unit of time, and whether it is elapsed time.
    pub time: Option<(DurationUnit, bool)>,
    /// The currency by its three letters.
    pub currency: Option<&'static str>,
    /// What money is multiplied by: 1,000 in a column of thousands.
    pub factor: f64,
    /// Whether it counts percent.
    pub percent: bool,
}

impl Default for Measure {
    fn default() -> Self {
        Self { time: None, currency: None, factor: 1.0, percent: false }
    }
}

/// What a heading means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meaning {
    /// The column by its name here.
    pub field: &'static str,
    /// How well it fits: the place among the names of the field, 0 for its own.
    pub rank: usize,
    /// What the numbers below it count.
    pub measure: Measure,
}

/// Currencies as headings name them, with what they are multiplied by.
const MONEY: [(&str, Option<&str>, f64); 20] = [
    ("eur", Some("EUR"), 1.0),
    ("€", Some("EUR"), 1.0),
    ("usd", Some("USD"), 1.0),
    ("$", Some("USD"), 1.0),
    ("gbp", Some("GBP"), 1.0),
    ("£", Some("GBP"), 1.0),
    ("chf", Some("CHF"), 1.0),
    ("teur", Some("EUR"), 1e3),
    ("keur", Some("EUR"), 1e3),
    ("k€", Some("EUR"), 1e3),
    ("tusd", Some("USD"), 1e3),
    ("kusd", Some("USD"), 1e3),
    ("tchf", Some("CHF"), 1e3),
    ("kchf", Some("CHF"), 1e3),
    ("kgbp", Some("GBP"), 1e3),
    ("meur", Some("EUR"), 1e6),
    ("musd", Some("USD"), 1e6),
    ("tsd", None, 1e3),
    ("mio", None, 1e6),
    ("million", None, 1e6),
];

/// What a heading means in a table of a kind.
pub(super) fn meaning(kind: Kind, heading: &str) -> Option<Meaning> {
    let text = plain(heading);
    if text.is_empty() {
        return None;
    }
    if let Some((field, rank)) = named(kind, &text) {
        return Some(Meaning { field, rank, measure: Measure::default() });
    }
    let (rest, measure) = without_units(&text);
    let wanted = |field: &'static str, rank| Some(Meaning { field, rank, measure });
    // Impact in days and impact in money are two things.
    if kind == Kind::Risks && matches!(rest.as_str(), "impact" | "auswirkung" | "impacto" | "exposure") {
        if measure.time.is_some() {
            return wanted("delay", 0);
        }
        if measure.currency.is_some() {
            return wanted("cost", 0);
        }
    }
    if let Some((field, rank)) = named(kind, &rest) {
        return wanted(field, rank);
    }
    let (base, point) = without_point(&rest)?;
    // The unit may stand before the point: `Impact (days) low`.
    let (base, inner) = without_units(&base);
    let measure = if measure == Measure::default() { inner } else { measure };
    let bases = kind.bases();
    let by_unit = || match (kind, measure.time, measure.currency) {
        (Kind::Tasks, _, None) | (Kind::Risks, Some(_), None) => bases.first(),
        (_, None, Some(_)) => bases.get(1),
        _ => None,
    };
    let found = match base.as_str() {
        "" | "impact" | "auswirkung" | "impacto" | "case" | "fall" => by_unit(),
        base => bases.iter().find(|(_, names)| place_in(names, base).is_some()),
    };
    let (base, _) = found?;
    Some(Meaning { field: pointed(base, point), rank: 0, measure })
}

/// Why a column with this heading is not needed.
pub(super) fn not_needed(kind: Kind, heading: &str) -> Option<&'static str> {
    let text = plain(heading);
    let (rest, _) = without_units(&text);
    if kind == Kind::Breakdown && meaning(Kind::Tasks, heading).is_some() {
        return Some("what holds work has the dates and durations of the work in it");
    }
    let found = FOLLOWS
        .iter()
        .find(|(_, names)| place_in(names, &text).is_some() || place_in(names, &rest).is_some());
    found.map(|(reason, _)| *reason)
}

/// A field by its own name, for mappings that people write.
pub(super) fn by_name(kind: Kind, name: &str) -> Option<&'static str> {
    all_fields(kind).into_iter().find(|field| *field == name.trim())
}

/// All fields of a kind of table.
pub(super) fn all_fields(kind: Kind) -> Vec<&'static str> {
    let mut fields: Vec<&'static str> = kind.fields().iter().map(|(field, _)| *field).collect();
    for (base, _) in kind.bases() {
        fields.push(base);
        fields.extend((0..3).map(|point| pointed(base, point)));
    }
    fields
}

/// A field by one of its names, with the place of the name among them.
fn named(kind: Kind, text: &str) -> Option<(&'static str, usize)> {
    let fields = kind.fields().iter().chain(kind.bases());
    let listed =
        fields.into_iter().find_map(|(field, names)| place_in(names, text).map(|rank| (*field, rank)));
    let own = || all_fields(kind).into_iter().find(|field| field.replace('_', " ") == text);
    listed.or_else(|| own().map(|field| (field, 0)))
}

/// The column of a point of what has three: `cost_low`; those of the duration stand alone.
fn pointed(base: &'static str, point: usize) -> &'static str {
    let names: &[(&str, [&'static str; 3])] = &[
        ("duration", ["low", "mode", "high"]),
        ("cost", ["cost_low", "cost_mode", "cost_high"]),
        ("delay", ["delay_low", "delay_mode", "delay_high"]),
        ("response_cost", ["response_cost_low", "response_cost_mode", "response_cost_high"]),
        ("response_delay", ["response_delay_low", "response_delay_mode", "response_delay_high"]),
        (
            "response_impact_cost",
            ["response_impact_cost_low", "response_impact_cost_mode", "response_impact_cost_high"],
        ),
    ];
    names.iter().find(|(name, _)| *name == base).map_or(base, |(_, points)| points[point.min(2)])
}

/// A heading without the units at its end, and what they say.
fn without_units(text: &str) -> (String, Measure) {
    let mut measure = Measure::default();
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    while let Some(&last) = words.last() {
        if last == "%" || last == "percent" || last == "prozent" {
            measure.percent = true;
        } else if let Some((_, currency, factor)) = MONEY.iter().find(|(name, ..)| *name == last) {
            measure.currency = measure.currency.or(*currency);
            measure.factor *= factor;
        } else if matches!(last, "k" | "t") && measure.currency.is_some() {
            measure.factor *= 1e3;
        } else if last == "m" && measure.currency.is_some() {
            measure.factor *= 1e6;
        } else if let Some(unit) = unit_of(last).filter(|_| measure.time.is_none() && words.len() > 1) {
            measure.time = Some(unit);
            let before = words.len().checked_sub(2).map(|at| words[at]);
            if matches!(before, Some("calendar" | "elapsed" | "kalender")) {
                measure.time = Some((unit.0, true));
                words.pop();
            } else if matches!(before, Some("working" | "work" | "business" | "arbeits")) {
                words.pop();
            }
        } else if !matches!(last, "in" | "en") {
            break;
        }
        words.pop();
    }
    (words.join(" "), measure)
}

/// A heading without the word for one of three points, and which point it is.
fn without_point(text: &str) -> Option<(String, usize)> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    for length in [3, 2, 1] {
        if words.len() < length {
            continue;
        }
        for (part, rest) in [
            (&words[words.len() - length..], &words[..words.len() - length]),
            (&words[..length], &words[length..]),
        ] {
            let phrase = part.join(" ");
            let found = POINTS.iter().position(|names| place_in(names, &phrase).is_some());
            if let Some(point) = found {
                return Some((rest.join(" "), point));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: Kind, heading: &str) -> &'static str {
        meaning(kind, heading).map_or("-", |meaning| meaning.field)
    }

    #[test]
    fn headings_of_four_languages_are_known() {
        for (heading, wanted) in [
            ("Risk_ID", "id"),
            ("Eintrittswahrscheinlichkeit (%)", "probability"),
            ("Cost_Exposure_USD", "cost"),
            ("Schedule_Exposure_Days", "delay"),
            ("Impact (days) low", "delay_low"),
            ("Most likely impact in k€", "cost_mode"),
            ("Auswirkung Kosten maximal [TEUR]", "cost_high"),
            ("Impact délai (jours) probable", "delay_mode"),
            ("Costo", "cost"),
            ("Mitigation", "response_title"),
            ("response_cost_low", "response_cost_low"),
            ("Colour", "-"),
        ] {
            assert_eq!(field(Kind::Risks, heading), wanted, "{heading}");
        }
        for (heading, wanted) in [
            ("Activity_Name", "name"),
            ("Duration_Days", "duration"),
            ("Optimistic", "low"),
            ("Dauer (wahrscheinlich)", "mode"),
            ("Max. duration", "high"),
            ("Predecessor_Act", "after"),
            ("Kosten minimal", "cost_low"),
            ("Worst case (h)", "high"),
            ("Vorgänger", "after"),
        ] {
            assert_eq!(field(Kind::Tasks, heading), wanted, "{heading}");
        }
        let thousands = meaning(Kind::Risks, "Kosten (TEUR)").unwrap().measure;
        assert_eq!((thousands.currency, thousands.factor), (Some("EUR"), 1e3));
        let elapsed = meaning(Kind::Tasks, "Duration (calendar days)").unwrap().measure;
        assert_eq!(elapsed.time, Some((DurationUnit::Day, true)));
    }
}
