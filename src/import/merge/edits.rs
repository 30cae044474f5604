//! Edits of a document that keep how it is written.

use toml_edit::{ArrayOfTables, Item, Key, RawString, Table, TableLike, Value};

/// Adds a table to a list, in the way in which the list is written.
pub(super) fn push(table: &mut dyn TableLike, list: &str, entries: Table) {
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => tables.push(entries),
        Some(Item::Value(Value::Array(array))) => {
            let mut entries = entries.into_inline_table();
            entries.decor_mut().clear();
            let is_tall =
                array.iter().last().and_then(|last| last.decor().prefix()).and_then(RawString::as_str);
            let prefix = is_tall.filter(|prefix| prefix.contains('\n')).map(str::to_owned);
            let mut value = Value::InlineTable(entries);
            if let Some(prefix) = prefix {
                // Only the indentation: what stands above the last element belongs to that.
                let indent = prefix.rsplit('\n').next().unwrap_or_default();
                value.decor_mut().set_prefix(format!("\n{indent}"));
                array.push_formatted(value);
            } else {
                array.push(value);
            }
        }
        _ => {
            let mut tables = ArrayOfTables::new();
            tables.push(entries);
            table.insert(list, Item::ArrayOfTables(tables));
        }
    }
}

/// Puts a value in place of another, with the comment behind it.
pub(super) fn put(table: &mut dyn TableLike, key: &str, item: Item) {
    let mut item = unplaced(&item);
    if let Some(old) = table.get_mut(key) {
        let decor = old.as_value().map(|value| value.decor().clone());
        if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
            *value.decor_mut() = decor;
        }
        *old = item;
        return;
    }
    // In a table on one line the blank before the closing brace belongs to the last value.
    let last = table.iter_mut().last().and_then(|(_, item)| item.as_value_mut().map(Value::decor_mut));
    if let (Some(last), Some(value)) = (last, item.as_value_mut())
        && let Some(blank) =
            last.suffix().and_then(RawString::as_str).filter(|text| *text == " ").map(str::to_owned)
    {
        last.set_suffix("");
        value.decor_mut().set_suffix(blank);
    }
    table.insert(key, item);
}

/// An item that stands wherever it is put, not where it stood in its own document.
pub(super) fn unplaced(item: &Item) -> Item {
    let mut item = item.clone();
    unplace(&mut item);
    item
}

fn unplace(item: &mut Item) {
    match item {
        Item::Table(table) => {
            table.set_position(None);
            table.iter_mut().for_each(|(_, item)| unplace(item));
        }
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| {
            table.set_position(None);
            table.iter_mut().for_each(|(_, item)| unplace(item));
        }),
        _ => {}
    }
}

/// A table as comment lines.
pub(super) fn written(table: &mut dyn TableLike) -> String {
    let lines = table.iter().map(|(key, item)| {
        let text = item.to_string();
        let text = text.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        format!("# {} = {text}\n", Key::new(key))
    });
    lines.collect()
}
