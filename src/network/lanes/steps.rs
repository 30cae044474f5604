//! The order in which the forward pass over lanes visits nodes.
//!
//! Lanes differ in who comes first to a release train, so that tasks that compete for places, and all that lies
//! between two of them, are visited lane by lane in the order of arrival. What comes before and after that
//! is the same in every order, and is visited in all lanes at once.

use crate::network::compile::Network;
use crate::network::trains::Trains;

/// Nodes in three parts, each in topological order.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    /// What depends on no task that competes for places: everything where none does.
    pub before: Vec<u32>,
    /// What is visited lane by lane.
    pub by_lane: Vec<u32>,
    /// What only depends on it.
    pub after: Vec<u32>,
    /// The nodes before `by_lane` that it depends on.
    pub sources: Vec<u32>,
    /// By node: how many nodes of `by_lane` stand before it, if it is one; beyond reach if not.
    pub pending: Vec<u32>,
}

impl Steps {
    /// The steps of a network.
    pub fn of(network: &Network) -> Self {
        let Some(trains) = &network.trains else {
            return Self { before: network.order.clone(), ..Self::default() };
        };
        let nodes = network.order.len();
        let competes = |node: usize| network.rules.get(node).is_some_and(|rule| rule.in_train);
        // Whether a task that competes comes before it, and whether it is one or comes before one.
        let (mut follows, mut leads) = (vec![false; nodes], vec![false; nodes]);
        for &node in &network.order {
            let node = node as usize;
            let hands_on = follows[node] || competes(node);
            trains.followers(node as u32).for_each(|to| follows[to as usize] |= hands_on);
        }
        for &node in network.order.iter().rev() {
            let leads_on = trains.followers(node).any(|to| leads[to as usize]);
            leads[node as usize] = leads_on || competes(node as usize);
        }
        let by_lane =
            |node: &u32| leads[*node as usize] && (follows[*node as usize] || competes(*node as usize));
        let mut steps = Self { pending: vec![Trains::NEVER; nodes], ..Self::default() };
        for node in &network.order {
            if by_lane(node) {
                steps.by_lane.push(*node);
                steps.pending[*node as usize] = 0;
            } else if follows[*node as usize] {
                steps.after.push(*node);
            } else {
                steps.before.push(*node);
            }
        }
        for node in &steps.by_lane {
            for to in trains.followers(*node).filter(|to| by_lane(to)) {
                steps.pending[to as usize] += 1;
            }
        }
        let is_source = |node: &&u32| trains.followers(**node).any(|to| by_lane(&to));
        steps.sources = steps.before.iter().filter(is_source).copied().collect();
        steps
    }
}
