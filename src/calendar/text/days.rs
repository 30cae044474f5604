//! Days and freezes: `2027-12-24..2028-01-02`, `easter-monday`, `last monday of may`.

use jiff::civil::Date;

use super::words;
use crate::calendar::{Days, Freeze, Nth, YearlyDay};

/// Why a text names no days.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDaysError {
    /// It has none of the known forms.
    #[error(
        "`{0}` names no days: write a date such as `2027-12-24`, a range `2027-12-24..2028-01-02`, a day of \
         every year `12-25`, a feast such as `easter-monday`, or `last monday of may`"
    )]
    Unknown(String),
    /// A range ends before it begins.
    #[error("`{0}` ends before it begins")]
    Reversed(String),
    /// There is no such day in any year.
    #[error("there is no day `{0}` in any year")]
    NoSuchDay(String),
}

/// Feasts by their distance from Easter Sunday.
const FEASTS: [(&str, i32); 13] = [
    ("ascension-day", 39),
    ("ascension", 39),
    ("ash-wednesday", -46),
    ("carnival-monday", -48),
    ("corpus-christi", 60),
    ("easter-monday", 1),
    ("easter-saturday", -1),
    ("easter-sunday", 0),
    ("easter", 0),
    ("good-friday", -2),
    ("maundy-thursday", -3),
    ("whit-monday", 50),
    ("whit-sunday", 49),
];

/// Reads days.
///
/// ```text
/// days   = date | date ".." date              2027-12-24, 2027-12-24..2028-01-02 (both included)
///        | day  | day ".." day                12-25, 12-24..01-02: every year
///        | feast | "easter" ("+"|"-") n       Western Easter; n up to 365 days
///        | nth weekday "of" month             last monday of may, 4th thursday of november: every year
/// nth    = "first" .. "fifth" | "1st" .. "5th" | "last"
/// feast  = "maundy-thursday" | "good-friday" | "easter-saturday" | "easter" | "easter-sunday"
///        | "easter-monday" | "ascension" | "ascension-day" | "whit-sunday" | "whit-monday"
///        | "corpus-christi" | "ash-wednesday" | "carnival-monday"
/// ```
///
/// # Errors
/// [`ParseDaysError`] if the text has another form or names a day that does not exist.
///
/// ```
/// use p80::calendar::{Days, YearlyDay, text::parse_days};
/// assert_eq!(parse_days("good-friday")?, Days::Yearly(YearlyDay::Easter { offset_days: -2 }));
/// # Ok::<(), p80::calendar::text::ParseDaysError>(())
/// ```
pub fn parse_days(text: &str) -> Result<Days, ParseDaysError> {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [nth, weekday, of, month] = words[..]
        && of.eq_ignore_ascii_case("of")
    {
        return nth_weekday(nth, weekday, month).ok_or_else(|| ParseDaysError::Unknown(text.to_owned()))?;
    }
    if let Some((from, to)) = text.split_once("..") {
        return range(text, from.trim(), to.trim());
    }
    if let Some(date) = words::date(text) {
        return Ok(Days::Range(date, date));
    }
    if let Some((month, day)) = month_day(text)? {
        return Ok(Days::Yearly(YearlyDay::Fixed { month, day }));
    }
    feast(text).ok_or_else(|| ParseDaysError::Unknown(text.to_owned()))
}

/// Reads days that may be followed by a free text, such as the name of a holiday; the text is `""` if absent.
///
/// # Errors
/// [`ParseDaysError`] if the beginning names no days.
pub fn parse_named_days(text: &str) -> Result<(Days, String), ParseDaysError> {
    // The longest beginning of at most four words that names days.
    let ends: Vec<usize> = word_ends(text).take(4).collect();
    let days_before = |end: usize| parse_days(text[..end].trim_end_matches([':', ',']));
    let read = ends.iter().rev().find_map(|&end| Some((days_before(end).ok()?, end)));
    let Some((days, end)) = read else {
        // The fault is in the first word, unless an ordinal announces four.
        let announced = text.split_whitespace().next().is_some_and(|word| words::ordinal(word).is_some());
        let end = if announced { ends.last() } else { ends.first() };
        return Err(match days_before(end.copied().unwrap_or(0)) {
            Err(error) => error,
            Ok(_) => ParseDaysError::Unknown(text.to_owned()),
        });
    };
    let name = text[end..].trim().trim_start_matches([':', '-', '–', ',', ' ']);
    Ok((days, name.to_owned()))
}

