//! What it costs that paths meet.

use super::statistics::percentile;
use crate::model::TaskIx;
use crate::results::Replays;
use crate::units::Percentile;

/// How much later the last of several paths arrives than the path that is latest by itself (semantics,
/// section 4).
#[derive(Clone, Debug, PartialEq)]
pub struct MergeBias {
    /// The task or milestone where they meet.
    pub task: TaskIx,
    /// How many links bring an instant.
    pub links: usize,
    /// `E[max F] - max E[F]`, elapsed minutes.
    pub mean_minutes: f64,
    /// The same for the percentile: of the latest arrival, less the latest percentile of one link.
    pub percentile_minutes: i32,
}

/// The bias at every merge at which two links or more bring an instant in every iteration, the largest first.
#[must_use]
pub fn merge_biases(replays: &Replays, level: Percentile) -> Vec<MergeBias> {
    let mut found: Vec<MergeBias> =
        replays.merges.iter().filter_map(|(task, rows)| bias(*task, rows, level)).collect();
    found.sort_by(|a, b| b.mean_minutes.total_cmp(&a.mean_minutes).then(a.task.cmp(&b.task)));
    found
}

fn bias(task: TaskIx, rows: &[Vec<Option<i32>>], level: Percentile) -> Option<MergeBias> {
    let rows: Vec<Vec<i32>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
    let n = rows.first()?.len();
    if rows.len() < 2 || n == 0 {
        return None;
    }
    let sum = |row: &[i32]| row.iter().map(|&at| i64::from(at)).sum::<i64>();
    let latest: Vec<i32> = (0..n).filter_map(|lane| rows.iter().map(|row| row[lane]).max()).collect();
    let latest_mean = rows.iter().map(|row| sum(row)).max()?;
    let one = rows.iter().filter_map(|row| percentile(row, level)).max()?;
    Some(MergeBias {
        task,
        links: rows.len(),
        mean_minutes: (sum(&latest) - latest_mean) as f64 / n as f64,
        percentile_minutes: percentile(&latest, level)? - one,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bias_of_two_paths_by_hand_is_one() {
        // d1 + d2 and d1 + d3 of the six iterations counted by hand.
        let runs = [[4, 6, 5], [5, 9, 6], [4, 5, 8], [6, 7, 7], [5, 8, 4], [4, 6, 9]];
        let row = |path: usize| runs.iter().map(|run| Some(run[0] + run[path])).collect();
        let merges = vec![(TaskIx::new(3), vec![row(1), row(2)])];
        let found = merge_biases(&Replays { merges, ..Replays::default() }, Percentile::P50);
        assert_eq!((found[0].mean_minutes, found[0].links), (1.0, 2));
    }
}
