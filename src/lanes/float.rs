//! Loops that end in a rounding: minutes and money from numbers as they are drawn.
//!
//! Rounding adds and takes away 1.5 x 2^52, after which the low bits of the sum are the nearest integer,
//! ties to even. For what fits this gives the bits of `f64::round_ties_even` on every machine, also on those
//! without an instruction for it.

use super::{LANES, for_each_set};

/// Has room for 51 bits and a sign behind the point.
pub(super) const MAGIC: f64 = 6_755_399_441_055_744.0;

/// The nearest whole minute; beyond 32 bits the nearest that fits.
#[inline(always)]
pub(super) fn minutes(value: f64) -> i32 {
    (value.clamp(-2_147_483_648.0, 2_147_483_647.0) + MAGIC).to_bits() as i32
}

/// The nearest whole minor unit of money. Programs whose costs pass 2^46 are refused when compiled.
#[inline(always)]
pub(super) fn money(value: f64) -> i64 {
    ((value + MAGIC).to_bits() as i64).wrapping_sub(MAGIC.to_bits() as i64)
}

/// How many steps a value lies above `-least`, less half a step: a word `w` stands for the value
/// `(w + 1/2) / steps - least`. Values beyond `least - 0.51` on either side count
/// as if they lay there, which keeps half a unit from the ends of the words.
#[must_use]
#[inline(always)]
pub fn fixed_point(value: f64, least: f64, steps: f64) -> u32 {
    let within = value.max(0.51 - least).min(least - 0.51);
    (((within + least) * steps - 0.5) + MAGIC).to_bits() as u32
}

