//! What money does over time: the table, the timed lines of all bearers, contracts and benefits.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::names::Names;
use super::timed::Owner;
use super::tree::{Body, Tree};
use crate::diag::code;
use crate::model::{
    Bearer, Dating, Escalation, Finance, Funding, Leftover, LineTerms, Moment, PeriodLength, PriceIndex,
    ProjectIx, Reserve, Task, TaskIx, TimedLine,
};
use crate::scenario::collect::Parts;
use crate::scenario::raw::{
    At, Many, Named, Quantity, RawCost, RawDate, RawDiscounting, RawEscalation, RawFunding, RawLeftover,
    RawMoney, RawPeriod, Slot, closest,
};
use crate::units::{Instant, Money};

/// What is gathered while the bearers are read.
pub struct Ledger<'a> {
    pub names: &'a Names,
    pub start: Instant,
    pub lines: Vec<TimedLine>,
    pub terms: BTreeMap<(Bearer, String), LineTerms>,
    /// Categories that percentages are taken of.
    pub wanted: Vec<(Bearer, At<String>)>,
    /// Categories of percentages.
    pub percents: Vec<(Bearer, String)>,
    tree: &'a Tree,
    tasks: &'a [Task],
}

impl Ledger<'_> {
    /// Whether a task is a milestone.
    pub fn is_milestone(&self, task: TaskIx) -> bool {
        self.tasks[task.index()].is_milestone()
    }

    /// The cost centre of a project.
    pub fn cost_centre(&self, project: ProjectIx) -> Option<&String> {
        self.tree.projects[project.index()].inherited.cost_centre.as_ref()
    }

    /// Whether a project is another or lies below it.
    pub fn is_within(&self, project: Option<ProjectIx>, above: ProjectIx) -> bool {
        let mut at = project;
        while let Some(here) = at {
            if here == above {
                return true;
            }
            at = self.tree.projects[here.index()].parent;
        }
        false
    }
}

impl Context<'_, '_> {
    /// Reads everything about money over time; nothing where the scenario says nothing.
    pub fn finance(&mut self, parts: &Parts, tree: &Tree, tasks: &[Task], start: Instant) -> Option<Finance> {
        let mut ledger = Ledger {
            names: &tree.names,
            start,
            lines: Vec::new(),
            terms: BTreeMap::new(),
            wanted: Vec::new(),
            percents: Vec::new(),
            tree,
            tasks,
        };
        self.bearers(parts, tree, &mut ledger);
        for (id, contract) in &parts.contracts {
            self.contract(id, contract, tasks, &mut ledger);
        }
        let mut finance = Finance::new(start);
        let raw = RawMoney::default();
        let raw = parts.money.get().unwrap_or(&raw);
        self.money_table(raw, &mut finance);
        for (id, benefit) in &parts.benefits {
            finance.benefits.extend(self.benefit(id, benefit, &ledger));
        }
        if !parts.benefits.is_empty() && finance.discount_rate.is_none() && raw.discount_rate.is_absent() {
            let place = parts.benefits.first().and_then(|(id, _)| id.place());
            let message = "benefits need a discount rate to be compared with costs";
            let help = "add it: [money] discount_rate = \"8 %\" (\"0 %\" counts all years alike)";
            self.desk.report(code::MISSING_KEY, place, message, help);
        }
        self.check_categories(parts, &ledger, raw);
        let is_silent = parts.money.is_absent()
            && ledger.lines.is_empty()
            && ledger.terms.is_empty()
            && finance.benefits.is_empty();
        (finance.lines, finance.terms) = (ledger.lines, ledger.terms);
        finance.exchanges.clone_from(&self.exchanges);
        (!is_silent).then_some(finance)
    }

