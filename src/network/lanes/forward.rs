//! The forward pass over lanes.

use super::idle::Event;
use super::pass::{Lag, LaneDates, LaneInputs, LanePass, LaneState};
use super::plan::{EdgePlan, LanePlan};
use crate::lanes::{self, InstructionSet, Ints, LANES, Neighbour};
use crate::model::MilestoneKind;
use crate::network::compile::Network;
use crate::network::goal::Goal;
use crate::network::node::{Edge, Gate, UNBOUND, UNLIMITED};
use crate::network::place::Place;

/// Tasks with more links than this are placed link by link.
pub(super) const MOST_NEIGHBOURS: usize = 16;

impl Network {
    pub(super) fn forward_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        self.begin_gathering(pass, dates);
        for &node in &plan.steps.before {
            self.visit_lanes(plan, state, node as usize, pass, dates);
        }
        self.visit_lane_by_lane(plan, state, pass, dates);
        for &node in &plan.steps.after {
            self.visit_lanes(plan, state, node as usize, pass, dates);
        }
        if self.moves_late {
            self.move_late_lanes(plan, state, pass, dates);
        }
        self.summarise_lanes(plan, pass, dates);
    }

    /// Forgets what has been gathered for projects and program.
    pub(super) fn begin_gathering(&self, pass: &mut LanePass, dates: &mut LaneDates) {
        dates.project_finish.iter_mut().for_each(|finish| finish.fill(UNBOUND));
        pass.group_end.iter_mut().for_each(|end| end.fill(UNBOUND));
        pass.passed_on.iter_mut().for_each(|date| date.fill(UNBOUND));
        pass.last_finish.fill(UNBOUND);
    }

    /// Dates of one node from those before it.
    fn visit_lanes(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let inputs = state.inputs();
        if node >= self.rules.len() {
            match self.gates[node - self.rules.len()] {
                Gate::Decision(number) => self.decide_lanes(number as usize, state, pass, dates),
                Gate::Latest | Gate::Earliest => self.visit_gate_lanes(plan, inputs, node, pass),
            }
            return;
        }
        if self.is_finished(node) {
            self.place_finished(plan, node, pass, dates);
            return;
        }
        if plan.is_event[node] {
            self.visit_event(plan, inputs, node, pass, dates);
        } else {
            self.visit_work(plan, inputs, node, pass, dates);
        }
        if plan.struck[node] {
            self.strike_lanes(plan, node, state, pass, dates);
        }
        if plan.later[node] && self.presence.condition(node).is_none() {
            self.gather_later(plan, node, pass, dates);
        }
        if let Some(start) = self.started(node)
            && (dates.all || plan.shown[node] || plan.is_event[node])
        {
            dates.start[node].fill(start);
        }
        if self.presence.any {
            self.settle_lanes(plan, state.inputs(), node, pass, dates);
        }
    }

    /// The instants that an edge brings to its successor.
    pub(super) fn arrival_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        edge: &Edge,
        pass: &LanePass,
    ) -> Ints {
        let mut t = self.date_of(edge, pass);
        let bare = self.presence.touches(edge).then(|| t.clone());
        self.shift_lanes(plan, pass, edge, inputs, &mut t);
        if let Some(bare) = bare {
            self.without_lag(pass.set, edge, inputs, &mut t, &bare);
        }
        t
    }

    /// A task without minutes: an instant, not moved to working time.
    fn visit_event(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let mask = self.mask_of(node, inputs);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let Event { free, at, wait } = self.instant_lanes(plan, inputs, (node, None), pass);
        if let Some(row) = &mut pass.unwindowed[node] {
            **row = free;
        }
        if let Some(wait) = wait {
            dates.wait[node].copy_from_slice(&wait[..]);
        }
        let place = &mut pass.place[node];
        place.copy_from_slice(&at[..]);
        look.worked(set, table, place);
        pass.end[node].copy_from_slice(&place[..]);
        dates.start[node].copy_from_slice(&at[..]);
        dates.finish[node].copy_from_slice(&at[..]);
        if rule.milestone == Some(MilestoneKind::Start) {
            // Shown at the next working minute.
            dates.start[node].copy_from_slice(&place[..]);
            look.start_at(set, table, &mut dates.start[node]);
            let shown = dates.start[node];
            lanes::max(set, &mut dates.finish[node], &shown);
        }
        match self.project_of[node] {
            _ if mask.is_some() => {}
            Some(project) => lanes::max(set, &mut dates.project_finish[project as usize], &at),
            None => lanes::max(set, &mut pass.last_finish, &at),
        }
        pass.finish[node].copy_from_slice(&at[..]);
        pass.start[node] = at;
    }

    /// A task with minutes, by its place.
    pub(super) fn visit_work(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let mask = self.mask_of(node, inputs);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        if !self.place_after_all(plan, inputs, node, pass) {
            self.place_one_by_one(plan, inputs, node, pass);
        }
        // A milestone that a risk delays has minutes, and somebody who reads it.
        let wanted = dates.all || plan.shown[node] || rule.milestone.is_some();
        if wanted || plan.starts[node] {
            lanes::less(set, &mut pass.start[node], &pass.end[node], &inputs.duration_minutes[node]);
            look.start_at(set, table, &mut pass.start[node]);
        }
        if wanted || plan.finishes[node] || rule.last_work != UNLIMITED {
            pass.finish[node].copy_from_slice(&pass.end[node][..]);
            look.finish_at(set, table, &mut pass.finish[node]);
        }
        if wanted {
            dates.start[node].copy_from_slice(&pass.start[node][..]);
            dates.finish[node].copy_from_slice(&pass.finish[node][..]);
        }
        if rule.last_work != UNLIMITED {
            for (lane, &finish) in pass.finish[node].iter().enumerate() {
                let lasts = inputs.duration_minutes[node][lane] > 0 && mask.is_none_or(|mask| mask[lane]);
                pass.left_over[lane] |= finish > rule.last_work && lasts;
            }
        }
        if rule.unbound.is_some() {
            self.wait_lanes(plan, inputs, node, pass, dates);
        }
        if plan.may_idle[node] {
            self.visit_idle(plan, inputs, node, pass, dates);
        }
    }

    /// Gathers the dates of a task that had to wait until all is known of it.
    fn gather_later(&self, plan: &LanePlan, node: usize, pass: &mut LanePass, dates: &mut LaneDates) {
        if !plan.may_idle[node] {
            let latest = &mut pass.group_end[plan.group[node] as usize];
            lanes::max(pass.set, latest, &pass.end[node]);
            return;
        }
        // An instant may lie where no work of its calendar ends.
        match self.project_of[node] {
            Some(project) => {
                lanes::max(pass.set, &mut dates.project_finish[project as usize], &pass.finish[node]);
            }
            None => lanes::max(pass.set, &mut pass.last_finish, &pass.finish[node]),
        }
    }

    /// Places a task that only follows others on its own clock, in one go; false if there is more to it.
    fn place_after_all(&self, plan: &LanePlan, inputs: LaneInputs, node: usize, pass: &mut LanePass) -> bool {
        let (floor, finish_floor) = plan.floors[node];
        let in_part = self.mask_of(node, inputs).is_some() || plan.later[node];
        if finish_floor.is_some() || pass.unwindowed[node].is_some() || in_part {
            return false;
        }
        let (Some((place, places)), Some((end, ends))) =
            (lanes::apart(&mut pass.place, node), lanes::apart(&mut pass.end, node))
        else {
            return false;
        };
        let mut from: [Neighbour; MOST_NEIGHBOURS] = [(&pass.goal_date.0, 0); MOST_NEIGHBOURS];
        let mut count = 0;
        for (edge, edge_plan) in self.entering_with(plan, node) {
            let rows = if edge.leaves_start { &places } else { &ends };
            match (self.lag_lanes(edge, inputs), rows.get(edge.from as usize), from.get_mut(count)) {
                (Lag::Fixed(lag), Some(base), Some(slot)) if edge_plan.direct && !edge.holds_finish => {
                    *slot = (base, lag);
                    count += 1;
                }
                _ => return false,
            }
        }
        let latest = &mut pass.group_end[plan.group[node] as usize];
        let d = &inputs.duration_minutes[node];
        let place = plan.places[node].then_some(&mut place.0);
        lanes::place_after(pass.set, (place, end), latest, d, floor, &from[..count]);
        true
    }

    /// Places any task with minutes.
    fn place_one_by_one(&self, plan: &LanePlan, inputs: LaneInputs, node: usize, pass: &mut LanePass) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let mask = self.mask_of(node, inputs);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let d = &inputs.duration_minutes[node];
        let (floor, finish_floor) = plan.floors[node];
        let mut place = Ints::all(floor);
        if let Some(finish) = finish_floor {
            lanes::max_less(set, &mut place, &Ints::all(finish), d);
        }
        for (edge, edge_plan) in self.entering_with(plan, node) {
            if edge_plan.direct {
                let from = edge.from as usize;
                let base = if edge.leaves_start { &pass.place[from] } else { &pass.end[from] };
                match (self.lag_lanes(edge, inputs), edge.holds_finish) {
                    _ if edge_plan.kept.is_some() => {
                        let mut t = self.lag_lanes(edge, inputs).to_lanes(set);
                        lanes::add_to(set, &mut t, base);
                        later_by(set, &mut place, &t, edge.holds_finish.then_some(d));
                        keep(edge_plan, t, &mut pass.kept);
                    }
                    (Lag::Fixed(lag), false) => lanes::max_shifted(set, &mut place, base, lag),
                    (Lag::Fixed(lag), true) => lanes::max_shifted_less(set, &mut place, base, lag, d),
                    (lag, holds_finish) => {
                        let mut t = lag.to_lanes(set);
                        lanes::add_to(set, &mut t, base);
                        later_by(set, &mut place, &t, holds_finish.then_some(d));
                    }
                }
            } else {
                let mut t = self.arrival_lanes(plan, inputs, edge, pass);
                look.worked(set, table, &mut t);
                later_by(set, &mut place, &t, edge.holds_finish.then_some(d));
                keep(edge_plan, t, &mut pass.kept);
            }
        }
        if let Some(free) = &mut pass.unwindowed[node] {
            free.copy_from_slice(&place[..]);
            for lane in (0..LANES).filter(|&lane| rule.in_windows && d[lane] > 0) {
                let free = Place { at: place[lane], start: 0, finish: 0 };
                // The dates follow from the place; those given here are not read.
                match self.windowed_place(rule, d[lane], free, 0) {
                    Some((found, _)) => place[lane] = found.at,
                    None => pass.left_over[lane] |= mask.is_none_or(|mask| mask[lane]),
                }
            }
        }
        lanes::add(set, &mut pass.end[node], &place, d);
        if mask.is_none() && !plan.later[node] {
            lanes::max(set, &mut pass.group_end[plan.group[node] as usize], &pass.end[node]);
        }
        pass.place[node] = place;
    }

    /// How long windows and freezes alone hold up a task with minutes.
    fn wait_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &LanePass,
        dates: &mut LaneDates,
    ) {
        let (set, rule) = (pass.set, &self.rules[node]);
        let Some(unbound) = rule.unbound else { return };
        let (table, look) = (&self.tables[unbound as usize], &plan.tables[unbound as usize]);
        let d = &inputs.duration_minutes[node];
        let (mut ready, mut finish_ready) = (Ints::all(rule.ready_floor), Ints::all(rule.finish_floor));
        let mut holds_finish = rule.finish_floor != UNBOUND;
        for edge in self.entering(node) {
            let t = self.arrival_lanes(plan, inputs, edge, pass);
            lanes::max(set, if edge.holds_finish { &mut finish_ready } else { &mut ready }, &t);
            holds_finish |= edge.holds_finish;
        }
        look.worked(set, table, &mut ready);
        if holds_finish {
            look.worked(set, table, &mut finish_ready);
            lanes::max_less(set, &mut ready, &finish_ready, d);
        }
        lanes::add_to(set, &mut ready, d);
        look.finish_at(set, table, &mut ready);
        lanes::later(set, &mut dates.wait[node], &pass.finish[node], &ready);
    }

    /// Dates of projects and of the target.
    fn summarise_lanes(&self, plan: &LanePlan, pass: &mut LanePass, dates: &mut LaneDates) {
        let set = pass.set;
        for (end, &(project, clock)) in pass.group_end.iter_mut().zip(&plan.groups) {
            // A group of events alone is still empty.
            if end[0] == UNBOUND {
                continue;
            }
            plan.tables[clock as usize].finish_at(set, &self.tables[clock as usize], end);
            match project {
                Some(project) => lanes::max(set, &mut dates.project_finish[project as usize], end),
                None => lanes::max(set, &mut pass.last_finish, end),
            }
        }
        for project in (0..self.parents.len()).rev() {
            let own = dates.project_finish[project];
            match self.parents[project] {
                Some(parent) => lanes::max(set, &mut dates.project_finish[parent as usize], &own),
                None => lanes::max(set, &mut pass.last_finish, &own),
            }
            if self.presence.any {
                self.finish_of_absent(project, pass, dates);
            } else if own[0] == UNBOUND {
                // No date in any lane, or in all: it depends on the tasks alone.
                dates.project_finish[project].fill(UNLIMITED);
            }
        }
        for &(project, task) in &self.finishes {
            dates.project_finish[project.index()].copy_from_slice(&pass.finish[task.index()][..]);
        }
        match plan.goal {
            Goal::Task(task) => pass.goal_date.copy_from_slice(&pass.finish[task.index()][..]),
            Goal::All | Goal::Project(_) => pass.goal_date.copy_from_slice(&pass.last_finish[..]),
        }
        dates.target.copy_from_slice(&pass.goal_date[..]);
    }

    /// The edges that enter a node, with their plans.
    pub(super) fn entering_with<'a>(
        &'a self,
        plan: &'a LanePlan,
        node: usize,
    ) -> impl Iterator<Item = (&'a Edge, &'a EdgePlan)> {
        let (first, end) = self.entering[node];
        let range = first as usize..end as usize;
        self.edges[range.clone()].iter().zip(&plan.edges[range])
    }
}

/// Lets what an edge brings hold back a place: the start, or the finish of a task of so many minutes.
fn later_by(set: InstructionSet, place: &mut Ints, t: &Ints, finish_of: Option<&[i32; LANES]>) {
    match finish_of {
        Some(d) => lanes::max_less(set, place, t, d),
        None => lanes::max(set, place, t),
    }
}

/// Keeps what an edge brought, if the trace asks for it.
fn keep(edge_plan: &EdgePlan, t: Ints, kept: &mut [Ints]) {
    if let Some(number) = edge_plan.kept {
        kept[number as usize] = t;
    }
}
