//! When responses take effect: a response that needs time helps only against what strikes after it.

use std::borrow::Cow;

use crate::model::{DriverIx, Effect, Endpoint, Lead, Program, RiskIx, RiskWindow, TaskIx};
use crate::network::{Inputs, Network};
use crate::units::Instant;

/// The program in which every response says how far it comes in time.
///
/// A risk with a window of dates is met from the day on which its response is ready. A risk that happens while
/// something goes on can strike as soon as that begins, any other as soon as the first of its targets does, a cost
/// of the program as soon as the program begins; beginnings are those of the deterministic plan, so that the effect
/// is the same in all iterations. A driver stays as it is on the targets that begin before its response is ready.
pub(super) fn in_time(program: &Program) -> Cow<'_, Program> {
    let lead = |at: usize| program.risks()[at].response.as_ref().and_then(|response| response.lead);
    let of_driver = |at: usize| program.drivers()[at].response.as_ref().and_then(|response| response.lead);
    let no_risk = (0..program.risks().len()).all(|at| lead(at).is_none());
    if no_risk && (0..program.drivers().len()).all(|at| of_driver(at).is_none()) {
        return Cow::Borrowed(program);
    }
    let inputs = Inputs::plan(program);
    // A schedule that does not fit is refused when the program is compiled.
    let Ok(network) = Network::compile(program, &inputs) else { return Cow::Borrowed(program) };
    let mut pass = network.pass();
    network.forward(&inputs, &mut pass);
    let start = |task: TaskIx| pass.start(task);
    let effect = |at: usize| {
        let Some(lead) = lead(at) else { return Effect::Full };
        let first = match program.course(RiskIx::new(at)).window {
            Some(RiskWindow::Dates { from, to }) => return within(lead, from, to),
            Some(RiskWindow::While(Endpoint::Task(task))) => Some(start(task)),
            Some(RiskWindow::While(Endpoint::Project(project))) => program.tasks_of(project).map(start).min(),
            None => {
                let targets = program.risks()[at].levels.impacts.iter().flat_map(|impact| &impact.targets);
                targets.map(|&task| start(task)).min()
            }
        };
        if first.unwrap_or(network.origin()) >= lead.ready { Effect::Full } else { Effect::None }
    };
    let effects: Vec<Effect> = (0..program.risks().len()).map(effect).collect();
    let late = (0..program.drivers().len()).filter_map(|at| {
        let lead = of_driver(at)?;
        let targets = program.drivers()[at].targets.iter().copied();
        Some((DriverIx::new(at), targets.filter(|&task| start(task) < lead.ready).collect()))
    });
    let late: Vec<(DriverIx, Vec<TaskIx>)> = late.collect();
    Cow::Owned(program.with_effects(&effects, late))
}

/// The effect of a response on a risk that may occur from one instant to another.
fn within(lead: Lead, from: Instant, to: Instant) -> Effect {
    match lead.ready {
        ready if ready <= from => Effect::Full,
        ready if ready < to => Effect::From(ready),
        _ => Effect::None,
    }
}
