//! Gates over lanes: the latest or the earliest of what they gather, and how late they let each input be.

use super::pass::{LaneInputs, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Flags, Ints, LANES, UNLIMITED};
use crate::network::compile::Network;
use crate::network::node::{Edge, Gate, LagTable, UNBOUND};

impl Network {
    /// The instants of a gate.
    pub(super) fn visit_gate_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
    ) {
        let set = pass.set;
        let number = self.program_table as usize;
        let takes_earliest = self.takes_earliest(node);
        let mut latest = Ints::all(UNBOUND);
        // Of those that exist, and of all.
        let (mut earliest, mut of_all) = (Ints::all(UNLIMITED), Ints::all(UNLIMITED));
        for (edge, edge_plan) in self.entering_with(plan, node) {
            let mut t = self.arrival_lanes(plan, inputs, edge, pass);
            if takes_earliest {
                let mask = self.mask_of(edge.from as usize, inputs);
                for lane in 0..LANES {
                    of_all[lane] = of_all[lane].min(t[lane]);
                    if mask.is_none_or(|mask| mask[lane]) {
                        earliest[lane] = earliest[lane].min(t[lane]);
                    }
                }
            } else {
                lanes::max(set, &mut latest, &t);
            }
            if let Some(kept) = edge_plan.kept {
                if edge.holds_finish {
                    plan.tables[number].worked(set, &self.tables[number], &mut t);
                    plan.tables[number].finish_at(set, &self.tables[number], &mut t);
                }
                pass.kept[kept as usize] = t;
            }
        }
        if takes_earliest {
            let none = self.none_counts(node, inputs);
            latest = Ints::from_fn(|lane| if none[lane] { of_all[lane] } else { earliest[lane] });
        }
        pass.finish[node].copy_from_slice(&latest[..]);
        pass.start[node] = latest;
    }

    /// How late a gate may be. For one that takes the earliest the second row, which no edge reads there, counts
    /// the inputs that are not later than that.
    pub(super) fn limit_gate_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
    ) {
        let mut latest = Ints::all(UNLIMITED);
        for &edge in self.leaving.of(node) {
            let bound = self.bound_lanes(plan, inputs, &self.edges[edge as usize], pass);
            lanes::min(pass.set, &mut latest, &bound);
        }
        if self.takes_earliest(node) {
            let none = self.none_counts(node, inputs);
            let mut holding = Ints::all(0);
            for (edge, edge_plan) in self.entering_with(plan, node) {
                // Whatever enters a gate is kept.
                let Some(kept) = edge_plan.kept else { continue };
                let (t, mask) = (&pass.kept[kept as usize], self.mask_of(edge.from as usize, inputs));
                for lane in 0..LANES {
                    let counts = none[lane] || mask.is_none_or(|mask| mask[lane]);
                    holding[lane] += i32::from(counts && t[lane] <= latest[lane]);
                }
            }
            pass.late_finish[node] = holding;
        } else {
            pass.late_finish[node].copy_from_slice(&latest[..]);
        }
        pass.late_start[node] = latest;
    }

    /// The latest instants that may enter a gate that takes the earliest: a minimum moves only with the one input
    /// that holds it.
    pub(super) fn bound_of_earliest(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        edge: &Edge,
        pass: &LanePass,
    ) -> Ints {
        let to = edge.to as usize;
        let own = self.entering_with(plan, to).find(|(other, _)| other.from == edge.from);
        let Some(kept) = own.and_then(|(_, plan)| plan.kept) else { return Ints::all(UNLIMITED) };
        let (t, bound, holding) = (&pass.kept[kept as usize], &pass.late_start[to], &pass.late_finish[to]);
        let (none, mask) = (self.none_counts(to, inputs), self.mask_of(edge.from as usize, inputs));
        Ints::from_fn(|lane| {
            let counts = none[lane] || mask.is_none_or(|mask| mask[lane]);
            let alone = holding[lane] == i32::from(t[lane] <= bound[lane]);
            if counts && alone { bound[lane] } else { UNLIMITED }
        })
    }

    /// Whether a node is a gate that takes the earliest of its inputs.
    #[inline]
    pub(super) fn takes_earliest(&self, node: usize) -> bool {
        node.checked_sub(self.rules.len()).is_some_and(|gate| self.gates[gate] == Gate::Earliest)
    }

    /// The lanes in which nothing that enters a gate exists, so that all of it counts.
    fn none_counts(&self, node: usize, inputs: LaneInputs) -> Flags {
        let mut none = Flags::all(true);
        for edge in self.entering(node) {
            match self.mask_of(edge.from as usize, inputs) {
                Some(mask) => none.iter_mut().zip(mask.iter()).for_each(|(none, &exists)| *none &= !exists),
                None => return Flags::all(false),
            }
        }
        none
    }

    /// The minutes of a share of the span of a project, from its earliest start to its latest finish.
    pub(super) fn span_minutes(
        &self,
        plan: &LanePlan,
        (share, first, last): (f64, u32, u32),
        clock: LagTable,
        pass: &LanePass,
    ) -> Ints {
        let set = pass.set;
        let (mut first, mut last) = (pass.start[first as usize].clone(), pass.finish[last as usize].clone());
        if let LagTable::Work(number) = clock {
            let (table, look) = (&self.tables[number as usize], &plan.tables[number as usize]);
            look.worked(set, table, &mut first);
            look.worked(set, table, &mut last);
        }
        let span = Ints::from_fn(|lane| last[lane].saturating_sub(first[lane]));
        let mut minutes = Ints::all(0);
        lanes::share_minutes(set, &mut minutes, share, &span);
        minutes
    }
}
