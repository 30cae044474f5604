//! A scenario as the file that a person would have written.

use super::layout::{Layout, layout_of};
use crate::scenario::raw::{Item, RawScenario, RawTable};

/// Columns after which a list continues on further lines.
const WIDE: usize = 100;

/// The scenario as TOML: one section per table of the format, short values on one line.
///
/// What a scenario names in other files is written as its name; what variants set is left out, because its
/// text stands in the file that it was read from.
///
/// ```
/// use p80::scenario::raw::{RawProgram, RawScenario};
/// let program = RawProgram { name: "Pilot".to_owned().into(), ..RawProgram::default() };
/// let raw = RawScenario { program: program.into(), ..RawScenario::default() };
/// assert_eq!(p80::scenario::to_toml(&raw), "[program]\nname = \"Pilot\"\n");
/// ```
#[must_use]
pub fn to_toml(raw: &RawScenario) -> String {
    let mut text = String::new();
    table(&mut text, &[], &raw.key_items());
    text
}

/// The entries of a table: first those that fit on lines, then those with sections of their own.
fn table(text: &mut String, path: &[String], entries: &[(String, Item)]) {
    let (sections, lines): (Vec<_>, Vec<_>) =
        entries.iter().partition(|(key, item)| layout_of(path, key, item) != Layout::Line);
    for (name, item) in lines {
        let start = text.len();
        text.push_str(&key(name));
        text.push_str(" = ");
        value(text, item);
        if let Item::List(list) = item
            && text.len() - start > WIDE
        {
            text.truncate(start);
            tall_list(text, name, list);
        }
        text.push('\n');
    }
    for (name, item) in sections {
        let below: Vec<String> = path.iter().cloned().chain([key(name)]).collect();
        match (item, layout_of(path, name, item)) {
            (Item::List(list), _) => {
                for element in list {
                    header(text, &format!("[[{}]]", below.join(".")));
                    if let Item::Table(entries) = element {
                        table(text, &below, entries);
                    }
                }
            }
            (Item::Table(entries), Layout::Group) => table(text, &below, entries),
            (Item::Table(entries), layout) => {
                let name = below.join(".");
                header(
                    text,
                    &if layout == Layout::Element { format!("[[{name}]]") } else { format!("[{name}]") },
                );
                table(text, &below, entries);
            }
            _ => {}
        }
    }
}

/// A section after an empty line.
fn header(text: &mut String, header: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(header);
    text.push('\n');
}

/// A list with one element per line.
fn tall_list(text: &mut String, name: &str, list: &[Item]) {
    text.push_str(&key(name));
    text.push_str(" = [\n");
    for element in list {
        text.push_str("    ");
        value(text, element);
        text.push_str(",\n");
    }
    text.push(']');
}

/// A value on one line.
fn value(text: &mut String, item: &Item) {
    match item {
        Item::Text(words) => text.push_str(&quoted(words)),
        Item::Number(number) => text.push_str(&number_text(*number)),
        Item::Flag(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Item::Date(date) => text.push_str(date),
        Item::List(list) => {
            text.push('[');
            for (at, element) in list.iter().enumerate() {
                if at > 0 {
                    text.push_str(", ");
                }
                value(text, element);
            }
            text.push(']');
        }
        Item::Table(entries) => {
            text.push_str("{ ");
            for (at, (name, inner)) in entries.iter().enumerate() {
                if at > 0 {
                    text.push_str(", ");
                }
                text.push_str(&key(name));
                text.push_str(" = ");
                value(text, inner);
            }
            text.push_str(" }");
        }
    }
}

/// A number that reads back as the same: whole ones without a point.
fn number_text(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:e}");
    }
    if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number}") }
}

/// A key, in quotes where TOML wants them.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A text in double quotes.
fn quoted(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 2);
    text.push('"');
    for c in words.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_and_any_key_reads_back() {
        for words in ["plain", "a \"b\"", "back\\slash", "two\nlines\ttab\r", "\u{1}\u{7f}\u{85}", "grün ✓"]
        {
            let line = format!("{} = {}", key(words), quoted(words));
            let table: toml::Table = line.parse().expect("it is TOML");
            assert_eq!(table.get(words).and_then(toml::Value::as_str), Some(words));
        }
    }

    #[test]
    fn numbers_read_back_exactly() {
        for number in [0.0, -3.0, 0.1, 1e300, 4_800_000.0, 1.0 / 3.0] {
            let table: toml::Table = format!("x = {}", number_text(number)).parse().expect("it is TOML");
            let read = table["x"].as_float().or(table["x"].as_integer().map(|whole| whole as f64));
            assert_eq!(read, Some(number));
        }
    }
}
