//! Release trains: windows with a number of places, taken first come, first served.
//!
//! Who comes first is a question of simulated dates, not of the topological order. So the pass visits
//! everything that does not compete for a place as soon as it can, and of the tasks that do, always the one
//! that is ready first (ties: the one earlier in the topological order).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::compile::Network;
use super::order::Adjacency;
use super::tables::TableList;
use crate::model::CalendarIx;
use crate::units::Instant;

/// What never changes between iterations.
#[derive(Clone, Debug)]
pub(super) struct Trains {
    /// By table and window: the number of the departure. Tasks on working and on elapsed time of one
    /// calendar share its places.
    departures: Vec<Vec<u32>>,
    /// By departure: how many places it has.
    places: Vec<u32>,
    /// By node: how many nodes come before it.
    before: Vec<u32>,
    /// The pairs leaving each node, and where they lead.
    leaving: Adjacency,
    to: Vec<u32>,
    /// By node: its position in the topological order.
    pub position: Vec<u32>,
}

/// What changes during a pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals {
    /// By departure: how many places are left.
    left: Vec<u32>,
    /// By node: how many nodes before it have no dates yet.
    pending: Vec<u32>,
    /// Nodes that can be visited.
    pub free: Vec<u32>,
    /// Tasks that wait for a place, by the instant at which they are ready and their position.
    pub waiting: BinaryHeap<Reverse<(i32, u32, u32)>>,
}

impl Trains {
    /// What the trains of a network need; `None` if it has none.
    pub fn of(network: &Network, list: &TableList, pairs: &[(u32, u32)]) -> Option<Self> {
        if !network.rules.iter().any(|rule| rule.in_train) {
            return None;
        }
        let mut numbers: BTreeMap<(CalendarIx, Instant), u32> = BTreeMap::new();
        let mut places = Vec::new();
        let mut departures = Vec::with_capacity(network.windows.len());
        for (table, windows) in network.windows.iter().enumerate() {
            let calendar = list.calendar(table as u32);
            let trains = windows.iter().filter_map(|windows| Some((windows, windows.capacity()?)));
            let own = trains.flat_map(|(windows, capacity)| {
                windows.windows().iter().map(move |window| (window.opens, capacity))
            });
            let own = own.map(|(opens, capacity)| {
                *numbers.entry((calendar, opens)).or_insert_with(|| {
                    places.push(capacity);
                    places.len() as u32 - 1
                })
            });
            departures.push(own.collect());
        }
        let nodes = network.order.len();
        let mut before = vec![0; nodes];
        for &(_, to) in pairs {
            before[to as usize] += 1;
        }
        let mut position = vec![0; nodes];
        for (at, &node) in network.order.iter().enumerate() {
            position[node as usize] = at as u32;
        }
        Some(Self {
            departures,
            places,
            before,
            leaving: Adjacency::group(nodes, pairs.iter().map(|&(from, _)| from)),
            to: pairs.iter().map(|&(_, to)| to).collect(),
            position,
        })
    }

    /// Memory for a pass.
    pub fn arrivals(&self) -> Arrivals {
        Arrivals {
            left: self.places.clone(),
            pending: self.before.clone(),
            free: Vec::with_capacity(self.before.len()),
            waiting: BinaryHeap::with_capacity(self.before.len()),
        }
    }

    /// So many nodes before one that it is not reached.
    pub const NEVER: u32 = u32::MAX;

    /// Begins a pass.
    pub fn begin(&self, arrivals: &mut Arrivals) {
        self.begin_with(&self.before, arrivals);
    }

    /// Begins a pass with so many nodes to come before each.
    pub fn begin_with(&self, pending: &[u32], arrivals: &mut Arrivals) {
        arrivals.left.copy_from_slice(&self.places);
        arrivals.pending.copy_from_slice(pending);
        arrivals.waiting.clear();
        arrivals.free.clear();
        arrivals.free.extend((0..).zip(pending).filter(|(_, open)| **open == 0).map(|(node, _)| node));
    }

    /// The nodes that come after a node.
    pub fn followers(&self, node: u32) -> impl Iterator<Item = u32> {
        self.leaving.of(node as usize).iter().map(|&pair| self.to[pair as usize])
    }

    /// Records that a node has its dates.
    pub fn done(&self, node: u32, arrivals: &mut Arrivals) {
        for &pair in self.leaving.of(node as usize) {
            let to = self.to[pair as usize];
            arrivals.pending[to as usize] -= 1;
            if arrivals.pending[to as usize] == 0 {
                arrivals.free.push(to);
            }
        }
    }

    /// Takes a place in a window, if one is left.
    pub fn take(&self, table: u32, window: usize, arrivals: &mut Arrivals) -> bool {
        let departure = self.departures[table as usize][window] as usize;
        let left = &mut arrivals.left[departure];
        let free = *left > 0;
        *left -= u32::from(free);
        free
    }
}