    fn bearers(&mut self, parts: &Parts, tree: &Tree, ledger: &mut Ledger<'_>) {
        for (at, node) in tree.projects.iter().enumerate() {
            let project = ProjectIx::new(at);
            let owner = Owner {
                on: Bearer::Project(project),
                name: format!("project/{}", node.id),
                scope: Some(&node.id),
                ends: (Moment::ProjectStart(project), Moment::ProjectFinish(project)),
                cost_centre: node.inherited.cost_centre.as_ref(),
            };
            self.owner_lines(lines_of(&node.raw.value.cost), &owner, ledger);
        }
        for (at, node) in tree.tasks.iter().enumerate() {
            let task = TaskIx::new(at);
            let inherited =
                node.project.and_then(|at| tree.projects[at.index()].inherited.cost_centre.as_ref());
            let own = match &node.body {
                Body::Task(raw) => raw.value.cost_centre.get(),
                Body::Milestone(_) => None,
            };
            let owner = Owner {
                on: Bearer::Task(task),
                name: format!("task/{}", node.id),
                scope: tree.scope(node.project),
                ends: (Moment::TaskStart(task), Moment::TaskFinish(task)),
                cost_centre: own.or(inherited),
            };
            let cost = match &node.body {
                Body::Task(raw) => &raw.value.cost,
                Body::Milestone(raw) => &raw.value.cost,
            };
            self.owner_lines(lines_of(cost), &owner, ledger);
        }
        let owner = Owner {
            on: Bearer::Program,
            name: "program".into(),
            scope: None,
            ends: (Moment::ProgramStart, Moment::ProgramFinish),
            cost_centre: None,
        };
        self.owner_lines(&parts.costs, &owner, ledger);
    }

    /// Reads what the table says about all money.
    pub fn money_table(&mut self, raw: &RawMoney, finance: &mut Finance) {
        let day = |slot: &Slot<RawDate>, other: Instant| slot.get().map_or(other, |date| date.at);
        finance.valuation = day(&raw.valuation_date, Instant(finance.valuation.day() * 1_440));
        finance.base = day(&raw.base_date, Instant(finance.base.day() * 1_440));
        let rate = self.share(&raw.discount_rate, -0.5, 10.0, "the discount rate");
        let inflation = self.share(&raw.inflation, -0.5, 10.0, "the inflation");
        finance.discount_rate = rate.map(|rate| (1.0 + rate) * (1.0 + inflation.unwrap_or(0.0)) - 1.0);
        if let (Some(at), true) = (raw.inflation.at(), raw.discount_rate.is_absent()) {
            let message = "`inflation` turns a real discount rate into a nominal one, and there is none";
            self.desk.report(
                code::CONFLICTING_KEYS,
                at.place(),
                message,
                "add `discount_rate`, or use `escalation`",
            );
        }
        finance.dating = match raw.discounting.get() {
            Some(RawDiscounting::YearEnd) => Dating::YearEnd,
            Some(RawDiscounting::MidYear) => Dating::MidYear,
            Some(RawDiscounting::Days) | None => Dating::Days,
        };
        finance.tax_rate = self.share(&raw.tax_rate, 0.0, 0.99, "the tax rate").unwrap_or(0.0);
        let month = self.desk.in_range(&raw.year_starts, 1.0, 12.0, "the month with which a year starts");
        if let (Some(at), Some(month)) = (raw.year_starts.at(), month)
            && month.fract() != 0.0
        {
            let message = format!("`{month}` is not a month");
            self.desk.report(code::OUT_OF_RANGE, at.place(), message, "write a whole number from 1 to 12");
        }
        // Within 1 to 12, as checked.
        finance.year_start = month.unwrap_or(1.0) as i8;
        finance.period = match raw.period.get() {
            Some(RawPeriod::Quarter) => PeriodLength::Quarter,
            Some(RawPeriod::Year) => PeriodLength::Year,
            Some(RawPeriod::Month) | None => PeriodLength::Month,
        };
        finance.management_reserve = self.management_reserve(&raw.management_reserve);
        for (id, at) in raw.escalation.get().into_iter().flat_map(|Named(list)| list) {
            finance.escalations.extend(self.escalation(id, at, finance.base));
        }
        let everything: Vec<&Escalation> =
            finance.escalations.iter().filter(|one| one.categories.is_empty()).collect();
        if let [_, second, ..] = everything.as_slice() {
            let message = format!("the escalation `{}` and another one apply to all categories", second.id);
            let help = "name the `categories` of all but one";
            self.desk.report(code::CONFLICTING_KEYS, raw.escalation.place(), message, help);
        }
        self.funding(raw, finance);
    }

