//! Money as reported, in major units with the currency's decimals.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::build::TargetChance;
use crate::analysis::QuantityForecast;
use crate::units::{Currency, Money, Percentile};

/// An amount with its 95 % interval, in major units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AmountPoint {
    /// The value.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The forecast of one amount of money, in major units.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountReport {
    /// The deterministic plan.
    pub plan: Option<f64>,
    /// Probability of costing at most the deterministic plan.
    pub plan_probability: Option<f64>,
    /// The mean with its interval.
    pub mean: Option<AmountPoint>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// The percentiles.
    pub percentiles: Vec<(Percentile, Option<AmountPoint>)>,
    /// The promise and its probability.
    pub target: Option<(f64, TargetChance)>,
    /// Distance of the P80 from the plan.
    pub contingency_p80: Option<f64>,
}

impl AmountReport {
    /// Names and rounds a forecast.
    #[must_use]
    pub fn of(forecast: &QuantityForecast, currency: Currency) -> Self {
        let major = |minor: i64| currency.major(Money(minor));
        let rounded = |minor: f64| major(minor.round_ties_even() as i64);
        Self {
            plan: forecast.plan.map(major),
            plan_probability: forecast.plan_probability.map(|estimate| super::rows::share(estimate.value)),
            mean: forecast.mean.map(|mean| AmountPoint {
                value: rounded(mean.value),
                low: rounded(mean.low),
                high: rounded(mean.high.unwrap_or(mean.value)),
            }),
            sd: forecast.standard_deviation.map(rounded),
            percentiles: forecast
                .percentiles
                .iter()
                .map(|&(p, estimate)| {
                    let point = estimate.map(|estimate| AmountPoint {
                        value: major(estimate.value),
                        low: major(estimate.low),
                        high: major(estimate.high.unwrap_or(estimate.value)),
                    });
                    (p, point)
                })
                .collect(),
            target: forecast.target.map(|target| (major(target.limit), TargetChance::of(target.probability))),
            contingency_p80: forecast.contingency(Percentile::P80).map(major),
        }
    }

    /// One of the percentiles.
    #[must_use]
    pub fn percentile(&self, p: Percentile) -> Option<AmountPoint> {
        self.percentiles.iter().find(|(level, _)| *level == p).and_then(|(_, point)| *point)
    }
}

impl Serialize for AmountReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("plan", &self.plan)?;
        map.serialize_entry("plan_probability", &self.plan_probability)?;
        map.serialize_entry("mean", &self.mean)?;
        map.serialize_entry("sd", &self.sd)?;
        for (p, point) in &self.percentiles {
            map.serialize_entry(&p.to_string().to_lowercase(), point)?;
        }
        if let Some((budget, chance)) = &self.target {
            map.serialize_entry("target", &serde_json::json!({ "budget": budget, "probability": chance }))?;
        }
        map.serialize_entry("contingency_p80", &self.contingency_p80)?;
        map.end()
    }
}
