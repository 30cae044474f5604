//! Cost lines that follow from simulated dates, and what is agreed of ordinary ones.

use super::context::Context;
use super::costs::{is_timed, keyed, written_rate};
use super::estimate::read;
use super::finance::Ledger;
use super::meter::Measure;
use super::moments::End;
use crate::diag::code;
use crate::model::{
    Bearer, Clock, Estimate, LineTerms, Moment, Payment, PercentOf, Reserved, SpendKind, TimedAmount,
    TimedLine,
};
use crate::scenario::raw::{
    At, Many, Quantity, RawCost, RawEstimate, RawEvery, RawPaid, RawReserved, RawSpend, Slot,
};
use crate::units::{DurationText, WorkScale};

/// Where cost lines stand.
pub struct Owner<'a> {
    pub on: Bearer,
    /// What keys the streams of its lines.
    pub name: String,
    /// The project in which references are looked up.
    pub scope: Option<&'a str>,
    /// Its first and last moment.
    pub ends: (Moment, Moment),
    /// To which cost centre its lines are booked that do not say otherwise.
    pub cost_centre: Option<&'a String>,
}

/// Capital or operating expenditure.
pub fn spend_kind(slot: &Slot<RawSpend>) -> Option<SpendKind> {
    slot.get().map(|kind| match kind {
        RawSpend::Capex => SpendKind::Capex,
        RawSpend::Opex => SpendKind::Opex,
    })
}

impl Context<'_, '_> {
    /// Reads what the lines of one owner say about dates and payment.
    pub fn owner_lines(&mut self, lines: &[At<RawCost>], owner: &Owner<'_>, ledger: &mut Ledger<'_>) {
        for (key, at) in keyed(lines) {
            let raw = &at.value;
            if is_timed(raw) {
                let id = format!("{}/cost/{key}", owner.name);
                let amount = self.timed_amount(at, &id, owner, ledger);
                if let Some(category) = raw.category.at().filter(|_| !raw.percent.is_absent()) {
                    ledger.percents.push((owner.on, category.value.clone()));
                }
                let Some(amount) = amount else { continue };
                let exchange = self.exchange(&raw.currency);
                ledger.lines.push(TimedLine {
                    id,
                    on: owner.on,
                    amount,
                    kind: spend_kind(&raw.kind),
                    category: raw.category.get().cloned(),
                    vendor: raw.vendor.get().cloned(),
                    cost_centre: raw.cost_centre.get().or(owner.cost_centre).cloned(),
                    exchange,
                    terms_days: self.calendar_days(&raw.terms, "the time to a payment"),
                });
                self.no_paid(raw);
                continue;
            }
            let terms = LineTerms {
                payment: match raw.paid.get() {
                    Some(RawPaid::Start) => Payment::Start,
                    Some(RawPaid::End) => Payment::End,
                    Some(RawPaid::Spread) | None => Payment::Spread,
                },
                terms_days: self.calendar_days(&raw.terms, "the time to a payment"),
                vendor: raw.vendor.get().cloned(),
                cost_centre: raw.cost_centre.get().or(owner.cost_centre).cloned(),
                exchange: self.exchange(&raw.currency),
            };
            if terms != LineTerms::default() {
                ledger.terms.insert((owner.on, key), terms);
            }
        }
    }

    fn no_paid(&mut self, raw: &RawCost) {
        if let Some(at) = raw.paid.at() {
            let message = "`paid` is for costs of work; this line says itself when it is due";
            self.desk.report(code::CONFLICTING_KEYS, at.place(), message, "remove `paid`, or use `terms`");
        }
    }

    fn timed_amount(
        &mut self,
        at: &At<RawCost>,
        id: &str,
        owner: &Owner<'_>,
        ledger: &mut Ledger<'_>,
    ) -> Option<TimedAmount> {
        let raw = &at.value;
        let given = [
            ("lump", !raw.lump.is_absent()),
            ("rate", !raw.rate.is_absent()),
            ("percent", !raw.percent.is_absent()),
        ];
        let mut named = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
        let Some(form) = named.next() else {
            let help = "write an amount: { lump = 20_000, at = \"golive\" }, a rate: { rate = \"9_000/emo\", from = \
                        \"start\", to = \"golive\" }, or a share: { percent = \"12 %\" }";
            let message = "the cost line has neither `lump` nor `rate` nor `percent`";
            self.desk.report(code::MISSING_KEY, at.place(), message, help);
            return None;
        };
        if let Some(other) = named.next() {
            let message = format!("`{form}` and `{other}` exclude each other");
            self.desk.report(code::CONFLICTING_KEYS, at.place(), message, "write two cost lines");
            return None;
        }
        self.only_of(form, raw);
        match form {
            "lump" if !raw.every.is_absent() => self.recurring(raw, owner, ledger),
            "lump" => self.due(raw, id, owner, ledger),
            "rate" => self.span(raw, owner, ledger),
            _ => self.percent(at, owner, ledger),
        }
    }

