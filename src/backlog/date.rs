//! Dates as issue trackers of different countries write them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// The years in which something can have happened to an issue, or is due.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// Months by the beginnings of their names in English, German, French, Spanish, Italian, Dutch and Portuguese; longer
/// beginnings before shorter ones where one is part of the other.
const MONTHS: [(&str, i8); 38] = [
    ("juin", 6),
    ("juil", 7),
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("fév", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("mrt", 3),
    ("maa", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("jun", 6),
    ("giu", 6),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
    ("déc", 12),
];

/// What comes first in dates such as `03/04/27`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: March 4.
    MonthFirst,
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        })
    }
}

impl FromStr for DateOrder {
    type Err = String;

    /// Reads `dmy` or `mdy`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_lowercase().as_str() {
            "dmy" => Ok(Self::DayFirst),
            "mdy" => Ok(Self::MonthFirst),
            _ => Err(format!("`{text}` is neither `dmy`, the day first, nor `mdy`, the month first")),
        }
    }
}

/// A date as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It can be read in one way only.
    Certain(Date),
    /// Day and month, or month and day, and the year.
    Either(i8, i8, i16),
}

/// Why a text is no date that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadDate {
    /// It is none.
    None,
    /// Its year cannot be meant.
    OutOfRange,
}

impl Written {
    /// Reads a date with or without a time, whose zone is left alone: dates are those of the people who read them.
    ///
    /// # Errors
    /// [`BadDate`] if the text is none, or lies outside the years in which issues live.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let text = without_time(text.trim());
        let is_mark = |c: char| matches!(c, '/' | '-' | '.' | ',' | ' ' | '\u{a0}');
        let first = text.find(['/', '-', '.', ' ']).map(|at| text.as_bytes()[at]);
        let mut words = text.split(is_mark).filter(|word| !word.is_empty());
        let Some(mut one) = words.next() else { return Err(BadDate::None) };
        if let Some(compact) = compact(one) {
            return compact;
        }
        // The day of the week says nothing that the date does not.
        if one.starts_with(char::is_alphabetic) && month(one).is_none() {
            one = words.next().ok_or(BadDate::None)?;
        }
        let (Some(two), Some(three)) = (words.next(), words.next()) else { return Err(BadDate::None) };
        let small = |word: &str| word.parse::<i8>().ok();
        match (month(one), month(two), small(one), small(two)) {
            (Some(month), _, _, Some(day)) => certain(year(three)?, month, day),
            (None, Some(month), Some(day), _) => certain(year(three)?, month, day),
            (None, Some(month), None, _) => certain(year(one)?, month, small(three).ok_or(BadDate::None)?),
            (None, None, Some(day), Some(month)) if first == Some(b'.') && word_is_short(text) => {
                certain(year(three)?, month, day)
            }
            // Four digits with a leading zero are a year, whatever they say.
            (None, None, Some(one), Some(two)) if one >= 0 && two >= 0 && word_is_short(text) => {
                let year = in_range(year(three)?)?;
                if Date::new(year, one, two).is_err() && Date::new(year, two, one).is_err() {
                    return Err(BadDate::None);
                }
                Ok(Self::Either(one, two, year))
            }
            (None, None, _, Some(month)) => certain(year(one)?, month, small(three).ok_or(BadDate::None)?),
            _ => Err(BadDate::None),
        }
    }

    /// The date, where it begins in this way.
    pub fn read(self, order: DateOrder) -> Option<Date> {
        match (self, order) {
            (Self::Certain(date), _) => Some(date),
            (Self::Either(day, month, year), DateOrder::DayFirst)
            | (Self::Either(month, day, year), DateOrder::MonthFirst) => Date::new(year, month, day).ok(),
        }
    }

    /// How it must begin; [`None`] if that makes no difference or cannot be told.
    pub fn shows(self) -> Option<DateOrder> {
        match self {
            Self::Either(first, second, _) if first > 12 && second <= 12 => Some(DateOrder::DayFirst),
            Self::Either(first, second, _) if second > 12 && first <= 12 => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether the two ways to read it are two dates.
    pub fn is_ambiguous(self) -> bool {
        matches!(self, Self::Either(first, second, _) if first != second && first <= 12 && second <= 12)
    }
}

/// A date without the time that `T` separates from it; months have that letter too.
fn without_time(text: &str) -> &str {
    let bytes = text.as_bytes();
    let time = (1..bytes.len()).find(|&at| bytes[at] == b'T' && bytes[at - 1].is_ascii_digit());
    time.map_or(text, |at| &text[..at])
}

/// Whether the first number of a date has one or two digits.
fn word_is_short(text: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let begin = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    digits(&text[begin..]) <= 2
}

/// `20271221`, eight digits in a row.
fn compact(word: &str) -> Option<Result<Written, BadDate>> {
    if word.len() != 8 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| word[from..to].parse::<i16>().unwrap_or(0);
    Some(certain(number(0, 4), number(4, 6) as i8, number(6, 8) as i8))
}

/// The month that a name begins like.
fn month(word: &str) -> Option<i8> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let lower = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| lower.starts_with(name)).map(|&(_, month)| month)
}

