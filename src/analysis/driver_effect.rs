//! What each risk driver brings.

use super::{Influence, RiskEffect};
use crate::model::{DriverIx, Program, RiskIx};
use crate::results::Results;

/// The effect of one risk driver on the program, read off the iterations as that of a risk is.
///
/// What a driver that occurs in every iteration brings cannot be read off this way; its minutes can.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DriverEffect {
    /// Which driver.
    pub driver: DriverIx,
    /// Share of iterations in which it occurred.
    pub frequency: f64,
    /// Mean minutes that its factor alone added to the tasks that it touches, over all iterations.
    pub added_minutes: f64,
    /// Elapsed minutes that it adds to the mean finish; `None` when it always or never occurs.
    pub finish_minutes: Option<f64>,
    /// Standard error of that, by the formula for independent iterations.
    pub finish_error: Option<f64>,
    /// Minor units that it adds to the mean cost; `None` when it always or never occurs.
    pub cost: Option<f64>,
    /// Standard error of that, likewise.
    pub cost_error: Option<f64>,
    /// How its occurrence goes together with finish and cost.
    pub influence: Influence,
}

impl DriverEffect {
    /// The effects of all drivers of a program, in its order.
    #[must_use]
    pub fn all(program: &Program, results: &Results) -> Vec<Self> {
        let one = |at: usize| {
            // Occurrences of both kinds are counted alike; the number only labels what comes out.
            let effect = RiskEffect::of(RiskIx::new(at), &results.drivers[at], results);
            Self {
                driver: DriverIx::new(at),
                frequency: effect.frequency,
                added_minutes: effect.added_minutes,
                finish_minutes: effect.finish_minutes,
                finish_error: effect.finish_error,
                cost: effect.cost,
                cost_error: effect.cost_error,
                influence: effect.influence,
            }
        };
        (0..program.drivers().len()).map(one).collect()
    }
}
