//! From the plan to a percentile, step by step.

use super::game::{Game, GameError, Value};
use super::player::Kind;
use super::{Player, Shares, Sharing, apportion, shares};
use crate::draws::Seed;
use crate::engine::Simulation;

/// What a percentile consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The players.
    pub players: Vec<Player>,
    /// How the shares were found.
    pub sharing: Sharing,
    /// How many versions of the program were simulated.
    pub versions: usize,
    /// The finish, in minutes; `None` when some version has no finish at the percentile.
    pub finish: Option<Waterfall>,
    /// The cost, in minor units.
    pub cost: Option<Waterfall>,
}

/// The distance of a percentile from the plan, as bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// The deterministic plan.
    pub plan: i64,
    /// The percentile with everything on.
    pub total: i64,
    /// What windows and freezes add to the plan itself: it is part of the plan, not of the bars.
    pub waits_in_plan: i64,
    /// By player.
    pub bars: Vec<Bar>,
}

/// What one player brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its share; the bars add up to the distance exactly.
    pub share: i64,
    /// Standard error of the share that the choice of permutations leaves; 0 when all coalitions were played.
    pub share_error: f64,
    /// How much lower the percentile is without this player alone, everyone else on. These do not add up.
    pub removal: i64,
    /// Standard error of that, from independent parts of the iterations; `None` with a single part.
    pub removal_error: Option<f64>,
}

/// Plays the game and tells what the percentile consists of. `simulation` is the program as it is.
///
/// # Errors
/// [`GameError`] if a version cannot be simulated, or it was broken off.
pub fn contribution(
    game: &mut Game<'_>,
    simulation: &Simulation,
    seed: Seed,
) -> Result<Contribution, GameError> {
    let players = game.players();
    let everyone = game.everyone();
    let windows = players.iter().position(|player| player.kind == Kind::Windows);
    let calendars = windows.map_or(0, |at| 1 << at);
    let without = |player: usize| everyone & !(1 << player);
    game.play([0, calendars, everyone].into_iter().chain((0..players.len()).map(without)))?;
    let (sharing, finish, cost) = shares(game, seed)?;
    let game: &Game<'_> = game;
    let waterfall = |shares: Option<Shares>, plan: i64, of: &dyn Fn(&Value) -> Option<i64>, part: Part| {
        let value = |coalition| game.value(coalition).and_then(of);
        let (total, bare) = (value(everyone)?, value(0)?);
        let mut shares = shares?;
        // The plan has its windows and freezes: what they add to it is no distance from it.
        let waits_in_plan = plan - bare;
        if let Some(windows) = windows {
            shares.numerators[windows] -= i128::from(waits_in_plan) * shares.denominator;
        }
        let whole = apportion(&shares.numerators, shares.denominator, total - plan);
        let bars = whole.into_iter().enumerate().map(|(player, share)| {
            let removed = value(without(player))?;
            Some(Bar {
                share,
                share_error: shares.errors[player],
                removal: total - removed,
                removal_error: paired_error(game.value(everyone)?, game.value(without(player))?, part),
            })
        });
        Some(Waterfall { plan, total, waits_in_plan, bars: bars.collect::<Option<_>>()? })
    };
    let plan = simulation.plan();
    Ok(Contribution {
        players: players.to_vec(),
        sharing,
        versions: game.played(),
        finish: waterfall(finish, i64::from(plan.finish), &|value| value.finish, |(finish, _)| finish)
            .filter(|_| plan.finish != crate::engine::NEVER),
        cost: waterfall(cost, plan.cost, &|value| Some(value.cost), |(_, cost)| Some(cost)),
    })
}

type Part = fn((Option<i64>, i64)) -> Option<i64>;

/// The standard error of the difference of two values on the same draws, from the differences of the parts.
fn paired_error(a: &Value, b: &Value, part: Part) -> Option<f64> {
    let differences: Option<Vec<f64>> =
        a.parts.iter().zip(&b.parts).map(|(&a, &b)| Some((part(a)? - part(b)?) as f64)).collect();
    standard_error(&differences?)
}

/// The standard error of the mean of independent values; `None` for fewer than two.
#[must_use]
pub fn standard_error(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if n < 2.0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some(libm::sqrt(squares / (n - 1.0) / n))
}
