//! Reports of a program under way.

use std::collections::BTreeMap;

use super::context::Context;
use super::estimate::read;
use super::meter::Measure;
use crate::diag::{Diagnostic, Place, code};
use crate::model::{
    Clock, Estimate, Program, Progress, RiskIx, RiskStatus, Status, StatusError, Task, TaskIx,
};
use crate::scenario::collect::Parts;
use crate::scenario::raw::{
    At, FromToml, Many, Named, Quantity, RawDate, RawLogic, RawProgress, RawRiskStatus, RawStatus,
    RawUnstarted, Slot,
};
use crate::scenario::table::progress_rows;
use crate::units::{Instant, Money};

/// The reports of a program, with every problem on the desk.
pub fn statuses(parts: &Parts, program: &Program, context: &mut Context<'_, '_>) -> Vec<Status> {
    let mut found: Vec<Status> = Vec::new();
    let mut dates: BTreeMap<Instant, Option<Place>> = BTreeMap::new();
    let tasks: BTreeMap<&str, TaskIx> =
        program.tasks().iter().enumerate().map(|(at, task)| (task.id.as_str(), TaskIx::new(at))).collect();
    for at in &parts.statuses {
        context.desk.require("the status", "date", &at.value.date, at.place());
        let Some(date) = at.value.date.at() else { continue };
        if let Some(first) = dates.get(&date.value.at) {
            let message = format!("there are two statuses of {}", date.value.inline());
            let problem = Diagnostic::new(code::BAD_PROGRESS, message)
                .at_place(date.place(), "reported again here")
                .at_place(first.as_ref(), "first reported here");
            context.desk.problems.push(problem.help("a report says everything that is known on its date"));
            continue;
        }
        dates.insert(date.value.at, date.place().cloned());
        found.push(context.status(at, date.value, program, (&tasks, &parts.removed)));
    }
    found
}

impl Context<'_, '_> {
    fn status(
        &mut self,
        at: &At<RawStatus>,
        date: RawDate,
        program: &Program,
        (known, removed): (&BTreeMap<&str, TaskIx>, &[String]),
    ) -> Status {
        let raw = &at.value;
        let mut rows: Vec<(At<String>, At<RawProgress>)> =
            raw.tasks.get().map(|Named(rows)| rows.clone()).unwrap_or_default();
        for name in raw.progress_csv.get().map(|Many(names)| names.as_slice()).unwrap_or_default() {
            rows.extend(progress_rows(name, self.desk));
        }
        let known_until = if date.has_time { date.at } else { Instant(date.at.0.saturating_add(1_440)) };
        let mut status = Status {
            known_until,
            overrides: raw.logic.get() == Some(&RawLogic::Override),
            stays: raw.unstarted.get() == Some(&RawUnstarted::Stay),
            ..Status::nothing(date.at)
        };
        let mut places = Vec::new();
        let is_gone = |id: &str| {
            let within =
                |gone: &String| id.strip_prefix(gone.as_str()).is_some_and(|rest| rest.starts_with('.'));
            removed.iter().any(|gone| gone == id || within(gone))
        };
        for (id, row) in &rows {
            let Some(&task) = known.get(id.value.as_str()) else {
                if is_gone(&id.value) {
                    self.left_out(id, "task or milestone");
                    continue;
                }
                self.desk.unknown(code::UNKNOWN_TASK, "task or milestone", id, known.keys().copied());
                continue;
            };
            let before = self.desk.errors();
            let progress = self.progress(&row.value, &program.tasks()[task.index()]);
            if self.desk.errors() == before && !is_bad(&row.value) {
                status.tasks.push((task, progress));
                places.push((id, row));
            }
        }
        for (id, now) in raw.risks.get().map(|Named(risks)| risks.as_slice()).unwrap_or_default() {
            let risks = program.risks();
            match risks.iter().position(|risk| risk.id == id.value) {
                Some(risk) => status.risks.push((RiskIx::new(risk), status_of(&now.value))),
                None if is_gone(&id.value) => self.left_out(id, "risk"),
                None => {
                    let known: Vec<&str> = risks.iter().map(|risk| risk.id.as_str()).collect();
                    self.desk.unknown(code::UNKNOWN_RISK, "risk", id, known.into_iter());
                }
            }
        }
        let mut errors = program.as_of(&status).err().unwrap_or_default();
        errors.dedup();
        for (entry, error) in errors {
            let Some((id, row)) = places.get(entry) else { continue };
            let place = place_of(&error, row).or(id.place());
            let is_overrun = matches!(error, StatusError::Overrun { .. });
            let code = if is_overrun { code::REMAINING_NEEDED } else { code::BAD_PROGRESS };
            self.desk.report(code, place, error.to_string(), error.help());
        }
        status
    }

