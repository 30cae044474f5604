//! Lists, one-or-many values, and tables whose keys are ids.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::table::as_written;
use super::{At, Edit, FromToml, Item, Path, Reader, Walk, closest};
use crate::diag::{Diagnostic, Place, code};

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

    fn inline(&self) -> String {
        joined(self)
    }

    fn item(&self) -> Item {
        Item::List(self.iter().map(|at| at.value.item()).collect())
    }

    fn walk(&self, place: Option<&Place>, walk: &mut Walk) {
        walk_list(self, place, walk);
    }

    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        set_in_list(self, path, edit, place, reader);
    }
}

/// The elements on one line.
fn joined<T: FromToml>(list: &[At<T>]) -> String {
    list.iter().map(|at| at.value.inline()).collect::<Vec<_>>().join(", ")
}

/// Shows the elements to a walk: tables one by one under their id or number, everything else as one value.
fn walk_list<T: FromToml>(list: &[At<T>], place: Option<&Place>, walk: &mut Walk) {
    if !T::HAS_KEYS {
        return walk.leaf(joined(list), place);
    }
    for (at, element) in list.iter().enumerate() {
        match element.value.id() {
            Some(id) => walk.enter(id),
            None => walk.enter(&(at + 1).to_string()),
        }
        element.value.walk(element.place(), walk);
        walk.leave();
    }
}

/// Sets what a path names in a list: by the id or the number of an element, counted from 1, which may be
/// left out where there is only one.
fn set_in_list<T: FromToml>(
    list: &mut Vec<At<T>>,
    path: Path<'_>,
    edit: Edit<'_>,
    place: Place,
    reader: &mut Reader<'_>,
) {
    let Some((step, rest)) = path.next() else { return };
    let by_id = list.iter().position(|at| at.value.id() == Some(step));
    let by_number = step.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let at = by_id.or(by_number.filter(|&at| at < list.len()));
    match (at, &mut list[..]) {
        (Some(at), _) if rest.next().is_none() => match edit {
            Edit::Set(value) => {
                if let Some(read) = T::from_toml(value, &place, reader) {
                    list[at] = At::new(read, place);
                }
            }
            Edit::Remove => drop(list.remove(at)),
        },
        (Some(at), list) => list[at].value.set_below(rest, edit, place, reader),
        (None, [one]) if by_number.is_none() => one.value.set_below(path, edit, place, reader),
        (None, list) => {
            let ids: Vec<&str> = list.iter().filter_map(|at| at.value.id()).collect();
            reader.report(unknown_element(path, step, &ids, list.len()));
        }
    }
}

/// A step of a path that names no element of a list.
fn unknown_element(path: Path<'_>, step: &str, ids: &[&str], count: usize) -> Diagnostic {
    let help = match closest(step, ids.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("name an element by its id or by its number, 1 to {count}"),
    };
    let message = format!("`{}` has no element `{step}`", path.so_far());
    Diagnostic::new(code::BAD_PATH, message).at_place(Some(path.place()), "").help(help)
}

/// A step of a path that names no entry of a table of ids.
fn unknown_id(path: Path<'_>, step: &str, ids: &[&str]) -> Diagnostic {
    let message = format!("`{}` has no `{step}`", path.so_far());
    let problem = Diagnostic::new(code::BAD_PATH, message).at_place(Some(path.place()), "");
    match closest(step, ids.iter().copied()) {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None => problem,
    }
}

impl<T: FromToml> FromToml for Many<T> {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            DeValue::Array(array) => Some(Self(elements(array, reader))),
            one => Some(Self(vec![At::new(T::from_toml(one, place, reader)?, place.clone())])),
        }
    }

    fn inline(&self) -> String {
        joined(&self.0)
    }

    fn item(&self) -> Item {
        Item::one_or_many(self.0.iter().map(|at| at.value.item()).collect())
    }

    fn walk(&self, place: Option<&Place>, walk: &mut Walk) {
        walk_list(&self.0, place, walk);
    }

    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        set_in_list(&mut self.0, path, edit, place, reader);
    }
}

impl<T: FromToml> FromToml for Named<T> {
    fn from_toml(value: &DeValue<'_>, place: &Place, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Table(table) = value else {
            return reader.wrong_type(value, place, "a table");
        };
        let mut named = Vec::new();
        for (key, value) in as_written(table) {
            let place = reader.place(value.span());
            if let Some(read) = T::from_toml(value.get_ref(), &place, reader) {
                let key = At::new(key.get_ref().to_string(), reader.place(key.span()));
                named.push((key, At::new(read, place)));
            }
        }
        Some(Self(named))
    }

    fn inline(&self) -> String {
        let entry = |(id, at): &(At<String>, At<T>)| format!("{} {}", id.value, at.value.inline());
        self.0.iter().map(entry).collect::<Vec<_>>().join(", ")
    }

    fn item(&self) -> Item {
        Item::Table(self.0.iter().map(|(key, at)| (key.value.clone(), at.value.item())).collect())
    }

    fn empty() -> Option<Self> {
        Some(Self(Vec::new()))
    }

    fn walk(&self, _: Option<&Place>, walk: &mut Walk) {
        for (id, at) in &self.0 {
            walk.enter(&id.value);
            at.value.walk(at.place(), walk);
            walk.leave();
        }
    }

    fn set_below(&mut self, path: Path<'_>, edit: Edit<'_>, place: Place, reader: &mut Reader<'_>) {
        let Some((step, rest)) = path.next() else { return };
        let known = self.0.iter().position(|(id, _)| id.value == step);
        match (known, rest.next(), edit) {
            (Some(at), Some(_), _) => self.0[at].1.value.set_below(rest, edit, place, reader),
            (Some(at), None, Edit::Remove) => drop(self.0.remove(at)),
            (None, None, Edit::Remove) => reader.report(path.nothing_there()),
            (Some(at), None, Edit::Set(value)) => {
                if let Some(read) = T::from_toml(value, &place, reader) {
                    self.0[at].1 = At::new(read, place);
                }
            }
            (None, None, Edit::Set(value)) => {
                if let Some(read) = T::from_toml(value, &place, reader) {
                    let key = At::new(step.to_owned(), path.place().clone());
                    self.0.push((key, At::new(read, place)));
                }
            }
            (None, Some(_), _) => {
                let ids: Vec<&str> = self.0.iter().map(|(id, _)| id.value.as_str()).collect();
                reader.report(unknown_id(path, step, &ids));
            }
        }
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
