//! A program as of a status date: what has happened is certain, and what is left is estimated from there
//! (semantics, section 7).

use std::collections::BTreeSet;

use super::actual_cost::{finished_lines, started_lines};
use super::{
    Actual, Chance, Clock, Endpoint, Estimate, Impact, LagAmount, Need, Program, Progress, RepeatKind,
    RiskIx, RiskStatus, RiskWindow, Status, StatusError, Task, TaskIx, TaskKind,
};
use crate::calendar::{TablePart, WorkTable};
use crate::units::{Instant, Probability};

/// Where the estimate leaves less than this for a longer duration, it says nothing of the rest.
const EXHAUSTED: f64 = 1e-6;

impl Program {
    /// The program from a status date on. It has the same tasks, links and risks at the same places, so that
    /// results can be compared place by place; its streams have the same names, so that draws are alike.
    ///
    /// # Errors
    /// What the report cannot say, with the position of its entry, or of the last entry.
    pub fn as_of(&self, status: &Status) -> Result<Self, Vec<(usize, StatusError)>> {
        let mut errors = status.errors(self);
        let mut program = self.clone();
        program.status_date = Some(status.date);
        program.status_holds = !status.stays;
        for (at, (task, progress)) in status.tasks.iter().enumerate() {
            let is_good = errors.iter().all(|(other, _)| *other != at);
            if let Err(error) = program.apply(*task, progress, status)
                && is_good
            {
                errors.push((at, error));
            }
        }
        for (at, (task, _)) in status.tasks.iter().enumerate() {
            if let Err(error) = program.decide(*task) {
                errors.push((at, error));
            }
        }
        for (task, progress) in &status.tasks {
            program.decide_test(*task, progress);
        }
        for &(risk, now) in &status.risks {
            if let Some(risk) = program.risks.get_mut(risk.index()) {
                risk.status = now;
            }
        }
        for response in program.risks.iter_mut().filter_map(|risk| risk.response.as_mut()) {
            // What is not on has not been decided yet.
            if !response.on {
                response.lead = response.lead.map(|lead| lead.not_before(status.date));
            }
        }
        for response in program.drivers.iter_mut().filter_map(|driver| driver.response.as_mut()) {
            if !response.on {
                response.lead = response.lead.map(|lead| lead.not_before(status.date));
            }
        }
        program.forget_the_past(status.date);
        if errors.is_empty() { Ok(program) } else { Err(errors) }
    }

    /// Minutes of a task's own clock between two instants.
    #[must_use]
    pub fn minutes_between(&self, task: &Task, from: Instant, to: Instant) -> i32 {
        if to <= from {
            return 0;
        }
        let part = match task.duration() {
            Some((_, Clock::Elapsed)) => TablePart::Elapsed,
            _ => TablePart::Working,
        };
        let calendar = &self.calendars[task.calendar.index()].calendar;
        let table = WorkTable::build(calendar, part, from.day() - 1, to.day() + 1);
        table.worked(to) - table.worked(from)
    }

    /// Takes over what is reported of one task.
    fn apply(&mut self, ix: TaskIx, progress: &Progress, status: &Status) -> Result<(), StatusError> {
        let Some(task) = self.tasks.get(ix.index()) else { return Ok(()) };
        let Some(start) = progress.started() else {
            if let Some(cost) = progress.cost {
                self.tasks[ix.index()].costs.extend(finished_lines(&[], 0, Some(cost)));
            }
            return Ok(());
        };
        let end = progress.finish.unwrap_or(status.date);
        let worked = self.minutes_between(task, start, end);
        let mut exceeded = 0;
        let mut kind = task.kind.clone();
        let mut costs = task.costs.clone();
        if let TaskKind::Work { duration, .. } = &mut kind {
            if progress.finish.is_some() {
                *duration = Estimate::certain(f64::from(worked));
            } else if let Some(remaining) = &progress.remaining {
                duration.clone_from(remaining);
            } else {
                exceeded = worked;
                duration.plan = exceeding_plan(duration, worked)
                    .ok_or_else(|| StatusError::Overrun { id: task.id.clone() })?;
            }
            let left = (duration.plan - f64::from(exceeded)).max(0.0);
            if progress.finish.is_none() {
                let time = f64::from(worked) / (f64::from(worked) + left).max(1.0);
                costs = started_lines(&costs, worked, progress.cost, progress.complete.unwrap_or(time));
                self.fix_shares(ix, f64::from(worked) + left);
            }
        }
        if progress.finish.is_some() {
            costs = finished_lines(&costs, worked, progress.cost);
        }
        let task = &mut self.tasks[ix.index()];
        (task.kind, task.costs) = (kind, costs);
        task.actual = Some(Actual {
            start,
            finish: progress.finish,
            exceeded,
            overrides: status.overrides,
            resume: progress.resume,
        });
        Ok(())
    }

