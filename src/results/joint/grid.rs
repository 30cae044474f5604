//! A counting grid over finish and cost that needs no range beforehand.

use super::axis::Axis;
use crate::engine::NEVER;
use crate::lanes::LANES;
use crate::results::batches::{BATCHES, ratio_error};
use crate::results::outcome::half_width;
use crate::results::state::{State, StateError, StateReader, StateWriter};
use crate::results::{Estimated, share_estimated};
use crate::units::Percentile;

/// How often each date came with each cost: up to 256 bins of dates times 256 bins of money.
///
/// Bins are a power of two wide and aligned at zero on both sides, each as narrow as its range allows, so
/// the grid is a function of the pairs alone: merging is exact and free of order. Every row and column
/// keeps the largest value that fell into it. At these values, its *nodes*, the joint confidence is exact
/// however wide the bins are: a pair keeps both limits of a node exactly if its cell lies before the node.
///
/// JCL(c, t) = P(cost <= c and finish <= t), counted (semantics, section 5); an iteration without a finish
/// keeps no limit and stays in n.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointGrid {
    finish: Axis,
    cost: Axis,
    /// A row per bin of dates, a column per bin of money.
    counts: Vec<u64>,
    /// All iterations by batch, with a finish or without.
    n: [u64; BATCHES],
    /// Limits of date and money whose pairs are counted exactly, by batch.
    watched: Vec<((i64, i64), [u64; BATCHES])>,
}

/// A cell of the grid that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JointCell {
    /// The lowest date that belongs into it, minutes since the epoch.
    pub finish: i64,
    /// Minutes that belong into it.
    pub finish_width: i64,
    /// The lowest amount that belongs into it, minor units.
    pub cost: i64,
    /// Minor units that belong into it.
    pub cost_width: i64,
    /// How many iterations.
    pub count: u64,
}

impl Default for JointGrid {
    fn default() -> Self {
        Self::watching(&[])
    }
}

impl JointGrid {
    /// An empty grid that counts exactly how many iterations keep each of some pairs of a date and an
    /// amount, over all iterations, whatever the bins.
    #[must_use]
    pub fn watching(limits: &[(i64, i64)]) -> Self {
        let watched = limits.iter().map(|&limits| (limits, [0; BATCHES])).collect();
        let (finish, cost) = (Axis::default(), Axis::default());
        Self { finish, cost, counts: Vec::new(), n: [0; BATCHES], watched }
    }

    /// Counts one iteration of a block; without a finish it keeps no limit.
    pub fn record(&mut self, block: u64, finish: Option<i64>, cost: i64) {
        self.n[(block % BATCHES as u64) as usize] += 1;
        if let Some(finish) = finish {
            self.count(block, &[(finish, cost)]);
        }
    }

    /// Counts the lanes of a block; a finish may be [`NEVER`].
    pub fn record_block(&mut self, block: u64, finish: &[i32; LANES], cost: &[i64; LANES]) {
        self.n[(block % BATCHES as u64) as usize] += LANES as u64;
        let mut pairs = [(0, 0); LANES];
        let mut finished = 0;
        for (&finish, &cost) in finish.iter().zip(cost).filter(|&(&finish, _)| finish != NEVER) {
            pairs[finished] = (i64::from(finish), cost);
            finished += 1;
        }
        self.count(block, &pairs[..finished]);
    }

