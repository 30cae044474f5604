//! Everything about money over time.

use std::collections::BTreeMap;

use super::{Bearer, Benefit, Escalation, Exchange, TimedLine};
use crate::model::TaskIx;
use crate::units::{Instant, Money};

/// Everything about money over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Finance {
    /// The day to which everything is discounted, in every iteration and variant.
    pub valuation: Instant,
    /// The day of whose prices costs are stated.
    pub base: Instant,
    /// The discount rate per year, if values are discounted.
    pub discount_rate: Option<f64>,
    /// When within its year or month a flow counts.
    pub dating: Dating,
    /// The share of benefits less operating expenditure that goes in tax.
    pub tax_rate: f64,
    /// The month with which the financial year begins, 1 to 12.
    pub year_start: i8,
    /// How long the periods of the cash flow are.
    pub period: PeriodLength,
    /// Lines whose amount or date follows from the simulated dates.
    pub lines: Vec<TimedLine>,
    /// How prices change.
    pub escalations: Vec<Escalation>,
    /// Other currencies.
    pub exchanges: Vec<Exchange>,
    /// What there is to spend.
    pub funding: Vec<Funding>,
    /// What management keeps above contingency, by policy.
    pub management_reserve: Option<Reserve>,
    /// Whether work waits while there is nothing left to spend, and what becomes of what is left over.
    pub cap: Option<Leftover>,
    /// What the program is worth.
    pub benefits: Vec<Benefit>,
    /// By bearer and key: what is agreed of ordinary cost lines.
    pub terms: BTreeMap<(Bearer, String), LineTerms>,
}

/// When a flow counts that is discounted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dating {
    /// On the last day of its month, by days: `(1 + r)^-(days / 365)`.
    #[default]
    Days,
    /// At the end of its year from the valuation date: `(1 + r)^-t`.
    YearEnd,
    /// In the middle of its year: `(1 + r)^-(t - 0.5)`.
    MidYear,
}

/// How long the periods of the cash flow are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeriodLength {
    /// Calendar months.
    #[default]
    Month,
    /// Quarters of the financial year.
    Quarter,
    /// Financial years.
    Year,
}

/// What there is to spend until the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Funding {
    /// The end of the day until which it has to last.
    pub until: Instant,
    /// The sum from the beginning of the program.
    pub total: Money,
}

/// What management keeps above contingency (PMI's management reserve): a policy, of which the simulation knows
/// nothing (semantics, section 5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reserve {
    /// An amount.
    Amount(Money),
    /// A share of the cost of the deterministic plan.
    Share(f64),
}

impl Reserve {
    /// What it comes to, given the cost of the plan in minor units.
    #[must_use]
    pub fn of(self, plan: i64) -> Money {
        match self {
            Self::Amount(amount) => amount,
            Self::Share(share) => Money((plan as f64 * share).round_ties_even() as i64),
        }
    }
}

/// What becomes of money that is left over when the time is up for which it was provided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// It may be spent later.
    CarriesOver,
    /// It is gone.
    Lapses,
}

impl Leftover {
    /// The word for it in a scenario.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CarriesOver => "carries-over",
            Self::Lapses => "lapses",
        }
    }
}

/// When an ordinary cost is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Payment {
    /// Over the time of its work.
    #[default]
    Spread,
    /// When its work begins.
    Start,
    /// When its work ends.
    End,
}

/// What is agreed of an ordinary cost line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineTerms {
    /// When it is paid.
    pub payment: Payment,
    /// Calendar days from then to the payment.
    pub terms_days: i32,
    /// Who is paid.
    pub vendor: Option<String>,
    /// To which cost centre it is booked.
    pub cost_centre: Option<String>,
    /// By its place in [`Finance::exchanges`]: the currency that it is agreed in, if another.
    pub exchange: Option<usize>,
}

impl Finance {
    /// Money over time about which nothing has been said.
    #[must_use]
    pub fn new(start: Instant) -> Self {
        Self {
            valuation: start,
            base: start,
            discount_rate: None,
            dating: Dating::default(),
            tax_rate: 0.0,
            year_start: 1,
            period: PeriodLength::default(),
            lines: Vec::new(),
            escalations: Vec::new(),
            exchanges: Vec::new(),
            funding: Vec::new(),
            management_reserve: None,
            cap: None,
            benefits: Vec::new(),
            terms: BTreeMap::new(),
        }
    }

    /// Whether values are discounted, so that there is a business case.
    #[must_use]
    pub fn has_case(&self) -> bool {
        self.discount_rate.is_some()
    }

    /// What is tied to the finish of one task is tied to that of another.
    pub(in crate::model) fn move_finish(&mut self, from: TaskIx, to: TaskIx) {
        for line in &mut self.lines {
            line.moments_mut().into_iter().for_each(|moment| moment.move_finish(from, to));
        }
        self.benefits.iter_mut().for_each(|benefit| benefit.from.move_finish(from, to));
    }
}
