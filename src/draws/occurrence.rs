//! Whether something happens in an iteration.

use crate::units::Probability;

/// The test `u < p`, in integers: it happens where the bits lie below the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    threshold: u64,
}

impl Occurrence {
    /// The test for a probability: 0 never happens, 1 always, anything else in the nearest of 2^32 parts.
    #[must_use]
    pub fn new(probability: Probability) -> Self {
        Self { threshold: share_of_bits(probability.get()) }
    }

    /// Whether it happens for these bits.
    #[must_use]
    #[inline]
    pub fn happens(self, bits: u32) -> bool {
        u64::from(bits) < self.threshold
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
    fn a_smaller_probability_happens_in_a_subset() {
        let (rare, often) = (Probability::new(0.1).unwrap(), Probability::new(0.3).unwrap());
        assert!(Occurrence::new(rare).threshold() < Occurrence::new(often).threshold());
    }
}
