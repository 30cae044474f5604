//! `p80 run`: what it prints, what it writes, and what it leaves behind when it fails.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

use crate::place::{Place, SCENARIO};

#[test]
fn a_run_prints_a_forecast_and_writes_a_complete_folder() {
    let place = Place::new();
    place
        .p80(&["run", "pilot.toml", "-n", "20000", "--out", "results", "--no-charts", "--iterations-csv"])
        .success()
        .stdout(contains("P80").and(contains("target finish 2027-05-31")))
        .stderr(contains("wrote results"));
    let files = [
        "summary.json",
        "manifest.json",
        "percentiles.csv",
        "milestones.csv",
        "projects.csv",
        "tasks.csv",
        "risks.csv",
        "histogram.csv",
        "iterations.csv",
        "run.log",
    ];
    place.holds("results", &files);
    assert_eq!(place.text("results/inputs/pilot.toml"), SCENARIO);
    assert_eq!(place.leftovers(), ["results"]);

    let summary = place.json("results/summary.json");
    assert_eq!(summary["schema_version"], 1);
    assert_eq!(summary["manifest"]["iterations"], 20_480, "whole blocks");
    for field in ["date", "low", "high"] {
        assert_eq!(summary["finish"]["p80"][field].as_str().unwrap().len(), 10, "{field}");
        assert!(summary["milestones"]["live"]["finish"]["p80"][field].is_string(), "{field}");
    }
    assert!(summary["finish"]["p80"]["working_minutes"].is_u64());
    assert!(summary["finish"]["mean"]["date"].is_string());
    for field in ["value", "low", "high"] {
        assert!(summary["cost"]["p80"][field].is_f64(), "{field}");
    }
    assert!(summary["finish"]["target"]["probability"]["value"].as_f64().unwrap() > 0.9);

    let tasks = place.text("results/tasks.csv");
    assert!(tasks.starts_with('\u{feff}'), "Excel knows UTF-8 by the byte-order mark");
    assert!(tasks.contains("'=build()"), "a name is no formula");
    assert_eq!(place.text("results/iterations.csv").lines().count(), 20_481);
}

#[test]
fn a_percentile_with_a_wide_interval_is_not_to_be_quoted() {
    // Four iterations of five finish on one day, the fifth 20 weeks later: the P80 may be either.
    let place = Place::with(
        "[program]\nname = \"Step\"\nstart = 2027-01-11\n[[tasks]]\nid = \"build\"\nduration = { fixed = \"10d\" }\n\
         [[risks]]\nid = \"R\"\nprobability = 0.2\nimpact = [{ on = \"build\", delay = \"100d\" }]\n",
    );
    place
        .p80(&["run", "pilot.toml", "-n", "512", "--sampler", "random"])
        .success()
        .stdout(contains("Too uncertain to be quoted: P80, whose 95 % interval").and(contains("-n 12800")));
    let sure = place.text("pilot.toml").replace("probability = 0.2", "probability = 0.35");
    place.write("sure.toml", &sure);
    place
        .p80(&["run", "sure.toml", "-n", "512", "--sampler", "random"])
        .success()
        .stdout(contains("Too uncertain").not());
}

#[test]
fn work_for_which_no_window_is_left_is_named() {
    let place = Place::with(
        "[program]\nname = \"Slot\"\nstart = 2027-01-11\n\
         [calendars.slot]\nwindows = { start = [\"2027-02-01\", \"2027-02-08\"] }\n\
         [[tasks]]\nid = \"build\"\nduration = { pert = [\"10d\", \"15d\", \"30d\"] }\n\
         [[tasks]]\nid = \"cutover\"\ncalendar = \"slot\"\nduration = { fixed = \"1d\" }\nafter = [\"build\"]\n",
    );
    place
        .p80(&["run", "pilot.toml", "-n", "2000"])
        .code(2)
        .stdout(
            contains("no window is left, or a test never passes, for `cutover` in 1")
                .and(contains("`build`").not()),
        )
        .stderr(contains("no forecast to commit to"));
}

