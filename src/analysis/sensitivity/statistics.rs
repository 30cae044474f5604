//! Correlations and ranks.

use crate::units::Percentile;

/// Mean and population standard deviation.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, libm::sqrt(squares / n))
}

/// Pearson's correlation; [`None`] where one of them does not vary.
pub fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let ((mean_a, sd_a), (mean_b, sd_b)) = (moments(a), moments(b));
    if sd_a == 0.0 || sd_b == 0.0 {
        return None;
    }
    let products: f64 = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum();
    Some((products / a.len() as f64 / (sd_a * sd_b)).clamp(-1.0, 1.0))
}

/// Ranks from 1, ties by their average rank.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let value = values[order[from]];
        let ties = order[from..].iter().take_while(|&&at| values[at] == value).count();
        let rank = from as f64 + (ties as f64 + 1.0) / 2.0;
        order[from..from + ties].iter().for_each(|&at| ranks[at] = rank);
        from += ties;
    }
    ranks
}

/// A percentile of values in any order (semantics, section 2).
pub fn percentile<T: Copy + Ord>(values: &[T], p: Percentile) -> Option<T> {
    let mut sorted = values.to_vec();
    let rank = p.rank(sorted.len() as u64).max(1) as usize;
    if rank > sorted.len() {
        return None;
    }
    Some(*sorted.select_nth_unstable(rank - 1).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_have_their_average_rank() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(ranks(&[5.0; 3]), [2.0; 3]);
    }

    #[test]
    fn what_does_not_vary_correlates_with_nothing() {
        assert_eq!(pearson(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]), Some(1.0));
    }
}
