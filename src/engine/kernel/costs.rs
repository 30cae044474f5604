//! Costs of a block.

use super::block::{Draws, MoneyRows};
use super::memory::Memory;
use crate::engine::impact::{Booked, CompiledImpact, Cost};
use crate::engine::money::{FinalCosts, Sheet, Totals, Treasury, Worth};
use crate::lanes::{self, LANES};
use crate::model::{ConditionIx, TaskIx};

impl Memory {
    /// Rates, lump sums and impacts of risks; projects have not been added to what is above them.
    pub fn add_costs(
        &mut self,
        draws: Draws,
        money: &mut MoneyRows,
        minutes: &[[i32; LANES]],
        occurred: &[[bool; LANES]],
    ) {
        let (simulation, set) = (draws.simulation, draws.set);
        money.project.iter_mut().for_each(|row| row.fill(0));
        money.risk.iter_mut().for_each(|row| row.fill(0));
        money.cost.fill(0);
        self.has_cost.fill(false);
        for (at, rate) in simulation.costs.rates.iter().enumerate() {
            let task = rate.task.index();
            lanes::rate_money(set, &mut self.money, &minutes[task], rate.minor_per_minute);
            if let Some(line) = money.line.get_mut(at) {
                line.copy_from_slice(&self.money[..]);
            }
            self.book(draws, money, Booked::Task(rate.task));
        }
        for (at, lump) in simulation.costs.lumps.iter().enumerate() {
            let at = simulation.costs.rates.len() + at;
            // What is due in some lanes only may not be drawn where it stays.
            match (lump.on, lump.exists) {
                // The first cost of a task is drawn where it stays.
                (Booked::Task(task), None) if !self.has_cost[task.index()] => {
                    self.has_cost[task.index()] = true;
                    let row = &mut money.task[task.index()];
                    draws.money(&lump.amount, &mut self.bits, row);
                    lanes::add_long(set, above(draws, task, money.project, money.cost), row);
                    if let Some(line) = money.line.get_mut(at) {
                        line.copy_from_slice(&row[..]);
                    }
                }
                (on, exists) => {
                    draws.money(&lump.amount, &mut self.bits, &mut self.money);
                    if let Some(condition) = exists {
                        lanes::keep_money(set, &mut self.money, &self.present[condition.index()]);
                    }
                    if let Some(line) = money.line.get_mut(at) {
                        line.copy_from_slice(&self.money[..]);
                    }
                    self.book(draws, money, on);
                }
            }
        }
        for (row, _) in money.task.iter_mut().zip(&self.has_cost).filter(|(_, has_cost)| !**has_cost) {
            row.fill(0);
        }
        self.has_cost.fill(true);
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
        self.add_blow_costs(draws, money, occurred);
    }

    /// Money over time, and what it is worth if somebody asks; then projects are added to what is above them.
    pub fn settle(
        &mut self,
        draws: Draws,
        treasury: &Treasury,
        worth: bool,
        sheet: &Sheet<'_>,
        money: &mut MoneyRows,
    ) {
        let Some(scratch) = &mut self.treasury else { return };
        for (row, quantity) in money.values.iter_mut().zip(&treasury.quantities) {
            draws.draw(quantity, &mut self.bits, &mut self.value);
            row.copy_from_slice(&self.value[..]);
        }
        scratch.values.copy_from_slice(money.values.as_flattened());
        let mut totals = Totals {
            task: money.task.as_flattened_mut(),
            project: money.project.as_flattened_mut(),
            program: &mut money.cost[..],
            with_tasks: true,
        };
        // Lanes in which something is cancelled are left over.
        let present = |_, condition: Option<ConditionIx>, lane: usize| {
            condition.is_none_or(|condition| self.present[condition.index()][lane])
        };
        treasury.settle(sheet, scratch, &mut totals, money.line.as_flattened_mut(), &present);
        roll_up(draws, money);
        if worth && treasury.has_case() {
            let costs = FinalCosts {
                task: money.task.as_flattened(),
                project: money.project.as_flattened(),
                program: &money.cost[..],
                line: money.line.as_flattened(),
            };
            let work = |task| self.pass.work_end(&self.plan.lanes, task);
            let worth = Worth {
                costs: &mut money.cost_worth[..],
                benefits: &mut money.benefit_worth[..],
                members: money.member_worth.as_flattened_mut(),
            };
            treasury.value(draws.set, (sheet, &work), scratch, costs, worth);
        }
    }

    /// Adds the amount at hand to what it belongs to, and that of a task to what is above it.
    fn book(&mut self, draws: Draws, money: &mut MoneyRows, on: Booked) {
        let set = draws.set;
        match on {
            Booked::Task(task) => {
                let row = &mut money.task[task.index()];
                if std::mem::replace(&mut self.has_cost[task.index()], true) {
                    lanes::add_long(set, row, &self.money);
                } else {
                    row.copy_from_slice(&self.money[..]);
                }
                lanes::add_long(set, above(draws, task, money.project, money.cost), &self.money);
            }
            Booked::Project(project) => {
                lanes::add_long(set, &mut money.project[project.index()], &self.money);
            }
            Booked::Program => lanes::add_long(set, money.cost, &self.money),
        }
    }

    /// Books the amount at hand where the risk occurred.
    pub fn book_where(
        &mut self,
        draws: Draws,
        money: &mut MoneyRows,
        on: Booked,
        risk: (usize, &[bool; LANES]),
    ) {
        lanes::keep_money(draws.set, &mut self.money, risk.1);
        lanes::add_long(draws.set, &mut money.risk[risk.0], &self.money);
        self.book(draws, money, on);
    }

    fn add_risk_cost(
        &mut self,
        draws: Draws,
        impact: &CompiledImpact,
        occurred: &[bool; LANES],
        risk: usize,
        money: &mut MoneyRows,
    ) {
        match &impact.cost {
            None => {}
            Some(Cost::Once { amount, on }) => {
                draws.money(amount, &mut self.bits, &mut self.money);
                if self.hits_any_in_part(draws, occurred, &impact.targets) {
                    lanes::keep_money(draws.set, &mut self.money, &self.both);
                }
                self.book_where(draws, money, *on, (risk, occurred));
            }
            Some(Cost::EachTarget(amounts)) => {
                for (task, amount) in impact.targets.iter().zip(amounts) {
                    draws.money(amount, &mut self.bits, &mut self.money);
                    if self.hits_in_part(draws, occurred, *task) {
                        lanes::keep_money(draws.set, &mut self.money, &self.both);
                    }
                    self.book_where(draws, money, Booked::Task(*task), (risk, occurred));
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
                    lanes::money_of(draws.set, &mut self.money, &self.scaled);
                    self.book_where(draws, money, Booked::Task(*task), (risk, occurred));
                }
            }
        }
    }
}

/// What the costs of a task add to: its project, or the program.
fn above<'a>(
    draws: Draws,
    task: TaskIx,
    projects: &'a mut [[i64; LANES]],
    program: &'a mut [i64; LANES],
) -> &'a mut [i64; LANES] {
    match draws.simulation.program.tasks()[task.index()].project {
        Some(project) => &mut projects[project.index()],
        None => program,
    }
}

/// Adds projects to their parents and the program.
pub fn roll_up(draws: Draws, money: &mut MoneyRows) {
    // A parent stands before its children.
    for (at, project) in draws.simulation.program.projects().iter().enumerate().rev() {
        let own = money.project[at];
        match project.parent {
            Some(parent) => lanes::add_long(draws.set, &mut money.project[parent.index()], &own),
            None => lanes::add_long(draws.set, money.cost, &own),
        }
    }
}
