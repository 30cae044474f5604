//! Minutes and dates as people write them.

use crate::scenario::raw::{Quantity, RawDate};
use crate::units::{DurationText, DurationUnit, Instant, WorkScale};

/// A date with its time.
pub(super) fn date(at: Instant) -> RawDate {
    RawDate { at, has_time: true }
}

/// Minutes in the largest unit in which they are a short number: days before hours before minutes.
pub(super) fn duration(minutes: f64, scale: WorkScale, elapsed: bool) -> Quantity {
    let scale = if elapsed { WorkScale::ELAPSED } else { scale };
    let day = f64::from(scale.minutes_per_day);
    // Halves of a day read well, other fractions do not.
    let (value, unit) = if minutes != 0.0 && (minutes / day * 2.0).fract() == 0.0 || minutes == 0.0 {
        (minutes / day, DurationUnit::Day)
    } else if (minutes / 60.0 * 2.0).fract() == 0.0 {
        (minutes / 60.0, DurationUnit::Hour)
    } else {
        (minutes, DurationUnit::Minute)
    };
    Quantity::Duration(DurationText { value, unit, elapsed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_written_in_the_unit_that_people_would_use() {
        let scale = WorkScale { minutes_per_day: 450, ..WorkScale::default() };
        let text = |minutes: f64, elapsed| duration(minutes, scale, elapsed).to_string();
        assert_eq!(text(4_500.0, false), "10d");
        assert_eq!(text(225.0, false), "0.5d");
        assert_eq!(text(480.0, false), "8h");
        assert_eq!(text(100.0, false), "100m");
        assert_eq!(text(2_880.0, true), "2ed");
        assert_eq!(text(-60.0, true), "-1eh");
        assert_eq!(text(0.0, false), "0d");
    }
}
