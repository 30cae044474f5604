//! Many variants, and many programs, on the same draws.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

use crate::place::{Place, SCENARIO};

const SWEEP: [&str; 6] =
    ["sweep", "pilot.toml", "--vary", "risks.R-01.probability=0.1..0.5:0.1", "-n", "2048"];

/// The rows of a CSV file by their headers.
fn rows(place: &Place, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = place.text(name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn parts(place: &Place, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(place.path(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".part")).collect();
    names.sort();
    names
}

#[test]
fn a_row_holds_the_numbers_of_the_scenario_with_that_value() {
    let place = Place::new();
    place.p80(&[&SWEEP[..], &["--out", "sweep"]].concat()).success().stdout(contains("5 variants of 2,048"));
    place.holds(
        "sweep",
        &[
            "sweep.json",
            "manifest.json",
            "charts/sweep-finish.png",
            "charts/sweep-cost.svg",
            "inputs/pilot.toml",
        ],
    );
    assert!(!place.path("sweep.parts").exists(), "parts are gone at the end");
    let table = rows(&place, "sweep/sweep.csv");
    assert_eq!(table.len(), 5 * 3, "finish, milestone and cost of each");
    for (at, probability) in ["0.1", "0.2", "0.3", "0.4", "0.5"].iter().enumerate() {
        place.write(
            "one.toml",
            &SCENARIO.replace("probability = 0.3", &format!("probability = {probability}")),
        );
        let run = place.output_json(&["run", "one.toml", "-n", "2048"]);
        let row =
            |outcome: &str| table[at * 3..at * 3 + 3].iter().find(|row| row["outcome"] == outcome).unwrap();
        assert_eq!(&row("finish")["risks.R-01.probability"], probability);
        for level in ["p10", "p50", "p80", "p90"] {
            let finish = &run["finish"][level];
            assert_eq!(row("finish")[&format!("{level}_date")], finish["date"].as_str().unwrap());
            assert_eq!(row("finish")[&format!("{level}_high_date")], finish["high"].as_str().unwrap());
            let live = &run["milestones"]["live"]["finish"][level];
            assert_eq!(row("milestones.live")[&format!("{level}_date")], live["date"].as_str().unwrap());
            let cost = &run["cost"][level];
            let amount: f64 = row("cost")[&format!("{level}_amount")].parse().unwrap();
            assert_eq!(Some(amount), cost["value"].as_f64());
        }
        let chance: f64 = row("finish")["target_probability"].parse().unwrap();
        assert_eq!(Some(chance), run["finish"]["target"]["probability"]["value"].as_f64());
    }
}

#[test]
fn values_of_several_paths_are_combined_and_units_dates_and_laws_are_values() {
    let place = Place::new();
    let varied = [
        "--vary",
        "program.start=2027-01-11..2027-02-08:2w",
        "--vary",
        "tasks.build.duration=30d,{ pert = [\"20d\", \"30d\", \"60d\"] }",
    ];
    let out = ["-n", "512", "--out", "sweep", "--no-charts", "--format", "csv"];
    let text = place.output(&[&["sweep", "pilot.toml"], &varied[..], &out].concat());
    assert_eq!(
        text.as_bytes(),
        &place.text("sweep/sweep.csv").as_bytes()[3..],
        "the table without the mark of Excel"
    );
    let table = rows(&place, "sweep/sweep.csv");
    let finish: Vec<_> = table.iter().filter(|row| row["outcome"] == "finish").collect();
    assert_eq!(finish.len(), 6);
    assert!(finish.windows(2).all(|pair| pair[0]["variant"] < pair[1]["variant"]));
    assert_eq!(finish[2]["program.start"], "2027-01-25");
    assert_eq!(finish[2]["tasks.build.duration"], "30d");
    assert!(finish[0]["p50_date"] < finish[2]["p50_date"] && finish[2]["p50_date"] < finish[4]["p50_date"]);
    let json: Value = place.json("sweep/sweep.json");
    assert_eq!((json["rows"].as_array().unwrap().len(), &json["variants"]), (6, &6.into()));
}

#[test]
fn programs_of_a_folder_are_compared_on_the_same_draws() {
    let place = Place::new();
    place.write("all/a.toml", SCENARIO);
    place.write("all/b.toml", &SCENARIO.replace("\"Pilot\"", "\"Second\""));
    place.write("all/part.toml", "[[risks]]\nid = \"R-02\"\n");
    place.write("all/notes.txt", "[program]");
    place.p80(&["sweep", "--programs", "all", "-n", "1024", "--out", "sweep"]).success();
    let table = rows(&place, "sweep/sweep.csv");
    let of = |file: &str| -> Vec<String> {
        table.iter().filter(|row| row["program"] == file).map(|row| row["p80_date"].clone()).collect()
    };
    assert_eq!((of("a.toml").len(), of("a.toml")), (3, of("b.toml")), "the name of a program draws nothing");
    place.holds("sweep", &["a.toml/inputs/a.toml", "b.toml/inputs/b.toml"]);
    fs::create_dir(place.path("none")).unwrap();
    place.p80(&["sweep", "--programs", "none", "--out", "x"]).code(2).stderr(contains("no `.toml` file"));
}

#[test]
fn shards_of_a_sweep_are_merged_to_the_same_table() {
    let place = Place::new();
    place.p80(&[&SWEEP[..], &["--out", "single"]].concat()).success();
    // Fewer shards than variants, as many parts as variants; more shards, and every variant has several.
    for (of, parts_of_all) in [(3, 5), (7, 10)] {
        let folder = format!("parts-{of}");
        for shard in (1..=of).rev() {
            let shard = format!("{shard}/{of}");
            place.p80(&[&SWEEP[..], &["--shard", &shard, "--out", &folder]].concat()).success();
        }
        assert_eq!(parts(&place, &folder).len(), parts_of_all);
        let out = format!("merged-{of}");
        place.p80(&["merge", &folder, "--out", &out]).success();
        for name in ["sweep.csv", "sweep.json", "manifest.json", "charts/sweep-finish.svg"] {
            assert_eq!(place.text(&format!("{out}/{name}")), place.text(&format!("single/{name}")), "{name}");
        }
    }
}

#[test]
fn missing_and_damaged_parts_of_a_sweep_are_refused_or_left_out() {
    let place = Place::new();
    for shard in ["1/2", "2/2"] {
        place.p80(&[&SWEEP[..], &["--shard", shard, "--out", "parts"]].concat()).success();
    }
    let names = parts(&place, "parts");
    let path = |at: usize| place.path("parts").join(&names[at]);
    let whole = fs::read(path(0)).unwrap();
    fs::write(path(0), &whole[..whole.len() - 9]).unwrap();
    fs::copy(path(2), path(1)).unwrap();
    fs::remove_file(path(3)).unwrap();
    place.p80(&["merge", "parts", "--out", "all"]).code(2).stderr(
        contains("truncated")
            .and(contains("it is the part of another variant"))
            .and(contains("is missing"))
            .and(contains("3 of 5 variants are missing")),
    );
    assert!(!place.path("all").exists());
    place.p80(&["merge", "parts", "--out", "all", "--partial"]).success().stderr(contains("warning"));
    assert_eq!(rows(&place, "all/sweep.csv").len(), 2 * 3);
    assert_eq!(place.json("all/sweep.json")["missing"].as_array().unwrap().len(), 3);
    // The sweep itself makes them again, and only them.
    place.p80(&[&SWEEP[..], &["--shard", "1/1", "--out", "parts"]].concat()).success();
    assert_eq!(fs::read(path(0)).unwrap(), whole);
    place.p80(&["merge", "parts", "--out", "whole"]).success();
    assert_eq!(rows(&place, "whole/sweep.csv").len(), 5 * 3);
}

#[test]
fn what_cannot_be_varied_is_refused_before_anything_is_simulated() {
    let place = Place::new();
    let refused = |vary: &str| place.p80(&["sweep", "pilot.toml", "--vary", vary, "--out", "x"]).code(2);
    refused("risks.R-09.probability=0.1")
        .stderr(contains("there is no risk `R-09`").and(contains("--vary:1:1")));
    refused("risks.R-01.probability=0.5..1.5:0.5").stderr(contains("1.5"));
    refused("risks.R-01.probability").stderr(contains("is no PATH=VALUES"));
    refused("risks.R-01.probability=0.1..0.5").stderr(contains("is no range"));
    place.p80(&["sweep", "pilot.toml", "--out", "x"]).code(2);
    place.p80(&SWEEP).code(2).stderr(contains("--out"));
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
}

/// Starts a process 50 times and kills it at a random moment of the time that it takes; `check` looks at what it left
/// behind, and `reset` begins anew where it was done before it was killed. How often it was killed in its work.
fn killed(place: &Place, args: &[&str], check: impl Fn(), reset: impl Fn()) -> usize {
    let start = || place.process(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    assert!(start().wait().unwrap().success());
    let most = began.elapsed().as_micros() as u64 * 6 / 5;
    reset();
    let (mut state, mut kills) = (12_345_u64, 0);
    for _ in 0..50 {
        let mut process = start();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((state >> 20) % most));
        let is_done = process.try_wait().unwrap().is_some();
        process.kill().unwrap();
        process.wait().unwrap();
        check();
        if is_done {
            reset();
        } else {
            kills += 1;
        }
    }
    kills
}

#[test]
fn a_sweep_killed_at_any_moment_leaves_nothing_half_done_and_goes_on() {
    // What a kill within a write would leave, which is rare, is refused: every cut of a file is tried elsewhere.
    let place = Place::new();
    let sweep = [
        "sweep",
        "pilot.toml",
        "--vary",
        "risks.R-01.probability=0.01..0.30:0.01",
        "-n",
        "1000",
        "--no-charts",
    ];
    let args = [&sweep[..], &["--parts", "parts", "--out", "sweep"]].concat();
    let check = || {
        let Ok(entries) = fs::read_dir(place.path("parts")) else { return };
        for path in entries.map(|entry| entry.unwrap().path()) {
            // Whatever is there under the name of a part is whole.
            if path.extension().is_some_and(|ending| ending == "part") {
                let bytes = fs::read(&path).unwrap();
                let first = bytes.iter().position(|&byte| byte == b'\n').unwrap();
                let line = String::from_utf8_lossy(&bytes[..first]).into_owned();
                assert!(line.ends_with(&format!(" {} bytes", bytes.len())), "{line}: {} bytes", bytes.len());
            }
        }
    };
    // Killed after the folder was named and before the end, it is done as well.
    let reset = || {
        let _ = fs::remove_dir_all(place.path("sweep"));
        let _ = fs::remove_dir_all(place.path("parts"));
    };
    let kills = killed(&place, &args, check, reset);
    assert!(kills >= 10, "only {kills} of 50 came before the end");
    place.p80(&[&args[..], &["--force"]].concat()).success();
    place.p80(&[&sweep[..], &["--out", "single"]].concat()).success();
    assert_eq!(place.text("sweep/sweep.csv"), place.text("single/sweep.csv"));
    assert_eq!(parts(&place, "parts").len(), 30);
    place.p80(&["merge", "parts", "--out", "merged", "--no-charts"]).success();
    assert_eq!(place.text("merged/sweep.csv"), place.text("single/sweep.csv"));
}

#[test]
fn a_shard_killed_at_any_moment_leaves_no_file_that_would_be_merged() {
    let place = Place::new();
    let args =
        ["run", "pilot.toml", "-n", "10000", "--shard", "1/1", "--out", "part.shard", "--iterations-csv"];
    let check = || {
        if place.path("part.shard").exists() {
            place.p80(&["merge", "part.shard"]).success();
            fs::remove_file(place.path("part.shard")).unwrap();
        }
    };
    let kills = killed(&place, &args, check, || ());
    assert!(kills >= 10, "only {kills} of 50 came before the end");
    place.p80(&[&args[..], &["--force"]].concat()).success();
    place.p80(&["merge", "part.shard", "--no-charts", "--iterations-csv", "--out", "merged"]).success();
    let single = ["run", "pilot.toml", "-n", "10000", "--no-charts", "--iterations-csv", "--out", "single"];
    place.p80(&single).success();
    assert_eq!(place.text("merged/iterations.csv"), place.text("single/iterations.csv"));
}
