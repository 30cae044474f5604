//! How the uniforms of a stream are spread over the iterations.

use super::permutation::PermutationKey;
use super::stream::{Purpose, Stream};
use crate::lanes::{InstructionSet, LANES, for_each_set};

/// Iterations in a block.
pub const BLOCK: usize = LANES;

/// How the uniforms of a stream are spread over the iterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sampler {
    /// Every aligned block of 512 iterations is a Latin hypercube: each stream visits each of 512 equal
    /// strata once, in an order of its own.
    #[default]
    Stratified,
    /// Independent draws.
    Random,
}

/// The uniform that 32 random bits stand for: `(bits + 1/2) / 2^32`, strictly between 0 and 1.
#[must_use]
#[inline]
pub fn unit(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// Everything that the lanes of one stratified block share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockKey {
    permutation: PermutationKey,
    place: [u32; 2],
}

impl BlockKey {
    /// The key of a block of a stream.
    #[must_use]
    #[inline]
    pub fn new(stream: &Stream, block: u32) -> Self {
        let permutation = PermutationKey::new(stream.words(block, Purpose::Permutation));
        let [first, second, ..] = stream.words(block, Purpose::Place);
        Self { permutation, place: [first, second] }
    }

    /// The 32 bits of a lane: the stratum in the top nine, the place within it in the others.
    #[must_use]
    #[inline(always)]
    pub fn bits(&self, lane: u32) -> u32 {
        self.permutation.permute_to_top(lane) | self.place(lane) >> 9
    }

    /// A hash of the lane: a Weyl step and two rounds of multiply and xor-shift (the constants are those
    /// of Wellons' `lowbias32`), keyed at both ends.
    #[inline(always)]
    fn place(&self, lane: u32) -> u32 {
        let mut x = lane.wrapping_mul(0x9E37_79B9).wrapping_add(self.place[0]);
        x = (x ^ x >> 16).wrapping_mul(0x21F0_AAAD) ^ self.place[1];
        x = (x ^ x >> 15).wrapping_mul(0x735A_2D97);
        x ^ x >> 15
    }
}

impl Sampler {
    /// The 32 random bits of an iteration; [`unit()`] turns them into a uniform.
    #[must_use]
    #[inline]
    pub fn bits(self, stream: &Stream, iteration: u32) -> u32 {
        match self {
            Self::Stratified => {
                BlockKey::new(stream, iteration / BLOCK as u32).bits(iteration % BLOCK as u32)
            }
            Self::Random => stream.words(iteration / 4, Purpose::Uniform)[(iteration % 4) as usize],
        }
    }

    /// The bits of the 512 iterations of a block: lane `i` is iteration `512 block + i`.
    ///
    /// Blocks count from 0 to 2^23 - 1; a greater number wraps.
    pub fn fill_block(self, stream: &Stream, block: u32, out: &mut [u32; BLOCK]) {
        self.fill_block_with(InstructionSet::best(), stream, block, out);
    }

    /// The same on a given instruction set, with the same result.
    pub fn fill_block_with(self, set: InstructionSet, stream: &Stream, block: u32, out: &mut [u32; BLOCK]) {
        match self {
            Self::Stratified => fill_stratified(set, &BlockKey::new(stream, block % (1 << 23)), out),
            Self::Random => {
                let mut words = [[0; BLOCK / 4]; 4];
                fill_random(set, stream, block.wrapping_mul(BLOCK as u32 / 4), &mut words);
                let [a, b, c, d] = &words;
                for (at, four) in out.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                    *four = [a[at], b[at], c[at], d[at]];
                }
            }
        }
    }

    /// The name, as in a scenario file and a manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stratified => "stratified",
            Self::Random => "random",
        }
    }
}

for_each_set! {
    fn fill_stratified(key: &BlockKey, out: &mut [u32; BLOCK]) {
        for (lane, bits) in (0..).zip(out.iter_mut()) {
            *bits = key.bits(lane);
        }
    }

    fn fill_random(stream: &Stream, first: u32, out: &mut [[u32; BLOCK / 4]; 4]) {
        for at in 0..BLOCK / 4 {
            let words = stream.words(first.wrapping_add(at as u32), Purpose::Uniform);
            for (out, word) in out.iter_mut().zip(words) {
                out[at] = word;
            }
        }
    }
}
