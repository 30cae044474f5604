//! The import of a file into a scenario that is there already.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::DocumentMut;

use super::apply::Applying;
use super::items::{Found, found, pairs};
use super::rename::{Ids, rename};
use crate::import::report::{Fate, ImportReport};
use crate::import::{Beside, ImportError, Imported};
use crate::scenario::to_toml;

/// A scenario with an import in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The scenario as text.
    pub text: String,
    /// What was added, renewed, kept against the file, and removed.
    pub report: ImportReport,
}

/// Renews a scenario from a file: what comes from the file is renewed, what people have added stays.
///
/// Tasks and milestones are told by what their tool calls them (`source`), else by their ids; the ids of the scenario
/// stay. Renewed are names, links between imported tasks, dates, calendars, progress (as one more status), single
/// durations, ranges and costs that the file itself gives in the same form. Ranges around single durations, costs of
/// another form, links to tasks of one's own, risks, responses, benefits and comments stay. Tasks that the file no longer
/// has become comments at the end. `beside` is what the scenario holds in all of its files.
///
/// # Errors
/// [`ImportError::Option`] if the scenario is no TOML.
///
/// ```
/// use p80::import::{Beside, ImportOptions, import, merge};
/// let table = b"id,name,duration,start\nA,Build,7,2027-01-11\n";
/// let imported = import(table, &ImportOptions::default())?;
/// let old = "[program]\nname = \"P\"\nstart = 2027-01-11\n\n[[tasks]]\nid = \"A\"\nduration = \"5d\" # agreed\n";
/// let merged = merge(old, &imported, &Beside::default())?;
/// assert!(merged.text.contains("duration = \"7d\" # agreed\n"));
/// # Ok::<(), p80::import::ImportError>(())
/// ```
pub fn merge(existing: &str, imported: &Imported, beside: &Beside) -> Result<Merged, ImportError> {
    let mut document = document(existing)?;
    let (old, old_projects) = found(&document);
    let (new, _) = found(&document_of(imported)?);
    let pairs = pairs(&old, &new);
    let ids = ids(&old, &old_projects, &new, &pairs);
    let mut scenario = imported.scenario.clone();
    rename(&mut scenario, &ids);
    let fresh = document_of(&Imported { scenario, ..imported.clone() })?;
    let mut report = ImportReport::default();
    let elsewhere = elsewhere(&old, &new, &pairs, beside, &mut report);
    let mut applying = Applying::new(&mut document, &fresh, &mut report);
    applying.program();
    applying.items(&old, &new, &pairs, &ids, &elsewhere);
    if !imported.is_part {
        applying.remove(&old, &pairs);
    }
    applying.named(
        "calendars",
        &["base", "week", "holidays", "extra_days", "hours_per_day", "days_per_week", "days_per_month"],
    );
    applying.named("estimates", &[]);
    applying.scales();
    applying.risks();
    applying.status();
    applying.provenance();
    Ok(Merged { text: document.to_string(), report })
}

/// What a scenario remembers of its last import: headings, with what they were read as.
///
/// # Errors
/// [`ImportError::Option`] if the scenario is no TOML.
pub fn remembered(existing: &str) -> Result<Vec<(String, String)>, ImportError> {
    let document = document(existing)?;
    let mut map = Vec::new();
    for kind in ["tasks", "risks"] {
        let table =
            document.get("import").and_then(|import| import.get(kind)).and_then(|item| item.as_table_like());
        for (heading, field) in table.into_iter().flat_map(|table| table.iter()) {
            map.extend(field.as_str().map(|field| (heading.to_owned(), field.to_owned())));
        }
    }
    Ok(map)
}

/// The words of the scales of a scenario: `probability`, `delay` or `cost`, and the word. None if it is no TOML.
#[must_use]
pub fn scale_words(existing: &str) -> Vec<(String, String)> {
    let Ok(document) = document(existing) else { return Vec::new() };
    let scales = document.get("scales").and_then(|item| item.as_table_like());
    let mut words = Vec::new();
    for (scale, item) in scales.into_iter().flat_map(|scales| scales.iter()) {
        let known = item.as_table_like().into_iter().flat_map(|table| table.iter());
        words.extend(known.map(|(word, _)| (scale.to_owned(), word.to_owned())));
    }
    words
}

