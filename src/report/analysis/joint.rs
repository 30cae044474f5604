//! Which date and which budget hold together, named and rounded.

use jiff::civil::Date;
use serde::Serialize;

use super::sensitivity::day;
use crate::analysis::{JointConfidence, JointPlan};
use crate::engine::Simulation;
use crate::report::Table;
use crate::results::Results;
use crate::units::{Money, Percentile};

/// The levels of the iso-curves.
const LEVELS: [Percentile; 3] = [Percentile::P50, Percentile::whole(70), Percentile::P80];

/// Joint confidence of date and budget.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JointReport {
    /// The date and the budget that each hold with the confidence that is explained, and how likely both do.
    pub separate: Option<JointPoint>,
    /// The promised date and budget, and how likely both hold.
    pub target: Option<JointPoint>,
    /// Shares of the four quadrants around the promise, or else around the separate percentiles.
    pub quadrants: Option<Quadrants>,
    /// Pairs that hold together with a confidence.
    pub curves: Vec<JointCurve>,
    /// Some iterations, evenly chosen: minutes since the epoch and major units, for pictures.
    #[serde(skip)]
    pub dots: Vec<(f64, f64)>,
}

/// A date and a budget with the probability that both hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct JointPoint {
    /// The date.
    pub date: Date,
    /// The budget, major units.
    pub budget: f64,
    /// The probability that both hold.
    pub probability: f64,
    /// The place of the date, minutes since the epoch, for pictures.
    #[serde(skip)]
    pub at: i64,
}

/// Which promise is kept how often; the four shares are of all iterations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quadrants {
    /// In time and in budget.
    pub both: f64,
    /// In time, over budget.
    pub only_date: f64,
    /// Late, in budget.
    pub only_budget: f64,
    /// Late and over budget.
    pub neither: f64,
}

/// The pairs that hold together with one confidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JointCurve {
    /// The confidence, in percent.
    pub level: f64,
    /// Dates with the least budget that holds together with them.
    pub pairs: Vec<(Date, f64)>,
    /// The pair whose date and budget are as likely as each other by themselves.
    pub balanced: Option<BalancedPair>,
    /// The dates of the pairs, minutes since the epoch, for pictures.
    #[serde(skip)]
    pub at: Vec<i64>,
}

/// A date and a budget that are as likely as each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BalancedPair {
    /// The date.
    pub date: Date,
    /// The budget, major units.
    pub budget: f64,
    /// How likely the date is by itself.
    pub date_probability: f64,
    /// How likely the budget is by itself.
    pub budget_probability: f64,
}

impl JointReport {
    /// Reads it off the results of a program that has costs; `dots` are pairs of finish and cost.
    #[must_use]
    pub fn of(
        simulation: &Simulation,
        results: &Results,
        level: Percentile,
        dots: &[(i32, i64)],
    ) -> Option<Self> {
        let program = simulation.program();
        let major = |minor: i64| program.currency().major(Money(minor));
        let point = |date: i64, budget: i64| {
            let joint = JointConfidence::count(results, date, budget)?;
            Some(JointPoint {
                date: day(date),
                budget: major(budget),
                probability: four(joint.probability.value),
                at: date,
            })
        };
        let separate = (results.finish.percentile(level)?, results.cost.percentile(level)?);
        let scope = crate::model::Scope::Program;
        let target = program
            .promised_finish(scope)
            .map(|at| i64::from(at.0))
            .zip(program.promised_budget(scope).map(|money| money.0));
        let around = target.unwrap_or(separate);
        let both = JointConfidence::count(results, around.0, around.1)?.probability.value;
        let date = results.finish.probability_at_most(around.0).value;
        let budget = results.cost.probability_at_most(around.1).value;
        let curve = |level: Percentile| {
            let plan = JointPlan::of(results, level);
            JointCurve {
                level: level.percent(),
                balanced: plan.balanced.map(|(at, amount, date, budget)| BalancedPair {
                    date: day(at),
                    budget: major(amount),
                    date_probability: four(date),
                    budget_probability: four(budget),
                }),
                pairs: plan.curve.iter().map(|&(at, amount)| (day(at), major(amount))).collect(),
                at: plan.curve.iter().map(|pair| pair.0).collect(),
            }
        };
        let mut levels = LEVELS.to_vec();
        levels.push(level);
        levels.sort_unstable();
        levels.dedup();
        Some(Self {
            separate: point(separate.0, separate.1),
            target: target.and_then(|(date, budget)| point(date, budget)),
            quadrants: Some(Quadrants {
                both: four(both),
                only_date: four((date - both).max(0.0)),
                only_budget: four((budget - both).max(0.0)),
                neither: four((1.0 - date - budget + both).max(0.0)),
            }),
            curves: levels.into_iter().map(curve).collect(),
            dots: dots.iter().map(|&(finish, cost)| (f64::from(finish), major(cost))).collect(),
        })
    }

    /// Its table: the pairs of every curve.
    #[must_use]
    pub fn table(&self, currency: &str) -> Table {
        let columns = vec![
            "joint_confidence_percent".to_owned(),
            "finish_date".to_owned(),
            format!("budget_{currency}"),
        ];
        let rows = self.curves.iter().flat_map(|curve| {
            curve.pairs.iter().map(|&(date, budget)| vec![curve.level.into(), date.into(), budget.into()])
        });
        Table { name: "joint", columns, rows: rows.collect() }
    }
}

fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}
