//! What becomes of a value that was drawn.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use crate::lanes::float::{MAGIC, minutes, money};

/// A lane that takes values as they are drawn: as they are, or rounded to whole units.
pub(super) trait Sink: Copy {
    /// Whether it matters that a value is below zero.
    const COUNTS: bool;

    /// The lane of a value.
    fn of(value: f64) -> Self;

    /// Eight lanes.
    ///
    /// # Safety
    /// There must be room for eight lanes, and the machine must have AVX-512 F and DQ.
    #[cfg(target_arch = "x86_64")]
    unsafe fn put_8(out: *mut Self, values: __m512d);

    /// Four lanes.
    ///
    /// # Safety
    /// There must be room for four lanes, and the machine must have AVX2.
    #[cfg(target_arch = "x86_64")]
    unsafe fn put_4(out: *mut Self, values: __m256d);
}

impl Sink for f64 {
    const COUNTS: bool = false;

    #[inline(always)]
    fn of(value: f64) -> Self {
        value
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_8(out: *mut Self, values: __m512d) {
        // SAFETY: the caller's.
        unsafe { _mm512_storeu_pd(out, values) };
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_4(out: *mut Self, values: __m256d) {
        // SAFETY: the caller's.
        unsafe { _mm256_storeu_pd(out, values) };
    }
}

/// Durations: nothing below zero. The machine rounds to the nearest, ties to even, as the addition of the
/// magic number does.
impl Sink for i32 {
    const COUNTS: bool = true;

    #[inline(always)]
    fn of(value: f64) -> Self {
        minutes(if value > 0.0 { value } else { 0.0 })
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_8(out: *mut Self, values: __m512d) {
        // SAFETY: the caller's.
        unsafe {
            let least = _mm512_max_pd(values, _mm512_setzero_pd());
            let fitting = _mm512_min_pd(least, _mm512_set1_pd(2_147_483_647.0));
            _mm256_storeu_si256(out.cast(), _mm512_cvtpd_epi32(fitting));
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_4(out: *mut Self, values: __m256d) {
        // SAFETY: the caller's.
        unsafe {
            let least = _mm256_max_pd(values, _mm256_setzero_pd());
            let fitting = _mm256_min_pd(least, _mm256_set1_pd(2_147_483_647.0));
            _mm_storeu_si128(out.cast(), _mm256_cvtpd_epi32(fitting));
        }
    }
}

/// Money.
impl Sink for i64 {
    const COUNTS: bool = false;

    #[inline(always)]
    fn of(value: f64) -> Self {
        money(value)
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_8(out: *mut Self, values: __m512d) {
        // SAFETY: the caller's.
        unsafe {
            let sum = _mm512_castpd_si512(_mm512_add_pd(values, _mm512_set1_pd(MAGIC)));
            let whole = _mm512_sub_epi64(sum, _mm512_set1_epi64(MAGIC.to_bits() as i64));
            _mm512_storeu_si512(out.cast(), whole);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn put_4(out: *mut Self, values: __m256d) {
        // SAFETY: the caller's.
        unsafe {
            let sum = _mm256_castpd_si256(_mm256_add_pd(values, _mm256_set1_pd(MAGIC)));
            let whole = _mm256_sub_epi64(sum, _mm256_set1_epi64x(MAGIC.to_bits() as i64));
            _mm256_storeu_si256(out.cast(), whole);
        }
    }
}
