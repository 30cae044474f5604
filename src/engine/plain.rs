//! One iteration in readable scalar code: the specification that any faster engine must reproduce.

use super::NEVER;
use super::block::Block;
use super::compile::{Simulation, roll_up};
use super::impact::{Booked, CompiledImpact, Cost, Delay};
use super::quantity::Quantity;
use super::uniforms::Uniforms;
use crate::draws::{BLOCK, round_minutes, round_money};
use crate::model::{ProjectIx, TaskIx};
use crate::network::{Inputs, Pass};
use crate::units::Instant;

/// One iteration: what was drawn and what came of it. Reused from one iteration to the next.
#[derive(Clone, Debug)]
pub struct Iteration {
    /// Durations and lags as drawn, with all impacts.
    pub inputs: Inputs,
    /// The schedule.
    pub pass: Pass,
    /// Cost of each task, minor units.
    pub task_cost: Vec<i64>,
    /// Cost of each project with all below it, minor units.
    pub project_cost: Vec<i64>,
    /// Cost of the program, minor units.
    pub cost: i64,
    /// Whether each risk occurred.
    pub risk_occurred: Vec<bool>,
    /// Minutes that each risk added to the tasks that it hit.
    pub risk_minutes: Vec<i64>,
    /// Cost impacts of each risk, minor units.
    pub risk_cost: Vec<i64>,
    /// Whether each risk driver occurred.
    pub driver_occurred: Vec<bool>,
    /// Minutes that each risk driver added to the tasks that it touches, each counted on the task's own
    /// estimate alone.
    pub driver_minutes: Vec<i64>,
    /// How many durations below zero were held at zero.
    pub durations_clamped: u64,
    /// Whether each chance happened.
    pub(super) chances: Vec<bool>,
    /// Scores that several quantities share.
    shared: Vec<f64>,
    /// Own estimate of each task times its drivers, in minutes.
    own: Vec<f64>,
    /// Product of the drivers of each task.
    multiplier: Vec<f64>,
    /// For each parallel group of drivers and task: the largest factor above 1 and the smallest below, each
    /// with the driver that brings it.
    factors: Vec<[(f64, u32); 2]>,
    /// Sum of the percent impacts in series on each task.
    share: Vec<f64>,
    /// Sum of the absolute impacts in series on each task, in minutes.
    absolute: Vec<f64>,
    /// For each parallel group and task: the largest increase and the largest decrease in minutes, each
    /// with the risk that brings it.
    extremes: Vec<[(f64, u32); 2]>,
}

impl Iteration {
    /// Scratch space of the right size.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        let program = simulation.program();
        let (tasks, risks) = (program.tasks().len(), program.risks().len());
        Self {
            inputs: simulation.plan_inputs().clone(),
            pass: simulation.network().pass(),
            task_cost: vec![0; tasks],
            project_cost: vec![0; program.projects().len()],
            cost: 0,
            risk_occurred: vec![false; risks],
            risk_minutes: vec![0; risks],
            risk_cost: vec![0; risks],
            driver_occurred: vec![false; program.drivers().len()],
            driver_minutes: vec![0; program.drivers().len()],
            durations_clamped: 0,
            chances: vec![false; program.chances().len()],
            shared: Vec::new(),
            own: vec![0.0; tasks],
            multiplier: vec![1.0; tasks],
            factors: vec![[(1.0, 0); 2]; tasks * simulation.drivers.groups as usize],
            share: vec![0.0; tasks],
            absolute: vec![0.0; tasks],
            extremes: vec![[(0.0, 0); 2]; tasks * simulation.groups as usize],
        }
    }

    /// Own estimate of a task times its drivers, before the impacts of risks; minutes of its clock.
    #[must_use]
    pub fn own_minutes(&self, task: TaskIx) -> f64 {
        self.own[task.index()]
    }

    /// Finish of the program in minutes since the epoch, or [`NEVER`].
    #[must_use]
    pub fn finish(&self) -> i32 {
        self.pass.target_finish().map_or(NEVER, |at| at.0)
    }
}

