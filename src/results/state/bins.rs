//! Where consecutive bins of a power of two lie.

use super::{StateError, StateReader, StateWriter};

/// Consecutive bins: the binary logarithm of their width, the number (value >> shift) of the first, how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinPlace {
    pub shift: u32,
    pub first: i64,
    pub bins: usize,
}

impl BinPlace {
    /// Writes it.
    pub fn save(self, out: &mut StateWriter) {
        out.count(u64::from(self.shift));
        out.number(self.first);
        out.count(self.bins as u64);
    }

    /// Reads at most so many bins.
    ///
    /// # Errors
    /// [`StateError`] if there are more, or bins of which no 64-bit number has a place in some.
    pub fn restore(from: &mut StateReader<'_>, most: u64) -> Result<Self, StateError> {
        let shift = from.at_most(63, "a bin width")? as u32;
        let first = from.number()?;
        let bins = from.at_most(most, "more bins than there may be")?;
        let last = i128::from(first) + i128::from(bins) - 1;
        let (least, greatest) = (i64::MIN >> shift, i64::MAX >> shift);
        if bins > 0 && (first < least || last > i128::from(greatest)) {
            return Err(StateError::Unfitting("bins beyond the range of numbers"));
        }
        Ok(Self { shift, first, bins: bins as usize })
    }

    /// The lowest value that belongs into the bin with this place.
    pub fn low(self, bin: usize) -> i64 {
        (self.first + bin as i64) << self.shift
    }

    /// The value that lies so far above the lowest of a bin.
    ///
    /// # Errors
    /// [`StateError`] if it lies beyond the bin.
    pub fn value(self, bin: usize, above: u64) -> Result<i64, StateError> {
        if above >> self.shift == 0 {
            Ok(self.low(bin).wrapping_add(above as i64))
        } else {
            Err(StateError::Unfitting("a value beyond its bin"))
        }
    }
}
