//! Earned value of a recorded project, month by month.

use std::path::PathBuf;

use p80::analysis::{EacMethod, EarnedValue, Tcpi};

/// Whether a number is the recorded one as far as that is written.
fn agrees(found: Option<f64>, written: &str) -> bool {
    let recorded: f64 = written.parse().unwrap();
    let digits = written.split_once('.').map_or(0, |(_, digits)| digits.len());
    // The recorded ratios have at least two digits, and come from amounts rounded to the cent.
    let half = 0.5 / 10_f64.powi(digits.max(2) as i32) + 1e-4 * recorded.abs().min(100.0);
    found.is_some_and(|found| (found - recorded).abs() <= half)
}

#[test]
fn the_indices_of_a_recorded_project_come_out_again() {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/risk/federal_office_evm_monthly.csv"
    ));
    if !path.is_file() {
        println!("SKIPPED: the recorded earned value is not here");
        return;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let (mut rows, mut wrong) = (0, Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let text = |name: &str| &row[columns.iter().position(|column| column == name).unwrap()];
        let number = |name: &str| text(name).parse::<f64>().unwrap_or(0.0);
        let value = EarnedValue {
            bac: number("BAC"),
            pv: number("Cumulative_BCWS"),
            ev: number("Cumulative_BCWP"),
            ac: number("Cumulative_ACWP"),
        };
        if value.ac == 0.0 || value.pv == 0.0 {
            continue;
        }
        rows += 1;
        let good = agrees(value.cpi(), text("CPI"))
            && agrees(value.spi(), text("SPI"))
            && (value.cost_variance() - number("CV")).abs() < 0.02
            && (value.schedule_variance() - number("SV")).abs() < 0.02;
        if !good {
            wrong.push(format!("{} {}: {:?} {:?}", text("Period"), text("WBS_ID"), value.cpi(), value.spi()));
        }
    }
    assert!(rows > 50, "{rows} rows");
    assert!(wrong.is_empty(), "{} of {rows}: {wrong:#?}", wrong.len());
}

#[test]
fn what_is_done_needs_no_performance_any_more() {
    let done = EarnedValue { bac: 100.0, pv: 100.0, ev: 100.0, ac: 120.0 };
    assert_eq!(done.tcpi(done.bac), Tcpi::Done);
    assert_eq!(done.eac(EacMethod::AsPlanned, None), Some(120.0));
}

const LINES: &str = r#"
[program]
name = "Lines"
start = 2027-01-04
finish = "erp.done"
[calendars.standard]
week = { mon-sun = "00:00-24:00" }
[projects.erp]
name = "ERP"
cost = [{ id = "licences", lump = 1_000, every = "month", from = 2027-01-14, to = 2027-04-01 }]
tasks = [
    { id = "build", duration = { fixed = "30ed" }, cost = { lump = { fixed = 600 } } },
    { id = "test", after = "build", duration = { fixed = "60ed" }, cost = { lump = { fixed = 600 } } },
]
milestones = [{ id = "done", after = "test" }]
[[costs]]
id = "office"
rate = "10/ed"
from = "erp.test"
to = "erp.test"
[[costs]]
lump = { fixed = 900 }
"#;

// Seen to fail when all of it is spread from the start of the program to its finish.
#[test]
fn what_projects_and_the_program_cost_is_planned_for_its_own_dates() {
    let files = p80::scenario::MemoryFiles::single("lines.toml", LINES);
    let program = p80::scenario::load(&files, "lines.toml").unwrap().program;
    let (seed, sampler) = (p80::draws::Seed(1), p80::draws::Sampler::Stratified);
    let simulation = p80::engine::Simulation::compile(&program, seed, sampler).unwrap();
    let work = p80::analysis::PlannedWork::of_plan(&simulation);
    assert_eq!(work.budget() / 100.0, 600.0 + 600.0 + 3_000.0 + 600.0 + 900.0);
    let by = |date: &str| work.planned_by(date.parse().unwrap()) / 100.0;
    // After 10 days a third of building and a ninth of the lump sum, but neither licences nor the office.
    assert!((by("2027-01-14") - (200.0 + 100.0 + 1_000.0)).abs() < 1e-6, "{}", by("2027-01-14"));
    assert!((by("2027-01-13T24:00") - by("2027-01-14")).abs() < 1e-6);
    assert!((by("2027-01-13") - (180.0 + 90.0)).abs() < 1e-6, "{}", by("2027-01-13"));
    // On the 60th day, half of the test and of the office.
    assert!(
        (by("2027-03-05") - (600.0 + 300.0 + 2_000.0 + 300.0 + 600.0)).abs() < 1e-6,
        "{}",
        by("2027-03-05")
    );
    let project = work.of_project(&program, p80::model::ProjectIx::new(0), "2027-03-05".parse().unwrap());
    assert!((project.planned / 100.0 - 2_900.0).abs() < 1e-6 && project.budget == 420_000.0, "{project:?}");
}
