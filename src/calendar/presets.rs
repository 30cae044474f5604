//! Calendars that everybody has.

use crate::units::WorkScale;

use super::{Calendar, Shift};

impl Calendar {
    /// Monday to Friday, 08:00-12:00 and 13:00-17:00, without holidays.
    #[must_use]
    pub fn standard() -> Self {
        let day = vec![Shift { start: 480, end: 720 }, Shift { start: 780, end: 1_020 }];
        let week = std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() });
        Self::weekly(week, WorkScale::default())
    }

    /// Every minute of every day; a day stands for 24 h, a week for 7 days, a month for 30.
    #[must_use]
    pub fn round_the_clock() -> Self {
        let week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1_440 }]);
        Self::weekly(week, WorkScale::ELAPSED)
    }

    /// The same shifts every week, with nothing else.
    #[must_use]
    pub fn weekly(week: [Vec<Shift>; 7], scale: WorkScale) -> Self {
        Self { scale, week, exceptions: Vec::new(), freezes: Vec::new(), windows: None, offset_minutes: 0 }
    }
}