impl Simulation {
    /// Simulates iteration number `iteration` into `out`.
    pub fn iterate(&self, iteration: u32, out: &mut Iteration) {
        let mut shared = std::mem::take(&mut out.shared);
        self.coupled.copula.scores(self.sampler, iteration, &mut shared);
        let (sampler, copula) = (self.sampler, &self.coupled.copula);
        let draw = |quantity: &Quantity| quantity.value(&self.tables, sampler, copula, &shared, iteration);
        let bits = |uniforms: &Uniforms| uniforms.bits(sampler, copula, &shared, iteration);

        for (own, duration) in out.own.iter_mut().zip(&self.durations) {
            *own = draw(duration);
        }
        for risk in &self.risks {
            out.risk_occurred[risk.risk.index()] = risk.occurrence.happens(bits(&risk.uniforms));
        }
        self.decide(iteration, out);
        self.apply_drivers(&bits, &draw, out);
        self.apply_delays(&draw, out);
        for &(link, ref lag) in &self.lags {
            out.inputs.lag_minutes[link.index()] = round_minutes(draw(lag));
        }

        self.network.forward(&out.inputs, &mut out.pass);
        self.network.backward(&out.inputs, &mut out.pass);
        self.network.trace(&out.inputs, &mut out.pass);

        self.add_costs(&draw, out);
        out.shared = shared;
    }

    /// Own estimates times the factors of the drivers that occur: their product, then the extremes of each
    /// parallel group (semantics, section 3).
    fn apply_drivers(
        &self,
        bits: &impl Fn(&Uniforms) -> u32,
        draw: &impl Fn(&Quantity) -> f64,
        out: &mut Iteration,
    ) {
        if self.drivers.all.is_empty() {
            return;
        }
        let groups = self.drivers.groups as usize;
        out.multiplier.fill(1.0);
        out.factors.fill([(1.0, 0); 2]);
        out.driver_occurred.fill(false);
        out.driver_minutes.fill(0);
        for driver in &self.drivers.all {
            if !driver.occurrence.happens(bits(&driver.uniforms)) {
                continue;
            }
            let number = driver.driver.index();
            out.driver_occurred[number] = true;
            let factor = draw(&driver.factor);
            for &target in &driver.targets {
                if !self.is_present(target, out) {
                    continue;
                }
                let task = target.index();
                match driver.group {
                    None => {
                        out.multiplier[task] *= factor;
                        out.driver_minutes[number] +=
                            i64::from(round_minutes(out.own[task] * (factor - 1.0)));
                    }
                    Some(group) => {
                        let extremes = &mut out.factors[task * groups + group as usize];
                        if factor > extremes[0].0 {
                            extremes[0] = (factor, driver.driver.0);
                        }
                        if factor < extremes[1].0 {
                            extremes[1] = (factor, driver.driver.0);
                        }
                    }
                }
            }
        }
        for (entry, extremes) in out.factors.iter().enumerate() {
            let task = entry / groups;
            for &(factor, driver) in extremes.iter().filter(|extreme| extreme.0 != 1.0) {
                out.multiplier[task] *= factor;
                out.driver_minutes[driver as usize] +=
                    i64::from(round_minutes(out.own[task] * (factor - 1.0)));
            }
        }
        out.own.iter_mut().zip(&out.multiplier).for_each(|(own, multiplier)| *own *= multiplier);
    }

