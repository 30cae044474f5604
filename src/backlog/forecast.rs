//! When a number of items is done, and how many are done by a date.

use jiff::ToSpan;
use jiff::civil::Date;

use super::BacklogError;
use crate::dist::{Finished, Law, Throughput, WeeklyPace};

/// What is left to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Remaining {
    /// How many items.
    pub items: Law,
    /// How many each of them becomes on the way.
    pub split: Law,
}

/// A forecast from the pace of past weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The pace.
    pub pace: WeeklyPace,
    /// The day on which the first week begins.
    pub from: Date,
}

impl Forecast {
    /// A forecast from a day on, at the pace of these weeks.
    ///
    /// # Errors
    /// [`BacklogError::Pace`] if they make none.
    pub fn new(weeks: &[u32], from: Date) -> Result<Self, BacklogError> {
        Ok(Self { pace: WeeklyPace::new(weeks)?, from })
    }

    /// How many weeks what is left takes.
    ///
    /// # Errors
    /// [`BacklogError::Pace`] if that cannot be computed.
    pub fn when(&self, remaining: &Remaining) -> Result<Throughput, BacklogError> {
        Ok(Throughput::new(&self.pace, &remaining.items, &remaining.split)?)
    }

    /// The last day of a week of the forecast; week 0 ends before its first day.
    #[must_use]
    pub fn last_day(&self, week: usize) -> Date {
        let days = i64::try_from(week).unwrap_or(i64::MAX).saturating_mul(7);
        self.from.saturating_add(days.min(36_600_000).days()).saturating_sub(1.days())
    }

    /// How many whole weeks there are until the end of a day.
    #[must_use]
    pub fn whole_weeks_until(&self, day: Date) -> u32 {
        let days = self.from.until(day).map_or(0, |span| i64::from(span.get_days()) + 1);
        u32::try_from(days / 7).unwrap_or(0)
    }

    /// What is finished by the end of a day, in whole weeks.
    ///
    /// # Errors
    /// [`BacklogError::Pace`] if the weeks are too many to be computed.
    pub fn how_many(&self, day: Date) -> Result<Finished<'_>, BacklogError> {
        Ok(Finished::after(&self.pace, self.whole_weeks_until(day))?)
    }

    /// The probability that at least so many of today's items are finished, when each of them becomes as many on the
    /// way as the split rate says.
    #[must_use]
    pub fn chance(&self, finished: &Finished<'_>, split: &Law, items: u32) -> f64 {
        if items == 0 {
            return 1.0;
        }
        // They are finished if their number times the split rate is at most what was finished.
        let share = |count: u32| split.cdf(f64::from(count) * (1.0 + 1e-9) / f64::from(items));
        let chance: f64 =
            finished.shares().rev().map(|(count, probability)| probability * share(count)).sum();
        chance.min(1.0)
    }

    /// The greatest number of today's items that may be finished at all.
    #[must_use]
    pub fn most(&self, finished: &Finished<'_>, split: &Law) -> u32 {
        let most = finished.shares().next_back().map_or(0, |(count, _)| count);
        (f64::from(most) / split.quantile(0.0).max(0.01)).ceil() as u32
    }

    /// The greatest number of today's items that is finished with at least this probability.
    #[must_use]
    pub fn items_at(&self, finished: &Finished<'_>, split: &Law, probability: f64) -> u32 {
        let (mut enough, mut beyond) = (0, self.most(finished, split).saturating_add(1));
        while beyond - enough > 1 {
            let middle = enough + (beyond - enough) / 2;
            // Sums that are equal on paper differ in the last bits.
            let is_enough = self.chance(finished, split, middle) >= probability - 1e-12;
            if is_enough { enough = middle } else { beyond = middle }
        }
        enough
    }
}
