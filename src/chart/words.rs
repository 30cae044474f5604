//! How the numbers and dates of a chart are written.

use jiff::civil::Date;

use crate::report::{JOINED, Locale, grouped};
use crate::units::Currency;

/// The way in which all numbers, shares, amounts and dates of a chart are written. What a chart says besides, and
/// the names in it, are the same in every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(Option<Locale>);

impl Words {
    /// As in the tables of a results folder: English numbers, dates such as 2027-09-06, the currency before an
    /// amount.
    pub const PLAIN: Self = Self(None);

    /// As in the text of a document: the separators of the language, dates with their month in letters, the
    /// currency behind an amount.
    #[must_use]
    pub const fn of(locale: Locale) -> Self {
        Self(Some(locale))
    }

    /// Whether dates are written with their month in letters, which takes more room than digits do.
    pub(super) fn spells_months(self) -> bool {
        self.0.is_some()
    }

    /// A number with so many decimals and separated thousands.
    pub(super) fn number(self, value: f64, decimals: usize) -> String {
        self.written(grouped(value, decimals))
    }

    /// A number with so many decimals; without separators of thousands where tables have none.
    pub(super) fn bare(self, value: f64, decimals: usize) -> String {
        self.0.map_or_else(|| format!("{value:.decimals$}"), |locale| locale.number(value, decimals))
    }

    /// The same with its sign, also that of what is not negative.
    pub(super) fn signed(self, value: f64, decimals: usize) -> String {
        let number = self.bare(value, decimals);
        if number.starts_with('-') { number } else { format!("+{number}") }
    }

    /// A whole number of things.
    pub(super) fn count(self, count: usize) -> String {
        self.0.map_or_else(|| count.to_string(), |locale| locale.number(count as f64, 0))
    }

    /// A number with as many decimals as it needs.
    pub(super) fn shortest(self, value: f64) -> String {
        self.written(value.to_string())
    }

    /// A written number as so many percent.
    pub(super) fn percents(self, number: &str) -> String {
        format!("{number}{}%", self.space())
    }

    /// A probability in percent with one decimal at most; certainty is said only where it is.
    pub(super) fn share(self, share: f64) -> String {
        // Rounded as texts are, digit by digit.
        let tenths: f64 = format!("{:.1}", share * 100.0).parse().unwrap_or_default();
        let (beyond, tenths) = if share > 0.0 && tenths <= 0.0 {
            ("<", 0.1)
        } else if share < 1.0 && tenths >= 100.0 {
            (">", 99.9)
        } else {
            return self.percents(&self.shortest(tenths + 0.0));
        };
        format!("{beyond}{}{}", self.space(), self.percents(&self.shortest(tenths)))
    }

    /// An amount that is written already, with its currency.
    pub(super) fn money(self, currency: Currency, amount: &str) -> String {
        match self.0 {
            None => format!("{currency} {amount}"),
            Some(_) => format!("{amount}{JOINED}{currency}"),
        }
    }

    /// A day.
    pub(super) fn date(self, date: Date) -> String {
        self.0.map_or_else(|| date.to_string(), |locale| locale.date(date))
    }

    /// A day without its year, in letters in every way.
    pub(super) fn day_of_month(self, date: Date) -> String {
        self.spaced(self.locale().day_of_month(date))
    }

    /// A day of the week with its number in the month.
    pub(super) fn weekday(self, date: Date) -> String {
        format!("{} {}", self.locale().weekday(date), self.locale().day(date))
    }

    /// The name of a month, short.
    pub(super) fn month(self, date: Date) -> &'static str {
        self.locale().month(date)
    }

    fn locale(self) -> Locale {
        self.0.unwrap_or(Locale::En)
    }

    fn written(self, english: String) -> String {
        self.0.map_or_else(|| english.clone(), |locale| locale.written(&english))
    }

    /// What stands between the parts of a number: in documents, what no line breaks at.
    fn space(self) -> char {
        if self.0.is_some() { JOINED } else { ' ' }
    }

    fn spaced(self, text: String) -> String {
        if self.0.is_some() { text } else { text.replace(JOINED, " ") }
    }
}

/// An interval in words; one that says no more than a single value says that.
pub(super) fn interval(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: Words = Words::of(Locale::De);

    #[test]
    fn nearly_certain_is_not_certain() {
        let percent = |share| Words::PLAIN.share(share);
        assert_eq!(percent(0.8), "80 %");
        assert_eq!(percent(0.4237), "42.4 %");
        assert_eq!(percent(0.9999), "> 99.9 %");
        assert_eq!(percent(0.0001), "< 0.1 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(GERMAN.share(0.9999).replace(JOINED, " "), "> 99,9 %");
    }

    #[test]
    fn results_and_documents_each_have_their_way() {
        let day = "2027-09-06".parse().unwrap();
        let euros = "EUR".parse().unwrap();
        let said = |words: Words| {
            let amount = words.number(1_234_567.0, 0);
            let signs = [words.signed(1_234.5, 1), words.signed(-0.5, 1)].join(" ");
            let days = [words.date(day), words.day_of_month(day), words.weekday(day)].join(" ");
            [words.money(euros, &amount), signs, days].join("|").replace(JOINED, "_")
        };
        assert_eq!(said(Words::PLAIN), "EUR 1,234,567|+1234.5 -0.5|2027-09-06 6 Sep Mon 6");
        assert_eq!(said(Words::of(Locale::En)), "1,234,567_EUR|+1,234.5 -0.5|6_Sep_2027 6_Sep Mon 6");
        assert_eq!(said(GERMAN), "1.234.567_EUR|+1.234,5 -0,5|6._Sep._2027 6._Sep. Mo. 6.");
        assert_eq!(said(Words::of(Locale::Fr)), "1_234_567_EUR|+1_234,5 -0,5|6_sept._2027 6_sept. lun. 6");
    }
}
