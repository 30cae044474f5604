//! A comparison as text, JSON and files.

use super::TableFormats;
use super::grid::{grid, percent, whole};
use crate::report::{AmountRow, Comparison, Span, TargetChance, comparison_tables, grouped};

/// How many differences of the scenario the text lists.
const MOST_CHANGES: usize = 40;

/// The comparison that a person reads in a terminal.
#[must_use]
pub fn comparison_to_text(comparison: &Comparison) -> String {
    let manifest = &comparison.manifests[0];
    let mut out = format!(
        "before: {}\nafter:  {}\n{} iterations of both on the same draws, {} sampling, seed {}\n",
        comparison.before_name,
        comparison.after_name,
        grouped(manifest.iterations as f64, 0),
        manifest.sampler,
        manifest.seed
    );
    out.push_str(&changes(comparison));
    out.push_str(&finish(comparison));
    if comparison.has_costs {
        out.push_str(&cost(comparison));
    }
    if !comparison.npv.is_empty() {
        out.push_str(&npv(comparison));
    }
    out
}

fn changes(comparison: &Comparison) -> String {
    if comparison.changes.is_empty() {
        return "\nThe scenarios say the same.\n".into();
    }
    let mut out = String::from("\nWhat is different\n");
    for change in comparison.changes.iter().take(MOST_CHANGES) {
        out.push_str(&format!("  {change}\n"));
    }
    if let Some(more) = comparison.changes.len().checked_sub(MOST_CHANGES).filter(|&more| more > 0) {
        out.push_str(&format!("  and {more} more: all of them are in changes.csv and in the JSON\n"));
    }
    out
}

fn finish(comparison: &Comparison) -> String {
    let mut grid = grid(&["", "before", "after", "days", "95 % interval", "working days"], &[0]);
    let date = |date: Option<jiff::civil::Date>| date.map_or("never".to_owned(), |date| date.to_string());
    for row in &comparison.finish {
        grid.add_row([
            row.level.clone(),
            date(row.before),
            date(row.after),
            row.days.map_or("-".into(), |days| signed(days.value, 1)),
            row.days.map_or(String::new(), |days| interval(days, 1)),
            row.working_days.map_or("-".into(), |days| signed(days, 1)),
        ]);
    }
    if let Some(mean) = comparison.finish_mean_days {
        let cells = [
            "mean".into(),
            String::new(),
            String::new(),
            signed(mean.value, 1),
            interval(mean, 1),
            String::new(),
        ];
        grid.add_row(cells);
    }
    let mut out = format!("\nFinish\n{}\n", grid.trim_fmt());
    out.push_str(&format!(
        "later after the change in {} of the iterations, earlier in {}\n",
        chance(&comparison.later),
        chance(&comparison.earlier)
    ));
    let [before, after] = &comparison.finish_targets;
    let name = |target: &Option<(jiff::civil::Date, TargetChance)>| {
        target.as_ref().map(|(date, _)| date.to_string())
    };
    out.push_str(&targets(
        "target finish",
        before.as_ref().map(|target| &target.1),
        name(before),
        after.as_ref().map(|target| &target.1),
        name(after),
    ));
    out
}

/// Rows of amounts, and the difference of their means.
fn amounts(comparison: &Comparison, rows: &[AmountRow], mean: Option<Span>) -> String {
    let head = format!("difference {}", comparison.currency);
    let mut grid = grid(&["", "before", "after", &head, "95 % interval"], &[0]);
    for row in rows {
        grid.add_row([
            row.level.clone(),
            row.before.map_or("-".into(), whole),
            row.after.map_or("-".into(), whole),
            row.difference.map_or("-".into(), |span| signed(span.value, 0)),
            row.difference.map_or(String::new(), |span| interval(span, 0)),
        ]);
    }
    if let Some(mean) = mean {
        grid.add_row(["mean".into(), String::new(), String::new(), signed(mean.value, 0), interval(mean, 0)]);
    }
    format!("{}\n", grid.trim_fmt())
}

/// What both are worth; what is exceeded with 80 % probability is the P20.
fn npv(comparison: &Comparison) -> String {
    let mut out = format!("\nNPV\n{}", amounts(comparison, &comparison.npv, comparison.npv_mean));
    if let Some([before, after]) = &comparison.npv_positive {
        out.push_str(&format!("above zero: {} before, {} after\n", chance(before), chance(after)));
    }
    out
}

fn cost(comparison: &Comparison) -> String {
    let mut out = format!("\nCost\n{}", amounts(comparison, &comparison.cost, comparison.cost_mean));
    out.push_str(&format!(
        "dearer after the change in {} of the iterations, cheaper in {}\n",
        chance(&comparison.dearer),
        chance(&comparison.cheaper)
    ));
    let [before, after] = &comparison.budget_targets;
    let name = |target: &Option<(f64, TargetChance)>| target.as_ref().map(|(budget, _)| whole(*budget));
    out.push_str(&targets(
        "target budget",
        before.as_ref().map(|target| &target.1),
        name(before),
        after.as_ref().map(|target| &target.1),
        name(after),
    ));
    out
}

fn targets(
    what: &str,
    before: Option<&TargetChance>,
    before_name: Option<String>,
    after: Option<&TargetChance>,
    after_name: Option<String>,
) -> String {
    let side = |name: &Option<String>, chance: Option<&TargetChance>| match (name, chance) {
        (Some(name), Some(chance)) => format!("{name}: {}", percent(chance.value)),
        _ => "no promise".to_owned(),
    };
    match (before, after) {
        (None, None) => String::new(),
        (Some(a), Some(b)) if before_name == after_name => format!(
            "{what} {}: {} before, {} after\n",
            before_name.unwrap_or_default(),
            percent(a.value),
            percent(b.value)
        ),
        _ => format!("{what} before {}, after {}\n", side(&before_name, before), side(&after_name, after)),
    }
}

fn chance(chance: &TargetChance) -> String {
    percent(chance.value)
}

fn signed(value: f64, decimals: usize) -> String {
    let text = grouped(value, decimals);
    if value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        format!("+{text}")
    } else {
        text
    }
}

fn interval(span: Span, decimals: usize) -> String {
    match span.low.zip(span.high) {
        Some((low, high)) => format!("{} .. {}", signed(low, decimals), signed(high, decimals)),
        None => String::new(),
    }
}

/// `comparison.json`: everything, indented, with a line feed at the end.
#[must_use]
pub fn comparison_to_json(comparison: &Comparison) -> String {
    let mut text =
        serde_json::to_string_pretty(comparison).expect("a comparison has only text keys and finite numbers");
    text.push('\n');
    text
}

/// Name and bytes of `comparison.json`, `manifest.json` and one CSV file per table.
#[must_use]
pub fn comparison_files(comparison: &Comparison, formats: TableFormats) -> Vec<(String, Vec<u8>)> {
    let manifests = serde_json::json!({
        "comparison": { "before": comparison.manifests[0], "after": comparison.manifests[1] }
    });
    let mut files = vec![
        ("comparison.json".to_owned(), comparison_to_json(comparison).into_bytes()),
        ("manifest.json".to_owned(), format!("{manifests:#}\n").into_bytes()),
    ];
    files.extend(formats.files(&comparison_tables(comparison)));
    files
}
