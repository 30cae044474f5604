//! Cubic pieces of a table, one per lane.

use super::{InstructionSet, LANES};

/// Coefficients of one piece: `c0 + t (c1 + t (c2 + t c3))` for `t` in `0..1`.
pub type Segment = [f64; 4];

/// `out = location + scale * piece(t)`, with the piece number `at` of each lane; beyond the last it is the
/// last. Without pieces every lane is the location.
pub fn cubic(
    set: InstructionSet,
    segments: &[Segment],
    (at, t): (&[u32; LANES], &[f64; LANES]),
    (location, scale): (f64, f64),
    out: &mut [f64; LANES],
) {
    let Some(last) = segments.len().checked_sub(1) else {
        out.fill(location);
        return;
    };
    let last = u32::try_from(last).unwrap_or(u32::MAX);
    #[cfg(target_arch = "x86_64")]
    {
        if set.has_avx512() {
            // SAFETY: AVX-512 was detected; `last` is the number of a piece.
            return unsafe { x86::cubic_avx512(segments, last, at, t, location, scale, out) };
        }
        if set.has_avx2() {
            // SAFETY: AVX2 was detected; `last` is the number of a piece.
            return unsafe { x86::cubic_avx2(segments, last, at, t, location, scale, out) };
        }
    }
    let _ = set;
    for lane in 0..LANES {
        let [c0, c1, c2, c3] = segments[at[lane].min(last) as usize];
        let t = t[lane];
        out[lane] = location + scale * (c0 + t * (c1 + t * (c2 + t * c3)));
    }
}

