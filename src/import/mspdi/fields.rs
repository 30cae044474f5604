//! Dates, durations and times of day as the format writes them.

use crate::calendar::Shift;
use crate::import::record::Record;
use crate::scenario::raw::RawDate;
use crate::units::Instant;

/// Minutes in a day.
const DAY: u16 = 1_440;

/// A date with a time; seconds are dropped. Dates outside the years of a scenario are none.
pub(in crate::import) fn instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    // A zone says nothing here: the tool means its own clock.
    let text = text.get(..19).unwrap_or(text);
    let at: Instant = text.parse().ok()?;
    RawDate { at, has_time: true }.is_in_range().then_some(at)
}

/// The date in an element.
pub(in crate::import) fn date(record: &Record, name: &str) -> Option<Instant> {
    record.get(name).and_then(instant)
}

/// Minutes of a duration such as `PT4H30M0S` or `P1DT2H`, which may be negative.
pub(super) fn minutes(text: &str) -> Option<f64> {
    let (sign, rest) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.trim()),
    };
    let (days, time) = rest.strip_prefix('P')?.split_once('T').unwrap_or((rest.strip_prefix('P')?, ""));
    let mut total = 0.0;
    for (part, units) in
        [(days, &[('D', 1_440.0)][..]), (time, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)])]
    {
        let mut number = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            let (_, factor) = units.iter().find(|(unit, _)| *unit == letter)?;
            total += number.parse::<f64>().ok()? * factor;
            number.clear();
        }
        if !number.is_empty() {
            return None;
        }
    }
    let total = sign * total;
    total.is_finite().then_some(total)
}

/// Minutes of the duration in an element.
pub(super) fn length(record: &Record, name: &str) -> Option<f64> {
    record.get(name).and_then(minutes)
}

/// Whether a format of durations or lags counts time round the clock; estimated ones are 32 higher.
pub(super) fn is_elapsed(format: i64) -> bool {
    matches!(format & !32, 4 | 6 | 8 | 10 | 12) || matches!(format, 20 | 52)
}

/// Whether a format of lags counts percent of the predecessor.
pub(super) fn is_percent(format: i64) -> bool {
    matches!(format, 19 | 20 | 51 | 52)
}

/// The shifts of a day: `WorkingTimes` of an element.
pub(super) fn shifts(record: &Record) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = Vec::new();
    let times = record.element("WorkingTimes");
    for time in times.into_iter().flat_map(|times| times.all("WorkingTime")) {
        let (Some(from), Some(to)) =
            (time.get("FromTime").and_then(clock), time.get("ToTime").and_then(clock))
        else {
            continue;
        };
        // An end at or before the beginning is the midnight that ends the day.
        let end = if to <= from { DAY } else { to };
        shifts.push(Shift { start: from, end });
    }
    tidy(shifts)
}

/// Shifts in order, those that overlap joined.
pub(in crate::import) fn tidy(mut shifts: Vec<Shift>) -> Vec<Shift> {
    shifts.retain(|shift| shift.start < shift.end);
    shifts.sort_by_key(|shift| (shift.start, shift.end));
    let mut tidy: Vec<Shift> = Vec::new();
    for shift in shifts {
        match tidy.last_mut() {
            Some(last) if shift.start <= last.end => last.end = last.end.max(shift.end),
            _ => tidy.push(shift),
        }
    }
    tidy
}

/// A time of day in minutes.
pub(in crate::import) fn clock(text: &str) -> Option<u16> {
    // Some versions write a whole date in front.
    let text = text.rsplit('T').next()?.trim().to_ascii_uppercase();
    let (text, half) = match (text.strip_suffix("AM"), text.strip_suffix("PM")) {
        (Some(time), _) => (time, Some(0)),
        (_, Some(time)) => (time, Some(12)),
        _ => (text.as_str(), None),
    };
    let mut parts = text.split(':');
    let hours: u16 = parts.next()?.trim().parse().ok()?;
    let minutes: u16 = parts.next().unwrap_or("0").trim().parse().ok()?;
    let hours = match half {
        Some(half) if (1..=12).contains(&hours) => hours % 12 + half,
        Some(_) => return None,
        None => hours,
    };
    (hours <= 24 && minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read() {
        let known = [
            ("08:00:00", 480),
            ("1984-01-01T13:30:00", 810),
            ("1:00 PM", 780),
            ("12:05 am", 5),
            ("12:00PM", 720),
        ];
        for (text, minute) in known {
            assert_eq!(clock(text), Some(minute), "{text}");
        }
        for bad in ["", "25:00", "13:00 PM", "0:30 AM", "noon"] {
            assert_eq!(clock(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations_are_read() {
        assert_eq!(minutes("PT4H30M0S"), Some(270.0));
        assert_eq!(minutes("P1DT2H"), Some(1_560.0));
        assert_eq!(minutes("-PT0H30M30S"), Some(-30.5));
        assert_eq!(minutes("PT0H0M0S"), Some(0.0));
        for bad in ["", "4h", "PT4", "PT4X", "PTH"] {
            assert_eq!(minutes(bad), None, "{bad}");
        }
    }

    #[test]
    fn years_outside_a_scenario_are_no_dates() {
        assert!(instant("2027-01-11T08:00:00").is_some());
        assert!(instant("2027-01-11T08:00:00+01:00").is_some());
        for bad in ["0000-01-01T00:00:00", "9999-12-31T23:59:00", "NA", ""] {
            assert_eq!(instant(bad), None, "{bad}");
        }
    }

    #[test]
    fn elapsed_formats_are_told_from_working_ones() {
        assert!([4, 6, 8, 10, 12, 36, 40, 44, 20, 52].into_iter().all(is_elapsed));
        assert!(![3, 5, 7, 9, 11, 19, 21, 35, 39, 53].into_iter().any(is_elapsed));
    }
}
