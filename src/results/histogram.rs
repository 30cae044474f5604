//! A counting histogram that needs no range beforehand.

use super::Resolution;
use super::state::{BinPlace, State, StateError, StateReader, StateWriter};

/// Counts of integers in bins whose width is a power of two, aligned at zero.
///
/// The width is the smallest with which the range of the values fits the number of bins, so the final histogram
/// is a function of the values alone and merging is exact and order-free. Every bin also keeps the
/// largest value that fell into it: a percentile is always a value that occurred, so atoms (a date on
/// which a window opens) stay exact however wide the bins are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// The largest number of bins; when the range outgrows it, neighbours fold in pairs.
    budget: usize,
    /// The binary logarithm of the bin width.
    shift: u32,
    /// The number (value >> shift) of the first bin.
    first: i64,
    bins: Vec<Slot>,
    /// How many values were counted.
    n: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    count: u64,
    largest: i64,
}

const EMPTY: Slot = Slot { count: 0, largest: i64::MIN };

impl Slot {
    fn absorb(&mut self, other: Self) {
        self.count += other.count;
        self.largest = self.largest.max(other.largest);
    }
}

/// The values of a histogram by rank.
#[derive(Clone, Debug)]
pub struct Ranks {
    /// By bin that holds something: how many values there are up to its end, its lowest and its largest.
    ends: Vec<(u64, i64, i64)>,
}

impl Ranks {
    /// As [`Histogram::value_at_rank`].
    #[must_use]
    pub fn value_at(&self, rank: u64) -> Option<i64> {
        self.ends.get(self.bin_of(rank)).map(|&(_, _, largest)| largest)
    }

    /// Where a value at a rank lies if those of its bin lie evenly in it, up to the largest: a value, and a part
    /// of a bin beyond it. Where bins hold one value each it is that of [`Self::value_at`].
    #[must_use]
    pub fn evenly_at(&self, rank: u64) -> Option<(i64, f64)> {
        let at = self.bin_of(rank);
        let &(end, low, largest) = self.ends.get(at)?;
        let before = at.checked_sub(1).map_or(0, |at| self.ends[at].0);
        let part = rank.saturating_sub(before) as f64 / (end - before) as f64;
        // A bin is never so wide that its ends are further apart than numbers go.
        Some((low, part * largest.wrapping_sub(low) as f64))
    }

    fn bin_of(&self, rank: u64) -> usize {
        self.ends.partition_point(|&(below, ..)| below < rank)
    }
}

/// One bin that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The lowest value that belongs into it.
    pub low: i64,
    /// The width: it holds `low..low + width`.
    pub width: i64,
    /// How many values.
    pub count: u64,
    /// The largest value that occurred.
    pub largest: i64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}

impl Histogram {
    /// An empty histogram of the finest resolution.
    #[must_use]
    pub fn new() -> Self {
        Self::with_resolution(Resolution::FINEST)
    }

    /// An empty histogram.
    #[must_use]
    pub fn with_resolution(resolution: Resolution) -> Self {
        Self { budget: resolution.bins, shift: 0, first: 0, bins: Vec::new(), n: 0 }
    }

    /// Takes the memory of another, which is empty afterwards; while this one is empty.
    pub(super) fn reuse(&mut self, old: &mut Self) {
        self.bins = std::mem::take(&mut old.bins);
        self.bins.clear();
    }

