//! The words that several forms share.

use jiff::civil::{Date, Weekday};

use crate::calendar::Nth;

/// A weekday by its English name or at least its first three letters.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = position(&NAMES, word)?;
    Weekday::from_monday_zero_offset(found as i8).ok()
}

/// A month by its English name or at least its first three letters, 1..=12.
pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    Some(position(&NAMES, word)? as i8 + 1)
}

/// The name that begins with `word`, which has at least three letters.
fn position(names: &[&str], word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    (word.len() >= 3).then(|| names.iter().position(|name| name.starts_with(&word))).flatten()
}

/// `first` to `fifth`, `1st`, `2nd`, ..., `last`.
pub(super) fn ordinal(word: &str) -> Option<Nth> {
    let word = word.to_ascii_lowercase();
    if word == "last" {
        return Some(Nth::Last);
    }
    const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if let Some(found) = NAMES.iter().position(|&name| name == word) {
        return Some(Nth::From(found as u8 + 1));
    }
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits(number).and_then(|number| u8::try_from(number).ok()).filter(|&n| n > 0).map(Nth::From)
}

/// Minutes of the day of `8:00` or `08:00`, up to `24:00`.
pub(super) fn clock(word: &str) -> Option<u16> {
    let (hours, minutes) = word.split_once(':')?;
    if hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= 1_440).then_some(minute)
}

/// A date as `2027-12-24` and in no other form.
pub(super) fn date(word: &str) -> Option<Date> {
    if word.len() == 10 { word.parse().ok() } else { None }
}

/// A number of up to four digits and nothing else.
pub(super) fn digits(word: &str) -> Option<u16> {
    let plain = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if plain { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_shortened_to_three_letters() {
        assert_eq!(weekday("Thu"), Some(Weekday::Thursday));
        assert_eq!(weekday("thurs"), Some(Weekday::Thursday));
        assert_eq!(weekday("th"), None);
        assert_eq!(weekday("sundays"), None);
        assert_eq!((month("may"), month("Sept"), month("ma")), (Some(5), Some(9), None));
    }

    #[test]
    fn ordinals_are_words_or_numbers() {
        assert_eq!(ordinal("First"), Some(Nth::From(1)));
        assert_eq!(ordinal("22nd"), Some(Nth::From(22)));
        assert_eq!(ordinal("last"), Some(Nth::Last));
        for bad in ["0th", "th", "300th", "sixth", "2", "-1st"] {
            assert_eq!(ordinal(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_reach_24_00_and_no_further() {
        assert_eq!((clock("8:05"), clock("24:00"), clock("00:00")), (Some(485), Some(1_440), Some(0)));
        for bad in ["24:01", "25:00", "8", "8:5", "08:60", "+8:00", "008:00", ":30", "8:", "é:00"] {
            assert_eq!(clock(bad), None, "{bad}");
        }
    }
}
