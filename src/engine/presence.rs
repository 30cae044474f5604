//! Chances, compiled, and what they say of the tasks that depend on them.

use super::compile::Simulation;
use super::plain::Iteration;
use super::quantity::Source;
use crate::draws::{Occurrence, Stream};
use crate::model::{Program, TaskIx};

/// A chance with its stream; alternatives share one.
#[derive(Clone, Copy, Debug)]
pub(super) struct CompiledChance {
    pub(super) occurrence: Occurrence,
    pub(super) stream: Stream,
}

/// Compiles the chances of a program, by [`crate::model::ChanceIx`].
pub(super) fn compile(program: &Program, source: &mut Source) -> Vec<CompiledChance> {
    let compiled = program.chances().iter().map(|chance| CompiledChance {
        occurrence: Occurrence::between(chance.from, chance.to),
        stream: source.claim(&chance.key).stream,
    });
    compiled.collect()
}

impl Simulation {
    /// Draws the chances and decides which conditions hold; after the risks have occurred or not.
    pub(super) fn decide(&self, iteration: u32, out: &mut Iteration) {
        for (happens, chance) in out.chances.iter_mut().zip(&self.chances) {
            *happens = chance.occurrence.happens(self.sampler.bits(&chance.stream, iteration));
        }
        for (holds, condition) in out.inputs.present.iter_mut().zip(self.program.conditions()) {
            *holds = condition
                .may_hold(|chance| out.chances[chance.index()], |risk| out.risk_occurred[risk.index()]);
        }
    }

    /// Whether a task exists in this iteration, as far as that is known.
    pub(super) fn is_present(&self, task: TaskIx, out: &Iteration) -> bool {
        let exists = self.program.tasks()[task.index()].exists;
        let removed = out.removed.get(task.index()).copied().unwrap_or(false);
        !removed && exists.is_none_or(|condition| out.inputs.present[condition.index()])
    }
}
