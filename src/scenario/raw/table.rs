//! The macro that makes a raw table: struct, reader and schema from one list of keys.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Edit, FromToml, Item, Path, Reader, Walk};
use crate::diag::{Diagnostic, Place, code};

/// A key of a raw table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As written in the file.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

/// A table of the file format.
pub trait RawTable: Default {
    /// What it is called in messages, such as `a task`.
    const WHAT: &'static str;
    /// Its keys, in the order of the documentation.
    const KEYS: &'static [Key];
    /// Its documentation.
    const DOC: &'static str;
    /// Another way to write it, in words; empty if there is none.
    const SHORT: &'static str;

    /// Reads the value of a key; false if there is no such key.
    fn set(&mut self, key: &str, value: &DeValue<'_>, place: Place, reader: &mut Reader<'_>) -> bool;

    /// Sets what a path from a key names; false if there is no such key.
    fn set_from(
        &mut self,
        key: &str,
        rest: Path<'_>,
        edit: Edit<'_>,
        place: Place,
        reader: &mut Reader<'_>,
    ) -> bool;

    /// Shows every key that is given to a walk.
    fn walk_keys(&self, walk: &mut Walk);

    /// Every key that is given, with its value as it is written.
    fn key_items(&self) -> Vec<(String, Item)>;

    /// The other way to write it, where it says everything; [`None`] otherwise.
    fn short_item(&self) -> Option<Item>;

    /// The value of its key `id`, if it has one.
    fn own_id(&self) -> Option<&str>;

    /// Reads the other way to write it; `None` if this is not it.
    fn short(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self>;

    /// The schema of each key.
    fn key_schemas(generator: &mut SchemaGenerator) -> Vec<Schema>;
}

impl<T: RawTable> FromToml for T {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = value else {
            return T::short(value, place, reader).or_else(|| {
                let expected = match T::SHORT {
                    "" => format!("a table for {}", T::WHAT),
                    short => format!("{short}, or a table for {}", T::WHAT),
                };
                reader.wrong_type(value, place, &expected)
            });
        };
        let mut read = T::default();
        read_keys(table, (T::WHAT, T::KEYS), reader, &mut |key, value, place, reader| {
            read.set(key, value, place, reader)
        });
        Some(read)
    }

    const HAS_KEYS: bool = true;

    fn inline(&self) -> String {
        let mut walk = Walk::default();
        self.walk_keys(&mut walk);
        walk.one_line()
    }

    fn item(&self) -> Item {
        self.short_item().unwrap_or_else(|| Item::Table(self.key_items()))
    }

    fn id(&self) -> Option<&str> {
        self.own_id()
    }

    fn empty() -> Option<Self> {
        Some(T::default())
    }

    fn walk(&self, _: Option<&Place>, walk: &mut Walk) {
        self.walk_keys(walk);
    }

    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        if let Some((key, rest)) = path.next()
            && !self.set_from(key, rest, edit, place, reader)
        {
            reader.report(unknown_key((T::WHAT, T::KEYS), key, path.place()));
        }
    }
}

/// How a table takes the value of a key; false if it has no such key.
type Set<'s> = dyn FnMut(&str, &DeValue<'_>, Place, &mut Reader<'_>) -> bool + 's;

// There are many tables: what need not be generic is built once.

/// Reads all keys of a table in the order in which they are written.
fn read_keys(table: &DeTable<'_>, kind: (&str, &[Key]), reader: &mut Reader<'_>, set: &mut Set<'_>) {
    for (key, value) in as_written(table) {
        let name = key.get_ref().as_ref();
        let at = reader.place(value.span());
        if !set(name, value.get_ref(), at, reader) {
            let place = reader.place(key.span());
            reader.report(unknown_key(kind, name, &place));
            // A misspelled key is read as the one that was meant, so that no other check misses it.
            let meant = closest(name, kind.1.iter().map(|key| key.name));
            if let Some(meant) = meant.filter(|&meant| !table.contains_key(meant)) {
                let at = reader.place(value.span());
                set(meant, value.get_ref(), at, reader);
            }
        }
    }
}

/// The keys of a table in the order in which they are written; the parser sorts them by name.
pub(super) fn as_written<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A key of a table of a file, with its value.
type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>);

/// A key that the table does not have, with the one that was probably meant.
fn unknown_key((what, keys): (&str, &[Key]), name: &str, place: &Place) -> Diagnostic {
    let names = || keys.iter().map(|key| key.name);
    let known: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    let help = match closest(name, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the keys of {what} are {}", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_KEY, format!("{what} has no key `{name}`"))
        .at_place(Some(place), "unknown key")
        .help(help)
}

/// The candidate most like `name`, if any is alike enough to have been meant.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(name, &mut candidates.into_iter())
}

