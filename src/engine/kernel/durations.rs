//! Durations of a block: own estimates and what drivers and risks do to them.

use super::block::{Draws, Rows};
use super::memory::Memory;
use crate::lanes::{self, LANES};

impl Memory {
    /// Draws occurrences and durations; how many durations were below zero.
    pub fn draw_durations(&mut self, draws: Draws, rows: &mut Rows) -> u64 {
        let (simulation, set) = (draws.simulation, draws.set);
        let mut clamped = 0;
        for (task, duration) in simulation.durations.iter().enumerate() {
            match self.plan.delayed[task] {
                Some(delayed) => draws.draw(duration, &mut self.bits, &mut self.own[delayed as usize]),
                None => {
                    clamped += draws.minutes(duration, &mut self.bits, &mut rows.task_minutes[task]);
                }
            }
        }
        self.draw_occurrences(draws, rows.risk_occurred);
        self.decide(draws, rows.risk_occurred);
        self.apply_drivers(draws, rows.driver_occurred, rows.driver_minutes);
        self.apply_delays(draws, rows.risk_occurred, rows.risk_minutes);
        for (task, delayed) in self.plan.delayed.iter().enumerate() {
            if let Some(delayed) = delayed.map(|delayed| delayed as usize) {
                let (own, share, absolute) =
                    (&self.own[delayed], &self.share[delayed], &self.absolute[delayed]);
                let out = &mut rows.task_minutes[task];
                clamped += lanes::total_minutes(set, out, own, share, absolute);
                if self.plan.lossy[task].is_some() {
                    self.lose(task, out, rows.risk_minutes);
                }
            }
        }
        self.leave_out_absent(draws, rows);
        clamped
    }

    /// Counts the minutes of drivers and risks once more, now that it is decided what exists.
    pub fn recount(
        &mut self,
        draws: Draws,
        (driver_occurred, driver_minutes): (&mut [[bool; LANES]], &mut [[i64; LANES]]),
        (risk_occurred, risk_minutes): (&[[bool; LANES]], &mut [[i64; LANES]]),
    ) {
        for (task, duration) in draws.simulation.durations.iter().enumerate() {
            if let Some(delayed) = self.plan.delayed[task] {
                draws.draw(duration, &mut self.bits, &mut self.own[delayed as usize]);
            }
        }
        self.apply_drivers(draws, driver_occurred, driver_minutes);
        self.apply_delays(draws, risk_occurred, risk_minutes);
        // The durations themselves stay: strikes have changed them since.
        let mut minutes = [0; LANES];
        for task in (0..self.plan.lossy.len()).filter(|&task| self.plan.lossy[task].is_some()) {
            self.lose(task, &mut minutes, risk_minutes);
        }
    }

    /// Draws the lump sums of tasks whose cost decides something.
    pub fn draw_lump_sums(&mut self, draws: Draws) {
        for (sum, lumps) in self.lump_sums.iter_mut().zip(&draws.simulation.decisions.lump_sums) {
            sum.fill(0);
            for lump in lumps {
                draws.money(lump, &mut self.bits, &mut self.money);
                lanes::add_long(draws.set, sum, &self.money);
            }
        }
    }
}
