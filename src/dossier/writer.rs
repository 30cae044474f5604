//! Values in the words of a locale.

use jiff::civil::Date;

use super::Shown;
use crate::report::Locale;

/// Writes values for readers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writer<'a> {
    pub(super) locale: Locale,
    pub(super) currency: &'a str,
}

impl Writer<'_> {
    pub(super) fn date(&self, date: Option<Date>) -> Shown {
        self.date_or(date, "-")
    }

    /// A day, or what is said where there is none.
    pub(super) fn date_or(&self, date: Option<Date>, otherwise: &str) -> Shown {
        match date {
            Some(date) => Shown::date(date, self.locale.date(date)),
            None => Shown { text: otherwise.to_owned(), ..Shown::nothing() },
        }
    }

    /// An amount; the currency stands in the heading.
    pub(super) fn amount(&self, amount: Option<f64>) -> Shown {
        amount.map_or_else(Shown::nothing, |amount| Shown::number(amount, self.locale.amount(amount)))
    }

    pub(super) fn share(&self, share: Option<f64>) -> Shown {
        share.map_or_else(Shown::nothing, |share| Shown::number(share, self.locale.share(share)))
    }

    pub(super) fn number(&self, number: Option<f64>, decimals: usize) -> Shown {
        number
            .map_or_else(Shown::nothing, |number| Shown::number(number, self.locale.number(number, decimals)))
    }

    /// A range of days or amounts.
    pub(super) fn range(low: &Shown, high: &Shown) -> Shown {
        let text =
            if low.text == high.text { low.text.clone() } else { format!("{} .. {}", low.text, high.text) };
        Shown { text, value: low.value.clone() }
    }

    /// An amount with its currency.
    pub(super) fn money(&self, amount: f64) -> String {
        self.locale.money(amount, self.currency)
    }
}
