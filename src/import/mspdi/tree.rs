//! The outline: which row is a summary, and under which each row stands.

use super::task::TaskRow;
use crate::import::plan::{End, Group};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The outline of a plan.
pub(super) struct Outline {
    pub groups: Vec<Group>,
    /// By group: its row.
    pub group_rows: Vec<usize>,
    /// The rows that are tasks or milestones, with the summary above each.
    pub leaves: Vec<(usize, Option<usize>)>,
    /// What each number of a row became.
    pub ends: BTreeMap<i64, End>,
    /// Rows whose number another has used before.
    pub twice: BTreeSet<usize>,
}

impl Outline {
    /// The outline of rows in the order of the file; rows that are left out must not be among them.
    pub fn of(rows: &[TaskRow]) -> Self {
        let mut outline = Self {
            groups: Vec::new(),
            group_rows: Vec::new(),
            leaves: Vec::new(),
            ends: BTreeMap::new(),
            twice: BTreeSet::new(),
        };
        // Levels with the groups that are open at them.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            while open.last().is_some_and(|&(level, _)| level >= row.level) {
                open.pop();
            }
            let above = open.last().map(|&(_, group)| group);
            let has_rows_below = rows.get(at + 1).is_some_and(|next| next.level > row.level);
            let end = if (row.is_summary && !row.is_external) || has_rows_below {
                let group = Group {
                    source: row.uid.to_string(),
                    name: row.name.clone(),
                    above,
                    target: row.deadline,
                    own_finish: false,
                };
                outline.groups.push(group);
                outline.group_rows.push(at);
                open.push((row.level, outline.groups.len() - 1));
                End::Group(outline.groups.len() - 1)
            } else {
                outline.leaves.push((at, above));
                End::Task(outline.leaves.len() - 1)
            };
            match outline.ends.entry(row.uid) {
                Entry::Occupied(_) => drop(outline.twice.insert(at)),
                Entry::Vacant(free) => drop(free.insert(end)),
            }
        }
        outline
    }
}
