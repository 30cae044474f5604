//! The cash flow by periods, with its ranges.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::model::PeriodLength;
use crate::results::{CashFlow, Estimated, FlowGroup, LineGroup, share_estimated};
use crate::units::{Instant, Percentile};

/// The cash flow of the kept iterations.
#[derive(Clone, Debug, PartialEq)]
pub struct CashForecast {
    /// How many iterations the ranges come from.
    pub iterations: u64,
    /// How long periods are.
    pub length: PeriodLength,
    /// The periods in which anything flows, in order.
    pub periods: Vec<Period>,
    /// By part of the cash flow.
    pub groups: Vec<GroupForecast>,
    /// What vendors are paid, by their names.
    pub vendors: Vec<(String, Band)>,
    /// What is booked to cost centres, by their names.
    pub cost_centres: Vec<(String, Band)>,
    /// By what there is to spend.
    pub funding: Vec<FundingForecast>,
}

/// A period of the cash flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its name: `2027-03`, `2027-Q1`, `2027`, or `2027/28` for a year that begins within a calendar year.
    pub name: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    months: (usize, usize),
}

/// A part of the cash flow.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupForecast {
    /// Which part.
    pub group: FlowGroup,
    /// All of it.
    pub total: Band,
    /// By period: within it, and from the beginning to its end.
    pub periods: Vec<(Band, Band)>,
}

/// A range of amounts in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The mean.
    pub mean: f64,
    /// P10, P50, P80 and P90.
    pub percentiles: [i64; 4],
}

/// Whether what there is to spend suffices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FundingForecast {
    /// The last day until which it has to last.
    pub until: Date,
    /// The sum from the beginning, minor units.
    pub total: i64,
    /// The probability that the costs until the end of that month stay within it.
    pub suffices: Estimated<f64>,
}

impl Band {
    /// The levels of its percentiles.
    pub const LEVELS: [Percentile; 4] =
        [Percentile::whole(10), Percentile::P50, Percentile::P80, Percentile::whole(90)];

    /// The range of some amounts.
    #[must_use]
    pub fn of(mut amounts: Vec<i64>) -> Self {
        let n = amounts.len() as u64;
        let sum: i128 = amounts.iter().map(|&amount| i128::from(amount)).sum();
        amounts.sort_unstable();
        let at =
            |level: Percentile| amounts.get((level.rank(n).max(1) - 1) as usize).copied().unwrap_or_default();
        Self { mean: sum as f64 / n.max(1) as f64, percentiles: Self::LEVELS.map(at) }
    }
}

impl CashForecast {
    /// Reads the cash flow off what was kept.
    #[must_use]
    pub fn of(flow: &CashFlow) -> Self {
        let finance = flow.treasury().finance();
        let periods = periods(flow, finance.period, finance.year_start);
        let all = flow.months();
        let group = |(at, group): (usize, &FlowGroup)| {
            let total = flow.amounts(at, all.0..all.1);
            if total.iter().all(|&amount| amount == 0) && *group != FlowGroup::Cost {
                return None;
            }
            let mut sums = vec![0; flow.iterations()];
            let bands = periods.iter().map(|period| {
                let amounts = flow.amounts(at, period.months.0..period.months.1);
                sums.iter_mut().zip(&amounts).for_each(|(sum, &amount)| *sum += amount);
                (Band::of(amounts), Band::of(sums.clone()))
            });
            Some(GroupForecast { group: group.clone(), periods: bands.collect(), total: Band::of(total) })
        };
        let groups: Vec<(usize, &FlowGroup)> = flow.groups().iter().enumerate().collect();
        let groups = groups.into_par_iter().map(group).collect::<Vec<_>>().into_iter().flatten().collect();
        let funding = finance.funding.iter().map(|funding| {
            let end = flow.treasury().months().month_of(funding.until.0) + 1;
            let spent = flow.amounts(0, all.0..end.max(all.0));
            let count = spent.iter().filter(|&&spent| spent <= funding.total.0).count() as u64;
            FundingForecast {
                until: funding.until.finish_date(),
                total: funding.total.0,
                suffices: share_estimated(count, spent.len() as u64, None),
            }
        });
        let named = |kind: LineGroup| {
            flow.named(kind).map(|(name, amounts)| (name.to_owned(), Band::of(amounts))).collect()
        };
        Self {
            iterations: flow.iterations() as u64,
            length: finance.period,
            vendors: named(LineGroup::Vendor),
            cost_centres: named(LineGroup::CostCentre),
            funding: funding.collect(),
            groups,
            periods,
        }
    }

    /// One part of it.
    #[must_use]
    pub fn group(&self, group: &FlowGroup) -> Option<&GroupForecast> {
        self.groups.iter().find(|one| one.group == *group)
    }
}

/// The periods that hold all months in which anything flows.
fn periods(flow: &CashFlow, length: PeriodLength, year_start: i8) -> Vec<Period> {
    let months = flow.treasury().months();
    let (first, end) = flow.months();
    let key = |month: usize| {
        let date = months.date(month);
        let within = (i32::from(date.month()) - i32::from(year_start)).rem_euclid(12);
        let year = i32::from(date.year()) - i32::from(date.month() < year_start);
        match length {
            PeriodLength::Month => (year, within),
            PeriodLength::Quarter => (year, within / 3),
            PeriodLength::Year => (year, 0),
        }
    };
    let mut periods: Vec<Period> = Vec::new();
    let mut last = None;
    for month in first..end {
        let this = key(month);
        if last == Some(this) {
            let period = periods.last_mut().expect("a period begins with its key");
            period.months.1 = month + 1;
            period.to = Instant(months.end(month)).finish_date();
            continue;
        }
        last = Some(this);
        let from = months.date(month);
        let year = match year_start {
            1 => this.0.to_string(),
            _ => format!("{}/{:02}", this.0, (this.0 + 1).rem_euclid(100)),
        };
        let name = match length {
            PeriodLength::Month => format!("{:04}-{:02}", from.year(), from.month()),
            PeriodLength::Quarter => format!("{year}-Q{}", this.1 + 1),
            PeriodLength::Year => year,
        };
        let to = Instant(months.end(month)).finish_date();
        periods.push(Period { name, from, to, months: (month, month + 1) });
    }
    periods
}
