//! Cubic pieces over folded uniforms.

use super::sink::Sink;
use crate::lanes::{InstructionSet, LANES};

/// Coefficients of one piece: `c0 + t (c1 + t (c2 + t c3))` for `t` in `0..1`.
pub type Segment = [f64; 4];

/// The bits of a mantissa.
const MANTISSA: u64 = (1 << 52) - 1;

/// The exponent bits of 1.
const ONE: u64 = 1_023 << 52;

/// A function of the 2^32 uniforms: `location + scale * piece(t)`.
///
/// The uniforms are folded at `split`: below it `v = bits + 1/2`, from it on `v = 2^32 - bits - 1/2`. The
/// exponent of `v` and the first `level` bits of its mantissa number the piece, the other bits are `t`.
#[derive(Clone, Copy, Debug)]
pub struct Cubic<'a> {
    /// The pieces; beyond the last it is the last, and without any every value is the location.
    pub segments: &'a [Segment],
    /// The first uniform that is folded.
    pub split: u32,
    /// Binary logarithm of the number of pieces in an octave, at most 19.
    pub level: u32,
    /// Subtracted from the bits of `v`, shifted right by `52 - level`, below and from the split on; the
    /// difference fits 32 bits, so 32 bits of both are enough.
    pub offsets: (u32, u32),
    /// The value of the standardised 0.
    pub location: f64,
    /// The factor on the standardised value.
    pub scale: f64,
}

impl Cubic<'_> {
    /// The values.
    pub fn reals(&self, set: InstructionSet, bits: &[u32; LANES], out: &mut [f64; LANES]) {
        self.fill(set, bits, out);
    }

    /// The values in nearest whole minutes, ties to even and nothing below zero; how many were below.
    pub fn minutes(&self, set: InstructionSet, bits: &[u32; LANES], out: &mut [i32; LANES]) -> u64 {
        if self.fill(set, bits, out) >= 0.0 {
            return 0;
        }
        if self.segments.is_empty() {
            return LANES as u64;
        }
        let below = bits.iter().filter(|&&bits| self.value(bits) < 0.0);
        below.count() as u64
    }

    /// The values in nearest whole minor units of money, ties to even.
    pub fn money(&self, set: InstructionSet, bits: &[u32; LANES], out: &mut [i64; LANES]) {
        self.fill(set, bits, out);
    }

    /// Fills `out`; a number that is below zero if and only if a value is that counts.
    fn fill<T: Sink>(&self, set: InstructionSet, bits: &[u32; LANES], out: &mut [T; LANES]) -> f64 {
        if self.segments.is_empty() {
            out.fill(T::of(self.location));
            return self.location;
        }
        #[cfg(target_arch = "x86_64")]
        {
            if set.has_avx512() {
                // SAFETY: AVX-512 was detected; there is a piece.
                return unsafe { super::x86::fill_avx512(self, bits, out) };
            }
            if set.has_avx2() {
                // SAFETY: AVX2 was detected; there is a piece.
                return unsafe { super::x86::fill_avx2(self, bits, out) };
            }
        }
        let _ = set;
        let mut least = 0.0_f64;
        for (out, &bits) in out.iter_mut().zip(bits) {
            let value = self.value(bits);
            least = least.min(value);
            *out = T::of(value);
        }
        least
    }

    /// The number of the last piece.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn last(&self) -> u32 {
        u32::try_from(self.segments.len() - 1).unwrap_or(u32::MAX)
    }

    /// The value of one uniform; there is a piece.
    #[inline(always)]
    fn value(&self, bits: u32) -> f64 {
        let lower = bits < self.split;
        let folded = if lower { bits } else { !bits };
        let offset = if lower { self.offsets.0 } else { self.offsets.1 };
        let v = (f64::from(folded) + 0.5).to_bits();
        let at = ((v >> (52 - self.level)) as u32).wrapping_sub(offset) as usize;
        let t = f64::from_bits(v << self.level & MANTISSA | ONE) - 1.0;
        let [c0, c1, c2, c3] = self.segments[at.min(self.segments.len() - 1)];
        self.location + self.scale * (c0 + t * (c1 + t * (c2 + t * c3)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uniforms() -> [u32; LANES] {
        std::array::from_fn(|lane| match lane {
            0 => 0,
            1 => u32::MAX,
            2 => (1 << 31) - 1,
            3 => 1 << 31,
            _ => (lane as u32).wrapping_mul(2_654_435_761) >> (lane % 31),
        })
    }

    // Seen to fail when the number of a piece is not clamped (with an address sanitiser), when the bits of the
    // upper side are not inverted, and when durations below zero are kept.
    #[test]
    fn every_set_looks_up_the_same_pieces_and_clamps_beyond_the_last() {
        let segments: Vec<Segment> =
            (0..37).map(|i| std::array::from_fn(|k| f64::from(i * 7 - 80 + k as i32) * 0.37)).collect();
        for (level, split) in [(0, 1 << 31), (3, 1_000), (8, u32::MAX)] {
            let offsets = (1_022 << level, (1_022 << level) + 20);
            let curve = Cubic { segments: &segments, split, level, offsets, location: 3.0, scale: -1.5 };
            let bits = uniforms();
            for &set in InstructionSet::available() {
                let (mut reals, mut minutes, mut money) = ([0.0; LANES], [0; LANES], [0; LANES]);
                curve.reals(set, &bits, &mut reals);
                let below = curve.minutes(set, &bits, &mut minutes);
                curve.money(set, &bits, &mut money);
                for lane in 0..LANES {
                    let expected = curve.value(bits[lane]);
                    assert_eq!(reals[lane].to_bits(), expected.to_bits(), "lane {lane}, {}", set.name());
                    assert_eq!(minutes[lane], expected.max(0.0).round_ties_even() as i32);
                    assert_eq!(money[lane], expected.round_ties_even() as i64);
                }
                assert_eq!(below, reals.iter().filter(|&&value| value < 0.0).count() as u64);
                assert!(below > 0);
            }
        }
    }

    #[test]
    fn without_pieces_everything_is_the_location() {
        let curve = Cubic { segments: &[], split: 7, level: 3, offsets: (0, 0), location: -3.0, scale: -1.5 };
        for &set in InstructionSet::available() {
            let (mut reals, mut minutes, mut money) = ([0.0; LANES], [1; LANES], [0; LANES]);
            curve.reals(set, &uniforms(), &mut reals);
            curve.money(set, &uniforms(), &mut money);
            assert_eq!(curve.minutes(set, &uniforms(), &mut minutes), LANES as u64);
            assert_eq!((reals, minutes, money), ([-3.0; LANES], [0; LANES], [-3; LANES]));
        }
    }
}
