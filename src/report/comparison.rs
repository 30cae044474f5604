//! Two forecasts side by side, and what was changed between them.

use jiff::civil::Date;
use serde::Serialize;

use super::date::instant;
use super::{Cell, Report, Table, TargetChance};
use crate::analysis::{Difference, PairedDifference};
use crate::engine::Simulation;
use crate::results::Pairs;
use crate::scenario::Change;
use crate::units::{Currency, Money, Percentile};

/// The levels at which two programs are compared, besides those that they ask for.
const LEVELS: [Percentile; 5] =
    [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90), Percentile::whole(95)];

/// A comparison, ready to be shown in any format.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of the outputs.
    pub schema_version: u32,
    /// What the first program is called here.
    pub before_name: String,
    /// What the second program is called here.
    pub after_name: String,
    /// Currency of all money.
    pub currency: String,
    /// Whether anything has a cost in either.
    pub has_costs: bool,
    /// What is different in the scenario.
    pub changes: Vec<Change>,
    /// The plan and percentiles of the finish.
    pub finish: Vec<DateRow>,
    /// The difference of the mean finishes, calendar days.
    pub finish_mean_days: Option<Span>,
    /// Share of iterations in which the second finishes later.
    pub later: TargetChance,
    /// Share of iterations in which the second finishes earlier.
    pub earlier: TargetChance,
    /// The plan and percentiles of the cost.
    pub cost: Vec<AmountRow>,
    /// The difference of the mean costs, major units.
    pub cost_mean: Option<Span>,
    /// Share of iterations in which the second costs more.
    pub dearer: TargetChance,
    /// Share of iterations in which the second costs less.
    pub cheaper: TargetChance,
    /// The plan and percentiles of the net present value; none unless values are discounted in both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub npv: Vec<AmountRow>,
    /// The difference of the mean net present values, major units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_mean: Option<Span>,
    /// The probabilities in both that it is above zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_positive: Option<[TargetChance; 2]>,
    /// The promised dates and their probabilities in both.
    pub finish_targets: [Option<(Date, TargetChance)>; 2],
    /// The promised budgets and their probabilities in both.
    pub budget_targets: [Option<(f64, TargetChance)>; 2],
    /// What both forecasts are a function of.
    pub manifests: [super::Manifest; 2],
    /// The forecasts themselves.
    #[serde(skip)]
    pub reports: [Report; 2],
}

/// A difference with its 95 % interval; absent with fewer than 16 blocks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Second minus first.
    pub value: f64,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// A date of both programs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateRow {
    /// `plan` or the level, such as `P80`.
    pub level: String,
    /// In the first program; absent where nothing is finished.
    pub before: Option<Date>,
    /// In the second program.
    pub after: Option<Date>,
    /// Second minus first in calendar days of 24 hours.
    pub days: Option<Span>,
    /// Second minus first in working days of the first program's calendar.
    pub working_days: Option<f64>,
}

/// An amount of both programs, in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AmountRow {
    /// `plan` or the level, such as `P80`.
    pub level: String,
    /// In the first program.
    pub before: Option<f64>,
    /// In the second program.
    pub after: Option<f64>,
    /// Second minus first.
    pub difference: Option<Span>,
}

/// One side of a comparison: what it is called, its simulation and its forecast.
pub struct Side<'a> {
    /// What it is called.
    pub name: String,
    /// The compiled program.
    pub simulation: &'a Simulation,
    /// Its forecast.
    pub report: Report,
}

impl Comparison {
    /// Names and rounds what the pairs of both programs say.
    #[must_use]
    pub fn new(before: Side<'_>, after: Side<'_>, pairs: &Pairs, changes: Vec<Change>) -> Self {
        let currency = before.report.currency;
        let asked = [&before, &after].map(|side| side.simulation.program().confidence().to_vec());
        let mut levels: Vec<Percentile> = LEVELS.into_iter().chain(asked.concat()).collect();
        levels.sort_unstable();
        levels.dedup();
        let finish = PairedDifference::of(&pairs.finishes(), &levels);
        let cost = PairedDifference::of(&pairs.costs(), &levels);
        let worths = pairs.worths();
        let npv = (!worths.is_empty()).then(|| {
            // More is better: what matters is the lower end.
            let levels: Vec<Percentile> = [5, 10, 20, 50, 80, 90].map(Percentile::whole).to_vec();
            PairedDifference::of(&worths, &levels)
        });
        let chance = TargetChance::of;
        let has_costs = before.report.has_costs || after.report.has_costs;
        let plan_costs = (before.simulation.plan().cost, after.simulation.plan().cost);
        Self {
            schema_version: before.report.schema_version,
            currency: currency.code().to_owned(),
            has_costs,
            changes,
            finish: date_rows(&finish, before.simulation, after.simulation),
            finish_mean_days: finish.mean.map(|mean| span(mean, |minutes| tenths(minutes / 1_440.0))),
            later: chance(finish.larger),
            earlier: chance(finish.smaller),
            cost: if has_costs { amount_rows(&cost, plan_costs, currency) } else { Vec::new() },
            cost_mean: cost.mean.map(|mean| span(mean, |minor| major(minor, currency))),
            dearer: chance(cost.larger),
            cheaper: chance(cost.smaller),
            npv: npv.as_ref().map_or_else(Vec::new, |npv| {
                let plan = |side: &Side<'_>| side.simulation.plan().worth.1 - side.simulation.plan().worth.0;
                amount_rows(npv, (plan(&before), plan(&after)), currency)
            }),
            npv_mean: npv
                .as_ref()
                .and_then(|npv| npv.mean)
                .map(|mean| span(mean, |minor| major(minor, currency))),
            npv_positive: positive(&before.report).zip(positive(&after.report)).map(|(one, two)| [one, two]),
            finish_targets: [&before, &after].map(|side| side.report.finish.target),
            budget_targets: [&before, &after].map(|side| side.report.cost.target),
            manifests: [&before, &after].map(|side| side.report.manifest.clone()),
            before_name: before.name,
            after_name: after.name,
            reports: [before.report, after.report],
        }
    }
}

