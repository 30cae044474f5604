//! Numbers, dates and durations as people type them in different countries.

use jiff::civil::{Date, DateTime};

use super::Value;
use crate::units::{DurationText, DurationUnit};

/// How the texts of one column are written, as all of them together show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Marks {
    /// Whether the decimal mark is a comma.
    pub decimal_comma: bool,
    /// Whether dates such as `03/04/2027` begin with the month.
    pub month_first: bool,
    /// Whether nothing in the column says which of day and month comes first.
    pub dates_are_ambiguous: bool,
}

impl Marks {
    /// What the texts of a column show; `decimal_comma` where they show nothing.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>, decimal_comma: bool) -> Self {
        let mut comma = None;
        let (mut day_first, mut month_first, mut any) = (false, false, false);
        for text in texts {
            comma = comma.or_else(|| decimal_mark(text));
            if let Some([first, second, _]) = slashed(text) {
                any = true;
                day_first |= first > 12;
                month_first |= second > 12;
            }
        }
        Self {
            decimal_comma: comma.unwrap_or(decimal_comma),
            month_first: month_first && !day_first,
            dates_are_ambiguous: any && !day_first && !month_first,
        }
    }
}

/// Whether the decimal mark of a number is a comma; [`None`] if it does not show.
fn decimal_mark(text: &str) -> Option<bool> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let behind = |mark: char| digits.rsplit(mark).next().map_or(0, str::len);
    match (points, commas) {
        (0, 0) => None,
        // Both: the last one is the decimal mark.
        (1.., 1..) => Some(digits.rfind(',') > digits.rfind('.')),
        (2.., 0) => Some(true),
        (0, 2..) => Some(false),
        (1, 0) => (behind('.') != 3 || digits.starts_with("0.")).then_some(false),
        (0, 1) => (behind(',') != 3 || digits.starts_with("0,")).then_some(true),
    }
}

/// A number with whatever currency or thousands marks; a percentage is a share.
pub(in crate::import) fn number(text: &str, marks: Marks) -> Option<Value> {
    let mut text = text.trim().replace('\u{2212}', "-");
    let is_share = text.ends_with('%');
    text.retain(|c| !matches!(c, '%' | '\'' | '\u{2019}' | '_') && !c.is_whitespace());
    // Accountants write losses in brackets.
    let is_negative = text.starts_with('(') && text.ends_with(')');
    if is_negative {
        text = text[1..text.len() - 1].to_owned();
    }
    let currency = |c: char| matches!(c, '€' | '$' | '£' | '¥') || c.is_ascii_alphabetic();
    let trimmed = text.trim_start_matches(currency).trim_end_matches(currency);
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    // Three letters are a currency; any others are a word with a number in it.
    if !letters.is_empty() && letters.len() != 3 {
        return None;
    }
    let (thousands, decimal) = if marks.decimal_comma { ('.', ',') } else { (',', '.') };
    if trimmed.matches(decimal).count() > 1 {
        return None;
    }
    let plain: String =
        trimmed.chars().filter(|&c| c != thousands).map(|c| if c == decimal { '.' } else { c }).collect();
    let good = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
        && plain.contains(|c: char| c.is_ascii_digit());
    let value: f64 = plain.parse().ok().filter(|value: &f64| good && value.is_finite())?;
    let value = if is_negative { -value } else { value };
    Some(if is_share { Value::Share(value / 100.0) } else { Value::Number(value) })
}

/// The three numbers of a date with the year at its end, as written.
fn slashed(text: &str) -> Option<[i16; 3]> {
    let first = text.split_whitespace().next()?;
    let parts: Vec<&str> = first.trim_end_matches('.').split('/').collect();
    let [a, b, year] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    Some([number(a)?, number(b)?, number(year)?])
}

