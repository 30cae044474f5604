//! A monthly cycle on recorded months of earned value: p80 reports the CPI and SPI that the record has.

#[path = "../examples/federal_office/record.rs"]
mod record;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Rows of a CSV file by their columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// A number as far as it is written: the record rounds to as many digits as it needs, four at most.
fn agrees(found: &str, recorded: &str) -> bool {
    match (found.parse::<f64>(), recorded.parse::<f64>()) {
        (Ok(found), Ok(recorded)) => (found - recorded).abs() < 1.01e-4,
        (Err(_), Err(_)) => found.is_empty() && recorded.is_empty(),
        // Nothing has been spent or planned yet: the record leaves the cell empty, and writes 0 for no progress.
        (Ok(found), Err(_)) => found == 0.0,
        (Err(_), Ok(_)) => false,
    }
}

// Seen to fail when the planned value is taken a day earlier, and when a task is left out of its project.
#[test]
fn every_recorded_cpi_and_spi_of_eighteen_months_comes_out_of_the_monthly_cycle() {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/risk"));
    if !data.join("federal_office_evm_monthly.csv").is_file() {
        println!("SKIPPED: the recorded earned value is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, text) in record::read(data).unwrap().files() {
        fs::create_dir_all(at(&name).parent().unwrap()).unwrap();
        fs::write(at(&name), text).unwrap();
    }
    let p80 = |args: &[&str]| {
        Command::cargo_bin("p80").unwrap().current_dir(folder.path()).args(args).assert().success();
    };
    p80(&["baseline", "office.toml"]);
    for date in ["2023-02-28", "2023-06-30", "2023-12-31", "2024-06-30"] {
        p80(&["status", "office.toml", "--date", date, "-n", "512", "--out", date]);
    }
    p80(&["compare", "office.toml", "--variant", "CO-001", "-n", "512"]);
    p80(&["verify", "2023-06-30"]);

    let found = rows(&at("2024-06-30/evm_projects.csv"));
    let mut compared = 0;
    for row in rows(&data.join("federal_office_evm_monthly.csv")) {
        if row["Cumulative_BCWP"].is_empty() {
            continue;
        }
        let id = format!("wp-{}", row["WBS_ID"].replace('.', "-"));
        let own = found
            .iter()
            .find(|own| own["project_id"] == id && own["status_date"] == row["Period_Date"])
            .unwrap_or_else(|| panic!("{id} on {} is missing", row["Period_Date"]));
        let close = |own: &str, recorded: &str| {
            let (own, recorded): (f64, f64) = (own.parse().unwrap(), recorded.parse().unwrap());
            (own - recorded).abs() < 0.06
        };
        let amounts =
            [("pv_USD", "Cumulative_BCWS"), ("ev_USD", "Cumulative_BCWP"), ("ac_USD", "Cumulative_ACWP")];
        for (own_name, name) in amounts {
            assert!(close(&own[own_name], &row[name]), "{name}: {own:?}\n{row:?}");
        }
        for (own_name, name) in [("cpi", "CPI"), ("spi", "SPI")] {
            assert!(agrees(&own[own_name], &row[name]), "{name}: {own:?}\n{row:?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 8 * 18);
    let log = rows(&at("office.forecast-log.csv"));
    let program = log.iter().filter(|row| row["kind"] == "program").count();
    assert_eq!(program, 4, "one forecast of the program per report");
}
