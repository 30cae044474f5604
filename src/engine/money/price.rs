//! Price levels by day.

use crate::model::{Finance, PriceIndex};

/// How prices change, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Price {
    /// By the drawn rate per year, from the base day.
    Rate { rate: usize, base_day: i32 },
    /// By the logarithm of a level relative to that of the base day: days and logarithms of the points.
    Points(Vec<(i32, f64)>),
}

impl Price {
    /// Compiles an index; `rate` is where its rate is drawn.
    pub fn new(index: &PriceIndex, finance: &Finance, rate: Option<usize>) -> Self {
        match (index, rate) {
            (PriceIndex::Points(points), _) => {
                let mut points: Vec<(i32, f64)> =
                    points.iter().map(|(at, level)| (at.day(), libm::log(*level))).collect();
                let base = interpolated(&points, f64::from(finance.base.day()));
                points.iter_mut().for_each(|(_, level)| *level -= base);
                Self::Points(points)
            }
            (PriceIndex::Rate(_), rate) => {
                Self::Rate { rate: rate.unwrap_or_default(), base_day: finance.base.day() }
            }
        }
    }

    /// The price level on a day, relative to that of the base day; between two days for what is spent on both. `rates`
    /// are the drawn rates of one lane.
    pub fn level(&self, day: f64, rates: impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Rate { rate, base_day } => {
                let years = (day - f64::from(*base_day)) / 365.0;
                libm::pow(1.0 + rates(*rate), years)
            }
            Self::Points(points) => libm::exp(interpolated(points, day)),
        }
    }
}

impl Price {
    /// The most that a unit can cost over so many years; `value` says how far a drawn rate reaches.
    pub fn most(&self, years: f64, value: impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Rate { rate, .. } => libm::pow(1.0 + value(*rate), years),
            Self::Points(points) => {
                points.iter().map(|(_, level)| libm::exp(libm::fabs(*level))).fold(1.0, f64::max)
            }
        }
    }
}

/// Linear between points and constant beyond the ends.
fn interpolated(points: &[(i32, f64)], day: f64) -> f64 {
    let after = points.partition_point(|point| f64::from(point.0) <= day);
    match (after.checked_sub(1).and_then(|at| points.get(at)), points.get(after)) {
        (Some(&(from, low)), Some(&(to, high))) => {
            low + (high - low) * ((day - f64::from(from)) / f64::from(to - from))
        }
        (Some(&(_, level)), None) | (None, Some(&(_, level))) => level,
        (None, None) => 0.0,
    }
}
