//! Ids of epics and issues.

use crate::backlog::Issue;
use crate::import::ids::{Taken, code, slug};

/// The id of a task of items that belong to no epic.
pub(super) const REST: &str = "without-epic";

/// The id of an issue: its key, else its title.
pub(super) fn id_of(issue: &Issue, taken: &mut Taken) -> String {
    let key = code(&issue.key);
    let wanted = match key.trim_matches('-') {
        "" => slug(&issue.title),
        key => key.to_owned(),
    };
    taken.free(if wanted.is_empty() { "issue" } else { &wanted }, &Taken::default())
}

/// The name of an issue: its title on one line, else its key.
pub(super) fn name_of(issue: &Issue) -> String {
    let title = issue.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { issue.key.clone() } else { title }
}
