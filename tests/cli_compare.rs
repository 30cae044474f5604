//! Variants, comparisons and explanations on the command line.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command as Assert;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

const SCENARIO: &str = r#"
[program]
name = "Pilot"
start = 2027-01-11
targets = { finish = 2027-05-31, budget = 150_000 }

[[tasks]]
id = "design"
duration = { pert = ["10d", "15d", "30d"] }
cost = [{ rate = "800/d", units = 2 }]

[[tasks]]
id = "build"
after = ["design"]
duration = { pert = ["20d", "30d", "60d"] }

[[risks]]
id = "R-01"
title = "Key person leaves"
probability = 0.3
impact = [{ on = "build", delay = { triangular = ["5d", "10d", "30d"] }, cost = 10_000 }]

[variants.deputy]
title = "A deputy for the key person"
set = { "risks.R-01.probability" = 0.05 }

[variants.broken]
set = { "risks.R-1.probability" = 0.05 }
"#;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pilot.toml"), SCENARIO).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn p80(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        Assert::cargo_bin("p80").unwrap().current_dir(self.folder.path()).args(args).assert()
    }
}

#[test]
fn a_variant_is_simulated_recorded_and_verified() {
    let place = Place::new();
    place
        .p80(&["run", "pilot.toml", "-n", "2000", "--variant", "deputy", "-o", "results", "--no-charts"])
        .success()
        .stdout(contains("Pilot, variant deputy"));
    let manifest = fs::read_to_string(place.path("results/manifest.json")).unwrap();
    assert!(manifest.contains("\"variant\": \"deputy\""), "{manifest}");
    place.p80(&["verify", "results"]).success();
    fs::write(
        place.path("results/manifest.json"),
        manifest.replace("    \"variant\"", "    \"x\"").replace("  \"variant\": \"deputy\",\n", ""),
    )
    .unwrap();
    place.p80(&["verify", "results"]).code(1);
}

#[test]
fn check_checks_all_variants_and_run_the_one_that_is_asked_for() {
    let place = Place::new();
    place.p80(&["check", "pilot.toml"]).code(2).stderr(
        contains("in the variant `broken`: there is no risk `R-1`").and(contains("did you mean `R-01`?")),
    );
    place.p80(&["run", "pilot.toml", "-n", "512"]).success();
    place.p80(&["run", "pilot.toml", "-n", "512", "--variant", "broken"]).code(2).stderr(contains("S015"));
    place
        .p80(&["run", "pilot.toml", "--variant", "deptuy"])
        .code(2)
        .stderr(contains("unknown variant `deptuy`").and(contains("did you mean `deputy`?")));
}

