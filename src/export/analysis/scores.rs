//! Risks whose score and effect disagree.

use crate::export::grid::{grid, percent};
use crate::report::Analysis;

/// How many are listed.
const TOP: usize = 8;

/// The risks that a register would rank elsewhere than the simulation does.
pub(super) fn text(analysis: &Analysis) -> String {
    let mut rows: Vec<_> = analysis.risk_scores.iter().filter(|row| row.disagreement.is_some()).collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|row| (-row.disagreement.unwrap_or(0).abs(), row.rank_by_share));
    let header = ["risk", "probability", "delay", "score", "by score", "share", "by share", "", "title"];
    let mut grid = grid(&header, &[0, 7, 8]);
    for row in rows.iter().take(TOP) {
        let on = row.response_on;
        let probability = row.probability_after.filter(|_| on).unwrap_or(row.probability);
        let delay = row.impact_after_days.filter(|_| on).unwrap_or(row.impact_days);
        let verdict = if row.disagreement > Some(0) { "underrated" } else { "overrated" };
        grid.add_row([
            row.id.clone(),
            percent(probability),
            format!("{delay:.1}"),
            format!("{:.2}", row.score_days),
            row.rank_by_score.to_string(),
            row.share_days.map_or("-".into(), |days| format!("{days:.1}")),
            row.rank_by_share.to_string(),
            verdict.to_owned(),
            row.title.clone(),
        ]);
    }
    format!("\nWhere probability x impact and the simulated share disagree (days)\n{}\n", grid.trim_fmt())
}
