//! Which parts of a scenario get a section of their own.

use crate::scenario::raw::Item;

/// How an entry of a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// On a line: `key = value`.
    Line,
    /// As a section: `[path.key]`, or `[[path.key]]` for each element of a list.
    Section,
    /// As the only element of a list: `[[path.key]]`.
    Element,
    /// Its entries have sections, itself has none: `[path.key.entry]`.
    Group,
}

/// Lists whose elements have sections.
const LISTS: [&str; 8] =
    ["correlations", "costs", "drivers", "milestones", "rework", "risks", "status", "tasks"];

/// Tables at the top whose entries have sections.
const GROUPS: [&str; 6] = ["benefits", "calendars", "contracts", "estimates", "projects", "variants"];

/// How an entry below a path is laid out.
pub(super) fn layout_of(path: &[String], key: &str, item: &Item) -> Layout {
    let above = path.last().map(String::as_str);
    // An entry of a group; in projects there are projects again.
    let in_group = path.len() == 1 && above.is_some_and(|above| GROUPS.contains(&above))
        || path.len() > 1 && path.len() % 2 == 1 && above == Some("projects");
    match item {
        Item::List(list) => {
            let holds_tables =
                !list.is_empty() && list.iter().all(|element| matches!(element, Item::Table(_)));
            let at_home = path.is_empty() || (path.len().is_multiple_of(2) && path[0] == "projects");
            if holds_tables && at_home && LISTS.contains(&key) { Layout::Section } else { Layout::Line }
        }
        Item::Table(_) if in_group => Layout::Section,
        Item::Table(_) if path.is_empty() && GROUPS.contains(&key) => Layout::Group,
        Item::Table(_) if key == "projects" && path.len().is_multiple_of(2) && path[0] == "projects" => {
            Layout::Group
        }
        // One element of a list that may have several.
        Item::Table(_) if path.is_empty() && LISTS.contains(&key) => Layout::Element,
        Item::Table(_) if path.is_empty() => Layout::Section,
        Item::Table(_) if above == Some("status") && matches!(key, "tasks" | "risks") => Layout::Section,
        _ => Layout::Line,
    }
}
