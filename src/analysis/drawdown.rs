//! How contingency is used up or set free over the life of a program.

use super::Forecast;
use super::contribution::{ContingencyLine, Holder, Kind, Player, apportion};
use crate::model::{DriverIx, Program, RiskIx, TaskIx};

/// A part of the contingency that is no longer needed from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// Minutes since the epoch.
    pub at: i32,
    /// Minutes of the contingency in time.
    pub minutes: i64,
    /// Minor units of the contingency in money.
    pub money: i64,
}

/// When each line of a contingency is over: a task at its P50 finish, a risk or driver at the latest P50
/// finish of the tasks that it hits, windows and freezes with the last task that they bind, and everything
/// else with the program. Ascending; what remains at an instant is the sum of the lines that are over later.
///
/// A negative line (an opportunity, calendars that absorb delays) is not set free at some date: it lessens all
/// others in proportion, so that what remains never grows.
#[must_use]
pub fn drawdown(lines: &[ContingencyLine], program: &Program, forecast: &Forecast) -> Vec<Release> {
    let end =
        forecast.tasks.iter().filter_map(|task| task.finish.percentiles.get(1).copied().flatten()).max();
    let median = |task: TaskIx| forecast.tasks[task.index()].finish.percentiles.get(1).copied().flatten();
    let latest = |tasks: &mut dyn Iterator<Item = TaskIx>| tasks.filter_map(median).max();
    let of_risk = |risk: &RiskIx| {
        let levels = program.risks()[risk.index()].in_force();
        latest(&mut levels.impacts.iter().flat_map(|impact| &impact.targets).copied()).or(end)
    };
    let of_driver =
        |driver: &DriverIx| latest(&mut program.drivers()[driver.index()].targets.iter().copied());
    let waits = |task: &TaskIx| {
        let calendar = &program.calendars()[program.tasks()[task.index()].calendar.index()].calendar;
        calendar.windows.is_some() || !calendar.freezes.is_empty()
    };
    let of_player = |player: &Player| match player.kind {
        Kind::Windows => latest(&mut (0..program.tasks().len()).map(TaskIx::new).filter(waits)),
        _ => {
            let parts = [
                player.risks.iter().filter_map(of_risk).max(),
                player.drivers.iter().filter_map(of_driver).max(),
                latest(&mut player.tasks.iter().copied()),
                if player.program_costs { end } else { None },
            ];
            parts.into_iter().flatten().max()
        }
    };
    let mut releases: Vec<Release> = lines
        .iter()
        .filter_map(|line| {
            let at = match &line.of {
                Holder::Task(task) => median(*task),
                Holder::Player(player) => of_player(player),
            };
            Some(Release {
                at: at.or(end)?,
                minutes: line.minutes.unwrap_or(0),
                money: line.money.unwrap_or(0),
            })
        })
        .collect();
    let minutes = lessened(releases.iter().map(|release| release.minutes));
    let money = lessened(releases.iter().map(|release| release.money));
    for (release, (minutes, money)) in releases.iter_mut().zip(minutes.into_iter().zip(money)) {
        (release.minutes, release.money) = (minutes, money);
    }
    releases.sort_by_key(|release| (release.at, release.minutes, release.money));
    releases
}

/// The positive lines, made smaller in proportion by the negative ones; they add up to the same whole.
fn lessened(lines: impl Iterator<Item = i64>) -> Vec<i64> {
    let lines: Vec<i128> = lines.map(i128::from).collect();
    let whole = lines.iter().sum::<i128>().max(0);
    let positive: i128 = lines.iter().filter(|line| **line > 0).sum();
    if positive == 0 {
        return vec![0; lines.len()];
    }
    let numerators: Vec<i128> = lines.iter().map(|line| line.max(&0) * whole).collect();
    apportion(&numerators, positive, whole as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_negative_lessens_the_others_and_the_whole_stays() {
        assert_eq!(lessened([60, -30, 30].into_iter()), [40, 0, 20]);
        assert_eq!(lessened([10, -30].into_iter()), [0, 0]);
        assert_eq!(lessened([-1, 0].into_iter()), [0, 0]);
        assert_eq!(lessened([1, 1, 1, -1].into_iter()).iter().sum::<i64>(), 2);
    }
}
