//! One iteration as text, JSON and files.

use super::TableFormats;
use super::grid::{grid, whole};
use crate::report::{OccurredRow, ReplayReport, grouped, replay_table};

/// How many tasks off their plan the text lists.
const TOP: usize = 15;

/// The iteration that a person reads in a terminal.
#[must_use]
pub fn replay_to_text(replay: &ReplayReport) -> String {
    let manifest = &replay.manifest;
    let variant = manifest.variant.as_ref().map_or(String::new(), |variant| format!(", variant {variant}"));
    let found = replay.at.as_ref().map_or(String::new(), |at| format!(", the first at {at}"));
    let mut out = format!(
        "{}{variant}: iteration {}{found}\n{} sampling, seed {}\n\n",
        replay.program, replay.iteration, manifest.sampler, manifest.seed
    );
    let date = |date: Option<jiff::civil::Date>| date.map_or("never".to_owned(), |date| date.to_string());
    let late = replay.finish_days_late.map_or(String::new(), |days| match days {
        0.0 => ", as planned".to_owned(),
        days if days > 0.0 => format!(", {} calendar days late", grouped(days, 1)),
        days => format!(", {} calendar days early", grouped(-days, 1)),
    });
    out.push_str(&format!("finish {} (plan {}{late})\n", date(replay.finish), date(replay.plan_finish)));
    if replay.has_costs {
        let currency = &replay.currency;
        out.push_str(&format!(
            "cost   {} {currency} (plan {})\n",
            whole(replay.cost),
            whole(replay.plan_cost)
        ));
    }
    if let Some((npv, planned)) = replay.npv.zip(replay.plan_npv) {
        out.push_str(&format!("NPV    {} {} (plan {})\n", whole(npv), replay.currency, whole(planned)));
    }
    out.push_str(&occurred("Risks that occurred", &replay.risks, replay));
    out.push_str(&occurred("Drivers that occurred", &replay.drivers, replay));
    out.push_str(&path(replay));
    out.push_str(&tasks(replay));
    out
}

fn occurred(title: &str, rows: &[OccurredRow], replay: &ReplayReport) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let money = format!("cost {}", replay.currency);
    let mut grid = grid(&["id", "days on tasks", &money, "title"], &[0, 3]);
    for row in rows {
        grid.add_row([row.id.clone(), format!("{:.1}", row.days), whole(row.cost), row.title.clone()]);
    }
    format!("\n{title}\n{}\n", grid.trim_fmt())
}

fn path(replay: &ReplayReport) -> String {
    if replay.path.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["start", "finish", "days", "waited", "task", "id", "held by"], &[0, 1, 4, 5, 6]);
    for row in &replay.path {
        let date = |date: Option<jiff::civil::Date>| date.map_or("never".to_owned(), |date| date.to_string());
        grid.add_row([
            date(row.start),
            date(row.finish),
            format!("{:.1}", row.days),
            if row.wait_days > 0.0 { format!("{:.1}", row.wait_days) } else { String::new() },
            row.label.clone(),
            row.id.clone(),
            row.held_by.join(", "),
        ]);
    }
    format!(
        "\nWhat drove the finish, from the finish backwards (waits in calendar days)\n{}\n",
        grid.trim_fmt()
    )
}

fn tasks(replay: &ReplayReport) -> String {
    let rows = replay.off_plan(TOP);
    if rows.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["plan days", "took", "estimate", "risks", "float", "task", "id"], &[5, 6]);
    for row in rows {
        grid.add_row([
            format!("{:.1}", row.plan_days),
            format!("{:.1}", row.days),
            format!("{:.1}", row.own_days),
            if row.risk_days == 0.0 { String::new() } else { format!("{:+.1}", row.risk_days) },
            row.float_days.map_or("-".into(), |days| format!("{days:.1}")),
            row.label.clone(),
            row.id.clone(),
        ]);
    }
    format!("\nFurthest off the plan\n{}\n", grid.trim_fmt())
}

/// `iteration.json`: everything, indented, with a line feed at the end.
#[must_use]
pub fn replay_to_json(replay: &ReplayReport) -> String {
    let mut text =
        serde_json::to_string_pretty(replay).expect("an iteration has only text keys and finite numbers");
    text.push('\n');
    text
}

/// Name and bytes of `iteration.json`, `iteration.csv` and `manifest.json`.
#[must_use]
pub fn replay_files(replay: &ReplayReport, formats: TableFormats) -> Vec<(String, Vec<u8>)> {
    let manifest = serde_json::json!({ "iteration": replay.iteration, "of": replay.manifest });
    let mut files = vec![
        ("iteration.json".to_owned(), replay_to_json(replay).into_bytes()),
        ("manifest.json".to_owned(), format!("{manifest:#}\n").into_bytes()),
    ];
    files.extend(formats.files(&[replay_table(replay)]));
    files
}
