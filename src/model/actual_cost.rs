//! What work that has started has cost, and what it still costs.

use super::{CostAmount, CostLine, Estimate};
use crate::units::Money;

/// The cost lines of finished work: the actual cost, shared out by what the lines were planned to cost, or where
/// nobody knows it the plan.
pub(super) fn finished_lines(lines: &[CostLine], minutes: i32, actual: Option<Money>) -> Vec<CostLine> {
    let planned = |line: &CostLine| match &line.amount {
        CostAmount::Lump(estimate) => estimate.plan,
        CostAmount::Rate { minor_per_minute } => minor_per_minute * f64::from(minutes),
    };
    let Some(actual) = actual else {
        let certain = |line: &CostLine| match &line.amount {
            CostAmount::Lump(estimate) => with(line, "", estimate.plan),
            CostAmount::Rate { .. } => line.clone(),
        };
        return lines.iter().map(certain).collect();
    };
    let total: f64 = lines.iter().map(planned).sum();
    if total <= 0.0 {
        let amount = CostAmount::Lump(Estimate::certain(actual.0 as f64));
        return vec![CostLine { key: "actual".into(), amount, kind: None, category: None }];
    }
    // Differences of rounded cumulative amounts, so that the lines sum to what was spent.
    let (mut before, mut sum) = (0.0, 0.0);
    let share = |line: &CostLine| {
        sum += planned(line);
        let upto = (actual.0 as f64 * (sum / total)).round_ties_even();
        let own = upto - before;
        before = upto;
        with(line, "/actual", own)
    };
    lines.iter().map(share).collect()
}

/// The cost lines of work in progress: what it has cost, and what is left of it.
///
/// A rate goes on over the remaining time. Of a lump sum the share that is not yet done is left where the actual
/// cost is known; where it is not, the whole sum counts, and a rate has cost its working time so far.
pub(super) fn started_lines(
    lines: &[CostLine],
    minutes: i32,
    actual: Option<Money>,
    complete: f64,
) -> Vec<CostLine> {
    let left = 1.0 - complete.clamp(0.0, 1.0);
    let mut all = match actual {
        Some(_) => finished_lines(lines, minutes, actual),
        None => lines
            .iter()
            .filter_map(|line| match line.amount {
                CostAmount::Rate { minor_per_minute } => {
                    Some(with(line, "/actual", minor_per_minute * f64::from(minutes)))
                }
                CostAmount::Lump(_) => None,
            })
            .collect(),
    };
    all.extend(lines.iter().map(|line| match &line.amount {
        CostAmount::Lump(estimate) if actual.is_some() => {
            let scaled = estimate.law.scaled(left).ok().filter(|_| left > 0.0);
            match scaled {
                Some(law) => {
                    let amount = CostAmount::Lump(Estimate { law, plan: estimate.plan * left });
                    CostLine { amount, ..line.clone() }
                }
                None => with(line, "", 0.0),
            }
        }
        _ => line.clone(),
    }));
    all
}

/// The line with a certain amount, under its key with something after it.
fn with(line: &CostLine, after: &str, amount: f64) -> CostLine {
    let amount = CostAmount::Lump(Estimate::certain(amount));
    CostLine { key: format!("{}{after}", line.key), amount, ..line.clone() }
}
