//! How far the forecast lies from what was approved and promised.

use jiff::civil::Date;
use serde::Serialize;

use crate::analysis::{Baseline, Forecast, QuantityForecast};
use crate::model::{Program, Scope, TaskIx};
use crate::report::date::instant;
use crate::report::rows::share;
use crate::units::{Instant, Money, Percentile};

/// From which probability of keeping a promise the light is green or amber.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Thresholds {
    /// Green at or above.
    pub green: f64,
    /// Amber at or above; red below.
    pub amber: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { green: 0.8, amber: 0.5 }
    }
}

/// A probability as a light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// The promise will probably be kept.
    Green,
    /// It is in danger.
    Amber,
    /// It will probably not be kept.
    Red,
}

impl Light {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

impl Thresholds {
    /// The light of a probability.
    #[must_use]
    pub fn light(self, probability: f64) -> Light {
        if probability >= self.green {
            Light::Green
        } else if probability >= self.amber {
            Light::Amber
        } else {
            Light::Red
        }
    }
}

/// The program, a project or a milestone beside what was approved. Money is in major units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VarianceRow {
    /// `program`, `project` or `milestone`.
    pub kind: &'static str,
    /// Its id; empty for the program.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The approved finish.
    pub baseline_finish: Option<Date>,
    /// The forecast finish at P50.
    pub p50_finish: Option<Date>,
    /// The forecast finish at P80.
    pub p80_finish: Option<Date>,
    /// Calendar days by which the P50 is later than approved; below zero it is earlier.
    pub p50_late_days: Option<i32>,
    /// The same of the P80.
    pub p80_late_days: Option<i32>,
    /// The promised finish, or the approved one where none is promised.
    pub target_finish: Option<Date>,
    /// The probability that it is met.
    pub finish_probability: Option<f64>,
    /// That as a light.
    pub finish_light: Option<Light>,
    /// The approved cost.
    pub baseline_cost: Option<f64>,
    /// The forecast cost at P50.
    pub p50_cost: Option<f64>,
    /// The forecast cost at P80.
    pub p80_cost: Option<f64>,
    /// By how much the P50 exceeds the approved cost.
    pub p50_over_cost: Option<f64>,
    /// The budget, or the approved cost where there is none.
    pub budget: Option<f64>,
    /// The probability that it is enough.
    pub cost_probability: Option<f64>,
    /// That as a light.
    pub cost_light: Option<Light>,
}

/// The probability of at most a value, for the outcome of a scope.
pub(super) type Chance<'a> = &'a dyn Fn(Scope, bool, i64) -> Option<f64>;

/// The rows of a program, its projects and its milestones; `chance` gives the probability that a scope finishes
/// (`true`) by an instant or costs (`false`) at most an amount.
pub(super) fn variances(
    program: &Program,
    forecast: &Forecast,
    baseline: Option<&Baseline>,
    thresholds: Thresholds,
    chance: Chance<'_>,
) -> Vec<VarianceRow> {
    let row =
        |kind, id: &str, name: &str, scope, finish: &QuantityForecast, cost: Option<&QuantityForecast>| {
            let approved = baseline.and_then(|baseline| baseline.finish_of(program, scope));
            let day = |at: Instant| match scope {
                Scope::Milestone(task) => program.tasks()[TaskIx::index(task)].date_of(at),
                _ => at.finish_date(),
            };
            let at = |level| finish.percentile(level).map(|point| day(instant(point.value)));
            let late = |level| {
                let forecast = at(level)?;
                let days = forecast.since(day(approved?)).ok()?;
                Some(days.get_days())
            };
            let target = program.promised_finish(scope).or(approved);
            let finish_probability =
                target.and_then(|target| chance(scope, true, i64::from(target.0))).map(share);
            let money = |minor: i64| program.currency().major(Money(minor));
            let amount = |level| cost.and_then(|cost| cost.percentile(level)).map(|point| money(point.value));
            let approved_cost = cost.and(baseline).and_then(|baseline| baseline.cost_of(program, scope));
            let budget = program.promised_budget(scope).map(|budget| budget.0).filter(|_| cost.is_some());
            let budget = budget.or(approved_cost);
            let cost_probability = budget.and_then(|budget| chance(scope, false, budget)).map(share);
            VarianceRow {
                kind,
                id: id.to_owned(),
                name: name.to_owned(),
                baseline_finish: approved.map(day),
                p50_finish: at(Percentile::P50),
                p80_finish: at(Percentile::P80),
                p50_late_days: late(Percentile::P50),
                p80_late_days: late(Percentile::P80),
                target_finish: target.map(day),
                finish_probability,
                finish_light: finish_probability.map(|p| thresholds.light(p)),
                baseline_cost: approved_cost.map(money),
                p50_cost: amount(Percentile::P50),
                p80_cost: amount(Percentile::P80),
                p50_over_cost: cost
                    .and_then(|cost| cost.percentile(Percentile::P50))
                    .zip(approved_cost)
                    .map(|(p50, own)| money(p50.value - own)),
                budget: budget.map(money),
                cost_probability,
                cost_light: cost_probability.map(|p| thresholds.light(p)),
            }
        };
    let has_costs = forecast.has_costs;
    let cost = |cost| Some(cost).filter(|_| has_costs);
    let mut rows =
        vec![row("program", "", program.name(), Scope::Program, &forecast.finish, cost(&forecast.cost))];
    for one in &forecast.projects {
        let project = &program.projects()[one.project.index()];
        let scope = Scope::Project(one.project);
        rows.push(row("project", &project.id, &project.name, scope, &one.finish, cost(&one.cost)));
    }
    for one in &forecast.milestones {
        let task = &program.tasks()[one.task.index()];
        rows.push(row("milestone", &task.id, &task.name, Scope::Milestone(one.task), &one.finish, None));
    }
    rows
}
