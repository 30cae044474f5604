//! Which tasks exist in an iteration, and what becomes of those that do not.
//!
//! A task that is absent has no calendar, constraint, window or duration, and links to and from it have no
//! lag: it passes on the latest of its predecessors' dates (semantics, section 3).

use super::compile::Network;
use super::inputs::Inputs;
use super::node::{Edge, UNBOUND};
use super::pass::Pass;
use crate::model::{Program, TaskIx};

/// No condition: the task always exists.
const ALWAYS: u32 = u32::MAX;

/// The conditions of a network.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    /// By node: the number of the condition under which it exists.
    exists: Vec<u32>,
    /// By task: the number of the condition under which it never finishes.
    never: Vec<u32>,
    /// Whether any task has a condition.
    pub any: bool,
}

impl Presence {
    /// The conditions of a program with so many nodes.
    pub fn of(program: &Program, nodes: usize) -> Self {
        let number = |condition: Option<crate::model::ConditionIx>| condition.map_or(ALWAYS, |ix| ix.0);
        let mut exists: Vec<u32> = program.tasks().iter().map(|task| number(task.exists)).collect();
        exists.resize(nodes, ALWAYS);
        let never: Vec<u32> = program.tasks().iter().map(|task| number(task.never)).collect();
        let any = exists.iter().chain(&never).any(|&condition| condition != ALWAYS);
        Self { exists, never, any }
    }

    /// The condition under which a node exists; `None` if it always does.
    #[inline]
    pub fn condition(&self, node: usize) -> Option<usize> {
        let condition = self.exists[node];
        (condition != ALWAYS).then_some(condition as usize)
    }

    /// The condition under which a task never finishes, if there is one.
    #[inline]
    pub fn never(&self, task: usize) -> Option<usize> {
        let condition = self.never[task];
        (condition != ALWAYS).then_some(condition as usize)
    }

    /// Whether a link between these nodes loses its lag in some iterations.
    #[inline]
    pub fn touches(&self, edge: &Edge) -> bool {
        self.exists[edge.from as usize] != ALWAYS || self.exists[edge.to as usize] != ALWAYS
    }
}

impl Network {
    /// Takes over what an iteration says of durations and presence.
    #[inline]
    pub(super) fn begin(&self, inputs: &Inputs, pass: &mut Pass) {
        pass.minutes.copy_from_slice(&inputs.duration_minutes);
        pass.hit.clear();
        pass.hit.resize(inputs.strikes.len(), false);
        pass.struck_minutes.clear();
        pass.struck_minutes.resize(inputs.strikes.len(), 0);
        // Costs of projects may have conditions where no task has.
        pass.present.copy_from_slice(&inputs.present);
        if !self.presence.any && !pass.any_stopped {
            return;
        }
        for node in 0..pass.minutes.len() {
            if self.is_absent(node, pass) {
                pass.minutes[node] = 0;
            }
        }
    }

    /// Whether a node does not exist in this iteration.
    #[inline]
    pub(super) fn is_absent(&self, node: usize, pass: &Pass) -> bool {
        (self.presence.any && self.presence.condition(node).is_some_and(|condition| !pass.present[condition]))
            || (pass.any_stopped && pass.removed_at(node) != UNBOUND)
    }

    /// Whether anything may be absent from this iteration.
    #[inline]
    pub(super) fn may_lack(&self, pass: &Pass) -> bool {
        self.presence.any || pass.any_stopped
    }

    /// Whether a link has lost its lag in this iteration, because one of its ends does not exist.
    #[inline]
    pub(super) fn is_bare(&self, edge: &Edge, pass: &Pass) -> bool {
        self.may_lack(pass)
            && (self.is_absent(edge.from as usize, pass) || self.is_absent(edge.to as usize, pass))
    }

    /// Whether a task exists in the iteration of the last forward pass.
    #[must_use]
    pub fn exists(&self, task: TaskIx, pass: &Pass) -> bool {
        !self.is_absent(task.index(), pass)
    }

    /// The instant that an absent task passes on: the latest that its links bring, at the earliest the
    /// beginning of the program, or the instant at which it was cancelled.
    #[inline]
    pub(super) fn passed_on(&self, node: usize, pass: &Pass) -> i32 {
        let bring = |edge: &Edge| {
            let from = edge.from as usize;
            if edge.leaves_start { self.start_for_links(from, pass) } else { pass.finish[from] }
        };
        self.entering(node).iter().map(bring).fold(self.origin.0.max(pass.removed_at(node)), i32::max)
    }

    /// The edges that count at the gate of an earliest start: those of tasks that exist, or of all if none
    /// does.
    pub(super) fn counting<'a>(&'a self, node: usize, pass: &'a Pass) -> impl Iterator<Item = &'a Edge> {
        let edges = self.entering(node);
        let exists = |edge: &Edge| !self.is_absent(edge.from as usize, pass);
        let some = self.may_lack(pass) && edges.iter().any(exists);
        edges.iter().filter(move |edge| !some || exists(edge))
    }
}
