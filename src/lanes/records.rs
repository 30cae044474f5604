//! Piecewise shifts of whole numbers, one record per bucket: working time without a loop.

use super::{InstructionSet, LANES};

/// A monotone function of whole numbers, by buckets of equal width with at most one bend each.
///
/// Bucket 0 is everything before the origin, the last everything from its beginning on.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    origin: i32,
    shift: u32,
    rows: Vec<[i32; 4]>,
}

/// What a record `[r0, r1, r2, r3]` says of `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// `min(max(min(x + r0, r1), x + r2), r3)`.
    Worked,
    /// `x + (if x > r0 { r2 } else { r1 })`.
    Finish,
    /// `x + (if x >= r0 { r2 } else { r1 })`.
    Start,
}

const WORKED: u8 = 0;
const FINISH: u8 = 1;
const START: u8 = 2;

impl Records {
    /// Records for buckets of `2^shift` from `origin`, after one for everything before it; `None` without
    /// any, or with more than 32 bits can number.
    #[must_use]
    pub fn new(origin: i32, shift: u32, rows: Vec<[i32; 4]>) -> Option<Self> {
        let fits = !rows.is_empty() && rows.len() <= i32::MAX as usize && shift < 31;
        fits.then_some(Self { origin, shift, rows })
    }

    /// Looks up every lane.
    pub fn look_up(&self, set: InstructionSet, look: Look, x: &mut [i32; LANES]) {
        match look {
            Look::Worked => self.look_up_as::<WORKED>(set, x),
            Look::Finish => self.look_up_as::<FINISH>(set, x),
            Look::Start => self.look_up_as::<START>(set, x),
        }
    }

    fn look_up_as<const LOOK: u8>(&self, set: InstructionSet, x: &mut [i32; LANES]) {
        #[cfg(target_arch = "x86_64")]
        {
            if set.has_avx512() {
                // SAFETY: AVX-512 was detected; there is at least one row.
                return unsafe { x86::look_up_avx512::<LOOK>(self, x) };
            }
            if set.has_avx2() {
                // SAFETY: AVX2 was detected; there is at least one row.
                return unsafe { x86::look_up_avx2::<LOOK>(self, x) };
            }
        }
        let _ = set;
        for x in x.iter_mut() {
            *x = self.one::<LOOK>(*x);
        }
    }

    #[inline]
    fn one<const LOOK: u8>(&self, x: i32) -> i32 {
        let bucket = (x.wrapping_sub(self.origin) >> self.shift).wrapping_add(1);
        let [r0, r1, r2, r3] = self.rows[bucket.clamp(0, self.rows.len() as i32 - 1) as usize];
        match LOOK {
            WORKED => x.wrapping_add(r0).min(r1).max(x.wrapping_add(r2)).min(r3),
            FINISH => x.wrapping_add(if x > r0 { r2 } else { r1 }),
            _ => x.wrapping_add(if x >= r0 { r2 } else { r1 }),
        }
    }
}

