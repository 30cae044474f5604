//! Contracts: the cost lines that they stand for.

use super::context::Context;
use super::costs::written_rate;
use super::finance::Ledger;
use super::moments::End;
use super::timed::spend_kind;
use crate::diag::code;
use crate::model::{Bearer, Clock, Endpoint, Moment, Task, TaskIx, TimedAmount, TimedLine};
use crate::scenario::raw::{At, Many, RawContract, RawDate, RawIncentive, RawPayer, RawPenalty, Slot};
use crate::units::{Instant, WorkScale};

impl Context<'_, '_> {
    /// Adds the lines of a contract.
    pub fn contract(
        &mut self,
        id: &At<String>,
        at: &At<RawContract>,
        tasks: &[Task],
        ledger: &mut Ledger<'_>,
    ) {
        let raw = &at.value;
        let on = self.contract_bearer(raw, ledger);
        let covered = self.covered(raw, tasks, ledger);
        let terms_days = self.calendar_days(&raw.terms, "the time to a payment");
        let exchange = self.exchange(&raw.currency);
        let vendor = Some(raw.vendor.get().unwrap_or(&id.value).clone());
        let category = raw.category.get().cloned();
        let of_project = match on {
            Bearer::Project(project) => ledger.cost_centre(project),
            Bearer::Program | Bearer::Task(_) => None,
        };
        let cost_centre = raw.cost_centre.get().or(of_project).cloned();
        let key = format!("contract/{}", id.value);
        let mut amounts: Vec<(String, TimedAmount)> = Vec::new();
        match (raw.price.is_absent(), raw.rate.is_absent()) {
            (true, true) if raw.penalty.is_absent() && raw.incentive.is_absent() => {
                let message = format!("the contract `{}` has neither `price` nor `rate`", id.value);
                let help = "write a fixed price: price = 400_000, or time and materials: rate = \"900/d\"";
                self.desk.report(code::MISSING_KEY, at.place(), message, help);
            }
            (false, false) => {
                let message = "a fixed `price` and a `rate` for time and materials exclude each other";
                self.desk.report(code::BAD_CONTRACT, raw.rate.place(), message, "write two contracts");
            }
            (false, true) => amounts.extend(self.instalments(raw, &key, at, ledger)),
            (true, false) => {
                amounts.extend(self.materials(raw, &covered, tasks, at).map(|amount| (key.clone(), amount)))
            }
            (true, true) => {}
        }
        for (what, place, is_for_rate) in [
            ("cap", raw.cap.place(), true),
            ("units", raw.units.place(), true),
            ("payments", raw.payments.place(), false),
        ] {
            if let Some(place) = place.filter(|_| is_for_rate == raw.rate.is_absent()) {
                let message =
                    format!("`{what}` is for {}", if is_for_rate { "a `rate`" } else { "a fixed `price`" });
                self.desk.report(code::BAD_CONTRACT, Some(place), message, "");
            }
        }
        for (number, penalty) in raw.penalty.get().into_iter().flat_map(|Many(list)| list).enumerate() {
            let amount = self.penalty(penalty, raw, ledger);
            amounts.extend(amount.map(|amount| (format!("{key}/penalty/{}", number + 1), amount)));
        }
        for (number, incentive) in raw.incentive.get().into_iter().flat_map(|Many(list)| list).enumerate() {
            let amount = self.incentive(incentive, raw, ledger);
            amounts.extend(amount.map(|amount| (format!("{key}/incentive/{}", number + 1), amount)));
        }
        let kind = spend_kind(&raw.kind);
        ledger.lines.extend(amounts.into_iter().map(|(id, amount)| TimedLine {
            id,
            on,
            amount,
            kind,
            category: category.clone(),
            vendor: vendor.clone(),
            cost_centre: cost_centre.clone(),
            exchange,
            terms_days,
        }));
    }

    fn contract_bearer(&mut self, raw: &RawContract, ledger: &Ledger<'_>) -> Bearer {
        let Some(name) = raw.project.at() else { return Bearer::Program };
        match ledger.names.resolve(name, None, self.desk) {
            Some(Endpoint::Project(project)) => Bearer::Project(project),
            Some(Endpoint::Task(_)) => {
                let message = format!("`{}` is a task, a project is needed here", name.value);
                self.desk.report(code::WRONG_KIND, name.place(), message, "");
                Bearer::Program
            }
            None => Bearer::Program,
        }
    }

