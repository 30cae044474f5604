//! What the programs of a portfolio have to agree on about money.

use super::assembly::Assembly;
use super::context::Context;
use super::settings::{Settings, confidence, currency};
use crate::diag::{Diagnostic, Place, code};
use crate::model::{Finance, Program};
use crate::scenario::open::Desk;
use crate::scenario::places::Places;
use crate::scenario::raw::{At, Named, RawPortfolio, Slot};
use crate::units::{Currency, Instant};

impl Settings {
    /// The settings of a portfolio, with those of its programs where it says nothing.
    pub fn of_portfolio(
        written: &Slot<RawPortfolio>,
        members: &[(&At<String>, &Program, &Places)],
        desk: &mut Desk<'_>,
    ) -> Self {
        let raw = written.get().cloned().unwrap_or_default();
        let place = written.place();
        desk.require("the portfolio", "name", &raw.name, place);
        let mut settings = Self {
            name: raw.name.get().cloned().unwrap_or_default(),
            confidence: confidence(&raw.confidence, desk),
            ..Self::default()
        };
        let first = members.first().map(|(_, program, _)| program.currency());
        settings.currency = first.unwrap_or(settings.currency);
        if raw.currency.is_absent() {
            let other = members.iter().find(|(_, program, _)| program.currency() != settings.currency);
            if let Some((id, program, _)) = other {
                let message = format!(
                    "the programs count in different currencies: `{}` in {}, others in {}",
                    id.value,
                    program.currency(),
                    settings.currency
                );
                let help = format!(
                    "say in which they are added up, and what the others cost in it: currency = \"{}\", rates = {{ {} = \
                     0.92 }}",
                    settings.currency,
                    program.currency()
                );
                desk.report(code::MISSING_KEY, place, message, &help);
            }
        } else {
            settings.currency = currency(&raw.currency, desk);
        }
        settings
    }
}

