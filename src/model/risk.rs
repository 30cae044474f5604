//! The risk register.

use super::{Estimate, Response, TaskIx};
use crate::units::Probability;

/// A threat or an opportunity.
#[derive(Clone, Debug)]
pub struct Risk {
    /// The stable id; it keys the random streams.
    pub id: String,
    /// The title that people read.
    pub title: String,
    /// Where it stands; open risks and issues are simulated.
    pub status: RiskStatus,
    /// Probability and impacts before and, where a response is planned, after it.
    pub levels: RiskLevels,
    /// How its duration impacts combine with those of other risks on one task.
    pub combine: Combine,
    /// The planned response, if any.
    pub response: Option<Response>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its category.
    pub category: Option<String>,
}

/// Probability and impacts, of a risk as it stands or after its response.
#[derive(Clone, Debug)]
pub struct RiskLevels {
    /// The probability that it occurs.
    pub probability: Probability,
    /// What happens when it occurs.
    pub impacts: Vec<Impact>,
}

/// Where a risk stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskStatus {
    /// May still occur.
    Open,
    /// Has occurred: an issue, which every iteration contains.
    Occurred,
    /// Can no longer occur; kept for the record.
    Closed,
    /// No longer of interest; kept for the record.
    Retired,
}

/// How impacts of several risks on the duration of one task combine (semantics, section 3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Combine {
    /// All add up.
    Series,
    /// Within the named group the largest increase and the largest decrease each apply once.
    Parallel(String),
}

/// One consequence of a risk.
#[derive(Clone, Debug)]
pub struct Impact {
    /// Keys the random streams; stable when impacts are reordered. Impacts of one risk with the same key
    /// share their draws: one consequence for targets whose days are of different length.
    pub key: String,
    /// The tasks whose duration or cost it changes; empty = a cost of the program.
    pub targets: Vec<TaskIx>,
    /// Draw once for all targets (the default), or once per target.
    pub per_task: bool,
    /// What it does to the duration; negative for an opportunity.
    pub delay: Option<DelayImpact>,
    /// What it does to the cost.
    pub cost: Option<CostImpact>,
}

/// A change of a duration.
#[derive(Clone, Debug, PartialEq)]
pub enum DelayImpact {
    /// Minutes added, on the task's own clock.
    Minutes(Estimate),
    /// A share of the task's duration added: 0.2 = 20 %.
    Share(Estimate),
    /// A share of the task's duration with all other impacts lost, and done again: 0.5 = half of it.
    Restart(Estimate),
    /// The task ends after a share of its duration, and what follows goes on.
    Cancel(Estimate),
    /// All targets are cancelled at one instant: that of the risk where it has a window, else the one after
    /// this share of the time from their first start to their last finish. What has not begun by then drops
    /// out, what is going on ends.
    Stop(Estimate),
}

/// A change of cost.
#[derive(Clone, Debug, PartialEq)]
pub enum CostImpact {
    /// Minor units added once, whatever the number of targets.
    Amount(Estimate),
    /// A share of the cost of each target added.
    Share(Estimate),
}

impl DelayImpact {
    /// How the stream of its amount ends.
    #[must_use]
    pub fn stream(&self) -> &'static str {
        match self {
            Self::Minutes(_) | Self::Share(_) => "delay",
            Self::Restart(_) => "restart",
            Self::Cancel(_) => "cancel",
            Self::Stop(_) => "stop",
        }
    }
}

impl Impact {
    /// Whether it cancels its targets.
    #[must_use]
    pub fn cancels(&self) -> bool {
        matches!(self.delay, Some(DelayImpact::Stop(_)))
    }
}

impl RiskStatus {
    /// Whether the simulation contains it.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Occurred)
    }
}

impl Risk {
    /// The probability in force: that of its levels, or certainty where it has occurred.
    #[must_use]
    pub fn probability(&self) -> Probability {
        if self.status == RiskStatus::Occurred { Probability::ALWAYS } else { self.in_force().probability }
    }

    /// Probability and impacts in force: residual if the response is on and comes in time, in the end at least.
    #[must_use]
    pub fn in_force(&self) -> &RiskLevels {
        match &self.response {
            Some(response) if response.is_in_force() => &response.residual,
            _ => &self.levels,
        }
    }
}
