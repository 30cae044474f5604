//! What is worth finding out.

use crate::export::grid::{grid, percent};
use crate::report::Analysis;

/// How many are listed.
const TOP: usize = 10;
/// What shrinks a range by less is not told from nothing.
const LEAST: f64 = 0.01;

/// The things whose knowledge would narrow the forecast most.
pub(super) fn text(analysis: &Analysis) -> String {
    let useful = |share: Option<f64>| share.unwrap_or(0.0) >= LEAST;
    let rows = analysis.knowledge.iter().filter(|row| useful(row.finish_shrinks) || useful(row.cost_shrinks));
    let rows: Vec<_> = rows.take(TOP).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["", "id", "finish", "cost", ""], &[0, 1, 4]);
    let share = |share: Option<f64>| match share {
        Some(share) if share >= LEAST => percent(share),
        Some(_) => "~0".to_owned(),
        None => "-".to_owned(),
    };
    for row in rows {
        grid.add_row([
            row.kind.to_owned(),
            row.id.clone(),
            share(row.finish_shrinks),
            share(row.cost_shrinks),
            row.title.clone(),
        ]);
    }
    format!(
        "\nWhat is worth finding out: by how much the P10 to P90 range would shrink if it were known\n{}\n",
        grid.trim_fmt()
    )
}
