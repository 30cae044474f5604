//! Internal rates of return.

/// The yearly rate at which flows on days are worth nothing, if they change their sign exactly once.
///
/// Flows are discounted by days, `(1 + r)^-(days / 365)`, as XIRR does; days ascend. [`None`] where the sign changes
/// never or more than once, or the rate lies outside -99 % to 100,000 % a year.
#[must_use]
pub fn internal_rate(flows: &[(i32, i64)]) -> Option<f64> {
    let signs = flows.iter().map(|(_, amount)| amount.signum()).filter(|sign| *sign != 0);
    let (mut changes, mut last) = (0, 0);
    for sign in signs {
        changes += u32::from(last != 0 && sign != last);
        last = sign;
    }
    if changes != 1 {
        return None;
    }
    let first = flows.iter().find(|(_, amount)| *amount != 0)?.0;
    let years = |day: i32| f64::from(day - first) / 365.0;
    // In the logarithm of 1 + r the worth is smooth and its derivative has one sign where it matters.
    let worth = |x: f64| {
        let (mut sum, mut slope) = (0.0, 0.0);
        for &(day, amount) in flows {
            let t = years(day);
            let part = amount as f64 * libm::exp(-x * t);
            sum += part;
            slope -= t * part;
        }
        (sum, slope)
    };
    let (mut low, mut high) = (libm::log(0.01), libm::log(1_001.0));
    let at_low = worth(low).0;
    if at_low * worth(high).0 > 0.0 {
        return None;
    }
    let mut x = 0.1;
    for _ in 0..200 {
        let (value, slope) = worth(x);
        if value * at_low > 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - value / slope;
        let next = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
        let step = libm::fabs(next - x);
        x = next;
        if step < 1e-13 {
            break;
        }
    }
    Some(libm::exp(x) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_flows_have_the_published_rate() {
        let flows: Vec<(i32, i64)> = [-100, 30, 40, 50, 60]
            .iter()
            .enumerate()
            .map(|(year, &amount)| (year as i32 * 365, amount))
            .collect();
        assert!((internal_rate(&flows).unwrap() - 0.248_883).abs() < 5e-7);
    }

    #[test]
    fn flows_that_change_their_sign_twice_or_never_have_no_rate() {
        assert_eq!(internal_rate(&[(0, -100), (365, 230), (730, -132)]), None);
        assert_eq!(internal_rate(&[(0, -100), (365, -1)]), None);
        assert_eq!(internal_rate(&[]), None);
        assert!(internal_rate(&[(0, -100), (1, 0), (365, 50)]).unwrap() < -0.49);
    }
}
