//! How prices change.

use crate::model::{Estimate, ProjectIx};
use crate::units::Instant;

/// How the prices of some categories change over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    /// Its id.
    pub id: String,
    /// The categories that it applies to; all costs of no other escalation where none are named.
    pub categories: Vec<String>,
    /// By how much.
    pub index: PriceIndex,
    /// The day of whose prices costs are stated.
    pub base: Instant,
    /// The part of the program whose costs it is about; all of it where none is named.
    pub within: Option<ProjectIx>,
}

/// A price level over time.
#[derive(Clone, Debug, PartialEq)]
pub enum PriceIndex {
    /// The change per year of 365 days, as a share: prices grow by `(1 + rate)^(days / 365)`.
    Rate(Estimate),
    /// Points in ascending order, geometric between them and constant beyond the last.
    Points(Vec<(Instant, f64)>),
}
