//! What was finished in which week.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{BacklogError, Issue};

/// The weeks of history that are used unless told otherwise: recent enough to be alike, enough to say something.
pub const WINDOW: usize = 12;

/// Items finished in every calendar week, Monday to Sunday, from the first in which any was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The Monday of the first week.
    pub first: Date,
    /// Items by week, up to the last in which any was finished.
    pub weeks: Vec<u32>,
}

/// The Monday of the week of a day.
#[must_use]
pub fn monday_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// Whole weeks from one Monday to another.
fn weeks_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()) / 7)
}

impl History {
    /// The history of issues.
    ///
    /// # Errors
    /// [`BacklogError::NothingFinished`] if none has a date on which it was finished.
    pub fn of<'a>(issues: impl Iterator<Item = &'a Issue>) -> Result<Self, BacklogError> {
        let mut days: Vec<Date> =
            issues.filter(|issue| issue.is_item()).filter_map(|issue| issue.done).collect();
        days.sort_unstable();
        let first = monday_of(*days.first().ok_or(BacklogError::NothingFinished)?);
        let mut weeks: Vec<u32> = Vec::new();
        for day in days {
            let at = usize::try_from(weeks_between(first, monday_of(day))).unwrap_or(0);
            weeks.resize(weeks.len().max(at + 1), 0);
            weeks[at] += 1;
        }
        Ok(Self { first, weeks })
    }

    /// The last weeks that were complete before a day, at most so many; weeks after the last with a finish count with
    /// nothing, those before the first do not count.
    ///
    /// # Errors
    /// [`BacklogError::NoHistory`] if there is no complete week.
    pub fn before(&self, day: Date, window: usize) -> Result<Vec<u32>, BacklogError> {
        let end = usize::try_from(weeks_between(self.first, monday_of(day))).unwrap_or(0);
        if end == 0 || window == 0 {
            return Err(BacklogError::NoHistory(day));
        }
        let week = |at: usize| self.weeks.get(at).copied().unwrap_or(0);
        Ok((end.saturating_sub(window)..end).map(week).collect())
    }
}
