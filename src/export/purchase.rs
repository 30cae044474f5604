//! Which responses to buy, as text, JSON and CSV.

use super::TableFormats;
use super::grid::{grid, percent, whole};
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
pub fn purchase_files(purchase: &PurchaseReport, formats: TableFormats) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("respond.json".to_owned(), purchase_to_json(purchase).into_bytes())];
    files.extend(formats.files(&purchase_tables(purchase)));
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
    let (finish, cost) = (format!("{level} finish"), format!("{level} cost {currency}"));
    let mut header = vec!["", "spend", &finish, "days earlier", &cost, "saved"];
    let npv = purchase.npv_name();
    if purchase.none.npv.is_some() {
        header.extend([npv.as_str(), "gained"]);
    }
    if purchase.none.target_probability.is_some() {
        header.push("targets kept");
    }
    let mut grid = grid(&header, &[0]);
    let rows = [("no response", &purchase.none), ("as planned", &purchase.planned), ("best", &purchase.best)];
    for (name, row) in rows {
        grid.add_row(cells(name, row));
    }
    format!("{}\n", grid.trim_fmt())
}

fn cells(name: &str, row: &SetRow) -> Vec<String> {
    let mut cells = vec![
        name.to_owned(),
        whole(row.spend),
        row.finish.map_or("never".into(), |date| date.to_string()),
        row.days.map_or("-".into(), |days| format!("{days:.1}")),
        whole(row.cost),
        whole(row.saved),
    ];
    cells.extend([row.npv, row.npv_gained].into_iter().flatten().map(whole));
    cells.extend(row.target_probability.map(percent));
    cells
}

fn responses(purchase: &PurchaseReport) -> String {
    let currency = &purchase.currency;
    let spend = format!("spend {currency}");
    let has_npv = purchase.none.npv.is_some();
    let mut header = vec!["", "risk", &spend, "days", "± se", "saved", "± se"];
    if has_npv {
        header.extend(["NPV", "± se"]);
    }
    header.extend(["per day", "back per 1", "pays", ""]);
    let mut grid = grid(&header, &[0, 1, header.len() - 1]);
    for row in purchase.ranked() {
        let mut cells = vec![
            if row.in_best { "buy" } else { "" }.to_owned(),
            row.risk.clone(),
            whole(row.spend),
            row.days.map_or("-".into(), |days| format!("{days:.1}")),
            row.days_error.map_or("-".into(), |days| format!("{days:.1}")),
            whole(row.saved),
            row.saved_error.map_or("-".into(), whole),
        ];
        if has_npv {
            cells.push(row.npv_gained.map_or("-".into(), whole));
            cells.push(row.npv_error.map_or("-".into(), whole));
        }
        cells.extend([
            row.spend_per_day.map_or("-".into(), whole),
            row.back_per_unit.map_or("-".into(), |back| format!("{back:.2}")),
            percent(row.pays),
            row.title.clone(),
        ]);
        grid.add_row(cells);
    }
    format!(
        "\nEvery response alone, against none\n{}\n\
         days and saved: by how much the {} falls; per day: spend per calendar day bought; back per 1: what\n\
         the cost falls by for every unit spent; pays: share of iterations that cost less with it\n{}",
        grid.trim_fmt(),
        purchase.level,
        if has_npv { format!("NPV: by how much the {} rises\n", purchase.npv_name()) } else { String::new() }
    )
}

fn frontier(purchase: &PurchaseReport) -> String {
    let (level, currency) = (&purchase.level, &purchase.currency);
    let npv = purchase.npv_name();
    let has_npv = purchase.none.npv.is_some();
    let (spend, finish, cost) =
        (format!("spend {currency}"), format!("{level} finish"), format!("{level} cost"));
    let mut header: Vec<&str> = vec![&spend, &finish, "days", &cost];
    if has_npv {
        header.push(&npv);
    }
    header.push("responses");
    let mut grid = grid(&header, &[header.len() - 1]);
    for row in &purchase.frontier {
        let mut cells = vec![
            whole(row.spend),
            row.finish.map_or("never".into(), |date| date.to_string()),
            row.days.map_or("-".into(), |days| format!("{days:.1}")),
            whole(row.cost),
        ];
        cells.extend(row.npv.map(whole));
        cells.push(row.responses.join(" "));
        grid.add_row(cells);
    }
    let which = if purchase.method == "exhaustive" { "" } else { ", of the sets that were simulated" };
    format!("\nWhat each further spend buys: sets that no cheaper set beats{which}\n{}\n", grid.trim_fmt())
}
