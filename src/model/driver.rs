//! Risk drivers: one cause that stretches many tasks.

use super::{Combine, CostLine, Estimate, Lead, TaskIx};
use crate::units::Probability;

/// A cause that multiplies the duration of every task that it touches, with a probability (semantics,
/// section 3).
///
/// Occurrence and factor are drawn once and shared, so that the tasks correlate. Where it does not occur the
/// factor is 1.
///
/// # Source
/// Hulett (2009), *Practical Schedule Risk Analysis*; AACE International Recommended Practice 57R-09.
#[derive(Clone, Debug)]
pub struct Driver {
    /// The stable id; it keys the random streams.
    pub id: String,
    /// The title that people read.
    pub title: String,
    /// Probability and factor before the response, if one is planned.
    pub levels: DriverLevels,
    /// The tasks whose own estimates it multiplies, each once.
    pub targets: Vec<TaskIx>,
    /// How its factor combines with those of other drivers on one task: as a product, or in a group of which
    /// the largest factor above 1 and the smallest below 1 each apply once.
    pub combine: Combine,
    /// The planned response, if any.
    pub response: Option<DriverResponse>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its category.
    pub category: Option<String>,
}

/// Probability and factor of a driver, as it stands or after its response.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverLevels {
    /// The probability that it occurs.
    pub probability: Probability,
    /// The multiplier where it occurs: 1.1 is ten per cent longer.
    pub factor: Estimate,
}

/// What can be done about a driver.
#[derive(Clone, Debug)]
pub struct DriverResponse {
    /// Whether the simulation includes it: its cost, and `residual` instead of the driver's own levels.
    pub on: bool,
    /// What it costs.
    pub cost: Option<CostLine>,
    /// Probability and factor that remain.
    pub residual: DriverLevels,
    /// The time that it needs before it takes effect; none unless given.
    pub lead: Option<Lead>,
    /// Targets that it comes too late for: the driver stays as it is there. Of a program that is simulated, these are
    /// worked out from the lead.
    pub late: Vec<TaskIx>,
}

impl Driver {
    /// Probability and factor in force: residual if the response is on.
    #[must_use]
    pub fn in_force(&self) -> &DriverLevels {
        match &self.response {
            Some(response) if response.on => &response.residual,
            _ => &self.levels,
        }
    }

    /// Probability and factor, and the targets that meet them: one pair, or two where the response comes in time for
    /// some targets only.
    #[must_use]
    pub fn parts(&self) -> Vec<(&DriverLevels, Vec<TaskIx>)> {
        match &self.response {
            Some(response) if response.on && !response.late.is_empty() => {
                let (late, other): (Vec<TaskIx>, Vec<TaskIx>) =
                    self.targets.iter().partition(|task| response.late.contains(task));
                let parts = [(&self.levels, late), (&response.residual, other)];
                parts.into_iter().filter(|(_, targets)| !targets.is_empty()).collect()
            }
            _ => vec![(self.in_force(), self.targets.clone())],
        }
    }
}
