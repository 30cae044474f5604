//! NPV, XNPV and IRR as LibreOffice computes them from the same flows.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use jiff::civil::Date;
use p80::analysis;
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::report::{Manifest, MoneyReport, Report};
use p80::results::Results;
use p80::scenario::{self, MemoryFiles};
use p80::units::Percentile;

/// A certain program: what it costs and brings follows from its calendar alone.
const CERTAIN: &str = r#"
[program]
name = "Certain"
start = 2027-01-04
finish = "live"
[[tasks]]
id = "build"
duration = { fixed = "150d" }
cost = [{ rate = "2_000/d", kind = "capex" }]
[[milestones]]
id = "live"
after = "build"
[[costs]]
rate = "3_000/emo"
from = "start"
to = 2030-06-30
kind = "opex"
[benefits.sales]
from = "live"
per_year = { fixed = 260_000 }
ramp = "6emo"
growth = "3 %"
until = 2030-12-31
[money]
valuation_date = 2027-01-04
discount_rate = "8 %"
discounting = "DATING"
"#;

/// What the program is worth by its convention, and its report.
fn money(dating: &str) -> (f64, MoneyReport) {
    let text = CERTAIN.replace("DATING", dating);
    let loaded = scenario::load(&MemoryFiles::single("certain.toml", &text), "certain.toml").unwrap();
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    let go = |_| ControlFlow::Continue(());
    let results = engine::run(&simulation, 0..1, || Results::new(&simulation), go).unwrap();
    let forecast = analysis::forecast(&simulation, &results, &[Percentile::P50]);
    let manifest = Manifest::new(&loaded.inputs, Seed(1), results.iterations, Sampler::Stratified);
    let report = Report::new(&simulation, &results, &forecast, manifest);
    let worth = results.worth.as_ref().unwrap();
    let npv = worth.npv.percentile(Percentile::P50).unwrap() as f64 / 100.0;
    (npv, report.money.unwrap())
}

/// Net flows by month: the last day of each, and benefits less costs.
fn flows(money: &MoneyReport) -> Vec<(Date, f64)> {
    let of = |part: &'static str| money.flow.iter().filter(move |row| row.part == part);
    of("cost")
        .map(|cost| {
            let won = of("benefit").find(|row| row.period == cost.period).map_or(0.0, |row| row.within.p50);
            (cost.to, won - cost.within.p50)
        })
        .collect()
}

/// A flat spreadsheet of values and formulas, one row each.
fn sheet(rows: &[(String, Vec<f64>)], formulas: &[String]) -> String {
    let mut body = String::new();
    for (date, values) in rows {
        body.push_str("<table:table-row>");
        if !date.is_empty() {
            write!(body, r#"<table:table-cell office:value-type="date" office:date-value="{date}"/>"#)
                .unwrap();
        }
        for value in values {
            write!(body, r#"<table:table-cell office:value-type="float" office:value="{value}"/>"#).unwrap();
        }
        body.push_str("</table:table-row>");
    }
    for formula in formulas {
        let formula = formula.replace('"', "&quot;");
        write!(
            body,
            r#"<table:table-row><table:table-cell table:formula="of:=TEXT({formula};&quot;0.00000000&quot;)"/></table:table-row>"#
        )
        .unwrap();
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="flows">{body}</table:table></office:spreadsheet></office:body></office:document>"#
    )
}

/// What the formulas come to, by LibreOffice without a window; [`None`] where it is not installed.
fn computed(folder: &Path, text: &str, count: usize) -> Option<Vec<f64>> {
    let file = folder.join("flows.fods");
    fs::write(&file, text).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.arg(profile).args(["--headless", "--convert-to", "csv", "--outdir"]).arg(folder).arg(&file);
    let Ok(output) = command.output() else {
        println!("SKIPPED: LibreOffice (`soffice`) is not installed");
        return None;
    };
    let Ok(csv) = fs::read_to_string(folder.join("flows.csv")) else {
        println!("SKIPPED: LibreOffice cannot convert here: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    };
    let lines: Vec<&str> = csv.lines().collect();
    let last = &lines[lines.len() - count..];
    Some(last.iter().map(|line| line.trim_matches([',', '"']).parse().expect(line)).collect())
}

// Seen to fail when the flows are dated on the first days of their months.
#[test]
fn a_spreadsheet_computes_the_same_net_present_value_and_rates_of_return() {
    let folder = tempfile::tempdir().unwrap();
    let (by_days, report) = money("days");
    let (by_years, _) = money("year-end");
    let flows = flows(&report);
    assert!(flows.len() > 40, "{} months", flows.len());

    // The valuation date heads the flows, because XNPV discounts to its first date.
    let mut rows = vec![("2027-01-04".to_owned(), vec![0.0])];
    rows.extend(flows.iter().map(|(date, flow)| (date.to_string(), vec![*flow])));
    // Years from the valuation date begin with its month.
    let mut years = Vec::new();
    for (_, flow) in flows.chunks(12).map(|year| (year[0].0, year.iter().map(|month| month.1).sum::<f64>())) {
        years.push((String::new(), vec![flow]));
    }
    let (months, first) = (rows.len(), rows.len() + 1);
    let last = months + years.len();
    rows.extend(years);
    let formulas = [
        format!("XNPV(0.08;[.B1:.B{months}];[.A1:.A{months}])"),
        format!("NPV(0.08;[.A{first}:.A{last}])"),
        format!("XIRR([.B2:.B{months}];[.A2:.A{months}])"),
    ];
    let Some(found) = computed(folder.path(), &sheet(&rows, &formulas), formulas.len()) else { return };
    // What p80 says is rounded to the cent, and so is every month that the spreadsheet adds up.
    let cents = 0.005 * months as f64;
    assert!((found[0] - by_days).abs() < cents, "XNPV {} against {by_days}", found[0]);
    assert!((found[1] - by_years).abs() < cents, "NPV {} against {by_years}", found[1]);
    let irr = report.business_case.unwrap().irr.p50.unwrap();
    assert!((found[2] - irr).abs() < 1e-6, "XIRR {} against {irr}", found[2]);

    // The published case: -100 now, 30, 40, 50 and 60 at the ends of the years.
    let year = [-100.0, 30.0, 40.0, 50.0, 60.0].map(|flow| (String::new(), vec![flow]));
    let formulas = ["NPV(0.1;[.A2:.A5])+[.A1]".to_owned(), "IRR([.A1:.A5])".to_owned()];
    let Some(found) = computed(folder.path(), &sheet(&year, &formulas), 2) else { return };
    assert!((found[0] - 38.877126).abs() < 1e-6 && (found[1] - 0.248883).abs() < 1e-6, "{found:?}");
}