#[test]
fn the_same_run_gives_the_same_bytes_whatever_the_threads() {
    let place = Place::new();
    for (out, threads) in [("one", "1"), ("three", "3")] {
        place
            .p80(&["run", "pilot.toml", "-n", "5000", "--threads", threads, "-o", out, "--no-charts"])
            .success();
    }
    for name in ["summary.json", "manifest.json", "tasks.csv", "histogram.csv", "percentiles.csv"] {
        assert_eq!(place.text(&format!("one/{name}")), place.text(&format!("three/{name}")), "{name}");
    }
}

#[test]
fn json_and_csv_go_to_standard_output_alone() {
    let place = Place::new();
    let json = place.output(&["run", "pilot.toml", "-n", "1000", "--format", "json"]);
    serde_json::from_str::<Value>(&json).unwrap();
    let text = place.output(&["run", "pilot.toml", "-n", "1000", "--format", "csv", "--csv-separator", ";"]);
    assert!(text.starts_with("percentile;finish_date;"), "{text}");
    assert_eq!(text.lines().count(), 100);
    assert!(place.leftovers().is_empty());
}

#[test]
fn standard_input_is_a_scenario_too() {
    let place = Place::new();
    place.p80_reads(&["run", "-", "-n", "1000"], SCENARIO).success().stdout(contains("Pilot"));
    place.p80_reads(&["check", "-"], "[program]\nnam = 1").code(2).stderr(contains("standard-input.toml:2"));
}

#[test]
fn requirements_decide_the_exit_code() {
    let place = Place::new();
    let run = |condition: &str| place.p80(&["run", "pilot.toml", "-n", "5000", "--require", condition]);
    run("finish.p80 <= 2027-12-31").success().stderr(contains("holds"));
    run("finish.p80 <= 2027-02-01").code(1).stderr(contains("does not hold"));
    run("milestones.live.target >= 99%").code(1);
    run("cost.p80 <= 10_000_000").success();
    run("finish.p80 <= soon").code(2).stderr(contains("expected a date"));
    run("projects.nope.cost.p80 <= 5").code(2).stderr(contains("no project `nope`"));
    run("cost.p8x <= 5").code(2);
}

#[test]
fn a_limit_inside_the_interval_is_too_close_to_call() {
    let place = Place::new();
    let summary = place.output_json(&["run", "pilot.toml", "-n", "600"]);
    let p80 = format!("cost.p80 <= {}", summary["cost"]["p80"]["value"]);
    place
        .p80(&["run", "pilot.toml", "-n", "600", "--require", &p80])
        .success()
        .stderr(contains("too close to call"));
    place.p80(&["run", "pilot.toml", "-n", "600", "--require-sure", &p80]).code(1);
}

#[test]
fn existing_results_are_never_overwritten_without_being_told() {
    let place = Place::new();
    let run = |args: &[&str]| place.p80(&[&["run", "pilot.toml", "-n", "600", "--no-charts"], args].concat());
    run(&["-o", "results"]).success();
    let before = place.text("results/summary.json");
    run(&["-o", "results", "--seed", "2"]).code(2).stderr(contains("--force"));
    assert_eq!(place.text("results/summary.json"), before);
    run(&["-o", "results", "--seed", "2", "--force"]).success();
    assert_ne!(place.text("results/summary.json"), before);

    place.write("mine/thesis.doc", "years of work");
    run(&["-o", "mine", "--force"]).code(2).stderr(contains("not a results folder"));
    assert_eq!(place.text("mine/thesis.doc"), "years of work");
    assert_eq!(place.leftovers(), ["mine", "results"]);
}

