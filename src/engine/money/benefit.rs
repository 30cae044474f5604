//! Streams of benefits, compiled.

use super::bind::{Bound, benefit_name};
use super::grid::Months;
use super::moments::Moments;
use crate::draws::round_money;
use crate::model::{Benefit, Horizon, Program};

/// Minutes in a day.
const DAY: i32 = 1_440;

/// A stream of benefits whose beginning differs from iteration to iteration, by whole days.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub id: String,
    pub name: String,
    pub from: usize,
    /// The program of a portfolio that it belongs to, by its place among them.
    pub member: Option<usize>,
    lag_days: i32,
    amount: usize,
    adoption: Option<usize>,
    occurs: Option<(usize, f64)>,
    growth: f64,
    ramp_months: f64,
    horizon: End,
    /// By day of its beginning from the first: what one unit per year is worth on the valuation date.
    worth: Vec<f64>,
}

/// When a stream ends, in months of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    At(f64),
    After(f64),
}

impl Stream {
    /// Compiles a benefit.
    pub fn new(
        benefit: &Benefit,
        program: &Program,
        bound: &Bound,
        months: &Months,
        moments: &mut Moments,
    ) -> Option<Self> {
        let place = |part: &str| bound.place(&benefit_name(&benefit.id, part));
        let mut stream = Self {
            id: benefit.id.clone(),
            name: benefit.name.clone(),
            from: moments.place(benefit.from, program),
            member: benefit
                .within
                .and_then(|home| program.members().iter().position(|member| member.project == home)),
            lag_days: benefit.lag_days,
            amount: place("amount")?,
            adoption: place("adoption"),
            occurs: place("occurs").map(|at| (at, benefit.probability.get())),
            growth: benefit.growth,
            ramp_months: benefit.ramp_months,
            horizon: match benefit.horizon {
                Horizon::Until(at) => End::At(months.position(at.day())),
                Horizon::Months(count) => End::After(count),
            },
            worth: Vec::new(),
        };
        let (first, end) = months.days();
        stream.worth = (first..end).map(|day| stream.worth_from(day, months)).collect();
        Some(stream)
    }

    /// The day on which it begins if its milestone is there at `t`: the day after, and a lag.
    pub fn begins(&self, t: i32) -> i32 {
        t.saturating_add(DAY - 1).div_euclid(DAY).saturating_add(self.lag_days)
    }

    /// Units per year, in minor units, in one lane.
    pub fn per_year(&self, values: impl Fn(usize) -> f64) -> f64 {
        if self.occurs.is_some_and(|(at, p)| values(at) >= p) {
            return 0.0;
        }
        values(self.amount) * self.adoption.map_or(1.0, &values)
    }

    /// What a unit per year is worth that begins on a day.
    pub fn worth(&self, day: i32, months: &Months) -> f64 {
        let at = day.saturating_sub(months.days().0).max(0) as usize;
        self.worth.get(at).copied().unwrap_or(0.0)
    }

    fn worth_from(&self, day: i32, months: &Months) -> f64 {
        let (mut sum, mut before) = (0.0, 0.0);
        self.each_month(day, months, |month, until| {
            sum += (until - before) / 12.0 * months.discount(month);
            before = until;
        });
        sum
    }

    /// Adds its flows in minor units to the months; the sum of all is rounded once.
    pub fn flows(&self, per_year: f64, day: i32, months: &Months, mut add: impl FnMut(usize, i64)) {
        let mut before = 0;
        self.each_month(day, months, |month, until| {
            let now = round_money(per_year * until / 12.0);
            if now != before {
                add(month, now - before);
            }
            before = now;
        });
    }

    /// Calls `visit` with every month in which it flows, and the full months that it comes to until its end.
    fn each_month(&self, day: i32, months: &Months, mut visit: impl FnMut(usize, f64)) {
        let begin = months.position(day);
        let end = match self.horizon {
            End::At(end) => end,
            End::After(count) => begin + count,
        };
        if day >= months.days().1 || end <= begin {
            return;
        }
        let mut year = Year { number: 0.0, level: 1.0, before: 0.0 };
        for month in months.month_of_day(day)..months.len() {
            let until = months.position_of_end(month).min(end);
            visit(month, self.full_months(until - begin, &mut year));
            if until >= end {
                break;
            }
        }
    }

    /// Full months to which the first `x` months come; `year` is the year of an `x` that is not larger.
    fn full_months(&self, x: f64, year: &mut Year) -> f64 {
        while x > (year.number + 1.0) * 12.0 {
            let (from, to) = (year.number * 12.0, (year.number + 1.0) * 12.0);
            year.before += year.level * (self.ramped(to) - self.ramped(from));
            year.level *= 1.0 + self.growth;
            year.number += 1.0;
        }
        year.before + year.level * (self.ramped(x) - self.ramped(year.number * 12.0))
    }

    fn ramped(&self, x: f64) -> f64 {
        if x < self.ramp_months { x * x / (2.0 * self.ramp_months) } else { x - self.ramp_months / 2.0 }
    }
}

/// A year of a stream.
struct Year {
    number: f64,
    /// Its level relative to the first.
    level: f64,
    /// Full months before it.
    before: f64,
}
