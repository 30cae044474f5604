//! A variant with all that it is based on.

use super::{add, family, remove, set};
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::raw::Many;

/// Sets what a text says that stands in no file: a table of paths, as a variant writes it.
pub fn set_text(parts: &mut Parts, name: &str, text: &str, desk: &mut Desk<'_>) {
    if let Some(settings) = desk.settings(name, text) {
        set::set_all(parts, &settings, "", desk);
    }
}

/// Turns the parts of a scenario into those of one of its variants: first what the variant is based on,
/// then what it removes, what it adds, what it sets. Problems are reported.
pub fn apply(parts: &mut Parts, name: &str, desk: &mut Desk<'_>) {
    for variant in family::line(parts, name, desk) {
        if let Some(Many(paths)) = variant.remove.get() {
            paths.iter().for_each(|path| remove::remove(parts, path, desk));
        }
        if let Some(addition) = variant.add.at() {
            add::add(parts, addition.value.clone(), desk);
            parts.expand_tables(desk);
        }
        if let Some(settings) = variant.set.get() {
            set::set_all(parts, settings, "", desk);
        }
    }
}