    /// Lags that are a share of the duration of work in progress count its plan as a whole.
    fn fix_shares(&mut self, task: TaskIx, minutes: f64) {
        for link in self.links.iter_mut().filter(|link| link.from == Endpoint::Task(task)) {
            if let LagAmount::Share(share) = link.lag.amount {
                link.lag.amount = LagAmount::Fixed((share * minutes).round_ties_even() as i32);
            }
        }
    }

    /// What has started exists: all that it takes for it has happened.
    fn decide(&mut self, ix: TaskIx) -> Result<(), StatusError> {
        let Some(task) = self.tasks.get_mut(ix.index()).filter(|task| task.actual.is_some()) else {
            return Ok(());
        };
        if task.is_finished() {
            task.never = None;
        }
        let id = task.id.clone();
        let Some(condition) = task.exists.take() else { return Ok(()) };
        let needs = self.conditions[condition.index()].needs().to_vec();
        let good = needs.into_iter().all(|need| self.settle(need));
        if good { Ok(()) } else { Err(StatusError::Contradiction(id)) }
    }

    /// Makes a need hold for good; false if the opposite has been settled before.
    fn settle(&mut self, need: Need) -> bool {
        match need {
            Need::Risk { risk, occurs } => self.settle_risk(risk, occurs),
            Need::Chance { chance, happens } => {
                let (key, decided) = {
                    let chance = &self.chances[chance.index()];
                    (chance.key.clone(), is_decided(chance))
                };
                if let Some(known) = decided {
                    return known == happens;
                }
                for (at, other) in self.chances.iter_mut().enumerate() {
                    // Alternatives share a stream: where one happens, no other does.
                    if at == chance.index() {
                        *other = certainly(other, happens);
                    } else if happens && other.key == key {
                        *other = certainly(other, false);
                    }
                }
                true
            }
            // What depends on a date or a cost is known to have gone this way.
            Need::Finish { .. } | Need::Cost { .. } => true,
        }
    }

    fn settle_risk(&mut self, risk: RiskIx, occurs: bool) -> bool {
        let Some(risk) = self.risks.get_mut(risk.index()) else { return true };
        let probability = risk.probability();
        if occurs {
            risk.status = RiskStatus::Occurred;
            probability != Probability::NEVER
        } else {
            risk.status = RiskStatus::Closed;
            probability != Probability::ALWAYS
        }
    }

    /// A finished test has passed or failed; where it has passed, the end of its loop is reached.
    fn decide_test(&mut self, test: TaskIx, progress: &Progress) {
        let Some(finish) = progress.finish else { return };
        let task = &self.tasks[test.index()];
        let (first, pass) = match task.repeat {
            None => (test, 1),
            Some(repeat) if repeat.kind == RepeatKind::Work => (repeat.of, repeat.pass),
            Some(_) => return,
        };
        let is_next = |task: &&Task| {
            task.repeat.is_some_and(|next| {
                next.of == first && next.kind == RepeatKind::Work && next.pass == pass + 1
            })
        };
        let next = self.tasks.iter().find(is_next).map(|task| (task.exists, task.actual.is_some()));
        let ends = self.tasks.iter().position(|task| {
            task.repeat.is_some_and(|end| end.of == first && end.kind == RepeatKind::Passed)
        });
        let (Some(end), has_next) = (ends, next.is_some()) else { return };
        let began = matches!(next, Some((_, true)));
        if let Some((Some(condition), false)) = next {
            // The failure of this pass is the chance that was not settled by the passes before.
            let needs = self.conditions[condition.index()].needs().to_vec();
            let open = needs.into_iter().filter_map(|need| match need {
                Need::Chance { chance, .. } if is_decided(&self.chances[chance.index()]).is_none() => {
                    Some(chance)
                }
                _ => None,
            });
            for chance in open.collect::<Vec<_>>() {
                if self.chances[chance.index()].key.contains(&format!("/pass/{pass}/fails")) {
                    self.settle(Need::Chance { chance, happens: progress.failed });
                }
            }
        }
        let goes_on = began || (progress.failed && has_next);
        if !goes_on && self.tasks[end].actual.is_none() {
            self.tasks[end].actual = Some(Actual {
                start: finish,
                finish: Some(finish),
                exceeded: 0,
                overrides: false,
                resume: None,
            });
            (self.tasks[end].exists, self.tasks[end].never) = (None, None);
        }
    }

