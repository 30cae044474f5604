//! What an import took, changed and left out, item by item.

use std::fmt;

/// What became of something in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the scenario as it was.
    Taken,
    /// It is in the scenario, but not as it was.
    Changed,
    /// It is not in the scenario.
    LeftOut,
    /// It is new in a scenario that an import went into.
    Added,
    /// It stays in such a scenario, although the file says something else.
    Kept,
    /// The file no longer has it.
    Removed,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Taken => "taken",
            Self::Changed => "changed",
            Self::LeftOut => "left out",
            Self::Added => "added",
            Self::Kept => "kept",
            Self::Removed => "removed",
        })
    }
}

/// One thing of the file, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// What became of it.
    pub fate: Fate,
    /// What it is: `task`, `link`, `calendar` ...
    pub kind: &'static str,
    /// What the tool calls it.
    pub source: String,
    /// The name that people read.
    pub name: String,
    /// Where it is in the scenario; empty if it is not.
    pub id: String,
    /// Why, or what is different; empty for what was taken as it was.
    pub reason: String,
}

/// What an import took, changed and left out, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Every thing of the file that matters to a forecast.
    pub entries: Vec<Entry>,
}

impl ImportReport {
    /// Notes what became of something.
    pub(super) fn note(
        &mut self,
        fate: Fate,
        kind: &'static str,
        source: &str,
        name: &str,
        reason: impl Into<String>,
    ) {
        let (source, name) = (source.to_owned(), name.to_owned());
        self.entries.push(Entry { fate, kind, source, name, id: String::new(), reason: reason.into() });
    }

    /// Notes that something is in the scenario as it was.
    pub(super) fn take(&mut self, kind: &'static str, source: &str, name: &str, id: &str) {
        let (source, name, id) = (source.to_owned(), name.to_owned(), id.to_owned());
        self.entries.push(Entry { fate: Fate::Taken, kind, source, name, id, reason: String::new() });
    }

    /// How many things had a fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.entries.iter().filter(|entry| entry.fate == fate).count()
    }

    /// How many things had each fate, by kind and reason without names, most first: what to read before the entries.
    #[must_use]
    pub fn summary(&self) -> Vec<(Fate, &'static str, &str, usize)> {
        let mut groups: Vec<(Fate, &'static str, &str, usize)> = Vec::new();
        let mut places = std::collections::BTreeMap::new();
        for entry in &self.entries {
            let key = (entry.fate, entry.kind, entry.reason.as_str());
            let at = *places.entry(key).or_insert_with(|| {
                groups.push((key.0, key.1, key.2, 0));
                groups.len() - 1
            });
            groups[at].3 += 1;
        }
        groups.sort_by_key(|&(fate, _, _, count)| (fate, std::cmp::Reverse(count)));
        groups
    }

    /// The report as a table: a header, then a row for every entry.
    #[must_use]
    pub fn rows(&self) -> Vec<[String; 6]> {
        let header = ["fate", "kind", "source", "name", "id", "reason"].map(str::to_owned);
        let row = |entry: &Entry| {
            [
                entry.fate.to_string(),
                entry.kind.to_owned(),
                entry.source.clone(),
                entry.name.clone(),
                entry.id.clone(),
                entry.reason.clone(),
            ]
        };
        std::iter::once(header).chain(self.entries.iter().map(row)).collect()
    }
}
