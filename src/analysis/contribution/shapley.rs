//! Shares of a whole among players by Shapley's value.
//!
//! Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II; sampled by
//! permutations: Castro, Gómez and Tejada (2009), Computers & Operations Research 36; in pairs with their
//! reverse: Mitchell et al. (2022), Journal of Machine Learning Research 23.

use rand_core::Rng;

use super::game::{Coalition, Game, GameError, Value};
use crate::draws::{AddressedRng, Seed, Stream};

/// Up to so many players all coalitions are played.
const MOST_EXACT: usize = 12;
/// Pairs of permutations at first; doubled until the errors are small.
const FIRST_PAIRS: usize = 8;
/// Pairs of permutations at most.
const MOST_PAIRS: usize = 128;
/// Standard errors as shares of the whole distance that are small enough.
const SMALL: f64 = 0.05;

/// How the shares were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// From all coalitions.
    Exact,
    /// From so many permutations of the players, half of them the reverse of the others.
    Permutations(u64),
}

/// The shares of one quantity among the players: each is `numerators / denominator`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// By player; they add up to `denominator * (everyone - no one)` exactly.
    pub numerators: Vec<i128>,
    /// The common denominator, above 0.
    pub denominator: i128,
    /// By player: the standard error that the choice of permutations leaves; 0 when exact.
    pub errors: Vec<f64>,
}

impl Shares {
    /// The share of a player.
    #[must_use]
    pub fn share(&self, player: usize) -> f64 {
        self.numerators[player] as f64 / self.denominator as f64
    }

    fn largest_error(&self) -> f64 {
        self.errors.iter().copied().fold(0.0, f64::max)
    }
}

/// Plays what is needed and shares finish and cost among the players. A quantity is `None` when some
/// coalition has no value.
///
/// # Errors
/// [`GameError`] if a coalition cannot be played.
pub fn shares(
    game: &mut Game<'_>,
    seed: Seed,
) -> Result<(Sharing, Option<Shares>, Option<Shares>), GameError> {
    let players = game.players().len();
    if players <= MOST_EXACT {
        game.play(0..=game.everyone())?;
        return Ok((Sharing::Exact, exact(game, &finish), exact(game, &cost)));
    }
    let mut pairs = FIRST_PAIRS;
    loop {
        let orders: Vec<Vec<usize>> =
            (0..pairs as u32).map(|pair| permutation(players, seed, pair)).collect();
        game.play(orders.iter().flat_map(|order| {
            let backwards: Vec<usize> = order.iter().rev().copied().collect();
            path(order).into_iter().chain(path(&backwards))
        }))?;
        let (finish, cost) = (sampled(game, &orders, &finish), sampled(game, &orders, &cost));
        let is_small = |shares: &Option<Shares>| {
            shares.as_ref().is_none_or(|shares| {
                let whole = shares.numerators.iter().sum::<i128>() as f64 / shares.denominator as f64;
                shares.largest_error() <= SMALL * whole.abs()
            })
        };
        if pairs >= MOST_PAIRS || is_small(&finish) && is_small(&cost) {
            return Ok((Sharing::Permutations(2 * pairs as u64), finish, cost));
        }
        pairs *= 2;
    }
}

type Quantity = dyn Fn(&Value) -> Option<i64>;

fn finish(value: &Value) -> Option<i64> {
    value.finish
}

fn cost(value: &Value) -> Option<i64> {
    Some(value.cost)
}

/// Every coalition once, weighted by the number of permutations in which it comes just before the player.
fn exact(game: &Game<'_>, of: &Quantity) -> Option<Shares> {
    let players = game.players().len();
    let factorial = |n: usize| (1..=n as i128).product::<i128>();
    let mut numerators = vec![0; players];
    for (player, numerator) in numerators.iter_mut().enumerate() {
        for before in (0..=game.everyone()).filter(|before| before >> player & 1 == 0) {
            let others = before.count_ones() as usize;
            let weight = factorial(others) * factorial(players - 1 - others);
            *numerator += weight * i128::from(step(game, before, player, of)?);
        }
    }
    Some(Shares { numerators, denominator: factorial(players), errors: vec![0.0; players] })
}

/// The mean over permutations and their reverses. A pair is one observation, so the errors come from the
/// spread of the pairs.
fn sampled(game: &Game<'_>, orders: &[Vec<usize>], of: &Quantity) -> Option<Shares> {
    let players = game.players().len();
    let (mut sums, mut squares) = (vec![0_i128; players], vec![0_i128; players]);
    for order in orders {
        let mut both = vec![0_i128; players];
        for backwards in [false, true] {
            let mut before: Coalition = 0;
            for at in 0..players {
                let player = order[if backwards { players - 1 - at } else { at }];
                both[player] += i128::from(step(game, before, player, of)?);
                before |= 1 << player;
            }
        }
        for (player, both) in both.into_iter().enumerate() {
            sums[player] += both;
            squares[player] += both * both;
        }
    }
    let pairs = orders.len() as f64;
    let error = |player: usize| {
        let mean = sums[player] as f64 / pairs;
        let variance = (squares[player] as f64 / pairs - mean * mean).max(0.0) / (pairs - 1.0).max(1.0);
        libm::sqrt(variance) / 2.0
    };
    Some(Shares {
        denominator: 2 * orders.len() as i128,
        errors: (0..players).map(error).collect(),
        numerators: sums,
    })
}

/// What a player adds to those before.
fn step(game: &Game<'_>, before: Coalition, player: usize, of: &Quantity) -> Option<i64> {
    let (with, without) = (game.value(before | 1 << player)?, game.value(before)?);
    Some(of(with)? - of(without)?)
}

/// The coalitions of a permutation from no one to everyone.
fn path(order: &[usize]) -> Vec<Coalition> {
    let mut coalition = 0;
    let steps = order.iter().map(|player| {
        coalition |= 1 << player;
        coalition
    });
    std::iter::once(0).chain(steps).collect()
}

/// A permutation that is a function of the seed and its number (Fisher and Yates).
fn permutation(players: usize, seed: Seed, number: u32) -> Vec<usize> {
    let mut random = AddressedRng::new(Stream::new(seed, "analysis/permutations"), number);
    let mut order: Vec<usize> = (0..players).collect();
    for at in (1..players).rev() {
        let other = (u64::from(random.next_u32()) * (at as u64 + 1)) >> 32;
        order.swap(at, other as usize);
    }
    order
}
