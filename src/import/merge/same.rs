//! Whether two values say the same, however they are written.

use toml_edit::{Item, Value};

/// Whether two items say the same: layout, quotes and the order of keys do not matter, nor whether a single element
/// stands in a list.
pub(super) fn same(one: &Item, other: &Item) -> bool {
    match (parts(one), parts(other)) {
        (Parts::Scalar(a), Parts::Scalar(b)) => a == b,
        (Parts::List(a), Parts::List(b)) => a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same(a, b)),
        (Parts::Table(a), Parts::Table(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| b.iter().any(|(other, b)| key == other && same(a, b)))
        }
        // A cost line of nothing but an amount is the amount.
        (Parts::List(a), _) if a.len() == 1 => same(&a[0], other),
        (_, Parts::List(b)) if b.len() == 1 => same(one, &b[0]),
        _ => false,
    }
}

/// Whether two items are built alike, so that one can stand for the other with nothing lost: tables of the same keys,
/// lists of as many elements, single values.
pub(super) fn alike(one: &Item, other: &Item) -> bool {
    match (parts(one), parts(other)) {
        (Parts::Scalar(_), Parts::Scalar(_)) => true,
        (Parts::List(a), Parts::List(b)) => a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| alike(a, b)),
        (Parts::Table(a), Parts::Table(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| b.iter().any(|(other, b)| key == other && alike(a, b)))
        }
        (Parts::List(a), _) if a.len() == 1 => alike(&a[0], other),
        (_, Parts::List(b)) if b.len() == 1 => alike(one, &b[0]),
        _ => false,
    }
}

/// An item taken apart.
enum Parts {
    Scalar(String),
    List(Vec<Item>),
    Table(Vec<(String, Item)>),
}

fn parts(item: &Item) -> Parts {
    match item {
        Item::Value(Value::Array(array)) => {
            Parts::List(array.iter().map(|value| Item::Value(value.clone())).collect())
        }
        Item::ArrayOfTables(tables) => {
            Parts::List(tables.iter().map(|table| Item::Table(table.clone())).collect())
        }
        Item::Value(Value::InlineTable(_)) | Item::Table(_) => {
            let table = item.as_table_like();
            let entries = table.into_iter().flat_map(|table| table.iter());
            Parts::Table(entries.map(|(key, item)| (key.to_owned(), item.clone())).collect())
        }
        Item::Value(Value::String(text)) => Parts::Scalar(format!("\"{}", text.value())),
        Item::Value(Value::Integer(whole)) => Parts::Scalar((*whole.value() as f64).to_string()),
        Item::Value(Value::Float(float)) => Parts::Scalar(float.value().to_string()),
        Item::Value(Value::Boolean(flag)) => Parts::Scalar(flag.value().to_string()),
        Item::Value(Value::Datetime(at)) => {
            Parts::Scalar(at.value().to_string().trim_end_matches(":00").to_owned())
        }
        Item::None => Parts::Scalar(String::new()),
    }
}

/// A value on one line, for the report.
pub(super) fn shown(item: &Item) -> String {
    match parts(item) {
        Parts::Scalar(text) => text.trim_start_matches('"').to_owned(),
        Parts::List(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Parts::Table(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, item)| format!("{key} = {}", shown(item))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
