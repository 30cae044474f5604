//! Contingency, split over tasks and risks.

use super::{Contribution, Kind, Player, apportion};
use crate::model::{Program, RiskIx, RiskStatus, TaskIx};
use crate::results::Samples;

/// Weights become whole numbers of this size, so that what they divide adds up exactly.
const FINE: f64 = (1_u64 << 30) as f64;

/// A part of the contingency with its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContingencyLine {
    /// Whose it is.
    pub of: Holder,
    /// Minutes of the contingency in time; `None` where the finish is not shared.
    pub minutes: Option<i64>,
    /// Minor units of the contingency in money.
    pub money: Option<i64>,
}

/// Who holds a part of the contingency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A task: the uncertainty of its estimates.
    Task(TaskIx),
    /// What plays as a whole: a risk, a driver, windows, a group.
    Player(Box<Player>),
}

/// Splits the shares of a contribution: a risk, a driver or the calendars keep theirs; that of a group of
/// estimates is divided among its tasks in proportion to the covariance of each task's minutes with the
/// finish, or of its cost with the total cost, as far as it is positive. The lines add up to the contingency
/// exactly.
#[must_use]
pub fn split(contribution: &Contribution, samples: &Samples) -> Vec<ContingencyLine> {
    let (finish, cost) = (deviations(&samples.finish()), deviations(&samples.cost()));
    let mut lines = Vec::new();
    for (at, player) in contribution.players.iter().enumerate() {
        let minutes = contribution.finish.as_ref().map(|waterfall| waterfall.bars[at].share);
        let money = contribution.cost.as_ref().map(|waterfall| waterfall.bars[at].share);
        let places: Vec<usize> = player
            .tasks
            .iter()
            .filter_map(|task| samples.tasks().iter().position(|kept| kept == task))
            .collect();
        if player.kind != Kind::Estimates || places.len() < 2 || places.len() < player.tasks.len() {
            let of = match (&player.kind, player.tasks.as_slice()) {
                (Kind::Estimates, &[task]) => Holder::Task(task),
                _ => Holder::Player(Box::new(player.clone())),
            };
            lines.push(ContingencyLine { of, minutes, money });
            continue;
        }
        let weights = |with: &[f64], of: &dyn Fn(usize) -> Vec<i64>| -> Vec<f64> {
            places.iter().map(|&place| covariance(&deviations(&of(place)), with).max(0.0)).collect()
        };
        let minutes = divide(minutes, &weights(&finish, &|place| samples.task_minutes(place)));
        let money = divide(money, &weights(&cost, &|place| samples.task_cost(place)));
        for (number, &task) in player.tasks.iter().enumerate() {
            lines.push(ContingencyLine {
                of: Holder::Task(task),
                minutes: minutes.as_ref().map(|all| all[number]),
                money: money.as_ref().map(|all| all[number]),
            });
        }
    }
    lines
}

/// A whole number in proportion to weights; evenly where all are zero.
fn divide(total: Option<i64>, weights: &[f64]) -> Option<Vec<i64>> {
    let total = total?;
    let most = weights.iter().copied().fold(0.0, f64::max);
    let whole = |&weight: &f64| if most > 0.0 { (weight / most * FINE).round_ties_even() as i128 } else { 1 };
    let weights: Vec<i128> = weights.iter().map(whole).collect();
    let sum: i128 = weights.iter().sum();
    let numerators: Vec<i128> = weights.iter().map(|weight| weight * i128::from(total)).collect();
    Some(apportion(&numerators, sum, total))
}

/// Deviations from the mean.
pub(in crate::analysis) fn deviations(values: &[i64]) -> Vec<f64> {
    let n = values.len().max(1) as f64;
    let mean = values.iter().map(|&value| i128::from(value)).sum::<i128>() as f64 / n;
    values.iter().map(|&value| value as f64 - mean).collect()
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The tasks whose samples a split needs: those whose estimates somebody plays, and that can be kept.
#[must_use]
pub fn sampled_tasks(players: &[Player]) -> Vec<TaskIx> {
    let mut tasks: Vec<TaskIx> = players.iter().flat_map(|player| &player.tasks).copied().collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

/// The risks that can still occur.
#[must_use]
pub fn open_risks(program: &Program) -> Vec<RiskIx> {
    let open = program.risks().iter().enumerate().filter(|(_, risk)| risk.status == RiskStatus::Open);
    open.map(|(at, _)| RiskIx::new(at)).collect()
}
