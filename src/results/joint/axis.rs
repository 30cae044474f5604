//! One side of a grid: bins of a power of two, aligned at zero, that fold when they become too many.

use crate::results::state::{BinPlace, State, StateError, StateReader, StateWriter};

/// The largest number of bins of a side.
const BUDGET: i128 = 256;

/// Consecutive bins, and the largest value that fell into each.
///
/// The width is the smallest with which the range of the values fits the budget, so it is a function of
/// the values alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Axis {
    /// The binary logarithm of the bin width.
    shift: u32,
    /// The number (value >> shift) of the first bin.
    first: i64,
    /// By bin; [`i64::MIN`] where nothing fell.
    largest: Vec<i64>,
}

impl Axis {
    /// Number of bins.
    pub(super) fn len(&self) -> usize {
        self.largest.len()
    }

    /// The largest value of each bin.
    pub(super) fn largest(&self) -> &[i64] {
        &self.largest
    }

    /// The lowest value that belongs into a bin, and how many values do.
    pub(super) fn extent(&self, bin: usize) -> (i64, i64) {
        ((self.first + bin as i64) << self.shift, 1_i64.checked_shl(self.shift).unwrap_or(i64::MAX))
    }

    /// The bin of a value within the range.
    #[inline]
    pub(super) fn at(&self, value: i64) -> usize {
        ((value >> self.shift) - self.first) as usize
    }

    /// Notes that a value fell into a bin.
    #[inline]
    pub(super) fn note(&mut self, bin: usize, value: i64) {
        self.largest[bin] = self.largest[bin].max(value);
    }

    /// Whether both values lie in the range.
    pub(super) fn holds(&self, least: i64, greatest: i64) -> bool {
        let last = i128::from(self.first) + self.largest.len() as i128 - 1;
        !self.largest.is_empty()
            && least >> self.shift >= self.first
            && i128::from(greatest >> self.shift) <= last
    }

    /// This side made to hold these values as well; its bins are at least `1 << shift` wide.
    pub(super) fn reaching(&self, least: i64, greatest: i64, shift: u32) -> Self {
        let mut shift = self.shift.max(shift);
        let ends = |shift: u32| {
            let (first, last) = (least >> shift, greatest >> shift);
            if self.largest.is_empty() {
                return (first, last);
            }
            let more = shift - self.shift;
            let own_last = self.first + (self.largest.len() as i64 - 1);
            (first.min(self.first >> more), last.max(own_last >> more))
        };
        let (mut first, mut last) = ends(shift);
        // The distance of two 64-bit numbers may need a bit more.
        while i128::from(last) - i128::from(first) >= BUDGET {
            shift += 1;
            (first, last) = ends(shift);
        }
        let mut wider = Self { shift, first, largest: vec![i64::MIN; (last - first + 1) as usize] };
        wider.take(self);
        wider
    }

    /// Takes over the largest values of a side with bins as wide or narrower, all within this one.
    pub(super) fn take(&mut self, other: &Self) {
        for (bin, &largest) in other.largest.iter().enumerate() {
            let into = self.place(other, bin);
            self.note(into, largest);
        }
    }

    /// This side made to hold everything of another.
    pub(super) fn spanning(&self, other: &Self) -> Self {
        let Some(beyond) = other.largest.len().checked_sub(1) else { return self.clone() };
        let last = other.first + beyond as i64;
        let mut both = self.reaching(other.first << other.shift, last << other.shift, other.shift);
        both.take(other);
        both
    }

    /// Where the bin of a side with bins as wide or narrower lies on this one.
    pub(super) fn place(&self, other: &Self, bin: usize) -> usize {
        (((other.first + bin as i64) >> (self.shift - other.shift)) - self.first) as usize
    }
}

impl State for Axis {
    fn save(&self, out: &mut StateWriter) {
        let place = BinPlace { shift: self.shift, first: self.first, bins: self.largest.len() };
        place.save(out);
        // Zero where nothing fell, else one more than the distance from the lowest value that belongs there.
        out.counts(self.largest.iter().enumerate().map(|(bin, &largest)| match largest {
            i64::MIN => 0,
            largest => largest.wrapping_sub(place.low(bin)) as u64 + 1,
        }));
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        let place = BinPlace::restore(from, BUDGET as u64)?;
        let largest = |(bin, above): (usize, u64)| match above.checked_sub(1) {
            None => Ok(i64::MIN),
            Some(above) => place.value(bin, above),
        };
        let largest = from.counts(place.bins)?.into_iter().enumerate().map(largest);
        *self = Self { shift: place.shift, first: place.first, largest: largest.collect::<Result<_, _>>()? };
        Ok(())
    }
}
