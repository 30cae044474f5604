//! What risk drivers do to own estimates, by lane.

use super::block::Draws;
use super::memory::Memory;
use crate::draws::round_minutes;
use crate::engine::driver::CompiledDriver;
use crate::lanes::{self, Flags, LANES};
use crate::model::TaskIx;

impl Memory {
    /// Draws which drivers occur and multiplies the own estimates that they touch (semantics, section 3).
    pub fn apply_drivers(
        &mut self,
        draws: Draws,
        occurred: &mut [[bool; LANES]],
        added: &mut [[i64; LANES]],
    ) {
        self.multiplier.iter_mut().for_each(|multiplier| multiplier.fill(1.0));
        for (factor, _) in self.factors.iter_mut().flatten() {
            factor.fill(1.0);
        }
        occurred.iter_mut().for_each(|occurred| occurred.fill(false));
        added.iter_mut().for_each(|added| added.fill(0));
        let simulation = draws.simulation;
        for driver in &simulation.drivers.all {
            let row = driver.driver.index();
            driver.uniforms.fill(draws.of, &mut self.bits);
            let mut occurs = Flags::all(false);
            lanes::below(draws.set, &mut occurs, &self.bits, driver.occurrence.threshold());
            lanes::or(draws.set, &mut occurred[row], &occurs);
            draws.draw(&driver.factor, &mut self.bits, &mut self.value);
            self.apply_factor(draws, driver, &occurs, &mut added[row]);
        }
        self.multiply_extremes(added);
        for (task, driven) in self.plan.driven.iter().enumerate() {
            // Every driven task keeps its own estimate.
            if let (Some(driven), Some(kept)) = (driven, self.plan.delayed[task]) {
                lanes::multiply(draws.set, &mut self.own[kept as usize], &self.multiplier[*driven as usize]);
            }
        }
    }

    fn apply_factor(
        &mut self,
        draws: Draws,
        driver: &CompiledDriver,
        occurred: &[bool; LANES],
        added: &mut [i64; LANES],
    ) {
        for task in driver.targets.iter().map(|task| task.index()) {
            let (Some(driven), Some(kept)) = (self.plan.driven[task], self.plan.delayed[task]) else {
                continue;
            };
            let in_part = self.hits_in_part(draws, occurred, TaskIx::new(task));
            let occurred: &[bool; LANES] = if in_part { &self.both } else { occurred };
            match driver.group {
                None => {
                    let (multiplier, own) = (&mut self.multiplier[driven as usize], &self.own[kept as usize]);
                    lanes::stretch(draws.set, multiplier, &self.value, occurred, added, own);
                }
                Some(group) => {
                    let pair =
                        self.plan.stretched.partition_point(|&(task, at, _)| (task, at) < (driven, group));
                    let [(most, by_most), (least, by_least)] = &mut self.factors[pair];
                    for lane in (0..LANES).filter(|&lane| occurred[lane]) {
                        let factor = self.value[lane];
                        if factor > most[lane] {
                            (most[lane], by_most[lane]) = (factor, driver.driver.0);
                        }
                        if factor < least[lane] {
                            (least[lane], by_least[lane]) = (factor, driver.driver.0);
                        }
                    }
                }
            }
        }
    }

    /// The extremes of parallel groups apply once each, after the factors of the product.
    fn multiply_extremes(&mut self, added: &mut [[i64; LANES]]) {
        for (&(driven, _, kept), extremes) in self.plan.stretched.iter().zip(&self.factors) {
            let (multiplier, own) = (&mut self.multiplier[driven as usize], &self.own[kept as usize]);
            for lane in 0..LANES {
                for (factor, driver) in extremes.iter().map(|(factor, driver)| (factor[lane], driver[lane])) {
                    if factor != 1.0 {
                        multiplier[lane] *= factor;
                        let minutes = round_minutes(own[lane] * (factor - 1.0));
                        added[driver as usize][lane] += i64::from(minutes);
                    }
                }
            }
        }
    }
}
