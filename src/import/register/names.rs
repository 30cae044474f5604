//! What texts in tables mean, and the ids of their rows.

use std::collections::BTreeMap;

use super::groups::Groups;
use super::tasks::Line;
use crate::import::ids::{Taken, code, slug};
use crate::import::report::{Fate, ImportReport};

/// What texts mean.
#[derive(Default)]
pub(super) struct Names {
    /// Ids, which mean one thing.
    exact: BTreeMap<String, String>,
    /// Names; nothing where several things have one.
    loose: BTreeMap<String, Option<String>>,
}

impl Names {
    pub fn find(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let loose = || self.loose.get(&text.to_lowercase()).and_then(Option::as_ref);
        self.exact.get(text).or_else(loose).map(String::as_str)
    }

    pub fn exact(&mut self, text: &str, full: &str) {
        self.exact.entry(text.trim().to_owned()).or_insert_with(|| full.to_owned());
    }

    pub fn loose(&mut self, text: &str, full: &str) {
        let entry = self.loose.entry(text.trim().to_lowercase()).or_insert_with(|| Some(full.to_owned()));
        if entry.as_deref() != Some(full) {
            *entry = None;
        }
    }
}

/// The ids of all lines.
pub(super) fn name_lines(
    lines: &[Line],
    groups: &Groups,
    report: &mut ImportReport,
) -> Vec<(String, String)> {
    let mut everywhere = groups.taken.clone();
    let mut inside: Vec<Taken> = vec![Taken::default(); groups.list.len()];
    let mut ids = vec![(String::new(), String::new()); lines.len()];
    // What stands in no project is named first, because it takes ids from all the others.
    let (free, grouped): (Vec<usize>, Vec<usize>) =
        (0..lines.len()).partition(|&at| groups.of_line[at].is_none());
    for at in free.into_iter().chain(grouped) {
        let line = &lines[at];
        let wanted = line.source.as_deref().map(code).filter(|id| !id.trim_matches('-').is_empty());
        let wanted = wanted.or_else(|| Some(slug(&line.name)).filter(|id| !id.is_empty()));
        let wanted = wanted.unwrap_or_else(|| format!("task-{}", at + 1));
        let (own, full) = match groups.of_line[at] {
            None => {
                let own = everywhere.free(&wanted, &Taken::default());
                (own.clone(), own)
            }
            Some(group) => {
                let own = inside[group].free(&wanted, &everywhere);
                let full = format!("{}.{own}", groups.list[group].full);
                (own, full)
            }
        };
        if own != wanted && line.source.is_some() {
            let reason = format!("the id `{wanted}` is used twice: this one is `{own}`");
            report.note(Fate::Changed, "task", &line.place, &line.name, reason);
        }
        ids[at] = (own, full);
    }
    ids
}
