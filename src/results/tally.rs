//! How many iterations keep something, with an honest interval.

use super::batches::{BATCHES, ratio_error};
use super::outcome::half_width;
use super::state::{State, StateError, StateReader, StateWriter};
use super::{Estimated, share_estimated};

/// A count of iterations by batch: exact, whatever is counted, and merged in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    n: [u64; BATCHES],
    counted: [u64; BATCHES],
}

impl Default for Tally {
    fn default() -> Self {
        Self { n: [0; BATCHES], counted: [0; BATCHES] }
    }
}

impl Tally {
    /// Counts the iterations of the block with this index: how many there are, and how many of them count.
    pub fn record(&mut self, block: u64, iterations: usize, counted: usize) {
        let batch = (block % BATCHES as u64) as usize;
        self.n[batch] += iterations as u64;
        self.counted[batch] += counted as u64;
    }

    /// Counts everything that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        self.n.iter_mut().zip(other.n).for_each(|(own, more)| *own += more);
        self.counted.iter_mut().zip(other.counted).for_each(|(own, more)| *own += more);
    }

    /// How many iterations there are; none at all where more count than there are.
    pub(super) fn iterations_checked(&self) -> u64 {
        let fits = self.n.iter().zip(&self.counted).all(|(n, counted)| counted <= n);
        if fits { self.n.iter().sum() } else { u64::MAX }
    }

    /// The share of all iterations that count, with its 95 % interval.
    #[must_use]
    pub fn share(&self) -> Estimated<f64> {
        let error = ratio_error(self.n.iter().copied().zip(self.counted.iter().map(|&count| count as f64)));
        let batches = self.n.iter().filter(|&&n| n > 0).count();
        share_estimated(self.counted.iter().sum(), self.n.iter().sum(), half_width(batches, error))
    }
}

impl State for Tally {
    fn save(&self, out: &mut StateWriter) {
        out.counts(self.n);
        out.counts(self.counted);
    }

    fn restore(&mut self, from: &mut StateReader<'_>) -> Result<(), StateError> {
        self.n.iter_mut().zip(from.counts(BATCHES)?).for_each(|(own, n)| *own = n);
        self.counted.iter_mut().zip(from.counts(BATCHES)?).for_each(|(own, n)| *own = n);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_that_was_written_is_read_back_and_more_counted_than_there_are_is_seen() {
        let mut tally = Tally::default();
        (0..70).for_each(|block| tally.record(block, 512, (block * 7 % 512) as usize));
        let mut out = StateWriter::default();
        tally.save(&mut out);
        let bytes = out.into_bytes();
        let mut read = Tally::default();
        read.restore(&mut StateReader::new(&bytes)).unwrap();
        assert_eq!((&read, read.iterations_checked()), (&tally, 70 * 512));
        read.record(3, 0, 5_000);
        assert_eq!(read.iterations_checked(), u64::MAX);
    }
}