/// A year of two or four digits.
fn year(word: &str) -> Result<i16, BadDate> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let number: i16 = word[..digits].parse().map_err(|_| BadDate::None)?;
    match digits {
        1 | 2 if number < 70 => Ok(2_000 + number),
        1 | 2 => Ok(1_900 + number),
        3 | 4 => Ok(number),
        _ => Err(BadDate::None),
    }
}

fn in_range(year: i16) -> Result<i16, BadDate> {
    if YEARS.contains(&year) { Ok(year) } else { Err(BadDate::OutOfRange) }
}

fn certain(year: i16, month: i8, day: i8) -> Result<Written, BadDate> {
    // A date that is none is told from one in a year that cannot be meant.
    Date::new(year.clamp(1, 9_999), month, day).map_err(|_| BadDate::None)?;
    Date::new(in_range(year)?, month, day).map(Written::Certain).map_err(|_| BadDate::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_tools_and_countries_are_read() {
        let wanted = Date::constant(2022, 12, 21);
        for text in [
            "21/Dec/22 3:31 PM",
            "21/dec/2022",
            "2022-12-21",
            "2022-12-21 15:31",
            "2022-12-21T15:31:00.000+0100",
            "2022/12/21",
            "2022.12.21",
            "20221221",
            "21.12.2022",
            "21.12.22 15:31",
            "21. Dezember 2022",
            "21 déc. 2022",
            "21-DIC-2022",
            "21.12.2022T15:31",
            "Dec 21, 2022",
            "Wed, 21 Dec 2022 15:31:00 +0000",
            "2022-Dec-21",
        ] {
            assert_eq!(Written::parse(text), Ok(Written::Certain(wanted)), "{text}");
        }
        assert_eq!(Written::parse("1 juillet 2022"), Ok(Written::Certain(Date::constant(2022, 7, 1))));
        assert_eq!(Written::parse("1 juin 99"), Ok(Written::Certain(Date::constant(1999, 6, 1))));
    }

    #[test]
    fn what_begins_with_day_or_month_is_told_by_what_can_be() {
        let read = |text: &str| Written::parse(text).unwrap();
        assert_eq!(read("21/12/22").shows(), Some(DateOrder::DayFirst));
        assert_eq!(read("12/21/2022 3:31 PM").shows(), Some(DateOrder::MonthFirst));
        assert!(read("3/4/22").is_ambiguous() && read("3-4-2022").is_ambiguous());
        assert!(!read("4/4/22").is_ambiguous() && read("4/4/22").shows().is_none());
        assert_eq!(read("3/4/22").read(DateOrder::DayFirst), Some(Date::constant(2022, 4, 3)));
        assert_eq!(read("3/4/22").read(DateOrder::MonthFirst), Some(Date::constant(2022, 3, 4)));
        assert_eq!(read("21/12/22").read(DateOrder::MonthFirst), None);
    }

    #[test]
    fn years_that_cannot_be_meant_and_other_texts_are_refused() {
        for text in ["0000-01-01", "0001-12-31", "9999-12-31", "31/Dec/9999", "31.12.9999", "12/31/9999"] {
            assert_eq!(Written::parse(text), Err(BadDate::OutOfRange), "{text}");
        }
        for text in [
            "",
            "-",
            "n/a",
            "tomorrow",
            "2022-13-01",
            "32/1/22",
            "31/31/22",
            "2022",
            "1/2",
            "é/é/é",
            "99999999",
        ] {
            assert_eq!(Written::parse(text), Err(BadDate::None), "{text}");
        }
    }
}
