//! Which responses to buy, as text, JSON and CSV.

use super::grid::{grid, percent, whole};
use super::{CsvStyle, to_csv};
use crate::report::{PurchaseReport, SetRow, grouped, purchase_tables};

/// `respond.json`: the whole answer, indented, with a line feed at the end.
#[must_use]
pub fn purchase_to_json(purchase: &PurchaseReport) -> String {
    let mut text =
        serde_json::to_string_pretty(purchase).expect("a purchase has only text keys and finite numbers");
    text.push('\n');
    text
}

/// Name and bytes of `respond.json`, `responses.csv` and `frontier.csv`.
#[must_use]
pub fn purchase_files(purchase: &PurchaseReport, style: CsvStyle) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("respond.json".to_owned(), purchase_to_json(purchase).into_bytes())];
    let tables = purchase_tables(purchase);
    files.extend(tables.iter().map(|table| (format!("{}.csv", table.name), to_csv(table, style))));
    files
}

/// The answer as plain text.
#[must_use]
pub fn purchase_to_text(purchase: &PurchaseReport) -> String {
    let (currency, manifest) = (&purchase.currency, &purchase.manifest);
    let of = purchase.of_name.as_ref().map(|name| format!(" of {name}"));
    let mut out = format!(
        "{}: which responses to buy for {}{}\n{} iterations of {} versions, {} sampling, seed {}\n\n",
        purchase.program,
        purchase.objective,
        of.as_deref().unwrap_or(""),
        grouped(manifest.iterations as f64, 0),
        grouped(purchase.versions as f64, 0),
        manifest.sampler,
        manifest.seed
    );
    out.push_str(&sets(purchase));
    let within = match purchase.budget {
        Some(budget) => format!(" within {} {currency}", whole(budget)),
        None => String::new(),
    };
    let how = match (purchase.method, &purchase.bound) {
        ("exhaustive", _) => "every set was simulated".to_owned(),
        ("branch and bound", _) => "no other set can be better (branch and bound)".to_owned(),
        (_, Some(bound)) => {
            format!("the search was ended; no set can do better than {bound} (branch and bound)")
        }
        _ => "found by exchanges, without a bound: some response may make something worse".to_owned(),
    };
    let best = &purchase.best;
    let names = if best.responses.is_empty() { "none".to_owned() } else { best.responses.join(", ") };
    out.push_str(&format!("\nbuy{within}: {names}\n{how}\n\n{}\n", purchase.sentence()));
    out.push_str(&responses(purchase));
    out.push_str(&frontier(purchase));
    out
}

fn sets(purchase: &PurchaseReport) -> String {
    let (level, currency) = (&purchase.level, &purchase.currency);
    let header = [
        "",
        "spend",
        &format!("{level} finish"),
        "days earlier",
        &format!("{level} cost {currency}"),
        "saved",
        "targets kept",
    ];
    let targets = purchase.none.target_probability.is_some();
    let columns = if targets { 7 } else { 6 };
    let mut grid = grid(&header[..columns], &[0]);
    let rows = [("no response", &purchase.none), ("as planned", &purchase.planned), ("best", &purchase.best)];
    for (name, row) in rows {
        grid.add_row(cells(name, row).into_iter().take(columns));
    }
    format!("{}\n", grid.trim_fmt())
}

fn cells(name: &str, row: &SetRow) -> Vec<String> {
    vec![
        name.to_owned(),
        whole(row.spend),
        row.finish.map_or("never".into(), |date| date.to_string()),
        row.days.map_or("-".into(), |days| format!("{days:.1}")),
        whole(row.cost),
        whole(row.saved),
        row.target_probability.map_or(String::new(), percent),
    ]
}

fn responses(purchase: &PurchaseReport) -> String {
    let currency = &purchase.currency;
    let spend = format!("spend {currency}");
    let header = ["", "risk", &spend, "days", "± se", "saved", "± se", "per day", "back per 1", "pays", ""];
    let mut grid = grid(&header, &[0, 1, header.len() - 1]);
    for row in purchase.ranked() {
        grid.add_row([
            if row.in_best { "buy" } else { "" }.to_owned(),
            row.risk.clone(),
            whole(row.spend),
            row.days.map_or("-".into(), |days| format!("{days:.1}")),
            row.days_error.map_or("-".into(), |days| format!("{days:.1}")),
            whole(row.saved),
            row.saved_error.map_or("-".into(), whole),
            row.spend_per_day.map_or("-".into(), whole),
            row.back_per_unit.map_or("-".into(), |back| format!("{back:.2}")),
            percent(row.pays),
            row.title.clone(),
        ]);
    }
    format!(
        "\nEvery response alone, against none\n{}\n\
         days and saved: by how much the {} falls; per day: spend per calendar day bought; back per 1: what\n\
         the cost falls by for every unit spent; pays: share of iterations that cost less with it\n",
        grid.trim_fmt(),
        purchase.level
    )
}

fn frontier(purchase: &PurchaseReport) -> String {
    let (level, currency) = (&purchase.level, &purchase.currency);
    let header = [
        &format!("spend {currency}"),
        &format!("{level} finish"),
        "days",
        &format!("{level} cost"),
        "responses",
    ];
    let mut grid = grid(&header.map(|text| text as &str), &[4]);
    for row in &purchase.frontier {
        grid.add_row([
            whole(row.spend),
            row.finish.map_or("never".into(), |date| date.to_string()),
            row.days.map_or("-".into(), |days| format!("{days:.1}")),
            whole(row.cost),
            row.responses.join(" "),
        ]);
    }
    let which = if purchase.method == "exhaustive" { "" } else { ", of the sets that were simulated" };
    format!("\nWhat each further spend buys: sets that no cheaper set beats{which}\n{}\n", grid.trim_fmt())
}
