//! Which issue waits for which.

use std::collections::BTreeMap;

use crate::backlog::{IssueList, State};
use crate::import::report::{Fate, ImportReport};

/// Pairs of issues by their places in the list: what comes before, and what waits for it. Links to what is finished,
/// dropped or not in the list are in the report.
pub(super) fn ties(list: &IssueList, report: &mut ImportReport) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, issue) in list.issues.iter().enumerate() {
        places.insert(&issue.key, at);
    }
    for (at, issue) in list.issues.iter().enumerate() {
        if let Some(id) = &issue.id {
            places.entry(id).or_insert(at);
        }
    }
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for issue in &list.issues {
        pairs.extend(issue.blocks.iter().map(|other| (issue.key.as_str(), other.as_str())));
        pairs.extend(issue.blocked_by.iter().map(|other| (other.as_str(), issue.key.as_str())));
    }
    // Both ends of a link name it, each in its own column.
    pairs.sort_unstable();
    pairs.dedup();
    let mut found = Vec::new();
    for (before, after) in pairs {
        let source = format!("{before} -> {after}");
        let mut leave = |reason: &str| report.note(Fate::LeftOut, "link", &source, "", reason);
        let (Some(&from), Some(&to)) = (places.get(before), places.get(after)) else {
            leave("an end of it is not in the list");
            continue;
        };
        let is_settled = |at: usize| list.issues[at].state != State::Open;
        if from == to {
            leave("it ties an issue to itself");
        } else if is_settled(from) || is_settled(to) {
            leave("an end of it is done or dropped");
        } else {
            found.push((from, to));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
