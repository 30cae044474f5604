//! The one rounding of a draw: to the nearest whole unit, ties to even.

/// Whole minutes; values beyond 32 bits saturate, which the compiler of a program has ruled out.
#[must_use]
#[inline]
pub fn round_minutes(value: f64) -> i32 {
    value.round_ties_even() as i32
}

/// Whole minor units of money; values beyond 64 bits saturate, which the compiler of a program has ruled
/// out.
#[must_use]
#[inline]
pub fn round_money(value: f64) -> i64 {
    value.round_ties_even() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_even() {
        assert_eq!([0.5, 1.5, 2.5, -0.5, -1.5].map(round_minutes), [0, 2, 2, 0, -2]);
        assert_eq!([0.5, 1.5, 2.5, -2.5, 1e12 + 0.4].map(round_money), [0, 2, 2, -2, 1_000_000_000_000]);
    }
}
