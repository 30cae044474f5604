//! How long work takes, and on whose calendar.
//!
//! Microsoft Project lays the work of every assignment on the calendar of its resource; the task lasts until the last
//! of them is done. Here a task has one calendar and is contiguous: that of the assignment that ends last. Where the
//! stored dates of a task still span more work than that (splits, delays, contours), its duration is what they span.

use super::resource::Staff;
use super::task::TaskRow;
use crate::calendar::Calendar;
use crate::import::week::WorkTimes;
use crate::units::Instant;

/// How long a task takes and on which calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Effort {
    pub calendar: usize,
    pub minutes: f64,
    /// Whether the stored dates of the task span another time than its duration.
    pub is_span: bool,
    /// Whether the calendar is that of a resource.
    pub is_resource_calendar: bool,
    /// Whether the minutes are those of the clock.
    pub elapsed: bool,
}

/// What efforts are measured with.
pub(super) struct Yardstick<'a> {
    pub staff: &'a Staff,
    pub times: &'a mut WorkTimes,
    /// The place of a calendar by its number.
    pub place_of: &'a dyn Fn(i64) -> Option<usize>,
    /// The calendar of the project.
    pub default: usize,
    /// Calendars made of two, with their parts.
    pub made: Vec<((usize, usize), usize)>,
}

impl Yardstick<'_> {
    /// The calendar that a task itself has.
    pub fn task_calendar(&self, row: &TaskRow) -> usize {
        row.calendar.and_then(self.place_of).unwrap_or(self.default)
    }

    /// The effort of a row.
    pub fn effort(&mut self, row: &TaskRow) -> Effort {
        let own = self.task_calendar(row);
        let stated = row.minutes.unwrap_or(0.0).max(0.0).round();
        let mut effort = Effort {
            calendar: own,
            minutes: stated,
            is_span: false,
            is_resource_calendar: false,
            elapsed: row.elapsed,
        };
        let (Some(start), Some(finish)) = (row.start, row.finish) else { return effort };
        if row.elapsed {
            let span = f64::from(finish.0.saturating_sub(start.0));
            if span > 0.0 && span != stated {
                (effort.minutes, effort.is_span) = (span, true);
            }
            return effort;
        }
        if stated == 0.0 && !row.is_manual {
            return effort;
        }
        if let Some((calendar, minutes)) = self.of_people(row, own, start) {
            effort = Effort {
                calendar,
                minutes: minutes.round(),
                is_resource_calendar: calendar != own,
                ..effort
            };
        }
        let ends = self.times.after(effort.calendar, start, effort.minutes as i32);
        if self.times.between(effort.calendar, ends, finish) != 0 {
            let span = self.times.between(effort.calendar, start, finish);
            if span > 0 {
                (effort.minutes, effort.is_span) = (f64::from(span), true);
            } else if row.is_manual && finish > start {
                // By hand work may be put where nobody works: it then takes the time of the clock.
                let minutes = f64::from(finish.0.saturating_sub(start.0));
                effort = Effort { minutes, is_span: true, elapsed: true, ..effort };
            }
        }
        effort
    }

    /// Calendar and minutes of the assignment that ends last, where calendars of people matter.
    fn of_people(&mut self, row: &TaskRow, own: usize, start: Instant) -> Option<(usize, f64)> {
        if row.ignores_resource_calendars && row.calendar.is_some() {
            return None;
        }
        let mut found: Vec<(usize, f64)> = Vec::new();
        for (assignment, person) in self.staff.people(row.uid) {
            let theirs = person.calendar.and_then(self.place_of).unwrap_or(self.default);
            let calendar = if row.calendar.is_some() && theirs != own {
                both(self.times, &mut self.made, own, theirs)
            } else {
                theirs
            };
            let lasts = assignment.work / assignment.units.max(0.001);
            // Without work an assignment lasts as long as its task.
            let plain = assignment.work > 0.0 && assignment.units > 0.0 && !assignment.is_contoured;
            let lasts = if plain && !row.has_fixed_duration { lasts } else { row.minutes.unwrap_or(0.0) };
            found.push((calendar, lasts + assignment.delay.max(0.0)));
        }
        let is_same = |times: &WorkTimes, at: usize| same_time(times.calendar(at), times.calendar(own));
        if found.iter().all(|&(calendar, _)| is_same(self.times, calendar)) {
            return None;
        }
        let end = |times: &mut WorkTimes, (calendar, minutes): (usize, f64)| {
            times.after(calendar, start, minutes.round() as i32)
        };
        found.into_iter().max_by_key(|&one| end(self.times, one))
    }
}

/// Whether two calendars have the same working time.
fn same_time(one: &Calendar, other: &Calendar) -> bool {
    one.week == other.week && one.exceptions == other.exceptions
}

/// The calendar on which work is done when it is done on two; made once.
fn both(times: &mut WorkTimes, made: &mut Vec<((usize, usize), usize)>, one: usize, other: usize) -> usize {
    if same_time(times.calendar(one), times.calendar(other)) {
        return one;
    }
    if let Some((_, known)) = made.iter().find(|(parts, _)| *parts == (one, other)) {
        return *known;
    }
    let joined = crate::import::week::intersection(times.calendar(one), times.calendar(other));
    let at = times.add(joined);
    made.push(((one, other), at));
    at
}