    /// Notes that a report speaks of something that the variant has removed.
    fn left_out(&mut self, id: &At<String>, what: &str) {
        let message = format!("the {what} `{}` is not in this variant: its report is left out", id.value);
        let help = "what has started should stay in a variant: its actual costs go with it";
        self.desk.report(code::REPORT_LEFT_OUT, id.place(), message, help);
    }

    /// What is said of one task.
    fn progress(&mut self, raw: &RawProgress, task: &Task) -> Progress {
        let (first, last) = (0, 1);
        let start = self.actual(&raw.start, task, first);
        let end = if task.is_start_milestone() { first } else { last };
        let finish = self.actual(&raw.finish, task, end);
        let cost = self.desk.in_range(&raw.cost, 0.0, 1e13, "an actual cost");
        let minor = self.settings.currency.minor_per_major() as f64;
        Progress {
            start,
            finish,
            complete: self.complete(&raw.complete),
            remaining: self.remaining(raw, task),
            cost: cost.map(|cost| Money((cost * minor).round_ties_even() as i64)),
            resume: self.actual(&raw.resume, task, first),
            failed: raw.failed.get().copied().unwrap_or(false),
        }
    }

    /// An actual date: one without a time is the beginning (0) or the end (1) of its working day.
    fn actual(&self, slot: &Slot<RawDate>, task: &Task, end: usize) -> Option<Instant> {
        let date = slot.get()?;
        if date.has_time {
            return Some(date.at);
        }
        let (first, last) = self.calendars.working_day(task.calendar, date.at);
        Some([first, last][end])
    }

    fn complete(&mut self, slot: &Slot<Quantity>) -> Option<f64> {
        let at = slot.at()?;
        let share = match at.value {
            Quantity::Number(share) | Quantity::Share(share) => share,
            Quantity::Duration(_) | Quantity::Word(_) => f64::NAN,
        };
        if (0.0..=1.0).contains(&share) {
            return Some(share);
        }
        let message = format!("progress cannot be `{}`", at.value);
        self.desk.report(code::OUT_OF_RANGE, at.place(), message, "write a share from 0 to 1, or \"40 %\"");
        None
    }

    fn remaining(&mut self, raw: &RawProgress, task: &Task) -> Option<Estimate> {
        let at = raw.remaining.at()?;
        let mut meter = self.meter(Measure::Duration, task.calendar);
        let written = read(at, &mut meter, None, self.desk)?;
        if let Some((_, clock)) = task.duration()
            && clock != written.clock
            && written.point != Some(0.0)
        {
            let other = if clock == Clock::Elapsed { "elapsed" } else { "working" };
            let message = format!("`{}` counts {other} time, its remaining duration does not", task.id);
            let help = "write both with `e` or without";
            self.desk.report(code::MIXED_UNITS, at.place(), message, help);
            return None;
        }
        let estimate = written.build(written.point, at.place(), self.desk)?;
        self.check_reach(&estimate, &written.law, at.place());
        Some(estimate)
    }
}

/// Whether a part of a row could not be read, which has been reported.
fn is_bad(raw: &RawProgress) -> bool {
    matches!(raw.start, Slot::Bad)
        || matches!(raw.finish, Slot::Bad)
        || matches!(raw.complete, Slot::Bad)
        || matches!(raw.remaining, Slot::Bad)
        || matches!(raw.resume, Slot::Bad)
        || matches!(raw.cost, Slot::Bad)
        || matches!(raw.failed, Slot::Bad)
}

/// Where the part of a row stands that an error is about.
fn place_of<'a>(error: &StatusError, row: &'a At<RawProgress>) -> Option<&'a Place> {
    let raw = &row.value;
    match error {
        StatusError::FinishBeforeStart { .. } | StatusError::NoStart(_) => raw.finish.place(),
        StatusError::AfterStatus { what: "start", .. } => raw.start.place(),
        StatusError::AfterStatus { .. } => raw.finish.place(),
        StatusError::NotStarted(_, "progress") | StatusError::NoFinish(_) => raw.complete.place(),
        StatusError::Finished(_, "progress below 100 %") => raw.complete.place(),
        StatusError::NotStarted(..) | StatusError::Finished(..) => raw.remaining.place(),
        _ => None,
    }
}

fn status_of(raw: &RawRiskStatus) -> RiskStatus {
    match raw {
        RawRiskStatus::Open => RiskStatus::Open,
        RawRiskStatus::Occurred => RiskStatus::Occurred,
        RawRiskStatus::Closed => RiskStatus::Closed,
        RawRiskStatus::Retired => RiskStatus::Retired,
    }
}
