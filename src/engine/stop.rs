//! Risks that cancel projects, compiled: when they do, and what stops then.

use super::blow::{Blow, placed};
use super::compile::Simulation;
use super::impact::Booked;
use super::plain::Iteration;
use super::quantity::{Quantity, Source};
use super::uniforms::Uniforms;
use crate::draws::unit;
use crate::model::{DelayImpact, Impact, Risk, RiskIx, RiskWindow, TaskIx};
use crate::network::{Pass, Stop};

/// A possible cancellation.
#[derive(Clone, Debug)]
pub(super) struct CompiledStop {
    pub(super) risk: RiskIx,
    /// Everything that is cancelled.
    pub(super) targets: Vec<TaskIx>,
    when: When,
}

/// What says when a cancellation comes.
#[derive(Clone, Copy, Debug)]
enum When {
    /// The instant of the blow with this number.
    Blow(usize),
    /// A share of the time of its targets.
    Share(Quantity),
}

impl CompiledStop {
    /// The cancellations of a risk, of which the blow with a number is one happening; the impacts are in the order
    /// of their keys.
    pub(super) fn all_of(
        (ix, risk): (RiskIx, &Risk),
        impacts: &[&Impact],
        blow: Option<usize>,
        source: &mut Source,
    ) -> Vec<Self> {
        let compiled = impacts.iter().filter_map(|impact| {
            let Some(DelayImpact::Stop(share)) = &impact.delay else { return None };
            let when = match blow {
                Some(blow) => When::Blow(blow),
                None => When::Share(source.quantity(share, &format!("risk/{}/{}/stop", risk.id, impact.key))),
            };
            Some(Self { risk: ix, targets: impact.targets.clone(), when })
        });
        compiled.collect()
    }
}

impl Simulation {
    /// Says when what is cancelled, from the dates as they would be without any cancellation and without any risk
    /// that has a window.
    pub(super) fn draw_stops(
        &self,
        iteration: u32,
        bits: &impl Fn(&Uniforms) -> u32,
        draw: &impl Fn(&Quantity) -> f64,
        out: &mut Iteration,
    ) {
        let moment = |blow: &Blow| unit(self.sampler.bits(&blow.instant, iteration));
        let falls = |blow: &Blow| blow.falls(bits(&blow.uniforms), moment(blow));
        let happens = |stop: &&CompiledStop| {
            out.risk_occurred[stop.risk.index()]
                && match stop.when {
                    When::Blow(blow) => falls(&self.blows.all[blow]),
                    When::Share(_) => true,
                }
        };
        let happening: Vec<&CompiledStop> = self.stops.iter().filter(happens).collect();
        if happening.is_empty() {
            return;
        }
        let strikes = std::mem::take(&mut out.inputs.strikes);
        self.network.forward(&out.inputs, &mut out.pass);
        out.inputs.strikes = strikes;
        // What has not happened by the status date happens after it.
        let origin = self.network.origin().0;
        let within = |tasks: &[TaskIx], moment: f64| {
            self.span(tasks, &out.pass).and_then(|(from, to)| placed(moment, from.max(origin), to))
        };
        let mut stops = vec![Stop::NEVER; self.durations.len()];
        for stop in happening {
            let at = match stop.when {
                When::Share(share) => within(&stop.targets, draw(&share).clamp(0.0, 1.0)),
                When::Blow(number) => {
                    let blow = &self.blows.all[number];
                    match blow.window {
                        RiskWindow::Dates { from, to } => placed(moment(blow), from.0, to.0),
                        RiskWindow::While(_) => within(&self.blows.during[number], moment(blow)),
                    }
                }
            };
            let Some(at) = at else { continue };
            for target in &stop.targets {
                let first = &mut stops[target.index()];
                *first = (*first).min(Stop { at, cause: stop.risk.0 });
            }
        }
        out.inputs.stops = stops;
    }

    /// Counts the minutes that cancellations took for the risks behind them.
    pub(super) fn count_stops(&self, out: &mut Iteration) {
        if !out.pass.any_stopped() {
            return;
        }
        for (at, stop) in out.inputs.stops.iter().enumerate().filter(|(_, stop)| **stop != Stop::NEVER) {
            out.risk_minutes[stop.cause as usize] -= i64::from(out.pass.minutes_cut(TaskIx::new(at)));
        }
    }
}

impl Simulation {
    /// How many tasks a block has room for cancellations of: none where nothing cancels any.
    pub(super) fn stoppable(&self) -> usize {
        if self.stops.is_empty() { 0 } else { self.durations.len() }
    }

    /// Whether what bears a cost was cancelled before it began: a task, or a project of which nothing exists.
    pub(super) fn is_cancelled(&self, on: Booked, pass: &Pass) -> bool {
        if !pass.any_stopped() {
            return false;
        }
        match on {
            Booked::Program => false,
            // What a program bears itself it bears whatever becomes of its projects.
            Booked::Project(project) if self.program.member_at(project).is_some() => false,
            Booked::Task(task) => pass.is_removed(task),
            Booked::Project(project) => {
                let mut tasks = self.program.tasks_of(project);
                let any_removed = self.program.tasks_of(project).any(|task| pass.is_removed(task));
                any_removed && !tasks.any(|task| self.network.exists(task, pass))
            }
        }
    }
}
