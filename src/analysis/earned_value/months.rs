//! Time in months from a start: the periods of earned schedule.

use crate::units::Instant;

/// A twelfth of 365.25 days, in minutes.
const MONTH: f64 = 43_830.0;

/// Months of equal length from an instant on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Months {
    /// Where they begin.
    pub from: Instant,
}

impl Months {
    /// How many months have passed at an instant.
    #[must_use]
    pub fn at(self, at: Instant) -> f64 {
        f64::from(at.0.saturating_sub(self.from.0)) / MONTH
    }

    /// The instant after so many months.
    #[must_use]
    pub fn after(self, months: f64) -> Instant {
        // A cast from floating point saturates.
        Instant(self.from.0.saturating_add((months * MONTH).round_ties_even() as i32))
    }

    /// The ends of the months up to the first at or after an instant.
    pub fn until(self, end: Instant) -> impl Iterator<Item = Instant> {
        let count = libm::ceil(self.at(end).max(0.0)) as u32;
        (1..=count).map(move |month| self.after(f64::from(month)))
    }
}
