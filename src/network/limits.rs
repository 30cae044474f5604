//! How late the successors of a node let it be: the step that all reverse passes share.

use super::compile::Network;
use super::inputs::Inputs;
use super::node::{Edge, Gate, UNLIMITED};
use super::pass::Pass;
use crate::calendar::WorkTable;
use crate::units::Instant;

/// The latest start and finish that move nothing; [`UNLIMITED`] where nothing binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// The start must not be after it.
    pub start: i32,
    /// The finish must not be after it.
    pub finish: i32,
}

impl Limits {
    /// No limit.
    pub const NONE: Self = Self { start: UNLIMITED, finish: UNLIMITED };

    /// The latest instant of an event.
    #[inline]
    pub fn instant(self) -> i32 {
        self.start.min(self.finish)
    }

    /// The same as tools count: a bound of the start in a night or weekend means the work after it.
    #[inline]
    pub fn tool_place(self, table: &WorkTable, d: i32) -> i32 {
        let by_start = match self.start {
            UNLIMITED => UNLIMITED,
            start => table.worked(Instant(start)),
        };
        Self { start: UNLIMITED, ..self }.place(table, d).min(by_start)
    }

    /// The latest place of a task of `d > 0` minutes; [`UNLIMITED`] where nothing binds.
    #[inline]
    pub fn place(self, table: &WorkTable, d: i32) -> i32 {
        let by_finish = match self.finish {
            UNLIMITED => UNLIMITED,
            finish => table.worked(Instant(finish)).saturating_sub(d),
        };
        // start_at(w) <= t if and only if w < worked(t + 1).
        let by_start = match self.start {
            UNLIMITED => UNLIMITED,
            start => table.worked(Instant(start + 1)).saturating_sub(1),
        };
        by_finish.min(by_start)
    }
}

impl Network {
    /// What the links to the successors leave a node, given what may hold back each successor at the latest.
    #[inline]
    pub(super) fn limits(&self, node: usize, inputs: &Inputs, pass: &Pass) -> Limits {
        let mut limits = Limits::NONE;
        for edge in self.leaving(node) {
            let bound = self.bound_through(edge, inputs, pass);
            if edge.leaves_start {
                limits.start = limits.start.min(bound);
            } else {
                limits.finish = limits.finish.min(bound);
            }
        }
        limits
    }

    /// The latest instant that may leave through an edge.
    #[inline]
    fn bound_through(&self, edge: &Edge, inputs: &Inputs, pass: &Pass) -> i32 {
        let to = edge.to as usize;
        let bound = if edge.holds_finish { pass.late_finish_ready[to] } else { pass.late_ready[to] };
        if to >= self.rules.len() && self.gates[to - self.rules.len()] == Gate::Earliest {
            // A minimum moves only with the one input that holds it: others may move as they like.
            if !self.counting(to, pass).any(|other| other.from == edge.from) {
                return UNLIMITED;
            }
            let own = i32::from(self.arrival(edge, inputs, pass) <= bound);
            let alone = pass.late_finish_ready[to] == own;
            return if alone { bound } else { UNLIMITED };
        }
        self.unshifted(bound, self.lag_minutes(edge, inputs, pass), edge.clock)
    }

    /// Records how late a gate may be. For a gate that takes a minimum the second number, which no edge
    /// reads there, counts the inputs that are not later than that.
    #[inline]
    pub(super) fn limit_gate(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        let bound = self.limits(node, inputs, pass).instant();
        pass.late_ready[node] = bound;
        pass.late_finish_ready[node] = match self.gates[node - self.rules.len()] {
            Gate::Latest | Gate::Decision(_) => bound,
            Gate::Earliest => {
                let holding = self.counting(node, pass).filter(|e| self.arrival(e, inputs, pass) <= bound);
                holding.count() as i32
            }
        };
    }
}
