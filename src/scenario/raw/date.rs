//! Dates as written: native TOML dates or texts, with or without a time.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{FromToml, Item, Reader};
use crate::diag::{Place, code};
use crate::units::{Instant, ParseInstantError};

/// A date, or a date with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawDate {
    /// The instant; 00:00 when no time is given.
    pub at: Instant,
    /// Whether a time is given.
    pub has_time: bool,
}

/// Years that a scenario may name: far enough for any program, and inside what every table can hold.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2300;

impl RawDate {
    /// Reads `2027-01-11` or `2027-01-11T08:00`.
    ///
    /// # Errors
    /// [`ParseInstantError`] if the text is neither.
    pub fn parse(text: &str) -> Result<Self, ParseInstantError> {
        let at: Instant = text.parse()?;
        Ok(Self { at, has_time: text.trim().len() > 10 })
    }

    /// Whether the year is one that a scenario may name.
    #[must_use]
    pub fn is_in_range(self) -> bool {
        YEARS.contains(&self.at.start_date().year())
    }
}

/// Checks a date that has been read.
pub fn check_date(
    text: &str,
    read: Result<RawDate, ParseInstantError>,
    place: &Place,
    reader: &mut Reader<'_>,
) -> Option<RawDate> {
    match read {
        Ok(date) if date.is_in_range() => Some(date),
        Ok(_) => {
            let message =
                format!("the year of `{text}` must lie between {} and {}", YEARS.start(), YEARS.end());
            reader.bad(code::BAD_DATE, place, message, "")
        }
        Err(ParseInstantError(_)) => reader.bad(
            code::BAD_DATE,
            place,
            format!("`{text}` is not a date"),
            "write year, month and day, such as `2027-01-11`, and a time if it matters: `2027-01-11T08:00`",
        ),
    }
}

impl FromToml for RawDate {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => check_date(text, Self::parse(text), place, reader),
            DeValue::Datetime(at) if at.offset.is_some() => reader.bad(
                code::BAD_DATE,
                place,
                format!("`{at}` names a time zone"),
                "write civil time without an offset; a calendar may carry an `offset` for a team elsewhere",
            ),
            DeValue::Datetime(at) => {
                let text = at.to_string();
                check_date(&text, Self::parse(&text), place, reader)
            }
            other => reader.wrong_type(other, place, "a date such as 2027-01-11"),
        }
    }

    fn inline(&self) -> String {
        if self.has_time { self.at.to_string() } else { self.at.start_date().to_string() }
    }

    fn item(&self) -> Item {
        Item::Date(if self.has_time { format!("{}:00", self.at) } else { self.at.start_date().to_string() })
    }
}

impl JsonSchema for RawDate {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date, or a date with a time; in TOML with or without quotes.",
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$"
        })
    }
}