    /// Number of values counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.n
    }

    /// The bin width.
    #[must_use]
    pub fn width(&self) -> i64 {
        1 << self.shift
    }

    /// Counts one value.
    pub fn record(&mut self, value: i64) {
        self.add(value >> self.shift, Slot { count: 1, largest: value });
    }

    /// Counts many values: as [`Self::record`] one by one, in any order.
    pub fn record_all(&mut self, values: &[i64]) {
        let (Some(&least), Some(&greatest)) = (values.iter().min(), values.iter().max()) else { return };
        // Once both ends fit, everything between them does.
        self.record(least);
        self.record(greatest);
        for value in [least, greatest] {
            let at = self.at(value);
            self.bins[at].count -= 1;
        }
        self.n = self.n + values.len() as u64 - 2;
        for &value in values {
            let at = self.at(value);
            let bin = &mut self.bins[at];
            bin.count += 1;
            bin.largest = bin.largest.max(value);
        }
    }

    /// The bin of a value within the range.
    #[inline]
    fn at(&self, value: i64) -> usize {
        ((value >> self.shift) - self.first) as usize
    }

    /// Counts everything that `other`, of the same resolution, counted.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.budget, other.budget, "histograms of one outcome have one resolution");
        while self.shift < other.shift {
            self.fold();
        }
        // Adding may fold, so the shift is read anew for every bin.
        for (number, slot) in (other.first..).zip(&other.bins).filter(|(_, slot)| slot.count > 0) {
            self.add(number >> (self.shift - other.shift), *slot);
        }
    }

    /// The smallest value x that occurred with at least `rank` values at or below it, up to the
    /// resolution of a bin; `None` when fewer than `rank` values were counted.
    #[must_use]
    pub fn value_at_rank(&self, rank: u64) -> Option<i64> {
        let mut below = 0;
        for slot in &self.bins {
            below += slot.count;
            if slot.count > 0 && below >= rank {
                return Some(slot.largest);
            }
        }
        None
    }

    /// The values at many ranks; each is found as [`Self::value_at_rank`] finds it, and faster.
    #[must_use]
    pub fn ranks(&self) -> Ranks {
        let mut below = 0;
        let ends = self.bins().map(|bin| {
            below += bin.count;
            (below, bin.low, bin.largest)
        });
        Ranks { ends: ends.collect() }
    }

    /// How many values are at most `value`, up to the resolution of a bin: a bin counts as a whole as
    /// soon as its largest value is at most `value`.
    #[must_use]
    pub fn count_at_most(&self, value: i64) -> u64 {
        self.bins.iter().filter(|slot| slot.count > 0 && slot.largest <= value).map(|slot| slot.count).sum()
    }

    /// The largest value.
    #[must_use]
    pub fn largest(&self) -> Option<i64> {
        self.value_at_rank(self.n)
    }

    /// The bins that hold something, ascending.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        let width = self.width();
        (self.first..).zip(&self.bins).filter(|(_, slot)| slot.count > 0).map(move |(number, slot)| Bin {
            low: number << self.shift,
            width,
            count: slot.count,
            largest: slot.largest,
        })
    }

    fn add(&mut self, mut number: i64, slot: Slot) {
        self.n += slot.count;
        loop {
            if self.bins.is_empty() {
                self.first = number;
                self.bins.push(slot);
                return;
            }
            let last = self.first + self.bins.len() as i64 - 1;
            // The distance of two 64-bit numbers may need a bit more.
            let span = i128::from(last.max(number)) - i128::from(self.first.min(number));
            if span < self.budget as i128 {
                break;
            }
            self.fold();
            number >>= 1;
        }
        if number < self.first {
            let missing = (self.first - number) as usize;
            self.bins.splice(0..0, std::iter::repeat_n(EMPTY, missing));
            self.first = number;
        }
        let at = (number - self.first) as usize;
        if at >= self.bins.len() {
            self.bins.resize(at + 1, EMPTY);
        }
        self.bins[at].absorb(slot);
    }

    /// Doubles the bin width.
    fn fold(&mut self) {
        if let Some(beyond) = self.bins.len().checked_sub(1) {
            let first = self.first >> 1;
            let last = (self.first + beyond as i64) >> 1;
            // No bin moves beyond its place, and what was there has moved before it.
            for (at, number) in (0..self.bins.len()).zip(self.first..) {
                let slot = std::mem::replace(&mut self.bins[at], EMPTY);
                self.bins[((number >> 1) - first) as usize].absorb(slot);
            }
            self.bins.truncate((last - first + 1) as usize);
            self.first = first;
        }
        self.shift += 1;
    }
}

