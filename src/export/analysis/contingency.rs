//! Who holds the contingency.

use crate::export::grid::{grid, whole};
use crate::report::Analysis;

/// How many lines are listed.
const TOP: usize = 10;

/// The largest holders.
pub(super) fn text(analysis: &Analysis) -> String {
    let Some(section) = &analysis.contingency else { return String::new() };
    let rows = section.largest();
    if rows.len() < 2 {
        return String::new();
    }
    let money = format!("money {}", analysis.currency);
    let mut header = vec!["", "id", "days", money.as_str(), ""];
    let has_money = rows.iter().any(|row| row.money.is_some());
    if !has_money {
        header.remove(3);
    }
    let mut grid = grid(&header, &[0, 1, header.len() - 1]);
    for row in rows.iter().take(TOP) {
        let mut cells = vec![
            row.kind.to_owned(),
            row.id.clone(),
            row.days.map_or("-".into(), |days| format!("{days:.1}")),
        ];
        if has_money {
            cells.push(row.money.map_or("-".into(), whole));
        }
        cells.push(row.title.clone());
        grid.add_row(cells);
    }
    let more = rows.len().saturating_sub(TOP);
    let more =
        if more > 0 { format!("and {more} smaller ones, in contingency.csv\n") } else { String::new() };
    format!("\nWho holds the contingency at {}\n{}\n{more}", analysis.headline.level, grid.trim_fmt())
}
