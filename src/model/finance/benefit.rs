//! What a program is worth once it is there.

use super::Moment;
use crate::model::{Estimate, ProjectIx, SpendKind};
use crate::units::{Instant, Probability};

/// A stream of benefits that begins when something is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefit {
    /// The stable id that keys its random streams.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// What has to be there.
    pub from: Moment,
    /// Calendar days from then until it begins.
    pub lag_days: i32,
    /// Minor units per year at full size.
    pub per_year: Estimate,
    /// Calendar months in which it grows from nothing to its full size.
    pub ramp_months: f64,
    /// By which share it grows from one year of its own to the next.
    pub growth: f64,
    /// How long it lasts.
    pub horizon: Horizon,
    /// Whether it comes at all.
    pub probability: Probability,
    /// Which share of it is taken up.
    pub adoption: Option<Estimate>,
    /// Saved capital or operating expenditure, where stated.
    pub kind: Option<SpendKind>,
    /// Its category, where stated.
    pub category: Option<String>,
    /// The program of a portfolio that it belongs to, by the project that stands for it.
    pub within: Option<ProjectIx>,
}

/// How long benefits last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Horizon {
    /// Until a date: whoever is late loses benefits.
    Until(Instant),
    /// For so many calendar months from their beginning.
    Months(f64),
}