    /// Keys that mean nothing for a form of line.
    fn only_of(&mut self, form: &str, raw: &RawCost) {
        let is_recurring = !raw.every.is_absent();
        let keys = [
            ("at", raw.at.place(), form == "lump" && !is_recurring),
            ("from", raw.from.place(), form == "rate" || is_recurring),
            ("to", raw.to.place(), form == "rate" || is_recurring),
            ("every", raw.every.place(), form == "lump"),
            ("ramp", raw.ramp.place(), form == "rate"),
            ("factor", raw.factor.place(), form == "rate"),
            ("reserved", raw.reserved.place(), form == "rate"),
            ("of", raw.of.place(), form == "percent"),
            ("units", raw.units.place(), form == "rate"),
            ("currency", raw.currency.place(), form != "percent"),
            ("plan", raw.plan.place(), form == "lump"),
        ];
        for (key, place, fits) in keys {
            if let (Some(place), false) = (place, fits) {
                let what = if form == "lump" && is_recurring { "a recurring lump sum" } else { form };
                let message = format!("`{key}` means nothing for `{what}`");
                self.desk.report(code::CONFLICTING_KEYS, Some(place), message, &format!("remove `{key}`"));
            }
        }
    }

    fn money_estimate(
        &mut self,
        slot: &Slot<RawEstimate>,
        plan: &Slot<f64>,
        currency: &Slot<String>,
    ) -> Option<Estimate> {
        let at = slot.at()?;
        let mut meter = self.meter(Measure::Money, self.calendars.default());
        let written = read(at, &mut meter, None, self.desk)?;
        let plan = self.desk.in_range(plan, 0.0, 1e13, "the plan value of a cost");
        let plan = plan.map(|plan| plan * self.settings.currency.minor_per_major() as f64);
        let estimate = written.build(plan.or(written.point), at.place(), self.desk)?;
        self.check_reach(&estimate, &written.law, at.place());
        Some(self.exchanged(estimate, currency))
    }

    /// An amount of money in the currency of the program.
    pub fn price(&mut self, slot: &Slot<RawEstimate>, currency: &Slot<String>) -> Option<Estimate> {
        self.money_estimate(slot, &Slot::Absent, currency)
    }

    /// A share that may be uncertain.
    pub fn uncertain_share(&mut self, slot: &Slot<RawEstimate>, is_signed: bool) -> Option<Estimate> {
        let at = slot.at()?;
        let meter = self.meter(Measure::Share, self.calendars.default());
        let mut meter = if is_signed { meter.signed() } else { meter };
        let written = read(at, &mut meter, None, self.desk)?;
        written.build(written.point, at.place(), self.desk)
    }

    fn due(
        &mut self,
        raw: &RawCost,
        id: &str,
        owner: &Owner<'_>,
        ledger: &mut Ledger<'_>,
    ) -> Option<TimedAmount> {
        let price = self.money_estimate(&raw.lump, &raw.plan, &raw.currency);
        let at = self.moment(raw.at.at()?, End::Finish, owner.scope, ledger.names)?;
        Some(TimedAmount::Due { price: price?, price_key: id.to_owned(), shares: (0.0, 1.0), at })
    }

    fn ends(&mut self, raw: &RawCost, owner: &Owner<'_>, ledger: &Ledger<'_>) -> Option<(Moment, Moment)> {
        let from = match raw.from.at() {
            Some(at) => self.moment(at, End::Start, owner.scope, ledger.names),
            None => Some(owner.ends.0),
        };
        let to = match raw.to.at() {
            Some(at) => self.moment(at, End::Finish, owner.scope, ledger.names),
            None => Some(owner.ends.1),
        };
        let (from, to) = (from?, to?);
        let is_turned = match (from, to) {
            (Moment::Fixed(from), Moment::Fixed(to)) => from >= to,
            (Moment::TaskFinish(from), Moment::TaskStart(to)) => from == to && !ledger.is_milestone(from),
            (Moment::ProjectFinish(from), Moment::ProjectStart(to)) => from == to,
            (Moment::ProgramFinish, _) | (_, Moment::ProgramStart) => true,
            (_, Moment::Fixed(to)) => to <= ledger.start,
            _ => false,
        };
        if is_turned {
            let place = raw.to.place().or(raw.from.place());
            let message = "the cost ends before it begins";
            self.desk.report(
                code::BAD_SPAN,
                place,
                message,
                "exchange `from` and `to`, or name other moments",
            );
            return None;
        }
        Some((from, to))
    }

