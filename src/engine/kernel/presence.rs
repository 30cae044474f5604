//! What exists in which lanes.

use super::block::{Draws, Rows};
use super::memory::Memory;
use crate::lanes::{self, LANES};
use crate::model::{Need, TaskIx};

impl Memory {
    /// Draws the chances and decides which conditions hold; after the risks have occurred or not.
    pub fn decide(&mut self, draws: Draws, occurred: &[[bool; LANES]]) {
        let (simulation, set) = (draws.simulation, draws.set);
        for (happens, chance) in self.chances.iter_mut().zip(&simulation.chances) {
            simulation.sampler.fill_block_with(set, &chance.stream, draws.of.block, &mut self.bits);
            for (happens, &bits) in happens.iter_mut().zip(self.bits.iter()) {
                *happens = chance.occurrence.happens(bits);
            }
        }
        for (holds, condition) in self.present.iter_mut().zip(simulation.program.conditions()) {
            holds.fill(true);
            for need in condition.needs() {
                let (mask, wanted): (&[bool; LANES], bool) = match *need {
                    Need::Chance { chance, happens } => (&self.chances[chance.index()], happens),
                    Need::Risk { risk, occurs } => (&occurred[risk.index()], occurs),
                    // What awaits a date or a cost is decided by the pass.
                    Need::Finish { .. } | Need::Cost { .. } => continue,
                };
                if wanted {
                    lanes::and(set, holds, mask);
                } else {
                    lanes::and_not(set, holds, mask);
                }
            }
        }
    }

    /// Whether a target exists in some lanes only; then `both` says where it does and the risk occurs.
    pub fn hits_in_part(&mut self, draws: Draws, occurred: &[bool; LANES], target: TaskIx) -> bool {
        let exists = draws.simulation.program.tasks()[target.index()].exists;
        if let Some(condition) = exists {
            self.both.copy_from_slice(occurred);
            lanes::and(draws.set, &mut self.both, &self.present[condition.index()]);
        }
        exists.is_some()
    }

    /// The same for any of some targets; a risk without targets hits the program, which always exists.
    pub fn hits_any_in_part(&mut self, draws: Draws, occurred: &[bool; LANES], targets: &[TaskIx]) -> bool {
        let tasks = draws.simulation.program.tasks();
        let in_part = !targets.is_empty() && targets.iter().all(|task| tasks[task.index()].exists.is_some());
        if in_part {
            self.both.fill(false);
            for condition in targets.iter().filter_map(|task| tasks[task.index()].exists) {
                lanes::or(draws.set, &mut self.both, &self.present[condition.index()]);
            }
            lanes::and(draws.set, &mut self.both, occurred);
        }
        in_part
    }

    /// Says what the passes have decided to exist.
    pub fn note_decided(&self, draws: Draws, present: &mut [[bool; LANES]]) {
        for (at, task) in draws.simulation.program.tasks().iter().enumerate() {
            if let Some(condition) = task.exists {
                present[at].copy_from_slice(&self.present[condition.index()][..]);
            }
        }
    }

    /// Takes the minutes of what does not exist away, and says what exists.
    pub fn leave_out_absent(&self, draws: Draws, rows: &mut Rows) {
        for (at, task) in draws.simulation.program.tasks().iter().enumerate() {
            if let Some(condition) = task.exists {
                let mask = &self.present[condition.index()];
                lanes::keep_or(draws.set, &mut rows.task_minutes[at], mask, 0);
                rows.task_present[at].copy_from_slice(&mask[..]);
            }
        }
    }
}
