//! Risks that happen at an instant, compiled: what may strike which task.

use std::ops::Range;

use super::compile::Simulation;
use super::impact::{CompiledImpact, CompiledRisk, impact_of};
use super::plain::Iteration;
use super::quantity::{Quantity, Source};
use super::uniforms::Uniforms;
use crate::draws::{Occurrence, Stream, unit};
use crate::model::{
    Course, Effect, Endpoint, Program, Recurrence, Response, Risk, RiskIx, RiskLevels, RiskStatus,
    RiskWindow, TaskIx,
};
use crate::network::{Pass, Strike, StrikeKind, Total};

/// A risk happens at most so often in its window.
pub(super) const MOST_HAPPENINGS: usize = 64;

/// One possible happening of a risk that has a window.
#[derive(Clone, Debug)]
pub(super) struct Blow {
    pub(super) risk: RiskIx,
    /// Whether there are so many happenings, from the uniform by which the risk occurs.
    pub(super) occurrence: Occurrence,
    pub(super) uniforms: Uniforms,
    /// The uniform that places its instant in the window.
    pub(super) instant: Stream,
    /// It falls only where that uniform lies in this range: a response may split the window.
    pub(super) side: Range<f64>,
    pub(super) window: RiskWindow,
    pub(super) impacts: Vec<CompiledImpact>,
}

/// One impact of a blow on one of its targets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub(super) blow: usize,
    pub(super) impact: usize,
    /// The position of the target in the impact.
    pub(super) at: usize,
    pub(super) task: TaskIx,
    pub(super) kind: StrikeKind,
}

/// All blows of a program, and what they may strike in the order of the tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct Blows {
    pub(super) all: Vec<Blow>,
    pub(super) specs: Vec<Spec>,
    /// By blow: the tasks during which it happens, where others than those say when.
    pub(super) during: Vec<Vec<TaskIx>>,
    /// Whether some instant depends on the dates without any blow of tasks other than the one that is struck.
    pub(super) looks_ahead: bool,
}

/// Levels of a risk, and the part of its window in which they hold.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) levels: &'a RiskLevels,
    /// The chances of at least one, two ... happenings in the whole window.
    pub(super) chances: Vec<f64>,
    side: Range<f64>,
}

/// The parts of a risk; `None` if it can happen too often.
pub(super) fn parts<'a>(risk: &'a Risk, course: &Course) -> Option<Vec<Part<'a>>> {
    let whole = 0.0..f64::INFINITY;
    if let (Some(response), Some(RiskWindow::Dates { from, to })) = (&risk.response, course.window)
        && let (true, Effect::From(ready)) = (response.on, response.effect)
        && risk.status != RiskStatus::Occurred
    {
        let share = f64::from(ready.0.saturating_sub(from.0)) / f64::from(to.0.saturating_sub(from.0).max(1));
        let before =
            Part { levels: &risk.levels, chances: happenings(risk, course, false)?, side: 0.0..share };
        let after = Part {
            levels: &response.residual,
            chances: happenings(risk, course, true)?,
            side: share..f64::INFINITY,
        };
        return Some(vec![before, after]);
    }
    let eased = risk.response.as_ref().is_some_and(Response::is_in_force);
    Some(vec![Part { levels: risk.in_force(), chances: happenings(risk, course, eased)?, side: whole }])
}

/// The chances of at least one, two ... happenings of a risk, before or after its response; `None` if there can be
/// too many.
fn happenings(risk: &Risk, course: &Course, eased: bool) -> Option<Vec<f64>> {
    let levels = match &risk.response {
        Some(response) if eased => &response.residual,
        _ => &risk.levels,
    };
    match course.recurs {
        None if risk.status == RiskStatus::Occurred => Some(vec![1.0]),
        None => Some(vec![levels.probability.get()]),
        // A version in which the risk is off has no happenings.
        Some(_) if levels.probability.get() == 0.0 => Some(Vec::new()),
        Some(Recurrence { mean, residual }) => {
            Recurrence::at_least(if eased { residual } else { mean }, MOST_HAPPENINGS)
        }
    }
}

impl Blow {
    /// Whether it falls where the risk occurs, by the bits of its occurrence and the share of its window.
    #[inline]
    pub(super) fn falls(&self, bits: u32, moment: f64) -> bool {
        self.occurrence.happens(bits) && self.side.contains(&moment)
    }

    /// Whether it falls in one part of its window only.
    pub(super) fn is_partial(&self) -> bool {
        self.side != (0.0..f64::INFINITY)
    }
}