impl State for Histogram {
    fn save(&self, out: &mut StateWriter) {
        let place = BinPlace { shift: self.shift, first: self.first, bins: self.bins.len() };
        place.save(out);
        out.counts(self.bins.iter().map(|slot| slot.count));
        // How far the largest value of a bin lies from the lowest that belongs into it.
        let held = self.bins.iter().enumerate().filter(|(_, slot)| slot.count > 0);
        held.for_each(|(bin, slot)| out.count(slot.largest.wrapping_sub(place.low(bin)) as u64));
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        let place = BinPlace::restore(from, self.budget as u64)?;
        let counts = from.counts(place.bins)?;
        (self.shift, self.first, self.n) = (place.shift, place.first, 0);
        self.bins = Vec::with_capacity(place.bins);
        for (bin, count) in counts.into_iter().enumerate() {
            let largest = if count > 0 { place.value(bin, from.count()?)? } else { EMPTY.largest };
            self.n = self.n.checked_add(count).ok_or(StateError::Unfitting("too many values"))?;
            self.bins.push(Slot { count, largest });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::Percentile;

    fn of(values: &[i64]) -> Histogram {
        let mut histogram = Histogram::new();
        values.iter().for_each(|&value| histogram.record(value));
        histogram
    }

    #[test]
    fn many_values_at_once_are_those_values_one_by_one() {
        for (spread, n) in [(1_i64, 1_usize), (7, 2), (1_000, 512), (1 << 40, 512)] {
            let value = |at: usize| (at as i64).wrapping_mul(0x5851_F42D_4C95_7F2D) % spread - spread / 3;
            let (mut one, mut all) = (Histogram::new(), Histogram::new());
            for part in 0..5 {
                let values: Vec<i64> = (part * n..(part + 1) * n).map(value).collect();
                values.iter().for_each(|&value| one.record(value));
                all.record_all(&values);
                all.record_all(&[]);
            }
            assert_eq!(one, all);
        }
    }

    #[test]
    fn narrow_ranges_are_exact() {
        let histogram = of(&[5, 3, 3, 9, 1]);
        let rank = |p: u32| histogram.value_at_rank(Percentile::whole(p).rank(5)).unwrap();
        assert_eq!((rank(10), rank(50), rank(80), rank(90)), (1, 3, 5, 9));
        let ranks = histogram.ranks();
        (0..8).for_each(|rank| assert_eq!(ranks.value_at(rank), histogram.value_at_rank(rank)));
        assert_eq!(histogram.count_at_most(3), 3);
        assert_eq!(histogram.value_at_rank(6), None);
    }

    #[test]
    fn atoms_stay_exact_when_bins_are_wide() {
        let mut values = vec![1_000_003; 60];
        values.extend([90_000_001; 39]);
        values.push(-7_000_000_000);
        let histogram = of(&values);
        assert!(histogram.width() > 1);
        assert_eq!(histogram.value_at_rank(50), Some(1_000_003));
        assert_eq!(histogram.value_at_rank(80), Some(90_000_001));
        assert_eq!(histogram.count_at_most(1_000_003), 61);
    }

    #[test]
    fn values_of_a_wide_bin_lie_evenly_in_it() {
        let mut values: Vec<i64> = (0..64).map(|at| 5 * (1 << 20) + at * 16).collect();
        values.push(60 << 20);
        let histogram = of(&values);
        assert_eq!(histogram.width(), 1 << 10);
        let at = |rank: u64| histogram.ranks().evenly_at(rank).map(|(low, more)| low as f64 + more);
        assert_eq!((at(1), at(32), at(64)), (Some(5_242_895.75), Some(5_243_384.0), Some(5_243_888.0)));
        assert_eq!((at(65), at(66)), (Some((60 << 20) as f64), None));
    }

    #[test]
    fn the_extremes_of_the_type_fit() {
        let histogram = of(&[i64::MIN, 0, i64::MAX]);
        assert_eq!(histogram.value_at_rank(1), Some(i64::MIN));
        assert_eq!(histogram.largest(), Some(i64::MAX));
    }

    proptest! {
        #[test]
        fn a_histogram_is_a_function_of_its_values(
            mut values in prop::collection::vec((-40_i64..40, 0_u32..40).prop_map(|(v, s)| v << s), 1..60),
            cut in 0_usize..60,
        ) {
            let whole = of(&values);
            let cut = cut.min(values.len());
            let (left, right) = (of(&values[..cut]), of(&values[cut..]));
            let mut forth = left.clone();
            forth.merge(&right);
            let mut back = right;
            back.merge(&left);
            let bins = |histogram: &Histogram| histogram.bins().collect::<Vec<_>>();
            prop_assert_eq!(bins(&forth), bins(&whole));
            prop_assert_eq!(bins(&back), bins(&whole));
            values.reverse();
            prop_assert_eq!(bins(&of(&values)), bins(&whole));
        }
    }
}
