//! Whether something happens in an iteration.

use crate::units::Probability;

/// The test `from <= u < to`, in integers; for a probability `u < p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    first: u64,
    threshold: u64,
}

impl Occurrence {
    /// The test for a probability: 0 never happens, 1 always, anything else in the nearest of 2^32 parts.
    #[must_use]
    pub fn new(probability: Probability) -> Self {
        Self::between(0.0, probability.get())
    }

    /// The test for a stretch of the unit interval, its end left out. Stretches that touch share no bits and
    /// leave none out.
    #[must_use]
    pub fn between(from: f64, to: f64) -> Self {
        let first = share_of_bits(from);
        Self { first, threshold: share_of_bits(to).saturating_sub(first) }
    }

    /// Whether it happens for these bits.
    #[must_use]
    #[inline]
    pub fn happens(self, bits: u32) -> bool {
        u64::from(bits).wrapping_sub(self.first) < self.threshold
    }

    /// How many of the 2^32 values of the bits it happens for.
    #[must_use]
    #[inline]
    pub fn threshold(self) -> u64 {
        self.threshold
    }
}

/// How many of the 2^32 uniforms lie at or below a share.
pub(super) fn share_of_bits(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_and_always_are_exact() {
        for bits in [0, 1, 1 << 31, u32::MAX] {
            assert!(!Occurrence::new(Probability::NEVER).happens(bits));
            assert!(Occurrence::new(Probability::ALWAYS).happens(bits));
        }
        let half = Occurrence::new(Probability::new(0.5).unwrap());
        assert!(half.happens((1 << 31) - 1) && !half.happens(1 << 31));
    }

    #[test]
    fn stretches_that_touch_share_no_bits() {
        let cuts = [0.0, 0.3, 0.55, 1.0];
        let parts = || cuts.windows(2).map(|cut| Occurrence::between(cut[0], cut[1]));
        assert_eq!(parts().map(Occurrence::threshold).sum::<u64>(), 1 << 32);
        let edge = share_of_bits(0.3) as u32;
        for bits in [0, edge - 1, edge, edge + 1, u32::MAX] {
            assert_eq!(parts().filter(|part| part.happens(bits)).count(), 1, "{bits}");
        }
    }

    #[test]
    fn a_smaller_probability_happens_in_a_subset() {
        let (rare, often) = (Probability::new(0.1).unwrap(), Probability::new(0.3).unwrap());
        assert!(Occurrence::new(rare).threshold() < Occurrence::new(often).threshold());
    }
}
