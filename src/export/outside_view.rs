//! The outside view as text.

use super::grid::{grid, percent, whole};
use crate::report::{OutsideOutcome, OutsideRow, Report};

/// A table of all uplifts with their sources; nothing where there is no reference class.
pub(super) fn outside_view(report: &Report) -> String {
    if report.outside_view.is_empty() {
        return String::new();
    }
    let header = ["reference class", "of", "level", "uplift", "plan", "with uplift", "simulated below"];
    let mut grid = grid(&header, &[0, 1, 2]);
    for row in &report.outside_view {
        let (of, plan, raised) = match row.outcome {
            OutsideOutcome::Finish { plan_finish, finish } => {
                ("finish".to_owned(), plan_finish.to_string(), finish.to_string())
            }
            OutsideOutcome::Cost { plan_cost, cost } => {
                (format!("cost {}", report.currency.code()), whole(plan_cost), whole(cost))
            }
        };
        let name = row.name.clone();
        let uplift = percent(row.uplift);
        grid.add_row([name, of, row.level.clone(), uplift, plan, raised, percent(row.simulated.value)]);
    }
    let mut sources: Vec<String> = report.outside_view.iter().map(source).collect();
    sources.dedup();
    format!(
        "\nOutside view: the plan without risks, raised as past programs turned out; not part of the forecast above\n\
         {}\n{}\n",
        grid.trim_fmt(),
        sources.join("\n")
    )
}

/// Where the figures of a row come from.
fn source(row: &OutsideRow) -> String {
    match row.outcomes {
        Some(count) => format!("{}: {}, {count} outcomes", row.name, row.source),
        None => format!("{}: {}", row.name, row.source),
    }
}