    fn covered(&mut self, raw: &RawContract, tasks: &[Task], ledger: &Ledger<'_>) -> Vec<TaskIx> {
        let mut covered = Vec::new();
        for name in raw.covers.get().into_iter().flat_map(|Many(names)| names) {
            match ledger.names.resolve(name, None, self.desk) {
                Some(Endpoint::Task(task)) => covered.push(task),
                Some(Endpoint::Project(project)) => {
                    let is_in = |task: &Task| ledger.is_within(task.project, project);
                    let inside = tasks.iter().enumerate().filter(|(_, task)| is_in(task));
                    covered.extend(inside.map(|(at, _)| TaskIx::new(at)));
                }
                None => {}
            }
        }
        covered.sort_unstable();
        covered.dedup();
        covered
    }

    /// The parts of a fixed price.
    fn instalments(
        &mut self,
        raw: &RawContract,
        key: &str,
        at: &At<RawContract>,
        ledger: &Ledger<'_>,
    ) -> Vec<(String, TimedAmount)> {
        let price = self.price(&raw.price, &raw.currency);
        let mut parts: Vec<(Moment, f64)> = Vec::new();
        match raw.payments.get() {
            Some(payments) => {
                for payment in payments {
                    self.desk.require("the payment", "at", &payment.value.at, payment.place());
                    self.desk.require("the payment", "share", &payment.value.share, payment.place());
                    let share = self.share(&payment.value.share, 0.0, 1.0, "the share of a payment");
                    let due = payment.value.at.at();
                    let due = due.and_then(|due| self.moment(due, End::Finish, None, ledger.names));
                    parts.extend(due.zip(share));
                }
                let total: f64 = parts.iter().map(|(_, share)| share).sum();
                if parts.len() == payments.len() && libm::fabs(total - 1.0) > 1e-6 {
                    let message =
                        format!("the payments come to {} % of the price", (total * 1e6).round() / 1e4);
                    let help = "shares of a fixed price add up to 100 %";
                    self.desk.report(code::BAD_CONTRACT, raw.payments.place(), message, help);
                    return Vec::new();
                }
            }
            None if raw.payments.is_absent() => match raw.covers.get() {
                Some(Many(names)) => {
                    let [name] = names.as_slice() else {
                        let message = "a contract that covers several things says when it is paid";
                        let help = "add payments: [{ at = \"accepted\", share = 1 }]";
                        self.desk.report(code::BAD_CONTRACT, raw.covers.place(), message, help);
                        return Vec::new();
                    };
                    // An unknown name has been reported with the others.
                    let end = ledger.names.find(&name.value);
                    parts.extend(end.map(|end| match end {
                        Endpoint::Task(task) => (Moment::TaskFinish(task), 1.0),
                        Endpoint::Project(project) => (Moment::ProjectFinish(project), 1.0),
                    }));
                }
                None => {
                    let message = "the contract does not say when its price is paid";
                    let help = "add payments: [{ at = \"accepted\", share = 1 }], or what it covers";
                    self.desk.report(code::MISSING_KEY, at.place(), message, help);
                }
            },
            None => {}
        }
        let Some(price) = price else { return Vec::new() };
        let mut before = 0.0;
        let last = parts.len();
        let part = |(number, (due, share)): (usize, (Moment, f64))| {
            let from = before;
            before = if number + 1 == last { 1.0 } else { f64::min(before + share, 1.0) };
            let amount = TimedAmount::Due {
                price: price.clone(),
                price_key: key.to_owned(),
                shares: (from, before),
                at: due,
            };
            (format!("{key}/payment/{}", number + 1), amount)
        };
        parts.into_iter().enumerate().map(part).collect()
    }

    fn materials(
        &mut self,
        raw: &RawContract,
        covered: &[TaskIx],
        tasks: &[Task],
        at: &At<RawContract>,
    ) -> Option<TimedAmount> {
        if raw.covers.is_absent() {
            let message = "time and materials need the tasks whose time is counted";
            self.desk.report(code::MISSING_KEY, at.place(), message, "add covers = [\"project.task\"]");
        }
        let (amount, per) = written_rate(self, raw.rate.at()?)?;
        let units = self.desk.in_range(&raw.units, 0.0, 1e6, "the units of a rate");
        let major = self.minor_per_major(&raw.currency);
        let rates = covered.iter().filter_map(|&task| {
            let one = &tasks[task.index()];
            let (_, clock) = one.duration()?;
            let scale = match (clock, per.elapsed) {
                (Clock::Working, false) => self.calendars.scale(one.calendar),
                (Clock::Elapsed, _) => WorkScale::ELAPSED,
                (Clock::Working, true) => return Some((task, f64::NAN)),
            };
            Some((task, amount * major * units.unwrap_or(one.units) / per.minutes(scale)))
        });
        let rates: Vec<(TaskIx, f64)> = rates.collect();
        if rates.iter().any(|(_, rate)| rate.is_nan()) {
            let message = "the rate counts elapsed time, the tasks working time";
            self.desk.report(code::CLOCKS_DIFFER, raw.rate.place(), message, "write the unit without `e`");
            return None;
        }
        let cap = self.cap(&raw.cap, major);
        Some(TimedAmount::Materials { tasks: rates, cap })
    }

