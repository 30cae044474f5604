//! Windows: `first weekend of quarter`, `every 2 weeks from 2027-01-16`, `2027-03-06..2027-03-07`.

use jiff::civil::Weekday;

use super::window_span::{Anchor, parse_span};
use super::words;
use crate::calendar::civil::DAY;
use crate::calendar::{MonthRule, Nth, WindowListError, WindowRule};
use crate::units::Instant;

/// Why a text is no window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseWindowError {
    /// It has none of the known forms.
    #[error(
        "`{0}` is no window: write a rule such as `first weekend of quarter` or `every 2 weeks from \
         2027-01-16`, or a period such as `2027-03-06..2027-03-07`"
    )]
    Unknown(String),
    /// A part of it is not as it should be.
    #[error("window `{text}`: found `{part}`, expected {expected}")]
    Part {
        /// The whole text.
        text: String,
        /// The words at fault.
        part: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// There is no nth such day in any period.
    #[error("window `{0}` never opens: no period has so many of these days")]
    NoSuchDay(String),
    /// The next window opens while this one is open.
    #[error("window `{0}` lasts longer than the time to the next")]
    TooLong(String),
    /// Periods are in disorder.
    #[error(transparent)]
    List(#[from] WindowListError),
}

/// Reads one rule or one period.
///
/// ```text
/// window = nth day "of" period [ span ]          first weekend of quarter, 2nd saturday of month
///        | "every" day [ span ]                  every sunday 02:00-06:00
///        | "every" [ n ] "weeks" "from" date [ span ]
///                                                every 2 weeks from 2027-01-16 for 2d
///        | date [ "T" time ] ".." date [ "T" time ]
///                                                2027-03-06T18:00..2027-03-08T06:00
///        | date                                  2027-03-06, the whole day
/// nth    = "first" .. "fifth" | "1st", "2nd", ... | "last"
/// day    = weekday | "weekend"
/// period = [ "the" | "every" | "each" ] "month" | "quarter" | "year"
/// span   = "for" length                          36h, 2d: days of 24 hours, from the opening
///        | [ "at" | "from" ] opening "for" length
///        | [ "at" | "from" ] opening ( "-" | "to" ) [ weekday ] time
/// opening = [ weekday ] time
/// ```
///
/// - Without a span a window is open on the whole day, and for a weekend from Saturday 00:00 to Sunday 24:00.
/// - The first weekend of a period is the one with its first Saturday, the last the one with its last.
/// - An opening on another weekday is the last such day before: `first weekend of month fri 18:00 to sun 20:00`
///   opens on the Friday before the first Saturday, even if that lies in the month before. Without a weekday the
///   opening is on the day itself.
/// - The close is the first such time after the opening; at a weekend both need their weekdays.
/// - `every 2 weeks from` a date opens on that date, and if the date has a time (`2027-01-16T18:00`) at that time.
/// - A period whose last date has no time includes that whole day; one with a time ends at that time.
///
/// # Errors
/// [`ParseWindowError`] with the words at fault.
///
/// ```
/// use p80::calendar::{WindowRule, text::parse_window_rule};
/// let WindowRule::Month(rule) = parse_window_rule("first weekend of quarter fri 18:00 to sun 20:00")? else {
///     unreachable!()
/// };
/// assert_eq!((rule.months, rule.opens, rule.minutes), (3, -360, 50 * 60));
/// # Ok::<(), p80::calendar::text::ParseWindowError>(())
/// ```
pub fn parse_window_rule(text: &str) -> Result<WindowRule, ParseWindowError> {
    let trimmed = text.trim();
    if let Some((from, to)) = trimmed.split_once("..") {
        let period = period(from, to).ok_or_else(|| ParseWindowError::Unknown(trimmed.to_owned()))?;
        return Ok(WindowRule::list(vec![period])?);
    }
    if words::date(trimmed).is_some() {
        let day = period(trimmed, trimmed).ok_or_else(|| ParseWindowError::Unknown(trimmed.to_owned()))?;
        return Ok(WindowRule::list(vec![day])?);
    }
    let lower = trimmed.to_ascii_lowercase();
    let words = split(&lower);
    match words[..] {
        ["every", day, ref span @ ..] if Anchor::parse(day).is_some() => weekly(trimmed, day, span),
        ["every", ref rest @ ..] => every_weeks(trimmed, rest),
        [nth, day, "of", "the" | "every" | "each" | "a", period, ref span @ ..]
        | [nth, day, "of", period, ref span @ ..] => nth_of_period(trimmed, [nth, day, period], span),
        _ => Err(ParseWindowError::Unknown(trimmed.to_owned())),
    }
}

/// Reads several rules and periods as one rule that is open whenever one of them is.
///
/// # Errors
/// [`ParseWindowError`] for the first text at fault, or if two periods overlap.
pub fn parse_windows<T: AsRef<str>>(texts: &[T]) -> Result<WindowRule, ParseWindowError> {
    let mut periods = Vec::new();
    let mut rules = Vec::new();
    for text in texts {
        match parse_window_rule(text.as_ref())? {
            WindowRule::List(list) => periods.extend(list),
            rule => rules.push(rule),
        }
    }
    if rules.is_empty() || !periods.is_empty() {
        rules.insert(0, WindowRule::list(periods)?);
    }
    match rules.pop() {
        Some(only) if rules.is_empty() => Ok(only),
        last => {
            rules.extend(last);
            Ok(WindowRule::Any(rules))
        }
    }
}

/// Words, with `20:00-24:00` taken apart into `20:00 to 24:00`.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        match word.split_once(['-', '–']) {
            Some((from, to)) if words::clock(from).is_some() && words::clock(to).is_some() => {
                words.extend([from, "to", to]);
            }
            _ if word == "-" || word == "–" => words.push("to"),
            _ => words.push(word),
        }
    }
    words
}

