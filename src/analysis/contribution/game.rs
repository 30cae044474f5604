//! What coalitions of players come to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::Player;
use crate::engine::{Ends, Look, Worlds, WorldsError};
use crate::model::Switches;
use crate::units::Percentile;

/// Independent parts of the iterations from whose spread standard errors come.
pub const PARTS: usize = 16;

/// A coalition: a bit per player that is on.
pub type Coalition = u128;

/// What a coalition comes to: the percentile of finish and cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Minutes since the epoch; `None` when more iterations have no finish.
    pub finish: Option<i64>,
    /// Minor units.
    pub cost: i64,
    /// The same of up to [`PARTS`] parts of the iterations, one by one.
    pub parts: Vec<(Option<i64>, i64)>,
}

impl Value {
    /// Reads it off the iterations of a version.
    #[must_use]
    pub fn of(ends: &Ends, level: Percentile) -> Self {
        let read = |ends: &Ends| (ends.finish_percentile(level), ends.cost_percentile(level).unwrap_or(0));
        let (finish, cost) = read(ends);
        Self { finish, cost, parts: ends.parts(PARTS).iter().map(read).collect() }
    }
}

/// Why a game was not played to its end.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GameError {
    /// A version could not be simulated, or it was broken off.
    #[error(transparent)]
    Worlds(#[from] WorldsError),
}

/// A game: players, and the values of the coalitions that were asked for.
pub struct Game<'a> {
    worlds: &'a Worlds,
    players: &'a [Player],
    level: Percentile,
    blocks: u64,
    progress: &'a (dyn Fn(u64) -> ControlFlow<()> + Sync),
    values: BTreeMap<Coalition, Value>,
}

impl<'a> Game<'a> {
    /// A game of at most 128 players at a percentile, over so many blocks per coalition. `progress` may break
    /// it off.
    #[must_use]
    pub fn new(
        worlds: &'a Worlds,
        players: &'a [Player],
        level: Percentile,
        blocks: u64,
        progress: &'a (dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Self {
        Self { worlds, players, level, blocks, progress, values: BTreeMap::new() }
    }

    /// The players.
    #[must_use]
    pub fn players(&self) -> &'a [Player] {
        self.players
    }

    /// The coalition of all players.
    #[must_use]
    pub fn everyone(&self) -> Coalition {
        (0..self.players.len()).fold(0, |all, player| all | 1 << player)
    }

    /// Simulates what is not known yet of these coalitions.
    ///
    /// # Errors
    /// [`GameError`] if a version cannot be simulated, or it was broken off.
    pub fn play(&mut self, coalitions: impl IntoIterator<Item = Coalition>) -> Result<(), GameError> {
        let wanted: BTreeSet<Coalition> =
            coalitions.into_iter().filter(|coalition| !self.values.contains_key(coalition)).collect();
        let wanted: Vec<Coalition> = wanted.into_iter().collect();
        let versions: Vec<Switches> = wanted.iter().map(|&coalition| self.switches(coalition)).collect();
        let level = self.level;
        let value = |ends: &Ends| Value::of(ends, level);
        let values = self.worlds.each(&versions, self.blocks, Look::FinishAndCost, value, self.progress)?;
        self.values.extend(wanted.into_iter().zip(values));
        Ok(())
    }

    /// The value of a coalition that was played.
    #[must_use]
    pub fn value(&self, coalition: Coalition) -> Option<&Value> {
        self.values.get(&coalition)
    }

    /// How many coalitions were played.
    #[must_use]
    pub fn played(&self) -> usize {
        self.values.len()
    }

    fn switches(&self, coalition: Coalition) -> Switches {
        let mut switches = Switches::all(self.worlds.program());
        for (at, player) in self.players.iter().enumerate() {
            if coalition >> at & 1 == 0 {
                player.switch_off(&mut switches);
            }
        }
        switches
    }
}
