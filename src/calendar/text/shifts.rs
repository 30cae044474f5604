//! The shifts of a day: `09:00-12:30 13:30-18:00`; a clock's offset: `+05:30`.

use super::words;
use crate::calendar::Shift;

/// Minutes in a day.
const DAY: u16 = 1_440;

/// Why a text is no list of shifts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseShiftsError {
    /// A part is no shift.
    #[error("`{0}` is no shift: write it as `09:00-17:00`, or `24h` for the whole day, `off` for none")]
    NotAShift(String),
    /// A shift ends when it begins.
    #[error("shift `{0}` has no length: write `24h` for a whole day")]
    Empty(String),
    /// Two shifts overlap.
    #[error("shifts `{0}` and `{1}` overlap")]
    Overlap(String, String),
}

/// Why a text is no offset of a clock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no offset of a clock: write how far it is ahead of the program's, such as `+05:30` or `-6:00`"
)]
pub struct ParseOffsetError(pub String);

/// Reads the shifts that begin on a day, sorted.
///
/// ```text
/// shifts = "" | "off" | "24h" | shift { (space | ",") shift }
/// shift  = time "-" time                an end at or before the beginning lies on the next day
/// time   = hours ":" minutes            0:00 to 24:00
/// ```
///
/// # Errors
/// [`ParseShiftsError`] with the shifts at fault.
///
/// ```
/// use p80::calendar::{Shift, text::parse_shifts};
/// assert_eq!(parse_shifts("22:00-06:00")?, [Shift { start: 1_320, end: 1_800 }]);
/// # Ok::<(), p80::calendar::text::ParseShiftsError>(())
/// ```
pub fn parse_shifts(text: &str) -> Result<Vec<Shift>, ParseShiftsError> {
    let whole = text.trim().to_ascii_lowercase();
    match whole.as_str() {
        "" | "off" => return Ok(Vec::new()),
        "24h" => return Ok(vec![Shift { start: 0, end: DAY }]),
        _ => {}
    }
    let mut shifts = Vec::new();
    for part in text.split([' ', '\t', ',']).filter(|part| !part.is_empty()) {
        shifts.push((shift(part)?, part));
    }
    if shifts.is_empty() {
        return Err(ParseShiftsError::NotAShift(text.to_owned()));
    }
    shifts.sort_by_key(|(shift, _)| (shift.start, shift.end));
    for pair in shifts.windows(2) {
        if pair[1].0.start < pair[0].0.end {
            return Err(ParseShiftsError::Overlap(pair[0].1.to_owned(), pair[1].1.to_owned()));
        }
    }
    Ok(shifts.into_iter().map(|(shift, _)| shift).collect())
}

/// One shift.
fn shift(part: &str) -> Result<Shift, ParseShiftsError> {
    let bad = || ParseShiftsError::NotAShift(part.to_owned());
    let (from, to) = part.split_once(['-', '–']).ok_or_else(bad)?;
    let (start, end) = (words::clock(from).ok_or_else(bad)?, words::clock(to).ok_or_else(bad)?);
    if start == DAY {
        return Err(bad());
    }
    if start == end {
        return Err(ParseShiftsError::Empty(part.to_owned()));
    }
    Ok(Shift { start, end: if end < start { end + DAY } else { end } })
}

/// Reads how far a clock is ahead of the program's, `+05:30` or `-6:00`, in minutes; its negative is the
/// calendar's `offset_minutes`.
///
/// # Errors
/// [`ParseOffsetError`] for another form or more than 24 hours.
pub fn parse_offset(text: &str) -> Result<i32, ParseOffsetError> {
    let bad = || ParseOffsetError(text.to_owned());
    let trimmed = text.trim();
    let (sign, time) = match (trimmed.strip_prefix('+'), trimmed.strip_prefix(['-', '−'])) {
        (Some(time), _) => (1, time),
        (None, Some(time)) => (-1, time),
        (None, None) => (1, trimmed),
    };
    Ok(sign * i32::from(words::clock(time).ok_or_else(bad)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(u16, u16)> {
        parse_shifts(text).unwrap().into_iter().map(|shift| (shift.start, shift.end)).collect()
    }

    #[test]
    fn shifts_are_read_and_sorted() {
        assert_eq!(pairs("13:30-18:00, 09:00-12:30"), [(540, 750), (810, 1_080)]);
        assert_eq!(pairs("8:00–12:00"), [(480, 720)]);
        assert_eq!(pairs("20:00-24:00"), [(1_200, 1_440)]);
        assert_eq!(pairs("20:00-00:00"), [(1_200, 1_440)]);
        assert_eq!(pairs("08:00-12:00 12:00-16:00"), [(480, 720), (720, 960)]);
        assert_eq!(pairs("24h"), [(0, 1_440)]);
        assert_eq!(pairs(" OFF "), []);
        assert_eq!(pairs(""), []);
    }

    #[test]
    fn what_is_no_shift_says_why() {
        let error = |text: &str| parse_shifts(text).unwrap_err();
        assert_eq!(error("09:00-12:00 late"), ParseShiftsError::NotAShift("late".into()));
        assert_eq!(error("9-17"), ParseShiftsError::NotAShift("9-17".into()));
        assert_eq!(error("24:00-06:00"), ParseShiftsError::NotAShift("24:00-06:00".into()));
        assert_eq!(error("09:00-09:00"), ParseShiftsError::Empty("09:00-09:00".into()));
        assert_eq!(
            error("12:00-18:00 09:00-13:00"),
            ParseShiftsError::Overlap("09:00-13:00".into(), "12:00-18:00".into())
        );
        assert_eq!(
            error("22:00-06:00 23:00-24:00").to_string(),
            "shifts `22:00-06:00` and `23:00-24:00` overlap"
        );
        assert!(parse_shifts(",").is_err());
    }

    #[test]
    fn offsets_have_a_sign_and_a_time() {
        assert_eq!(parse_offset("+05:30"), Ok(330));
        assert_eq!(parse_offset("-6:00"), Ok(-360));
        assert_eq!(parse_offset("5:45"), Ok(345));
        assert!(
            parse_offset("5.5").is_err()
                && parse_offset("+-5:00").is_err()
                && parse_offset("+25:00").is_err()
        );
    }
}
