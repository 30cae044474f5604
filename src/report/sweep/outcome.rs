//! One outcome of one variant, named and rounded.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{OutcomeForecast, OutcomeKind};
use crate::model::Program;
use crate::report::date::{instant, tenths};
use crate::report::rows::share;
use crate::results::Estimated;
use crate::units::Money;

/// A date or an amount.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// A day.
    Date(Date),
    /// Money in major units.
    Amount(f64),
}

/// A value with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// The value.
    pub value: Reading,
    /// Lower end.
    pub low: Reading,
    /// Upper end; absent when it reaches into iterations without a result.
    pub high: Option<Reading>,
}

/// One outcome of one variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepOutcome {
    /// `finish`, `cost`, `npv`, `projects.ID.finish`, `projects.ID.cost` or `milestones.ID`.
    pub outcome: String,
    /// The currency of amounts; absent for dates.
    pub currency: Option<String>,
    /// The deterministic plan.
    pub plan: Option<Reading>,
    /// The mean with its interval.
    pub mean: Option<SweepPoint>,
    /// Standard deviation: calendar days of 24 hours, or money.
    pub sd: Option<f64>,
    /// The percentiles, by their level such as `P80`.
    pub percentiles: Vec<(String, Option<SweepPoint>)>,
    /// What was promised.
    pub target: Option<Reading>,
    /// The probability that it is kept, with the ends of its interval.
    pub target_probability: Option<[f64; 3]>,
    /// Share of iterations without a result.
    pub never_share: f64,
}

impl SweepOutcome {
    /// Names and rounds a forecast.
    #[must_use]
    pub fn of(program: &Program, found: &OutcomeForecast) -> Self {
        let currency = program.currency();
        let forecast = &found.forecast;
        let reading = |value: i64| match found.kind {
            OutcomeKind::Date(None) => Reading::Date(instant(value).finish_date()),
            OutcomeKind::Date(Some(task)) => {
                Reading::Date(program.tasks()[task.index()].date_of(instant(value)))
            }
            OutcomeKind::Amount => Reading::Amount(currency.major(Money(value))),
        };
        let rounded = |value: f64| reading(value.round_ties_even() as i64);
        let point = |estimate: Estimated<i64>| SweepPoint {
            value: reading(estimate.value),
            low: reading(estimate.low),
            high: estimate.high.map(reading),
        };
        let is_date = matches!(found.kind, OutcomeKind::Date(_));
        Self {
            outcome: found.name.clone(),
            currency: (!is_date).then(|| currency.code().to_owned()),
            plan: forecast.plan.map(reading),
            mean: forecast.mean.map(|mean| SweepPoint {
                value: rounded(mean.value),
                low: rounded(mean.low),
                high: mean.high.map(rounded),
            }),
            sd: forecast.standard_deviation.map(|sd| {
                if is_date {
                    tenths(sd / 1_440.0)
                } else {
                    currency.major(Money(sd.round_ties_even() as i64))
                }
            }),
            percentiles: forecast
                .percentiles
                .iter()
                .map(|(level, estimate)| (level.to_string(), estimate.map(point)))
                .collect(),
            // A promise is kept until the end of its day, also where it is a start that is promised.
            target: forecast.target.map(|target| match found.kind {
                OutcomeKind::Date(_) => Reading::Date(instant(target.limit).finish_date()),
                OutcomeKind::Amount => reading(target.limit),
            }),
            target_probability: forecast.target.map(|target| {
                let probability = target.probability;
                [probability.value, probability.low, probability.high.unwrap_or(1.0)].map(share)
            }),
            never_share: share(forecast.never_share),
        }
    }

    /// One of the percentiles.
    #[must_use]
    pub fn percentile(&self, level: &str) -> Option<SweepPoint> {
        self.percentiles.iter().find(|(own, _)| own == level).and_then(|(_, point)| *point)
    }
}

impl Reading {
    /// It as a number to draw: minutes since the epoch at the noon of the day, or major units.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Self::Date(date) => f64::from(crate::units::Instant::from_date(date).0) + 720.0,
            Self::Amount(amount) => amount,
        }
    }
}
