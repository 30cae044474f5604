//! Lanes in which a task that usually lasts has no minutes: there it is an instant, like a milestone.
//!
//! Negative impacts and estimates that reach down to zero make such lanes. The passes treat the task as work in
//! all lanes; then what is here puts the instant in the place of what came out in these.

use super::pass::{LaneDates, LaneInputs, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Flags, Ints, LANES, UNLIMITED};
use crate::model::MilestoneKind;
use crate::network::compile::Network;
use crate::network::node::UNBOUND;
use crate::network::place::Place;

/// When an event is, by lane.
pub(super) struct Event {
    /// The instant without windows.
    pub free: Ints,
    /// The instant.
    pub at: Ints,
    /// Elapsed minutes for which windows and freezes alone hold it up, where they can.
    pub wait: Option<Ints>,
}

/// How late an event may be held back, by lane.
pub(super) struct InstantLimit {
    /// The latest instant for what holds back its start.
    pub latest: Ints,
    /// The same for what holds back its finish.
    pub rolled: Ints,
    /// The working minutes before both.
    pub work: Ints,
}

impl Network {
    /// The instant of a task without minutes, not moved to working time; what its links bring is kept for the
    /// trace. Where `lasts` is set the task has minutes: nothing is kept there, and what comes out means nothing.
    pub(super) fn instant_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        (node, lasts): (usize, Option<&Flags>),
        pass: &mut LanePass,
    ) -> Event {
        let (set, rule) = (pass.set, &self.rules[node]);
        let mask = self.mask_of(node, inputs);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let (mut ready, mut finish_ready) = (Ints::all(rule.ready_floor), Ints::all(rule.finish_floor));
        let mut at = ready.clone();
        let mut holds_finish = rule.finish_floor != UNBOUND;
        if let Some(place) = plan.floors[node].1 {
            lanes::raise(set, &mut at, table.finish_at(place).0);
        }
        for (edge, edge_plan) in self.entering_with(plan, node) {
            let mut t = self.arrival_lanes(plan, inputs, edge, pass);
            if edge.holds_finish {
                holds_finish = true;
                lanes::max(set, &mut finish_ready, &t);
                look.worked(set, table, &mut t);
                look.finish_at(set, table, &mut t);
            } else {
                lanes::max(set, &mut ready, &t);
            }
            lanes::max(set, &mut at, &t);
            if let Some(kept) = edge_plan.kept {
                let kept = &mut pass.kept[kept as usize];
                match lasts {
                    Some(lasts) => lanes::keep_where(set, kept, lasts, &t),
                    None => *kept = t,
                }
            }
        }
        let free = at.clone();
        if rule.in_windows {
            for lane in (0..LANES).filter(|&lane| lasts.is_none_or(|lasts| !lasts[lane])) {
                let free = Place { at: 0, start: at[lane], finish: at[lane] };
                match self.windowed_place(rule, 0, free, 0) {
                    Some((place, _)) => at[lane] = place.start,
                    None => pass.left_over[lane] |= mask.is_none_or(|mask| mask[lane]),
                }
            }
        }
        let wait = rule.unbound.map(|unbound| {
            let (table, look) = (&self.tables[unbound as usize], &plan.tables[unbound as usize]);
            if holds_finish {
                look.worked(set, table, &mut finish_ready);
                look.finish_at(set, table, &mut finish_ready);
                lanes::max(set, &mut ready, &finish_ready);
            }
            let mut wait = Ints::all(0);
            lanes::later(set, &mut wait, &at, &ready);
            wait
        });
        Event { free, at, wait }
    }

    /// Puts a task that may have no minutes where it is in the lanes in which it has none.
    pub(super) fn visit_idle(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let Some(lasts) = self.lasting(inputs, node) else { return };
        let event = self.instant_lanes(plan, inputs, (node, Some(&lasts)), pass);
        let (set, rule) = (pass.set, &self.rules[node]);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let mut place = event.at.clone();
        look.worked(set, table, &mut place);
        lanes::keep_where(set, &mut pass.place[node], &lasts, &place);
        lanes::keep_where(set, &mut pass.end[node], &lasts, &place);
        lanes::keep_where(set, &mut pass.start[node], &lasts, &event.at);
        lanes::keep_where(set, &mut pass.finish[node], &lasts, &event.at);
        if let Some(free) = &mut pass.unwindowed[node] {
            lanes::keep_where(set, free, &lasts, &event.free);
        }
        if let Some(wait) = &event.wait {
            lanes::keep_where(set, &mut dates.wait[node], &lasts, wait);
        }
        let (mut start, mut finish) = (event.at.clone(), event.at);
        if rule.milestone == Some(MilestoneKind::Start) {
            // Shown at the next working minute.
            start = place;
            look.start_at(set, table, &mut start);
            lanes::max(set, &mut finish, &start);
        }
        lanes::keep_where(set, &mut dates.start[node], &lasts, &start);
        lanes::keep_where(set, &mut dates.finish[node], &lasts, &finish);
    }

    /// The latest instants at which a task without minutes may be, before its windows.
    pub(super) fn latest_lanes(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &LanePass,
    ) -> Ints {
        let mut latest = Ints::all(UNLIMITED);
        if plan.goal.includes(node, self) {
            latest.copy_from_slice(&pass.goal_date[..]);
        }
        for &edge in self.leaving.of(node) {
            let bound = self.bound_lanes(plan, inputs, &self.edges[edge as usize], pass);
            lanes::min(pass.set, &mut latest, &bound);
        }
        latest
    }

    /// How late a task without minutes may be held back, and where it has no float. Where `lasts` is set the
    /// task has minutes, and what comes out means nothing.
    pub(super) fn limit_instants(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        (node, lasts): (usize, Option<&Flags>),
        pass: &LanePass,
        critical: &mut [bool; LANES],
    ) -> InstantLimit {
        let (set, rule) = (pass.set, &self.rules[node]);
        let (table, look) = (&self.tables[rule.clock as usize], &plan.tables[rule.clock as usize]);
        let idle = |lane: &usize| lasts.is_none_or(|lasts| !lasts[*lane]);
        let mut latest = self.latest_lanes(plan, inputs, node, pass);
        let mut work = latest.clone();
        look.worked(set, table, &mut work);
        lanes::unlimited_stays(set, &mut work, &latest);
        for lane in (0..LANES).filter(idle) {
            critical[lane] = work[lane] <= pass.place[node][lane];
        }
        if rule.in_windows {
            for lane in (0..LANES).filter(idle) {
                if latest[lane] != UNLIMITED {
                    latest[lane] = self.latest_instant(rule, latest[lane], pass.departure_of(node, lane));
                }
            }
            work.copy_from_slice(&latest[..]);
            look.worked(set, table, &mut work);
            lanes::unlimited_stays(set, &mut work, &latest);
        }
        let mut rolled = work.clone();
        look.start_at(set, table, &mut rolled);
        lanes::unlimited_stays(set, &mut rolled, &work);
        InstantLimit { latest, rolled, work }
    }

    /// Limits a task that may have no minutes in the lanes in which it has none.
    pub(super) fn limit_idle(
        &self,
        plan: &LanePlan,
        inputs: LaneInputs,
        node: usize,
        pass: &mut LanePass,
        critical: &mut [bool; LANES],
    ) {
        let Some(lasts) = self.lasting(inputs, node) else { return };
        let limit = self.limit_instants(plan, inputs, (node, Some(&lasts)), pass, critical);
        let set = pass.set;
        lanes::keep_where(set, &mut pass.late_start[node], &lasts, &limit.latest);
        lanes::keep_where(set, &mut pass.late_finish[node], &lasts, &limit.rolled);
        lanes::keep_where(set, &mut pass.late_end[node], &lasts, &limit.work);
        lanes::keep_where(set, &mut pass.late[node], &lasts, &limit.work);
    }

    /// The lanes in which a task has minutes or does not exist at all; `None` if that is all of them.
    fn lasting(&self, inputs: LaneInputs, node: usize) -> Option<Flags> {
        let d = &inputs.duration_minutes[node];
        let lasts = match self.mask_of(node, inputs) {
            Some(mask) => Flags::from_fn(|lane| d[lane] != 0 || !mask[lane]),
            None => Flags::from_fn(|lane| d[lane] != 0),
        };
        (!lasts.iter().all(|&lasts| lasts)).then_some(lasts)
    }
}