    fn recurring(&mut self, raw: &RawCost, owner: &Owner<'_>, ledger: &Ledger<'_>) -> Option<TimedAmount> {
        let amount = self.money_estimate(&raw.lump, &raw.plan, &raw.currency);
        let ends = self.ends(raw, owner, ledger);
        let months = match raw.every.get()? {
            RawEvery::Month => 1,
            RawEvery::Quarter => 3,
            RawEvery::Year => 12,
        };
        let (from, to) = ends?;
        Some(TimedAmount::Recurring { amount: amount?, months, from, to })
    }

    fn span(&mut self, raw: &RawCost, owner: &Owner<'_>, ledger: &Ledger<'_>) -> Option<TimedAmount> {
        let ends = self.ends(raw, owner, ledger);
        let rate = raw.rate.at()?;
        let (amount, per) = written_rate(self, rate)?;
        let (clock, scale) = match per.elapsed {
            true => (Clock::Elapsed, WorkScale::ELAPSED),
            false => (Clock::Working, self.calendars.scale(self.calendars.default())),
        };
        let units = self.desk.in_range(&raw.units, 0.0, 1e6, "the units of a rate").unwrap_or(1.0);
        let per_minute = amount * self.minor_per_major(&raw.currency) * units / per.minutes(scale);
        let ramp_minutes = self.clock_minutes(&raw.ramp, clock, scale, "the ramp");
        let factor = self.uncertain_share(&raw.factor, false);
        let reserved = raw.reserved.at().and_then(|at| self.reserved(at, clock, scale));
        if !raw.factor.is_absent() && factor.is_none() {
            return None;
        }
        let (from, to) = ends?;
        Some(TimedAmount::Span { per_minute, factor, clock, from, to, ramp_minutes, reserved })
    }

    fn reserved(&mut self, at: &At<RawReserved>, clock: Clock, scale: WorkScale) -> Option<Reserved> {
        let raw = &at.value;
        self.desk.require("the reservation", "discount", &raw.discount, at.place());
        let discount = self.share(&raw.discount, 0.0, 1.0, "the discount");
        let share = self.share(&raw.share, 0.0, 1.0, "the reserved share").unwrap_or(1.0);
        let after_minutes =
            self.clock_minutes(&raw.after, clock, scale, "the time until a reservation applies");
        Some(Reserved { after_minutes, keep: 1.0 - share * discount? })
    }

    /// A duration in minutes of the clock of a line; 0 if absent.
    fn clock_minutes(&mut self, slot: &Slot<Quantity>, clock: Clock, scale: WorkScale, what: &str) -> f64 {
        let Some(at) = slot.at() else { return 0.0 };
        let Quantity::Duration(text) = &at.value else {
            let message = format!("{what} is a duration, found {}", at.value.kind());
            self.desk.report(code::WRONG_UNIT, at.place(), message, "write it as \"6emo\" or \"120d\"");
            return 0.0;
        };
        if text.elapsed != (clock == Clock::Elapsed) {
            let message = format!("{what} `{text}` and the rate count different time");
            let help = "write both with `e` for calendar time, or both without for working time";
            self.desk.report(code::CLOCKS_DIFFER, at.place(), message, help);
        }
        let minutes = DurationText::minutes(*text, scale);
        if !(0.0..=1e8).contains(&minutes) {
            let message = format!("{what} `{text}` is not a length of time that can be counted with");
            self.desk.report(code::OUT_OF_RANGE, at.place(), message, "");
            return 0.0;
        }
        minutes
    }

    fn percent(
        &mut self,
        at: &At<RawCost>,
        owner: &Owner<'_>,
        ledger: &mut Ledger<'_>,
    ) -> Option<TimedAmount> {
        let raw = &at.value;
        let share = self.uncertain_share(&raw.percent, false);
        let of = match raw.of.get() {
            None => PercentOf::Everything,
            Some(Many(names)) => {
                for name in names {
                    if raw.category.get() == Some(&name.value) {
                        let message =
                            format!("the percentage is one of `{}`, of which it is taken", name.value);
                        let help = "give the line another category, or take it of other ones";
                        self.desk.report(code::PERCENT_OF_ITSELF, name.place(), message, help);
                    }
                }
                ledger.wanted.extend(names.iter().map(|name| (owner.on, name.clone())));
                PercentOf::Categories(names.iter().map(|name| name.value.clone()).collect())
            }
        };
        Some(TimedAmount::Percent { share: share?, of })
    }
}
