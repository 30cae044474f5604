//! What drives the finish.

use crate::export::grid::{grid, percent, whole};
use crate::report::{Analysis, SensitivityReport, SwingRow, grouped};

/// How many rows each part lists.
const TOP: usize = 10;

pub(super) fn text(analysis: &Analysis) -> String {
    let Some(section) = &analysis.sensitivity else { return String::new() };
    [tasks(section), tornado(section, &analysis.currency), paths(section), merges(section, analysis)].concat()
}

fn tasks(section: &SensitivityReport) -> String {
    if section.tasks.is_empty() {
        return String::new();
    }
    let header = ["SSI", "signif.", "critical", "driving", "Spearman", "cost", "float P50", "task", "id"];
    let mut grid = grid(&header, &[7, 8]);
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    for row in section.tasks.iter().take(TOP) {
        grid.add_row([
            number(row.ssi),
            number(row.significance),
            percent(row.criticality),
            percent(row.driving),
            number(row.duration_sensitivity),
            number(row.cost_sensitivity),
            row.float_days[1].map_or("-".into(), |days| format!("{days:.1}")),
            row.label.clone(),
            row.id.clone(),
        ]);
    }
    format!(
        "\nSensitivity of the finish to durations ({} iterations)\n{}\n",
        grouped(section.iterations as f64, 0),
        grid.trim_fmt()
    )
}

fn tornado(section: &SensitivityReport, currency: &str) -> String {
    let table = |rows: &[SwingRow], title: &str, show: &dyn Fn(f64) -> String| {
        if rows.is_empty() {
            return String::new();
        }
        let mut grid = grid(&["mean low", "mean high", "P80 low", "P80 high", "input", "id"], &[4, 5]);
        for row in rows.iter().take(TOP) {
            let name = if row.kind == "duration" {
                row.label.clone()
            } else {
                format!("{}: {}", row.kind, row.name)
            };
            grid.add_row([
                show(row.low),
                show(row.high),
                show(row.p80_low),
                show(row.p80_high),
                name,
                row.id.clone(),
            ]);
        }
        format!("\n{title}\n{}\n", grid.trim_fmt())
    };
    let days = |value: f64| format!("{value:+.1}");
    let finish = table(
        &section.finish_tornado,
        "Finish when an input is in its lowest or highest tenth (a risk: absent or there), days from the average",
        &days,
    );
    let cost = table(&section.cost_tornado, &format!("Cost likewise, {currency}"), &whole);
    finish + &cost
}

fn paths(section: &SensitivityReport) -> String {
    if section.paths.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nPaths that drive the finish\n");
    for path in section.paths.iter().take(5) {
        out.push_str(&format!("{:>7}  {}\n", percent(path.share), path.tasks.join(" > ")));
    }
    out
}

fn merges(section: &SensitivityReport, analysis: &Analysis) -> String {
    let rows: Vec<_> = section.merges.iter().filter(|row| row.mean_days >= 0.05).take(TOP).collect();
    if rows.is_empty() {
        return String::new();
    }
    let level = format!("at {}", analysis.headline.level);
    let mut grid = grid(&["mean days", &level, "links", "where", "id"], &[3, 4]);
    for row in rows {
        grid.add_row([
            format!("{:.1}", row.mean_days),
            format!("{:.1}", row.percentile_days),
            row.links.to_string(),
            row.label.clone(),
            row.id.clone(),
        ]);
    }
    format!(
        "\nMerge bias: how much later the last of several paths comes (calendar days)\n{}\n",
        grid.trim_fmt()
    )
}
