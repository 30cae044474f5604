//! Rework loops: tests that may fail.

use super::context::Context;
use super::costs::{Bearer, cost_lines};
use super::estimate::{probability, read};
use super::meter::Measure;
use super::tree::Tree;
use crate::diag::{Place, code};
use crate::model::{Clock, Rework, Rollback};
use crate::scenario::raw::{At, Many, Quantity, RawRework, RawRollback, Slot};
use crate::units::Probability;

/// The most passes that a loop may have: each is a row of its own.
const MOST_PASSES: f64 = 50.0;
/// Passes of a loop that does not say how many.
const USUAL_PASSES: f64 = 5.0;

impl Context<'_, '_> {
    /// A loop; `None` if its ends cannot be found.
    pub fn rework(&mut self, at: &At<RawRework>, tree: &Tree) -> Option<(Rework, Option<Place>)> {
        let raw = &at.value;
        self.desk.require("the loop", "test", &raw.test, at.place());
        self.desk.require("the loop", "fail", &raw.fail, at.place());
        let passes = self.desk.in_range(&raw.max, 2.0, MOST_PASSES, "the number of passes");
        let passes = passes.unwrap_or(USUAL_PASSES);
        if passes.fract() != 0.0 {
            let message = format!("`{passes}` is not a number of passes");
            self.desk.report(code::BAD_LOOP, raw.max.place(), message, "write a whole number");
        }
        let passes = passes as usize;
        let fail = self.failures(raw, passes);
        let fraction = self.fractions(&raw.fraction, passes);
        let rollback = raw.rollback.at().and_then(|rollback| self.rollback(rollback));
        let name = raw.test.at()?;
        let what = "a task or milestone";
        let test = tree.names.resolve_task(name, None, what, self.desk);
        let entry = match raw.from.at() {
            Some(from) => tree.names.resolve_task(from, None, what, self.desk),
            None => test,
        };
        let id = raw.id.get().unwrap_or(&name.value).clone();
        let unfinished = raw.unfinished.get().copied().unwrap_or(false);
        let place = raw.from.place().or(name.place()).cloned();
        Some((Rework { id, test: test?, entry: entry?, fail, fraction, rollback, unfinished }, place))
    }

    /// The probability that each pass fails.
    fn failures(&mut self, raw: &RawRework, passes: usize) -> Vec<Probability> {
        let factor = self.desk.in_range(&raw.factor, 0.0, 1.0, "the factor of a loop").unwrap_or(1.0);
        let written = raw.fail.get().map(|Many(list)| list.as_slice()).unwrap_or_default();
        if written.is_empty() && !raw.fail.is_absent() {
            let help = "write a probability, or a list such as [0.3, 0.2, 0.1]";
            self.desk.report(code::BAD_LOOP, raw.fail.place(), "the list of probabilities is empty", help);
        }
        if let Some(extra) = written.get(passes) {
            let message = format!("{} probabilities for a loop of at most {passes} passes", written.len());
            let help = format!("write at most {passes}, or raise `max`");
            self.desk.report(code::BAD_LOOP, extra.place(), message, &help);
        }
        let mut fail: Vec<f64> = Vec::new();
        for one in written.iter().take(passes) {
            fail.push(probability(&Slot::Given(one.clone()), self.desk).unwrap_or(0.0));
        }
        while fail.len() < passes {
            let last = fail.last().copied().unwrap_or(0.0);
            fail.push(last * factor);
        }
        // Each is within 0 to 1: probabilities as written, times a factor of at most 1.
        fail.into_iter().map(|p| Probability::new(p).unwrap_or(Probability::NEVER)).collect()
    }

    /// The share of the work that each pass from the second repeats.
    fn fractions(&mut self, slot: &Slot<Many<Quantity>>, passes: usize) -> Vec<f64> {
        let mut fractions = Vec::new();
        for (number, one) in slot.get().into_iter().flat_map(|Many(list)| list).enumerate() {
            if number + 1 >= passes {
                let message = format!("more fractions than the {} passes that repeat work", passes - 1);
                self.desk.report(code::BAD_LOOP, one.place(), message, "remove one, or raise `max`");
                break;
            }
            match one.value {
                Quantity::Number(share) | Quantity::Share(share) if (0.0..=10.0).contains(&share) => {
                    fractions.push(share);
                }
                ref other => {
                    let message = format!("`{other}` is not a fraction of the work");
                    let help = "write a number such as 0.5, or a percentage such as \"50 %\"";
                    self.desk.report(code::BAD_LOOP, one.place(), message, help);
                }
            }
        }
        fractions
    }

    fn rollback(&mut self, at: &At<RawRollback>) -> Option<Rollback> {
        let raw = &at.value;
        self.desk.require("the rollback", "duration", &raw.duration, at.place());
        let named = raw.calendar.at().and_then(|name| self.calendars.find(name, self.desk));
        let calendar = named.unwrap_or(self.calendars.default());
        let bearer = Bearer::Task { calendar, clock: Clock::Working, units: 1.0, template: None };
        let (costs, _) = cost_lines(self, &raw.cost, bearer);
        let written = raw.duration.at()?;
        let mut meter = self.meter(Measure::Duration, calendar);
        let duration = read(written, &mut meter, None, self.desk)?;
        if duration.clock == Clock::Elapsed {
            let help = "write working time, or give the rollback the calendar `24x7`";
            let message = "a rollback counts the working time of its calendar";
            self.desk.report(code::CLOCKS_DIFFER, written.place(), message, help);
            return None;
        }
        let estimate = duration.build(None, written.place(), self.desk)?;
        self.check_reach(&estimate, &duration.law, written.place());
        Some(Rollback { duration: estimate, calendar, costs })
    }
}
