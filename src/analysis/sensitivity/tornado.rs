//! What the outcome is when an input is low and when it is high.

use super::statistics::percentile;
use crate::model::{RiskIx, TaskIx};
use crate::results::Replays;
use crate::units::Percentile;

/// Groups of fewer iterations than this say too little.
const FEWEST: usize = 100;
/// Inputs with fewer values than this have no deciles: their lowest and highest values are compared.
const FEW_VALUES: usize = 10;

/// An input of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The duration of a task.
    Duration(TaskIx),
    /// Whether a risk occurs.
    Risk(RiskIx),
    /// Whether a driver occurs, by its position.
    Driver(usize),
}

/// The outcome when an input is in its lowest and in its highest decile (or at its lowest and highest
/// value), minutes since the epoch or minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The input.
    pub cause: Cause,
    /// Mean outcome with the input low and high.
    pub mean: (f64, f64),
    /// P80 of the outcome with the input low and high.
    pub p80: (i64, i64),
    /// How many iterations are low and how many high.
    pub iterations: (usize, usize),
}

/// The swings of the finish (or of the cost) by the size of the difference of the means, largest first
/// (semantics, section 4). Inputs that do not vary, and groups under 100 iterations, are left out.
#[must_use]
pub fn tornado(replays: &Replays, of_cost: bool, tasks: &[TaskIx]) -> Vec<Swing> {
    let outcome: Vec<i64> = if of_cost {
        replays.cost.clone()
    } else {
        replays.finish.iter().map(|&minutes| i64::from(minutes)).collect()
    };
    let duration = |&task: &TaskIx| (Cause::Duration(task), replays.durations[task.index()].clone());
    let flags = |row: &Vec<bool>| row.iter().map(|&occurred| i32::from(occurred)).collect::<Vec<i32>>();
    let risk = |(at, row): (usize, &Vec<bool>)| (Cause::Risk(RiskIx::new(at)), flags(row));
    let driver = |(at, row): (usize, &Vec<bool>)| (Cause::Driver(at), flags(row));
    let causes = tasks
        .iter()
        .map(duration)
        .chain(replays.risks.iter().enumerate().map(risk))
        .chain(replays.drivers.iter().enumerate().map(driver));
    let mut swings: Vec<Swing> = causes.filter_map(|(cause, input)| swing(cause, &input, &outcome)).collect();
    let size = |swing: &Swing| (swing.mean.1 - swing.mean.0).abs();
    swings.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cause.cmp(&b.cause)));
    swings
}

fn swing(cause: Cause, input: &[i32], outcome: &[i64]) -> Option<Swing> {
    let (low, high) = ends(input)?;
    if low.len() < FEWEST || high.len() < FEWEST {
        return None;
    }
    let of = |lanes: &[usize]| lanes.iter().map(|&lane| outcome[lane]).collect::<Vec<i64>>();
    let (low, high) = (of(&low), of(&high));
    let mean = |values: &[i64]| {
        values.iter().map(|&value| i128::from(value)).sum::<i128>() as f64 / values.len() as f64
    };
    Some(Swing {
        cause,
        mean: (mean(&low), mean(&high)),
        p80: (percentile(&low, Percentile::P80)?, percentile(&high, Percentile::P80)?),
        iterations: (low.len(), high.len()),
    })
}

/// The iterations in which an input is low and in which it is high; [`None`] if it does not vary. Equal
/// values belong to the same side.
fn ends(input: &[i32]) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut values = input.to_vec();
    values.sort_unstable();
    values.dedup();
    let (first, last) = (*values.first()?, *values.last()?);
    if first == last {
        return None;
    }
    let (low, high) = if values.len() < FEW_VALUES {
        (first, last)
    } else {
        let above = |p| percentile(input, p);
        (above(Percentile::whole(10))?, above(Percentile::whole(90))?)
    };
    let lanes = |keeps: &dyn Fn(i32) -> bool| {
        (0..input.len()).filter(|&lane| keeps(input[lane])).collect::<Vec<usize>>()
    };
    Some((
        lanes(&|value| value <= low),
        lanes(&|value| if values.len() < FEW_VALUES { value >= high } else { value > high }),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deciles_of_a_line_are_its_ends_and_a_risk_has_two_sides() {
        // Outcome = input: the means of the lowest and highest tenth of 0..10,000 are 499.5 and 9,499.5.
        let durations: Vec<i32> = (0..10_000).collect();
        let replays = Replays {
            iterations: 10_000,
            finish: durations.clone(),
            cost: vec![0; 10_000],
            risks: vec![(0..10_000).map(|at| at % 4 == 0).collect(), (0..10_000).map(|at| at < 99).collect()],
            durations: vec![durations, vec![7; 10_000]],
            ..Replays::default()
        };
        let found = tornado(&replays, false, &[TaskIx::new(0), TaskIx::new(1)]);
        assert_eq!(
            found.len(),
            2,
            "a certain duration and a risk that hardly occurs are left out: {found:?}"
        );
        assert_eq!(found[0].cause, Cause::Duration(TaskIx::new(0)));
        assert_eq!(found[0].mean, (499.5, 9_499.5));
        assert_eq!(found[0].p80, (799, 9_799));
        assert_eq!((found[1].cause, found[1].iterations), (Cause::Risk(RiskIx::new(0)), (7_500, 2_500)));
    }
}
