//! The report: every number that any output shows.

use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::bins::{Bins, amount_bins, date_bins};
use super::label::labels;
use super::rows::{MilestoneRow, ProjectRow, RiskRow, TaskRow, share};
use super::{
    AdjustmentRow, AmountReport, CorrelationRow, DateReport, DriverRow, InfluenceRow, Manifest, MoneyReport,
    OutsideRow, PortfolioReport,
};
use crate::analysis::{Forecast, JointConfidence};
use crate::engine::Simulation;
use crate::results::{Estimated, Results};
use crate::units::Currency;

/// One answer, ready to be shown in any format.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Name of the program.
    pub program: String,
    /// Currency of all money.
    #[serde(serialize_with = "as_code")]
    pub currency: Currency,
    /// Start of the program.
    pub start: Date,
    /// Working minutes in a day of the program's calendar.
    pub minutes_per_day: u32,
    /// The finish of the program.
    pub finish: DateReport,
    /// Its cost.
    pub cost: AmountReport,
    /// What management keeps above contingency, by policy; not written where the scenario says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_reserve: Option<f64>,
    /// Whether anything has a cost.
    pub has_costs: bool,
    /// The probability that the P80 date and the P80 budget both hold.
    pub joint_p80: Option<Joint>,
    /// The probability that the target date and the target budget both hold.
    pub joint_target: Option<Joint>,
    /// Whether the intervals are conservative because fewer than 16 blocks were run.
    pub intervals_conservative: bool,
    /// Milestones by id, in the order of the program.
    #[serde(serialize_with = "by_id")]
    pub milestones: Vec<MilestoneRow>,
    /// Projects by id, in the order of the program.
    #[serde(serialize_with = "by_id")]
    pub projects: Vec<ProjectRow>,
    /// Tasks and milestones, in the order of the program.
    pub tasks: Vec<TaskRow>,
    /// Risks, in the order of the register.
    pub risks: Vec<RiskRow>,
    /// Risk drivers, in the order of the scenario; not written where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<DriverRow>,
    /// What is drawn together; not written where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<CorrelationRow>,
    /// What had to be changed for that; not written where nothing had to be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjusted_correlations: Vec<AdjustmentRow>,
    /// What the finish goes with most, strongest first.
    pub finish_influences: Vec<InfluenceRow>,
    /// What the cost goes with most; not written where nothing has a cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cost_influences: Vec<InfluenceRow>,
    /// Money over time; not written where the scenario says nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyReport>,
    /// The plan raised as past programs turned out; not written where the scenario names no reference class.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside_view: Vec<OutsideRow>,
    /// The programs of a portfolio; not written where there is one program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portfolio: Option<PortfolioReport>,
    /// How many iterations the percentiles of tasks and the joint shares come from.
    pub prefix_iterations: u64,
    /// Share of durations that fell below zero and were held at zero.
    pub clamped_share: f64,
    /// What the result is a function of.
    pub manifest: Manifest,
    /// Histogram of the finish, in minutes since the epoch.
    #[serde(skip)]
    pub finish_bins: Option<Bins>,
    /// Histogram of the cost, in minor units.
    #[serde(skip)]
    pub cost_bins: Option<Bins>,
}

/// A probability with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TargetChance {
    /// The share of iterations at or below the limit.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The probability that a date and a budget both hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Joint {
    /// Counted: the promised pair over all iterations, another over the kept ones.
    pub probability: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl TargetChance {
    pub(super) fn of(estimate: Estimated<f64>) -> Self {
        Self {
            value: share(estimate.value),
            low: share(estimate.low),
            high: share(estimate.high.unwrap_or(1.0)),
        }
    }
}