    /// Closes what can no longer happen: risks whose time is over or whose tasks are finished.
    fn forget_the_past(&mut self, date: Instant) {
        let finished: BTreeSet<TaskIx> =
            (0..self.tasks.len()).filter(|&at| self.tasks[at].is_finished()).map(TaskIx::new).collect();
        let is_over = |program: &Self, end: Endpoint| match end {
            Endpoint::Task(task) => finished.contains(&task),
            Endpoint::Project(project) => program.tasks_of(project).all(|task| finished.contains(&task)),
        };
        for at in 0..self.courses.len() {
            let mut course = self.courses[at].clone();
            let over = match &mut course.window {
                None => false,
                Some(RiskWindow::While(end)) => is_over(self, *end),
                Some(RiskWindow::Dates { from, to }) => {
                    let whole = f64::from(to.0.saturating_sub(from.0).max(1));
                    *from = (*from).max(date);
                    let left = f64::from(to.0.saturating_sub(from.0)).max(0.0) / whole;
                    if let Some(recurs) = &mut course.recurs {
                        recurs.mean *= left;
                        recurs.residual *= left;
                    }
                    *from >= *to
                }
            };
            if !over {
                self.courses[at] = course;
            } else if let Some(risk) = self.risks.get_mut(at) {
                risk.status = RiskStatus::Closed;
            }
        }
        for risk in &mut self.risks {
            let residual = risk.response.as_mut().map(|response| &mut response.residual.impacts);
            for impacts in [Some(&mut risk.levels.impacts), residual].into_iter().flatten() {
                impacts.retain_mut(|impact| still_hits(impact, &finished));
            }
        }
        for driver in &mut self.drivers {
            driver.targets.retain(|task| !finished.contains(task));
        }
    }
}

/// Takes finished tasks out of the targets of an impact; false if it has nothing left to hit.
fn still_hits(impact: &mut Impact, finished: &BTreeSet<TaskIx>) -> bool {
    if impact.targets.is_empty() {
        return true;
    }
    impact.targets.retain(|task| !finished.contains(task));
    !impact.targets.is_empty()
}

/// The plan value of an estimate that is known to exceed some minutes; `None` if it allows no more.
fn exceeding_plan(estimate: &Estimate, worked: i32) -> Option<f64> {
    let worked = f64::from(worked);
    let below = estimate.law.cdf(worked);
    if worked > 0.0 && 1.0 - below < EXHAUSTED {
        return None;
    }
    // Overdue, the middle of what is left stands for the rest.
    let middle = || estimate.law.quantile(below + 0.5 * (1.0 - below)).max(worked);
    Some(if estimate.plan > worked || worked == 0.0 { estimate.plan } else { middle() })
}

/// Whether a chance is certain to happen or not to.
fn is_decided(chance: &Chance) -> Option<bool> {
    match (chance.from, chance.to) {
        (from, to) if from <= 0.0 && to >= 1.0 => Some(true),
        (from, to) if from >= to => Some(false),
        _ => None,
    }
}

fn certainly(chance: &Chance, happens: bool) -> Chance {
    Chance { from: 0.0, to: f64::from(u8::from(happens)), plan: happens, ..chance.clone() }
}
