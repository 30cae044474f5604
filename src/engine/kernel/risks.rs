//! What risks do to durations, by lane.

use super::block::Draws;
use super::memory::Memory;
use crate::draws::round_minutes;
use crate::engine::blow::held;
use crate::engine::impact::Delay;
use crate::lanes::{self, Aligned, Flags, LANES, Reals};
use crate::model::TaskIx;
use crate::network::{StrikeKind, Total};

impl Memory {
    /// Draws which risks occur.
    pub fn draw_occurrences(&mut self, draws: Draws, occurred: &mut [[bool; LANES]]) {
        let simulation = draws.simulation;
        occurred.iter_mut().for_each(|occurred| occurred.fill(false));
        for risk in &simulation.risks {
            let row = risk.risk.index();
            if risk.in_parts {
                for number in 0..simulation.blows.all.len() {
                    if simulation.blows.all[number].risk == risk.risk {
                        self.falls(draws, number);
                        lanes::or(draws.set, &mut occurred[row], &self.both);
                    }
                }
            } else {
                risk.uniforms.fill(draws.of, &mut self.bits);
                for (occurred, &bits) in occurred[row].iter_mut().zip(self.bits.iter()) {
                    *occurred = risk.occurrence.happens(bits);
                }
            }
            // A trigger comes before what it triggers.
            if let Some(trigger) = risk.trigger {
                let trigger = occurred[trigger.index()];
                lanes::and(draws.set, &mut occurred[row], &trigger);
            }
        }
    }

    /// Gathers the delays of every delayed task (semantics, section 3).
    pub fn apply_delays(&mut self, draws: Draws, occurred: &[[bool; LANES]], added: &mut [[i64; LANES]]) {
        self.share.iter_mut().for_each(|share| share.fill(0.0));
        self.absolute.iter_mut().for_each(|absolute| absolute.fill(0.0));
        for (amount, _) in self.extremes.iter_mut().flatten() {
            amount.fill(0.0);
        }
        self.lost.iter_mut().for_each(|lost| lost.fill(0.0));
        self.kept.iter_mut().for_each(|(kept, _)| kept.fill(1.0));
        self.losses.clear();
        added.iter_mut().for_each(|added| added.fill(0));
        let simulation = draws.simulation;
        for risk in &simulation.risks {
            let row = risk.risk.index();
            for impact in &risk.impacts {
                if let Some(delay) = &impact.delay {
                    let rows = (&occurred[row], &mut added[row]);
                    self.apply_delay(draws, &impact.targets, delay, risk.risk.0, rows);
                }
            }
        }
        self.add_extremes(added);
    }

    fn apply_delay(
        &mut self,
        draws: Draws,
        targets: &[TaskIx],
        delay: &Delay,
        risk: u32,
        (occurred, added): (&[bool; LANES], &mut [i64; LANES]),
    ) {
        let set = draws.set;
        let is_share = delay.kind == StrikeKind::Share;
        let shared = match delay.amounts.as_slice() {
            [one] if targets.len() != 1 => {
                draws.draw(one, &mut self.bits, &mut self.value);
                true
            }
            _ => false,
        };
        // Where targets exist in some lanes only, what is shared differs from one to the next.
        let tasks = draws.simulation.program.tasks();
        let any_in_part = targets.iter().any(|task| tasks[task.index()].exists.is_some());
        for (at, task) in targets.iter().enumerate() {
            // Every target of a delay is numbered.
            let Some(delayed) = self.plan.delayed[task.index()] else { continue };
            if !shared {
                draws.draw(&delay.amounts[at], &mut self.bits, &mut self.value);
            }
            let target = delayed as usize;
            let in_part = self.hits_in_part(draws, occurred, *task);
            let occurred: &[bool; LANES] = if in_part { &self.both } else { occurred };
            if delay.is_loss() {
                let kind = delay.kind;
                let hit: Flags = Aligned(*occurred);
                self.apply_loss(kind, task.index(), risk, &hit);
                continue;
            }
            if is_share {
                lanes::scale_by(set, &mut self.scaled, &self.own[target], &self.value);
            }
            let minutes = if is_share { &self.scaled } else { &self.value };
            match delay.group {
                None if !is_share && !any_in_part => {
                    if !shared || at == 0 {
                        lanes::keep_reals(set, &mut self.value, occurred);
                        // A shared delay adds to every target.
                        let times = if shared { targets.len() as i64 } else { 1 };
                        lanes::add_minutes(set, added, &self.value, times);
                    }
                    lanes::add_reals(set, &mut self.absolute[target], &self.value);
                }
                None => {
                    let sum = if is_share { &mut self.share } else { &mut self.absolute };
                    let sum = &mut sum[target];
                    lanes::add_occurred(set, sum, &self.value, occurred, added, minutes);
                }
                Some(group) => {
                    let pair = self.plan.parallel.partition_point(|&pair| pair < (delayed, group));
                    let [(most, by_most), (least, by_least)] = &mut self.extremes[pair];
                    for lane in (0..LANES).filter(|&lane| occurred[lane]) {
                        let minutes = minutes[lane];
                        if minutes > most[lane] {
                            (most[lane], by_most[lane]) = (minutes, risk);
                        }
                        if minutes < least[lane] {
                            (least[lane], by_least[lane]) = (minutes, risk);
                        }
                    }
                }
            }
        }
    }