    fn count(&mut self, block: u64, pairs: &[(i64, i64)]) {
        let Some(&(finish, cost)) = pairs.first() else { return };
        let wider = |ends: (i64, i64), value: i64| (ends.0.min(value), ends.1.max(value));
        let dates = pairs.iter().fold((finish, finish), |ends, pair| wider(ends, pair.0));
        let amounts = pairs.iter().fold((cost, cost), |ends, pair| wider(ends, pair.1));
        if !self.finish.holds(dates.0, dates.1) || !self.cost.holds(amounts.0, amounts.1) {
            let finish = self.finish.reaching(dates.0, dates.1, 0);
            self.rearrange(finish, self.cost.reaching(amounts.0, amounts.1, 0));
        }
        for &(finish, cost) in pairs {
            let (row, column) = (self.finish.at(finish), self.cost.at(cost));
            self.finish.note(row, finish);
            self.cost.note(column, cost);
            self.counts[row * self.cost.len() + column] += 1;
        }
        let batch = (block % BATCHES as u64) as usize;
        for ((date, amount), counts) in &mut self.watched {
            let keeps = |&&(finish, cost): &&(i64, i64)| finish <= *date && cost <= *amount;
            counts[batch] += pairs.iter().filter(keeps).count() as u64;
        }
    }

    /// Counts everything that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        self.n.iter_mut().zip(other.n).for_each(|(own, more)| *own += more);
        for (own, more) in self.watched.iter_mut().zip(&other.watched) {
            debug_assert_eq!(own.0, more.0, "grids of one program watch the same limits");
            own.1.iter_mut().zip(more.1).for_each(|(own, more)| *own += more);
        }
        self.rearrange(self.finish.spanning(&other.finish), self.cost.spanning(&other.cost));
        self.add(&other.finish, &other.cost, &other.counts);
    }

    /// Moves the counts to sides that hold the present ones.
    fn rearrange(&mut self, finish: Axis, cost: Axis) {
        let counts = vec![0; finish.len() * cost.len()];
        let before = std::mem::replace(self, Self { finish, cost, counts, n: self.n, watched: Vec::new() });
        self.watched = before.watched;
        self.add(&before.finish, &before.cost, &before.counts);
    }

    /// Adds counts on sides within the present ones.
    fn add(&mut self, finish: &Axis, cost: &Axis, counts: &[u64]) {
        let columns: Vec<usize> = (0..cost.len()).map(|column| self.cost.place(cost, column)).collect();
        for (row, counts) in counts.chunks(cost.len().max(1)).enumerate() {
            let start = self.finish.place(finish, row) * self.cost.len();
            for (&column, count) in columns.iter().zip(counts) {
                self.counts[start + column] += count;
            }
        }
    }

    /// All iterations, with a finish or without.
    #[must_use]
    pub fn iterations(&self) -> u64 {
        self.n.iter().fold(0, |sum, &n| sum.saturating_add(n))
    }

    /// The share of all iterations that keep a watched pair of limits, with its 95 % interval; `None` if
    /// the pair is not watched.
    #[must_use]
    pub fn share_watched(&self, finish: i64, cost: i64) -> Option<Estimated<f64>> {
        let (_, counts) = self.watched.iter().find(|watched| watched.0 == (finish, cost))?;
        let error = ratio_error(self.n.iter().copied().zip(counts.iter().map(|&count| count as f64)));
        let batches = self.n.iter().filter(|&&n| n > 0).count();
        Some(share_estimated(counts.iter().sum(), self.iterations(), half_width(batches, error)))
    }

    /// How many iterations keep a pair of limits: no fewer than the first and no more than the second
    /// number, which are equal at the nodes and wherever else the bins leave no doubt.
    #[must_use]
    pub fn count_within(&self, finish: i64, cost: i64) -> (u64, u64) {
        let before = |axis: &Axis, limit: i64| {
            let surely = axis.largest().iter().take_while(|&&largest| largest <= limit).count();
            // The next bin may hold values on both sides of the limit.
            let perhaps = (0..axis.len()).take_while(|&bin| axis.extent(bin).0 <= limit).count();
            (surely, perhaps.max(surely))
        };
        let (rows, columns) = (before(&self.finish, finish), before(&self.cost, cost));
        let sum = |rows: usize, columns: usize| {
            let lines = self.counts.chunks(self.cost.len().max(1)).take(rows);
            lines.map(|line| line[..columns].iter().sum::<u64>()).sum()
        };
        (sum(rows.0, columns.0), sum(rows.1, columns.1))
    }

    /// The iso-curve at a level: pairs of a date and an amount, dates ascending and amounts descending,
    /// each the smallest node of money that keeps the level with its date. Empty if no pair keeps it.
    ///
    /// Every pair is exact: at least that share of all iterations keeps both, and fewer keep the date and
    /// the node of money before it.
    #[must_use]
    pub fn iso_curve(&self, level: Percentile) -> Vec<(i64, i64)> {
        let wanted = level.rank(self.iterations()).max(1);
        let mut columns = vec![0_u64; self.cost.len()];
        let mut curve: Vec<(i64, i64)> = Vec::new();
        let lines = self.counts.chunks(self.cost.len().max(1));
        for (counts, &date) in lines.zip(self.finish.largest()) {
            columns.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            let mut below = 0;
            let node = columns.iter().position(|count| {
                below += count;
                below >= wanted
            });
            let Some(amount) = node.map(|column| self.cost.largest()[column]) else { continue };
            // A later date for the same money is no better.
            if curve.last().is_none_or(|last| amount < last.1) {
                curve.push((date, amount));
            }
        }
        curve
    }

    /// The cells that hold something, by date and then by money.
    pub fn cells(&self) -> impl Iterator<Item = JointCell> {
        let width = self.cost.len().max(1);
        self.counts.iter().enumerate().filter(|&(_, &count)| count > 0).map(move |(at, &count)| {
            let (finish, finish_width) = self.finish.extent(at / width);
            let (cost, cost_width) = self.cost.extent(at % width);
            JointCell { finish, finish_width, cost, cost_width, count }
        })
    }
}