/// Whole records are loaded, a lane each, and transposed.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{FINISH, LANES, Records, WORKED};

    /// # Safety
    /// There must be at least one row.
    #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
    pub unsafe fn look_up_avx512<const LOOK: u8>(records: &Records, x: &mut [i32; LANES]) {
        let rows = records.rows.as_ptr().cast::<__m128i>();
        let last = _mm512_set1_epi32(records.rows.len() as i32 - 1);
        let origin = _mm512_set1_epi32(records.origin);
        let shift = _mm_cvtsi32_si128(records.shift as i32);
        for x in x.as_chunks_mut::<16>().0 {
            // SAFETY: sixteen words.
            let value = unsafe { _mm512_loadu_si512(x.as_ptr().cast()) };
            let bucket = _mm512_sra_epi32(_mm512_sub_epi32(value, origin), shift);
            let bucket = _mm512_add_epi32(bucket, _mm512_set1_epi32(1));
            let bucket = _mm512_min_epi32(_mm512_max_epi32(bucket, _mm512_setzero_si512()), last);
            let mut number = [0_u32; 16];
            // SAFETY: sixteen words.
            unsafe { _mm512_storeu_si512(number.as_mut_ptr().cast(), bucket) };
            // SAFETY: the number is at least 0 and at most that of the last row, and a row has 16 bytes.
            let row = |lane: usize| unsafe { _mm_loadu_si128(rows.add(number[lane] as usize)) };
            let four = |a: usize| {
                let low = _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(row(a)), row(a + 4));
                let high = _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(row(a + 8)), row(a + 12));
                _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high)
            };
            let (a, b, c, d) = (four(0), four(1), four(2), four(3));
            let (ab, cd) = (_mm512_unpacklo_epi32(a, b), _mm512_unpacklo_epi32(c, d));
            let (ab2, cd2) = (_mm512_unpackhi_epi32(a, b), _mm512_unpackhi_epi32(c, d));
            let r0 = _mm512_unpacklo_epi64(ab, cd);
            let r1 = _mm512_unpackhi_epi64(ab, cd);
            let r2 = _mm512_unpacklo_epi64(ab2, cd2);
            let r3 = _mm512_unpackhi_epi64(ab2, cd2);
            let result = match LOOK {
                WORKED => {
                    let first = _mm512_min_epi32(_mm512_add_epi32(value, r0), r1);
                    _mm512_min_epi32(_mm512_max_epi32(first, _mm512_add_epi32(value, r2)), r3)
                }
                FINISH => {
                    let beyond = _mm512_cmpgt_epi32_mask(value, r0);
                    _mm512_add_epi32(value, _mm512_mask_blend_epi32(beyond, r1, r2))
                }
                _ => {
                    let beyond = _mm512_cmpge_epi32_mask(value, r0);
                    _mm512_add_epi32(value, _mm512_mask_blend_epi32(beyond, r1, r2))
                }
            };
            // SAFETY: sixteen words.
            unsafe { _mm512_storeu_si512(x.as_mut_ptr().cast(), result) };
        }
    }

    /// # Safety
    /// There must be at least one row.
    #[target_feature(enable = "avx2")]
    pub unsafe fn look_up_avx2<const LOOK: u8>(records: &Records, x: &mut [i32; LANES]) {
        let rows = records.rows.as_ptr().cast::<__m128i>();
        let last = _mm256_set1_epi32(records.rows.len() as i32 - 1);
        let origin = _mm256_set1_epi32(records.origin);
        let shift = _mm_cvtsi32_si128(records.shift as i32);
        for x in x.as_chunks_mut::<8>().0 {
            // SAFETY: eight words.
            let value = unsafe { _mm256_loadu_si256(x.as_ptr().cast()) };
            let bucket = _mm256_sra_epi32(_mm256_sub_epi32(value, origin), shift);
            let bucket = _mm256_add_epi32(bucket, _mm256_set1_epi32(1));
            let bucket = _mm256_min_epi32(_mm256_max_epi32(bucket, _mm256_setzero_si256()), last);
            let mut number = [0_u32; 8];
            // SAFETY: eight words.
            unsafe { _mm256_storeu_si256(number.as_mut_ptr().cast(), bucket) };
            // SAFETY: the number is at least 0 and at most that of the last row, and a row has 16 bytes.
            let row = |lane: usize| unsafe { _mm_loadu_si128(rows.add(number[lane] as usize)) };
            let two = |a: usize| _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(row(a)), row(a + 4));
            let (a, b, c, d) = (two(0), two(1), two(2), two(3));
            let (ab, cd) = (_mm256_unpacklo_epi32(a, b), _mm256_unpacklo_epi32(c, d));
            let (ab2, cd2) = (_mm256_unpackhi_epi32(a, b), _mm256_unpackhi_epi32(c, d));
            let r0 = _mm256_unpacklo_epi64(ab, cd);
            let r1 = _mm256_unpackhi_epi64(ab, cd);
            let r2 = _mm256_unpacklo_epi64(ab2, cd2);
            let r3 = _mm256_unpackhi_epi64(ab2, cd2);
            let result = match LOOK {
                WORKED => {
                    let first = _mm256_min_epi32(_mm256_add_epi32(value, r0), r1);
                    _mm256_min_epi32(_mm256_max_epi32(first, _mm256_add_epi32(value, r2)), r3)
                }
                FINISH => {
                    let beyond = _mm256_cmpgt_epi32(value, r0);
                    _mm256_add_epi32(value, _mm256_blendv_epi8(r1, r2, beyond))
                }
                _ => {
                    let before = _mm256_cmpgt_epi32(r0, value);
                    _mm256_add_epi32(value, _mm256_blendv_epi8(r2, r1, before))
                }
            };
            // SAFETY: eight words.
            unsafe { _mm256_storeu_si256(x.as_mut_ptr().cast(), result) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_reads_the_same_records_and_clamps_beyond_both_ends() {
        let rows: Vec<[i32; 4]> =
            (0..29).map(|i| [i * 16 - 5, 300 + i, i * 3, 400 + (i % 5) * 100]).collect();
        let records = Records::new(-7, 4, rows).unwrap();
        let x: [i32; LANES] = std::array::from_fn(|lane| match lane {
            0 => i32::MAX,
            1 => i32::MIN,
            _ => lane as i32 * 2 - 300,
        });
        for &set in InstructionSet::available() {
            for look in [Look::Worked, Look::Finish, Look::Start] {
                let mut out = x;
                records.look_up(set, look, &mut out);
                for lane in 0..LANES {
                    let expected = match look {
                        Look::Worked => records.one::<WORKED>(x[lane]),
                        Look::Finish => records.one::<FINISH>(x[lane]),
                        Look::Start => records.one::<START>(x[lane]),
                    };
                    assert_eq!(out[lane], expected, "{look:?} of {}, {}", x[lane], set.name());
                }
            }
        }
        assert_eq!(Records::new(0, 4, Vec::new()), None);
    }
}