/// A period; a last date without a time is included.
fn period(from: &str, to: &str) -> Option<(Instant, Instant)> {
    let (from, to) = (from.trim(), to.trim());
    let end: Instant = to.parse().ok()?;
    let end = if words::date(to).is_some() { Instant(end.0.checked_add(DAY)?) } else { end };
    Some((from.parse().ok()?, end))
}

/// `every sunday 02:00-06:00`.
fn weekly(text: &str, day: &str, span: &[&str]) -> Result<WindowRule, ParseWindowError> {
    let anchor = Anchor::parse(day).ok_or_else(|| ParseWindowError::Unknown(text.to_owned()))?;
    let placement = parse_span(text, span, anchor, None)?;
    // Weeks without a beginning are counted from 1900, a Monday.
    const FIRST_MONDAY: i32 = -25_567 * DAY;
    let days = i32::from(Weekday::Monday.until(anchor.weekday()));
    let first = Instant(FIRST_MONDAY + days * DAY + placement.opens);
    spaced(text, first, 1, placement.minutes)
}

/// `[2] weeks from 2027-01-16 ...`, after `every`.
fn every_weeks(text: &str, words: &[&str]) -> Result<WindowRule, ParseWindowError> {
    let fault = |part: &str, expected| ParseWindowError::Part {
        text: text.to_owned(),
        part: part.to_owned(),
        expected,
    };
    let (weeks, rest) = match *words {
        ["week" | "weeks", ref rest @ ..] => (1, rest),
        [number, "week" | "weeks", ref rest @ ..] => {
            let weeks = words::digits(number).filter(|&weeks| weeks > 0);
            (weeks.ok_or_else(|| fault(number, "a number of weeks"))?, rest)
        }
        _ => return Err(fault(&words.join(" "), "a weekday or weeks such as `2 weeks from 2027-01-16`")),
    };
    let ["from", date, ref span @ ..] = *rest else {
        return Err(fault(&rest.join(" "), "`from` and the date of the first window"));
    };
    let opening: Instant =
        date.to_ascii_uppercase().parse().map_err(|_| fault(date, "a date such as `2027-01-16`"))?;
    let has_time = words::date(date).is_none();
    if has_time && span.is_empty() {
        return Err(fault(date, "a length such as `for 36h` after a date with a time"));
    }
    let midnight = opening.0.saturating_sub(opening.minute_of_day());
    let anchor = Anchor::Day(opening.start_date().weekday());
    let placement = parse_span(text, span, anchor, has_time.then(|| opening.minute_of_day()))?;
    spaced(text, Instant(midnight.saturating_add(placement.opens)), u32::from(weeks), placement.minutes)
}

/// Windows every so many weeks, if they do not overlap.
fn spaced(text: &str, first: Instant, weeks: u32, minutes: i32) -> Result<WindowRule, ParseWindowError> {
    if i64::from(minutes) > i64::from(weeks) * 7 * i64::from(DAY) {
        return Err(ParseWindowError::TooLong(text.to_owned()));
    }
    Ok(WindowRule::EveryWeeks { first, weeks, minutes })
}

