//! When items are done and how many, as text and JSON.

use super::grid::{grid, percent};
use crate::report::{BacktestReport, HowMany, ThroughputReport, When};

/// The whole answer, indented, with a line feed at the end.
#[must_use]
pub fn throughput_to_json(report: &ThroughputReport) -> String {
    let mut text =
        serde_json::to_string_pretty(report).expect("a forecast has only text keys and finite numbers");
    text.push('\n');
    text
}

/// The answer as plain text.
#[must_use]
pub fn throughput_to_text(report: &ThroughputReport) -> String {
    let weeks: Vec<String> = report.window.iter().map(u32::to_string).collect();
    let project = report.project.as_ref().map(|project| format!(", project {project}")).unwrap_or_default();
    let mut out = format!(
        "{}{project}: finished in the last {}: {} ({:.1} a week)\nforecast from {}, every week as likely as any of \
         these; exact, without simulation\n",
        report.input.name,
        count(weeks.len(), "week"),
        weeks.join(" "),
        report.pace,
        report.from,
    );
    if report.split != "1" {
        out.push_str(&format!("every item becomes {} on the way\n", report.split));
    }
    if let Some(when) = &report.when {
        out.push_str(&dates(when));
    }
    if let Some(many) = &report.how_many {
        out.push_str(&items(many, report.when.as_ref()));
    }
    if let Some(tested) = &report.backtest {
        out.push_str(&held(tested));
    }
    out
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn dates(when: &When) -> String {
    let mut grid = grid(&["confidence", "done by", "weeks"], &[0]);
    for row in &when.rows {
        grid.add_row([format!("P{}", row.confidence), row.date.to_string(), row.weeks.to_string()]);
    }
    let left = if when.is_left { " that are left" } else { "" };
    format!(
        "\nWhen are the {} items{left} done? mean {:.1} weeks\n{}\n",
        when.items,
        when.mean_weeks,
        grid.trim_fmt()
    )
}

fn items(many: &HowMany, when: Option<&When>) -> String {
    let mut grid = grid(&["confidence", "at least"], &[0]);
    for row in &many.rows {
        grid.add_row([format!("{} %", row.confidence), row.items.to_string()]);
    }
    let weeks = count(many.weeks as usize, "whole week");
    let mut out = format!("\nHow many items are done by {} ({weeks})?\n{}\n", many.by, grid.trim_fmt());
    if let Some((items, probability)) = when.and_then(|when| Some((&when.items, when.by_probability?))) {
        out.push_str(&format!("{} that all {items} items are done by then\n", percent(probability)));
    }
    out
}

fn held(tested: &BacktestReport) -> String {
    let mut out = format!(
        "\nHow often would such forecasts have held? {} items, {}, {}",
        tested.items,
        count(tested.window, "week"),
        count(tested.forecasts, "forecast"),
    );
    let mut grid = grid(&["confidence", "held"], &[0]);
    for row in &tested.rows {
        let held = row.held.map_or("-".to_owned(), percent);
        grid.add_row([format!("P{}", row.confidence), held]);
    }
    out.push_str(&format!("\n{}\n", grid.trim_fmt()));
    if tested.without_pace + tested.undecided > 0 {
        out.push_str(&format!(
            "not judged: {} before which nothing was finished, {} after which it is not decided yet\n",
            count(tested.without_pace, "week"),
            count(tested.undecided, "week"),
        ));
    }
    out
}
