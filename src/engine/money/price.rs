//! Price levels by day.

use crate::model::{Escalation, PriceIndex};

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
    pub fn new(escalation: &Escalation, rate: Option<usize>) -> Self {
        match (&escalation.index, rate) {
            (PriceIndex::Points(points), _) => {
                let mut points: Vec<(i32, f64)> =
                    points.iter().map(|(at, level)| (at.day(), libm::log(*level))).collect();
                let base = interpolated(&points, f64::from(escalation.base.day()));
                points.iter_mut().for_each(|(_, level)| *level -= base);
                Self::Points(points)
            }
            (PriceIndex::Rate(_), rate) => {
                Self::Rate { rate: rate.unwrap_or_default(), base_day: escalation.base.day() }
            }
        }
    }

    /// The prices of one lane; `rates` are its drawn rates.
    pub fn in_lane(&self, rates: impl Fn(usize) -> f64) -> Prices<'_> {
        match self {
            Self::Rate { rate, base_day } => {
                Prices::Growth { per_year: libm::log1p(rates(*rate)), base_day: f64::from(*base_day) }
            }
            Self::Points(points) => Prices::Points(points),
        }
    }

    /// The most that a unit can cost over so many years; `value` says how far a drawn rate reaches.
    pub fn most(&self, years: f64, value: impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Rate { rate, .. } => libm::exp(libm::log1p(value(*rate)) * years),
            Self::Points(points) => {
                points.iter().map(|(_, level)| libm::exp(libm::fabs(*level))).fold(1.0, f64::max)
            }
        }
    }
}

/// The prices of one lane. A line asks for many days: the logarithm is taken once for all of them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Prices<'a> {
    /// By the logarithm of the growth of a year, from the base day.
    Growth { per_year: f64, base_day: f64 },
    /// By the points of an index.
    Points(&'a [(i32, f64)]),
}

impl Prices<'_> {
    /// The price level on a day, relative to that of the base day; between two days for what is spent on both.
    pub fn on(self, day: f64) -> f64 {
        match self {
            Self::Growth { per_year, base_day } => libm::exp(per_year * ((day - base_day) / 365.0)),
            Self::Points(points) => libm::exp(interpolated(points, day)),
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
