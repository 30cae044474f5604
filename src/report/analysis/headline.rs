//! What an analysis explains: a percentile and its distance from the plan.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::report::Report;
use crate::units::{Currency, Money, Percentile};

/// A percentile of finish and cost beside the deterministic plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The percentile.
    #[serde(serialize_with = "as_text")]
    pub level: Percentile,
    /// Finish in the plan.
    pub plan_finish: Option<Date>,
    /// Finish at the percentile; absent when more iterations than that have none.
    pub finish: Option<Date>,
    /// From the one to the other, in working days of the program's calendar.
    pub finish_contingency_working_days: Option<f64>,
    /// Cost in the plan, in major units.
    pub plan_cost: Option<f64>,
    /// Cost at the percentile, in major units.
    pub cost: Option<f64>,
    /// From the one to the other, in major units.
    pub cost_contingency: Option<f64>,
}

impl Headline {
    /// Reads it off a forecast that has the percentile.
    #[must_use]
    pub(super) fn of(report: &Report, level: Percentile) -> Self {
        let (finish, cost) = (report.finish.percentile(level), report.cost.percentile(level));
        let plan = report.finish.plan.as_ref();
        let days = finish.zip(plan).map(|(finish, plan)| {
            let minutes = finish.value.working_minutes - plan.working_minutes;
            crate::report::tenths(f64::from(minutes) / f64::from(report.minutes_per_day))
        });
        let plan_cost = report.cost.plan.filter(|_| report.has_costs);
        let cost = cost.map(|point| point.value).filter(|_| report.has_costs);
        Self {
            level,
            plan_finish: plan.map(|plan| plan.date),
            finish: finish.map(|point| point.value.date),
            finish_contingency_working_days: days,
            plan_cost,
            cost,
            cost_contingency: cost.zip(plan_cost).map(|(cost, plan)| cents(report.currency, cost - plan)),
        }
    }
}

/// Rounds to minor units what became a difference of major ones.
pub(super) fn cents(currency: Currency, major: f64) -> f64 {
    let minor = (major * currency.minor_per_major() as f64).round_ties_even();
    currency.major(Money(minor as i64))
}

fn as_text<S: Serializer>(level: &Percentile, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(level)
}
