//! The sensitivities of one task.

use super::statistics::{moments, pearson, percentile, ranks};
use crate::model::TaskIx;
use crate::results::Replays;
use crate::units::Percentile;

/// How one task and the finish of the program go together (semantics, section 4). Undefined values, where
/// something does not vary, are [`None`].
#[derive(Clone, Debug, PartialEq)]
pub struct TaskSensitivity {
    /// Which task.
    pub task: TaskIx,
    /// Criticality index: share of all iterations without simulation float.
    pub criticality: f64,
    /// Driving index: share of all iterations on a driving chain.
    pub driving: f64,
    /// Duration sensitivity: Spearman's correlation of duration and T, average ranks.
    pub spearman: Option<f64>,
    /// Pearson's correlation of duration and T.
    pub pearson: Option<f64>,
    /// Spearman's correlation of the cost of the task and the cost of the program.
    pub cost_spearman: Option<f64>,
    /// Schedule sensitivity index: criticality times sd(d) / sd(T).
    pub ssi: Option<f64>,
    /// Significance index: `E[d / (d + float) x T / E[T]]`.
    pub significance: Option<f64>,
    /// Float at P10, P50 and P90 over iterations with a finish, minutes of the task's clock; [`None`]
    /// without a path to the finish.
    pub float: [Option<i32>; 3],
}

impl TaskSensitivity {
    /// The levels at which floats are given.
    pub const LEVELS: [Percentile; 3] = [Percentile::whole(10), Percentile::P50, Percentile::whole(90)];

    /// Cruciality (Williams 1992; Vanhoucke 2010): the absolute duration sensitivity.
    #[must_use]
    pub fn cruciality(&self) -> Option<f64> {
        self.spearman.map(f64::abs)
    }

    /// Duration sensitivity times criticality index, which Pertmaster calls cruciality.
    #[must_use]
    pub fn cruciality_ci(&self) -> Option<f64> {
        self.spearman.map(|spearman| spearman * self.criticality)
    }
}

/// The sensitivities of tasks, in the order asked for. `day_lengths` are the minutes of a day of the program
/// and of each task's clock: a day of the one counts as a day of the other, so that durations and T are in
/// the same minutes.
#[must_use]
pub fn task_sensitivities(
    replays: &Replays,
    tasks: &[TaskIx],
    day_lengths: (u32, &[u32]),
) -> Vec<TaskSensitivity> {
    let total: Vec<f64> = replays.minutes.iter().map(|&minutes| f64::from(minutes)).collect();
    let total_ranks = ranks(&total);
    let (mean_total, sd_total) = moments(&total);
    let costs: Vec<f64> = replays.cost.iter().map(|&cost| cost as f64).collect();
    let cost_ranks = ranks(&costs);
    let n = replays.iterations.max(1) as f64;
    let of = |&task: &TaskIx| {
        let at = task.index();
        let per_day = f64::from(day_lengths.1.get(at).copied().unwrap_or(day_lengths.0).max(1));
        let scale = f64::from(day_lengths.0.max(1)) / per_day;
        let (durations, floats) = (&replays.durations[at], &replays.floats[at]);
        let d: Vec<f64> = durations.iter().map(|&minutes| f64::from(minutes) * scale).collect();
        let (_, sd) = moments(&d);
        let varies = sd > 0.0 && sd_total > 0.0;
        let criticality = replays.critical[at].iter().filter(|&&critical| critical).count() as f64 / n;
        let terms = durations.iter().zip(floats).zip(&total).map(|((&d, &float), total)| match d {
            0 => 0.0,
            // Without a path to the finish the float has no end.
            _ if float == i32::MAX => 0.0,
            d => f64::from(d) / (f64::from(d) + f64::from(float)) * (total / mean_total),
        });
        let significance = terms.sum::<f64>() / total.len().max(1) as f64;
        let own_costs: Vec<f64> = replays.task_costs[at].iter().map(|&cost| cost as f64).collect();
        let limited = |float: i32| (float != i32::MAX).then_some(float);
        TaskSensitivity {
            task,
            criticality,
            driving: replays.driving[at].iter().filter(|&&drives| drives).count() as f64 / n,
            spearman: if varies { pearson(&ranks(&d), &total_ranks) } else { None },
            pearson: pearson(&d, &total),
            cost_spearman: pearson(&ranks(&own_costs), &cost_ranks),
            ssi: (sd_total > 0.0).then(|| criticality * sd / sd_total),
            significance: (mean_total > 0.0).then_some(significance),
            float: TaskSensitivity::LEVELS.map(|p| percentile(floats, p).and_then(limited)),
        }
    };
    tasks.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six iterations of a network 1 -> {2, 3} -> 4, by hand: Vanhoucke (2010), *Measuring Time*, chapter 3.
    fn by_hand() -> Replays {
        let runs = [[4, 6, 5, 3], [5, 9, 6, 3], [4, 5, 8, 4], [6, 7, 7, 2], [5, 8, 4, 3], [4, 6, 9, 5]];
        let of = |task: usize| runs.iter().map(|run| run[task]).collect::<Vec<i32>>();
        let longer: Vec<i32> = runs.iter().map(|run| run[1].max(run[2])).collect();
        let float = |task: usize| {
            let own = of(task);
            own.iter().zip(&longer).map(|(own, longer)| longer - own).collect::<Vec<i32>>()
        };
        let total = |run: &[i32; 4]| run[0] + run[1].max(run[2]) + run[3];
        let floats = vec![vec![0; 6], float(1), float(2), vec![0; 6]];
        Replays {
            critical: floats.iter().map(|row| row.iter().map(|&float| float <= 0).collect()).collect(),
            iterations: 6,
            minutes: runs.iter().map(total).collect(),
            finish: runs.iter().map(total).collect(),
            cost: vec![0; 6],
            durations: (0..4).map(of).collect(),
            floats,
            driving: vec![vec![true; 6]; 4],
            task_costs: vec![vec![0; 6]; 4],
            ..Replays::default()
        }
    }

    #[test]
    fn sensitivities_of_six_iterations_are_those_counted_by_hand() {
        let tasks: Vec<TaskIx> = (0..4).map(TaskIx::new).collect();
        let found = task_sensitivities(&by_hand(), &tasks, (1, &[1; 4]));
        let near = |found: f64, expected: f64| (found - expected).abs() < 5e-7;
        let check = |what: &str, of: &dyn Fn(&TaskSensitivity) -> f64, expected: [f64; 4]| {
            for (one, expected) in found.iter().zip(expected) {
                assert!(near(of(one), expected), "{what}: {} is not {expected}", of(one));
            }
        };
        check("CI", &|one| one.criticality, [1.0, 4.0 / 6.0, 0.5, 1.0]);
        check("SSI", &|one| one.ssi.unwrap(), [0.474045, 0.569732, 0.543087, 0.599625]);
        check("SI", &|one| one.significance.unwrap(), [1.0, 0.873684, 0.833333, 1.0]);
        check("Pearson", &|one| one.pearson.unwrap().abs(), [0.047405, 0.223510, 0.527571, 0.599625]);
        check("Spearman", &|one| one.cruciality().unwrap(), [0.140900, 0.176471, 0.492805, 0.646843]);
        let both = found[1].spearman.unwrap() * found[1].criticality;
        assert_eq!(found[1].cruciality_ci(), Some(both));
        assert_eq!(found[0].cost_spearman, None, "costs do not vary");
    }
}
