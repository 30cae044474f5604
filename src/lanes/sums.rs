//! Exact sums over the lanes of a block.

use super::{LANES, for_each_set};

/// Sum and sum of squares of one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// The sum.
    pub sum: i128,
    /// The sum of the squares.
    pub squares: i128,
}

for_each_set! {
    /// How many are set.
    pub fn count(flags: &[bool; LANES]) -> u64 {
        let mut sum = 0_u64;
        // Eight groups of bytes cannot outgrow a byte of 64 flags each.
        for group in flags.as_chunks::<64>().0 {
            sum += u64::from(group.iter().fold(0_u8, |sum, &flag| sum + u8::from(flag)));
        }
        sum
    }

    /// How many are above zero.
    pub fn count_positive(a: &[i32; LANES]) -> u64 {
        u64::from(a.iter().fold(0_u32, |sum, &a| sum + u32::from(a > 0)))
    }

    /// Moments of minutes: 512 squares of 31 bits may need 71 bits.
    pub fn moments(a: &[i32; LANES]) -> Moments {
        let (mut sum, mut squares, mut all) = (0_i64, 0_i64, 0_u32);
        for &a in a {
            all |= a.unsigned_abs();
            sum += i64::from(a);
            squares = squares.wrapping_add(i64::from(a) * i64::from(a));
        }
        // Nine bits for the 512 lanes leave 54 for a square.
        if all < 1 << 27 {
            return Moments { sum: i128::from(sum), squares: i128::from(squares) };
        }
        let (mut low, mut high) = (0_u64, 0_u64);
        for &a in a {
            let square = (i64::from(a) * i64::from(a)) as u64;
            low += square & 0xFFFF_FFFF;
            high += square >> 32;
        }
        Moments { sum: i128::from(sum), squares: (i128::from(high) << 32) + i128::from(low) }
    }

    /// The sum of the lanes that are set.
    pub fn sum_where(a: &[i64; LANES], flags: &[bool; LANES]) -> i64 {
        let mut sum = 0_i64;
        for at in 0..LANES {
            sum += if flags[at] { a[at] } else { 0 };
        }
        sum
    }

    /// The sum of the products of minutes, lane by lane.
    pub fn products(a: &[i32; LANES], b: &[i32; LANES]) -> i128 {
        // A product of two values below 2^31 has 62 bits; its two halves are summed apart.
        let (mut low, mut high) = (0_u64, 0_i64);
        for at in 0..LANES {
            let product = i64::from(a[at]) * i64::from(b[at]);
            low += product as u64 & 0xFFFF_FFFF;
            high += product >> 32;
        }
        (i128::from(high) << 32) + i128::from(low)
    }

    /// The sum of the products of amounts of money, lane by lane.
    pub fn products_long(a: &[i64; LANES], b: &[i64; LANES]) -> i128 {
        let is_short = |values: &[i64; LANES]| {
            values.iter().fold(true, |short, &value| short & (value == i64::from(value as i32)))
        };
        if is_short(a) && is_short(b) {
            let (mut low, mut high) = (0_u64, 0_i64);
            for at in 0..LANES {
                let product = i64::from(a[at] as i32) * i64::from(b[at] as i32);
                low += product as u64 & 0xFFFF_FFFF;
                high += product >> 32;
            }
            return (i128::from(high) << 32) + i128::from(low);
        }
        a.iter().zip(b).map(|(&a, &b)| i128::from(a) * i128::from(b)).sum()
    }

    /// Moments of money.
    pub fn moments_long(a: &[i64; LANES]) -> Moments {
        let (mut sum, mut squares, mut all) = (0_i64, 0_i64, 0_u64);
        for &a in a {
            all |= a.unsigned_abs();
            sum = sum.wrapping_add(a);
            // The low words multiply fast, and are all there is of small amounts.
            squares = squares.wrapping_add(i64::from(a as i32) * i64::from(a as i32));
        }
        // Nine bits for the 512 lanes leave 54 for a square.
        if all < 1 << 27 {
            return Moments { sum: i128::from(sum), squares: i128::from(squares) };
        }
        if all < 1 << 54 {
            // (2^27 h + l)^2 with parts of 27 bits: three sums that fit.
            let (mut low, mut cross, mut high) = (0_u64, 0_u64, 0_u64);
            for &a in a {
                let a = a.unsigned_abs();
                let (h, l) = (a >> 27, a & ((1 << 27) - 1));
                low += l * l;
                cross += h * l;
                high += h * h;
            }
            let squares = i128::from(low) + (i128::from(cross) << 28) + (i128::from(high) << 54);
            return Moments { sum: i128::from(sum), squares };
        }
        let wide = |a: i64| i128::from(a);
        Moments {
            sum: a.iter().map(|&a| wide(a)).sum(),
            squares: a.iter().map(|&a| wide(a) * wide(a)).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::InstructionSet;

    #[test]
    fn sums_of_any_size_are_exact() {
        for &set in InstructionSet::available() {
            for bits in [5, 26, 27, 28, 45, 53, 54, 57] {
                let a: [i64; LANES] = std::array::from_fn(|at| {
                    let x = (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (63 - bits);
                    if at % 3 == 0 { -(x as i64) } else { x as i64 }
                });
                let expected = Moments {
                    sum: a.iter().map(|&a| i128::from(a)).sum(),
                    squares: a.iter().map(|&a| i128::from(a) * i128::from(a)).sum(),
                };
                assert_eq!(moments_long(set, &a), expected, "{bits} bits, {}", set.name());
            }
            let a: [i32; LANES] = std::array::from_fn(|at| i32::MAX - at as i32);
            let long: [i64; LANES] = std::array::from_fn(|at| i64::from(a[at]));
            assert_eq!(moments(set, &a), moments_long(set, &long));
            assert_eq!(count(set, &[true; LANES]), 512);
        }
    }

    #[test]
    fn sums_of_products_of_any_size_are_exact() {
        let value = |at: usize, bits: u32, salt: u64| {
            let x = (at as u64 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits);
            if (at as u64 + salt).is_multiple_of(3) { -(x as i64) } else { x as i64 }
        };
        for &set in InstructionSet::available() {
            for (bits, other) in [(5, 9), (31, 31), (32, 31), (33, 20), (57, 57)] {
                let a: [i64; LANES] = std::array::from_fn(|at| value(at, bits, 1));
                let b: [i64; LANES] = std::array::from_fn(|at| value(at, other, 8));
                let expected: i128 = a.iter().zip(&b).map(|(&a, &b)| i128::from(a) * i128::from(b)).sum();
                assert_eq!(products_long(set, &a, &b), expected, "{bits} and {other} bits, {}", set.name());
                if bits < 32 {
                    let (a, b) = (a.map(|a| a as i32), b.map(|b| b as i32));
                    assert_eq!(products(set, &a, &b), expected, "{bits} and {other} bits, {}", set.name());
                }
            }
        }
    }
}