impl Assembly<'_> {
    /// Minor units of the portfolio for one of each program; one that is unknown is reported.
    pub(super) fn rates(&self, settings: &Settings, desk: &mut Desk<'_>) -> Vec<f64> {
        let raw = self.portfolio.portfolio.get().cloned().unwrap_or_default();
        let written = raw.rates.get().map_or(&[][..], |Named(rates)| rates);
        let mut known: Vec<(Currency, f64)> = vec![(settings.currency, 1.0)];
        for (code_at, at) in written {
            let Ok(currency) = code_at.value.parse::<Currency>() else {
                let message = format!("`{}` is not a currency code", code_at.value);
                let help = "write the three capital letters of ISO 4217, such as `USD`";
                desk.report(code::BAD_CURRENCY, code_at.place(), message, help);
                continue;
            };
            if currency == settings.currency {
                let message = format!("`{currency}` is the currency of the portfolio");
                desk.report(code::BAD_CURRENCY, code_at.place(), message, "name other currencies only");
            } else if !(at.value > 0.0 && at.value < 1e9) {
                let message = format!("the rate of `{currency}` cannot be `{}`", at.value);
                let help =
                    format!("write what one {currency} costs in {}: a number above 0", settings.currency);
                desk.report(code::OUT_OF_RANGE, at.place(), message, &help);
            } else {
                known.push((currency, at.value));
            }
        }
        let mut rates = Vec::new();
        for (id, program, _) in &self.members {
            let own = program.currency();
            let Some((_, rate)) = known.iter().find(|(currency, _)| *currency == own) else {
                // Without a currency of the portfolio that has been said.
                if !raw.currency.is_absent() {
                    let message = format!("`{}` counts in {own}, of which no rate is given", id.value);
                    let help = format!(
                        "say what one {own} costs in {}: rates = {{ {own} = 0.92 }}",
                        settings.currency
                    );
                    desk.report(code::UNKNOWN_CURRENCY, id.place(), message, &help);
                }
                rates.push(1.0);
                continue;
            };
            let minor = |currency: Currency| currency.minor_per_major() as f64;
            rates.push(rate * minor(settings.currency) / minor(own));
        }
        rates
    }

    /// How the money of all programs is valued: as the portfolio says, else as all of them say.
    pub(super) fn terms(&self, start: Instant, context: &mut Context<'_, '_>) -> Option<Finance> {
        let all = self.members.iter().filter_map(|(id, program, _)| Some((*id, program.finance()?)));
        let finances: Vec<(&At<String>, &Finance)> = all.collect();
        for (id, finance) in &finances {
            if finance.cap.is_some() {
                let message =
                    format!("`{}` lets work wait for its funding, which a portfolio does not do", id.value);
                let help = "name a variant of it that has no `funding_cap`, or simulate it by itself";
                context.desk.report(code::OWN_FUNDING, id.place(), message, help);
            }
        }
        let mut terms = Finance::new(start);
        let written = self.portfolio.money.get();
        if let Some((_, first)) = finances.first() {
            (terms.year_start, terms.period, terms.base) = (first.year_start, first.period, first.base);
        }
        if let Some(raw) = written {
            let foreign: [(&str, Option<&Place>); 3] = [
                ("escalation", raw.escalation.place()),
                ("currencies", raw.currencies.place()),
                ("funding_cap", raw.funding_cap.place()),
            ];
            for (key, place) in foreign.into_iter().filter(|(_, place)| place.is_some()) {
                let message = format!("`{key}` belongs to the programs, not to the portfolio");
                let help = "write it in the files of the programs";
                context.desk.report(code::NOT_OF_A_PORTFOLIO, place, message, help);
            }
            context.money_table(raw, &mut terms);
            (terms.escalations, terms.cap) = (Vec::new(), None);
        }
        if terms.discount_rate.is_none() {
            self.agree(&finances, &mut terms, context.desk);
        }
        (written.is_some() || !finances.is_empty()).then_some(terms)
    }

    /// Takes over how programs discount, if all that do agree.
    fn agree(&self, finances: &[(&At<String>, &Finance)], terms: &mut Finance, desk: &mut Desk<'_>) {
        let mut cases = finances.iter().filter(|(_, finance)| finance.has_case());
        let Some((first, one)) = cases.next() else { return };
        (terms.discount_rate, terms.valuation) = (one.discount_rate, one.valuation);
        (terms.dating, terms.tax_rate) = (one.dating, one.tax_rate);
        let how =
            |finance: &Finance| (finance.discount_rate, finance.valuation, finance.dating, finance.tax_rate);
        for (other, finance) in cases {
            if how(finance) == how(one) {
                continue;
            }
            let what = if finance.discount_rate != one.discount_rate {
                "discount at different rates"
            } else if finance.valuation != one.valuation {
                "are valued on different days"
            } else {
                "are discounted or taxed differently"
            };
            let message =
                format!("`{}` and `{}` {what}: their values do not add up", first.value, other.value);
            let help = "say it once for all: [money] discount_rate = \"8 %\", valuation_date = 2027-01-01 in the portfolio";
            let problem = Diagnostic::new(code::MONEY_DISAGREES, message).at_place(other.place(), "");
            desk.problems.push(problem.at_place(first.place(), "").help(help));
        }
    }

    /// Reports what a portfolio cannot have of its own.
    pub(super) fn report_foreign(&self, desk: &mut Desk<'_>) {
        let parts = self.portfolio;
        let named: [(&str, bool, Option<&Place>); 12] = [
            ("program", !parts.program.is_absent(), parts.program.place()),
            ("projects", !parts.projects.is_empty(), parts.projects.first().and_then(|(id, _)| id.place())),
            ("tasks", !parts.tasks.is_empty(), parts.tasks.first().and_then(At::place)),
            ("milestones", !parts.milestones.is_empty(), parts.milestones.first().and_then(At::place)),
            (
                "alternatives",
                !parts.alternatives.is_empty(),
                parts.alternatives.first().and_then(|(id, _)| id.place()),
            ),
            ("rework", !parts.rework.is_empty(), parts.rework.first().and_then(At::place)),
            ("roles", !parts.roles.is_empty(), parts.roles.first().and_then(|(id, _)| id.place())),
            ("costs", !parts.costs.is_empty(), parts.costs.first().and_then(At::place)),
            (
                "contracts",
                !parts.contracts.is_empty(),
                parts.contracts.first().and_then(|(id, _)| id.place()),
            ),
            ("benefits", !parts.benefits.is_empty(), parts.benefits.first().and_then(|(id, _)| id.place())),
            (
                "reference_classes",
                !parts.references.is_empty(),
                parts.references.first().and_then(|(id, _)| id.place()),
            ),
            ("status", !parts.statuses.is_empty(), parts.statuses.first().and_then(At::place)),
        ];
        for (key, _, place) in named.into_iter().filter(|(_, is_there, _)| *is_there) {
            let message = format!("`{key}` belongs to a program, not to a portfolio");
            let help = "write it in the file of a program that the portfolio names";
            desk.report(code::NOT_OF_A_PORTFOLIO, place, message, help);
        }
    }
}
