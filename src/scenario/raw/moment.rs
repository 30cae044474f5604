//! Instants that money is tied to, as written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{FromToml, Item, RawDate, Reader};
use crate::diag::Place;

/// A moment as written: a date, or what it is tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawMoment {
    /// A date, the same in every iteration.
    Date(RawDate),
    /// A task, milestone or project, or one end of it: `golive`, `start of golive`, `finish of golive`; `start`
    /// and `finish` alone are those of the program.
    Of(String),
}

impl FromToml for RawMoment {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Datetime(_) => RawDate::from_toml(value, place, reader).map(Self::Date),
            DeValue::String(text)
                if text.trim().starts_with(|c: char| c.is_ascii_digit()) && text.contains('-') =>
            {
                match RawDate::parse(text) {
                    Ok(date) if date.is_in_range() => Some(Self::Date(date)),
                    _ => Some(Self::Of(text.trim().to_owned())),
                }
            }
            DeValue::String(text) => Some(Self::Of(text.trim().to_owned())),
            other => reader.wrong_type(other, place, "a date or the id of a task, milestone or project"),
        }
    }

    fn inline(&self) -> String {
        match self {
            Self::Date(date) => date.inline(),
            Self::Of(text) => text.clone(),
        }
    }

    fn item(&self) -> Item {
        match self {
            Self::Date(date) => date.item(),
            Self::Of(text) => Item::Text(text.clone()),
        }
    }
}

impl JsonSchema for RawMoment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date, or the id of a task, milestone or project: `golive`, `start of golive`, `finish of golive`; `start` and `finish` alone are those of the program.",
            "type": "string"
        })
    }
}
