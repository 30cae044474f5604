//! Cost lines.

use std::collections::BTreeMap;

use super::context::Context;
use super::estimate::{Read, read};
use super::meter::Measure;
use crate::diag::{Place, code};
use crate::model::{CalendarIx, Clock, CostAmount, CostLine, SpendKind};
use crate::scenario::collect::duplicate;
use crate::scenario::raw::{At, Many, RawCost, RawSpend, Slot};
use crate::units::{DurationText, WorkScale};

/// Who bears a cost.
#[derive(Clone, Copy)]
pub enum Bearer {
    /// A task, whose working time rates are multiplied with.
    Task { calendar: CalendarIx, clock: Clock, units: f64, template: Option<usize> },
    /// A milestone: no time passes.
    Milestone,
    /// A project or the program: no work of its own.
    Program,
}

/// The cost lines of one bearer, with their places.
pub fn cost_lines(
    context: &mut Context<'_, '_>,
    written: &Slot<Many<RawCost>>,
    bearer: Bearer,
) -> (Vec<CostLine>, Vec<Option<Place>>) {
    let lines = written.get().map(|Many(lines)| lines.as_slice()).unwrap_or_default();
    cost_list(context, lines, bearer)
}

/// The cost lines of a list, with their places.
pub fn cost_list(
    context: &mut Context<'_, '_>,
    lines: &[At<RawCost>],
    bearer: Bearer,
) -> (Vec<CostLine>, Vec<Option<Place>>) {
    let mut taken: BTreeMap<String, Option<Place>> = BTreeMap::new();
    let (mut costs, mut places) = (Vec::new(), Vec::new());
    for line in lines {
        let key = match line.value.id.at() {
            Some(id) => {
                if let Some(first) = taken.get(&id.value) {
                    let problem = duplicate("cost line", &id.value, id.place(), first.as_ref());
                    context.desk.problems.push(problem);
                    continue;
                }
                id.value.clone()
            }
            None => free_key(&line.value, &taken),
        };
        taken.insert(key.clone(), line.value.id.place().or(line.place()).cloned());
        if is_timed(&line.value) {
            continue;
        }
        let Some(amount) = amount(context, line, bearer) else { continue };
        let kind = line.value.kind.get().map(|kind| match kind {
            RawSpend::Capex => SpendKind::Capex,
            RawSpend::Opex => SpendKind::Opex,
        });
        costs.push(CostLine { key, amount, kind, category: line.value.category.get().cloned() });
        places.push(line.place.clone());
    }
    (costs, places)
}

/// Whether the amount or the date of a line follows from simulated dates: such lines are read once all tasks are
/// known.
pub fn is_timed(raw: &RawCost) -> bool {
    !(raw.percent.is_absent()
        && raw.of.is_absent()
        && raw.at.is_absent()
        && raw.from.is_absent()
        && raw.to.is_absent()
        && raw.every.is_absent()
        && raw.ramp.is_absent()
        && raw.factor.is_absent()
        && raw.reserved.is_absent())
}

/// The lines of a list with the keys that [`cost_list`] gives them.
pub fn keyed(lines: &[At<RawCost>]) -> Vec<(String, &At<RawCost>)> {
    let mut taken: BTreeMap<String, Option<Place>> = BTreeMap::new();
    let mut keyed = Vec::new();
    for line in lines {
        let key = match line.value.id.get() {
            Some(id) if taken.contains_key(id) => continue,
            Some(id) => id.clone(),
            None => free_key(&line.value, &taken),
        };
        taken.insert(key.clone(), None);
        keyed.push((key, line));
    }
    keyed
}

/// A key made from what the line says, so that it stays the same when lines are reordered.
fn free_key(line: &RawCost, taken: &BTreeMap<String, Option<Place>>) -> String {
    let base = match (line.category.get(), line.rate.get()) {
        (Some(category), _) => category.clone(),
        (None, Some(_)) => "rate".to_owned(),
        (None, None) => "cost".to_owned(),
    };
    free_name(&base, |name| taken.contains_key(name))
}