/// `first weekend of quarter ...`.
fn nth_of_period(
    text: &str,
    [nth, day, period]: [&str; 3],
    span: &[&str],
) -> Result<WindowRule, ParseWindowError> {
    let fault = |part: &str, expected| ParseWindowError::Part {
        text: text.to_owned(),
        part: part.to_owned(),
        expected,
    };
    let nth = words::ordinal(nth).ok_or_else(|| fault(nth, "`first`, `2nd`, ... or `last`"))?;
    let anchor = Anchor::parse(day).ok_or_else(|| fault(day, "a weekday or `weekend`"))?;
    // The most of one weekday that a period can have.
    let (months, most) = match period {
        "month" => (1, 5),
        "quarter" => (3, 14),
        "year" => (12, 53),
        _ => return Err(fault(period, "`month`, `quarter` or `year`")),
    };
    if matches!(nth, Nth::From(nth) if nth > most) {
        return Err(ParseWindowError::NoSuchDay(text.to_owned()));
    }
    let placement = parse_span(text, span, anchor, None)?;
    // The same day of two neighbouring periods is at least four weeks per month apart.
    if placement.minutes > i32::from(months) * 28 * DAY {
        return Err(ParseWindowError::TooLong(text.to_owned()));
    }
    let (opens, minutes) = (placement.opens, placement.minutes);
    Ok(WindowRule::Month(MonthRule { nth, weekday: anchor.weekday(), months, opens, minutes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(nth: Nth, weekday: Weekday, months: u8, opens: i32, minutes: i32) -> WindowRule {
        WindowRule::Month(MonthRule { nth, weekday, months, opens, minutes })
    }

    fn weeks(first: &str, weeks: u32, minutes: i32) -> WindowRule {
        WindowRule::EveryWeeks { first: first.parse().unwrap(), weeks, minutes }
    }

    fn list(periods: &[(&str, &str)]) -> WindowRule {
        let at = |text: &str| text.parse().unwrap();
        WindowRule::List(periods.iter().map(|(from, to)| (at(from), at(to))).collect())
    }

    #[test]
    fn every_form_of_window_is_read() {
        use Weekday::{Friday, Saturday, Sunday, Tuesday};
        for (text, rule) in [
            ("first weekend of quarter", month(Nth::From(1), Saturday, 3, 0, 2_880)),
            ("Last weekend of the month", month(Nth::Last, Saturday, 1, 0, 2_880)),
            ("2nd saturday of month", month(Nth::From(2), Saturday, 1, 0, 1_440)),
            ("last sunday of quarter", month(Nth::Last, Sunday, 3, 0, 1_440)),
            ("first tuesday of every year", month(Nth::From(1), Tuesday, 12, 0, 1_440)),
            ("2nd saturday of month 20:00-24:00", month(Nth::From(2), Saturday, 1, 1_200, 240)),
            ("2nd saturday of month 20:00 - 04:00", month(Nth::From(2), Saturday, 1, 1_200, 480)),
            ("2nd saturday of month at 20:00 for 36h", month(Nth::From(2), Saturday, 1, 1_200, 2_160)),
            ("2nd saturday of month for 2d", month(Nth::From(2), Saturday, 1, 0, 2_880)),
            ("last friday of month 18:00 to mon 06:00", month(Nth::Last, Friday, 1, 1_080, 3_600)),
            ("first weekend of month fri 18:00 to sun 20:00", month(Nth::From(1), Saturday, 1, -360, 3_000)),
            (
                "first weekend of month from sun 06:00 to sun 20:00",
                month(Nth::From(1), Saturday, 1, 1_800, 840),
            ),
            ("first weekend of month fri 18:00 for 60 h", month(Nth::From(1), Saturday, 1, -360, 3_600)),
            ("every 2 weeks from 2027-01-16", weeks("2027-01-16", 2, 1_440)),
            ("every 2 weeks from 2027-01-16 for 2d", weeks("2027-01-16", 2, 2_880)),
            ("every week from 2027-01-16 20:00-24:00", weeks("2027-01-16T20:00", 1, 240)),
            ("every 3 weeks from 2027-01-16 fri 18:00 to sun 20:00", weeks("2027-01-15T18:00", 3, 3_000)),
            ("every 3 weeks from 2027-01-15T18:00 for 36h", weeks("2027-01-15T18:00", 3, 2_160)),
            ("every 3 weeks from 2027-01-15T18:00 to sun 20:00", weeks("2027-01-15T18:00", 3, 3_000)),
            ("every sunday 02:00-06:00", weeks("1900-01-07T02:00", 1, 240)),
            ("every weekend", weeks("1900-01-06", 1, 2_880)),
            ("2027-03-06..2027-03-07", list(&[("2027-03-06", "2027-03-08")])),
            ("2027-03-06", list(&[("2027-03-06", "2027-03-07")])),
            ("2027-03-06T18:00..2027-03-08T06:00", list(&[("2027-03-06T18:00", "2027-03-08T06:00")])),
            ("2027-03-06 18:00 .. 2027-03-08", list(&[("2027-03-06T18:00", "2027-03-09")])),
        ] {
            assert_eq!(parse_window_rule(text), Ok(rule), "{text}");
        }
    }

    #[test]
    fn what_is_no_window_names_the_words_at_fault() {
        let message = |text: &str| parse_window_rule(text).unwrap_err().to_string();
        assert_eq!(
            message("first weekend of sprint"),
            "window `first weekend of sprint`: found `sprint`, expected `month`, `quarter` or `year`"
        );
        assert_eq!(
            message("first weekend of quarter 20:00-24:00"),
            "window `first weekend of quarter 20:00-24:00`: found `to 24:00`, expected the days as well, such as \
             `sat 20:00 to sun 24:00`"
        );
        assert_eq!(
            message("every 0 weeks from 2027-01-16"),
            "window `every 0 weeks from 2027-01-16`: found `0`, expected a number of weeks"
        );
        assert_eq!(
            message("every week from 2027-01-16 for 8d"),
            "window `every week from 2027-01-16 for 8d` lasts longer than the time to the next"
        );
        assert_eq!(
            message("2027-03-08..2027-03-06"),
            "window `2027-03-08T00:00..2027-03-07T00:00` ends before it begins"
        );
        assert!(matches!(parse_window_rule("6th saturday of month"), Err(ParseWindowError::NoSuchDay(_))));
        assert!(matches!(parse_window_rule("1st sat of month for 29d"), Err(ParseWindowError::TooLong(_))));
    }

    #[test]
    fn no_mistake_is_read_as_something_else() {
        for text in [
            "",
            "weekend",
            "first weekend",
            "first weekend of",
            "first of month",
            "every",
            "every 2 weeks",
            "every 2 weeks from",
            "every 2 weeks from monday",
            "every 2 weeks from 2027-01-16T18:00",
            "first weekend of month for",
            "first weekend of month for soon",
            "first weekend of month for 0h",
            "first weekend of month for -2d",
            "first weekend of month for 0.5m",
            "first saturday of month 20:00",
            "first saturday of month 20:00 to",
            "first saturday of month 20:00 to noon",
            "first weekend of month fri 18:00",
            "first weekend of month fri to sun",
            "first saturday of month 20:00-24:00 please",
            "first weekend of every",
            "..",
            "2027-03-06..",
            "..2027-03-06",
            "2027-03-06T18:00..2027-03-06T18:00",
            "every 2 weeks from 2027-01-16 until 2028-01-01",
            "first saturday of month for 99999999999d",
            "every 2 weeks from 9999-99-99",
        ] {
            assert!(parse_window_rule(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rules_and_periods_combine() {
        assert_eq!(parse_windows(&["every weekend"]), Ok(weeks("1900-01-06", 1, 2_880)));
        assert_eq!(
            parse_windows(&["2027-06-05", "2027-03-06..2027-03-07"]),
            Ok(list(&[("2027-03-06", "2027-03-08"), ("2027-06-05", "2027-06-06")]))
        );
        assert_eq!(
            parse_windows(&["every weekend", "2027-06-07"]),
            Ok(WindowRule::Any(vec![list(&[("2027-06-07", "2027-06-08")]), weeks("1900-01-06", 1, 2_880)]))
        );
        assert_eq!(parse_windows::<&str>(&[]), Ok(list(&[])));
        let overlap = parse_windows(&["2027-03-06..2027-03-07", "2027-03-07"]).unwrap_err();
        assert_eq!(
            overlap.to_string(),
            "the window that opens at 2027-03-07T00:00 overlaps the one that opens at 2027-03-06T00:00"
        );
    }
}
