//! Date and budget together.

use crate::export::grid::{grid, percent, whole};
use crate::report::Analysis;

pub(super) fn text(analysis: &Analysis) -> String {
    let Some(section) = &analysis.joint else { return String::new() };
    let (level, currency) = (analysis.headline.level, &analysis.currency);
    let mut out = String::from("\nDate and budget together\n");
    if let Some(point) = &section.separate {
        out.push_str(&format!(
            "the {level} date {} and the {level} budget {} {currency} hold together with {}\n",
            point.date,
            whole(point.budget),
            percent(point.probability)
        ));
    }
    if let Some(point) = &section.target {
        out.push_str(&format!(
            "the promised date {} and budget {} {currency} hold together with {}\n",
            point.date,
            whole(point.budget),
            percent(point.probability)
        ));
    }
    if let Some(shares) = &section.quadrants {
        out.push_str(&format!(
            "in time and in budget {}, only in time {}, only in budget {}, neither {}\n",
            percent(shares.both),
            percent(shares.only_date),
            percent(shares.only_budget),
            percent(shares.neither)
        ));
    }
    let mut grid = grid(&["both hold", "date", "budget", "date alone", "budget alone"], &[0, 1]);
    for curve in &section.curves {
        let Some(pair) = &curve.balanced else { continue };
        grid.add_row([
            format!("{} %", curve.level),
            pair.date.to_string(),
            whole(pair.budget),
            percent(pair.date_probability),
            percent(pair.budget_probability),
        ]);
    }
    format!("{out}\nBalanced pairs of date and budget, {currency}\n{}\n", grid.trim_fmt())
}
