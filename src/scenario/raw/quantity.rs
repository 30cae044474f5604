//! Numbers with their units as written: `"10d"`, `25_000`, `"30 %"`, or a word of a scale.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::reader::plain_number;
use super::{FromToml, Item, Reader};
use crate::diag::{Place, code};
use crate::units::{DurationText, DurationUnit};

/// A quantity as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// A bare number: money, a probability, a factor.
    Number(f64),
    /// A duration, always finite.
    Duration(DurationText),
    /// A percentage, held as a share: 0.3 for `30 %`.
    Share(f64),
    /// A word of one of the scales.
    Word(String),
}

impl Quantity {
    /// What it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::Duration(_) => "a duration",
            Self::Share(_) => "a percentage",
            Self::Word(_) => "a word",
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Message and help when the text looks like a quantity and is none.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        const UNITS: &str = "write a number and a unit: m, h, d, w or mo, with `e` in front for elapsed time, \
                             such as `10d` or `5ed`";
        let trimmed = text.trim();
        if !trimmed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            return if trimmed.is_empty() {
                Err(("an empty text is not a quantity".into(), UNITS.into()))
            } else {
                Ok(Self::Word(trimmed.to_owned()))
            };
        }
        if let Some(number) = trimmed.strip_suffix('%') {
            let number: Option<f64> = number.trim().replace('_', "").parse().ok();
            return match number.filter(|number| number.is_finite()) {
                Some(percent) => Ok(Self::Share(percent / 100.0)),
                None => Err((format!("`{text}` is not a percentage"), "write it as `30 %`".into())),
            };
        }
        let bare: Result<f64, _> = trimmed.replace('_', "").parse();
        if bare.is_ok() {
            return Err((
                format!("`{text}` has no unit"),
                "write a duration with its unit, such as \"10d\"; money and probabilities without quotes"
                    .into(),
            ));
        }
        match trimmed.parse::<DurationText>() {
            Ok(duration) if duration.value.is_finite() => Ok(Self::Duration(duration)),
            _ => {
                // A text of any length would bury the message.
                let short: String = text.chars().take(40).collect();
                let more = if short.len() < text.len() { "..." } else { "" };
                let help = match (spelled_out(trimmed), plain_number(trimmed)) {
                    (Some(meant), _) => format!("write `{meant}`"),
                    (None, Some(meant)) => format!("money is a number without quotes: write {meant}"),
                    (None, None) => UNITS.to_owned(),
                };
                Err((format!("`{short}{more}` is not a duration"), help))
            }
        }
    }
}

/// `10d` for `10 days`, and so on.
fn spelled_out(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_' | '+' | '-')))?;
    let (number, word) = text.split_at(end);
    number.parse::<f64>().ok()?;
    let unit = match word.trim().to_lowercase().as_str() {
        "minute" | "minutes" | "mins" => "m",
        "hour" | "hours" | "hrs" => "h",
        "day" | "days" | "wd" => "d",
        "week" | "weeks" | "wk" | "wks" => "w",
        "month" | "months" | "mon" => "mo",
        "elapsed days" | "calendar days" | "cd" => "ed",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Duration(text) => write!(f, "{text}"),
            // Rounded, because 0.07 x 100 is not 7 in binary.
            Self::Share(share) => write!(f, "{} %", (share * 1e8).round() / 1e6),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// A duration of a number of days, weeks or another unit.
#[must_use]
pub fn duration(value: f64, unit: DurationUnit) -> Quantity {
    Quantity::Duration(DurationText { value, unit, elapsed: false })
}

impl FromToml for Quantity {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => match Self::parse(text) {
                Ok(quantity) => Some(quantity),
                Err((message, help)) => reader.bad(code::BAD_QUANTITY, place, message, &help),
            },
            DeValue::Integer(_) | DeValue::Float(_) => f64::from_toml(value, place, reader).map(Self::Number),
            other => reader.wrong_type(other, place, "a number or a text such as \"10d\" or \"30 %\""),
        }
    }

    fn inline(&self) -> String {
        self.to_string()
    }

    fn item(&self) -> Item {
        match self {
            Self::Number(number) => Item::Number(*number),
            other => Item::Text(other.to_string()),
        }
    }
}

impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A duration such as \"10d\" (m, h, d, w, mo; `e` in front of the unit for elapsed time), \
                            a number (money, probability), a percentage such as \"30 %\", or a word of a scale.",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_told_from_the_others() {
        assert!(matches!(Quantity::parse("10d"), Ok(Quantity::Duration(_))));
        assert!(matches!(Quantity::parse("-2.5ed"), Ok(Quantity::Duration(_))));
        assert_eq!(Quantity::parse("-10 %"), Ok(Quantity::Share(-0.1)));
        assert_eq!(Quantity::parse("very-low"), Ok(Quantity::Word("very-low".into())));
        for bad in ["10", "", "10 days", "1e9999d", "--1d", "%", "5%%"] {
            assert!(matches!(Quantity::parse(bad), Err(_) | Ok(Quantity::Word(_))), "{bad}");
        }
        assert!(Quantity::parse("10").is_err());
        let long = format!("{}d", "9".repeat(400));
        assert!(Quantity::parse(&long).is_err(), "an infinite duration is none");
    }
}
