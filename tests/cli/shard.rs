//! One run in parts, as many machines do it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

use crate::place::Place;

/// Every file of a folder and below with its bytes, but the log of how long it took.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                add(&path, &format!("{name}/"), found);
            } else if name != "run.log" {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, "", &mut found);
    found
}

#[track_caller]
fn expect_same(place: &Place, one: &str, other: &str) {
    let (one, other) = (files(&place.path(one)), files(&place.path(other)));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

fn shard(place: &Place, args: &[&str], shard: &str, out: &str) -> assert_cmd::assert::Assert {
    place.p80(&[&["run"], args, &["--shard", shard, "--out", out]].concat())
}

#[test]
fn merged_shards_are_the_folder_of_the_single_run_byte_by_byte() {
    let place = Place::new();
    let run = ["pilot.toml", "-n", "20000", "--seed", "5", "--iterations-csv"];
    let more = ["--iterations-csv", "--require", "finish.p82.5 <= 2030-01-01"];
    let single = [&["run"], &run[..], &more[1..], &["--out", "single"]].concat();
    let single = place.output(&single);
    for part in ["3/4", "1/4", "4/4", "2/4"] {
        shard(&place, &run, part, "parts/")
            .success()
            .stdout(contains(format!("shard {part} (5,120 of 20,480 iterations)")));
    }
    // The scenario is in the parts: nothing else is needed.
    fs::remove_file(place.path("pilot.toml")).unwrap();
    let merged = place.output(&[&["merge", "parts", "--out", "merged"], &more[..]].concat());
    assert_eq!(merged, single);
    expect_same(&place, "merged", "single");
    place.p80(&["verify", "merged"]).success();
}

#[test]
fn a_program_with_money_risks_and_calendars_is_merged_as_well() {
    let place = Place::new();
    let erp = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/erp.toml");
    let run = [erp, "-n", "3000", "--sampler", "random", "--no-charts"];
    place.p80(&[&["run"], &run[..], &["--out", "single"]].concat()).success();
    for part in ["3/3", "2/3", "1/3"] {
        shard(&place, &run, part, &format!("part-{}", &part[..1])).success();
    }
    place.p80(&["merge", "part-2", "part-3", "part-1", "--no-charts", "--out", "merged"]).success();
    expect_same(&place, "merged", "single");
    let size = |name: &str| fs::metadata(place.path(name)).unwrap().len();
    assert!(size("part-1") < 2 << 20, "{} bytes", size("part-1"));
}

#[test]
fn a_shard_may_be_run_twice_and_never_replaces_another_file() {
    let place = Place::new();
    let run = ["pilot.toml", "-n", "2048"];
    shard(&place, &run, "2/2", "two").success().stdout(contains("written"));
    let bytes = fs::read(place.path("two")).unwrap();
    shard(&place, &run, "2/2", "two").success().stdout(contains("is already there"));
    assert_eq!(fs::read(place.path("two")).unwrap(), bytes);
    shard(&place, &run, "1/2", "two").code(2).stderr(contains("is a shard of another run"));
    fs::write(place.path("two"), &bytes[..bytes.len() / 2]).unwrap();
    shard(&place, &run, "2/2", "two").code(2).stderr(contains("truncated").and(contains("--force")));
    shard(&place, &run, "2/2", "pilot.toml").code(2).stderr(contains("it is no shard"));
    place.p80(&["run", "pilot.toml", "-n", "2048", "--shard", "2/2", "--out", "two", "--force"]).success();
    assert_eq!(fs::read(place.path("two")).unwrap(), bytes, "the same bits again");
}

#[test]
fn shards_that_are_no_whole_run_are_refused_with_every_reason() {
    let place = Place::new();
    let run = ["pilot.toml", "-n", "4096"];
    for part in ["1/4", "2/4", "3/4", "4/4"] {
        shard(&place, &run, part, &format!("p{}", &part[..1])).success();
    }
    let mut corrupt = fs::read(place.path("p2")).unwrap();
    let middle = corrupt.len() / 2;
    corrupt[middle] ^= 1;
    fs::write(place.path("corrupt"), &corrupt).unwrap();
    fs::write(place.path("cut"), &corrupt[..middle]).unwrap();
    shard(&place, &["pilot.toml", "-n", "4096", "--seed", "2"], "2/4", "other-seed").success();
    let refused = |args: &[&str]| place.p80(&[&["merge"], args].concat()).code(2);
    refused(&["p1", "p2", "p4"]).stderr(contains("1024 of 4096 iterations are missing: shard 3/4"));
    refused(&["p1", "p2", "p3", "p4", "p2"]).stderr(contains("shard 2/4 is there twice: `p2` holds it too"));
    refused(&["p1", "corrupt", "p3", "p4"]).stderr(contains("checksum"));
    refused(&["p1", "cut", "p3", "nowhere"]).stderr(
        contains("truncated").and(contains("`nowhere`: it cannot be read")).and(contains("shards 2/4, 4/4")),
    );
    refused(&["p1", "other-seed", "p3", "p4"]).stderr(contains("the seed is 2 here, and 1 in `p1`"));
    refused(&["p1", "other-seed", "p3", "p4", "--partial"]).stderr(contains("of another run"));
    refused(&["p1", "pilot.toml", "p2", "p3", "p4"]).stderr(contains("`pilot.toml`: it is no shard"));
    assert!(!place.path("all").exists());

    // What is there can be merged on request, and says of itself what it is.
    place
        .p80(&["merge", "p1", "cut", "p3", "p3", "--partial", "--out", "all"])
        .success()
        .stderr(contains("2048 of 4096 iterations are missing: shards 2/4, 4/4").and(contains("twice")));
    let manifest = place.json("all/manifest.json");
    assert_eq!(
        (&manifest["iterations"], &manifest["blocks"]),
        (&2048.into(), &serde_json::json!([[0, 2], [4, 6]]))
    );
    place.p80(&["verify", "all"]).success();
}

#[test]
fn what_a_part_of_a_run_cannot_answer_is_refused() {
    let place = Place::new();
    let refused = |args: &[&str]| {
        place.p80(&[&["run", "pilot.toml", "--shard", "1/2", "--out", "part"], args].concat()).code(2)
    };
    refused(&["--precision", "1d"]).stderr(contains("--shard cannot be used with --precision"));
    refused(&["--require", "finish.p80 <= 2027-06-30"]).stderr(contains("ask `p80 merge`"));
    refused(&["--report", "a.html"]).stderr(contains("--report"));
    refused(&["--format", "csv"]).stderr(contains("--format csv"));
    place.p80(&["run", "pilot.toml", "--shard", "1/2"]).code(2).stderr(contains("--out"));
    place
        .p80(&["run", "pilot.toml", "--shard", "3/2", "--out", "part"])
        .code(2)
        .stderr(contains("`3/2` is no shard"));
    place.p80(&["status", "pilot.toml", "--shard", "1/2"]).code(2);
    assert!(place.leftovers().is_empty(), "{:?}", place.leftovers());
    // Columns that were not kept cannot be merged.
    shard(&place, &["pilot.toml", "-n", "512"], "1/1", "part").success();
    place
        .p80(&["merge", "part", "--out", "x", "--iterations-csv"])
        .code(2)
        .stderr(contains("not all shards kept"));
}

#[test]
fn the_number_of_a_shard_comes_from_the_scheduler() {
    let place = Place::new();
    let run = |variables: &[(&str, &str)], choice: &str| {
        let mut command = Command::cargo_bin("p80").unwrap();
        command.current_dir(place.root()).envs(variables.iter().copied());
        command.args(["run", "pilot.toml", "-n", "2048", "--shard", choice, "--out", "parts/"]).assert()
    };
    let slurm =
        [("SLURM_ARRAY_TASK_ID", "12"), ("SLURM_ARRAY_TASK_MIN", "10"), ("SLURM_ARRAY_TASK_COUNT", "4")];
    run(&slurm, "auto").success().stdout(contains("shard 3/4"));
    run(&[("JOB_COMPLETION_INDEX", "0")], "auto/4").success().stdout(contains("shard 1/4"));
    run(&[("JOB_COMPLETION_INDEX", "0")], "auto").code(2).stderr(contains("`--shard auto/N`"));
    let batch = [("AWS_BATCH_JOB_ARRAY_INDEX", "3"), ("AWS_BATCH_JOB_ARRAY_SIZE", "4")];
    run(&batch, "auto").success().stdout(contains("shard 4/4"));
    run(&slurm, "2/4").success().stdout(contains("shard 2/4"));
    run(&[], "auto").code(2).stderr(contains("none of them is set"));
    place.p80(&["merge", "parts"]).success();
}

#[test]
fn a_plan_names_every_part_and_its_command() {
    let place = Place::new();
    let plan: serde_json::Value = serde_json::from_str(&place.output(&[
        "shards",
        "pilot.toml",
        "-n",
        "5000",
        "--into",
        "4",
        "--seed",
        "3",
    ]))
    .unwrap();
    assert_eq!((&plan["blocks"], plan["shards"].as_array().unwrap().len()), (&10.into(), 4));
    for shard in plan["shards"].as_array().unwrap() {
        let words: Vec<&str> =
            shard["command"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
        place.p80(&words[1..]).success();
        assert!(place.path(shard["file"].as_str().unwrap()).is_file());
    }
    let merge: Vec<&str> = plan["merge"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
    place.p80(&merge[1..]).success();
    place.p80(&["run", "pilot.toml", "-n", "5000", "--seed", "3", "--out", "single"]).success();
    expect_same(&place, "results", "single");
    place.p80(&["shards", "pilot.toml", "--into", "0"]).code(2);
}

#[test]
fn a_variant_and_a_program_under_way_are_merged_as_they_are_run() {
    let place = Place::with(&format!(
        "{}\n[variants.slow]\nset = {{ \"tasks.build.duration\" = {{ fixed = \"70d\" }} }}\n",
        crate::place::SCENARIO.replace("name = \"Pilot\"", "name = \"Pilot\"\nstatus_date = 2027-01-18")
            + "\n[[status]]\ndate = 2027-01-18\ntasks = { design = { start = 2027-01-12 } }\n"
    ));
    for variant in [&[][..], &["--variant", "slow"]] {
        let run = [&["pilot.toml", "-n", "1024"], variant].concat();
        for part in ["1/2", "2/2"] {
            shard(&place, &run, part, &format!("part-{}", &part[..1])).success();
        }
        place.p80(&[&["run"], &run[..], &["--out", "single", "--no-charts"]].concat()).success();
        place.p80(&["merge", "part-1", "part-2", "--out", "merged", "--no-charts"]).success();
        expect_same(&place, "merged", "single");
        for name in ["single", "merged"] {
            fs::remove_dir_all(place.path(name)).unwrap();
        }
        ["part-1", "part-2"].into_iter().for_each(|name| fs::remove_file(place.path(name)).unwrap());
    }
}
