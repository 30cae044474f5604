//! Risks that happen at an instant, by lane.

use super::block::{Draws, MoneyRows};
use super::memory::Memory;
use super::plan::KernelPlan;
use crate::draws::unit;
use crate::engine::Simulation;
use crate::engine::blow::{held, is_own, placed};
use crate::engine::impact::{Booked, Cost};
use crate::lanes::{self, LANES};
use crate::model::RiskWindow;
use crate::network::{LanePass, LaneState, LaneStrike, LaneStrikes, LaneTotal};

impl Memory {
    /// Room for the strikes of a program.
    pub fn strikes_of(simulation: &Simulation, plan: &KernelPlan) -> LaneStrikes {
        let strike = |spec: &crate::engine::blow::Spec| {
            let window = simulation.blows.all[spec.blow].window;
            LaneStrike::new(spec.task, spec.kind, is_own(window, spec.task))
        };
        LaneStrikes {
            all: simulation.blows.specs.iter().map(strike).collect(),
            total_of: plan.struck.clone(),
            totals: vec![LaneTotal::new(); plan.strikes],
        }
    }

    /// Draws which blows fall when and on what; those that fall in the dates of other tasks wait for these.
    pub fn draw_strikes(&mut self, draws: Draws, occurred: &[[bool; LANES]]) {
        let simulation = draws.simulation;
        for (number, spec) in simulation.blows.specs.iter().enumerate() {
            let blow = &simulation.blows.all[spec.blow];
            let strike = &mut self.strikes.all[number];
            strike.hit.fill(false);
            strike.added.fill(0);
            let sampler = simulation.sampler;
            sampler.fill_block_with(draws.set, &blow.instant, draws.of.block, &mut self.bits);
            strike.moment.iter_mut().zip(self.bits.iter()).for_each(|(moment, &bits)| *moment = unit(bits));
            blow.uniforms.fill(draws.of, &mut self.bits);
            let row = &occurred[blow.risk.index()];
            for (lane, &may) in row.iter().enumerate() {
                strike.occurs[lane] = may && blow.falls(self.bits[lane], strike.moment[lane]);
                strike.at[lane] = match blow.window {
                    RiskWindow::Dates { from, to } => placed(strike.moment[lane], from.0, to.0),
                    RiskWindow::While(_) => None,
                }
                .unwrap_or(i32::MIN);
            }
            if let Some(delay) = &blow.impacts[spec.impact].delay {
                let amount = delay.amounts.get(spec.at).unwrap_or(&delay.amounts[0]);
                draws.draw(amount, &mut self.bits, &mut self.value);
                for lane in 0..LANES {
                    strike.amount[lane] = held(spec.kind, self.value[lane]);
                }
            }
            // Where dates of others say when, nothing falls until they are known.
            if simulation.blows.looks_ahead {
                strike.occurs.fill(false);
            }
        }
        for (task, struck) in self.plan.struck.iter().enumerate() {
            let (Some(struck), Some(delayed)) = (struck, self.plan.delayed[task]) else { continue };
            let (total, delayed) = (&mut self.strikes.totals[*struck as usize], delayed as usize);
            total.own.clone_from(&self.own[delayed]);
            total.share.clone_from(&self.share[delayed]);
            total.absolute.clone_from(&self.absolute[delayed]);
            if let Some(lossy) = self.plan.lossy[task].map(|lossy| lossy as usize) {
                total.lost.clone_from(&self.lost[lossy]);
                total.kept.clone_from(&self.kept[lossy].0);
            }
        }
    }

    /// Counts the minutes that strikes added for the risks behind them.
    pub fn count_strikes(&self, draws: Draws, added: &mut [[i64; LANES]]) {
        let blows = &draws.simulation.blows;
        for (strike, spec) in self.strikes.all.iter().zip(&blows.specs) {
            let row = &mut added[blows.all[spec.blow].risk.index()];
            row.iter_mut().zip(strike.added.iter()).for_each(|(sum, &minutes)| *sum += i64::from(minutes));
        }
    }

