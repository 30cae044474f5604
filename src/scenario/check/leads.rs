//! How long responses need before they take effect.

use super::context::Context;
use crate::calendar::{TablePart, WorkTable};
use crate::diag::code;
use crate::model::Lead;
use crate::scenario::raw::{Quantity, RawDate, Slot};
use crate::units::{DurationText, Instant, WorkScale};

/// The longest lead, in minutes: 100 years.
const LONGEST: f64 = 100.0 * 365.25 * 1_440.0;

impl Context<'_, '_> {
    /// The lead of a response; `None` if it takes effect at once, or was reported.
    pub fn lead(&mut self, lead: &Slot<Quantity>, decided: &Slot<RawDate>) -> Option<Lead> {
        let Some(at) = lead.at() else {
            if let Some(place) = decided.place() {
                let message = "`decided` without `lead` means nothing";
                let help = "add the time that the response needs, such as `lead = \"2mo\"`";
                self.desk.report(code::CONFLICTING_KEYS, Some(place), message, help);
            }
            return None;
        };
        let decided = decided.get().or(self.settings.start.as_ref())?.at;
        let message = match &at.value {
            Quantity::Duration(text) if text.value < 0.0 => "the lead of a response is below zero".to_owned(),
            Quantity::Duration(text) if text.minutes(WorkScale::ELAPSED) > LONGEST => {
                "the lead of a response is longer than 100 years".to_owned()
            }
            Quantity::Duration(text) => return Some(Lead { decided, ready: self.after(decided, *text) }),
            other => format!("the lead of a response is a duration, found {}", other.kind()),
        };
        self.desk.report(code::WRONG_UNIT, at.place(), message, "write it as \"6w\", \"2mo\" or \"30ed\"");
        None
    }

    /// The instant after some working time of the default calendar, or some elapsed time.
    fn after(&self, from: Instant, text: DurationText) -> Instant {
        let default = self.calendars.default();
        if text.elapsed {
            return Instant(from.0.saturating_add(text.minutes(WorkScale::ELAPSED).round() as i32));
        }
        let minutes = text.minutes(self.calendars.scale(default)).round() as i32;
        let calendar = &self.calendars.entries()[default.index()].calendar;
        // Twice as far as the time before, until the table holds the end.
        let mut days = 64 + minutes / 240;
        loop {
            let table =
                WorkTable::build(calendar, TablePart::WorkingUnbound, from.day() - 1, from.day() + days);
            let ready = table.finish_at(table.worked(from).saturating_add(minutes));
            if table.covers(ready) || days > 100_000 {
                return ready;
            }
            days *= 2;
        }
    }
}
