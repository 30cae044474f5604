//! What an outcome goes with, strongest first.

use serde::Serialize;

use super::rows::four_decimals;
use super::{DriverRow, RiskRow, TaskRow};

/// How many are kept of each outcome.
const MOST: usize = 10;
/// Weaker correlations than this are left out: they explain less than a hundredth of the variance.
const WEAKEST: f64 = 0.1;

/// A task, risk or driver and how it goes together with an outcome, read off all iterations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InfluenceRow {
    /// `task`, `risk` or `driver`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What people read beside it.
    pub label: String,
    /// Pearson's correlation with the outcome: of the duration of a task with T and of its cost with the cost, of
    /// the occurrence of a risk or driver with either.
    pub correlation: f64,
    /// Its square: the share of the outcome's variance that goes with it in a straight line. These do not add up.
    pub explains: f64,
}

impl InfluenceRow {
    /// What the finish goes with.
    pub(super) fn on_finish(tasks: &[TaskRow], risks: &[RiskRow], drivers: &[DriverRow]) -> Vec<Self> {
        let tasks = tasks.iter().map(|row| ("task", &row.id, &row.label, row.duration_pearson));
        let risks = risks.iter().map(|row| ("risk", &row.id, &row.title, row.finish_pearson));
        let drivers = drivers.iter().map(|row| ("driver", &row.id, &row.title, row.finish_pearson));
        Self::strongest(tasks.chain(risks).chain(drivers))
    }

    /// What the cost goes with.
    pub(super) fn on_cost(tasks: &[TaskRow], risks: &[RiskRow], drivers: &[DriverRow]) -> Vec<Self> {
        let tasks = tasks.iter().map(|row| ("task", &row.id, &row.label, row.cost_pearson));
        let risks = risks.iter().map(|row| ("risk", &row.id, &row.title, row.cost_pearson));
        let drivers = drivers.iter().map(|row| ("driver", &row.id, &row.title, row.cost_pearson));
        Self::strongest(tasks.chain(risks).chain(drivers))
    }

    fn strongest<'a>(
        all: impl Iterator<Item = (&'static str, &'a String, &'a String, Option<f64>)>,
    ) -> Vec<Self> {
        let row = |(kind, id, label, correlation): (&'static str, &String, &String, Option<f64>)| {
            let correlation = correlation.filter(|correlation| correlation.abs() >= WEAKEST)?;
            let explains = four_decimals(correlation * correlation);
            Some(Self { kind, id: id.clone(), label: label.clone(), correlation, explains })
        };
        let mut rows: Vec<Self> = all.filter_map(row).collect();
        rows.sort_by(|a, b| {
            b.correlation
                .abs()
                .total_cmp(&a.correlation.abs())
                .then_with(|| (a.kind, &a.id).cmp(&(b.kind, &b.id)))
        });
        rows.truncate(MOST);
        rows
    }
}
