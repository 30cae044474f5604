//! Lists, one-or-many values, and tables whose keys are ids.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::{At, FromToml, Reader};
use crate::diag::Place;

/// A value, or a list of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Many<T>(pub Vec<At<T>>);

/// A table whose keys are ids chosen by the author, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named<T>(pub Vec<(At<String>, At<T>)>);

impl<T> Named<T> {
    /// The entry with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&At<T>> {
        self.0.iter().find(|(key, _)| key.value == id).map(|(_, value)| value)
    }
}

impl<T> FromIterator<T> for Many<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().map(At::from).collect())
    }
}

impl<T> FromIterator<(String, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(values: I) -> Self {
        Self(values.into_iter().map(|(id, value)| (At::from(id), At::from(value))).collect())
    }
}

/// Elements that can be read; the others have been reported.
fn elements<T: FromToml>(array: &toml::de::DeArray<'_>, reader: &mut Reader<'_>) -> Vec<At<T>> {
    let read = |element: &toml::Spanned<DeValue<'_>>| {
        let place = reader.place(element.span());
        T::from_toml(element.get_ref(), &place, reader).map(|value| At::new(value, place))
    };
    array.iter().filter_map(read).collect()
}

impl<T: FromToml> FromToml for Vec<At<T>> {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Array(array) => Some(elements(array, reader)),
            other => reader.wrong_type(other, place, "a list in square brackets"),
        }
    }
}

impl<T: FromToml> FromToml for Many<T> {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Array(array) => Some(Self(elements(array, reader))),
            one => Some(Self(vec![At::new(T::from_toml(one, place, reader)?, place.clone())])),
        }
    }
}

impl<T: FromToml> FromToml for Named<T> {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = value else {
            return reader.wrong_type(value, place, "a table");
        };
        // The parser sorts keys by name; ids keep the order in which they are written.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut named = Vec::new();
        for (key, value) in entries {
            let place = reader.place(value.span());
            if let Some(read) = T::from_toml(value.get_ref(), &place, reader) {
                let key = At::new(key.get_ref().to_string(), reader.place(key.span()));
                named.push((key, At::new(read, place)));
            }
        }
        Some(Self(named))
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for Many<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("One_or_many_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": one })
    }
}