    fn management_reserve(&mut self, slot: &Slot<Quantity>) -> Option<Reserve> {
        match slot.at()?.value {
            Quantity::Number(amount) if (0.0..=1e12).contains(&amount) => {
                let minor = self.settings.currency.minor_per_major() as f64;
                // Within the bounds of the range, which 64 bits hold in any currency.
                Some(Reserve::Amount(Money((amount * minor).round_ties_even() as i64)))
            }
            Quantity::Number(amount) => {
                let message = format!("a management reserve of {amount} is out of range");
                let help = "write an amount of 0 or more, or a share of the plan's cost: \"10 %\"";
                self.desk.report(code::OUT_OF_RANGE, slot.place(), message, help);
                None
            }
            _ => self.share(slot, 0.0, 10.0, "the management reserve").map(Reserve::Share),
        }
    }

    fn funding(&mut self, raw: &RawMoney, finance: &mut Finance) {
        finance.cap = raw.funding_cap.get().map(|leftover| match leftover {
            RawLeftover::CarriesOver => Leftover::CarriesOver,
            RawLeftover::Lapses => Leftover::Lapses,
        });
        if let (Some(at), true) = (raw.funding_cap.at(), raw.funding.get().is_none_or(Vec::is_empty)) {
            let message = "`funding_cap` lets work wait for money, and no `funding` says how much there is";
            let help = "add it: funding = [{ until = 2027-12-31, amount = 1_000_000 }]";
            self.desk.report(code::MISSING_KEY, at.place(), message, help);
        }
        let minor = self.settings.currency.minor_per_major() as f64;
        let mut total = 0;
        for at in raw.funding.get().into_iter().flatten() {
            let RawFunding { until, amount } = &at.value;
            self.desk.require("the funding", "until", until, at.place());
            self.desk.require("the funding", "amount", amount, at.place());
            let amount = self.desk.in_range(amount, 0.0, 1e12, "a funding");
            let (Some(until), Some(amount)) = (until.at(), amount) else { continue };
            let end = Instant(until.value.at.0.saturating_add(1_440));
            if finance.funding.last().is_some_and(|last| last.until >= end) {
                let message = format!(
                    "the funding until {} does not come after the one before it",
                    until.value.at.start_date()
                );
                self.desk.report(
                    code::OUT_OF_ORDER,
                    until.place(),
                    message,
                    "write fundings in the order of their dates",
                );
                continue;
            }
            // Within the bounds of the range, which 64 bits hold in any currency.
            total += (amount * minor).round_ties_even() as i64;
            finance.funding.push(Funding { until: end, total: Money(total) });
        }
    }

    fn escalation(&mut self, id: &At<String>, at: &At<RawEscalation>, base: Instant) -> Option<Escalation> {
        let raw = &at.value;
        let categories =
            raw.categories.get().map(|Many(names)| names.iter().map(|name| name.value.clone()).collect());
        let index = match (raw.rate.is_absent(), raw.index.is_absent()) {
            (false, true) => {
                let rate = self.uncertain_share(&raw.rate, true)?;
                if rate.law.support_ends().0 <= -0.9 || rate.law.support_ends().1 > 10.0 {
                    let message =
                        format!("the escalation `{}` can be below -90 % or above 1,000 % a year", id.value);
                    self.desk.report(
                        code::OUT_OF_RANGE,
                        raw.rate.place(),
                        message,
                        "use a law with ends, such as a triangular one",
                    );
                    return None;
                }
                PriceIndex::Rate(rate)
            }
            (true, false) => PriceIndex::Points(self.points(raw)?),
            (both, _) => {
                let (code, message) = if both {
                    (
                        code::MISSING_KEY,
                        format!("the escalation `{}` has neither `rate` nor `index`", id.value),
                    )
                } else {
                    (code::CONFLICTING_KEYS, "`rate` and `index` exclude each other".to_owned())
                };
                self.desk.report(
                    code,
                    id.place(),
                    message,
                    "write rate = \"3 %\", or index = [[2027-01-01, 100], ...]",
                );
                return None;
            }
        };
        let categories = categories.unwrap_or_default();
        Some(Escalation { id: id.value.clone(), categories, index, base, within: None })
    }

