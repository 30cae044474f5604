//! What the charts of a sweep count: dates or money.

use crate::chart::axis::Axis;
use crate::chart::dates::date_axis;
use crate::chart::money::{amount, money_axis};
use crate::chart::words::Words;
use crate::report::{Reading, SweepPoint, SweepSpot};
use crate::units::Currency;

/// What an outcome counts, and how it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    currency: Option<Currency>,
    words: Words,
}

impl Quantity {
    /// That of these spots, all of one outcome; [`None`] if they count in different currencies.
    pub(super) fn of(spots: &[&SweepSpot], words: Words) -> Option<Self> {
        let first = spots.first()?.currency.as_ref();
        if spots.iter().any(|spot| spot.currency.as_ref() != first) {
            return None;
        }
        Some(Self { currency: first.map(|code| code.parse()).transpose().ok()?, words })
    }

    /// An axis over a range of numbers.
    pub(super) fn axis(self, low: f64, high: f64, most: usize) -> Axis {
        match self.currency {
            None => date_axis(self.words, low, high, most),
            Some(currency) => money_axis(self.words, currency, low, high, most),
        }
    }

    /// What amounts are counted in, behind a comma; nothing for dates.
    pub(super) fn unit(self) -> String {
        self.currency.map_or(String::new(), |currency| format!(", {currency}"))
    }

    /// The smallest range worth showing.
    pub(super) fn least(self) -> f64 {
        if self.currency.is_none() { 1_440.0 } else { 1.0 }
    }

    /// A value in words.
    pub(super) fn say(self, reading: Reading) -> String {
        match (reading, self.currency) {
            (Reading::Date(date), _) => self.words.date(date),
            (Reading::Amount(value), Some(currency)) => amount(self.words, currency, value, false),
            (Reading::Amount(value), None) => self.words.number(value, 0),
        }
    }

    /// A value with its interval in words.
    pub(super) fn say_point(self, point: Option<SweepPoint>) -> String {
        let Some(point) = point else { return "none".to_owned() };
        let high = point.high.map_or("never".to_owned(), |high| self.say(high));
        format!("{} ({} to {high})", self.say(point.value), self.say(point.low))
    }
}