impl State for JointGrid {
    fn save(&self, out: &mut StateWriter) {
        self.finish.save(out);
        self.cost.save(out);
        out.counts(self.counts.iter().copied());
        out.counts(self.n);
        out.count(self.watched.len() as u64);
        out.counts(self.watched.iter().flat_map(|watched| watched.1));
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        self.finish.restore(from)?;
        self.cost.restore(from)?;
        self.counts = from.counts(self.finish.len() * self.cost.len())?;
        self.n.iter_mut().zip(from.counts(BATCHES)?).for_each(|(own, n)| *own = n);
        from.exactly(self.watched.len(), "other limits")?;
        let counts = from.counts(self.watched.len() * BATCHES)?;
        self.watched.iter_mut().flat_map(|watched| &mut watched.1).zip(counts).for_each(|(own, n)| *own = n);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Pair = (Option<i64>, i64);

    fn of(pairs: &[Pair]) -> JointGrid {
        let mut grid = JointGrid::watching(&[(100, 10)]);
        (0..).zip(pairs).for_each(|(block, &(finish, cost))| grid.record(block, finish, cost));
        grid
    }

    fn counted(pairs: &[Pair], finish: i64, cost: i64) -> u64 {
        pairs.iter().filter(|pair| pair.0.is_some_and(|date| date <= finish) && pair.1 <= cost).count() as u64
    }

    fn pairs() -> impl Strategy<Value = Vec<Pair>> {
        let value = || (-300_i64..300, 0_u32..24).prop_map(|(value, shift)| value << shift);
        prop::collection::vec((prop::option::weighted(0.9, value()), value()), 1..80)
    }

    proptest! {
        // Seen to fail when merging leaves the width of the other's bins out of account and when a side that
        // grows takes wider bins than it needs.
        #[test]
        fn a_grid_is_a_function_of_its_pairs(mut pairs in pairs(), cut in 0_usize..80) {
            let whole = of(&pairs);
            let cut = cut.min(pairs.len());
            let (left, right) = (of(&pairs[..cut]), of(&pairs[cut..]));
            let mut forth = left.clone();
            forth.merge(&right);
            let mut back = right;
            back.merge(&left);
            pairs.reverse();
            for other in [forth, back, of(&pairs)] {
                prop_assert_eq!(other.iterations(), whole.iterations());
                prop_assert_eq!(&(&other.finish, &other.cost, &other.counts), &(&whole.finish, &whole.cost, &whole.counts));
                prop_assert_eq!(&other.watched[0].1.iter().sum::<u64>(), &whole.watched[0].1.iter().sum::<u64>());
            }
        }

        // Seen to fail when the doubtful bin counts for the lower number.
        #[test]
        fn counts_bracket_the_truth_and_meet_at_the_nodes(pairs in pairs(), at in 0_usize..80, gap in -2_i64..3) {
            let grid = of(&pairs);
            let near = pairs[at % pairs.len()];
            for (date, amount) in [(near.0.unwrap_or(0) + gap, i64::MAX), (i64::MAX, near.1 + gap), (near.0.unwrap_or(0) - gap, near.1 + gap)] {
                let (least, most) = grid.count_within(date, amount);
                let truth = counted(&pairs, date, amount);
                prop_assert!(least <= truth && truth <= most, "{} {} {}", least, truth, most);
            }
            prop_assert_eq!(grid.share_watched(100, 10).unwrap().value, counted(&pairs, 100, 10) as f64 / pairs.len() as f64);
            for &date in grid.finish.largest().iter().filter(|&&value| value != i64::MIN) {
                for &amount in grid.cost.largest().iter().filter(|&&value| value != i64::MIN) {
                    prop_assert_eq!(grid.count_within(date, amount).0, counted(&pairs, date, amount));
                }
            }
        }

        // Seen to fail when the curve takes the node before.
        #[test]
        fn an_iso_curve_keeps_its_level_and_no_node_of_less_money_does(pairs in pairs(), percent in 1_u32..100) {
            let (grid, level) = (of(&pairs), Percentile::whole(percent));
            let wanted = level.rank(pairs.len() as u64);
            let curve = grid.iso_curve(level);
            prop_assert_eq!(curve.is_empty(), counted(&pairs, i64::MAX, i64::MAX) < wanted);
            for pair in curve.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1);
            }
            for &(date, amount) in &curve {
                prop_assert!(counted(&pairs, date, amount) >= wanted);
                let before = grid.cost.largest().iter().filter(|&&node| node < amount).max();
                if let Some(&before) = before {
                    prop_assert!(counted(&pairs, date, before) < wanted);
                }
            }
        }
    }

    #[test]
    fn a_block_is_its_lanes_one_by_one() {
        let (mut one, mut all) = (JointGrid::watching(&[(40, 900)]), JointGrid::watching(&[(40, 900)]));
        for block in 0..70_u64 {
            let finish: [i32; LANES] =
                std::array::from_fn(|lane| match (lane * 7_919 + block as usize * 31) % 1_009 {
                    0 => NEVER,
                    value => value as i32 - 500,
                });
            let cost: [i64; LANES] =
                std::array::from_fn(|lane| (lane as i64 * 104_729 * block as i64) % 1_000_003);
            for (&finish, &cost) in finish.iter().zip(&cost) {
                one.record(block, (finish != NEVER).then_some(i64::from(finish)), cost);
            }
            all.record_block(block, &finish, &cost);
        }
        assert_eq!(one, all);
        let finished: u64 = all.cells().map(|cell| cell.count).sum();
        assert!(finished < all.iterations() && all.iterations() == 70 * 512, "some never finish");
    }

    #[test]
    fn the_ends_of_the_type_and_a_program_without_costs_fit() {
        let mut grid = JointGrid::default();
        grid.record(0, Some(i64::MIN), i64::MAX);
        grid.record(1, Some(i64::MAX), i64::MIN);
        assert_eq!(grid.count_within(i64::MAX, i64::MAX), (2, 2));
        assert_eq!(grid.cells().count(), 2);
        let mut free = JointGrid::default();
        (0..1_000).for_each(|at| free.record(at as u64, Some(at), 0));
        assert_eq!(free.counts.len(), 250, "bins of four minutes and one of money");
        assert_eq!(free.iso_curve(Percentile::P80), [(799, 0)]);
    }
}