    /// The most that something comes to, in minor units.
    fn cap(&mut self, slot: &Slot<f64>, minor_per_major: f64) -> Option<i64> {
        let cap = self.desk.in_range(slot, 0.0, 1e13, "the cap")?;
        // Within the bounds of the range, which 64 bits hold in any currency.
        Some((cap * minor_per_major).round_ties_even() as i64)
    }

    /// Minor units per calendar day.
    fn per_day(&mut self, slot: &Slot<String>, raw: &RawContract, payer: RawPayer) -> Option<f64> {
        let at = slot.at()?;
        let (amount, per) = written_rate(self, at)?;
        let days = per.minutes(WorkScale::ELAPSED) / 1_440.0;
        let weeks = !per.elapsed && per.unit == crate::units::DurationUnit::Week;
        let days = if weeks {
            7.0
        } else if !per.elapsed {
            calendar_days_of(per)
        } else {
            days
        };
        let sign = if payer == RawPayer::Us { 1.0 } else { -1.0 };
        Some(sign * amount * self.minor_per_major(&raw.currency) / days)
    }

    fn penalty(
        &mut self,
        at: &At<RawPenalty>,
        contract: &RawContract,
        ledger: &Ledger<'_>,
    ) -> Option<TimedAmount> {
        let raw = &at.value;
        self.desk.require("the penalty", "on", &raw.on, at.place());
        self.desk.require("the penalty", "after", &raw.after, at.place());
        self.desk.require("the penalty", "rate", &raw.rate, at.place());
        let payer = raw.paid_by.get().copied().unwrap_or(RawPayer::Vendor);
        let of = raw.on.at().and_then(|on| self.moment(on, End::Finish, None, ledger.names));
        let grace_days = self.calendar_days(&raw.grace, "the grace");
        let per_day = self.per_day(&raw.rate, contract, payer);
        let major = self.minor_per_major(&contract.currency);
        let cap = self.cap(&raw.cap, major);
        let after = self.day(&raw.after, ledger, "a penalty")?;
        Some(TimedAmount::Late { of: of?, after, grace_days, per_day: per_day?, cap })
    }

    fn incentive(
        &mut self,
        at: &At<RawIncentive>,
        contract: &RawContract,
        ledger: &Ledger<'_>,
    ) -> Option<TimedAmount> {
        let raw = &at.value;
        self.desk.require("the incentive", "on", &raw.on, at.place());
        self.desk.require("the incentive", "before", &raw.before, at.place());
        self.desk.require("the incentive", "rate", &raw.rate, at.place());
        let payer = raw.paid_by.get().copied().unwrap_or(RawPayer::Us);
        let of = raw.on.at().and_then(|on| self.moment(on, End::Finish, None, ledger.names));
        let per_day = self.per_day(&raw.rate, contract, payer);
        let major = self.minor_per_major(&contract.currency);
        let cap = self.cap(&raw.cap, major);
        let before = self.day(&raw.before, ledger, "an incentive")?;
        Some(TimedAmount::Early { of: of?, before, per_day: per_day?, cap })
    }

    /// The end of a day that must not lie before the program.
    fn day(&mut self, slot: &Slot<RawDate>, ledger: &Ledger<'_>, what: &str) -> Option<Instant> {
        let at = slot.at()?;
        let day = Instant(at.value.at.0.saturating_add(1_440));
        if day <= ledger.start {
            let message = format!("{what} counts from a day before the program starts");
            self.desk.report(code::BAD_CONTRACT, at.place(), message, "");
            return None;
        }
        Some(day)
    }
}

/// Days that a unit without `e` stands for: what is late is late by the calendar, whoever works.
fn calendar_days_of(per: crate::units::DurationText) -> f64 {
    crate::units::DurationText { elapsed: true, ..per }.minutes(WorkScale::ELAPSED) / 1_440.0
}
