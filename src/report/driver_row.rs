//! One row for each risk driver.

use serde::Serialize;

use super::rows::{four_decimals, hundredths, share};
use crate::analysis::DriverEffect;
use crate::engine::Simulation;
use crate::units::Money;

/// A risk driver with its simulated effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriverRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether its response is on; absent without a response.
    pub response_on: Option<bool>,
    /// The probability in force.
    pub probability: f64,
    /// The mean of the factor in force, where it occurs; absent for a law without one.
    pub factor_mean: Option<f64>,
    /// The share of iterations in which it occurred.
    pub frequency: f64,
    /// How many tasks it touches.
    pub tasks: usize,
    /// Mean days that its factor alone added to the tasks that it touches: their own days (24 h for elapsed
    /// durations) if those are equally long, else days of the program's calendar.
    pub task_delay_mean_days: f64,
    /// Calendar days that it adds to the mean finish of the program; absent when it always or never occurs.
    pub finish_effect_days: Option<f64>,
    /// Standard error of that.
    pub finish_effect_error_days: Option<f64>,
    /// What it adds to the mean cost; major units; absent when it always or never occurs.
    pub cost_effect: Option<f64>,
    /// Standard error of that.
    pub cost_effect_error: Option<f64>,
    /// Pearson's correlation of its occurrence and T; absent when it always or never occurs.
    pub finish_pearson: Option<f64>,
    /// Pearson's correlation of its occurrence and the cost of the program.
    pub cost_pearson: Option<f64>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its category.
    pub category: Option<String>,
}

impl DriverRow {
    pub(super) fn of(effect: &DriverEffect, simulation: &Simulation, minutes_per_day: u32) -> Self {
        let program = simulation.program();
        let driver = &program.drivers()[effect.driver.index()];
        let money = |minor: f64| program.currency().major(Money(minor.round_ties_even() as i64));
        let mut per_day = driver.targets.iter().map(|&on| program.minutes_per_day(on));
        let first = per_day.next().filter(|first| per_day.all(|other| other == *first));
        let minutes_per_day = first.unwrap_or(minutes_per_day).max(1);
        let levels = driver.in_force();
        Self {
            id: driver.id.clone(),
            title: driver.title.clone(),
            response_on: driver.response.as_ref().map(|response| response.on),
            probability: levels.probability.get(),
            factor_mean: levels.factor.law.mean().map(|mean| (mean * 1e4).round() / 1e4),
            frequency: share(effect.frequency),
            tasks: driver.targets.len(),
            task_delay_mean_days: hundredths(effect.added_minutes / f64::from(minutes_per_day)),
            finish_effect_days: effect.finish_minutes.map(|minutes| hundredths(minutes / 1_440.0)),
            finish_effect_error_days: effect.finish_error.map(|minutes| hundredths(minutes / 1_440.0)),
            cost_effect: effect.cost.map(money),
            cost_effect_error: effect.cost_error.map(money),
            finish_pearson: effect.influence.finish.map(four_decimals),
            cost_pearson: effect.influence.cost.map(four_decimals),
            owner: driver.owner.clone(),
            category: driver.category.clone(),
        }
    }
}
