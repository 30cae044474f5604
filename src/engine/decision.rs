//! What conditions that await dates and costs ask of an iteration.

use super::compile::Simulation;
use super::cost::Costs;
use super::driver::Drivers;
use super::impact::{Booked, CompiledRisk};
use super::plain::Iteration;
use super::quantity::Quantity;
use super::uniforms::Uniforms;
use crate::draws::round_money;
use crate::model::{Program, TaskIx};
use crate::network::Bill;

/// What conditions that await dates and costs ask of an iteration.
#[derive(Clone, Debug, Default)]
pub(super) struct Decisions {
    /// Whether there are any.
    pub(super) any: bool,
    /// Whether a driver or a risk without an instant hits a task that may turn out not to exist: then the
    /// minutes that it adds are counted again after the pass.
    pub(super) recount: bool,
    /// By bill of the network: the lump sums of the task.
    pub(super) lump_sums: Vec<Vec<Quantity>>,
}

/// Compiles them.
pub(super) fn compile(
    program: &Program,
    bills: &[Bill],
    costs: &Costs,
    risks: &[CompiledRisk],
    drivers: &Drivers,
) -> Decisions {
    let awaits = |task: &TaskIx| {
        let exists = program.tasks()[task.index()].exists;
        exists.is_some_and(|condition| program.conditions()[condition.index()].awaits())
    };
    let delayed = risks.iter().flat_map(|risk| &risk.impacts).filter(|impact| impact.delay.is_some());
    let hit = delayed.flat_map(|impact| &impact.targets);
    let driven = drivers.all.iter().flat_map(|driver| &driver.targets);
    let lumps = |bill: &Bill| {
        let own = costs.lumps.iter().filter(|lump| lump.on == Booked::Task(bill.task));
        own.map(|lump| lump.amount).collect()
    };
    Decisions {
        any: program.conditions().iter().any(crate::model::Condition::awaits),
        recount: hit.chain(driven).any(awaits),
        lump_sums: bills.iter().map(lumps).collect(),
    }
}

impl Simulation {
    /// Draws the lump sums of tasks whose cost decides something.
    pub(super) fn draw_lump_sums(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        for (sum, lumps) in out.inputs.lump_sums.iter_mut().zip(&self.decisions.lump_sums) {
            *sum = lumps.iter().map(|lump| round_money(draw(lump))).sum();
        }
    }

    /// Counts the minutes of drivers and risks once more, now that it is decided what exists.
    pub(super) fn recount(
        &self,
        bits: &impl Fn(&Uniforms) -> u32,
        draw: &impl Fn(&Quantity) -> f64,
        out: &mut Iteration,
    ) {
        let Iteration { inputs, pass, removed, .. } = out;
        pass.copy_present(&mut inputs.present);
        if pass.any_stopped() {
            removed.extend((0..self.durations.len()).map(|at| pass.is_removed(TaskIx::new(at))));
        }
        let clamped = out.durations_clamped;
        self.draw_own(draw, out);
        self.apply_drivers(bits, draw, out);
        self.apply_delays(draw, out);
        out.durations_clamped = clamped;
    }
}
