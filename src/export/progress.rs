//! A program under way, as text, JSON and CSV.

use super::TableFormats;
use super::grid::{grid, percent, whole};
use crate::report::{Light, ProgressReport, progress_tables};

/// How many projects and milestones the summary lists, and how many forecasts.
const TOP: usize = 12;

/// `progress.json`: everything that is known beside the forecast, indented, with a line feed at the end.
#[must_use]
pub fn progress_to_json(progress: &ProgressReport) -> String {
    let mut text =
        serde_json::to_string_pretty(progress).expect("a report has only text keys and finite numbers");
    text.push('\n');
    text
}

/// Name and bytes of `progress.json`, `evm.csv`, `eac.csv` where anything has a budget, `variance.csv` and
/// `forecast_log.csv`.
#[must_use]
pub fn progress_files(progress: &ProgressReport, formats: TableFormats) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("progress.json".to_owned(), progress_to_json(progress).into_bytes())];
    files.extend(formats.files(&progress_tables(progress)));
    files
}

/// What follows the forecast in the terminal.
#[must_use]
pub fn progress_to_text(progress: &ProgressReport) -> String {
    let mut out = format!(
        "\nProgress on {}: {} finished, {} under way, {} not started\n",
        progress.status_date,
        tasks(progress.finished),
        progress.under_way,
        progress.not_started
    );
    out.push_str(&earned(progress));
    out.push_str(&by_project(progress));
    out.push_str(&estimates(progress));
    out.push_str(&targets(progress));
    out.push_str(&trend(progress));
    out
}

fn tasks(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

fn number(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.3}"))
}

fn date(value: Option<jiff::civil::Date>) -> String {
    value.map_or("-".to_owned(), |date| date.to_string())
}

fn earned(progress: &ProgressReport) -> String {
    let Some(now) = progress.now() else { return String::new() };
    let mut out = String::new();
    if progress.has_costs {
        let shown = ["status", "PV", "EV", "AC", "CPI", "SPI", "EAC at CPI", "SPI(t)", "finish at SPI(t)"];
        let mut grid = grid(&shown, &[0]);
        for row in progress.earned.iter().rev().take(TOP).rev() {
            grid.add_row([
                row.status_date.to_string(),
                whole(row.pv),
                whole(row.ev),
                whole(row.ac),
                number(row.cpi),
                number(row.spi),
                row.eac_cpi.map_or("-".to_owned(), whole),
                number(row.spi_t),
                date(row.ieac_spi_t_date),
            ]);
        }
        out.push_str(&format!(
            "\nEarned value, {} (budget {})\n{}\n",
            progress.currency,
            whole(now.bac),
            grid.trim_fmt()
        ));
        let tcpi = now.tcpi_note.map_or_else(|| number(now.tcpi_bac), str::to_owned);
        out.push_str(&format!("to keep the budget, TCPI {tcpi}"));
    }
    let indices =
        format!("baseline execution {}, critical path length {}", number(now.bei), number(progress.cpli));
    out.push_str(&if progress.has_costs { format!("; {indices}\n") } else { format!("{indices}\n") });
    out
}

/// Earned value of the projects on the status date; a program of one project says nothing new.
fn by_project(progress: &ProgressReport) -> String {
    let now: Vec<_> =
        progress.earned_by_project.iter().filter(|row| row.status_date == progress.status_date).collect();
    if now.len() < 2 {
        return String::new();
    }
    let mut grid = grid(&["project", "budget", "PV", "EV", "AC", "CPI", "SPI", "EAC at CPI"], &[0]);
    for row in now.iter().take(TOP) {
        grid.add_row([
            row.id.clone(),
            whole(row.bac),
            whole(row.pv),
            whole(row.ev),
            whole(row.ac),
            number(row.cpi),
            number(row.spi),
            row.eac_cpi.map_or("-".to_owned(), whole),
        ]);
    }
    let more = match now.len().saturating_sub(TOP) {
        0 => String::new(),
        rest => format!("and {rest} more in evm_projects.csv\n"),
    };
    format!("\nBy project\n{}\n{more}", grid.trim_fmt())
}

fn estimates(progress: &ProgressReport) -> String {
    if progress.eac.is_empty() {
        return String::new();
    }
    let mut grid = grid(&["estimate at completion", "amount", "enough with"], &[0]);
    for row in &progress.eac {
        grid.add_row([
            row.formula.clone(),
            row.eac.map_or("-".to_owned(), whole),
            row.probability.map_or("-".to_owned(), percent),
        ]);
    }
    format!("\nWhat it will have cost, {}\n{}\n", progress.currency, grid.trim_fmt())
}

fn targets(progress: &ProgressReport) -> String {
    let light = |light: Option<Light>| light.map_or("-", Light::name).to_owned();
    let shown = ["", "approved", "P50", "days late", "target", "met with", "light", "cost"];
    let mut grid = grid(&shown, &[0]);
    for row in progress.variance.iter().take(TOP) {
        let name = if row.kind == "program" { "program".to_owned() } else { row.id.clone() };
        grid.add_row([
            name,
            date(row.baseline_finish),
            date(row.p50_finish),
            row.p50_late_days.map_or("-".to_owned(), |days| days.to_string()),
            date(row.target_finish),
            row.finish_probability.map_or("-".to_owned(), percent),
            light(row.finish_light),
            light(row.cost_light),
        ]);
    }
    let more = progress.variance.len().saturating_sub(TOP);
    let more = if more > 0 { format!("and {more} more in variance.csv\n") } else { String::new() };
    let against = if progress.has_baseline {
        "Against the approved baseline"
    } else {
        "Against promises; `p80 baseline` keeps an approved plan to compare with"
    };
    format!("\n{against}\n{}\n{more}", grid.trim_fmt())
}

fn trend(progress: &ProgressReport) -> String {
    let mut rows: Vec<_> = progress.log.iter().filter(|row| row.kind == "program").collect();
    rows.sort_by_key(|row| row.status_date);
    let mut out = String::new();
    if rows.len() > 1 {
        let mut grid = grid(&["status", "P10", "P50", "P80", "target met with"], &[0]);
        for row in rows.iter().rev().take(TOP).rev() {
            grid.add_row([
                row.status_date.to_string(),
                date(row.finish_p10_date),
                date(row.finish_p50_date),
                date(row.finish_p80_date),
                row.finish_target_probability.map_or("-".to_owned(), percent),
            ]);
        }
        out.push_str(&format!("\nForecasts of the finish so far\n{}\n", grid.trim_fmt()));
    }
    if let Some(judged) = &progress.calibration {
        out.push_str(&format!(
            "earlier forecasts of what has been reached ({}): {} at or before their P50, {} at or before their P80, \
             {:.1} days later than the P50 on average\n",
            judged.forecasts,
            percent(judged.hit_p50),
            percent(judged.hit_p80),
            judged.bias_days
        ));
    }
    if progress.calibration_by_target.len() > 1 {
        let header = ["reached", "on", "forecasts", "by P50", "by P80", "days late"];
        let mut grid = grid(&header, &[0]);
        for one in progress.calibration_by_target.iter().take(TOP) {
            let judged = &one.calibration;
            let name = if one.id.is_empty() { one.kind.clone() } else { one.id.clone() };
            grid.add_row([
                name,
                one.actual.to_string(),
                judged.forecasts.to_string(),
                percent(judged.hit_p50),
                percent(judged.hit_p80),
                format!("{:.1}", judged.bias_days),
            ]);
        }
        out.push_str(&format!("{}\n", grid.trim_fmt()));
    }
    out
}
