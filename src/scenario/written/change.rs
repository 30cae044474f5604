//! How two scenarios differ, in the words of the format.

use std::collections::BTreeMap;
use std::fmt;

use crate::scenario::raw::Leaf;

/// One difference between two scenarios.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The kind of thing: `program`, `project`, `task`, `milestone`, `risk`, `calendar` ...
    pub what: String,
    /// Its id; empty for the program.
    pub id: String,
    /// The name or title that people read, where it has one.
    pub name: Option<String>,
    /// What is different about it.
    #[serde(flatten)]
    pub kind: ChangeKind,
}

/// What is different about a thing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is only in the second scenario.
    Added,
    /// It is only in the first scenario.
    Removed,
    /// One of its values is different.
    Changed {
        /// The keys of the value, such as `response.on`.
        key: String,
        /// The value in the first scenario; [`None`] if it is not given there.
        from: Option<String>,
        /// The value in the second scenario; [`None`] if it is not given there.
        to: Option<String>,
    },
}

impl ChangeKind {
    /// Its name, the key that is different, and the values before and after.
    #[must_use]
    pub fn parts(&self) -> (&'static str, Option<&String>, Option<&String>, Option<&String>) {
        match self {
            Self::Added => ("added", None, None, None),
            Self::Removed => ("removed", None, None, None),
            Self::Changed { key, from, to } => ("changed", Some(key), from.as_ref(), to.as_ref()),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thing = match self.id.as_str() {
            "" => format!("the {}", self.what),
            id => format!("{} {id}", self.what),
        };
        let name = match &self.name {
            Some(name) if *name != self.id => format!(" ({name})"),
            _ => String::new(),
        };
        // Of a cost line the number alone tells nobody which one it is.
        let told = if self.what == COST { format!("{thing}{name}") } else { thing.clone() };
        match &self.kind {
            ChangeKind::Added => write!(f, "{thing}{name} added"),
            ChangeKind::Removed => write!(f, "{thing}{name} removed"),
            ChangeKind::Changed { key, from: Some(from), to: Some(to) } => {
                write!(f, "{key} of {told}: {from} -> {to}")
            }
            ChangeKind::Changed { key, from: None, to } => {
                write!(f, "{key} of {told}: {} (not given before)", to.as_deref().unwrap_or_default())
            }
            ChangeKind::Changed { key, from: Some(from), to: None } => {
                write!(f, "{key} of {told}: no longer given (was {from})")
            }
        }
    }
}

/// The kind of a cost line of the program.
const COST: &str = "cost";

/// Keys by value, of every thing by kind and id, in order.
type Things<'a> = BTreeMap<(usize, &'a str, &'a str), BTreeMap<String, &'a str>>;

/// The differences between what two scenarios say, in the order of the format: program, projects, tasks,
/// milestones, risks and so on, each by id.
#[must_use]
pub fn changes(before: &[Leaf], after: &[Leaf]) -> Vec<Change> {
    let (old, new) = (things(before), things(after));
    let mut keys: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let mut changes = Vec::new();
    for key in keys {
        let (_, what, id) = key;
        let (from, to) = (old.get(&key), new.get(&key));
        let named = |values: &BTreeMap<String, &str>| {
            let name =
                ["name", "title"].iter().find_map(|key| values.get(*key).map(|name| (*name).to_owned()));
            let is_changed = from.is_some() && to.is_some();
            name.or_else(|| (what == COST).then(|| cost_line(values, is_changed)).flatten())
        };
        let name = to.and_then(&named).or_else(|| from.and_then(&named));
        let change = |kind| Change { what: what.to_owned(), id: id.to_owned(), name: name.clone(), kind };
        match (from, to) {
            (Some(from), Some(to)) => {
                let mut inner: Vec<&String> = from.keys().chain(to.keys()).collect();
                inner.sort_unstable();
                inner.dedup();
                changes.extend(inner.into_iter().filter(|key| from.get(*key) != to.get(*key)).map(|key| {
                    let text =
                        |values: &BTreeMap<String, &str>| values.get(key).map(|text| (*text).to_owned());
                    let key = key.clone();
                    change(ChangeKind::Changed { from: text(from), to: text(to), key })
                }));
            }
            (Some(_), None) => changes.push(change(ChangeKind::Removed)),
            (None, _) => changes.push(change(ChangeKind::Added)),
        }
    }
    changes
}

/// What a cost line is called, which has nothing but a number to be told by: its id or category, and how much it is
/// unless what is different about it is said beside.
fn cost_line(values: &BTreeMap<String, &str>, is_changed: bool) -> Option<String> {
    let name = ["id", "category"].iter().find_map(|key| values.get(*key));
    if is_changed {
        return name.map(|name| (*name).to_owned());
    }
    let amount = ["lump", "rate", "percent"].iter().find_map(|key| {
        let is_it = |name: &&String| name.as_str() == *key || name.starts_with(&format!("{key}."));
        let found: Vec<&str> =
            values.keys().filter(is_it).filter_map(|name| values.get(name).copied()).collect();
        (!found.is_empty()).then(|| format!("{key} {}", found.join(", ")))
    });
    let parts: Vec<String> = name.map(|name| (*name).to_owned()).into_iter().chain(amount).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The order in which kinds of things are listed.
const ORDER: [&str; 14] = [
    "program",
    "project",
    "task",
    "milestone",
    "alternatives",
    "rework",
    "risk",
    "driver",
    "correlation",
    COST,
    "calendar",
    "estimate template",
    "role",
    "scales",
];

fn things(leaves: &[Leaf]) -> Things<'_> {
    let mut things = Things::new();
    for leaf in leaves {
        let [what, id, keys @ ..] = &leaf.path[..] else { continue };
        let order = ORDER.iter().position(|kind| kind == what).unwrap_or(ORDER.len());
        let key = if keys.is_empty() { "value".to_owned() } else { keys.join(".") };
        things.entry((order, what, id)).or_default().insert(key, &leaf.text);
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(path: &str, text: &str) -> Leaf {
        Leaf { path: path.split('/').map(str::to_owned).collect(), text: text.into(), place: None }
    }

    #[test]
    fn changes_are_told_in_the_words_of_the_format() {
        let before =
            [leaf("risk/R-07/probability", "0.35"), leaf("task/a.b/id", "b"), leaf("program//name", "P")];
        let after = [
            leaf("risk/R-07/probability", "0.15"),
            leaf("risk/R-07/response.on", "true"),
            leaf("task/c/id", "c"),
            leaf("task/c/name", "See"),
            leaf("program//name", "P"),
        ];
        let told: Vec<String> = changes(&before, &after).iter().map(Change::to_string).collect();
        assert_eq!(
            told,
            [
                "task a.b removed",
                "task c (See) added",
                "probability of risk R-07: 0.35 -> 0.15",
                "response.on of risk R-07: true (not given before)",
            ]
        );
    }

    #[test]
    fn cost_lines_are_told_by_id_or_category_and_amount() {
        let before = [
            leaf("cost/1/category", "hardware"),
            leaf("cost/1/lump", "1000"),
            leaf("cost/4/lump", "70"),
            leaf("cost/5/id", "rent"),
            leaf("cost/5/category", "office"),
        ];
        let after = [
            leaf("cost/1/category", "hardware"),
            leaf("cost/1/lump", "2000"),
            leaf("cost/2/id", "licences"),
            leaf("cost/2/category", "software"),
            leaf("cost/2/lump.pert", "[1, 2, 5]"),
            leaf("cost/3/rate", "640/d"),
            leaf("cost/4/lump", "80"),
            leaf("cost/5/id", "rent"),
        ];
        let told: Vec<String> = changes(&before, &after).iter().map(Change::to_string).collect();
        assert_eq!(
            told,
            [
                "lump of cost 1 (hardware): 1000 -> 2000",
                "cost 2 (licences, lump [1, 2, 5]) added",
                "cost 3 (rate 640/d) added",
                "lump of cost 4: 70 -> 80",
                "category of cost 5 (rent): no longer given (was office)",
            ]
        );
    }
}
