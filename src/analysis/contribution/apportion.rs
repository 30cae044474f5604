//! Whole shares of a whole total.

/// Divides `total` in proportion to numerators that add up to `total * denominator`: whole numbers that add up
/// exactly, by the method of the largest remainder, earlier ones first where remainders are equal.
///
/// # Panics
/// Never: a `denominator` below 1 counts as 1.
#[must_use]
pub fn apportion(numerators: &[i128], denominator: i128, total: i64) -> Vec<i64> {
    let denominator = denominator.max(1);
    let mut whole: Vec<i128> = numerators.iter().map(|share| share.div_euclid(denominator)).collect();
    let missing = i128::from(total) - whole.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..numerators.len()).collect();
    order.sort_by_key(|&at| (-numerators[at].rem_euclid(denominator), at));
    // With exact numerators fewer are missing than there are shares.
    let rounds = order.len() as i128;
    for (place, &at) in (0_i128..).zip(&order) {
        whole[at] += missing.div_euclid(rounds) + i128::from(place < missing.rem_euclid(rounds));
    }
    whole.into_iter().map(|share| share.clamp(i64::MIN.into(), i64::MAX.into()) as i64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_add_up() {
        assert_eq!(apportion(&[5, 5, 5], 3, 5), [2, 2, 1]);
        assert_eq!(apportion(&[7, -4, 9], 3, 4), [2, -1, 3]);
        assert_eq!(apportion(&[-5, -5, -5], 3, -5), [-1, -2, -2]);
        assert_eq!(apportion(&[], 3, 0), [0; 0]);
        for total in -50..50_i64 {
            let numerators = [i128::from(total) * 2, i128::from(total) * 4, i128::from(total)];
            assert_eq!(apportion(&numerators, 7, total).iter().sum::<i64>(), total);
        }
    }
}
