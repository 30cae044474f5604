//! `p80 analyse` and `p80 respond` on scenarios that are shipped.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

fn p80(args: &[&str]) -> assert_cmd::assert::Assert {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::cargo_bin("p80").unwrap().current_dir(root).args(args).assert()
}

#[test]
fn an_analysis_explains_the_percentile_that_is_asked_for() {
    let small = ["analyse", "scenarios/minimal.toml", "-n", "1024"];
    p80(&small).success().stdout(contains("P80 and why").and(contains("contingency")));
    p80(&[&small[..], &["--percentile", "p90"]].concat()).success().stdout(contains("P90 and why"));
}

#[test]
fn the_same_analysis_gives_the_same_json_whatever_the_threads() {
    let args = ["analyse", "scenarios/minimal.toml", "-n", "2048", "--format", "json"];
    let json = |threads: &str| {
        let done = p80(&[&args[..], &["--threads", threads]].concat()).success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    let one = json("1");
    assert!(one.contains("\"headline\""), "{one}");
    assert_eq!(one, json("3"));
}

#[test]
fn the_folder_of_an_analysis_can_be_verified() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("why");
    let out = out.to_str().unwrap();
    p80(&["analyse", "scenarios/minimal.toml", "-n", "1024", "--out", out]).success();
    assert!(fs::read_to_string(place.path().join("why/analysis.json")).unwrap().ends_with("}\n"));
    p80(&["verify", out]).success();
}

#[test]
fn responses_are_valued_and_the_frontier_is_written() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("buy");
    let out = out.to_str().unwrap();
    let small = ["respond", "scenarios/data.toml", "-n", "512"];
    p80(&[&small[..], &["--budget", "250k", "--out", out]].concat())
        .success()
        .stdout(contains("buy within 250,000").and(contains("every set was simulated")));
    for file in ["respond.json", "responses.csv", "frontier.csv", "charts/frontier.png", "summary.json"] {
        assert!(place.path().join("buy").join(file).is_file(), "{file}");
    }
    p80(&[&small[..], &["--for", "target", "--format", "json"]].concat())
        .success()
        .stdout(contains("\"objective\": \"target\""));
}

#[test]
fn wrong_questions_are_answered_with_what_could_be_asked() {
    let refused = |args: &[&str], words: &str| {
        p80(args).code(2).stderr(contains(words));
    };
    refused(
        &["analyse", "scenarios/minimal.toml", "--by", "colour"],
        "use project, vendor, category, owner or tag",
    );
    refused(&["respond", "scenarios/minimal.toml", "--budget", "much"], "write for example 400000");
    refused(
        &["respond", "scenarios/minimal.toml", "--for", "npv"],
        "use finish.p80, cost.p80, npv.mean, npv.p20 or target",
    );
    refused(&["respond", "scenarios/data.toml", "--of", "platfrom"], "did you mean `platform`?");
    refused(&["respond", "scenarios/data.toml", "--of", "platform.pipelines"], "is a task");
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("bare.toml");
    let bare = "[program]\nname = \"x\"\nstart = 2027-01-11\n\n[[tasks]]\nid = \"a\"\nduration = { pert = [\"1d\", \"2d\", \"5d\"] }\n";
    fs::write(&file, bare).unwrap();
    refused(&["respond", file.to_str().unwrap()], "no open risk has a response");
    let risky = "\n[[risks]]\nid = \"R\"\ntitle = \"r\"\nprobability = 0.5\nimpact = [{ on = \"a\", delay = \"3d\" }]\nresponse = { cost = 1_000, probability = 0.1 }\n";
    fs::write(&file, format!("{bare}{risky}")).unwrap();
    refused(&["respond", file.to_str().unwrap(), "--for", "target"], "has no target");
}

#[test]
fn what_is_no_percentile_is_refused_with_what_would_be_one() {
    p80(&["analyse", "scenarios/minimal.toml", "--percentile", "180"])
        .code(2)
        .stderr(contains("not a percentile").and(contains("below 100")));
}