    /// d = max(0, own (1 + sum of shares) + sum of absolutes + extremes of each parallel group), rounded
    /// once (semantics, section 3).
    fn apply_delays(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        out.share.fill(0.0);
        out.absolute.fill(0.0);
        out.extremes.fill([(0.0, 0); 2]);
        out.risk_minutes.fill(0);
        for risk in self.risks.iter().filter(|risk| !risk.impacts.is_empty()) {
            if !out.risk_occurred[risk.risk.index()] {
                continue;
            }
            for impact in &risk.impacts {
                if let Some(delay) = &impact.delay {
                    self.apply_delay(impact, delay, risk.risk.0, draw, out);
                }
            }
        }
        for (entry, extremes) in out.extremes.iter().enumerate() {
            let task = entry / self.groups as usize;
            for &(minutes, risk) in extremes.iter().filter(|extreme| extreme.0 != 0.0) {
                out.absolute[task] += minutes;
                out.risk_minutes[risk as usize] += i64::from(round_minutes(minutes));
            }
        }
        out.durations_clamped = 0;
        for (task, minutes) in out.inputs.duration_minutes.iter_mut().enumerate() {
            let total = out.own[task] * (1.0 + out.share[task]) + out.absolute[task];
            out.durations_clamped += u64::from(total < 0.0);
            // What does not exist takes no time: the forward pass sees to it.
            *minutes = round_minutes(total.max(0.0));
        }
    }

    fn apply_delay(
        &self,
        impact: &CompiledImpact,
        delay: &Delay,
        risk: u32,
        draw: &impl Fn(&Quantity) -> f64,
        out: &mut Iteration,
    ) {
        let groups = self.groups as usize;
        let shared = match delay.amounts.as_slice() {
            [one] if impact.targets.len() != 1 => Some(draw(one)),
            _ => None,
        };
        for (at, &target) in impact.targets.iter().enumerate() {
            if !self.is_present(target, out) {
                continue;
            }
            let task = target.index();
            let amount = shared.unwrap_or_else(|| draw(&delay.amounts[at]));
            let minutes = if delay.is_share { out.own[task] * amount } else { amount };
            match delay.group {
                Some(group) => {
                    let extremes = &mut out.extremes[task * groups + group as usize];
                    if minutes > extremes[0].0 {
                        extremes[0] = (minutes, risk);
                    }
                    if minutes < extremes[1].0 {
                        extremes[1] = (minutes, risk);
                    }
                }
                None => {
                    if delay.is_share {
                        out.share[task] += amount;
                    } else {
                        out.absolute[task] += amount;
                    }
                    out.risk_minutes[risk as usize] += i64::from(round_minutes(minutes));
                }
            }
        }
    }

    fn add_costs(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        out.task_cost.fill(0);
        out.project_cost.fill(0);
        out.risk_cost.fill(0);
        out.cost = 0;
        for rate in &self.costs.rates {
            out.task_cost[rate.task.index()] += rate.cost(out.pass.minutes(rate.task));
        }
        for lump in &self.costs.lumps {
            if lump.exists.is_some_and(|condition| !out.inputs.present[condition.index()]) {
                continue;
            }
            book(round_money(draw(&lump.amount)), lump.on, out);
        }
        // Percent impacts are shares of what a task costs without the impacts of any risk.
        let before_risks = self.shares_of_cost.then(|| out.task_cost.clone());
        for risk in self.risks.iter().filter(|risk| !risk.impacts.is_empty()) {
            if out.risk_occurred[risk.risk.index()] {
                for impact in &risk.impacts {
                    let own = self.add_risk_cost(impact, before_risks.as_deref(), draw, out);
                    out.risk_cost[risk.risk.index()] += own;
                }
            }
        }
        roll_up(&self.program, &out.task_cost, &mut out.project_cost, &mut out.cost);
    }