fn closest_of<'a>(name: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase().replace('_', "-");
    let score = |candidate: &str| {
        let candidate = candidate.to_lowercase().replace('_', "-");
        // A candidate that begins with what was typed is alike whatever its length.
        let prefix =
            wanted.chars().count() >= 3 && (candidate.starts_with(&wanted) || wanted.starts_with(&candidate));
        let likeness = strsim::jaro_winkler(&wanted, &candidate);
        if prefix { likeness.max(0.9) } else { likeness }
    };
    candidates
        .map(|candidate| (score(candidate), candidate))
        .filter(|&(score, _)| score >= 0.82)
        .max_by(|(a, left), (b, right)| a.total_cmp(b).then(right.cmp(left)))
        .map(|(_, candidate)| candidate)
}

/// The schema of a table: an object with exactly its keys.
pub fn object_schema<T: RawTable>(generator: &mut SchemaGenerator) -> Schema {
    schema_of(T::KEYS, T::key_schemas(generator))
}

fn schema_of(keys: &[Key], schemas: Vec<Schema>) -> Schema {
    let mut properties = Map::new();
    for (key, mut schema) in keys.iter().zip(schemas) {
        schema.insert("description".into(), Value::from(key.doc.trim()));
        properties.insert(key.name.into(), schema.to_value());
    }
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema =
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema.insert("required".into(), Value::from(required));
    }
    schema
}