    /// Notes the shares at hand that a risk loses or cuts off where it hits.
    fn apply_loss(&mut self, kind: StrikeKind, task: usize, risk: u32, hit: &Flags) {
        // Every task of which something is lost is numbered.
        let Some(lossy) = self.plan.lossy[task].map(|lossy| lossy as usize) else { return };
        if kind == StrikeKind::Restart {
            let share = Reals::from_fn(|lane| if hit[lane] { held(kind, self.value[lane]) } else { 0.0 });
            self.lost[lossy].iter_mut().zip(share.iter()).for_each(|(lost, &share)| *lost += share);
            self.losses.push((risk, task, share));
            return;
        }
        let (kept, by) = &mut self.kept[lossy];
        for lane in (0..LANES).filter(|&lane| hit[lane]) {
            let share = held(kind, self.value[lane]);
            if share < kept[lane] {
                (kept[lane], by[lane]) = (share, risk);
            }
        }
    }

    /// Loses and cuts off the shares of a task, and counts the minutes for the risks that do so.
    pub fn lose(&self, task: usize, minutes: &mut [i32; LANES], added: &mut [[i64; LANES]]) {
        let (Some(lossy), Some(delayed)) = (self.plan.lossy[task], self.plan.delayed[task]) else { return };
        let (lossy, delayed) = (lossy as usize, delayed as usize);
        let (kept, by) = &self.kept[lossy];
        for lane in 0..LANES {
            let total = Total {
                own: self.own[delayed][lane],
                share: self.share[delayed][lane],
                absolute: self.absolute[delayed][lane],
                lost: self.lost[lossy][lane],
                kept: kept[lane],
            };
            minutes[lane] = total.minutes();
            let whole = total.before_losses().max(0.0);
            for (risk, _, share) in self.losses.iter().filter(|(_, on, _)| *on == task) {
                added[*risk as usize][lane] += i64::from(round_minutes(whole * share[lane]));
            }
            if kept[lane] < 1.0 {
                let cut = whole * (1.0 + total.lost) * (1.0 - kept[lane]);
                added[by[lane] as usize][lane] -= i64::from(round_minutes(cut));
            }
        }
    }

    /// The extremes of parallel groups apply once each, after what is in series.
    fn add_extremes(&mut self, added: &mut [[i64; LANES]]) {
        for (&(delayed, _), extremes) in self.plan.parallel.iter().zip(&self.extremes) {
            let absolute = &mut self.absolute[delayed as usize];
            for lane in 0..LANES {
                for (minutes, risk) in extremes.iter().map(|(minutes, risk)| (minutes[lane], risk[lane])) {
                    if minutes != 0.0 {
                        absolute[lane] += minutes;
                        added[risk as usize][lane] += i64::from(round_minutes(minutes));
                    }
                }
            }
        }
    }
}
