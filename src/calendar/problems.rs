//! Calendars that contradict themselves.

use jiff::civil::Date;

use super::civil::day_of;
use super::span::Span;
use super::worktime::{covered, working_spans};
use super::{Calendar, TablePart, WindowMode};
use crate::units::Instant;

/// How far ahead a calendar is examined: ten years, in days.
const HORIZON_DAYS: i32 = 3_653;

/// What is wrong with a calendar in the ten years from a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// Neither shifts nor exceptions give a working minute.
    #[error("the calendar has no working time within ten years from {0}")]
    NoWorkingTime(Date),
    /// Freezes cover every working minute.
    #[error("freezes leave no working time within ten years from {0}")]
    FrozenThroughout(Date),
    /// No window opens.
    #[error("no window opens within ten years from {0}")]
    NoWindow(Date),
    /// A window may take nobody.
    #[error("windows have a capacity of 0, so nothing can ever be placed in one")]
    NoPlaces,
    /// No window contains a working minute.
    #[error(
        "none of the {windows} windows contains working time; the first opens at {first}: give the calendar \
         shifts on those days"
    )]
    NoWorkInWindows {
        /// Windows within ten years.
        windows: usize,
        /// Opening of the first.
        first: Instant,
    },
    /// Some windows contain no working minute and are passed over.
    #[error(
        "{idle} of {windows} windows contain no working time and are passed over; the first opens at {first}"
    )]
    IdleWindows {
        /// Windows without working time.
        idle: usize,
        /// Windows within ten years.
        windows: usize,
        /// Opening of the first window without working time.
        first: Instant,
    },
}

/// Windows in which nobody works are worth a word from one in so many.
const MANY: usize = 10;

impl CalendarProblem {
    /// Whether work on the calendar could never be done; otherwise the problem is worth a warning.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::IdleWindows { .. })
    }
}

impl Calendar {
    /// What contradicts itself in the ten years from a date; empty if all is well.
    #[must_use]
    pub fn problems(&self, from: Date) -> Vec<CalendarProblem> {
        let first_day = day_of(from);
        let within = covered(first_day, first_day.saturating_add(HORIZON_DAYS - 1));
        if working_spans(self, TablePart::WorkingUnbound, within).is_empty() {
            return vec![CalendarProblem::NoWorkingTime(from)];
        }
        // Pausing windows would hide what the freezes leave.
        let unpaused = Self { windows: None, ..self.clone() };
        let working = working_spans(&unpaused, TablePart::Working, within);
        if working.is_empty() {
            return vec![CalendarProblem::FrozenThroughout(from)];
        }
        let Some(windows) = &self.windows else { return Vec::new() };
        let mut problems = Vec::new();
        if windows.capacity == Some(0) {
            problems.push(CalendarProblem::NoPlaces);
        }
        let openings = windows.rule.openings(within);
        let idle_in = |working: &[Span]| -> Vec<Instant> {
            let is_idle = |window: &&Span| {
                let next = working.partition_point(|span| span.end <= window.start);
                working.get(next).is_none_or(|span| span.start >= window.end)
            };
            openings.iter().filter(is_idle).map(|window| Instant(window.start)).collect()
        };
        let closed = idle_in(&working);
        // A freeze closes windows on purpose, and a holiday now and then: what is worth a word is that nobody
        // works in a good part of them anyway.
        let idle = idle_in(&working_spans(self, TablePart::WorkingUnbound, within));
        problems.extend(match (openings.first(), closed.first(), idle.first()) {
            (None, ..) => Some(CalendarProblem::NoWindow(from)),
            (Some(_), Some(&first), _) if closed.len() == openings.len() => {
                Some(CalendarProblem::NoWorkInWindows { windows: openings.len(), first })
            }
            // Work that pauses passes over such a window as over any night.
            (Some(_), _, Some(&first))
                if windows.mode != WindowMode::Pause && MANY * idle.len() >= openings.len() =>
            {
                Some(CalendarProblem::IdleWindows { idle: idle.len(), windows: openings.len(), first })
            }
            _ => None,
        });
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::text::{parse_days, parse_freeze, parse_window_rule};
    use crate::calendar::{Days, Exception, Windows};
    use crate::units::WorkScale;

    fn problems(calendar: &Calendar) -> Vec<String> {
        let from = "2027-01-11".parse().unwrap();
        calendar.problems(from).iter().map(ToString::to_string).collect()
    }

    fn windows(mode: WindowMode, rule: &str) -> Option<Windows> {
        Some(Windows { mode, rule: parse_window_rule(rule).unwrap(), capacity: None })
    }

    #[test]
    fn sound_calendars_have_no_problems() {
        assert!(problems(&Calendar::standard()).is_empty());
        let windows = windows(WindowMode::Fit, "first weekend of quarter");
        assert!(problems(&Calendar { windows, ..Calendar::round_the_clock() }).is_empty());
    }

    #[test]
    fn a_calendar_without_work_is_found() {
        let mut idle = Calendar::weekly(Default::default(), WorkScale::default());
        assert_eq!(problems(&idle), ["the calendar has no working time within ten years from 2027-01-11"]);
        // One working day eight years on is enough.
        let day = "2035-01-01".parse().unwrap();
        let shifts = Calendar::standard().week[0].clone();
        idle.exceptions.push(Exception { days: Days::Range(day, day), shifts });
        assert!(problems(&idle).is_empty());
        let mut frozen = Calendar::standard();
        frozen.freezes.push(parse_freeze("2026-01-01..2099-12-31 for ever").unwrap());
        assert_eq!(problems(&frozen), ["freezes leave no working time within ten years from 2027-01-11"]);
    }

    #[test]
    fn windows_without_work_are_found() {
        let weekends = windows(WindowMode::Fit, "first weekend of quarter");
        let found =
            Calendar { windows: weekends, ..Calendar::standard() }.problems("2027-01-11".parse().unwrap());
        let first = "2027-04-03".parse().unwrap();
        assert_eq!(found, [CalendarProblem::NoWorkInWindows { windows: 40, first }]);
        assert!(found[0].is_fatal());
        let past = windows(WindowMode::Pause, "2026-03-06..2026-03-07");
        let past = Calendar { windows: past, ..Calendar::standard() };
        assert_eq!(problems(&past), ["no window opens within ten years from 2027-01-11"]);
        let weekends = windows(WindowMode::Start, "first weekend of quarter");
        let mut some = Calendar { windows: weekends, ..Calendar::standard() };
        let day = "2027-04-03".parse().unwrap();
        let shifts = Calendar::standard().week[0].clone();
        some.exceptions.push(Exception { days: Days::Range(day, day), shifts });
        let found = some.problems("2027-01-11".parse().unwrap());
        assert_eq!(
            found[0].to_string(),
            "39 of 40 windows contain no working time and are passed over; the first opens at 2027-07-03T00:00"
        );
        assert!(!found[0].is_fatal());
    }

    #[test]
    fn a_window_that_a_holiday_or_a_freeze_closes_is_meant_to_be_closed() {
        let mut some =
            Calendar { windows: windows(WindowMode::Start, "every monday"), ..Calendar::standard() };
        some.exceptions.push(Exception { days: parse_days("easter-monday").unwrap(), shifts: Vec::new() });
        some.freezes.push(parse_freeze("2027-11-22..2029-01-09 change freeze").unwrap());
        assert_eq!(problems(&some), [""; 0]);
    }
}
