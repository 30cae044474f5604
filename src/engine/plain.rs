//! One iteration in readable scalar code: the specification that any faster engine must reproduce.

use super::NEVER;
use super::block::Block;
use super::blow::{Blow, Spec, held};
use super::compile::{Simulation, roll_up};
use super::impact::{Booked, CompiledImpact, Cost, Delay};
use super::money::{FinalCosts, OneLane, Totals};
use super::quantity::Quantity;
use super::uniforms::Uniforms;
use crate::draws::{BLOCK, round_minutes, round_money, unit};
use crate::model::{Bearer, ConditionIx, ProjectIx, TaskIx};
use crate::network::{Inputs, Pass, StrikeKind, Total};
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
    /// Cost of each line, minor units, where the program says something about money over time.
    pub line_cost: Vec<i64>,
    /// What the costs and the benefits are worth on the valuation date, minor units after tax.
    pub worth: (i64, i64),
    /// Both together for each program of a portfolio; empty where nothing is valued.
    pub member_worth: Vec<i64>,
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
    /// Whether each blow falls.
    pub(super) falls: Vec<bool>,
    /// Whether each chance happened.
    pub(super) chances: Vec<bool>,
    /// Whether each task was cancelled before it began, once that is known; empty where nothing was.
    pub(super) removed: Vec<bool>,
    /// The rows of money over time.
    pub(super) money: Option<OneLane>,
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
    /// Sum of the shares of each task that are lost and done again.
    lost: Vec<f64>,
    /// The share after which each task ends, and the risk that ends it.
    kept: Vec<(f64, u32)>,
    /// Risk, task and share of what is lost.
    losses: Vec<(u32, usize, f64)>,
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
            line_cost: vec![0; simulation.treasury().map_or(0, |treasury| treasury.lines().len())],
            worth: (0, 0),
            member_worth: vec![0; simulation.treasury.as_ref().map_or(0, |money| money.valued_members())],
            money: simulation.treasury().map(|treasury| OneLane::new(treasury)),
            risk_occurred: vec![false; risks],
            risk_minutes: vec![0; risks],
            risk_cost: vec![0; risks],
            driver_occurred: vec![false; program.drivers().len()],
            driver_minutes: vec![0; program.drivers().len()],
            durations_clamped: 0,
            falls: Vec::new(),
            removed: Vec::new(),
            chances: vec![false; program.chances().len()],
            shared: Vec::new(),
            own: vec![0.0; tasks],
            multiplier: vec![1.0; tasks],
            factors: vec![[(1.0, 0); 2]; tasks * simulation.drivers.groups as usize],
            share: vec![0.0; tasks],
            absolute: vec![0.0; tasks],
            lost: vec![0.0; tasks],
            kept: vec![(1.0, 0); tasks],
            losses: Vec::new(),
            extremes: vec![[(0.0, 0); 2]; tasks * simulation.groups as usize],
        }
    }

    /// Own estimate of a task times its drivers, before the impacts of risks; minutes of its clock.
    #[must_use]
    pub fn own_minutes(&self, task: TaskIx) -> f64 {
        self.own[task.index()]
    }

    /// Notes the amount of an ordinary line, where lines are told apart.
    fn note_line(&mut self, at: usize, amount: i64) {
        if let Some(line) = self.line_cost.get_mut(at) {
            *line = amount;
        }
    }

    /// What makes up the duration of a task.
    fn total(&self, task: usize) -> Total {
        Total {
            own: self.own[task],
            share: self.share[task],
            absolute: self.absolute[task],
            lost: self.lost[task],
            kept: self.kept[task].0,
        }
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
        self.simulate(iteration, true, out);
    }

    /// Finish and cost of the program in one lane of a block, and nothing else: tasks that move as late as
    /// possible move neither.
    pub(super) fn end(&self, index: u64, lane: usize, scratch: &mut Iteration, block: &mut Block) {
        // Money over time asks for all dates, also of what moves as late as possible.
        let late = self.treasury.is_some() && self.network.moves_late();
        self.simulate((index * BLOCK as u64 + lane as u64) as u32, late, scratch);
        block.finish[lane] = scratch.finish();
        block.cost[lane] = scratch.cost;
        (block.cost_worth[lane], block.benefit_worth[lane]) = scratch.worth;
    }

    /// One iteration; without `late` the reverse passes are left out.
    fn simulate(&self, iteration: u32, late: bool, out: &mut Iteration) {
        let mut shared = std::mem::take(&mut out.shared);
        self.coupled.copula.scores(self.sampler, iteration, &mut shared);
        let (sampler, copula) = (self.sampler, &self.coupled.copula);
        let draw = |quantity: &Quantity| quantity.value(&self.tables, sampler, copula, &shared, iteration);
        let bits = |uniforms: &Uniforms| uniforms.bits(sampler, copula, &shared, iteration);

        out.removed.clear();
        out.inputs.stops.clear();
        out.inputs.held_until.clear();
        self.draw_own(&draw, out);
        for risk in &self.risks {
            // A trigger comes before what it triggers.
            let may = risk.trigger.is_none_or(|trigger| out.risk_occurred[trigger.index()]);
            let mut blows = self.blows.all.iter().filter(|blow| blow.risk == risk.risk);
            let occurs = if risk.in_parts {
                let moment = |blow: &Blow| unit(sampler.bits(&blow.instant, iteration));
                blows.any(|blow| blow.falls(bits(&blow.uniforms), moment(blow)))
            } else {
                risk.occurrence.happens(bits(&risk.uniforms))
            };
            out.risk_occurred[risk.risk.index()] = may && occurs;
        }
        self.decide(iteration, out);
        self.apply_drivers(&bits, &draw, out);
        self.apply_delays(&draw, out);
        for &(link, ref lag) in &self.lags {
            out.inputs.lag_minutes[link.index()] = round_minutes(draw(lag));
        }

        self.draw_lump_sums(&draw, out);

        if !self.blows.all.is_empty() {
            let total = |out: &Iteration, task: usize| out.total(task);
            self.draw_strikes(iteration, (&bits, &draw), total, out);
        }
        if !self.stops.is_empty() {
            self.draw_stops(iteration, &bits, &draw, out);
        }

        self.network.forward(&out.inputs, &mut out.pass);
        if self.is_capped() {
            self.wait_for_money(&draw, out);
        }
        if self.decisions.recount || out.pass.any_stopped() {
            self.recount(&bits, &draw, out);
        }
        self.count_stops(out);
        for (spec, &minutes) in self.blows.specs.iter().zip(out.pass.struck_minutes()) {
            out.risk_minutes[self.blows.all[spec.blow].risk.index()] += i64::from(minutes);
        }
        if late {
            self.network.backward(&out.inputs, &mut out.pass);
            self.network.trace(&out.inputs, &mut out.pass);
        }

        self.add_costs(&draw, out);
        out.shared = shared;
    }

    /// Draws the own estimates of all tasks.
    pub(super) fn draw_own(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        for (own, duration) in out.own.iter_mut().zip(&self.durations) {
            *own = draw(duration);
        }
    }

    /// Own estimates times the factors of the drivers that occur: their product, then the extremes of each
    /// parallel group (semantics, section 3).
    pub(super) fn apply_drivers(
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
    pub(super) fn apply_delays(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        out.share.fill(0.0);
        out.absolute.fill(0.0);
        if self.losses {
            out.lost.fill(0.0);
            out.kept.fill((1.0, 0));
            out.losses.clear();
        }
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
        for task in 0..self.durations.len() {
            let total = out.total(task);
            out.durations_clamped += u64::from(total.before_losses() < 0.0);
            // What does not exist takes no time: the forward pass sees to it.
            out.inputs.duration_minutes[task] = total.minutes();
        }
        self.count_losses(out);
    }

    /// Counts what is lost or cut off for the risks that do so.
    fn count_losses(&self, out: &mut Iteration) {
        for &(risk, task, share) in &out.losses {
            let lost = out.total(task).before_losses().max(0.0) * share;
            out.risk_minutes[risk as usize] += i64::from(round_minutes(lost));
        }
        for task in 0..out.kept.len() {
            let (kept, risk) = out.kept[task];
            if kept < 1.0 {
                let total = out.total(task);
                let cut = total.before_losses().max(0.0) * (1.0 + total.lost) * (1.0 - kept);
                out.risk_minutes[risk as usize] -= i64::from(round_minutes(cut));
            }
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
            let minutes = if delay.kind == StrikeKind::Share { out.own[task] * amount } else { amount };
            if delay.is_loss() {
                let share = held(delay.kind, amount);
                if delay.kind == StrikeKind::Restart {
                    out.lost[task] += share;
                    out.losses.push((risk, task, share));
                } else if share < out.kept[task].0 {
                    out.kept[task] = (share, risk);
                }
                continue;
            }
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
                    if delay.kind == StrikeKind::Share {
                        out.share[task] += amount;
                    } else {
                        out.absolute[task] += amount;
                    }
                    out.risk_minutes[risk as usize] += i64::from(round_minutes(minutes));
                }
            }
        }
    }

    pub(super) fn add_costs(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        out.task_cost.fill(0);
        out.project_cost.fill(0);
        out.risk_cost.fill(0);
        out.cost = 0;
        out.line_cost.fill(0);
        for (at, rate) in self.costs.rates.iter().enumerate() {
            let amount = rate.cost(out.pass.minutes(rate.task));
            out.task_cost[rate.task.index()] += amount;
            out.note_line(at, amount);
        }
        for (at, lump) in self.costs.lumps.iter().enumerate() {
            let dropped = lump.exists.is_some_and(|condition| !out.pass.holds(condition));
            if dropped || self.is_cancelled(lump.on, &out.pass) {
                continue;
            }
            let amount = round_money(draw(&lump.amount));
            book(amount, lump.on, out);
            out.note_line(self.costs.rates.len() + at, amount);
        }
        // Percent impacts are shares of what a task costs without the impacts of any risk.
        let before_risks = self.shares_of_cost.then(|| out.task_cost.clone());
        for risk in self.risks.iter().filter(|risk| !risk.impacts.is_empty()) {
            if out.risk_occurred[risk.risk.index()] {
                for impact in &risk.impacts {
                    let hits =
                        |at: usize, out: &Iteration| self.network.exists(impact.targets[at], &out.pass);
                    let own = add_risk_cost(impact, before_risks.as_deref(), &hits, draw, out);
                    out.risk_cost[risk.risk.index()] += own;
                }
            }
        }
        for (number, blow) in self.blows.all.iter().enumerate() {
            if !out.falls[number] {
                continue;
            }
            for (impact, compiled) in blow.impacts.iter().enumerate() {
                let hits = |at: usize, out: &Iteration| {
                    let is_it = |spec: &&Spec| (spec.blow, spec.impact, spec.at) == (number, impact, at);
                    let specs = self.blows.specs.iter().zip(out.pass.hits());
                    specs.clone().any(|(spec, &hit)| hit && is_it(&spec))
                };
                let own = add_risk_cost(compiled, before_risks.as_deref(), &hits, draw, out);
                out.risk_cost[blow.risk.index()] += own;
            }
        }
        if self.is_capped() && out.pass.unfinished() {
            self.drop_unpaid(out);
        }
        let mut money = out.money.take();
        if let (Some(treasury), Some(lane)) = (&self.treasury, &mut money) {
            lane.look(treasury, &self.program, &self.network, &out.pass);
            for (value, quantity) in lane.scratch.values.iter_mut().zip(&treasury.quantities) {
                *value = draw(quantity);
            }
            let (task, project, program) =
                (&mut out.task_cost[..], &mut out.project_cost[..], std::slice::from_mut(&mut out.cost));
            let mut totals = Totals { task, project, program, with_tasks: false };
            let pass = &out.pass;
            let present = |on: Bearer, condition: Option<ConditionIx>, _| {
                condition.is_none_or(|condition| pass.holds(condition)) && !self.is_cancelled(on.into(), pass)
            };
            lane.settle(treasury, &mut totals, &mut out.line_cost, &present);
        }
        roll_up(&self.program, &out.task_cost, &mut out.project_cost, &mut out.cost);
        if let (Some(treasury), Some(lane)) = (&self.treasury, &mut money) {
            let (task, project, line) = (&out.task_cost, &out.project_cost, &out.line_cost);
            let costs = FinalCosts { task, project, program: &[out.cost], line };
            out.worth = lane.worth(treasury, costs, &mut out.member_worth);
        }
        out.money = money;
    }

    /// Simulates a whole block, one iteration at a time; `index` is below 2^23. [`super::Kernel::block`] does
    /// the same faster.
    pub fn block(&self, index: u64, scratch: &mut Iteration, block: &mut Block) {
        block.fit(self.treasury.as_deref(), self.stoppable());
        block.index = index;
        block.durations_clamped = 0;
        for lane in 0..BLOCK {
            self.iterate((index * BLOCK as u64 + lane as u64) as u32, scratch);
            self.store(lane, scratch, block);
            block.durations_clamped += scratch.durations_clamped;
        }
    }

    /// T (semantics, section 4): working minutes to a finish of the program, 0 without one.
    pub(super) fn minutes_to(&self, finish: i32) -> i32 {
        if finish == NEVER { 0 } else { self.network.program_minutes(Instant(finish)) }
    }

    /// Puts one iteration into its lane of a block.
    pub(super) fn store(&self, lane: usize, from: &Iteration, block: &mut Block) {
        let pass = &from.pass;
        block.finish[lane] = from.finish();
        block.minutes[lane] = self.minutes_to(block.finish[lane]);
        block.cost[lane] = from.cost;
        (block.cost_worth[lane], block.benefit_worth[lane]) = from.worth;
        for (at, &worth) in from.member_worth.iter().enumerate() {
            block.member_worth[[at, lane]] = worth;
        }
        for (at, &amount) in from.line_cost.iter().enumerate() {
            block.line_cost[[at, lane]] = amount;
        }
        if let Some(money) = &from.money {
            for (at, &value) in money.scratch.values.iter().enumerate() {
                block.money_values[[at, lane]] = value;
            }
        }
        block.project_drives.column_mut(lane).fill(false);
        for (at, task) in self.program.tasks().iter().enumerate() {
            let ix = TaskIx::new(at);
            let date = |at: Instant| if pass.is_unfinished(ix) { NEVER } else { at.0 };
            block.task_start[[at, lane]] = date(pass.shown_start(ix));
            block.task_finish[[at, lane]] = date(pass.shown_finish(ix));
            block.task_minutes[[at, lane]] = pass.minutes(ix);
            block.task_present[[at, lane]] = self.network.exists(ix, pass);
            if let Some(stopped) = block.task_stopped.get_mut([at, lane]) {
                *stopped = pass.is_stopped(ix);
            }
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

/// Books the cost of one impact and returns its sum; `hits` says which of its targets it hits. What hits none of
/// several costs nothing.
fn add_risk_cost(
    impact: &CompiledImpact,
    before_risks: Option<&[i64]>,
    hits: &impl Fn(usize, &Iteration) -> bool,
    draw: &impl Fn(&Quantity) -> f64,
    out: &mut Iteration,
) -> i64 {
    let targets = impact.targets.len();
    match &impact.cost {
        None => 0,
        Some(Cost::Once { amount, on }) => {
            if targets > 0 && !(0..targets).any(|at| hits(at, out)) {
                return 0;
            }
            let amount = round_money(draw(amount));
            book(amount, *on, out);
            amount
        }
        Some(Cost::EachTarget(amounts)) => {
            let mut sum = 0;
            for (at, amount) in amounts.iter().enumerate() {
                if hits(at, out) {
                    let amount = round_money(draw(amount));
                    book(amount, Booked::Task(impact.targets[at]), out);
                    sum += amount;
                }
            }
            sum
        }
        Some(Cost::Share(amounts)) => {
            let mut sum = 0;
            for (at, task) in impact.targets.iter().enumerate() {
                if hits(at, out) {
                    let share = draw(amounts.get(at).unwrap_or(&amounts[0]));
                    let base = before_risks.map_or(0, |costs| costs[task.index()]);
                    let amount = round_money(share * base as f64);
                    book(amount, Booked::Task(*task), out);
                    sum += amount;
                }
            }
            sum
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
