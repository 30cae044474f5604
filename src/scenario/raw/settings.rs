//! What a variant sets: paths with values of any type, read when they are applied.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{At, FromToml, Item, Reader};
use crate::diag::Place;

/// Paths with the places of their values, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(At<String>, Setting)>);

/// A value whose type depends on what its path names.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Where it stands; its text is read again once its type is known.
    pub place: Place,
    /// What stands in it, if it is a table.
    pub below: Option<Settings>,
}

impl FromToml for Settings {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = value else {
            return reader.wrong_type(value, place, "a table of paths with their values");
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut settings = Vec::new();
        for (key, value) in entries {
            let place = reader.place(value.span());
            let below = match value.get_ref() {
                inner @ DeValue::Table(_) => Self::from_toml(inner, &place, reader),
                _ => None,
            };
            let key = At::new(key.get_ref().to_string(), reader.place(key.span()));
            settings.push((key, Setting { place, below }));
        }
        Some(Self(settings))
    }

    fn inline(&self) -> String {
        self.0.iter().map(|(path, _)| path.value.clone()).collect::<Vec<_>>().join(", ")
    }

    /// What a variant sets is kept as its place in a file: made by a program it has nothing to write.
    fn item(&self) -> Item {
        Item::Table(Vec::new())
    }
}

impl JsonSchema for Settings {
    fn schema_name() -> Cow<'static, str> {
        "Settings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Paths with their new values: { \"risks.R-07.probability\" = 0.15 }.",
            "type": "object"
        })
    }
}