/// Reads a freeze: days, then its reason, which may be absent.
///
/// ```text
/// freeze = days [ ":" ] [ reason ]            2027-11-22..2028-01-09 year-end change freeze
/// ```
///
/// # Errors
/// [`ParseDaysError`] if the beginning names no days.
pub fn parse_freeze(text: &str) -> Result<Freeze, ParseDaysError> {
    parse_named_days(text).map(|(days, reason)| Freeze { days, reason })
}

/// The byte after each word.
fn word_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let is_end = |&(at, c): &(usize, char)| {
        !c.is_whitespace() && text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
    };
    text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8())
}

/// `last monday of may`; `None` if a word is unknown.
fn nth_weekday(nth: &str, weekday: &str, month: &str) -> Option<Result<Days, ParseDaysError>> {
    let rule = (words::ordinal(nth)?, words::weekday(weekday)?, words::month(month)?);
    let (nth_day, weekday_day, month_number) = rule;
    if matches!(nth_day, Nth::From(n) if n > 5) {
        return Some(Err(ParseDaysError::NoSuchDay(format!("{nth} {weekday} of {month}"))));
    }
    Some(Ok(Days::Yearly(YearlyDay::Nth { month: month_number, nth: nth_day, weekday: weekday_day })))
}

/// Two dates or two days of every year.
fn range(text: &str, from: &str, to: &str) -> Result<Days, ParseDaysError> {
    if let (Some(first), Some(last)) = (words::date(from), words::date(to)) {
        return ordered(text, first, last);
    }
    match (month_day(from)?, month_day(to)?) {
        (Some(first), Some(last)) => Ok(Days::YearlyRange(first, last)),
        _ => Err(ParseDaysError::Unknown(text.to_owned())),
    }
}

/// A range of dates that does not run backwards.
fn ordered(text: &str, first: Date, last: Date) -> Result<Days, ParseDaysError> {
    if first <= last { Ok(Days::Range(first, last)) } else { Err(ParseDaysError::Reversed(text.to_owned())) }
}

/// `12-25`; `None` if the text has another form.
fn month_day(text: &str) -> Result<Option<(i8, i8)>, ParseDaysError> {
    let Some((month, day)) = text.split_once('-') else { return Ok(None) };
    let (Some(month), Some(day)) = (words::digits(month), words::digits(day)) else { return Ok(None) };
    let no_such_day = || ParseDaysError::NoSuchDay(text.to_owned());
    let (month, day) =
        (i8::try_from(month).map_err(|_| no_such_day())?, i8::try_from(day).map_err(|_| no_such_day())?);
    // In a leap year every day of any year exists.
    Date::new(2028, month, day).map(|_| Some((month, day))).map_err(|_| no_such_day())
}