    /// Books the cost of one impact and returns its sum. What hits only tasks that do not exist costs nothing.
    fn add_risk_cost(
        &self,
        impact: &CompiledImpact,
        before_risks: Option<&[i64]>,
        draw: &impl Fn(&Quantity) -> f64,
        out: &mut Iteration,
    ) -> i64 {
        match &impact.cost {
            None => 0,
            Some(Cost::Once { amount, on }) => {
                let targets = &impact.targets;
                if !targets.is_empty() && !targets.iter().any(|&task| self.is_present(task, out)) {
                    return 0;
                }
                let amount = round_money(draw(amount));
                book(amount, *on, out);
                amount
            }
            Some(Cost::EachTarget(amounts)) => {
                let mut sum = 0;
                for (&task, amount) in impact.targets.iter().zip(amounts) {
                    if self.is_present(task, out) {
                        let amount = round_money(draw(amount));
                        book(amount, Booked::Task(task), out);
                        sum += amount;
                    }
                }
                sum
            }
            Some(Cost::Share(amounts)) => {
                let mut sum = 0;
                for (at, task) in impact.targets.iter().enumerate() {
                    // Nothing of what does not exist is nothing.
                    let share = draw(amounts.get(at).unwrap_or(&amounts[0]));
                    let base = before_risks.map_or(0, |costs| costs[task.index()]);
                    let amount = round_money(share * base as f64);
                    book(amount, Booked::Task(*task), out);
                    sum += amount;
                }
                sum
            }
        }
    }

    /// Simulates a whole block, one iteration at a time; `index` is below 2^23. [`super::Kernel::block`] does
    /// the same faster.
    pub fn block(&self, index: u64, scratch: &mut Iteration, block: &mut Block) {
        block.index = index;
        block.durations_clamped = 0;
        for lane in 0..BLOCK {
            self.iterate((index * BLOCK as u64 + lane as u64) as u32, scratch);
            self.store(lane, scratch, block);
            block.durations_clamped += scratch.durations_clamped;
        }
    }

    /// Puts one iteration into its lane of a block.
    pub(super) fn store(&self, lane: usize, from: &Iteration, block: &mut Block) {
        let pass = &from.pass;
        block.finish[lane] = from.finish();
        block.cost[lane] = from.cost;
        block.project_drives.column_mut(lane).fill(false);
        for (at, task) in self.program.tasks().iter().enumerate() {
            let ix = TaskIx::new(at);
            let date = |at: Instant| if pass.is_unfinished(ix) { NEVER } else { at.0 };
            block.task_start[[at, lane]] = date(pass.shown_start(ix));
            block.task_finish[[at, lane]] = date(pass.shown_finish(ix));
            block.task_minutes[[at, lane]] = pass.minutes(ix);
            block.task_present[[at, lane]] = self.network.exists(ix, pass);
            block.task_wait[[at, lane]] = pass.window_wait(ix);
            block.task_cost[[at, lane]] = from.task_cost[at];
            block.task_critical[[at, lane]] = pass.is_critical(ix);
            block.task_driving[[at, lane]] = pass.is_driving(ix);
            if pass.is_driving(ix) {
                let mut node = task.project;
                while let Some(project) = node {
                    block.project_drives[[project.index(), lane]] = true;
                    node = self.program.projects()[project.index()].parent;
                }
            }
        }
        for at in 0..from.project_cost.len() {
            let finish = pass.project_finish(ProjectIx::new(at));
            block.project_finish[[at, lane]] = finish.map_or(NEVER, |finish| finish.0);
            block.project_cost[[at, lane]] = from.project_cost[at];
        }
        for at in 0..from.risk_occurred.len() {
            block.risk_occurred[[at, lane]] = from.risk_occurred[at];
            block.risk_minutes[[at, lane]] = from.risk_minutes[at];
            block.risk_cost[[at, lane]] = from.risk_cost[at];
        }
        for at in 0..from.driver_occurred.len() {
            block.driver_occurred[[at, lane]] = from.driver_occurred[at];
            block.driver_minutes[[at, lane]] = from.driver_minutes[at];
        }
    }
}

fn book(amount: i64, on: Booked, out: &mut Iteration) {
    match on {
        Booked::Task(task) => out.task_cost[task.index()] += amount,
        Booked::Project(project) => out.project_cost[project.index()] += amount,
        Booked::Program => out.cost += amount,
    }
}