fn date_rows(finish: &PairedDifference, before: &Simulation, after: &Simulation) -> Vec<DateRow> {
    let network = before.network();
    let per_day = before.program().calendars()[before.program().calendar().index()]
        .calendar
        .scale
        .minutes_per_day
        .max(1);
    let row = |level: String, from: Option<i64>, to: Option<i64>, days: Option<Span>| {
        let date = |minutes: i64| instant(minutes).finish_date();
        let working = |minutes: i64| f64::from(network.program_minutes(instant(minutes)));
        DateRow {
            level,
            before: from.map(date),
            after: to.map(date),
            days,
            working_days: from
                .zip(to)
                .map(|(from, to)| tenths((working(to) - working(from)) / f64::from(per_day))),
        }
    };
    let plan = |minutes: i32| (minutes != crate::engine::NEVER).then_some(i64::from(minutes));
    let plans = (plan(before.plan().finish), plan(after.plan().finish));
    let apart = plans.0.zip(plans.1).map(|(from, to)| exactly(tenths((to - from) as f64 / 1_440.0)));
    let mut rows = vec![row("plan".into(), plans.0, plans.1, apart)];
    rows.extend(finish.percentiles.iter().map(|(level, found)| {
        let days = found.difference.map(|difference| span(difference, |minutes| tenths(minutes / 1_440.0)));
        row(level.to_string(), found.before, found.after, days)
    }));
    rows
}

/// The probability that a program is worth more than nothing.
fn positive(report: &Report) -> Option<TargetChance> {
    Some(report.money.as_ref()?.business_case.as_ref()?.npv_positive)
}

fn amount_rows(cost: &PairedDifference, plans: (i64, i64), currency: Currency) -> Vec<AmountRow> {
    let minor = |value: i64| major(value as f64, currency);
    let plan = AmountRow {
        level: "plan".into(),
        before: Some(minor(plans.0)),
        after: Some(minor(plans.1)),
        difference: Some(exactly(minor(plans.1 - plans.0))),
    };
    let rows = cost.percentiles.iter().map(|(level, found)| AmountRow {
        level: level.to_string(),
        before: found.before.map(minor),
        after: found.after.map(minor),
        difference: found.difference.map(|difference| span(difference, |value| major(value, currency))),
    });
    std::iter::once(plan).chain(rows).collect()
}

/// The tables of a comparison: the numbers, and what is different in the scenario.
#[must_use]
pub fn comparison_tables(comparison: &Comparison) -> Vec<Table> {
    let money = &comparison.currency;
    let mut columns: Vec<String> = [
        "level",
        "finish_before_date",
        "finish_after_date",
        "finish_days",
        "finish_days_low",
        "finish_days_high",
    ]
    .map(String::from)
    .to_vec();
    columns.push("finish_working_days".into());
    columns
        .extend(["before", "after", "difference", "low", "high"].map(|name| format!("cost_{name}_{money}")));
    let ends = |span: Option<Span>| {
        [
            span.map(|span| span.value).into(),
            span.and_then(|span| span.low).into(),
            span.and_then(|span| span.high).into(),
        ]
    };
    let rows = comparison.finish.iter().map(|row| {
        let cost = comparison.cost.iter().find(|cost| cost.level == row.level);
        let mut cells: Vec<Cell> = vec![(&row.level).into(), row.before.into(), row.after.into()];
        cells.extend(ends(row.days));
        cells.push(row.working_days.into());
        cells.push(cost.and_then(|cost| cost.before).into());
        cells.push(cost.and_then(|cost| cost.after).into());
        cells.extend(ends(cost.and_then(|cost| cost.difference)));
        cells
    });
    let numbers = Table { name: "comparison", columns, rows: rows.collect() };
    let columns = ["before", "after", "difference", "low", "high"].map(|name| format!("npv_{name}_{money}"));
    let columns = std::iter::once("level".to_owned()).chain(columns).collect();
    let rows = comparison.npv.iter().map(|row| {
        let mut cells: Vec<Cell> = vec![(&row.level).into(), row.before.into(), row.after.into()];
        cells.extend(ends(row.difference));
        cells
    });
    let worth = Table { name: "comparison_npv", columns, rows: rows.collect() };
    let rows = comparison.changes.iter().map(|change| {
        let (kind, key, from, to) = change.kind.parts();
        vec![
            (&change.what).into(),
            (&change.id).into(),
            change.name.as_ref().into(),
            kind.into(),
            key.into(),
            from.into(),
            to.into(),
        ]
    });
    let columns = ["what", "id", "name", "change", "key", "before", "after"].map(String::from).to_vec();
    let changes = Table { name: "changes", columns, rows: rows.collect() };
    if comparison.npv.is_empty() { vec![numbers, changes] } else { vec![numbers, worth, changes] }
}

fn span(difference: Difference, show: impl Fn(f64) -> f64) -> Span {
    Span {
        value: show(difference.value),
        low: difference.interval.map(|(low, _)| show(low)),
        high: difference.interval.map(|(_, high)| show(high)),
    }
}

/// A difference that is no estimate.
fn exactly(value: f64) -> Span {
    Span { value, low: None, high: None }
}

fn major(minor: f64, currency: Currency) -> f64 {
    currency.major(Money(minor.round_ties_even() as i64))
}

fn tenths(value: f64) -> f64 {
    super::date::tenths(value)
}