/// Whole pieces are loaded, a lane each, and transposed: that is several times faster than gathering one
/// coefficient after the other.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{LANES, Segment};

    /// # Safety
    /// `last` must be the number of a piece.
    #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
    pub unsafe fn cubic_avx512(
        segments: &[Segment],
        last: u32,
        at: &[u32; LANES],
        t: &[f64; LANES],
        location: f64,
        scale: f64,
        out: &mut [f64; LANES],
    ) {
        let pieces = segments.as_ptr().cast::<f64>();
        let last = _mm256_set1_epi32(last as i32);
        let (location, scale) = (_mm512_set1_pd(location), _mm512_set1_pd(scale));
        let low = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
        let high = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
        let lanes = at.as_chunks::<8>().0.iter().zip(t.as_chunks::<8>().0);
        for ((at, t), out) in lanes.zip(out.as_chunks_mut::<8>().0) {
            let mut number = [0_u32; 8];
            // SAFETY: both arrays have eight words.
            unsafe {
                let wanted = _mm256_loadu_si256(at.as_ptr().cast());
                _mm256_storeu_si256(number.as_mut_ptr().cast(), _mm256_min_epu32(wanted, last));
            }
            // SAFETY: the number is at most that of the last piece, and a piece has four coefficients.
            let piece = |lane: usize| unsafe { _mm256_loadu_pd(pieces.add(4 * number[lane] as usize)) };
            let pair = |one, other| _mm512_insertf64x4::<1>(_mm512_castpd256_pd512(piece(one)), piece(other));
            let (a, b, c, d) = (pair(0, 4), pair(1, 5), pair(2, 6), pair(3, 7));
            let (even, odd) = (_mm512_unpacklo_pd(a, b), _mm512_unpackhi_pd(a, b));
            let (even2, odd2) = (_mm512_unpacklo_pd(c, d), _mm512_unpackhi_pd(c, d));
            let c0 = _mm512_permutex2var_pd(even, low, even2);
            let c1 = _mm512_permutex2var_pd(odd, low, odd2);
            let c2 = _mm512_permutex2var_pd(even, high, even2);
            let c3 = _mm512_permutex2var_pd(odd, high, odd2);
            // SAFETY: eight numbers each.
            unsafe {
                let t = _mm512_loadu_pd(t.as_ptr());
                let inner = _mm512_add_pd(c2, _mm512_mul_pd(t, c3));
                let middle = _mm512_add_pd(c1, _mm512_mul_pd(t, inner));
                let value = _mm512_add_pd(c0, _mm512_mul_pd(t, middle));
                _mm512_storeu_pd(out.as_mut_ptr(), _mm512_add_pd(location, _mm512_mul_pd(scale, value)));
            }
        }
    }

    /// # Safety
    /// `last` must be the number of a piece.
    #[target_feature(enable = "avx2")]
    pub unsafe fn cubic_avx2(
        segments: &[Segment],
        last: u32,
        at: &[u32; LANES],
        t: &[f64; LANES],
        location: f64,
        scale: f64,
        out: &mut [f64; LANES],
    ) {
        let pieces = segments.as_ptr().cast::<f64>();
        let last = _mm_set1_epi32(last as i32);
        let (location, scale) = (_mm256_set1_pd(location), _mm256_set1_pd(scale));
        let lanes = at.as_chunks::<4>().0.iter().zip(t.as_chunks::<4>().0);
        for ((at, t), out) in lanes.zip(out.as_chunks_mut::<4>().0) {
            let mut number = [0_u32; 4];
            // SAFETY: both arrays have four words.
            unsafe {
                let wanted = _mm_loadu_si128(at.as_ptr().cast());
                _mm_storeu_si128(number.as_mut_ptr().cast(), _mm_min_epu32(wanted, last));
            }
            // SAFETY: the number is at most that of the last piece, and a piece has four coefficients.
            let piece = |lane: usize| unsafe { _mm256_loadu_pd(pieces.add(4 * number[lane] as usize)) };
            let (a, b, c, d) = (piece(0), piece(1), piece(2), piece(3));
            let (even, odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
            let (even2, odd2) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
            let c0 = _mm256_permute2f128_pd::<0x20>(even, even2);
            let c1 = _mm256_permute2f128_pd::<0x20>(odd, odd2);
            let c2 = _mm256_permute2f128_pd::<0x31>(even, even2);
            let c3 = _mm256_permute2f128_pd::<0x31>(odd, odd2);
            // SAFETY: four numbers each.
            unsafe {
                let t = _mm256_loadu_pd(t.as_ptr());
                let inner = _mm256_add_pd(c2, _mm256_mul_pd(t, c3));
                let middle = _mm256_add_pd(c1, _mm256_mul_pd(t, inner));
                let value = _mm256_add_pd(c0, _mm256_mul_pd(t, middle));
                _mm256_storeu_pd(out.as_mut_ptr(), _mm256_add_pd(location, _mm256_mul_pd(scale, value)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_looks_up_the_same_pieces_and_clamps_beyond_the_last() {
        let segments: Vec<Segment> =
            (0..37).map(|i| std::array::from_fn(|k| f64::from(i * 7 + k as i32) * 0.37)).collect();
        let at: [u32; LANES] = std::array::from_fn(|lane| match lane {
            3 => u32::MAX,
            4 => 37,
            _ => (lane as u32).wrapping_mul(2_654_435_761) % 37,
        });
        let t: [f64; LANES] = std::array::from_fn(|lane| lane as f64 / 512.0);
        for &set in InstructionSet::available() {
            let mut out = [0.0; LANES];
            cubic(set, &segments, (&at, &t), (3.0, -1.5), &mut out);
            for lane in 0..LANES {
                let [c0, c1, c2, c3] = segments[at[lane].min(36) as usize];
                let t = t[lane];
                let expected = 3.0 + -1.5 * (c0 + t * (c1 + t * (c2 + t * c3)));
                assert_eq!(out[lane].to_bits(), expected.to_bits(), "lane {lane}, {}", set.name());
            }
            cubic(set, &[], (&at, &t), (3.0, -1.5), &mut out);
            assert_eq!(out, [3.0; LANES]);
        }
    }
}
