//! For which machine a loop was compiled.

/// The instructions that a loop may use.
///
/// A value exists only for what the machine at hand has: that is what makes it safe to call the variant of a
/// loop that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstructionSet(Level);

/// Which variant; private, so that nobody makes one up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Level {
    /// What every machine of the architecture has.
    Baseline,
    /// 256-bit vectors.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512-bit vectors with masks.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl InstructionSet {
    /// What every machine of the architecture has.
    pub const BASELINE: Self = Self(Level::Baseline);

    /// The fastest one of this machine.
    #[must_use]
    pub fn best() -> Self {
        Self::available().last().copied().unwrap_or(Self::BASELINE)
    }

    /// All that this machine has, the slowest first.
    #[must_use]
    pub fn available() -> &'static [Self] {
        #[cfg(target_arch = "x86_64")]
        {
            const ALL: [InstructionSet; 3] =
                [InstructionSet(Level::Baseline), InstructionSet(Level::Avx2), InstructionSet(Level::Avx512)];
            let avx2 = is_x86_feature_detected!("avx2");
            let avx512 = avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            &ALL[..1 + usize::from(avx2) + usize::from(avx512)]
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            const ONLY: [InstructionSet; 1] = [InstructionSet::BASELINE];
            &ONLY
        }
    }

    /// The one of this name, if this machine has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::available().iter().copied().find(|set| set.name() == name)
    }

    /// Its name: `baseline`, `avx2` or `avx512`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Level::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => "avx512",
        }
    }

    /// Whether AVX2 was detected; its variants may be called.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(crate) fn has_avx2(self) -> bool {
        self.0 >= Level::Avx2
    }

    /// Whether AVX-512 F, BW, DQ and VL were detected; their variants may be called.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(crate) fn has_avx512(self) -> bool {
        self.0 == Level::Avx512
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_available_set_is_found_by_its_name() {
        for &set in InstructionSet::available() {
            assert_eq!(InstructionSet::named(set.name()), Some(set));
        }
        assert_eq!(InstructionSet::named("mmx"), None);
        assert!(InstructionSet::best() >= InstructionSet::BASELINE);
    }
}
