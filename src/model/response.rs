//! Responses to risks, and when they take effect.

use super::{CostLine, RiskLevels};
use crate::units::Instant;

/// What can be done about a risk.
#[derive(Clone, Debug)]
pub struct Response {
    /// Whether the simulation includes it: its cost, and `residual` instead of the risk's own levels as far as
    /// it takes effect.
    pub on: bool,
    /// What it costs.
    pub cost: Option<CostLine>,
    /// Probability and impacts that remain.
    pub residual: RiskLevels,
    /// The time that it needs before it takes effect; none unless given.
    pub lead: Option<Lead>,
    /// How far it comes in time; of a program that is simulated, this is worked out from the lead.
    pub effect: Effect,
}

/// The time that a response needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// When it is decided on.
    pub decided: Instant,
    /// From when on it takes effect.
    pub ready: Instant,
}

/// How far a response comes in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Before the risk can occur.
    #[default]
    Full,
    /// In the middle of the dates between which the risk may occur: what happens from this instant on meets it.
    From(Instant),
    /// When the risk may have occurred already: it changes nothing.
    None,
}

impl Lead {
    /// The same if nothing is decided before a date.
    #[must_use]
    pub fn not_before(self, date: Instant) -> Self {
        let later = date.0.saturating_sub(self.decided.0).max(0);
        Self { decided: self.decided.max(date), ready: Instant(self.ready.0.saturating_add(later)) }
    }
}

impl Response {
    /// Whether it is on and comes in time at all.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.on && self.effect != Effect::None
    }
}