impl Report {
    /// Names and rounds a forecast.
    #[must_use]
    pub fn new(simulation: &Simulation, results: &Results, forecast: &Forecast, manifest: Manifest) -> Self {
        let program = simulation.program();
        let per_day = program.calendars()[program.calendar().index()].calendar.scale.minutes_per_day;
        let joint = |joint: Option<JointConfidence>| {
            joint.map(|joint| {
                let chance = TargetChance::of(joint.probability);
                Joint { probability: chance.value, low: chance.low, high: chance.high }
            })
        };
        let labels = labels(program);
        let tasks: Vec<TaskRow> =
            forecast.tasks.iter().map(|task| TaskRow::of(task, simulation, &labels)).collect();
        let risks: Vec<RiskRow> =
            forecast.risks.iter().map(|risk| RiskRow::of(risk, simulation, per_day)).collect();
        let drivers: Vec<DriverRow> =
            forecast.drivers.iter().map(|one| DriverRow::of(one, simulation, per_day)).collect();
        let cost = AmountReport::of(&forecast.cost, program.currency());
        let portfolio = forecast.portfolio.as_ref();
        let portfolio = portfolio.map(|one| PortfolioReport::of(one, &cost, simulation, per_day));
        Self {
            schema_version: manifest.schema_version,
            program: program.name().to_owned(),
            currency: program.currency(),
            start: program.start().start_date(),
            minutes_per_day: per_day.max(1),
            finish: DateReport::of(&forecast.finish, simulation.network(), per_day),
            cost,
            management_reserve: program
                .finance()
                .and_then(|finance| finance.management_reserve)
                .map(|reserve| program.currency().major(reserve.of(simulation.plan().cost))),
            has_costs: forecast.has_costs,
            joint_p80: joint(forecast.joint_p80),
            joint_target: joint(forecast.joint_target),
            intervals_conservative: forecast.finish.conservative,
            milestones: forecast
                .milestones
                .iter()
                .map(|m| MilestoneRow::of(m, simulation, per_day))
                .collect(),
            projects: forecast.projects.iter().map(|p| ProjectRow::of(p, simulation, per_day)).collect(),
            finish_influences: InfluenceRow::on_finish(&tasks, &risks, &drivers),
            cost_influences: InfluenceRow::on_cost(&tasks, &risks, &drivers),
            tasks,
            risks,
            drivers,
            correlations: forecast.correlations.iter().map(CorrelationRow::of).collect(),
            adjusted_correlations: simulation.adjustments().iter().map(AdjustmentRow::of).collect(),
            money: forecast.cash_flow.as_ref().map(|cash| {
                MoneyReport::of(cash, forecast.business_case.as_ref(), results, program.currency())
            }),
            outside_view: OutsideRow::all(simulation, results),
            portfolio,
            prefix_iterations: forecast.prefix_iterations,
            clamped_share: share(forecast.clamped_share),
            finish_bins: date_bins(results.finish.histogram(), results.iterations),
            cost_bins: amount_bins(results.cost.histogram(), results.iterations)
                .filter(|_| forecast.has_costs),
            manifest,
        }
    }

    /// The rows of work that most often drive the finish, most first.
    #[must_use]
    pub fn top_drivers(&self, most: usize) -> Vec<&TaskRow> {
        let mut rows: Vec<&TaskRow> =
            self.tasks.iter().filter(|row| row.kind == "work" && row.driving > 0.0).collect();
        // Among tasks that drive equally often the most uncertain one matters most.
        rows.sort_by(|a, b| {
            b.driving
                .total_cmp(&a.driving)
                .then(b.duration_sd_days.total_cmp(&a.duration_sd_days))
                .then(b.criticality.total_cmp(&a.criticality))
                .then_with(|| a.id.cmp(&b.id))
        });
        rows.truncate(most);
        rows
    }

    /// The risks with the largest effect on the finish, then on the cost, largest first.
    #[must_use]
    pub fn top_risks(&self, most: usize) -> Vec<&RiskRow> {
        let mut rows: Vec<&RiskRow> = self.risks.iter().filter(|row| row.frequency > 0.0).collect();
        let size = |value: Option<f64>| value.unwrap_or(0.0).abs();
        rows.sort_by(|a, b| {
            size(b.finish_effect_days)
                .total_cmp(&size(a.finish_effect_days))
                .then(size(b.cost_effect).total_cmp(&size(a.cost_effect)))
                .then_with(|| a.id.cmp(&b.id))
        });
        rows.truncate(most);
        rows
    }

    /// What exists in some iterations only, most often first.
    #[must_use]
    pub fn top_branches(&self, most: usize) -> Vec<&TaskRow> {
        let mut rows: Vec<&TaskRow> = self.tasks.iter().filter(|row| row.is_branch).collect();
        rows.sort_by(|a, b| b.exists.total_cmp(&a.exists).then_with(|| a.id.cmp(&b.id)));
        rows.truncate(most);
        rows
    }

    /// The tasks that windows and freezes made wait, longest mean wait first.
    #[must_use]
    pub fn top_waits(&self, most: usize) -> Vec<&TaskRow> {
        let mut rows: Vec<&TaskRow> = self.tasks.iter().filter(|row| row.wait_days > 0.0).collect();
        rows.sort_by(|a, b| b.wait_days.total_cmp(&a.wait_days).then_with(|| a.id.cmp(&b.id)));
        rows.truncate(most);
        rows
    }
}

/// A row with an id, which becomes its key in JSON.
trait Identified: Serialize {
    fn id(&self) -> &str;
}

impl Identified for MilestoneRow {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for ProjectRow {
    fn id(&self) -> &str {
        &self.id
    }
}

fn by_id<T: Identified, S: Serializer>(rows: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(rows.len()))?;
    for row in rows {
        map.serialize_entry(row.id(), row)?;
    }
    map.end()
}

fn as_code<S: Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(currency.code())
}
