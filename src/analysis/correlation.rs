//! Correlations as drawn, beside those wanted.

use crate::diag::{Diagnostic, code};
use crate::draws::BLOCK;
use crate::engine::Simulation;
use crate::model::{CorrelationGroup, Drawn};
use crate::scenario::Places;

/// Blocks that achieved correlations come from: 8,192 iterations, a standard error of about 0.01 for a pair.
const BLOCKS: u64 = 16;

/// Members of a group that are looked at, evenly chosen: 496 pairs.
const MEMBERS: usize = 32;

/// Pairs that are looked at.
const PAIRS: usize = 100;

/// One correlation, wanted and achieved.
#[derive(Clone, Debug, PartialEq)]
pub struct AchievedCorrelation {
    /// `program`, the id of the group, or the two names of a pair.
    pub name: String,
    /// How many are drawn together.
    pub members: usize,
    /// The rank correlation that is wanted of any two, as Spearman's coefficient.
    pub wanted: f64,
    /// The mean rank correlation of any two that was drawn; [`None`] where fewer than two are uncertain.
    pub achieved: Option<f64>,
    /// How many iterations that comes from.
    pub iterations: u64,
}

impl AchievedCorrelation {
    /// Those of the program, of its groups and of its first pairs, over the first of so many iterations.
    #[must_use]
    pub fn all(simulation: &Simulation, iterations: u64) -> Vec<Self> {
        let correlations = simulation.program().correlations();
        let blocks = (iterations / BLOCK as u64).clamp(1, BLOCKS);
        let mut rows = Vec::new();
        let mut add = |name: String, members: usize, looked_at: &[&Drawn], wanted: f64| {
            let samples = simulation.samples(looked_at, blocks as u32);
            let samples: Vec<Vec<f64>> = samples.into_iter().flatten().collect();
            let achieved = mean_rank_correlation(&samples);
            rows.push(Self { name, members, wanted, achieved, iterations: blocks * BLOCK as u64 });
        };
        let groups = correlations.bases().chain(&correlations.groups);
        for group in groups {
            add(group.id.clone(), group.members.len(), &chosen(group), group.rho.spearman());
        }
        for pair in correlations.pairs.iter().take(PAIRS) {
            let name = format!("{} and {}", pair.a.label(), pair.b.label());
            add(name, 2, &[&pair.a, &pair.b], pair.rho.spearman());
        }
        rows
    }
}

/// At most so many members as are looked at, evenly chosen.
fn chosen(group: &CorrelationGroup) -> Vec<&Drawn> {
    let (n, most) = (group.members.len(), group.members.len().min(MEMBERS));
    let is_chosen = |at: usize| at * most / n != (at + 1) * most / n;
    group.members.iter().enumerate().filter(|(at, _)| is_chosen(*at)).map(|(_, drawn)| drawn).collect()
}

/// The mean of Spearman's coefficients of all pairs of columns, from the spread of the sums of ranks: Kendall's
/// concordance W with m judges has the mean (m W - 1) / (m - 1).
fn mean_rank_correlation(columns: &[Vec<f64>]) -> Option<f64> {
    let n = columns.first()?.len();
    let (mut sums, mut own) = (vec![0.0; n], 0.0);
    let middle = (n as f64 - 1.0) / 2.0;
    for column in columns {
        for (sum, rank) in sums.iter_mut().zip(ranks(column)) {
            // Standardised by the spread without ties: ties are a matter of discrete laws.
            *sum += rank - middle;
            own += (rank - middle) * (rank - middle);
        }
    }
    let all: f64 = sums.iter().map(|sum| sum * sum).sum();
    let m = columns.len() as f64;
    (columns.len() > 1 && own > 0.0).then(|| (all - own) / ((m - 1.0) * own))
}

/// Average ranks, from 0.
fn ranks(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_unstable_by(|&a, &b| column[a].total_cmp(&column[b]).then(a.cmp(&b)));
    let mut ranks = vec![0.0; column.len()];
    let mut first = 0;
    for tied in order.chunk_by(|&a, &b| column[a] == column[b]) {
        let average = first as f64 + (tied.len() - 1) as f64 / 2.0;
        tied.iter().for_each(|&at| ranks[at] = average);
        first += tied.len();
    }
    ranks
}

/// Says what had to be changed where correlations cannot hold together.
#[must_use]
pub fn adjustment_findings(simulation: &Simulation, places: &Places) -> Vec<Diagnostic> {
    let one = |adjustment: &crate::draws::Adjustment| {
        let label = |name: &str| Drawn::label_of(name);
        let message = format!(
            "the correlations of {} things cannot hold together: that of `{}` and `{}` becomes {:.2} instead of {:.2}",
            adjustment.size,
            label(&adjustment.pair.0),
            label(&adjustment.pair.1),
            adjustment.held,
            adjustment.wanted,
        );
        Diagnostic::new(code::CORRELATION_ADJUSTED, message)
            .at_place(places.program(), "")
            .help("the nearest correlations that can are simulated; two things that follow a third follow each other")
    };
    simulation.adjustments().iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_over_pairs_is_spearmans_by_hand() {
        // Ranks 0 1 2 3, 1 0 3 2 and 3 2 1 0: pairs .6, -1 and -.6, mean -1/3.
        let columns = [vec![1.0, 2.0, 5.0, 9.0], vec![2.0, 1.0, 4.0, 3.0], vec![4.0, 3.0, 2.0, 1.0]];
        let mean = mean_rank_correlation(&columns).unwrap();
        assert!((mean + 1.0 / 3.0).abs() < 1e-14, "{mean}");
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [1.5, 0.0, 1.5]);
        assert_eq!(mean_rank_correlation(&columns[..1]), None);
    }
}
