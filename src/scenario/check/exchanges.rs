//! Other currencies.

use super::context::Context;
use super::estimate::read;
use super::meter::Measure;
use crate::diag::{Diagnostic, Place, code};
use crate::model::{Estimate, Exchange};
use crate::scenario::raw::{At, Named, RawMoney, Slot};
use crate::units::Currency;

impl Context<'_, '_> {
    /// Reads what other currencies cost.
    pub fn read_exchanges(&mut self, money: &Slot<RawMoney>) {
        let Some(Named(currencies)) = money.get().and_then(|money| money.currencies.get()) else { return };
        for (code_at, at) in currencies {
            let Ok(currency) = code_at.value.parse::<Currency>() else {
                let message = format!("`{}` is not a currency code", code_at.value);
                let help = "write the three capital letters of ISO 4217, such as `USD`";
                self.desk.report(code::BAD_CURRENCY, code_at.place(), message, help);
                continue;
            };
            if currency == self.settings.currency {
                let message = format!("`{currency}` is the currency of the program");
                self.desk.report(code::BAD_CURRENCY, code_at.place(), message, "name other currencies only");
                continue;
            }
            let mut meter = self.meter(Measure::Share, self.calendars.default());
            let Some(written) = read(at, &mut meter, None, self.desk) else { continue };
            let Some(rate) = written.build(written.point, at.place(), self.desk) else { continue };
            if rate.plan <= 0.0 || rate.law.support_ends().0 < 0.0 {
                let message = format!("the rate of `{currency}` must be above zero");
                self.desk.report(code::OUT_OF_RANGE, at.place(), message, "");
                continue;
            }
            self.exchanges.push(Exchange { key: currency.code().to_owned(), currency, rate });
        }
    }

    /// The place of a currency among the others; nothing for that of the program. An unknown one is reported.
    pub fn exchange(&mut self, slot: &Slot<String>) -> Option<usize> {
        let at = slot.at()?;
        if at.value == self.settings.currency.code() {
            return None;
        }
        let found = self.exchanges.iter().position(|exchange| exchange.currency.code() == at.value);
        if found.is_none() {
            self.unknown_currency(at);
        }
        found
    }

    /// An estimate in the currency of the program, at the plan value of the rate.
    pub fn exchanged(&mut self, estimate: Estimate, slot: &Slot<String>) -> Estimate {
        let Some(at) = self.exchange(slot) else { return estimate };
        let rate = self.exchanges[at].rate.plan;
        match estimate.law.scaled(rate) {
            Ok(law) => Estimate { law, plan: estimate.plan * rate },
            Err(_) => Estimate::certain(estimate.plan * rate),
        }
    }

    /// Minor units of the program's currency in a major unit of the one that is named, at the plan value of its rate.
    pub fn minor_per_major(&mut self, slot: &Slot<String>) -> f64 {
        let rate = self.exchange(slot).map_or(1.0, |at| self.exchanges[at].rate.plan);
        self.settings.currency.minor_per_major() as f64 * rate
    }

    fn unknown_currency(&mut self, at: &At<String>) {
        let message = format!("no rate is given for the currency `{}`", at.value);
        let known: Vec<&str> = self.exchanges.iter().map(|exchange| exchange.currency.code()).collect();
        let help = if known.is_empty() {
            format!("say what it costs: [money.currencies] {} = 0.92", at.value)
        } else {
            format!("known are {}; add it to [money.currencies]", known.join(", "))
        };
        // A line is asked for its currency several times.
        let is_same =
            |problem: &Diagnostic| problem.code == code::UNKNOWN_CURRENCY && is_at(problem, at.place());
        if !self.desk.problems.iter().any(is_same) {
            self.desk.report(code::UNKNOWN_CURRENCY, at.place(), message, &help);
        }
    }
}

/// Whether a problem has been reported at a place.
fn is_at(problem: &Diagnostic, place: Option<&Place>) -> bool {
    problem
        .labels
        .first()
        .zip(place)
        .is_some_and(|(label, place)| label.file == place.file && label.span == place.span())
}