/// A date, with a time if one is written: `2027-01-11`, `11.01.2027`, `11/01/2027 08:00`, `11-Jan-2027`.
pub(in crate::import) fn date(text: &str, marks: Marks) -> Option<DateTime> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let time = time.trim().trim_end_matches('Z');
    let date = iso(day).or_else(|| dotted(day)).or_else(|| {
        let [a, b, year] = slashed(day)?;
        let (day, month) = if marks.month_first { (b, a) } else { (a, b) };
        civil(year, month, day)
    });
    if let Some(date) = date {
        return clock(time).map(|(hour, minute)| date.at(hour, minute, 0, 0));
    }
    with_month_name(text).map(|date| date.at(0, 0, 0, 0))
}

fn iso(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [year, month, day] = parts[..] else { return None };
    (year.len() == 4).then(|| civil(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

fn dotted(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    civil(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `11-Jan-2027`, `11 January 2027`, `Jan 11, 2027`.
fn with_month_name(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(4).collect();
    let at = words.iter().position(|word| month_of(word).is_some())?;
    let month = month_of(words[at])?;
    let (day, year) = match at {
        1 => (words.first()?, words.get(2)?),
        0 => (words.get(1)?, words.get(2)?),
        _ => return None,
    };
    civil(year.parse().ok()?, month, day.parse().ok()?)
}

/// The number of a month by its name in English, German, French or Spanish.
fn month_of(word: &str) -> Option<i16> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "ene"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz"],
        &["apr", "avr", "abr"],
        &["may", "mai"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû", "aou", "ago"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let lower = word.to_lowercase();
    if lower.chars().count() < 3 || lower.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = NAMES.iter().position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    i16::try_from(found + 1).ok()
}

/// A day; years of two digits are in this century.
fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = if (0..100).contains(&year) { year + 2_000 } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Hours and minutes; none where nothing is written.
fn clock(text: &str) -> Option<(i8, i8)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let lower = text.to_lowercase();
    let afternoon = lower.ends_with("pm");
    let digits = lower.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let mut parts = digits.split(':');
    let hour: i8 = parts.next()?.trim().parse().ok()?;
    let minute: i8 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let hour = match (afternoon, lower.ends_with("am"), hour) {
        (true, _, 1..=11) => hour + 12,
        (_, true, 12) => 0,
        _ => hour,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// A duration with its unit written out in one of four languages: `10d`, `10 Tage`, `2 semaines`, `3 elapsed days`.
///
/// [`None`] if there is no unit, or an unknown one.
pub(in crate::import) fn duration(text: &str, marks: Marks) -> Option<DurationText> {
    let text = text.trim().trim_end_matches('?');
    let split = text.find(|c: char| c.is_alphabetic())?;
    let (value, unit) = text.split_at(split);
    let Some(Value::Number(value)) = number(value, marks) else { return None };
    let (unit, elapsed) = unit_of(unit)?;
    Some(DurationText { value, unit, elapsed })
}

/// A unit of time by its name, and whether it is elapsed time.
pub(in crate::import) fn unit_of(text: &str) -> Option<(DurationUnit, bool)> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let mut words = lower.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    let is_working = |word: &str| matches!(word, "working" | "work" | "business" | "ouvrés" | "laborables");
    let is_elapsed = |word: &str| matches!(word, "elapsed" | "calendar" | "calendaires" | "naturales");
    let (unit, adverb) = match second {
        Some(second) if is_working(first) || is_elapsed(first) => (second, Some(first)),
        second => (first, second),
    };
    let elapsed = adverb.is_some_and(is_elapsed) || unit.starts_with("kalender");
    let unit = unit.strip_prefix("kalender").or_else(|| unit.strip_prefix("arbeits")).unwrap_or(unit);
    let (unit, elapsed) = match unit {
        "ed" | "eday" | "edays" | "fd" => ("d", true),
        "ew" | "eweek" | "eweeks" => ("w", true),
        "eh" | "ehour" | "ehours" => ("h", true),
        "emo" => ("mo", true),
        "em" => ("m", true),
        other => (other, elapsed),
    };
    let unit = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" => DurationUnit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures"
        | "hora" | "horas" => DurationUnit::Hour,
        "d" | "day" | "days" | "wd" | "pd" | "t" | "tag" | "tage" | "tagen" | "j" | "jour" | "jours"
        | "dia" | "dias" | "día" | "días" => DurationUnit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" | "wo" | "woche" | "wochen" | "sem" | "semaine"
        | "semaines" | "semana" | "semanas" => DurationUnit::Week,
        "mo" | "mon" | "mons" | "month" | "months" | "monat" | "monate" | "monaten" | "mois" | "mes"
        | "meses" => DurationUnit::Month,
        _ => return None,
    };
    Some((unit, elapsed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(texts: &[&str]) -> Marks {
        Marks::of(texts.iter().copied(), false)
    }

    #[test]
    fn numbers_of_all_countries_are_read() {
        let comma = marks(&["1.234,5", "2.000"]);
        let point = marks(&["1,234.5"]);
        let one = |text: &str, marks| match number(text, marks) {
            Some(Value::Number(value) | Value::Share(value)) => Some(value),
            _ => None,
        };
        assert_eq!(one("1.234,5", comma), Some(1_234.5));
        assert_eq!(one("2.000", comma), Some(2_000.0));
        assert_eq!(one("1,234.5", point), Some(1_234.5));
        assert_eq!(one("€ 1'234.50", point), Some(1_234.5));
        assert_eq!(one("1 234,50 EUR", comma), Some(1_234.5));
        assert_eq!(one("$45,000,000", point), Some(45_000_000.0));
        assert_eq!(one("(1,200)", point), Some(-1_200.0));
        assert_eq!(number("35 %", point), Some(Value::Share(0.35)));
        assert_eq!(number("12,5%", comma), Some(Value::Share(0.125)));
        for bad in ["", "n/a", "High", "R001", "1.2.3", "inf", "NaN", "--5", "tbd 5 days"] {
            assert_eq!(number(bad, point), None, "{bad}");
        }
    }

    #[test]
    fn dates_are_read_by_what_their_column_shows() {
        let us = marks(&["03/04/2027", "12/31/2027"]);
        let eu = marks(&["03/04/2027", "31/12/2027"]);
        let unknown = marks(&["03/04/2027"]);
        let read = |text, marks| date(text, marks).map(|at| at.date().to_string());
        assert_eq!(read("03/04/2027", us).as_deref(), Some("2027-03-04"));
        assert_eq!(read("03/04/2027", eu).as_deref(), Some("2027-04-03"));
        assert!(unknown.dates_are_ambiguous && !eu.dates_are_ambiguous && !us.dates_are_ambiguous);
        for text in ["2027-01-11", "11.1.2027", "11.01.27", "11-Jan-2027", "11 janvier 2027", "Jan 11, 2027"]
        {
            assert_eq!(read(text, eu).as_deref(), Some("2027-01-11"), "{text}");
        }
        assert_eq!(
            date("11.01.2027 3:30 PM", eu).map(|at| at.to_string()).as_deref(),
            Some("2027-01-11T15:30:00")
        );
        for bad in ["", "31.02.2027", "soon", "11.01.2027 25:00", "0000-00-00", "2027-13-01"] {
            assert_eq!(date(bad, eu), None, "{bad}");
        }
    }

    #[test]
    fn durations_are_read_with_their_units() {
        let read = |text| duration(text, Marks::default()).map(|one| one.to_string());
        for (text, wanted) in [
            ("10d", "10d"),
            ("10 Tage", "10d"),
            ("2 semaines", "2w"),
            ("3 elapsed days", "3ed"),
            ("5 Kalendertage", "5ed"),
            ("4 working days", "4d"),
            ("1.5 months", "1.5mo"),
            ("2 eweeks", "2ew"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        for bad in ["10", "d", "ten days", "10 parsecs"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
