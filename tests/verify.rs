//! Recorded results come out again, or it is said why not.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command as Assert;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
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
name = "=build()"
after = ["design"]
duration = { pert = ["20d", "30d", "60d"] }

[[milestones]]
id = "live"
after = ["build"]
"#;

/// A folder with a scenario and its results.
struct Place {
    folder: TempDir,
}

impl Place {
    /// Runs the scenario with these arguments into `results`.
    fn new(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        fs::create_dir_all(place.folder.path().join("plan")).unwrap();
        fs::write(place.folder.path().join("plan/pilot.toml"), SCENARIO).unwrap();
        place.run(args);
        place
    }

    fn run(&self, args: &[&str]) {
        let run = ["run", "plan/pilot.toml", "--no-charts", "--out", "results"];
        self.p80(&[&run, args].concat());
    }

    fn p80(&self, args: &[&str]) -> assert_cmd::assert::Assert {
        Assert::cargo_bin("p80").unwrap().current_dir(self.folder.path()).args(args).assert()
    }

    fn verify(&self) -> assert_cmd::assert::Assert {
        self.p80(&["verify", "results"])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("results").join(name)
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn fresh_results_come_out_again_whatever_the_threads_and_the_way_of_writing() {
    for args in [
        &["-n", "5000"][..],
        &["-n", "5000", "--sampler", "random", "--seed", "77", "--csv-separator", ";"],
        &["-n", "2000", "--iterations-csv", "--csv-separator", "tab"],
        &["--precision", "2%", "--precision-of", "cost.p99.5"],
        &["--precision", "0.0001d", "--max-iterations", "20000"],
        &["-n", "2000", "--require", "finish.p97.25 <= 2029-01-01"],
    ] {
        let place = Place::new(args);
        place.verify().success().stdout(contains("the results come out again"));
        place.p80(&["verify", "results", "--threads", "3"]).success();
    }
}

#[test]
fn a_changed_number_is_found_and_named_with_exit_code_1() {
    let place = Place::new(&["-n", "2000", "--iterations-csv"]);
    let summary: Value = serde_json::from_slice(&fs::read(place.path("summary.json")).unwrap()).unwrap();
    let value = summary["cost"]["p80"]["value"].to_string();
    place.edit("summary.json", &value, "1.5");
    place.verify().code(1).stdout(
        contains("the results DIFFER").and(contains("recorded 1.5, now")).and(contains("1 value differs")),
    );
    let json = place.p80(&["verify", "results", "--format", "json"]).code(1);
    let verdict: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(verdict["equal"], false);
    let file = &verdict["files"][0];
    assert_eq!((&file["file"], &file["count"]), (&"summary.json".into(), &1.into()));
    assert!(file["differences"][0]["place"].as_str().unwrap().starts_with("cost."), "{file}");

    for (file, from, to) in [
        ("tasks.csv", "build", "built"),
        ("iterations.csv", "\r\n100,", "\r\n101,"),
        ("manifest.json", "\"seed\": 1", "\"seed\": 2"),
    ] {
        let place = Place::new(&["-n", "2000", "--iterations-csv"]);
        place.edit(file, from, to);
        place.verify().code(1).stdout(contains("the results DIFFER"));
    }
}

#[test]
fn a_file_that_was_only_laid_out_anew_is_equal() {
    let place = Place::new(&["-n", "2000"]);
    let summary: Value = serde_json::from_slice(&fs::read(place.path("summary.json")).unwrap()).unwrap();
    fs::write(place.path("summary.json"), summary.to_string()).unwrap();
    let tasks = fs::read_to_string(place.path("tasks.csv")).unwrap();
    fs::write(place.path("tasks.csv"), tasks.replace("\r\n", "\n")).unwrap();
    place.verify().success().stdout(contains("equal by value"));
}

#[test]
fn changed_inputs_cannot_be_verified() {
    let place = Place::new(&["-n", "2000"]);
    place.edit("inputs/pilot.toml", "\"15d\"", "\"16d\"");
    place.verify().code(2).stderr(contains("inputs were changed").and(contains("pilot.toml")));
    let place = Place::new(&["-n", "2000"]);
    fs::remove_file(place.path("inputs/pilot.toml")).unwrap();
    place.verify().code(2).stderr(contains("inputs/pilot.toml"));
}

#[test]
fn other_streams_and_other_files_cannot_be_verified() {
    for (from, to, says) in [
        ("\"stream_version\": ", "\"stream_version\": 9", "random streams"),
        ("\"schema_version\": ", "\"schema_version\": 9", "schema version"),
        ("\"sampler\": \"", "\"sampler\": \"un", "unstratified"),
        ("\"iterations\": ", "\"iterations\": 9", "iterations"),
    ] {
        let place = Place::new(&["-n", "2000"]);
        place.edit("manifest.json", from, to);
        place.verify().code(2).stderr(contains(says));
    }
}

#[test]
fn what_is_no_results_folder_or_lacks_files_cannot_be_verified() {
    let place = Place::new(&["-n", "2000"]);
    place.p80(&["verify", "plan"]).code(2).stderr(contains("not a results folder"));
    place.p80(&["verify", "nowhere"]).code(2).stderr(contains("not a results folder"));
    place.p80(&["verify", "plan/pilot.toml"]).code(2);
    let remove = |name: &str| fs::remove_file(place.path(name)).unwrap();
    remove("tasks.csv");
    place.verify().code(2).stderr(contains("tasks.csv"));
    remove("manifest.json");
    place.verify().code(2).stderr(contains("manifest.json"));
    let place = Place::new(&["-n", "2000", "--iterations-csv"]);
    fs::remove_file(place.path("iterations.csv")).unwrap();
    place.verify().code(2).stderr(contains("iterations.csv"));
    let place = Place::new(&["-n", "2000"]);
    fs::write(place.path("manifest.json"), "{").unwrap();
    place.verify().code(2).stderr(contains("manifest"));
}

#[test]
fn inputs_from_beside_the_scenario_are_found_in_the_results() {
    let place = Place::new(&["-n", "1000"]);
    let root: &Path = place.folder.path();
    fs::create_dir_all(root.join("shared")).unwrap();
    let (program, tasks) = SCENARIO.split_at(SCENARIO.find("[[tasks]]").unwrap());
    fs::write(root.join("shared/tasks.toml"), tasks).unwrap();
    fs::write(root.join("plan/pilot.toml"), format!("include = [\"../shared/tasks.toml\"]\n{program}"))
        .unwrap();
    place.run(&["-n", "2000", "--force"]);
    assert!(place.path("inputs/_up/shared/tasks.toml").is_file());
    place.verify().success();
    place.edit("inputs/_up/shared/tasks.toml", "\"60d\"", "\"61d\"");
    place.verify().code(2).stderr(contains("../shared/tasks.toml"));
}
