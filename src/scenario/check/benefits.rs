//! What a program is worth.

use super::context::Context;
use super::estimate::{probability, read};
use super::finance::Ledger;
use super::meter::Measure;
use super::moments::End;
use super::timed::spend_kind;
use crate::diag::code;
use crate::model::{Benefit, Horizon, Moment};
use crate::scenario::raw::{At, RawBenefit, RawMoment};
use crate::units::{Instant, Probability};

impl Context<'_, '_> {
    /// Reads one benefit.
    pub fn benefit(&mut self, id: &At<String>, at: &At<RawBenefit>, ledger: &Ledger<'_>) -> Option<Benefit> {
        let raw = &at.value;
        self.desk.require("the benefit", "from", &raw.from, id.place());
        self.desk.require("the benefit", "per_year", &raw.per_year, id.place());
        // What begins on a date begins with its day.
        let end = |from: &At<RawMoment>| match from.value {
            RawMoment::Date(_) => End::Start,
            RawMoment::Of(_) => End::Finish,
        };
        let from = raw.from.at().and_then(|from| self.moment(from, end(from), None, ledger.names));
        let per_year = raw.per_year.at().and_then(|amount| {
            let mut meter = self.meter(Measure::Money, self.calendars.default()).signed();
            let written = read(amount, &mut meter, None, self.desk)?;
            written.build(written.point, amount.place(), self.desk)
        });
        let lag_days = self.calendar_days(&raw.lag, "the lag of a benefit");
        let ramp_months = self.calendar_months(&raw.ramp, "the ramp of a benefit").unwrap_or(0.0);
        let growth = self.share(&raw.growth, -0.5, 1.0, "the growth of a benefit").unwrap_or(0.0);
        let adoption = self.uncertain_share(&raw.adoption, false);
        let chance =
            if raw.probability.is_absent() { Some(1.0) } else { probability(&raw.probability, self.desk) };
        if let Some(Moment::Fixed(day)) = from
            && day.day() < ledger.start.day()
        {
            let message = format!("the benefit `{}` begins before the program", id.value);
            let help = "tie it to the milestone that brings it: from = \"golive\"";
            self.desk.report(code::BENEFIT_TOO_EARLY, raw.from.place(), message, help);
            return None;
        }
        let horizon = match (raw.until.at(), raw.last.is_absent()) {
            (Some(until), true) => {
                let end = Instant(until.value.at.0.saturating_add(1_440));
                let begins = match from {
                    Some(Moment::Fixed(day)) => day,
                    _ => ledger.start,
                };
                if end <= begins {
                    let message = format!("the benefit `{}` ends before it can begin", id.value);
                    self.desk.report(code::BENEFIT_TOO_EARLY, until.place(), message, "name a later date");
                    return None;
                }
                Some(Horizon::Until(end))
            }
            (None, false) => self.calendar_months(&raw.last, "the length of a benefit").map(Horizon::Months),
            (Some(until), false) => {
                let message = "`until` and `last` exclude each other";
                self.desk.report(code::CONFLICTING_KEYS, until.place(), message, "keep one of them");
                None
            }
            (None, true) => {
                if raw.until.is_absent() {
                    let message = format!("the benefit `{}` never ends", id.value);
                    let help = "say until when it counts: until = 2035-12-31, or how long: last = \"60emo\"";
                    self.desk.report(code::MISSING_KEY, id.place(), message, help);
                }
                None
            }
        };
        if !raw.adoption.is_absent() && adoption.is_none() {
            return None;
        }
        Some(Benefit {
            within: None,
            id: id.value.clone(),
            name: raw.name.get().unwrap_or(&id.value).clone(),
            from: from?,
            lag_days,
            per_year: per_year?,
            ramp_months,
            growth,
            horizon: horizon?,
            probability: Probability::new(chance?).unwrap_or(Probability::NEVER),
            adoption,
            kind: spend_kind(&raw.kind),
            category: raw.category.get().cloned(),
        })
    }
}
