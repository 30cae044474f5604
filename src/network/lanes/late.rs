//! Tasks as late as possible, over lanes: a reverse pass in which every successor stays.

use super::pass::{LaneDates, LaneInputs, LanePass, LaneState};
use super::plan::LanePlan;
use crate::lanes::{self, Flags, Ints, LANES, UNLIMITED};
use crate::model::MilestoneKind;
use crate::network::compile::Network;
use crate::network::limits::Limits;
use crate::network::node::Gate;
use crate::network::place::at_place;

impl Network {
    /// Moves every task that asks for it to the latest start that moves no successor, nor the target, nor the
    /// latest finish of all work.
    pub(super) fn move_late_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let set = pass.set;
        let mut last = Ints::all(i32::MIN);
        pass.finish[..self.rules.len()].iter().for_each(|finish| lanes::max(set, &mut last, finish));
        for &node in self.order.iter().rev() {
            let (node, inputs) = (node as usize, state.inputs());
            let Some(rule) = self.rules.get(node) else {
                self.limit_gate_lanes(plan, inputs, node, pass);
                continue;
            };
            if self.is_finished(node) {
                continue;
            }
            let mask = self.mask_of(node, inputs);
            let is_target = self.target.is_some_and(|task| task.index() == node);
            let moves = rule.as_late_as_possible && !is_target;
            let limits =
                (moves || mask.is_some()).then(|| self.limits_lanes(plan, inputs, node, &last, pass));
            if let Some(limits) = limits.as_ref().filter(|_| moves) {
                self.move_one_lanes(inputs, node, limits, pass);
            }
            self.hold_lanes(plan, inputs, node, pass);
            if let (Some(mask), Some((start, finish))) = (mask, &limits) {
                // What does not exist lets what is before it be as late as what is after it allows.
                let mut latest = start.clone();
                lanes::min(set, &mut latest, finish);
                lanes::keep_where(set, &mut pass.late_start[node], mask, &latest);
                lanes::keep_where(set, &mut pass.late_finish[node], mask, &latest);
            }
        }
        self.begin_gathering(pass, dates);
        for &node in &self.order {
            self.note_lanes(plan, state, node as usize, pass, dates);
        }
    }

    /// The latest instants at which a task may start and finish.
    fn limits_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        last: &Ints,
        pass: &LanePass,
    ) -> (Ints, Ints) {
        let (mut start, mut finish) = (Ints::all(UNLIMITED), last.clone());
        for &edge in self.leaving.of(node) {
            let edge = &self.edges[edge as usize];
            let bound = self.bound_lanes(plan, inputs, edge, pass);
            lanes::min(pass.set, if edge.leaves_start { &mut start } else { &mut finish }, &bound);
        }
        (start, finish)
    }

    /// Moves one task as late as its limits and windows allow.
    fn move_one_lanes(
        &self,
        inputs: LaneInputs,
        node: usize,
        (start, finish): &(Ints, Ints),
        pass: &mut LanePass,
    ) {
        let rule = &self.rules[node];
        let table = &self.tables[rule.clock as usize];
        let mask = self.mask_of(node, inputs);
        let mut moved = Flags::all(false);
        for lane in (0..LANES).filter(|&lane| mask.is_none_or(|mask| mask[lane])) {
            let (d, early) = (inputs.duration_minutes[node][lane], pass.place[node][lane]);
            let limits = Limits { start: start[lane], finish: finish[lane] };
            let departure = pass.departure_of(node, lane);
            if d == 0 {
                let latest = self.latest_instant(rule, limits.instant(), departure);
                let latest = latest.max(pass.finish[node][lane]);
                (pass.start[node][lane], pass.finish[node][lane]) = (latest, latest);
                pass.place[node][lane] = table.worked(crate::units::Instant(latest));
            } else {
                let latest = self.latest_place(rule, d, limits.place(table, d), departure);
                let place = at_place(table, d, latest.max(early));
                (pass.start[node][lane], pass.finish[node][lane]) = (place.start, place.finish);
                pass.place[node][lane] = place.at;
            }
            pass.end[node][lane] = pass.place[node][lane].saturating_add(d);
            moved[lane] = pass.place[node][lane] != early;
        }
        pass.moved[node] = moved;
    }

    /// Lets a task be held back exactly as late as leaves it where it is.
    fn hold_lanes(&self, plan: &LanePlan, inputs: LaneInputs, node: usize, pass: &mut LanePass) {
        let (set, clock) = (pass.set, self.rules[node].clock as usize);
        let (table, look) = (&self.tables[clock], &plan.tables[clock]);
        let (late_start, late_finish) = (&mut pass.late_start[node], &mut pass.late_finish[node]);
        late_finish.copy_from_slice(&pass.end[node][..]);
        look.start_at(set, table, late_finish);
        late_start.copy_from_slice(&pass.place[node][..]);
        look.start_at(set, table, late_start);
        let d = &inputs.duration_minutes[node];
        for lane in (0..LANES).filter(|&lane| d[lane] == 0) {
            late_start[lane] = pass.start[node][lane];
        }
    }

    /// Notes dates of a node that came about otherwise than by visiting it: how they are shown, what is kept for
    /// the trace, and what is gathered for projects and program.
    pub(super) fn note_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let (set, inputs) = (pass.set, state.inputs());
        let Some(rule) = self.rules.get(node) else {
            // What is decided stays decided.
            if !matches!(self.gates[node - self.rules.len()], Gate::Decision(_)) {
                self.visit_gate_lanes(plan, inputs, node, pass);
            }
            return;
        };
        if self.is_finished(node) {
            self.place_finished(plan, node, pass, dates);
            return;
        }
        dates.start[node].copy_from_slice(&pass.start[node][..]);
        dates.finish[node].copy_from_slice(&pass.finish[node][..]);
        if rule.milestone == Some(MilestoneKind::Start) {
            let mut shown = pass.place[node].clone();
            plan.tables[rule.clock as usize].start_at(set, &self.tables[rule.clock as usize], &mut shown);
            dates.start[node].copy_from_slice(&shown[..]);
            lanes::max(set, &mut dates.finish[node], &shown);
        }
        if let Some(start) = rule.started {
            dates.start[node].fill(start);
        }
        self.keep_arrivals(plan, inputs, node, pass);
        match (self.mask_of(node, inputs), self.project_of[node]) {
            (Some(_), _) => {}
            (None, Some(project)) => {
                lanes::max(set, &mut dates.project_finish[project as usize], &pass.finish[node]);
            }
            (None, None) => lanes::max(set, &mut pass.last_finish, &pass.finish[node]),
        }
        if self.presence.any {
            self.settle_lanes(plan, inputs, node, pass, dates);
        }
    }

    /// Keeps what the links bring to a task, as the trace compares it.
    fn keep_arrivals(&self, plan: &LanePlan, inputs: LaneInputs, node: usize, pass: &mut LanePass) {
        let (set, clock) = (pass.set, self.rules[node].clock as usize);
        let (table, look) = (&self.tables[clock], &plan.tables[clock]);
        let d = &inputs.duration_minutes[node];
        for (edge, edge_plan) in self.entering_with(plan, node) {
            let Some(kept) = edge_plan.kept else { continue };
            let instant = self.arrival_lanes(plan, inputs, edge, pass);
            let mut work = instant.clone();
            look.worked(set, table, &mut work);
            let mut rolled = work.clone();
            look.finish_at(set, table, &mut rolled);
            let event = if edge.holds_finish { &rolled } else { &instant };
            pass.kept[kept as usize] =
                Ints::from_fn(|lane| if d[lane] == 0 { event[lane] } else { work[lane] });
        }
    }
}
