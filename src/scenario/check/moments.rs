//! Moments, shares and calendar time of money.

use super::context::Context;
use super::names::Names;
use crate::diag::code;
use crate::model::{Endpoint, Moment};
use crate::scenario::raw::{At, Quantity, RawDate, RawMoment, Slot};
use crate::units::{DurationText, DurationUnit, Instant};

/// Which end of a task or project is meant where neither is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Start,
    Finish,
}

/// Minutes in a calendar month, on average.
const MONTH: f64 = 365.0 / 12.0 * 1_440.0;

impl Context<'_, '_> {
    /// A moment as written in a project; reported if it names nothing.
    pub fn moment(
        &mut self,
        at: &At<RawMoment>,
        end: End,
        scope: Option<&str>,
        names: &Names,
    ) -> Option<Moment> {
        let text = match &at.value {
            RawMoment::Date(date) => return Some(Moment::Fixed(edge(*date, end))),
            RawMoment::Of(text) => text.as_str(),
        };
        let (end, name) = match text.split_once(" of ") {
            Some(("start", name)) => (End::Start, name.trim()),
            Some(("finish", name)) => (End::Finish, name.trim()),
            _ => (end, text),
        };
        match name {
            "start" if names.find("start").is_none() => return Some(Moment::ProgramStart),
            "finish" if names.find("finish").is_none() => return Some(Moment::ProgramFinish),
            _ => {}
        }
        let found = names.resolve(&at.with(name.to_owned()), scope, self.desk)?;
        Some(match (found, end) {
            (Endpoint::Task(task), End::Start) => Moment::TaskStart(task),
            (Endpoint::Task(task), End::Finish) => Moment::TaskFinish(task),
            (Endpoint::Project(project), End::Start) => Moment::ProjectStart(project),
            (Endpoint::Project(project), End::Finish) => Moment::ProjectFinish(project),
        })
    }

    /// A share as a number or a percentage, within bounds.
    pub fn share(&mut self, slot: &Slot<Quantity>, low: f64, high: f64, what: &str) -> Option<f64> {
        let at = slot.at()?;
        let share = match at.value {
            Quantity::Share(share) | Quantity::Number(share) => share,
            ref other => {
                let message = format!("expected a share, found {}", other.kind());
                self.desk.report(
                    code::WRONG_UNIT,
                    at.place(),
                    message,
                    "write a percentage, such as \"8 %\"",
                );
                return None;
            }
        };
        if (low..=high).contains(&share) {
            return Some(share);
        }
        let percent = |share: f64| (share * 1e6).round() / 1e4;
        let message = format!("{what} is {} %", percent(share));
        let help = format!("it lies between {} % and {} %", percent(low), percent(high));
        self.desk.report(code::OUT_OF_RANGE, at.place(), message, &help);
        None
    }

    /// A duration of calendar time; nothing if absent.
    pub fn calendar_time(&mut self, slot: &Slot<Quantity>, what: &str) -> Option<DurationText> {
        let at = slot.at()?;
        let message = match &at.value {
            Quantity::Duration(text) if !text.elapsed && text.unit != DurationUnit::Minute => {
                format!("{what} runs in calendar time, `{text}` is working time")
            }
            Quantity::Duration(text) if text.value < 0.0 => format!("{what} is below zero"),
            Quantity::Duration(text)
                if text.minutes(crate::units::WorkScale::ELAPSED) > 100.0 * 365.25 * 1_440.0 =>
            {
                format!("{what} is longer than 100 years")
            }
            Quantity::Duration(text) => return Some(*text),
            other => format!("{what} is a duration, found {}", other.kind()),
        };
        self.desk.report(
            code::WRONG_UNIT,
            at.place(),
            message,
            "write it as calendar days or months: \"30ed\", \"12emo\"",
        );
        None
    }

    /// The same in whole days; 0 if absent.
    pub fn calendar_days(&mut self, slot: &Slot<Quantity>, what: &str) -> i32 {
        let text = self.calendar_time(slot, what);
        let minutes = text.map_or(0.0, |text| text.minutes(crate::units::WorkScale::ELAPSED));
        // At most 100 years, as checked.
        (minutes / 1_440.0).round_ties_even() as i32
    }

    /// The same in calendar months: those written as months are whole, others are counted by 365 / 12 days.
    pub fn calendar_months(&mut self, slot: &Slot<Quantity>, what: &str) -> Option<f64> {
        let text = self.calendar_time(slot, what)?;
        Some(match text.unit {
            DurationUnit::Month => text.value,
            _ => text.minutes(crate::units::WorkScale::ELAPSED) / MONTH,
        })
    }
}

/// The beginning of a day for what starts on it, its end for what finishes on it.
fn edge(date: RawDate, end: End) -> Instant {
    match end {
        End::Finish if !date.has_time => Instant(date.at.0.saturating_add(1_440)),
        _ => date.at,
    }
}
