//! Costs of a block.

use super::block::{Draws, Memory, MoneyRows};
use crate::engine::impact::{Booked, CompiledImpact, Cost};
use crate::lanes::{self, InstructionSet, LANES};

impl MoneyRows<'_> {
    fn row(&mut self, on: Booked) -> &mut [i64; LANES] {
        match on {
            Booked::Task(task) => &mut self.task[task.index()],
            Booked::Project(project) => &mut self.project[project.index()],
            Booked::Program => self.cost,
        }
    }
}

fn add(row: &mut [i64; LANES], amount: &[i64; LANES]) {
    row.iter_mut().zip(amount).for_each(|(sum, &amount)| *sum += amount);
}

impl Memory<'_> {
    /// Rates, lump sums and impacts of risks, up to the program.
    pub fn add_costs(
        &mut self,
        draws: Draws,
        money: &mut MoneyRows,
        minutes: &[[i32; LANES]],
        occurred: &[[bool; LANES]],
    ) {
        let (simulation, set) = (draws.simulation, draws.set);
        money.task.iter_mut().for_each(|row| row.fill(0));
        money.project.iter_mut().for_each(|row| row.fill(0));
        money.risk.iter_mut().for_each(|row| row.fill(0));
        money.cost.fill(0);
        for rate in &simulation.costs.rates {
            let task = rate.task.index();
            lanes::rate_money(set, &mut money.task[task], &minutes[task], rate.minor_per_minute);
        }
        for lump in &simulation.costs.lumps {
            draws.draw(&lump.amount, &mut self.bits, &mut self.value);
            lanes::money_of(set, &mut self.money, &self.value);
            add(money.row(lump.on), &self.money);
        }
        // Percent impacts are shares of what a task costs without the impacts of any risk.
        for (task, shared) in self.plan.shared.iter().enumerate() {
            if let Some(shared) = shared {
                self.before_risks[*shared as usize].copy_from_slice(&money.task[task]);
            }
        }
        for risk in &simulation.risks {
            let row = risk.risk.index();
            for impact in &risk.impacts {
                self.add_risk_cost(draws, impact, &occurred[row], row, money);
            }
        }
        roll_up(draws, money);
    }

    fn add_risk_cost(
        &mut self,
        draws: Draws,
        impact: &CompiledImpact,
        occurred: &[bool; LANES],
        risk: usize,
        money: &mut MoneyRows,
    ) {
        let set = draws.set;
        let mut book = |on: Booked, amount: &[i64; LANES], set: InstructionSet| {
            lanes::add_money(set, money.row(on), amount, occurred);
            lanes::add_money(set, &mut money.risk[risk], amount, occurred);
        };
        match &impact.cost {
            None => {}
            Some(Cost::Once { amount, on }) => {
                draws.draw(amount, &mut self.bits, &mut self.value);
                lanes::money_of(set, &mut self.money, &self.value);
                book(*on, &self.money, set);
            }
            Some(Cost::EachTarget(amounts)) => {
                for (task, amount) in impact.targets.iter().zip(amounts) {
                    draws.draw(amount, &mut self.bits, &mut self.value);
                    lanes::money_of(set, &mut self.money, &self.value);
                    book(Booked::Task(*task), &self.money, set);
                }
            }
            Some(Cost::Share(amounts)) => {
                for (at, task) in impact.targets.iter().enumerate() {
                    // One for all targets, or one each.
                    if let Some(amount) = amounts.get(at) {
                        draws.draw(amount, &mut self.bits, &mut self.value);
                    }
                    // The cost of every target of a share is kept.
                    let Some(shared) = self.plan.shared[task.index()] else { continue };
                    let base = self.before_risks[shared as usize].iter();
                    for ((scaled, &share), &base) in self.scaled.iter_mut().zip(self.value.iter()).zip(base) {
                        *scaled = share * base as f64;
                    }
                    lanes::money_of(set, &mut self.money, &self.scaled);
                    book(Booked::Task(*task), &self.money, set);
                }
            }
        }
    }
}

/// Adds tasks to projects, and projects to their parents and the program.
fn roll_up(draws: Draws, money: &mut MoneyRows) {
    let program = &draws.simulation.program;
    for (task, row) in program.tasks().iter().zip(money.task.iter()) {
        match task.project {
            Some(project) => add(&mut money.project[project.index()], row),
            None => add(money.cost, row),
        }
    }
    // A parent stands before its children.
    for (at, project) in program.projects().iter().enumerate().rev() {
        let own = money.project[at];
        match project.parent {
            Some(parent) => add(&mut money.project[parent.index()], &own),
            None => add(money.cost, &own),
        }
    }
}
