//! Conditions that dates and costs decide, by lane.

use super::pass::{LaneDates, LaneInputs, LanePass, LaneState};
use crate::lanes::{self, Flags, Ints, Longs};
use crate::network::compile::Network;
use crate::network::decisions::Question;
use crate::network::node::UNBOUND;

impl Network {
    /// Keeps how far conditions have been decided by what is drawn, for passes that are made again.
    pub(super) fn open_decisions(&self, state: &LaneState, pass: &mut LanePass) {
        for (kept, decision) in pass.undecided.iter_mut().zip(&self.decisions.all) {
            kept.copy_from_slice(&state.present[decision.condition][..]);
        }
    }

    /// Forgets what a pass before has decided.
    pub(super) fn reopen_decisions(&self, state: &mut LaneState, pass: &LanePass) {
        for (kept, decision) in pass.undecided.iter().zip(&self.decisions.all) {
            state.present[decision.condition].copy_from_slice(&kept[..]);
        }
    }

    /// Decides a condition in every lane.
    pub(super) fn decide_lanes(
        &self,
        number: usize,
        state: &mut LaneState,
        pass: &LanePass,
        dates: &LaneDates,
    ) {
        let decision = &self.decisions.all[number];
        for question in &decision.questions {
            let holds = match question {
                Question::Finish { tasks, after, later } => {
                    let latest = self.latest_shown_lanes(tasks, state.inputs(), pass, dates);
                    Flags::from_fn(|lane| (latest[lane] > *after) == *later)
                }
                Question::Cost { bills, above, more } => {
                    let cost = self.cost_lanes(bills, state, pass.set);
                    Flags::from_fn(|lane| (cost[lane] > *above) == *more)
                }
            };
            lanes::and(pass.set, &mut state.present[decision.condition], &holds);
        }
    }

    /// Takes the minutes away of what turned out not to exist; after the last forward pass.
    pub(super) fn close_decisions(&self, state: &mut LaneState, pass: &LanePass) {
        for task in self.decisions.all.iter().flat_map(|decision| &decision.tasks) {
            let task = *task as usize;
            if let Some(condition) = self.presence.condition(task) {
                lanes::keep_or(pass.set, &mut state.minutes[task], &state.present[condition], 0);
            }
        }
    }

    fn latest_shown_lanes(
        &self,
        tasks: &[u32],
        inputs: LaneInputs,
        pass: &LanePass,
        dates: &LaneDates,
    ) -> Ints {
        let (set, mut own, mut passed_on) = (pass.set, Ints::all(UNBOUND), Ints::all(UNBOUND));
        for task in tasks.iter().map(|&task| task as usize) {
            // Milestones are shown where they are rolled to; nobody else's dates need be there.
            let is_milestone = self.rules[task].milestone.is_some();
            let finish = if is_milestone { &dates.finish[task] } else { &pass.finish[task].0 };
            match self.mask_of(task, inputs) {
                None => lanes::max(set, &mut own, finish),
                Some(mask) => {
                    lanes::max_where(set, &mut own, mask, finish);
                    lanes::max_unless(set, &mut passed_on, mask, finish);
                }
            }
        }
        Ints::from_fn(|lane| if own[lane] == UNBOUND { passed_on[lane] } else { own[lane] })
    }

    fn cost_lanes(&self, bills: &[u32], state: &LaneState, set: lanes::InstructionSet) -> Longs {
        let (mut cost, mut worked) = (Longs::all(0), Longs::all(0));
        for number in bills.iter().map(|&number| number as usize) {
            let bill = &self.decisions.bills[number];
            let task = bill.task.index();
            let mut own = state.lump_sums[number].clone();
            for &rate in &bill.rates {
                lanes::rate_money(set, &mut worked, &state.minutes[task], rate);
                lanes::add_long(set, &mut own, &worked);
            }
            if let Some(mask) = self.mask_of(task, state.inputs()) {
                lanes::keep_money(set, &mut own, mask);
            }
            lanes::add_long(set, &mut cost, &own);
        }
        cost
    }

    /// Lets the dates of tasks be there that somebody waits for.
    pub(super) fn dates_awaited(&self, finishes: &mut [bool]) {
        for question in self.decisions.all.iter().flat_map(|decision| &decision.questions) {
            if let Question::Finish { tasks, .. } = question {
                tasks.iter().for_each(|&task| finishes[task as usize] = true);
            }
        }
    }
}