for_each_set! {
    /// The nearest whole minutes.
    pub fn minutes_of(out: &mut [i32; LANES], values: &[f64; LANES]) {
        for (out, &value) in out.iter_mut().zip(values) {
            *out = minutes(value);
        }
    }

    /// Durations from own estimates, shares and minutes of impacts; how many were below zero.
    pub fn total_minutes(
        out: &mut [i32; LANES],
        own: &[f64; LANES],
        share: &[f64; LANES],
        absolute: &[f64; LANES],
    ) -> u64 {
        let mut below = 0_u32;
        for at in 0..LANES {
            let total = own[at] * (1.0 + share[at]) + absolute[at];
            below += u32::from(total < 0.0);
            let total = if total > 0.0 { total } else { 0.0 };
            out[at] = minutes(total);
        }
        u64::from(below)
    }

    /// A share of some minutes.
    pub fn share_minutes(out: &mut [i32; LANES], share: f64, of: &[i32; LANES]) {
        for (out, &of) in out.iter_mut().zip(of) {
            *out = minutes(share * f64::from(of));
        }
    }

    /// The nearest whole minor units.
    pub fn money_of(out: &mut [i64; LANES], values: &[f64; LANES]) {
        for (out, &value) in out.iter_mut().zip(values) {
            *out = money(value);
        }
    }

    /// The cost of so many minutes at a rate.
    pub fn rate_money(out: &mut [i64; LANES], minutes: &[i32; LANES], rate: f64) {
        for (out, &minutes) in out.iter_mut().zip(minutes) {
            *out = money(f64::from(minutes) * rate);
        }
    }

    /// `out = a * b`.
    pub fn scale_by(out: &mut [f64; LANES], a: &[f64; LANES], b: &[f64; LANES]) {
        for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
            *out = a * b;
        }
    }

    /// `acc = own * acc + weight * row`.
    pub fn mix(acc: &mut [f64; LANES], own: f64, row: &[f64; LANES], weight: f64) {
        for (acc, &row) in acc.iter_mut().zip(row) {
            *acc = own * *acc + weight * row;
        }
    }

    /// `acc = acc * by`.
    pub fn scale(acc: &mut [f64; LANES], by: f64) {
        for acc in acc {
            *acc *= by;
        }
    }

    /// `acc = acc + weight * row`.
    pub fn add_weighted(acc: &mut [f64; LANES], row: &[f64; LANES], weight: f64) {
        for (acc, &row) in acc.iter_mut().zip(row) {
            *acc += weight * row;
        }
    }

    /// See [`fixed_point`].
    pub fn fixed_points(out: &mut [u32; LANES], values: &[f64; LANES], least: f64, steps: f64) {
        for (out, &value) in out.iter_mut().zip(values) {
            *out = fixed_point(value, least, steps);
        }
    }

    /// Whole numbers as words; beyond either end the nearest that fits.
    pub fn words_of(out: &mut [u32; LANES], whole: &[i64; LANES]) {
        for (out, &whole) in out.iter_mut().zip(whole) {
            *out = whole.clamp(0, 0xFFFF_FFFF) as u32;
        }
    }

    /// `acc = acc * by`, by lane.
    pub fn multiply(acc: &mut [f64; LANES], by: &[f64; LANES]) {
        for (acc, &by) in acc.iter_mut().zip(by) {
            *acc *= by;
        }
    }

    /// Multiplies the lanes in which something occurred, and adds to `whole` the nearest whole minutes by
    /// which the factor alone changes `own`.
    pub fn stretch(
        acc: &mut [f64; LANES],
        factor: &[f64; LANES],
        occurred: &[bool; LANES],
        whole: &mut [i64; LANES],
        own: &[f64; LANES],
    ) {
        for at in 0..LANES {
            acc[at] *= if occurred[at] { factor[at] } else { 1.0 };
            whole[at] += if occurred[at] { i64::from(minutes(own[at] * (factor[at] - 1.0))) } else { 0 };
        }
    }

    /// Adds the lanes in which something occurred, and to `whole` their nearest whole minutes `of`.
    pub fn add_occurred(
        acc: &mut [f64; LANES],
        amount: &[f64; LANES],
        occurred: &[bool; LANES],
        whole: &mut [i64; LANES],
        of: &[f64; LANES],
    ) {
        for at in 0..LANES {
            acc[at] += if occurred[at] { amount[at] } else { 0.0 };
            whole[at] += if occurred[at] { i64::from(minutes(of[at])) } else { 0 };
        }
    }

    /// `acc += a`.
    pub fn add_reals(acc: &mut [f64; LANES], a: &[f64; LANES]) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc += a;
        }
    }

    /// Nothing where it did not occur.
    pub fn keep_reals(amount: &mut [f64; LANES], occurred: &[bool; LANES]) {
        for (amount, &occurred) in amount.iter_mut().zip(occurred) {
            *amount = if occurred { *amount } else { 0.0 };
        }
    }

    /// Adds the nearest whole minutes, so many times.
    pub fn add_minutes(acc: &mut [i64; LANES], a: &[f64; LANES], times: i64) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc += i64::from(minutes(a)) * times;
        }
    }

    /// Nothing where it did not occur.
    pub fn keep_money(amount: &mut [i64; LANES], occurred: &[bool; LANES]) {
        for (amount, &occurred) in amount.iter_mut().zip(occurred) {
            *amount = if occurred { *amount } else { 0 };
        }
    }

    /// `acc += a`.
    pub fn add_long(acc: &mut [i64; LANES], a: &[i64; LANES]) {
        for (acc, &a) in acc.iter_mut().zip(a) {
            *acc = acc.wrapping_add(a);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_by_addition_is_rounding_to_the_nearest_ties_to_even() {
        let mut x = 0.25;
        while x < 1e15 {
            for value in [x, -x, x + 0.5, -x - 0.5, (x as i64) as f64 + 0.5] {
                assert_eq!(minutes(value), value.round_ties_even() as i32, "{value}");
                if value.abs() < 1.1e14 {
                    assert_eq!(money(value), value.round_ties_even() as i64, "{value}");
                }
            }
            x *= 1.37;
        }
    }
}
