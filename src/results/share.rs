//! A share of iterations and its interval.

use super::Estimated;
use crate::dist::special::beta_quantile;

/// With fewer iterations than this on one side of a limit, the spread between batches says too little.
const FEW: u64 = 16;

/// The share of `n` iterations that were counted, with its 95 % interval.
///
/// `half` is half the width of the interval from the spread between batches of blocks, if there are
/// enough of them; else the iterations count as independent draws (Wald), which is conservative for
/// stratified ones. Where fewer than 16 iterations were counted, or all but as few, the interval is that
/// of Clopper & Pearson (1934), *Biometrika* 26(4), 404-413: it has a width even if none or all were
/// counted (about 3.7 / n).
#[must_use]
pub fn share_estimated(count: u64, n: u64, half: Option<f64>) -> Estimated<f64> {
    let (of, others) = (n.max(1) as f64, n.saturating_sub(count));
    let value = count as f64 / of;
    if count < FEW || others < FEW {
        let tail = |k: u64, more: u64, share: f64| beta_quantile(k as f64, more as f64, share).0;
        let low = if count == 0 { 0.0 } else { tail(count, others + 1, 0.025) };
        let high = if others == 0 { 1.0 } else { tail(count + 1, others, 0.975) };
        return Estimated { value, low, high: Some(high) };
    }
    let half = half.unwrap_or_else(|| 1.96 * libm::sqrt(value * (1.0 - value) / of));
    Estimated { value, low: (value - half).max(0.0), high: Some((value + half).min(1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_none_or_all_still_has_a_width() {
        // 1 - 0.025^(1/n), the closed form at no count at all. Seen to fail with the interval of Wald.
        let bound = 1.0 - libm::exp(libm::log(0.025) / 10_000.0);
        let none = share_estimated(0, 10_000, Some(0.0));
        assert_eq!((none.value, none.low), (0.0, 0.0));
        assert!((none.high.unwrap() / bound - 1.0).abs() < 1e-9, "{none:?}");
        let all = share_estimated(10_000, 10_000, Some(0.0));
        assert_eq!((all.value, all.high), (1.0, Some(1.0)));
        assert!(((1.0 - all.low) / bound - 1.0).abs() < 1e-9, "{all:?}");
        assert_eq!(share_estimated(0, 0, None).value, 0.0);
    }

    #[test]
    fn few_iterations_have_the_interval_of_clopper_and_pearson() {
        // From the published tables: 5 of 20 is 8.66 % to 49.10 %, 1 of 10 is 0.25 % to 44.50 %.
        for (count, n, low, high) in [(5, 20, 0.0866, 0.4910), (1, 10, 0.0025, 0.4450)] {
            let found = share_estimated(count, n, None);
            assert!((found.low - low).abs() < 5e-5 && (found.high.unwrap() - high).abs() < 5e-5, "{found:?}");
        }
    }

    #[test]
    fn many_iterations_on_both_sides_have_the_interval_of_their_batches() {
        let found = share_estimated(500, 1_000, Some(0.01));
        assert_eq!((found.low, found.high), (0.49, Some(0.51)));
        let wald = share_estimated(500, 1_000, None);
        assert!((wald.high.unwrap() - 0.53099).abs() < 1e-5);
    }
}