impl Blows {
    /// Adds the blows of one part of a risk with a window.
    pub(super) fn add(
        &mut self,
        program: &Program,
        risk: &Risk,
        compiled: &CompiledRisk,
        (window, part, from): (RiskWindow, &Part<'_>, f64),
        source: &mut Source,
    ) {
        for (number, &chance) in (1..).zip(&part.chances) {
            let name = if number == 1 { risk.id.clone() } else { format!("{}/happening/{number}", risk.id) };
            let impacts = super::impact::in_order(&part.levels.impacts);
            self.all.push(Blow {
                risk: compiled.risk,
                occurrence: Occurrence::between(from, (from + chance).min(1.0)),
                uniforms: compiled.uniforms,
                instant: source.claim(&format!("risk/{name}/instant")).stream,
                side: part.side.clone(),
                window,
                impacts: impacts
                    .into_iter()
                    .filter(|impact| !impact.cancels())
                    .map(|impact| impact_of((program, compiled.risk), &name, impact, None, source))
                    .collect(),
            });
        }
    }

    /// Lists what the blows may strike.
    pub(super) fn list(&mut self, program: &Program) {
        for (blow, one) in self.all.iter().enumerate() {
            let during: Vec<TaskIx> = match one.window {
                RiskWindow::Dates { .. } => Vec::new(),
                RiskWindow::While(Endpoint::Task(task)) => vec![task],
                RiskWindow::While(Endpoint::Project(project)) => program.tasks_of(project).collect(),
            };
            for (impact, compiled) in one.impacts.iter().enumerate() {
                let kind = compiled.delay.as_ref().map_or(StrikeKind::Touch, |delay| delay.kind);
                for (at, &task) in compiled.targets.iter().enumerate() {
                    self.looks_ahead |= !during.is_empty() && !is_own(one.window, task);
                    self.specs.push(Spec { blow, impact, at, task, kind });
                }
            }
            self.during.push(during);
        }
        self.specs.sort_by_key(|spec| (spec.task, spec.blow, spec.impact, spec.at));
    }
}

/// Whether a blow happens while the very task goes on that it strikes.
pub(super) fn is_own(window: RiskWindow, task: TaskIx) -> bool {
    window == RiskWindow::While(Endpoint::Task(task))
}

/// The instant at a share of the time from one to another; `None` if there is no time between them.
#[inline]
pub(super) fn placed(moment: f64, from: i32, to: i32) -> Option<i32> {
    (from < to).then(|| from + libm::floor(moment * f64::from(to - from)) as i32)
}

/// An amount of a strike within what makes sense: shares that are lost or kept lie within 0 to 1.
#[inline]
pub(super) fn held(kind: StrikeKind, amount: f64) -> f64 {
    match kind {
        StrikeKind::Restart | StrikeKind::Cancel => amount.clamp(0.0, 1.0),
        _ => amount,
    }
}

impl Simulation {
    /// Draws which blows fall when and on what, and looks ahead at the dates without them where these say when.
    pub(super) fn draw_strikes(
        &self,
        iteration: u32,
        (bits, draw): (&impl Fn(&Uniforms) -> u32, &impl Fn(&Quantity) -> f64),
        totals: impl Fn(&Iteration, usize) -> Total,
        out: &mut Iteration,
    ) {
        out.inputs.totals = (0..self.durations.len()).map(|task| totals(out, task)).collect();
        out.inputs.strikes.clear();
        out.falls.clear();
        out.falls.extend(self.blows.all.iter().map(|blow| {
            let moment = unit(self.sampler.bits(&blow.instant, iteration));
            out.risk_occurred[blow.risk.index()] && blow.falls(bits(&blow.uniforms), moment)
        }));
        for spec in &self.blows.specs {
            let blow = &self.blows.all[spec.blow];
            let moment = unit(self.sampler.bits(&blow.instant, iteration));
            let delay = blow.impacts[spec.impact].delay.as_ref();
            let amount = delay.map(|delay| draw(delay.amounts.get(spec.at).unwrap_or(&delay.amounts[0])));
            let at = match blow.window {
                RiskWindow::Dates { from, to } => placed(moment, from.0, to.0),
                RiskWindow::While(_) => None,
            };
            out.inputs.strikes.push(Strike {
                task: spec.task,
                kind: spec.kind,
                occurs: out.falls[spec.blow],
                at: at.unwrap_or(i32::MIN),
                moment: is_own(blow.window, spec.task).then_some(moment),
                amount: held(spec.kind, amount.unwrap_or(0.0)),
            });
        }
        if self.blows.looks_ahead {
            self.look_ahead(iteration, out);
        }
    }

    /// Places the instants that lie in the dates of other tasks.
    fn look_ahead(&self, iteration: u32, out: &mut Iteration) {
        let strikes = std::mem::take(&mut out.inputs.strikes);
        self.network.forward(&out.inputs, &mut out.pass);
        out.inputs.strikes = strikes;
        for (strike, spec) in out.inputs.strikes.iter_mut().zip(&self.blows.specs) {
            let blow = &self.blows.all[spec.blow];
            let during = &self.blows.during[spec.blow];
            if during.is_empty() || strike.moment.is_some() {
                continue;
            }
            let moment = unit(self.sampler.bits(&blow.instant, iteration));
            let at = self.span(during, &out.pass).and_then(|(from, to)| placed(moment, from, to));
            strike.occurs &= at.is_some();
            strike.at = at.unwrap_or(i32::MIN);
        }
    }

    /// From the first start to the last finish of those of some tasks that exist; `None` if none does, or if one
    /// of them never finishes.
    pub(super) fn span(&self, tasks: &[TaskIx], pass: &Pass) -> Option<(i32, i32)> {
        let there = || tasks.iter().filter(|&&task| self.network.exists(task, pass));
        let from = there().map(|&task| pass.start(task).0).min();
        let to = there().map(|&task| pass.finish(task).0).max();
        let never = there().any(|&task| pass.is_unfinished(task));
        from.zip(to).filter(|_| !never)
    }
}