#[test]
fn what_cannot_be_written_costs_no_simulation_and_leaves_nothing() {
    let place = Place::new();
    place.write("file", "");
    // A hundred million iterations would take minutes: the path is looked at first.
    place
        .p80(&["run", "pilot.toml", "-n", "100000000", "--out", "file/results"])
        .code(2)
        .stderr(contains("failed to create"));
    place
        .p80(&["run", "pilot.toml", "-n", "2000000", "--iterations-csv", "--out", "results"])
        .code(2)
        .stderr(contains("1,048,575"));
    place.p80(&["run", "missing.toml"]).code(2).stderr(contains("missing.toml"));
    place.write("empty/notes.txt", "no scenario");
    place.p80(&["run", "empty"]).code(2).stderr(contains("neither a portfolio.toml"));
    place.p80(&["run", "pilot.toml", "--threads", "0"]).code(2);
    place.p80(&["run", "pilot.toml", "-n", "0"]).code(2);
    place.p80(&["run", "pilot.toml", "-n", "5000000000"]).code(2);
    assert_eq!(place.leftovers(), ["empty", "file"]);
}

#[test]
fn a_closed_pipe_is_quiet() {
    let place = Place::new();
    let mut child = place.process(&["run", "pilot.toml", "-n", "600"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(unix)]
#[test]
fn interrupting_a_run_leaves_nothing_behind() {
    let place = Place::new();
    let endless = ["run", "pilot.toml", "-n", "4000000000", "--out", "results"];
    let child = place.process(&endless).spawn().unwrap();
    // The run has begun when its unfinished folder is there; the handler is set right after.
    while place.leftovers().is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cancelled"));
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_nothing_that_looks_complete() {
    if !Path::new("/dev/full").exists() {
        println!("SKIPPED: /dev/full is not there");
        return;
    }
    let place = Place::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut run = place.process(&["run", "pilot.toml", "-n", "600"]);
    let status = run.stdout(full).stderr(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(2));

    // A file system of 64 KiB holds the scenario and no results.
    let small = place.path("small");
    fs::create_dir(&small).unwrap();
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&small)
        .stderr(Stdio::null())
        .status();
    if !mount.is_ok_and(|status| status.success()) {
        println!("SKIPPED: a small file system cannot be mounted here");
        return;
    }
    let run = place.p80(&["run", "pilot.toml", "-n", "20000", "--iterations-csv", "--out", "small/results"]);
    let left = fs::read_dir(&small).unwrap().count();
    assert!(Command::new("umount").arg(&small).status().unwrap().success());
    run.code(2).stderr(contains("failed to write"));
    assert_eq!(left, 0);
}

#[test]
fn a_scenario_without_a_command_is_run_and_its_results_stay_beside_it() {
    let place = Place::new();
    let path = place.path("pilot.toml");
    let run = || place.p80(&[path.to_str().unwrap()]);
    run().success().stdout(contains("P80")).stderr(contains("pilot-results"));
    place.holds("pilot-results", &["summary.json", "charts/finish.png"]);
    // What is there already is left alone.
    run().success();
    assert_eq!(place.leftovers(), ["pilot-results", "pilot-results-2"]);
    place.p80(&["nothing.toml"]).code(2);
}

#[test]
fn files_from_windows_are_read() {
    let place = Place::with(&format!("\u{feff}{}", SCENARIO.replace('\n', "\r\n")));
    let there = place.output_json(&["run", "pilot.toml", "-n", "512"]);
    let here = Place::new().output_json(&["run", "pilot.toml", "-n", "512"]);
    assert_eq!(there["finish"], here["finish"]);
    let table = "id,name,low,mode,high,unit\r\none,\"Eins\r\nzwei\",10,15,30,d\r\n";
    place.write("tasks.csv", &format!("\u{feff}{table}"));
    place.write(
        "pilot.toml",
        "tasks_csv = \"tasks.csv\"\r\n[program]\r\nname = \"T\"\r\nstart = 2027-01-11\r\n",
    );
    place.p80(&["run", "pilot.toml", "-n", "512"]).success();
}
