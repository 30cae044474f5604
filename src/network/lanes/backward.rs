//! The reverse pass over lanes: how late everything may be, and what has no float.

use super::forward::MOST_NEIGHBOURS;
use super::idle::InstantLimit;
use super::pass::{Lag, LaneDates, LaneInputs, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Ints, LANES, Neighbour, UNLIMITED};
use crate::network::compile::Network;
use crate::network::node::{Edge, LagTable};

impl Network {
    pub(super) fn backward_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let set = pass.set;
        for &clock in &plan.clocks {
            let (table, look) = (&self.tables[clock as usize], &plan.tables[clock as usize]);
            let work = &mut pass.goal_work[clock as usize];
            work.copy_from_slice(&pass.goal_date[..]);
            look.worked(set, table, work);
            // Work that ends on the date; where no work of this calendar can, a place that none has.
            let mut ends = work.clone();
            look.finish_at(set, table, &mut ends);
            let end = &mut pass.goal_end[clock as usize];
            for lane in 0..LANES {
                end[lane] = if ends[lane] == pass.goal_date[lane] { work[lane] } else { i32::MIN };
            }
        }
        for &node in self.order.iter().rev() {
            let node = node as usize;
            if node >= self.rules.len() {
                self.limit_gate_lanes(plan, inputs, node, pass);
            } else if self.is_finished(node) {
                dates.critical[node].fill(false);
                continue;
            } else if plan.is_event[node] {
                self.limit_event(plan, inputs, node, pass, &mut dates.critical[node]);
            } else {
                self.limit_work(plan, inputs, node, pass, &mut dates.critical[node]);
            }
            if self.presence.any && node < self.rules.len() {
                self.limit_absent_lanes(plan, inputs, node, pass, dates);
            }
        }
    }

    /// The latest instants that may leave through an edge.
    pub(super) fn bound_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        edge: &Edge,
        pass: &LanePass,
    ) -> Ints {
        let (set, to) = (pass.set, edge.to as usize);
        if self.takes_earliest(to) {
            return self.bound_of_earliest(plan, inputs, edge, pass);
        }
        let bound = if edge.holds_finish { &pass.late_finish[to] } else { &pass.late_start[to] };
        let mut t = bound.clone();
        let lag = match self.lag_or_span(plan, edge, inputs, pass) {
            None => return t,
            Some((lag, _)) => lag,
        };
        match edge.clock {
            LagTable::Clock => lanes::shift_back(set, &mut t, &lag),
            LagTable::Work(number) => {
                let (table, look) = (&self.tables[number as usize], &plan.tables[number as usize]);
                look.worked(set, table, &mut t);
                lanes::shift_back(set, &mut t, &lag);
                look.start_at(set, table, &mut t);
                lanes::where_equal(set, &mut t, &lag, bound);
                lanes::unlimited_stays(set, &mut t, bound);
            }
        }
        if self.presence.touches(edge) {
            self.without_lag(set, edge, inputs, &mut t, bound);
        }
        t
    }

    fn limit_event(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        critical: &mut [bool; LANES],
    ) {
        let InstantLimit { latest, rolled, work } =
            self.limit_instants(plan, inputs, (node, None), pass, critical);
        pass.late_finish[node] = rolled;
        pass.late_start[node] = latest;
        pass.late_end[node].copy_from_slice(&work[..]);
        pass.late[node] = work;
    }

    fn limit_work(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        critical: &mut [bool; LANES],
    ) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let d = &inputs.duration_minutes[node];
        if !self.place_before_all(plan, inputs, node, pass, critical) {
            self.limit_one_by_one(plan, inputs, node, pass, critical);
        }
        if rule.in_windows {
            for lane in (0..LANES).filter(|&lane| d[lane] > 0) {
                let (late, departure) = (pass.late[node][lane], pass.departure_of(node, lane));
                if late != UNLIMITED {
                    pass.late[node][lane] = self.latest_place(rule, d[lane], late, departure);
                }
            }
        }
        let late = &pass.late[node];
        if plan.late_ends[node] {
            let late_end = &mut pass.late_end[node];
            lanes::add(set, late_end, late, d);
            lanes::unlimited_stays(set, late_end, late);
        }
        if plan.late_starts[node] {
            let t = &mut pass.late_start[node];
            t.copy_from_slice(&late[..]);
            look.start_at(set, table, t);
            lanes::unlimited_stays(set, t, late);
        }
        if plan.late_finishes[node] {
            let t = &mut pass.late_finish[node];
            t.copy_from_slice(&pass.late_end[node][..]);
            look.start_at(set, table, t);
            lanes::unlimited_stays(set, t, late);
        }
        if plan.may_idle[node] {
            self.limit_idle(plan, inputs, node, pass, critical);
        }
    }

    /// Limits a task whose followers are on its own clock, in one go; false if there is more to it.
    fn place_before_all(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        critical: &mut [bool; LANES],
    ) -> bool {
        let Some((late, lates)) = lanes::apart(&mut pass.late, node) else { return false };
        let goal = &pass.goal_work[self.rules[node].clock as usize];
        let mut limits: [[Neighbour; MOST_NEIGHBOURS]; 2] = [[(&goal.0, 0); MOST_NEIGHBOURS]; 2];
        // The first limit of a finish is the goal.
        let mut counts = [usize::from(plan.goal.includes(node, self)), 0];
        for &edge in self.leaving.of(node) {
            let (edge, edge_plan) = (&self.edges[edge as usize], &plan.edges[edge as usize]);
            let (to, kind) = (edge.to as usize, usize::from(edge.leaves_start));
            let bound = if edge.holds_finish { pass.late_end.get(to) } else { lates.get(to) };
            match (self.lag_lanes(edge, inputs), bound, limits[kind].get_mut(counts[kind])) {
                (Lag::Fixed(lag), Some(bound), Some(slot)) if edge_plan.direct_back => {
                    *slot = (bound, lag);
                    counts[kind] += 1;
                }
                _ => return false,
            }
        }
        let (finish, start) = (&limits[0][..counts[0]], &limits[1][..counts[1]]);
        let task = (&inputs.duration_minutes[node], &pass.end[node].0);
        lanes::place_before(pass.set, (late, critical), (finish, start), task);
        true
    }

    /// Limits any task with minutes.
    fn limit_one_by_one(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        critical: &mut [bool; LANES],
    ) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let d = &inputs.duration_minutes[node];
        let (mut finish, mut start) = (Ints::all(UNLIMITED), Ints::all(UNLIMITED));
        if plan.goal.includes(node, self) {
            finish.copy_from_slice(&pass.goal_work[rule.clock as usize][..]);
        }
        for &edge in self.leaving.of(node) {
            let (edge, edge_plan) = (&self.edges[edge as usize], &plan.edges[edge as usize]);
            let limit = if edge.leaves_start { &mut start } else { &mut finish };
            if edge_plan.direct_back {
                let to = edge.to as usize;
                let bound = if edge.holds_finish { &pass.late_end[to] } else { &pass.late[to] };
                match self.lag_lanes(edge, inputs) {
                    Lag::Fixed(lag) => lanes::min_earlier(set, limit, bound, lag),
                    lag => {
                        let mut t = bound.clone();
                        lanes::shift_back(set, &mut t, &lag.to_lanes(set));
                        lanes::min(set, limit, &t);
                    }
                }
            } else {
                let bound = self.bound_lanes(plan, inputs, edge, pass);
                let mut t = bound.clone();
                if edge.leaves_start {
                    // start_at(w) <= t if and only if w < worked(t + 1).
                    lanes::shift(set, &mut t, 1);
                    look.worked(set, table, &mut t);
                    lanes::shift(set, &mut t, -1);
                } else {
                    look.worked(set, table, &mut t);
                }
                lanes::unlimited_stays(set, &mut t, &bound);
                lanes::min(set, limit, &t);
            }
        }
        let late = &mut pass.late[node];
        lanes::late_place(set, late, critical, &finish, &start, d, &pass.end[node]);
    }
}
