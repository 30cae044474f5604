//! Keyed permutations of the 512 lanes of a block.

/// The key of one permutation of `0..512`.
///
/// Four rounds of add, odd multiply and xor-shift on nine bits, each a bijection, and a last add: the
/// hashed permutation of Kensler (2013), "Correlated multi-jittered sampling", Pixar memo 13-01, cut to a
/// power of two and keyed with 77 bits instead of 32. The last add makes every lane exactly uniform; the
/// rounds make pairs of lanes uniform (tested).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermutationKey {
    /// Added before each round and at the end, in the top nine bits.
    add: [u32; 5],
    /// Odd multipliers.
    multiply: [u32; 4],
}

/// The nine bits that carry a lane.
const TOP: u32 = 0xFF80_0000;

impl PermutationKey {
    /// Derives the key from three random words.
    #[must_use]
    #[inline]
    pub fn new(words: [u32; 3]) -> Self {
        let [a, b, c] = words;
        Self {
            add: [a & TOP, a << 9 & TOP, a << 18 & TOP, b & TOP, c & TOP],
            multiply: [b >> 14 & 511 | 1, b >> 5 & 511 | 1, c >> 14 & 511 | 1, c >> 5 & 511 | 1],
        }
    }

    /// Where `lane` goes, in the top nine bits of the word; the others are zero.
    #[must_use]
    #[inline]
    pub fn permute_to_top(&self, lane: u32) -> u32 {
        let mut x = lane << 23;
        x = x.wrapping_add(self.add[0]).wrapping_mul(self.multiply[0]);
        x ^= x >> 5 & TOP;
        x = x.wrapping_add(self.add[1]).wrapping_mul(self.multiply[1]);
        x ^= x >> 4 & TOP;
        x = x.wrapping_add(self.add[2]).wrapping_mul(self.multiply[2]);
        x ^= x >> 5 & TOP;
        x = x.wrapping_add(self.add[3]).wrapping_mul(self.multiply[3]);
        x ^= x >> 4 & TOP;
        x.wrapping_add(self.add[4])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::philox4x32;

    #[test]
    fn every_key_permutes() {
        for i in 0..2_000 {
            let [a, b, c, _] = philox4x32([i, 0, 0, 0], [1, 2]);
            let key = PermutationKey::new([a, b, c]);
            let mut seen = [false; 512];
            for lane in 0..512 {
                let to = key.permute_to_top(lane);
                assert_eq!(to & !TOP, 0);
                assert!(!std::mem::replace(&mut seen[(to >> 23) as usize], true));
            }
        }
    }
}
