//! What a unit of money is worth that is spent evenly: the months as a clock sees them.

use super::grid::Months;
use super::line::Line;
use super::spread::{Runs, SpreadRule};
use crate::calendar::WorkTable;
use crate::lanes::Period;
use crate::units::Instant;

/// Minutes in a day.
const DAY: i32 = 1_440;

/// The months in the minutes of a clock, for what is paid so many days after it is spent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spending {
    runs: Runs,
    terms_days: i32,
    periods: Vec<Period>,
}

impl Spending {
    fn new(runs: Runs, terms_days: i32, months: &Months, tables: &[WorkTable]) -> Self {
        let terms = terms_days.saturating_mul(DAY);
        let mut from = i32::MIN;
        let period = |month: usize| {
            // Whatever lies before the first month or after the last belongs to those.
            let end = months.end(month).saturating_sub(terms);
            let to = match runs {
                _ if month + 1 == months.len() => i32::MAX,
                Runs::Elapsed => end,
                Runs::Table(number) => tables[number as usize].worked(Instant(end)),
            };
            Period { from: std::mem::replace(&mut from, to), to, factor: months.discount(month) }
        };
        Self { runs, terms_days, periods: (0..months.len()).map(period).collect() }
    }

    /// The periods that something between two moments of the clock touches.
    pub fn touched(&self, first: i32, last: i32) -> &[Period] {
        let begin = self.periods.partition_point(|period| period.to <= first);
        let end = self.periods.partition_point(|period| period.from < last);
        self.periods.get(begin..end).unwrap_or_default()
    }
}

/// By clock and terms of payment, all that a treasury needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spendings(Vec<Spending>);

impl Spendings {
    /// Adds what a line needs.
    pub fn add(&mut self, rule: &SpreadRule, terms_days: i32, months: &Months, tables: &[WorkTable]) {
        if let Some(runs) = rule.evenly()
            && self.find(runs, terms_days).is_none()
        {
            self.0.push(Spending::new(runs, terms_days, months, tables));
        }
    }

    /// That of a clock.
    pub fn find(&self, runs: Runs, terms_days: i32) -> Option<&Spending> {
        self.0.iter().find(|one| one.runs == runs && one.terms_days == terms_days)
    }

    /// What a line needs.
    pub fn add_line(&mut self, line: &Line, months: &Months, tables: &[WorkTable]) {
        self.add(&line.spread, line.terms_days, months, tables);
    }
}
