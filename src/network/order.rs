//! A topological order, and edges sorted by it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::node::Edge;

/// Edges leaving or entering each node: those of node `n` are `items[first[n]..first[n + 1]]`.
#[derive(Clone, Debug)]
pub(super) struct Adjacency {
    first: Vec<u32>,
    items: Vec<u32>,
}

impl Adjacency {
    /// Groups numbers `0..keys.len()` by their key.
    pub fn group(nodes: usize, keys: impl Iterator<Item = u32> + Clone) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for key in keys.clone() {
            first[key as usize + 1] += 1;
        }
        for at in 0..nodes {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut items = vec![0; first[nodes] as usize];
        for (item, key) in keys.enumerate() {
            items[next[key as usize] as usize] = item as u32;
            next[key as usize] += 1;
        }
        Self { first, items }
    }

    /// The numbers grouped under a node.
    #[inline]
    pub fn of(&self, node: usize) -> &[u32] {
        &self.items[self.first[node] as usize..self.first[node + 1] as usize]
    }
}

/// Every node after all that it depends on; among those that could come next, the lowest number.
///
/// Circles do not occur in a validated program; nodes on one would be left out.
pub(super) fn topological(nodes: usize, pairs: &[(u32, u32)]) -> Vec<u32> {
    let leaving = Adjacency::group(nodes, pairs.iter().map(|&(from, _)| from));
    let mut waits_for = vec![0_u32; nodes];
    for &(_, to) in pairs {
        waits_for[to as usize] += 1;
    }
    let mut free: BinaryHeap<Reverse<u32>> =
        (0..nodes as u32).filter(|&node| waits_for[node as usize] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(nodes);
    while let Some(Reverse(node)) = free.pop() {
        order.push(node);
        for &pair in leaving.of(node as usize) {
            let to = pairs[pair as usize].1;
            waits_for[to as usize] -= 1;
            if waits_for[to as usize] == 0 {
                free.push(Reverse(to));
            }
        }
    }
    order
}

/// Sorts edges by the position of their ends in the order, so that a pass reads them front to back.
pub(super) fn sort_edges(edges: &mut [Edge], order: &[u32]) {
    let mut position = vec![0_u32; order.len()];
    for (at, &node) in order.iter().enumerate() {
        position[node as usize] = at as u32;
    }
    // Sorting is stable, so that edges between the same nodes keep the order of their links.
    edges.sort_by_key(|edge| (position[edge.to as usize], position[edge.from as usize]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_comes_after_those_before_it() {
        let pairs = [(3, 1), (1, 0), (2, 0), (3, 2)];
        assert_eq!(topological(4, &pairs), [3, 1, 2, 0]);
    }

    #[test]
    fn a_group_holds_the_numbers_of_its_key_in_order() {
        let keys = [2_u32, 0, 2, 1, 2];
        let groups = Adjacency::group(4, keys.iter().copied());
        assert_eq!(groups.of(2), [0, 2, 4]);
        assert_eq!(groups.of(0), [1]);
        assert!(groups.of(3).is_empty());
    }
}