#[test]
fn a_variant_is_compared_with_the_scenario_as_written() {
    let place = Place::new();
    place
        .p80(&["compare", "pilot.toml", "--variant", "deputy", "-n", "20000", "--out", "difference"])
        .success()
        .stdout(
            contains("probability of risk R-01: 0.3 -> 0.05")
                .and(contains("later after the change in 0.0 % of the iterations"))
                .and(contains("after:  A deputy for the key person")),
        );
    for name in [
        "comparison.json",
        "comparison.csv",
        "changes.csv",
        "manifest.json",
        "before/inputs/pilot.toml",
        "charts/comparison-finish.png",
        "charts/comparison-cost.svg",
    ] {
        assert!(place.path("difference").join(name).is_file(), "{name}");
    }
    let json = fs::read_to_string(place.path("difference/comparison.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["changes"][0]["key"], "probability");
    // A lower probability keeps a subset of the occurrences, so that nothing comes later.
    assert_eq!(json["later"]["value"], 0.0);
    let earlier = json["earlier"]["value"].as_f64().unwrap();
    assert!((earlier - 0.25).abs() < 0.01, "{earlier}");
    let p80 = json["finish"].as_array().unwrap().iter().find(|row| row["level"] == "P80").unwrap();
    assert!(p80["days"]["high"].as_f64().unwrap() < 0.0, "{p80}");
    place.p80(&["compare", "pilot.toml", "--variant", "deputy", "-o", "difference"]).code(2);
    place
        .p80(&["compare", "pilot.toml", "--variant", "deputy", "-o", "difference", "--force", "-n", "512"])
        .success();
}

#[test]
fn files_are_compared_and_what_does_not_fit_is_refused() {
    let place = Place::new();
    let other = SCENARIO.replace("\"10d\", \"15d\", \"30d\"", "\"10d\", \"20d\", \"30d\"");
    fs::write(place.path("other.toml"), &other).unwrap();
    fs::write(place.path("dollars.toml"), other.replace("[program]", "[program]\ncurrency = \"USD\""))
        .unwrap();
    place
        .p80(&["compare", "pilot.toml", "other.toml", "-n", "512", "--format", "csv"])
        .success()
        .stdout(contains("level,finish_before_date").and(contains("P80")));
    place
        .p80(&["compare", "pilot.toml", "pilot.toml", "-n", "512"])
        .success()
        .stdout(contains("say the same"));
    place.p80(&["compare", "pilot.toml"]).code(2).stderr(contains("name a second file"));
    place.p80(&["compare", "pilot.toml", "other.toml", "--variant", "deputy"]).code(2);
    place.p80(&["compare", "pilot.toml", "dollars.toml"]).code(2).stderr(contains("USD"));
}

#[test]
fn an_iteration_is_found_by_its_percentile_and_told_in_full() {
    let place = Place::new();
    place
        .p80(&["explain", "pilot.toml", "-n", "5000", "--at", "cost.p90", "--out", "why"])
        .success()
        .stdout(contains("the first at cost.p90").and(contains("What drove the finish")));
    for name in ["iteration.json", "iteration.csv", "charts/iteration.png", "inputs/pilot.toml"] {
        assert!(place.path("why").join(name).is_file(), "{name}");
    }
    // The iteration has the value that the run reports, and the row of the same number of its iterations.csv.
    place.p80(&["run", "pilot.toml", "-n", "5000", "--iterations-csv", "--no-charts", "-o", "run"]).success();
    let read = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    let json = |name: &str| serde_json::from_str::<serde_json::Value>(&read(name)).unwrap();
    let (iteration, summary) = (json("why/iteration.json"), json("run/summary.json"));
    assert_eq!(iteration["cost"], summary["cost"]["p90"]["value"]);
    let number = iteration["iteration"].as_u64().unwrap();
    let rows = read("run/iterations.csv");
    let row: Vec<&str> = rows.lines().nth(number as usize + 1).unwrap().split(',').collect();
    assert_eq!(row[0], number.to_string());
    assert_eq!(row[1], iteration["finish"].as_str().unwrap());
    assert_eq!(row[2].parse::<f64>().unwrap(), iteration["cost"].as_f64().unwrap());
    // No earlier row has that cost.
    let cost = |line: &str| line.split(',').nth(2).unwrap().parse::<f64>().unwrap();
    let first = rows.lines().skip(1).position(|line| cost(line) == iteration["cost"].as_f64().unwrap());
    assert_eq!(first, Some(number as usize));
    let path = iteration["path"].as_array().unwrap();
    assert_eq!(path[0]["id"], "build");
    assert_eq!(path[0]["held_by"][0], "design FS");
    assert_eq!(path[1]["held_by"][0], "the start of the program");
    for task in iteration["tasks"].as_array().unwrap() {
        let days = |key: &str| task[key].as_f64().unwrap();
        assert!((days("own_days") + days("risk_days") - days("days")).abs() < 0.11, "{task}");
    }
}

#[test]
fn an_iteration_that_is_not_there_is_refused() {
    let place = Place::new();
    place.p80(&["explain", "pilot.toml", "-n", "512", "--iteration", "511"]).success();
    place.p80(&["explain", "pilot.toml", "-n", "512", "-i", "512"]).code(2).stderr(contains("0 to 511"));
    place.p80(&["explain", "pilot.toml", "--at", "end.p80"]).code(2);
    place.p80(&["explain", "pilot.toml", "--at", "milestones.live.p80"]).code(2).stderr(contains("live"));
}

#[test]
fn an_analysis_tells_sensitivities_and_what_holds_together() {
    let place = Place::new();
    place.p80(&["analyse", "pilot.toml", "-n", "8192", "--out", "why"]).success().stdout(
        contains("Sensitivity of the finish to durations")
            .and(contains("Paths that drive the finish"))
            .and(contains("Balanced pairs of date and budget")),
    );
    for name in [
        "sensitivity.csv",
        "tornado-finish.csv",
        "tornado-cost.csv",
        "paths.csv",
        "merges.csv",
        "joint.csv",
        "charts/tornado-finish.png",
        "charts/joint.png",
        "charts/schedule.png",
    ] {
        assert!(place.path("why").join(name).is_file(), "{name}");
    }
    let json = fs::read_to_string(place.path("why/analysis.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    // Two tasks in a row: both always critical, one path, no merge.
    let rows = json["sensitivity"]["tasks"].as_array().unwrap();
    assert!(
        rows.iter().all(|row| row["criticality"] == 1.0 && row["significance"].as_f64().unwrap() > 0.999)
    );
    assert_eq!(json["sensitivity"]["paths"][0]["share"], 1.0);
    assert_eq!(json["sensitivity"]["merges"].as_array().unwrap().len(), 0);
    let shares = &json["joint"]["quadrants"];
    let sum: f64 =
        ["both", "only_date", "only_budget", "neither"].iter().map(|key| shares[key].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 3e-4, "{shares}");
}