    /// Books what blows cost where they fall: with targets, where they hit any.
    pub fn add_blow_costs(&mut self, draws: Draws, money: &mut MoneyRows, occurred: &[[bool; LANES]]) {
        let simulation = draws.simulation;
        for (number, blow) in simulation.blows.all.iter().enumerate() {
            let risk = blow.risk.index();
            for (impact, compiled) in blow.impacts.iter().enumerate() {
                let Some(cost) = &compiled.cost else { continue };
                match cost {
                    Cost::Once { amount, on } => {
                        if compiled.targets.is_empty() {
                            self.falls(draws, number);
                            lanes::and(draws.set, &mut self.both, &occurred[risk]);
                        } else {
                            self.hits_of(draws, number, impact, None);
                        }
                        draws.money(amount, &mut self.bits, &mut self.money);
                        let hit = self.both.clone();
                        self.book_where(draws, money, *on, (risk, &hit));
                    }
                    Cost::EachTarget(amounts) => {
                        for (at, amount) in amounts.iter().enumerate() {
                            self.hits_of(draws, number, impact, Some(at));
                            draws.money(amount, &mut self.bits, &mut self.money);
                            let hit = self.both.clone();
                            self.book_where(draws, money, Booked::Task(compiled.targets[at]), (risk, &hit));
                        }
                    }
                    Cost::Share(amounts) => {
                        for (at, task) in compiled.targets.iter().enumerate() {
                            if let Some(amount) = amounts.get(at) {
                                draws.draw(amount, &mut self.bits, &mut self.value);
                            }
                            let Some(shared) = self.plan.shared[task.index()] else { continue };
                            self.hits_of(draws, number, impact, Some(at));
                            let base = &self.before_risks[shared as usize];
                            for lane in 0..LANES {
                                self.scaled[lane] = self.value[lane] * base[lane] as f64;
                            }
                            lanes::money_of(draws.set, &mut self.money, &self.scaled);
                            let hit = self.both.clone();
                            self.book_where(draws, money, Booked::Task(*task), (risk, &hit));
                        }
                    }
                }
            }
        }
    }

    /// Puts where a blow falls, if its risk occurs, into `both`.
    pub fn falls(&mut self, draws: Draws, blow: usize) {
        let simulation = draws.simulation;
        let blow = &simulation.blows.all[blow];
        self.value.fill(0.0);
        if blow.is_partial() {
            simulation.sampler.fill_block_with(draws.set, &blow.instant, draws.of.block, &mut self.bits);
            self.value.iter_mut().zip(self.bits.iter()).for_each(|(moment, &bits)| *moment = unit(bits));
        }
        blow.uniforms.fill(draws.of, &mut self.bits);
        let lanes = self.both.iter_mut().zip(self.value.iter()).zip(self.bits.iter());
        lanes.for_each(|((falls, &moment), &bits)| *falls = blow.falls(bits, moment));
    }

    /// Puts where an impact of a blow hits one of its targets, or any of them, into `both`.
    fn hits_of(&mut self, draws: Draws, blow: usize, impact: usize, at: Option<usize>) {
        self.both.fill(false);
        for (strike, spec) in self.strikes.all.iter().zip(&draws.simulation.blows.specs) {
            if (spec.blow, spec.impact) == (blow, impact) && at.is_none_or(|at| at == spec.at) {
                lanes::or(draws.set, &mut self.both, &strike.hit);
            }
        }
    }
}

/// Places the instants after a pass without strikes has said when tasks go on.
pub fn place_strikes(draws: Draws, state: &mut LaneState, pass: &LanePass, occurred: &[[bool; LANES]]) {
    let simulation = draws.simulation;
    let mut bits = lanes::Words::all(0);
    for (strike, spec) in state.strikes.all.iter_mut().zip(&simulation.blows.specs) {
        let blow = &simulation.blows.all[spec.blow];
        let during = &simulation.blows.during[spec.blow];
        blow.uniforms.fill(draws.of, &mut bits);
        let row = &occurred[blow.risk.index()];
        for lane in 0..LANES {
            strike.occurs[lane] = row[lane] && blow.falls(bits[lane], strike.moment[lane]);
            if during.is_empty() || strike.is_own || !strike.occurs[lane] {
                continue;
            }
            let exists = |task: &&crate::model::TaskIx| {
                let condition = simulation.program.tasks()[task.index()].exists;
                condition.is_none_or(|condition| state.present[condition.index()][lane])
            };
            let dates = || during.iter().filter(exists).map(|&task| pass.dates(task, lane));
            let span = dates().map(|(from, _)| from).min().zip(dates().map(|(_, to)| to).max());
            let at = span.and_then(|(from, to)| placed(strike.moment[lane], from, to));
            strike.occurs[lane] = at.is_some();
            strike.at[lane] = at.unwrap_or(i32::MIN);
        }
    }
}
