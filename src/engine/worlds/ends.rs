//! What a version of a program comes to: finish, cost and worth of every iteration.

use crate::draws::BLOCK;
use crate::engine::NEVER;
use crate::units::Percentile;

/// What of a version is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// All of [`Ends`].
    Everything,
    /// [`Ends`] without the worth, which takes longer than all the rest where many costs are spread over many
    /// months.
    FinishAndCost,
}

/// Finish, cost and worth of the program in every iteration of one version, by the number of the iteration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Minutes since the epoch or [`NEVER`].
    pub finish: Vec<i32>,
    /// Minor units.
    pub cost: Vec<i64>,
    /// What the program is worth on the valuation date, after tax, in minor units; empty where nothing is
    /// discounted, or nobody looked at it.
    pub worth: Vec<i64>,
}

impl Ends {
    /// How many iterations there are.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.finish.len()
    }

    /// A percentile of the finish; `None` when more iterations than that have none.
    #[must_use]
    pub fn finish_percentile(&self, level: Percentile) -> Option<i64> {
        percentile(&mut self.finish.clone(), level).filter(|&at| at != NEVER).map(i64::from)
    }

    /// A percentile of the cost.
    #[must_use]
    pub fn cost_percentile(&self, level: Percentile) -> Option<i64> {
        percentile(&mut self.cost.clone(), level)
    }

    /// A percentile of the worth; `None` where nothing is discounted.
    #[must_use]
    pub fn worth_percentile(&self, level: Percentile) -> Option<i64> {
        percentile(&mut self.worth.clone(), level)
    }

    /// The same iterations as so many parts of whole blocks, of sizes as equal as possible: independent
    /// repetitions from whose spread standard errors come. There are fewer where there are fewer blocks.
    #[must_use]
    pub fn parts(&self, most: usize) -> Vec<Self> {
        let blocks = self.finish.len() / BLOCK;
        let parts = most.min(blocks).max(1);
        let part = |at: usize| {
            let range = blocks * at / parts * BLOCK..blocks * (at + 1) / parts * BLOCK;
            let worth = self.worth.get(range.clone()).map(<[i64]>::to_vec).unwrap_or_default();
            Self { finish: self.finish[range.clone()].to_vec(), cost: self.cost[range].to_vec(), worth }
        };
        (0..parts).map(part).collect()
    }
}

/// The value of the rank of a percentile (semantics, section 2).
fn percentile<T: Ord + Copy>(values: &mut [T], level: Percentile) -> Option<T> {
    let rank = level.rank(values.len() as u64).checked_sub(1)? as usize;
    (rank < values.len()).then(|| *values.select_nth_unstable(rank).1)
}
