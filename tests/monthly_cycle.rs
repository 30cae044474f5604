//! The program that ships with its reports: what it keeps beside itself is what p80 says today.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The reports of the scenario, in the order in which they were made.
const REPORTS: [&str; 7] =
    ["2027-03-01", "2027-04-01", "2027-05-04", "2027-06-01", "2027-07-01", "2027-08-02", "2027-09-01"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn p80(args: &[&str], kept: &[&str]) -> String {
    let mut command = Command::cargo_bin("p80").unwrap();
    let done = command.current_dir(root()).args(args).args(kept).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

// Seen to fail when one figure of the log and when one cost of the baseline is changed.
#[test]
fn the_shipped_baseline_and_forecast_log_are_what_p80_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (baseline, log) = (path("baseline.json"), path("log.csv"));
    let file = "scenarios/data.toml";
    p80(&["baseline", file, "--date", "2027-01-22"], &["--baseline", &baseline]);
    let shipped = fs::read_to_string(root().join("scenarios/data.baseline.json")).unwrap();
    let written = fs::read_to_string(&baseline).unwrap();
    assert!(
        written == shipped,
        "renew it: rm scenarios/data.baseline.json; p80 baseline scenarios/data.toml --date 2027-01-22"
    );
    let kept = ["--baseline", baseline.as_str(), "--log", log.as_str()];
    let mut last = String::new();
    for date in REPORTS {
        last = p80(&["status", file, "-n", "16384", "--date", date], &kept);
    }
    let shipped = fs::read_to_string(root().join("scenarios/data.forecast-log.csv")).unwrap();
    let written = fs::read_to_string(&log).unwrap();
    assert!(
        written == shipped,
        "renew it: rm scenarios/data.forecast-log.csv; p80 status scenarios/data.toml -n 16384 --date {}",
        REPORTS.join(", ")
    );
    // The story: the complaint about the tender in March was the worst of it.
    for part in ["Progress on 2027-09-01: 19 tasks finished", "2027-09-01", "earlier forecasts"] {
        assert!(last.contains(part), "`{part}` is missing in\n{last}");
    }
}