/// A feast, or Easter and a number of days.
fn feast(text: &str) -> Option<Days> {
    let text = text.to_ascii_lowercase();
    let named = FEASTS.iter().find(|(name, _)| *name == text).map(|&(_, days)| days);
    let offset_days = named.or_else(|| {
        let distance = text.strip_prefix("easter")?.trim();
        let (sign, days) = match distance.strip_prefix('+') {
            Some(days) => (1, days),
            None => (-1, distance.strip_prefix('-')?),
        };
        words::digits(days.trim()).filter(|&days| days <= 365).map(|days| sign * i32::from(days))
    })?;
    Some(Days::Yearly(YearlyDay::Easter { offset_days }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_of_days_is_read() {
        let easter = |offset_days| Days::Yearly(YearlyDay::Easter { offset_days });
        let nth = |month, nth, weekday| Days::Yearly(YearlyDay::Nth { month, nth, weekday });
        for (text, days) in [
            ("2027-12-24", Days::Range(date("2027-12-24"), date("2027-12-24"))),
            ("2027-12-24..2028-01-02", Days::Range(date("2027-12-24"), date("2028-01-02"))),
            (" 2027-12-24 .. 2028-01-02 ", Days::Range(date("2027-12-24"), date("2028-01-02"))),
            ("12-25", Days::Yearly(YearlyDay::Fixed { month: 12, day: 25 })),
            ("02-29", Days::Yearly(YearlyDay::Fixed { month: 2, day: 29 })),
            ("12-24..01-02", Days::YearlyRange((12, 24), (1, 2))),
            ("easter", easter(0)),
            ("Good-Friday", easter(-2)),
            ("easter-monday", easter(1)),
            ("ascension", easter(39)),
            ("whit-monday", easter(50)),
            ("corpus-christi", easter(60)),
            ("easter+39", easter(39)),
            ("easter - 47", easter(-47)),
            ("last monday of may", nth(5, Nth::Last, Weekday::Monday)),
            ("first Monday of September", nth(9, Nth::From(1), Weekday::Monday)),
            ("4th thu of nov", nth(11, Nth::From(4), Weekday::Thursday)),
        ] {
            assert_eq!(parse_days(text), Ok(days), "{text}");
        }
    }

    #[test]
    fn what_names_no_days_says_why() {
        for text in [
            "",
            "24.12.2027",
            "2027-02-30",
            "2027-12-24..12-26",
            "christmas",
            "easter+400",
            "easter+",
            "last monday in may",
            "sixth monday of may",
            "2027-12-24 Christmas",
            "20271224",
            "..",
        ] {
            assert_eq!(parse_days(text), Err(ParseDaysError::Unknown(text.into())), "{text}");
        }
        assert_eq!(
            parse_days("2028-01-02..2027-12-24").unwrap_err().to_string(),
            "`2028-01-02..2027-12-24` ends before it begins"
        );
        for text in ["02-30", "13-01", "00-10", "6th monday of may", "12-200"] {
            assert_eq!(parse_days(text), Err(ParseDaysError::NoSuchDay(text.into())), "{text}");
        }
    }

    #[test]
    fn a_freeze_may_have_a_reason() {
        let freeze = |text: &str| parse_freeze(text).unwrap();
        let range = Days::Range(date("2027-11-22"), date("2028-01-09"));
        assert_eq!(
            freeze("2027-11-22..2028-01-09 year-end change freeze"),
            Freeze { days: range.clone(), reason: "year-end change freeze".into() }
        );
        assert_eq!(
            freeze("2027-11-22..2028-01-09: audit"),
            Freeze { days: range.clone(), reason: "audit".into() }
        );
        assert_eq!(freeze("2027-11-22 .. 2028-01-09"), Freeze { days: range, reason: String::new() });
        assert_eq!(freeze("last monday of may spring sale").reason, "spring sale");
        assert_eq!(parse_named_days("easter-monday Ostermontag – frei").unwrap().1, "Ostermontag – frei");
    }

    #[test]
    fn the_words_at_fault_in_a_freeze_are_named() {
        let error = |text: &str| parse_freeze(text).unwrap_err();
        assert_eq!(error("2027-13-01 audit of the year"), ParseDaysError::Unknown("2027-13-01".into()));
        assert_eq!(error("6th monday of may sale"), ParseDaysError::NoSuchDay("6th monday of may".into()));
        assert_eq!(error("year end"), ParseDaysError::Unknown("year".into()));
        assert_eq!(error("  "), ParseDaysError::Unknown(String::new()));
        assert_eq!(
            error("2028-01-09..2027-11-22 typo"),
            ParseDaysError::Reversed("2028-01-09..2027-11-22".into())
        );
    }
}
