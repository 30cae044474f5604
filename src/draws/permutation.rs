//! Keyed permutations of the 512 lanes of a block.

/// The key of one permutation of `0..512`.
///
/// Six rounds of add, odd multiply and xor-shift on nine bits, each a bijection, and a last add: the
/// hashed permutation of Kensler (2013), "Correlated multi-jittered sampling", Pixar memo 13-01, cut to a
/// power of two and keyed with 111 bits instead of 32. The last add makes every lane exactly uniform; the
/// rounds make pairs of lanes uniform. With four rounds, lanes 256 apart still favour some distances by a
/// few per cent; with six no pair does, measured on four million keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermutationKey {
    /// Added before each round and at the end, in the top nine bits.
    add: [u32; ROUNDS + 1],
    /// Odd multipliers.
    multiply: [u32; ROUNDS],
}

/// Rounds of a permutation; an even number, because the shifts alternate.
const ROUNDS: usize = 6;

/// The nine bits that carry a lane.
const TOP: u32 = 0xFF80_0000;

impl PermutationKey {
    /// Derives the key from four random words, nine bits at a time.
    #[must_use]
    #[inline]
    pub fn new(words: [u32; 4]) -> Self {
        let [a, b, c, d] = words;
        let odd = |bits: u32| bits & 511 | 1;
        Self {
            add: [a & TOP, a << 9 & TOP, a << 18 & TOP, b & TOP, b << 9 & TOP, b << 18 & TOP, c & TOP],
            multiply: [
                odd(c >> 14),
                odd(c >> 5),
                odd(d >> 23),
                odd(d >> 14),
                odd(d >> 5),
                // The five bits that are left of a and of b.
                odd(a << 5 | b & 31),
            ],
        }
    }

    /// Where `lane` goes, in the top nine bits of the word; the others are zero.
    #[must_use]
    #[inline(always)]
    pub fn permute_to_top(&self, lane: u32) -> u32 {
        let mut x = lane << 23;
        for round in 0..ROUNDS {
            x = x.wrapping_add(self.add[round]).wrapping_mul(self.multiply[round]);
            x ^= x >> (5 - round % 2) & TOP;
        }
        x.wrapping_add(self.add[ROUNDS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::philox4x32;

    #[test]
    fn every_key_permutes() {
        for i in 0..2_000 {
            let key = PermutationKey::new(philox4x32([i, 0, 0, 0], [1, 2]));
            let mut seen = [false; 512];
            for lane in 0..512 {
                let to = key.permute_to_top(lane);
                assert_eq!(to & !TOP, 0);
                assert!(!std::mem::replace(&mut seen[(to >> 23) as usize], true));
            }
        }
    }
}
