//! The work breakdown: which nodes become projects, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::data::Data;
use crate::import::plan::Group;

/// The groups of a plan, each after the one above it, and the group of each node.
pub(super) struct Breakdown {
    pub groups: Vec<Group>,
    /// By the number of a node.
    pub places: BTreeMap<String, usize>,
}

/// The groups of all projects; a single project is the program itself and no group.
pub(super) fn breakdown(data: &Data, is_single: bool) -> Breakdown {
    let mut below: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    let known: BTreeSet<&str> = data.wbs.iter().map(|node| node.id.as_str()).collect();
    for (at, node) in data.wbs.iter().enumerate() {
        // The node above a project is in no file, or belongs to the enterprise.
        let above = node.above.as_deref().filter(|above| !node.is_root && known.contains(above));
        below.entry(above).or_default().push(at);
    }
    for nodes in below.values_mut() {
        nodes.sort_by_key(|&at| (data.wbs[at].order, at));
    }
    let mut found = Breakdown { groups: Vec::new(), places: BTreeMap::new() };
    // Nodes that wait to be visited, with the group above them; a circle is never reached from the top.
    let mut waiting: Vec<(usize, Option<usize>)> = Vec::new();
    let tops = below.get(&None).into_iter().flatten().rev();
    waiting.extend(tops.map(|&at| (at, None)));
    while let Some((at, above)) = waiting.pop() {
        let node = &data.wbs[at];
        if found.places.contains_key(&node.id) {
            continue;
        }
        let is_program = node.is_root && is_single;
        let group = if is_program {
            above
        } else {
            found.groups.push(Group {
                source: node.id.clone(),
                name: node.name.clone(),
                above,
                target: None,
                own_finish: node.is_root,
            });
            Some(found.groups.len() - 1)
        };
        if let Some(group) = group {
            found.places.insert(node.id.clone(), group);
        }
        let inner = below.get(&Some(node.id.as_str())).into_iter().flatten().rev();
        waiting.extend(inner.map(|&inner| (inner, group)));
    }
    found
}
