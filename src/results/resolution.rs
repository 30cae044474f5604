//! How finely distributions are counted.

/// How many bins the outcomes of a program have to themselves at most, all together: a few hundred megabytes per
/// thread, however large the plan.
const BINS: usize = 1 << 24;

/// How fine the distribution of one outcome is.
///
/// A function of the number of outcomes alone, so that what threads and machines count merges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The most bins of the histogram.
    pub bins: usize,
    /// The most bins of the coarse histogram that every batch keeps.
    pub batch_bins: usize,
}

impl Resolution {
    /// That of the outcomes that a decision is about: a year in steps of sixteen minutes.
    pub const FINEST: Self = Self { bins: 1 << 16, batch_bins: 1 << 10 };

    /// That of one of so many outcomes: the finest for up to 256 of them, and never coarser than a thousandth of the
    /// range.
    #[must_use]
    pub fn of_one_in(outcomes: usize) -> Self {
        let share = BINS / outcomes.max(1);
        let bins = 1 << share.clamp(1 << 10, Self::FINEST.bins).ilog2();
        Self { bins, batch_bins: (bins >> 6).max(1 << 8) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_outcomes_share_the_bins_of_a_few() {
        assert_eq!(Resolution::of_one_in(0), Resolution::FINEST);
        assert_eq!(Resolution::of_one_in(256), Resolution::FINEST);
        assert_eq!(Resolution::of_one_in(257), Resolution { bins: 1 << 15, batch_bins: 1 << 9 });
        assert_eq!(Resolution::of_one_in(usize::MAX), Resolution { bins: 1 << 10, batch_bins: 1 << 8 });
    }
}