    fn points(&mut self, raw: &RawEscalation) -> Option<Vec<(Instant, f64)>> {
        let mut points: Vec<(Instant, f64)> = Vec::new();
        for at in raw.index.get()? {
            let (Some(date), Some(&level)) = (at.value.date.get(), at.value.level.get()) else {
                self.desk.require("the price level", "date", &at.value.date, at.place());
                self.desk.require("the price level", "level", &at.value.level, at.place());
                return None;
            };
            if !(level > 0.0 && level < 1e12) {
                let message = format!("the price level `{level}` is not one that can be divided by");
                self.desk.report(
                    code::BAD_INDEX,
                    at.value.level.place(),
                    message,
                    "write a number above zero",
                );
                return None;
            }
            if points.last().is_some_and(|(last, _)| *last >= date.at) {
                let message = "price levels are not in the order of their dates";
                self.desk.report(code::BAD_INDEX, at.value.date.place(), message, "");
                return None;
            }
            points.push((date.at, level));
        }
        if points.is_empty() {
            self.desk.report(code::BAD_INDEX, raw.index.place(), "the price index has no point", "");
            return None;
        }
        Some(points)
    }

    /// Reports categories that nothing has, and percentages of percentages.
    fn check_categories(&mut self, parts: &Parts, ledger: &Ledger<'_>, money: &RawMoney) {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut add = |lines: &[At<RawCost>]| {
            known.extend(lines.iter().filter_map(|line| line.value.category.get().cloned()));
        };
        add(&parts.costs);
        for node in &ledger.tree.projects {
            add(lines_of(&node.raw.value.cost));
        }
        for node in &ledger.tree.tasks {
            match &node.body {
                Body::Task(raw) => add(lines_of(&raw.value.cost)),
                Body::Milestone(raw) => add(lines_of(&raw.value.cost)),
            }
        }
        known.extend(parts.contracts.iter().filter_map(|(_, at)| at.value.category.get().cloned()));
        let escalated = money.escalation.get().into_iter().flat_map(|Named(list)| list);
        let escalated =
            escalated.filter_map(|(_, at)| at.value.categories.get()).flat_map(|Many(names)| names);
        for name in ledger.wanted.iter().map(|(_, name)| name).chain(escalated) {
            if !known.contains(&name.value) {
                let message = format!("no cost has the category `{}`", name.value);
                let help = match closest(&name.value, known.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "categories are those of cost lines and contracts".to_owned(),
                };
                self.desk.report(code::UNKNOWN_CATEGORY, name.place(), message, &help);
            }
        }
        for (on, name) in &ledger.wanted {
            let is_percent =
                ledger.percents.iter().any(|(other, category)| other == on && *category == name.value);
            let reported = |problem: &crate::diag::Diagnostic| {
                problem.code == code::PERCENT_OF_ITSELF
                    && problem.message.contains(&format!("`{}`", name.value))
            };
            if is_percent && !self.desk.problems.iter().any(reported) {
                let message = format!(
                    "`{}` is a percentage itself: percentages are not taken of each other",
                    name.value
                );
                self.desk.report(
                    code::PERCENT_OF_ITSELF,
                    name.place(),
                    message,
                    "name categories of other costs",
                );
            }
        }
    }
}

fn lines_of(slot: &Slot<Many<RawCost>>) -> &[At<RawCost>] {
    slot.get().map_or(&[], |Many(lines)| lines)
}
