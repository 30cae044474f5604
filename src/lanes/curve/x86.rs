//! The same in the instructions of this architecture.
//!
//! Two loops over all lanes: the first finds the place of every piece and `t`, the second looks pieces up.
//! Whole pieces are loaded, a lane each, and transposed: that is several times faster than gathering one
//! coefficient after the other. Their places go through memory, because taking them out of a vector costs
//! more shuffles than the rest.

use std::arch::x86_64::*;
use std::mem::MaybeUninit;

use super::cubic::Cubic;
use super::sink::Sink;
use crate::lanes::{Aligned, LANES};

/// See [`Cubic::fill`].
///
/// # Safety
/// The machine must have AVX-512, and the curve a piece.
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
pub(super) unsafe fn fill_avx512<T: Sink>(curve: &Cubic, bits: &[u32; LANES], out: &mut [T; LANES]) -> f64 {
    let mut place = MaybeUninit::<Aligned<u32>>::uninit();
    let mut t = MaybeUninit::<Aligned<f64>>::uninit();
    let (place, t) = (place.as_mut_ptr().cast::<u32>(), t.as_mut_ptr().cast::<f64>());

    let last = _mm512_set1_epi32(curve.last() as i32);
    let split = _mm512_set1_epi32(curve.split as i32);
    let lower_offset = _mm512_set1_epi32(curve.offsets.0 as i32);
    let upper_offset = _mm512_set1_epi32(curve.offsets.1 as i32);
    let right = _mm_cvtsi32_si128(52 - curve.level as i32);
    let left = _mm_cvtsi32_si128(curve.level as i32);
    let (half, one) = (_mm512_set1_pd(0.5), _mm512_set1_pd(1.0));
    let mantissa = _mm512_set1_epi64((1 << 52) - 1);
    let share = |v: __m512i| {
        // (v << level) & mantissa | exponent of one, less one.
        let bits =
            _mm512_ternarylogic_epi64::<0xEA>(_mm512_sll_epi64(v, left), mantissa, _mm512_castpd_si512(one));
        _mm512_sub_pd(_mm512_castsi512_pd(bits), one)
    };
    for (i, bits) in bits.as_chunks::<16>().0.iter().enumerate() {
        // SAFETY: sixteen words, at 16 i of 512.
        unsafe {
            let bits = _mm512_loadu_si512(bits.as_ptr().cast());
            let lower = _mm512_cmplt_epu32_mask(bits, split);
            let inverted = _mm512_xor_si512(bits, _mm512_set1_epi32(-1));
            let folded = _mm512_mask_blend_epi32(lower, inverted, bits);
            let offset = _mm512_mask_blend_epi32(lower, upper_offset, lower_offset);
            let (low, high) = (_mm512_castsi512_si256(folded), _mm512_extracti64x4_epi64::<1>(folded));
            let low = _mm512_castpd_si512(_mm512_add_pd(_mm512_cvtepu32_pd(low), half));
            let high = _mm512_castpd_si512(_mm512_add_pd(_mm512_cvtepu32_pd(high), half));
            let number = _mm512_inserti64x4::<1>(
                _mm512_castsi256_si512(_mm512_cvtepi64_epi32(_mm512_srl_epi64(low, right))),
                _mm512_cvtepi64_epi32(_mm512_srl_epi64(high, right)),
            );
            let number = _mm512_min_epu32(_mm512_sub_epi32(number, offset), last);
            _mm512_store_si512(place.add(16 * i).cast(), number);
            _mm512_store_pd(t.add(16 * i), share(low));
            _mm512_store_pd(t.add(16 * i + 8), share(high));
        }
    }

    let (location, scale) = (_mm512_set1_pd(curve.location), _mm512_set1_pd(curve.scale));
    let pieces = curve.segments.as_ptr();
    let first = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
    let second = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
    let mut least = _mm512_setzero_pd();
    for (i, out) in out.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        // SAFETY: eight lanes, at 8 i of 512; the first loop filled them, with numbers of pieces.
        unsafe {
            let piece = |lane: usize| _mm256_loadu_pd(pieces.add(*place.add(8 * i + lane) as usize).cast());
            let pair = |a, b| _mm512_insertf64x4::<1>(_mm512_castpd256_pd512(piece(a)), piece(b));
            let (a, b, c, d) = (pair(0, 4), pair(1, 5), pair(2, 6), pair(3, 7));
            let (even, odd) = (_mm512_unpacklo_pd(a, b), _mm512_unpackhi_pd(a, b));
            let (even2, odd2) = (_mm512_unpacklo_pd(c, d), _mm512_unpackhi_pd(c, d));
            let c0 = _mm512_permutex2var_pd(even, first, even2);
            let c1 = _mm512_permutex2var_pd(odd, first, odd2);
            let c2 = _mm512_permutex2var_pd(even, second, even2);
            let c3 = _mm512_permutex2var_pd(odd, second, odd2);
            let t = _mm512_load_pd(t.add(8 * i));
            let inner = _mm512_add_pd(c2, _mm512_mul_pd(t, c3));
            let middle = _mm512_add_pd(c1, _mm512_mul_pd(t, inner));
            let value = _mm512_add_pd(c0, _mm512_mul_pd(t, middle));
            let value = _mm512_add_pd(location, _mm512_mul_pd(scale, value));
            if T::COUNTS {
                least = _mm512_min_pd(least, value);
            }
            T::put_8(out.as_mut_ptr(), value);
        }
    }
    _mm512_reduce_min_pd(least)
}