/// Defines a raw table from its keys: the struct, how it is read, and its JSON Schema.
///
/// A key is its field's name unless another is given in brackets; `= required` is for the schema, the
/// check reports what is missing. `short array(a, b)` also accepts a list, `short value(a)` also accepts
/// the value of that key by itself, `short list(a)` that value where it is a text or a list.
macro_rules! raw_table {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@required) => { false };
    (@required required) => { true };

    (@short $name:ident) => {
        const SHORT: &'static str = "";
        fn short_item(&self) -> Option<$crate::scenario::raw::Item> {
            None
        }
        fn short(_: &toml::de::DeValue<'_>, _: &$crate::diag::Place, _: &mut $crate::scenario::raw::Reader<'_>) -> Option<Self> {
            None
        }
    };
    (@short $name:ident array $text:literal ($($part:ident),+)) => {
        const SHORT: &'static str = $text;
        fn short_item(&self) -> Option<$crate::scenario::raw::Item> {
            let parts = vec![$( $crate::scenario::raw::FromToml::item(self.$part.get()?) ),+];
            let is_all = self.key_items().len() == parts.len();
            is_all.then_some($crate::scenario::raw::Item::List(parts))
        }
        fn short(
            value: &toml::de::DeValue<'_>,
            _: &$crate::diag::Place,
            reader: &mut $crate::scenario::raw::Reader<'_>,
        ) -> Option<Self> {
            let toml::de::DeValue::Array(array) = value else { return None };
            if array.len() != [$(stringify!($part)),+].len() {
                return None;
            }
            let mut elements = array.iter();
            let mut read = Self::default();
            $(
                let element = elements.next()?;
                let place = reader.place(element.span());
                read.$part = $crate::scenario::raw::Slot::read(element.get_ref(), place, reader);
            )+
            Some(read)
        }
    };
    (@short $name:ident value $text:literal ($part:ident)) => {
        const SHORT: &'static str = $text;
        fn short_item(&self) -> Option<$crate::scenario::raw::Item> {
            let part = $crate::scenario::raw::FromToml::item(self.$part.get()?);
            let fits = !matches!(part, $crate::scenario::raw::Item::Table(_) | $crate::scenario::raw::Item::List(_));
            (fits && self.key_items().len() == 1).then_some(part)
        }
        fn short(
            value: &toml::de::DeValue<'_>,
            place: &$crate::diag::Place,
            reader: &mut $crate::scenario::raw::Reader<'_>,
        ) -> Option<Self> {
            if matches!(value, toml::de::DeValue::Array(_) | toml::de::DeValue::Boolean(_) | toml::de::DeValue::Datetime(_)) {
                return None;
            }
            Some(Self {
                $part: $crate::scenario::raw::Slot::read(value, place.clone(), reader),
                ..Self::default()
            })
        }
    };

    (@short $name:ident list $text:literal ($part:ident)) => {
        const SHORT: &'static str = $text;
        fn short_item(&self) -> Option<$crate::scenario::raw::Item> {
            let part = $crate::scenario::raw::FromToml::item(self.$part.get()?);
            let fits = !matches!(part, $crate::scenario::raw::Item::Table(_) | $crate::scenario::raw::Item::List(_));
            (fits && self.key_items().len() == 1).then_some(part)
        }
        fn short(
            value: &toml::de::DeValue<'_>,
            place: &$crate::diag::Place,
            reader: &mut $crate::scenario::raw::Reader<'_>,
        ) -> Option<Self> {
            matches!(value, toml::de::DeValue::Array(_) | toml::de::DeValue::String(_)).then(|| Self {
                $part: $crate::scenario::raw::Slot::read(value, place.clone(), reader),
                ..Self::default()
            })
        }
    };

    (@schema $name:ident $generator:ident) => {
        $crate::scenario::raw::object_schema::<$name>($generator)
    };
    (@schema $name:ident $generator:ident array ($($part:ident: $ty:ty),+)) => {{
        let object = $crate::scenario::raw::object_schema::<$name>($generator);
        let items: Vec<schemars::Schema> = vec![$($generator.subschema_for::<$ty>()),+];
        let count = items.len();
        schemars::json_schema!({ "anyOf": [
            { "type": "array", "prefixItems": items, "minItems": count, "maxItems": count },
            object,
        ] })
    }};
    (@schema $name:ident $generator:ident list ($part:ident: $ty:ty)) => {
        raw_table!(@schema $name $generator value ($part: $ty))
    };
    (@schema $name:ident $generator:ident value ($part:ident: $ty:ty)) => {{
        let object = $crate::scenario::raw::object_schema::<$name>($generator);
        let value = $generator.subschema_for::<$ty>();
        schemars::json_schema!({ "anyOf": [value, object] })
    }};

    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident is $what:literal $(, short $form:ident $text:literal ($($part:ident: $part_ty:ty),+))? {
            $( $(#[doc = $field_doc:literal])* $field:ident $([$key:literal])? : $ty:ty $(= $required:ident)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $crate::scenario::raw::Slot<$ty>, )*
        }

        impl $crate::scenario::raw::RawTable for $name {
            const WHAT: &'static str = $what;
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const KEYS: &'static [$crate::scenario::raw::Key] = &[$(
                $crate::scenario::raw::Key {
                    name: raw_table!(@key $field $($key)?),
                    doc: concat!($($field_doc, "\n"),*),
                    required: raw_table!(@required $($required)?),
                },
            )*];

            fn set(
                &mut self,
                key: &str,
                value: &toml::de::DeValue<'_>,
                place: $crate::diag::Place,
                reader: &mut $crate::scenario::raw::Reader<'_>,
            ) -> bool {
                match key {
                    $( key if key == raw_table!(@key $field $($key)?) => {
                        self.$field = $crate::scenario::raw::Slot::read(value, place, reader);
                    } )*
                    _ => return false,
                }
                true
            }

            fn set_from(
                &mut self,
                key: &str,
                rest: $crate::scenario::raw::Path<'_>,
                edit: $crate::scenario::raw::Edit<'_>,
                place: $crate::diag::Place,
                reader: &mut $crate::scenario::raw::Reader<'_>,
            ) -> bool {
                match key {
                    $( key if key == raw_table!(@key $field $($key)?) => {
                        self.$field.set_at(rest, edit, place, reader);
                    } )*
                    _ => return false,
                }
                true
            }

            fn walk_keys(&self, walk: &mut $crate::scenario::raw::Walk) {
                $( self.$field.walk(raw_table!(@key $field $($key)?), walk); )*
            }

            fn key_items(&self) -> Vec<(String, $crate::scenario::raw::Item)> {
                let mut items = Vec::new();
                $( if let Some(value) = self.$field.get() {
                    items.push((raw_table!(@key $field $($key)?).to_owned(), $crate::scenario::raw::FromToml::item(value)));
                } )*
                items
            }

            fn own_id(&self) -> Option<&str> {
                $( if raw_table!(@key $field $($key)?) == "id" {
                    return self.$field.get().and_then($crate::scenario::raw::FromToml::as_text);
                } )*
                None
            }

            raw_table!(@short $name $($form $text ($($part),+))?);

            fn key_schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
                vec![$( generator.subschema_for::<$ty>() ),*]
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_start_matches("Raw").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = raw_table!(@schema $name generator $($form ($($part: $part_ty),+))?);
                let doc = <$name as $crate::scenario::raw::RawTable>::DOC.trim();
                schema.insert("description".into(), serde_json::Value::from(doc));
                schema
            }
        }
    };
}
pub(crate) use raw_table;