/// `base`, or `base#2` and so on if that is taken.
pub fn free_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(base) {
        return base.to_owned();
    }
    let mut number = 2;
    loop {
        let name = format!("{base}#{number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

fn amount(context: &mut Context<'_, '_>, line: &At<RawCost>, bearer: Bearer) -> Option<CostAmount> {
    let raw = &line.value;
    match (raw.lump.is_absent(), raw.rate.is_absent()) {
        // One mistake, one message.
        (true, true) if context.desk.has_unknown_key(line.place()) => None,
        (true, true) => {
            let help = "write an amount: cost = 20_000, or a rate: cost = { rate = \"640/d\" }";
            context.desk.report(
                code::MISSING_KEY,
                line.place(),
                "the cost line has neither `lump` nor `rate`",
                help,
            );
            None
        }
        (false, false) => {
            let place = raw.rate.place().or(line.place());
            let message = "`lump` and `rate` exclude each other";
            context.desk.report(code::CONFLICTING_KEYS, place, message, "write two cost lines");
            None
        }
        (false, true) => lump(context, raw, bearer),
        (true, false) => rate(context, raw, bearer),
    }
}

fn lump(context: &mut Context<'_, '_>, raw: &RawCost, bearer: Bearer) -> Option<CostAmount> {
    let at = raw.lump.at()?;
    if let Some(units) = raw.units.at() {
        let message = "`units` count for a rate, not for a lump sum";
        context.desk.report(code::CONFLICTING_KEYS, units.place(), message, "");
    }
    let mut meter = context.meter(Measure::Money, context.calendars.default());
    let mut written = read(at, &mut meter, None, context.desk)?;
    if let (Bearer::Task { template: Some(template), .. }, Some(point)) = (bearer, written.point)
        && let Some(law) = context.templates.apply(template, point, Measure::Money)
    {
        written = Read { law, ..written };
    }
    context.advise_range(&written.law, at.place());
    let plan = context.desk.in_range(&raw.plan, 0.0, 1e13, "the plan value of a cost");
    let plan = plan.map(|plan| plan * context.settings.currency.minor_per_major() as f64);
    let estimate = written.build(plan.or(written.point), at.place(), context.desk)?;
    context.check_reach(&estimate, &written.law, at.place());
    Some(CostAmount::Lump(context.exchanged(estimate, &raw.currency)))
}

fn rate(context: &mut Context<'_, '_>, raw: &RawCost, bearer: Bearer) -> Option<CostAmount> {
    let at = raw.rate.at()?;
    let Bearer::Task { calendar, clock, units, .. } = bearer else {
        let message = "a rate needs a task whose working time it is multiplied with";
        let help = "say between which moments it runs: { rate = \"9_000/emo\", from = \"start\", to = \"finish\" }, \
                    or write a lump sum";
        context.desk.report(code::RATE_WITHOUT_WORK, at.place(), message, help);
        return None;
    };
    let (amount, per) = written_rate(context, at)?;
    if per.elapsed && clock == Clock::Working {
        let message = "the rate counts elapsed time, the task working time";
        context.desk.report(code::CLOCKS_DIFFER, at.place(), message, "write the unit without `e`");
        return None;
    }
    let units = context.desk.in_range(&raw.units, 0.0, 1e6, "the units of a rate").unwrap_or(units);
    let scale = match clock {
        Clock::Working => context.calendars.scale(calendar),
        Clock::Elapsed => WorkScale::ELAPSED,
    };
    let minor = amount * context.minor_per_major(&raw.currency);
    Some(CostAmount::Rate { minor_per_minute: minor * units / per.minutes(scale) })
}

/// A rate as an amount and one unit of time; reported if it is none.
pub fn written_rate(context: &mut Context<'_, '_>, at: &At<String>) -> Option<(f64, DurationText)> {
    let Some((amount, per)) = parse_rate(&at.value) else {
        let help = "write an amount and a unit of time, such as \"640/d\"; units are m, h, d, w and mo";
        context.desk.report(code::BAD_RATE, at.place(), format!("`{}` is not a rate", at.value), help);
        return None;
    };
    if amount < 0.0 {
        let message = format!("the rate `{}` is below zero", at.value);
        context.desk.report(code::NEGATIVE_COST, at.place(), message, "");
        return None;
    }
    if amount > 1e9 {
        let message = format!("the rate `{}` is too large", at.value);
        context.desk.report(code::AMOUNT_TOO_LARGE, at.place(), message, "");
        return None;
    }
    Some((amount, per))
}

/// `640/d` as an amount and one unit of time.
fn parse_rate(text: &str) -> Option<(f64, DurationText)> {
    let (amount, unit) = text.split_once('/')?;
    let amount: f64 = amount.trim().replace('_', "").parse().ok()?;
    let unit: DurationText = format!("1{}", unit.trim()).parse().ok()?;
    (amount.is_finite() && unit.value == 1.0).then_some((amount, unit))
}
