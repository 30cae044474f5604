//! Work that waits for money: dates follow from costs, which follow from dates.
//!
//! Only the plain engine does it: every wait moves what comes after it, so that an iteration is scheduled again after
//! each.

use super::compile::Simulation;
use super::money::FinalCosts;
use super::plain::Iteration;
use super::quantity::Quantity;
use crate::model::TaskIx;

impl Simulation {
    /// Whether work waits while there is nothing left to spend.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        self.treasury.as_ref().is_some_and(|treasury| treasury.is_capped())
    }

    /// Lets work wait until nothing is spent that is not there. Each round one more task waits, or waits longer, so
    /// that there is a last one.
    pub(super) fn wait_for_money(&self, draw: &impl Fn(&Quantity) -> f64, out: &mut Iteration) {
        let Some(treasury) = &self.treasury else { return };
        loop {
            self.add_costs(draw, out);
            let Iteration { money: Some(lane), inputs, task_cost, project_cost, cost, line_cost, .. } = out
            else {
                return;
            };
            let costs =
                FinalCosts { task: task_cost, project: project_cost, program: &[*cost], line: line_cost };
            let Some((task, until)) = lane.must_wait(treasury, costs, inputs) else { return };
            inputs.hold(task, until);
            self.network.forward(&out.inputs, &mut out.pass);
        }
    }

    /// What never starts for lack of money costs nothing.
    pub(super) fn drop_unpaid(&self, out: &mut Iteration) {
        for task in (0..out.task_cost.len()).map(TaskIx::new).filter(|&task| out.pass.is_unfinished(task)) {
            out.task_cost[task.index()] = 0;
            for (at, info) in self.costs.infos().enumerate() {
                if info.on == crate::model::Bearer::Task(task) {
                    out.line_cost[at] = 0;
                }
            }
        }
    }
}
