//! What a program is worth.

use jiff::civil::Date;

use super::{Band, QuantityForecast};
use crate::engine::{NEVER, Simulation};
use crate::results::{Case, CashFlow, DELAYS, Estimated, Results, Worth};
use crate::units::{Instant, Percentile};

/// What a program is worth (semantics, section 6).
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessCase {
    /// Benefits less costs on the valuation date after tax, minor units.
    pub npv: QuantityForecast,
    /// The probability that it is above zero.
    pub positive: Estimated<f64>,
    /// What is lost with a probability of 5 % or less, at least: -P5 of the NPV.
    pub value_at_risk: Option<i64>,
    /// The means of what costs and benefits are worth, minor units.
    pub worth: (f64, f64),
    /// The ratio of these means.
    pub benefit_cost_ratio: Option<f64>,
    /// How many iterations all that follows comes from.
    pub iterations: u64,
    /// The internal rate of return.
    pub irr: Shares,
    /// Benefits less costs per unit of cost, undiscounted.
    pub roi: Shares,
    /// What benefits are worth per unit of what costs are worth, iteration by iteration.
    pub bcr: Shares,
    /// The day from which the cumulative flow stays at or above zero.
    pub payback: Dated,
    /// How far the cumulative flow falls below zero, minor units.
    pub peak: Option<Band>,
    /// What the mean loses if all benefits begin a calendar month later, minor units.
    pub month_of_delay: Option<f64>,
    /// The most months by which all benefits may be late before the mean falls below zero, and the finish in the plan
    /// with these months; nothing where even ten years do not suffice, or no delay is left.
    pub break_even: Option<(usize, Option<Date>)>,
}

/// Percentiles of a ratio that not every iteration has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// The share of iterations that have one.
    pub defined: f64,
    /// P10, P50 and P90 of those.
    pub percentiles: Option<[f64; 3]>,
}

/// Percentiles of a day that may never come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    /// The share of iterations in which it never comes: later than every percentile.
    pub never: f64,
    /// P10, P50, P80 and P90.
    pub percentiles: [Option<Date>; 4],
}

impl BusinessCase {
    /// Reads the case off the results.
    #[must_use]
    pub fn of(simulation: &Simulation, results: &Results, worth: &Worth, levels: &[Percentile]) -> Self {
        let plan = simulation.plan();
        let n = results.iterations.max(1) as f64;
        let npv = QuantityForecast::of(&worth.npv, Some(plan.worth.1 - plan.worth.0), levels, None);
        let at_most = worth.npv.probability_at_most(0);
        let (costs, benefits) = (worth.costs as f64 / n, worth.benefits as f64 / n);
        let flow = results.cash_flow.as_ref();
        let cases: Vec<&Case> = flow.map(|flow| flow.cases().collect()).unwrap_or_default();
        let planned = (plan.finish != NEVER).then_some(plan.finish);
        let month_of_delay = flow.and_then(|flow| Some(flow.delayed(0)? - flow.delayed(1)?));
        Self {
            positive: Estimated {
                value: 1.0 - at_most.value,
                low: 1.0 - at_most.high.unwrap_or(1.0),
                high: Some(1.0 - at_most.low),
            },
            value_at_risk: worth.npv.percentile(Percentile::whole(5)).map(|p5| -p5),
            worth: (costs, benefits),
            benefit_cost_ratio: (costs > 0.0).then(|| benefits / costs),
            iterations: cases.len() as u64,
            irr: Shares::of(cases.iter().map(|case| case.irr)),
            roi: Shares::of(cases.iter().map(|case| case.roi)),
            bcr: Shares::of(cases.iter().map(|case| case.bcr)),
            payback: Dated::of(cases.iter().map(|case| case.payback)),
            peak: (!cases.is_empty()).then(|| Band::of(cases.iter().map(|case| case.peak).collect())),
            month_of_delay,
            break_even: flow.and_then(|flow| break_even(flow, costs, planned)),
            npv,
        }
    }
}

/// The most months by which benefits may be late.
fn break_even(flow: &CashFlow, costs: f64, planned: Option<i32>) -> Option<(usize, Option<Date>)> {
    let holds = |months: &usize| flow.delayed(*months).is_some_and(|worth| worth >= costs);
    let months = (0..=DELAYS).take_while(holds).last()?;
    if months == DELAYS {
        return None;
    }
    let span = jiff::Span::new().try_months(months as i64).unwrap_or_default();
    Some((months, planned.map(|at| Instant(at).finish_date().saturating_add(span))))
}

impl Shares {
    const LEVELS: [Percentile; 3] = [Percentile::whole(10), Percentile::P50, Percentile::whole(90)];

    fn of(values: impl Iterator<Item = Option<f64>>) -> Self {
        let all: Vec<Option<f64>> = values.collect();
        let mut defined: Vec<f64> = all.iter().flatten().copied().collect();
        defined.sort_by(f64::total_cmp);
        let n = defined.len() as u64;
        let at = |level: Percentile| defined[(level.rank(n).max(1) - 1) as usize];
        Self {
            defined: n as f64 / all.len().max(1) as f64,
            percentiles: (n > 0).then(|| Self::LEVELS.map(at)),
        }
    }
}

impl Dated {
    fn of(values: impl Iterator<Item = Option<i32>>) -> Self {
        let mut all: Vec<i32> = values.map(|at| at.unwrap_or(NEVER)).collect();
        all.sort_unstable();
        let n = all.len() as u64;
        let at = |level: Percentile| {
            let at = all.get((level.rank(n).max(1) - 1) as usize).copied()?;
            (at != NEVER).then(|| Instant(at).finish_date())
        };
        let never = all.iter().filter(|at| **at == NEVER).count();
        Self { never: never as f64 / all.len().max(1) as f64, percentiles: Band::LEVELS.map(at) }
    }
}
