//! What the percentile consists of.

use crate::export::grid::{grid, whole};
use crate::report::{Analysis, grouped};

/// How many parts are listed one by one.
const TOP: usize = 15;

/// The table of the parts, largest first.
pub(super) fn text(analysis: &Analysis) -> String {
    let Some(section) = &analysis.contribution else { return String::new() };
    let level = analysis.headline.level;
    let money = format!("cost {}", analysis.currency);
    let mut header = vec!["part", "days", "± se", "alone"];
    if section.cost.is_some() {
        header.extend([money.as_str(), "± se", "alone"]);
    }
    header.push("");
    let title = header.len() - 1;
    let mut grid = grid(&header, &[0, title]);
    let days = |value: Option<f64>| value.map_or("-".to_owned(), |days| format!("{days:+.1}"));
    let error = |value: Option<f64>| value.map_or("-".to_owned(), |days| format!("{days:.1}"));
    let amount = |value: Option<f64>| value.map_or("-".to_owned(), signed);
    let rows = section.largest();
    for row in rows.iter().take(TOP) {
        let mut cells = vec![
            row.id.clone(),
            days(row.finish_days),
            error(row.finish_error_days),
            days(row.finish_removal_days),
        ];
        if section.cost.is_some() {
            cells.push(amount(row.cost));
            cells.push(row.cost_error.map_or("-".to_owned(), whole));
            cells.push(amount(row.cost_removal));
        }
        cells.push(row.title.clone());
        grid.add_row(cells);
    }
    if rows.len() > TOP {
        let rest = &rows[TOP..];
        let sum = |of: &dyn Fn(&crate::report::PartRow) -> Option<f64>| {
            rest.iter().map(|row| of(row)).sum::<Option<f64>>()
        };
        let mut cells = vec![format!("{} more", rest.len()), days(sum(&|row| row.finish_days))];
        cells.extend(["", ""].map(String::from));
        if section.cost.is_some() {
            cells.extend([amount(sum(&|row| row.cost)), String::new(), String::new()]);
        }
        cells.push(String::new());
        grid.add_row(cells);
    }
    let mut total = vec!["all".to_owned(), days(section.finish.as_ref().map(|finish| finish.days))];
    total.extend(["", ""].map(String::from));
    if let Some(cost) = &section.cost {
        total.extend([signed(cost.amount), String::new(), String::new()]);
    }
    total.push(String::new());
    grid.add_row(total);
    let how = match section.permutations {
        None => format!("all {} coalitions", grouped(section.versions as f64, 0)),
        Some(number) => format!(
            "{} permutations, {} versions of the program",
            grouped(number as f64, 0),
            grouped(section.versions as f64, 0)
        ),
    };
    let mut out = format!(
        "\nFrom the plan to the {level}, in calendar days and money: shares that add up\n{}\n\
         Shapley shares from {how}; `alone` is what the {level} falls by when this part alone is off\n",
        grid.trim_fmt()
    );
    if let Some(finish) = section.finish.as_ref().filter(|finish| finish.waits_in_plan_days != 0.0) {
        out.push_str(&format!(
            "the plan itself already waits {:.1} days for windows and freezes\n",
            finish.waits_in_plan_days
        ));
    }
    if section.finish.is_none() {
        out.push_str(&format!(
            "the finish is not shared: some version of the program has no finish at the {level}\n"
        ));
    }
    out
}

/// An amount with its sign.
fn signed(amount: f64) -> String {
    let text = whole(amount);
    if amount > 0.0 && text != "0" { format!("+{text}") } else { text }
}
