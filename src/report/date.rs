//! Dates as reported.

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::build::TargetChance;
use crate::analysis::QuantityForecast;
use crate::network::Network;
use crate::units::{Instant, Percentile};

/// A date with its time of day and its distance from the program start in working time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateValue {
    /// The calendar day that contains the minute; 24:00 belongs to the day that ends.
    pub date: Date,
    /// The time of day, `24:00` at the end of the day.
    pub time: String,
    /// Working minutes of the program's calendar since the program start.
    pub working_minutes: i32,
}

/// A percentile of a date with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DatePoint {
    /// The value.
    #[serde(flatten)]
    pub value: DateValue,
    /// Lower end of the interval.
    pub low: Date,
    /// Upper end of the interval; absent when it reaches into iterations without a result.
    pub high: Option<Date>,
}

/// The forecast of one date.
#[derive(Clone, Debug, PartialEq)]
pub struct DateReport {
    /// The deterministic plan.
    pub plan: Option<DateValue>,
    /// Probability of finishing by the deterministic plan's date and minute.
    pub plan_probability: Option<f64>,
    /// The mean with its interval.
    pub mean: Option<DatePoint>,
    /// Standard deviation in calendar days of 24 hours.
    pub sd_days: Option<f64>,
    /// The percentiles.
    pub percentiles: Vec<(Percentile, Option<DatePoint>)>,
    /// The promise and its probability.
    pub target: Option<(Date, TargetChance)>,
    /// Distance of the P80 from the plan in calendar days.
    pub contingency_p80_calendar_days: Option<f64>,
    /// Distance of the P80 from the plan in working days of the program's calendar.
    pub contingency_p80_working_days: Option<f64>,
    /// Share of iterations without a result.
    pub never_share: f64,
}

impl DateReport {
    /// Names and rounds the forecast of a finish: 24:00 belongs to the day that ends.
    #[must_use]
    pub fn of(forecast: &QuantityForecast, network: &Network, minutes_per_day: u32) -> Self {
        Self::on(Instant::finish_date, forecast, network, minutes_per_day)
    }

    /// Names and rounds the forecast of a start: 00:00 belongs to the day that begins.
    #[must_use]
    pub fn of_start(forecast: &QuantityForecast, network: &Network, minutes_per_day: u32) -> Self {
        Self::on(Instant::start_date, forecast, network, minutes_per_day)
    }

    fn on(
        date: fn(Instant) -> Date,
        forecast: &QuantityForecast,
        network: &Network,
        minutes_per_day: u32,
    ) -> Self {
        let value = |minutes: i64| date_value(date, minutes, network);
        let day = |minutes: i64| date(instant(minutes));
        let p80 = forecast.percentile(Percentile::P80).map(|estimate| value(estimate.value));
        let plan = forecast.plan.map(value);
        let working =
            p80.as_ref().zip(plan.as_ref()).map(|(p80, plan)| p80.working_minutes - plan.working_minutes);
        Self {
            plan_probability: forecast.plan_probability.map(|estimate| super::rows::share(estimate.value)),
            mean: forecast.mean.map(|mean| DatePoint {
                value: value(mean.value.round_ties_even() as i64),
                low: day(mean.low.round_ties_even() as i64),
                high: mean.high.map(|high| day(high.round_ties_even() as i64)),
            }),
            sd_days: forecast.standard_deviation.map(|minutes| tenths(minutes / 1_440.0)),
            percentiles: forecast
                .percentiles
                .iter()
                .map(|&(p, estimate)| {
                    let point = estimate.map(|estimate| DatePoint {
                        value: value(estimate.value),
                        low: day(estimate.low),
                        high: estimate.high.map(day),
                    });
                    (p, point)
                })
                .collect(),
            // A promise is kept until the end of its day, also where it is a start that is promised.
            target: forecast
                .target
                .map(|target| (instant(target.limit).finish_date(), TargetChance::of(target.probability))),
            contingency_p80_calendar_days: forecast
                .contingency(Percentile::P80)
                .map(|minutes| tenths(minutes as f64 / 1_440.0)),
            contingency_p80_working_days: working
                .map(|minutes| tenths(f64::from(minutes) / f64::from(minutes_per_day.max(1)))),
            never_share: super::rows::share(forecast.never_share),
            plan,
        }
    }

    /// One of the percentiles.
    #[must_use]
    pub fn percentile(&self, p: Percentile) -> Option<&DatePoint> {
        self.percentiles.iter().find(|(level, _)| *level == p).and_then(|(_, point)| point.as_ref())
    }
}

impl Serialize for DateReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("plan", &self.plan)?;
        map.serialize_entry("plan_probability", &self.plan_probability)?;
        map.serialize_entry("mean", &self.mean)?;
        map.serialize_entry("sd_days", &self.sd_days)?;
        for (p, point) in &self.percentiles {
            map.serialize_entry(&p.to_string().to_lowercase(), point)?;
        }
        if let Some((date, chance)) = &self.target {
            map.serialize_entry("target", &serde_json::json!({ "date": date, "probability": chance }))?;
        }
        map.serialize_entry("contingency_p80_calendar_days", &self.contingency_p80_calendar_days)?;
        map.serialize_entry("contingency_p80_working_days", &self.contingency_p80_working_days)?;
        map.serialize_entry("never_share", &self.never_share)?;
        map.end()
    }
}

/// The instant of a count of minutes; counts beyond the range of dates are held at its end.
pub(super) fn instant(minutes: i64) -> Instant {
    Instant(minutes.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

fn date_value(date: fn(Instant) -> Date, minutes: i64, network: &Network) -> DateValue {
    let at = instant(minutes);
    let date = date(at);
    let of_day = at.0.saturating_sub(Instant::from_date(date).0);
    DateValue {
        date,
        time: format!("{:02}:{:02}", of_day / 60, of_day % 60),
        // From the status date on: what was reached before it needs no more work.
        working_minutes: network.program_minutes(at).max(0),
    }
}

/// Rounds to tenths.
pub(super) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}
