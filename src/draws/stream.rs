//! The address of a sequence of draws.

use sha2::{Digest, Sha256};

use super::philox::philox4x32;

/// The seed of a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

/// Where the draws of one quantity come from: the seed and a stable name such as
/// `task/build.api/duration`.
///
/// All 64 bits of the seed and 64 of the name reach the generator, the seed as its key and the name as
/// part of its counter, so two streams of one seed share no counter unless their names collide
/// ([`super::Streams`] refuses that).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    seed: u64,
    name: u64,
    /// Names the counters of [`super::AddressedRng`], apart from those of the samplers.
    generator: u64,
}

/// What a counter is used for; part of the counter, so that uses never share one.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(super) enum Purpose {
    /// The uniforms of the random sampler.
    Uniform = 0,
    /// The key of the permutation of a stratified block.
    Permutation = 1,
    /// The key of the places within the strata of a stratified block.
    Place = 2,
}

impl Stream {
    /// The stream of a name.
    #[must_use]
    pub fn new(seed: Seed, name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let word =
            |at: usize| digest[at..at + 8].iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        Self { seed: seed.0, name: word(0), generator: word(8) }
    }

    /// The hash of the name, which must be unique within a program.
    #[must_use]
    pub fn name_hash(&self) -> u64 {
        self.name
    }

    /// Four random words at a position.
    #[inline(always)]
    pub(super) fn words(&self, position: u32, purpose: Purpose) -> [u32; 4] {
        let counter = [position, purpose as u32, self.name as u32, (self.name >> 32) as u32];
        philox4x32(counter, [self.seed as u32, (self.seed >> 32) as u32])
    }

    /// Four random words of the generator of an iteration.
    #[inline]
    pub(super) fn generator_words(&self, iteration: u32, position: u32) -> [u32; 4] {
        let counter = [position, iteration, self.generator as u32, (self.generator >> 32) as u32];
        philox4x32(counter, [self.seed as u32, (self.seed >> 32) as u32])
    }
}
