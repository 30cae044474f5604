//! Axes and texts of money.

use super::axis::{Axis, Tick, round_step};
use super::words::Words;
use crate::units::Currency;

/// From here on an axis counts in millions.
const MILLIONS_FROM: f64 = 10_000_000.0;

/// An axis from one amount to another, in major units, with at most `most` ticks.
pub(super) fn money_axis(words: Words, currency: Currency, low: f64, high: f64, most: usize) -> Axis {
    let largest = low.abs().max(high.abs());
    let (unit, unit_name) = if largest >= MILLIONS_FROM { (1_000_000.0, " million") } else { (1.0, "") };
    let least = if unit == 1.0 { 1.0 / currency.minor_per_major() as f64 } else { 0.0 };
    let (step, decimals) = round_step((high - low) / unit, most, least);
    let first = (low / unit / step).ceil();
    let count = ((high / unit / step).floor() - first).clamp(-1.0, 50.0) as i64;
    let tick = |number: i64| {
        let value = (first + number as f64) * step;
        Tick { at: value * unit, label: words.number(value, decimals), second: None }
    };
    Axis { name: format!("{currency}{unit_name}"), ticks: (0..=count).map(tick).collect() }
}

/// An amount in major units: whole, or with its minor units where amounts are small.
pub(super) fn amount(words: Words, currency: Currency, value: f64, is_small: bool) -> String {
    words.number(value, if is_small { usize::from(currency.minor_digits()) } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(code: &str, low: f64, high: f64) -> (String, Vec<String>) {
        let axis = money_axis(Words::PLAIN, code.parse().unwrap(), low, high, 6);
        (axis.name, axis.ticks.into_iter().map(|tick| tick.label).collect())
    }

    #[test]
    fn units_follow_the_size() {
        assert_eq!(
            labels("EUR", 4.2, 9.1),
            ("EUR".into(), ["5", "6", "7", "8", "9"].map(String::from).into())
        );
        assert_eq!(labels("EUR", 4.212, 4.24).1, ["4.22", "4.23", "4.24"]);
        assert_eq!(labels("EUR", 1_180_000.0, 1_640_000.0).1[0], "1,200,000");
        let (name, ticks) = labels("EUR", 4.1e9, 5.2e9);
        assert_eq!((name.as_str(), ticks[0].as_str()), ("EUR million", "4,200"));
        assert_eq!(labels("JPY", 1.0, 3.0).1, ["1", "2", "3"]);
        assert_eq!(labels("EUR", -9e16, 9e16).1.len(), 3);
    }
}
