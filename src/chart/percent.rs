//! Shares as people read them.

/// A probability in percent with one decimal at most; certainty is said only where it is.
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1_000.0).round() / 10.0;
    if share > 0.0 && tenths <= 0.0 {
        "< 0.1 %".into()
    } else if share < 1.0 && tenths >= 100.0 {
        "> 99.9 %".into()
    } else {
        format!("{} %", tenths + 0.0)
    }
}

/// An interval in words; one that says no more than a single value says that.
pub(super) fn interval(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_certain_is_not_certain() {
        assert_eq!(percent(0.8), "80 %");
        assert_eq!(percent(0.4237), "42.4 %");
        assert_eq!(percent(0.9999), "> 99.9 %");
        assert_eq!(percent(0.0001), "< 0.1 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(1.0), "100 %");
    }
}
