//! From uniforms to normal scores and back.

use std::sync::LazyLock;

use crate::draws::round::round_money;
use crate::draws::segments::Segments;
use crate::draws::standard::Standard;
use crate::lanes::{self, InstructionSet, LANES, Longs};

/// Both tables; the error of either is below 1e-9.
struct Scores {
    quantile: Segments,
    share: Segments,
}

/// A pure function of nothing, made when a program with correlations is first simulated.
static SCORES: LazyLock<Scores> = LazyLock::new(|| Scores {
    quantile: Segments::with_level(&Standard::Normal, 6, 1_022),
    // The piece of the least score that is looked up, 1/32 of the range from its end, begins at 2^27.
    share: Segments::with_level(&Standard::NormalShare, 9, 1_023 + 27),
});

/// Scores count as words from -8, in steps of 2^-28.
const LEAST: f64 = 8.0;
const STEPS: f64 = 268_435_456.0;

/// What half a uniform is taken off for: a word is the number of whole uniforms below.
const HALF: f64 = -0.5;

/// All uniforms.
const ALL: f64 = 4_294_967_296.0;

/// The standard normal score of a uniform.
#[must_use]
#[inline]
pub fn score(bits: u32) -> f64 {
    SCORES.quantile.value(bits)
}

/// The uniform whose score this is, the nearest end beyond the last.
#[must_use]
#[inline]
pub fn uniform_of(score: f64) -> u32 {
    let word = lanes::fixed_point(score, LEAST, STEPS);
    round_money(HALF + ALL * SCORES.share.value(word)).clamp(0, i64::from(u32::MAX)) as u32
}

/// The scores of the uniforms of a block, with the bits of [`score`].
pub(super) fn fill_scores(set: InstructionSet, bits: &[u32; LANES], out: &mut [f64; LANES]) {
    SCORES.quantile.curve(0.0, 1.0).reals(set, bits, out);
}

/// The uniforms of the scores of a block, with the bits of [`uniform_of`].
pub(super) fn fill_uniforms(set: InstructionSet, scores: &[f64; LANES], bits: &mut [u32; LANES]) {
    lanes::fixed_points(set, bits, scores, LEAST, STEPS);
    let mut whole = Longs::all(0);
    SCORES.share.curve(HALF, ALL).money(set, bits, &mut whole);
    lanes::words_of(set, bits, &whole);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::special::{normal_cdf, normal_quantile};
    use crate::draws::unit;

    fn uniforms() -> impl Iterator<Item = u32> {
        let tails = (0..32).flat_map(|shift| (0..64).map(move |i| (1_u64 << shift) + i * (1 << shift) / 64));
        let tails = tails.filter_map(|word| u32::try_from(word).ok());
        let middle = (0..100_000_u32).map(|i| i.wrapping_mul(42_953));
        tails.flat_map(|word| [word, !word]).chain(middle).chain([0, u32::MAX])
    }

    #[test]
    fn scores_are_exact_to_a_billionth_and_come_back() {
        for bits in uniforms() {
            let exact = normal_quantile(unit(bits));
            assert!((score(bits) - exact).abs() < 1e-9, "{bits}: {} for {exact}", score(bits));
            let back = uniform_of(score(bits));
            assert!(bits.abs_diff(back) <= 4, "{bits} comes back as {back}");
        }
        assert_eq!((uniform_of(-9.0), uniform_of(9.0)), (0, u32::MAX));
        let share = |z: f64| unit(uniform_of(z));
        for i in -7_400..7_400 {
            let z = f64::from(i) * 1e-3;
            assert!((share(z) - normal_cdf(z)).abs() < 1e-9, "{z}: {} for {}", share(z), normal_cdf(z));
        }
    }

    #[test]
    fn both_ways_ascend() {
        let mut sorted: Vec<u32> = uniforms().collect();
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| score(pair[0]) <= score(pair[1])));
        let words: Vec<u32> = (-80_000..80_000).map(|i| uniform_of(f64::from(i) * 1e-4)).collect();
        assert!(words.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn blocks_have_the_bits_of_single_scores() {
        let bits: [u32; LANES] =
            std::array::from_fn(|lane| (lane as u32).wrapping_mul(2_654_435_761) >> (lane % 31));
        for &set in InstructionSet::available() {
            let (mut scores, mut back) = ([0.0; LANES], [0; LANES]);
            fill_scores(set, &bits, &mut scores);
            fill_uniforms(set, &scores, &mut back);
            for lane in 0..LANES {
                assert_eq!(scores[lane].to_bits(), score(bits[lane]).to_bits(), "{}", set.name());
                assert_eq!(back[lane], uniform_of(scores[lane]), "{}", set.name());
            }
        }
    }
}
