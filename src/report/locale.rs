//! How numbers and dates are written for readers of a language.

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{grouped, percent};

/// A space that no line breaks at.
pub(crate) const JOINED: char = '\u{a0}';

/// Whose way of writing numbers and dates is followed. The words stay English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// 1,234.5 and 6 Sep 2027.
    #[default]
    En,
    /// 1.234,5 and 6. Sep. 2027.
    De,
    /// 1 234,5 and 6 sept. 2027.
    Fr,
    /// 1.234,5 and 6 sept 2027.
    Es,
}

/// A language that is not known.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is no known locale: use en, de, fr or es")]
pub struct ParseLocaleError(pub String);

impl FromStr for Locale {
    type Err = ParseLocaleError;

    /// The language counts; a region behind it, such as in `de-AT`, does not.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let language = text.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        match language.as_str() {
            "en" => Ok(Self::En),
            "de" => Ok(Self::De),
            "fr" => Ok(Self::Fr),
            "es" => Ok(Self::Es),
            _ => Err(ParseLocaleError(text.to_owned())),
        }
    }
}

impl Locale {
    /// Its language tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// A number with so many decimals.
    #[must_use]
    pub fn number(self, value: f64, decimals: usize) -> String {
        self.written(&grouped(value, decimals))
    }

    /// An amount without minor units.
    #[must_use]
    pub fn amount(self, value: f64) -> String {
        self.number(value, 0)
    }

    /// An amount with its currency.
    #[must_use]
    pub fn money(self, value: f64, currency: &str) -> String {
        format!("{}{JOINED}{currency}", self.amount(value))
    }

    /// A share in percent.
    #[must_use]
    pub fn share(self, share: f64) -> String {
        self.written(&percent(share)).replace(' ', &JOINED.to_string())
    }

    /// A day, with the month in letters: no reader takes it for another day.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        format!("{}{JOINED}{}", self.day_of_month(date), date.year())
    }

    /// A day without its year.
    #[must_use]
    pub fn day_of_month(self, date: Date) -> String {
        format!("{}{JOINED}{}", self.day(date), self.month(date))
    }

    /// The number of a day in its month.
    #[must_use]
    pub fn day(self, date: Date) -> String {
        let point = if self == Self::De { "." } else { "" };
        format!("{}{point}", date.day())
    }

    /// The name of a month, short.
    #[must_use]
    pub fn month(self, date: Date) -> &'static str {
        self.months()[usize::from(date.month().unsigned_abs().clamp(1, 12)) - 1]
    }

    /// The name of a day of the week, short.
    #[must_use]
    pub fn weekday(self, date: Date) -> &'static str {
        let names = match self {
            Self::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            Self::De => ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
            Self::Fr => ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
            Self::Es => ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        };
        names[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs().min(6))]
    }

    fn months(self) -> [&'static str; 12] {
        match self {
            Self::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            Self::De => [
                "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.",
            ],
            Self::Fr => [
                "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
                "déc.",
            ],
            Self::Es => ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        }
    }

    /// A number in English form with the separators of the language.
    #[must_use]
    pub fn written(self, english: &str) -> String {
        let (thousands, point) = match self {
            Self::En => return english.to_owned(),
            Self::De | Self::Es => ('.', ','),
            Self::Fr => (JOINED, ','),
        };
        let turned = |c: char| match c {
            ',' => thousands,
            '.' => point,
            other => other,
        };
        english.chars().map(turned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_written_as_readers_expect_them() {
        let day = "2027-03-06".parse().unwrap();
        let shown = |locale: Locale| {
            let parts = [locale.number(1_234_567.25, 1), locale.share(0.123), locale.date(day)];
            parts.join("|").replace(JOINED, "_")
        };
        assert_eq!(shown(Locale::En), "1,234,567.2|12.3_%|6_Mar_2027");
        assert_eq!(shown(Locale::De), "1.234.567,2|12,3_%|6._März_2027");
        assert_eq!(shown(Locale::Fr), "1_234_567,2|12,3_%|6_mars_2027");
        assert_eq!(shown(Locale::Es), "1.234.567,2|12,3_%|6_mar_2027");
    }

    #[test]
    fn a_day_has_the_same_month_with_and_without_its_year() {
        let day = "2027-09-05".parse().unwrap();
        let shown = |locale: Locale| {
            [locale.weekday(day).into(), locale.day_of_month(day), locale.date(day)]
                .join("|")
                .replace(JOINED, "_")
        };
        assert_eq!(shown(Locale::En), "Sun|5_Sep|5_Sep_2027");
        assert_eq!(shown(Locale::De), "So.|5._Sep.|5._Sep._2027");
        assert_eq!(shown(Locale::Fr), "dim.|5_sept.|5_sept._2027");
        assert_eq!(shown(Locale::Es), "dom|5_sept|5_sept_2027");
    }

    #[test]
    fn a_region_behind_the_language_is_no_matter() {
        assert_eq!(
            ["de-AT", "FR_ch", "en"].map(|text| text.parse().ok()),
            [Locale::De, Locale::Fr, Locale::En].map(Some)
        );
        assert!("it".parse::<Locale>().is_err());
    }
}
