//! What must happen before a task, renewed.

use std::collections::BTreeSet;

use toml_edit::{Item, TableLike, Value};

use super::apply::{About, Applying};
use super::edits::put;
use super::same::{same, shown};
use crate::import::report::{Fate, ImportReport};

/// Renews what must happen before: links from imported tasks are those of the file, others stay.
pub(super) fn renew_links(
    table: &mut dyn TableLike,
    fresh: &dyn TableLike,
    home: &str,
    owned: &BTreeSet<String>,
    about: &About<'_>,
    report: &mut ImportReport,
) {
    let list = |item: Option<&Item>| -> Vec<Item> {
        match item {
            Some(Item::Value(Value::Array(array))) => {
                array.iter().map(|value| Item::Value(value.clone())).collect()
            }
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        }
    };
    let (old, new) = (list(table.get("after")), list(fresh.get("after")));
    let own: Vec<Item> = old.iter().filter(|link| !comes_from(link, home, owned)).cloned().collect();
    let from_file: Vec<&Item> = old.iter().filter(|link| comes_from(link, home, owned)).collect();
    let is_same =
        from_file.len() == new.len() && new.iter().all(|link| from_file.iter().any(|old| same(old, link)));
    if is_same {
        return;
    }
    let before = table.get("after").map_or_else(|| "none".to_owned(), shown);
    let mut all: Vec<Value> = new.into_iter().chain(own).filter_map(|link| link.into_value().ok()).collect();
    all.iter_mut().for_each(|value| value.decor_mut().clear());
    let item = match all.len() {
        0 => None,
        1 => all.pop().map(Item::Value),
        _ => Some(toml_edit::value(all.into_iter().collect::<toml_edit::Array>())),
    };
    let now = item.as_ref().map_or_else(|| "none".to_owned(), shown);
    Applying::tell(report, Fate::Changed, about, format!("after: {before} -> {now}"));
    match item {
        Some(item) => put(table, "after", item),
        None => drop(table.remove("after")),
    }
}

/// Whether a link comes from something that the file owns.
fn comes_from(link: &Item, home: &str, owned: &BTreeSet<String>) -> bool {
    let end = match link.as_table_like() {
        Some(table) => {
            ["FS", "SS", "FF", "SF"].iter().find_map(|kind| table.get(kind)).and_then(Item::as_str)
        }
        None => link.as_str(),
    };
    let Some(end) = end.and_then(|text| text.split_whitespace().next()) else { return false };
    // The own project first, then those around it, then the full id.
    let mut scope = home;
    loop {
        let inside = if scope.is_empty() { end.to_owned() } else { format!("{scope}.{end}") };
        if owned.contains(&inside) {
            return true;
        }
        if scope.is_empty() {
            return false;
        }
        scope = scope.rsplit_once('.').map_or("", |(above, _)| above);
    }
}