/// A scenario as a document.
pub(super) fn document(text: &str) -> Result<DocumentMut, ImportError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        ImportError::Option(format!("the scenario to merge into is no TOML: {}", error.message()))
    })
}

fn document_of(imported: &Imported) -> Result<DocumentMut, ImportError> {
    document(&to_toml(&imported.scenario))
}

/// Which full id of the import is which full id of the scenario.
fn ids(old: &[Found], old_projects: &[String], new: &[Found], pairs: &BTreeMap<usize, usize>) -> Ids {
    let mut ids = Ids::new();
    let join = |path: &[String]| path.join(".");
    // A project is the one in which most of its tasks stand.
    let mut votes: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (&at, &known) in pairs {
        let (from, to) = (&new[at].slot.projects, &old[known].slot.projects);
        for depth in 1..=from.len().min(to.len()) {
            if from.len() == to.len() {
                *votes.entry(join(&from[..depth])).or_default().entry(join(&to[..depth])).or_default() += 1;
            }
        }
    }
    let mut projects: BTreeSet<Vec<String>> = BTreeSet::new();
    for item in new {
        for depth in 1..=item.slot.projects.len() {
            projects.insert(item.slot.projects[..depth].to_vec());
        }
    }
    // Outer ones before inner ones, as paths are sorted.
    for path in projects {
        let full = join(&path);
        let most = votes.get(&full).and_then(|votes| votes.iter().max_by_key(|(_, count)| **count));
        let wanted = match most {
            Some((project, _)) => project.clone(),
            None if old_projects.contains(&full) => full.clone(),
            None => {
                let above = join(&path[..path.len() - 1]);
                let above = ids.get(&above).cloned().unwrap_or(above);
                let own = path.last().map_or("", String::as_str);
                if above.is_empty() { own.to_owned() } else { format!("{above}.{own}") }
            }
        };
        ids.insert(full, wanted);
    }
    let mut taken: BTreeSet<String> = old.iter().map(|item| item.full.clone()).collect();
    for (at, item) in new.iter().enumerate() {
        if let Some(&known) = pairs.get(&at) {
            ids.insert(item.full.clone(), old[known].full.clone());
        }
    }
    for (at, item) in new.iter().enumerate().filter(|(at, _)| !pairs.contains_key(at)) {
        let _ = at;
        let home = join(&item.slot.projects);
        let home = ids.get(&home).cloned().unwrap_or(home);
        let own = item.full.rsplit('.').next().unwrap_or_default();
        let wanted = if home.is_empty() { own.to_owned() } else { format!("{home}.{own}") };
        let mut free = wanted.clone();
        let mut number = 2;
        while !taken.insert(free.clone()) {
            free = format!("{wanted}-{number}");
            number += 1;
        }
        ids.insert(item.full.clone(), free);
    }
    ids
}

/// New items that stand in another file of the scenario.
fn elsewhere(
    old: &[Found],
    new: &[Found],
    pairs: &BTreeMap<usize, usize>,
    beside: &Beside,
    report: &mut ImportReport,
) -> BTreeSet<usize> {
    let here: BTreeSet<&str> = old.iter().map(|item| item.full.as_str()).collect();
    let others: Vec<_> = beside.items.iter().filter(|item| !here.contains(item.id.as_str())).collect();
    let ids: BTreeSet<&str> = others.iter().map(|item| item.id.as_str()).collect();
    let sources: BTreeSet<&str> = others.iter().filter_map(|item| item.source.as_deref()).collect();
    let mut found = BTreeSet::new();
    for (at, item) in new.iter().enumerate().filter(|(at, _)| !pairs.contains_key(at)) {
        let by_source = item.source.as_deref().is_some_and(|source| sources.contains(source));
        if by_source || ids.contains(item.full.as_str()) {
            let source = item.source.clone().unwrap_or_default();
            report.note(
                Fate::Kept,
                "task",
                &source,
                &item.name,
                "it stands in another file of the scenario: renew it there",
            );
            found.insert(at);
        }
    }
    found
}
