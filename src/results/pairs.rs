//! Finish and cost of two programs, iteration by iteration.

use std::collections::BTreeMap;

use super::Results;
use crate::engine::{Block, NEVER, Observer, PairObserver, Simulation};

/// A date or an amount of two programs in one iteration; a date may be [`NEVER`], which is later than
/// every other.
pub type Pair = (i64, i64);

/// The results of two programs on the same draws, and their values pair by pair.
///
/// Differences between percentiles are read off the pairs: what both programs have in common cancels in
/// them, which it would not in the difference of two separate intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// Everything about the first program.
    pub before: Results,
    /// Everything about the second.
    pub after: Results,
    blocks: BTreeMap<u64, Values>,
}

#[derive(Clone, Debug, PartialEq)]
struct Values {
    finish: Vec<(i32, i32)>,
    cost: Vec<(i64, i64)>,
    /// What both are worth; empty unless values are discounted in both.
    worth: Vec<(i64, i64)>,
}

impl Pairs {
    /// The most iterations whose pairs are kept: 2^22, in 100 MB.
    pub const MOST: u64 = 1 << 22;

    /// Empty pairs of two compiled programs.
    #[must_use]
    pub fn new(before: &Simulation, after: &Simulation) -> Self {
        Self { before: Results::new(before), after: Results::new(after), blocks: BTreeMap::new() }
    }

    /// The finishes block by block, each with the index of its block.
    #[must_use]
    pub fn finishes(&self) -> Vec<(u64, Vec<Pair>)> {
        let date = |minutes: i32| if minutes == NEVER { i64::MAX } else { i64::from(minutes) };
        let pairs = |values: &Values| values.finish.iter().map(|&(a, b)| (date(a), date(b))).collect();
        self.blocks.iter().map(|(&index, values)| (index, pairs(values))).collect()
    }

    /// The costs block by block, each with the index of its block.
    #[must_use]
    pub fn costs(&self) -> Vec<(u64, Vec<Pair>)> {
        self.blocks.iter().map(|(&index, values)| (index, values.cost.clone())).collect()
    }

    /// What both are worth block by block; nothing unless values are discounted in both.
    #[must_use]
    pub fn worths(&self) -> Vec<(u64, Vec<Pair>)> {
        let discounted = self.blocks.iter().filter(|(_, values)| !values.worth.is_empty());
        discounted.map(|(&index, values)| (index, values.worth.clone())).collect()
    }
}

impl PairObserver for Pairs {
    fn pair(&mut self, before: &Block, after: &Block) {
        self.before.block(before);
        self.after.block(after);
        let finish = before.finish.iter().copied().zip(after.finish.iter().copied()).collect();
        let cost = before.cost.iter().copied().zip(after.cost.iter().copied()).collect();
        let npv = |block: &Block, lane: usize| block.benefit_worth[lane] - block.cost_worth[lane];
        let has_case = self.before.worth.is_some() && self.after.worth.is_some();
        let lanes = if has_case { before.finish.len() } else { 0 };
        let worth = (0..lanes).map(|lane| (npv(before, lane), npv(after, lane))).collect();
        self.blocks.insert(before.index, Values { finish, cost, worth });
    }

    fn merge(&mut self, other: Self) {
        Observer::merge(&mut self.before, other.before);
        Observer::merge(&mut self.after, other.after);
        self.blocks.extend(other.blocks);
    }
}
