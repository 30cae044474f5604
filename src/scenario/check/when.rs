//! Conditions as written: a risk, a simulated date or a simulated cost.

use super::context::Context;
use super::meter::Measure;
use super::names::Names;
use crate::diag::code;
use crate::model::{Endpoint, Need, ProgramBuilder};
use crate::scenario::raw::{At, Quantity, RawDate, RawWhen, Slot};
use crate::units::Instant;

/// Minutes in a day.
const DAY: i32 = 1_440;

/// What to write where a condition has no key, or several.
const ONE_KEY: &str = "write exactly one of `risk`, `no_risk`, `finish` and `cost`, such as { risk = \"R-07\" } or \
                       { finish = \"build\", after = 2027-06-30 }";

impl Context<'_, '_> {
    /// What a condition needs; `None` if it cannot be read, which is reported.
    pub fn when(
        &mut self,
        at: &At<RawWhen>,
        names: &Names,
        scope: Option<&str>,
        builder: &ProgramBuilder,
    ) -> Option<Need> {
        let raw = &at.value;
        let given = [&raw.risk, &raw.no_risk, &raw.finish, &raw.cost].map(|slot| !slot.is_absent());
        if given.iter().filter(|&&given| given).count() != 1 {
            self.desk.report(code::BAD_CONDITION, at.place(), "a condition needs exactly one key", ONE_KEY);
            return None;
        }
        let mut good = self.belongs(&raw.after, given[2], "after", "finish");
        good &= self.belongs(&raw.before, given[2], "before", "finish");
        good &= self.belongs(&raw.above, given[3], "above", "cost");
        good &= self.belongs(&raw.below, given[3], "below", "cost");
        if !good {
            return None;
        }
        if let Some(name) = raw.finish.at() {
            let of = names.resolve(name, scope, self.desk)?;
            return self.date(at, of);
        }
        if let Some(name) = raw.cost.at() {
            let of = names.resolve(name, scope, self.desk)?;
            return self.amount(at, of);
        }
        self.occurs(raw, builder)
    }

    /// Whether a key stands beside the one that it says more about; reported if not.
    fn belongs<T>(&mut self, slot: &Slot<T>, given: bool, key: &str, to: &str) -> bool {
        let good = given || slot.is_absent();
        if !good {
            let message = format!("`{key}` without `{to}` means nothing");
            let help = format!("add `{to}`, or remove `{key}`");
            self.desk.report(code::BAD_CONDITION, slot.place(), message, &help);
        }
        good
    }

    fn occurs(&mut self, raw: &RawWhen, builder: &ProgramBuilder) -> Option<Need> {
        let (name, occurs) = match raw.risk.at() {
            Some(name) => (name, true),
            None => (raw.no_risk.at()?, false),
        };
        let risk = self.find_risk(name, builder)?;
        // A risk that brings work needs no other impact.
        let id = &builder.draft().risks()[risk.index()].id;
        let message = format!("the risk `{id}` has no impact");
        let is_moot = |problem: &crate::diag::Diagnostic| {
            problem.code == code::RISK_WITHOUT_IMPACT && problem.message == message
        };
        self.desk.problems.retain(|problem| !is_moot(problem));
        Some(Need::Risk { risk, occurs })
    }

    /// A date alone is a whole day, which ends at 24:00: what finishes then finishes on that day.
    fn date(&mut self, at: &At<RawWhen>, of: Endpoint) -> Option<Need> {
        let raw = &at.value;
        let both = (raw.after.get().copied(), raw.before.get().copied());
        let (after, later) = match both {
            (Some(RawDate { at, has_time: true }), None) => (at, true),
            (Some(RawDate { at, has_time: false }), None) => (Instant(at.0.saturating_add(DAY)), true),
            (None, Some(RawDate { at, has_time: true })) => (Instant(at.0.saturating_sub(1)), false),
            (None, Some(RawDate { at, has_time: false })) => (at, false),
            _ => {
                let help = "write { finish = \"build\", after = 2027-06-30 } or { finish = \"build\", before = \
                            2027-06-30 }";
                self.one_of_two(
                    at,
                    raw.after.is_absent() == raw.before.is_absent(),
                    "`after` or `before`",
                    help,
                );
                return None;
            }
        };
        Some(Need::Finish { of, after, later })
    }

    fn amount(&mut self, at: &At<RawWhen>, of: Endpoint) -> Option<Need> {
        let raw = &at.value;
        if raw.above.is_absent() == raw.below.is_absent() {
            let help = "write { cost = \"build\", above = 100_000 } or { cost = \"build\", below = 100_000 }";
            self.one_of_two(at, true, "`above` or `below`", help);
            return None;
        }
        let more = !raw.above.is_absent();
        let slot: &Slot<Quantity> = if more { &raw.above } else { &raw.below };
        let mut meter = self.meter(Measure::Money, self.calendars.default());
        // Amounts are bounded, and whole minor units are compared.
        let minor = meter.slot(slot, self.desk)?;
        let above = if more { libm::floor(minor) } else { libm::ceil(minor) - 1.0 };
        Some(Need::Cost { of, above: above as i64, more })
    }

    /// Reports that not exactly one of two keys is given; keys that could not be read have been reported.
    fn one_of_two(&mut self, at: &At<RawWhen>, wrong: bool, keys: &str, help: &str) {
        if wrong {
            let message = format!("the condition needs {keys}, and one of them only");
            self.desk.report(code::BAD_CONDITION, at.place(), message, help);
        }
    }
}
