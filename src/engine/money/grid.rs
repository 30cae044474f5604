//! Calendar months: the finest periods of the cash flow, and what a unit of money in each is worth.

use jiff::civil::Date;

use crate::model::{Dating, Finance};
use crate::units::Instant;

/// Minutes in a day.
const DAY: i32 = 1_440;

/// A run of calendar months.
#[derive(Clone, Debug, PartialEq)]
pub struct Months {
    /// First days of the months and of the one after the last, in days since 1970-01-01.
    first_days: Vec<i32>,
    /// By day from the first: the number of its month.
    month_of_day: Vec<u32>,
    /// By month: what a unit of money in it is worth on the valuation date; 1 where nothing is discounted.
    discount: Vec<f64>,
}

impl Months {
    /// The months from the earliest of two days to `last`.
    #[must_use]
    pub fn new(finance: &Finance, start: Instant, last: Instant) -> Self {
        let first = start.min(finance.valuation).min(finance.base).start_date().first_of_month();
        let last = last.max(start).start_date();
        let mut first_days = Vec::new();
        let mut month_of_day = Vec::new();
        let mut at = first;
        loop {
            let day = day_of(at);
            let number = first_days.len() as u32;
            first_days.push(day);
            let Ok(next) = at.last_of_month().tomorrow() else { break };
            month_of_day.resize(month_of_day.len() + (day_of(next) - day) as usize, number);
            at = next;
            if at > last {
                break;
            }
        }
        first_days.push(day_of(at));
        let mut months = Self { first_days, month_of_day, discount: Vec::new() };
        months.discount = (0..months.len()).map(|month| months.worth(month, finance)).collect();
        months
    }

    /// What a unit of money in a month is worth on the valuation date (semantics, section 6).
    fn worth(&self, month: usize, finance: &Finance) -> f64 {
        let Some(rate) = finance.discount_rate else { return 1.0 };
        let days = f64::from(self.first_days[month + 1] - 1 - finance.valuation.day());
        match finance.dating {
            Dating::Days => libm::pow(1.0 + rate, -(days / 365.0)),
            Dating::YearEnd => libm::pow(1.0 + rate, -years(finance.valuation, self.date(month))),
            Dating::MidYear => {
                let year = years(finance.valuation, self.date(month));
                // What is spent before the first year is spent now.
                libm::pow(1.0 + rate, if year >= 1.0 { 0.5 - year } else { -year })
            }
        }
    }

    /// How many months there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first_days.len() - 1
    }

    /// Whether there is no month; never the case.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first day of a month.
    #[must_use]
    pub fn date(&self, month: usize) -> Date {
        Instant(self.first_days[month].saturating_mul(DAY)).start_date()
    }

    /// The end of a month: 24:00 of its last day.
    #[must_use]
    pub fn end(&self, month: usize) -> i32 {
        self.first_days[month + 1].saturating_mul(DAY)
    }

    /// What a unit of money in a month is worth on the valuation date.
    #[must_use]
    pub fn discount(&self, month: usize) -> f64 {
        self.discount[month]
    }

    /// The month of a payment at an instant; 24:00 belongs to the day that ends. Whatever lies before the first
    /// month or after the last belongs to those.
    #[must_use]
    pub fn month_of(&self, t: i32) -> usize {
        self.month_of_day(t.saturating_sub(1).div_euclid(DAY))
    }

    /// The month of a day.
    pub(super) fn month_of_day(&self, day: i32) -> usize {
        let at = day.saturating_sub(self.first_days[0]).clamp(0, self.month_of_day.len() as i32 - 1);
        self.month_of_day[at as usize] as usize
    }

    /// The first day and the day after the last, since 1970-01-01.
    pub(super) fn days(&self) -> (i32, i32) {
        (self.first_days[0], self.first_days[self.len()])
    }

    /// The beginning of a day in months: whole months from the first, and the share of its own that has passed.
    pub(super) fn position(&self, day: i32) -> f64 {
        let (first, end) = self.days();
        if day >= end {
            return self.len() as f64;
        }
        let day = day.max(first);
        let month = self.month_of_day(day);
        let (from, to) = (self.first_days[month], self.first_days[month + 1]);
        month as f64 + f64::from(day - from) / f64::from(to - from)
    }

    /// The day on which so many months have passed since a day, for horizons in calendar months.
    pub(super) fn position_of_end(&self, month: usize) -> f64 {
        (month + 1) as f64
    }
}

/// The year of a month, counted from 1 from the valuation date; what lies before it counts as 0 and below.
fn years(valuation: Instant, month: Date) -> f64 {
    let from = valuation.start_date();
    let months = (i32::from(month.year()) - i32::from(from.year())) * 12 + i32::from(month.month())
        - i32::from(from.month());
    f64::from(months.div_euclid(12) + 1)
}

fn day_of(date: Date) -> i32 {
    Instant::from_date(date).day()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(finance: &Finance) -> Months {
        Months::new(finance, "2027-01-11".parse().unwrap(), "2029-12-31".parse().unwrap())
    }

    #[test]
    fn the_end_of_a_month_belongs_to_it() {
        let months = months(&Finance::new("2027-01-11".parse().unwrap()));
        let at = |text: &str| months.month_of(text.parse::<Instant>().unwrap().0);
        assert_eq!(at("2027-01-31T24:00"), 0);
        assert_eq!(at("2027-02-01T00:01"), 1);
        assert_eq!((at("1999-01-01"), at("2040-01-01")), (0, months.len() - 1));
        assert_eq!(months.len(), 36);
        assert_eq!(months.date(35).to_string(), "2029-12-01");
    }

    #[test]
    fn a_unit_in_each_year_is_worth_what_the_convention_says() {
        let mut finance = Finance::new("2027-01-01".parse().unwrap());
        finance.discount_rate = Some(0.1);
        for (dating, second) in [
            (Dating::YearEnd, 1.0 / 1.21),
            (Dating::MidYear, libm::pow(1.1, -1.5)),
            (Dating::Days, libm::pow(1.1, -395.0 / 365.0)),
        ] {
            finance.dating = dating;
            assert!((months(&finance).discount(12) - second).abs() < 1e-12, "{dating:?}");
        }
    }
}
