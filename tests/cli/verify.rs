//! Recorded results come out again, or it is said why not.

use std::fs;
use std::path::PathBuf;

use assert_cmd::assert::Assert;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

use crate::place::{Place, SCENARIO};

/// A scenario in a folder of its own and its results in `results`.
struct Run {
    place: Place,
}

impl Run {
    /// Runs the scenario with these arguments.
    fn new(args: &[&str]) -> Self {
        let run = Self { place: Place::new() };
        run.place.write("plan/pilot.toml", SCENARIO);
        run.run(args);
        run
    }

    fn run(&self, args: &[&str]) {
        let run = ["run", "plan/pilot.toml", "--no-charts", "--out", "results"];
        self.place.p80(&[&run, args].concat());
    }

    fn verify(&self) -> Assert {
        self.place.p80(&["verify", "results"])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path("results").join(name)
    }

    fn json(&self, name: &str) -> Value {
        self.place.json(&format!("results/{name}"))
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
        let results = Run::new(args);
        results.verify().success().stdout(contains("the results come out again"));
        results.place.p80(&["verify", "results", "--threads", "3"]).success();
    }
}

#[test]
fn a_changed_number_is_found_and_named_with_exit_code_1() {
    let results = Run::new(&["-n", "2000", "--iterations-csv"]);
    let summary = results.json("summary.json");
    let value = summary["cost"]["p80"]["value"].to_string();
    results.edit("summary.json", &value, "1.5");
    results.verify().code(1).stdout(
        contains("the results DIFFER").and(contains("recorded 1.5, now")).and(contains("1 value differs")),
    );
    let verdict = results.place.output_json(&["verify", "results"]);
    assert_eq!(verdict["equal"], false);
    let file = &verdict["files"][0];
    assert_eq!((&file["file"], &file["count"]), (&"summary.json".into(), &1.into()));
    assert!(file["differences"][0]["place"].as_str().unwrap().starts_with("cost."), "{file}");

    for (file, from, to) in [
        ("tasks.csv", "build", "built"),
        ("iterations.csv", "\r\n100,", "\r\n101,"),
        ("manifest.json", "\"seed\": 1", "\"seed\": 2"),
    ] {
        let results = Run::new(&["-n", "2000", "--iterations-csv"]);
        results.edit(file, from, to);
        results.verify().code(1).stdout(contains("the results DIFFER"));
    }
}

#[test]
fn a_file_that_was_only_laid_out_anew_is_equal() {
    let results = Run::new(&["-n", "2000"]);
    let summary = results.json("summary.json");
    fs::write(results.path("summary.json"), summary.to_string()).unwrap();
    let tasks = fs::read_to_string(results.path("tasks.csv")).unwrap();
    fs::write(results.path("tasks.csv"), tasks.replace("\r\n", "\n")).unwrap();
    results.verify().success().stdout(contains("equal by value"));
}

#[test]
fn changed_inputs_cannot_be_verified() {
    let results = Run::new(&["-n", "2000"]);
    results.edit("inputs/pilot.toml", "\"15d\"", "\"16d\"");
    results.verify().code(2).stderr(contains("inputs were changed").and(contains("pilot.toml")));
    let results = Run::new(&["-n", "2000"]);
    fs::remove_file(results.path("inputs/pilot.toml")).unwrap();
    results.verify().code(2).stderr(contains("inputs/pilot.toml"));
}

#[test]
fn other_streams_and_other_files_cannot_be_verified() {
    for (from, to, says) in [
        ("\"stream_version\": ", "\"stream_version\": 9", "random streams"),
        ("\"schema_version\": ", "\"schema_version\": 9", "schema version"),
        ("\"sampler\": \"", "\"sampler\": \"un", "unstratified"),
        ("\"iterations\": ", "\"iterations\": 9", "iterations"),
    ] {
        let results = Run::new(&["-n", "2000"]);
        results.edit("manifest.json", from, to);
        results.verify().code(2).stderr(contains(says));
    }
}

#[test]
fn what_is_no_results_folder_or_lacks_files_cannot_be_verified() {
    let results = Run::new(&["-n", "2000"]);
    results.place.p80(&["verify", "plan"]).code(2).stderr(contains("not a results folder"));
    results.place.p80(&["verify", "nowhere"]).code(2).stderr(contains("not a results folder"));
    results.place.p80(&["verify", "plan/pilot.toml"]).code(2);
    let remove = |name: &str| fs::remove_file(results.path(name)).unwrap();
    remove("tasks.csv");
    results.verify().code(2).stderr(contains("tasks.csv"));
    remove("manifest.json");
    results.verify().code(2).stderr(contains("manifest.json"));
    let results = Run::new(&["-n", "2000", "--iterations-csv"]);
    fs::remove_file(results.path("iterations.csv")).unwrap();
    results.verify().code(2).stderr(contains("iterations.csv"));
    let results = Run::new(&["-n", "2000"]);
    fs::write(results.path("manifest.json"), "{").unwrap();
    results.verify().code(2).stderr(contains("manifest"));
}

#[test]
fn inputs_from_beside_the_scenario_are_found_in_the_results() {
    let results = Run::new(&["-n", "1000"]);
    let (program, tasks) = SCENARIO.split_at(SCENARIO.find("[[tasks]]").unwrap());
    results.place.write("shared/tasks.toml", tasks);
    results.place.write("plan/pilot.toml", &format!("include = [\"../shared/tasks.toml\"]\n{program}"));
    results.run(&["-n", "2000", "--force"]);
    assert!(results.path("inputs/_up/shared/tasks.toml").is_file());
    results.verify().success();
    results.edit("inputs/_up/shared/tasks.toml", "\"60d\"", "\"61d\"");
    results.verify().code(2).stderr(contains("../shared/tasks.toml"));
}