/// See [`Cubic::fill`].
///
/// # Safety
/// The machine must have AVX2, and the curve a piece.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn fill_avx2<T: Sink>(curve: &Cubic, bits: &[u32; LANES], out: &mut [T; LANES]) -> f64 {
    let mut place = MaybeUninit::<Aligned<u32>>::uninit();
    let mut t = MaybeUninit::<Aligned<f64>>::uninit();
    let (place, t) = (place.as_mut_ptr().cast::<u32>(), t.as_mut_ptr().cast::<f64>());

    let last = _mm256_set1_epi32(curve.last() as i32);
    // Unsigned words compare like signed ones with the top bit changed.
    let top = _mm256_set1_epi32(i32::MIN);
    let split = _mm256_xor_si256(_mm256_set1_epi32(curve.split as i32), top);
    let lower_offset = _mm256_set1_epi32(curve.offsets.0 as i32);
    let upper_offset = _mm256_set1_epi32(curve.offsets.1 as i32);
    let right = _mm_cvtsi32_si128(52 - curve.level as i32);
    let left = _mm_cvtsi32_si128(curve.level as i32);
    let one = _mm256_set1_pd(1.0);
    let mantissa = _mm256_set1_epi64x((1 << 52) - 1);
    // 2^52 + word, less 2^52 - 1/2: both are exact.
    let big = _mm256_set1_epi64x(0x4330_0000_0000_0000);
    let big_less_half = _mm256_set1_pd(4_503_599_627_370_495.5);
    let v = |words: __m128i| {
        let bits = _mm256_or_si256(_mm256_cvtepu32_epi64(words), big);
        _mm256_castpd_si256(_mm256_sub_pd(_mm256_castsi256_pd(bits), big_less_half))
    };
    let share = |v: __m256i| {
        let bits = _mm256_and_si256(_mm256_sll_epi64(v, left), mantissa);
        _mm256_sub_pd(_mm256_or_pd(_mm256_castsi256_pd(bits), one), one)
    };
    for (i, bits) in bits.as_chunks::<8>().0.iter().enumerate() {
        // SAFETY: eight words, at 8 i of 512.
        unsafe {
            let bits = _mm256_loadu_si256(bits.as_ptr().cast());
            let lower = _mm256_cmpgt_epi32(split, _mm256_xor_si256(bits, top));
            // All ones where it is not lower: what that inverts is folded.
            let folded = _mm256_xor_si256(bits, _mm256_xor_si256(lower, _mm256_set1_epi32(-1)));
            let offset = _mm256_blendv_epi8(upper_offset, lower_offset, lower);
            let low = v(_mm256_castsi256_si128(folded));
            let high = v(_mm256_extracti128_si256::<1>(folded));
            // The low words of both, 0 1 4 5 2 3 6 7, put in order.
            let number = _mm256_shuffle_ps::<0b10_00_10_00>(
                _mm256_castsi256_ps(_mm256_srl_epi64(low, right)),
                _mm256_castsi256_ps(_mm256_srl_epi64(high, right)),
            );
            let number = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_castps_si256(number));
            let number = _mm256_min_epu32(_mm256_sub_epi32(number, offset), last);
            _mm256_store_si256(place.add(8 * i).cast(), number);
            _mm256_store_pd(t.add(8 * i), share(low));
            _mm256_store_pd(t.add(8 * i + 4), share(high));
        }
    }

    let (location, scale) = (_mm256_set1_pd(curve.location), _mm256_set1_pd(curve.scale));
    let pieces = curve.segments.as_ptr();
    let mut least = _mm256_setzero_pd();
    for (i, out) in out.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        // SAFETY: four lanes, at 4 i of 512; the first loop filled them, with numbers of pieces.
        unsafe {
            let half = |lane: usize, at: usize| {
                _mm_loadu_pd(pieces.add(*place.add(4 * i + lane) as usize).cast::<f64>().add(2 * at))
            };
            let pair = |a, b, at| _mm256_insertf128_pd::<1>(_mm256_castpd128_pd256(half(a, at)), half(b, at));
            let (a, b, c, d) = (pair(0, 2, 0), pair(1, 3, 0), pair(0, 2, 1), pair(1, 3, 1));
            let (c0, c1) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
            let (c2, c3) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
            let t = _mm256_load_pd(t.add(4 * i));
            let inner = _mm256_add_pd(c2, _mm256_mul_pd(t, c3));
            let middle = _mm256_add_pd(c1, _mm256_mul_pd(t, inner));
            let value = _mm256_add_pd(c0, _mm256_mul_pd(t, middle));
            let value = _mm256_add_pd(location, _mm256_mul_pd(scale, value));
            if T::COUNTS {
                least = _mm256_min_pd(least, value);
            }
            T::put_4(out.as_mut_ptr(), value);
        }
    }
    let mut lanes = [0.0; 4];
    // SAFETY: four numbers.
    unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), least) };
    lanes.into_iter().fold(0.0, f64::min)
}
