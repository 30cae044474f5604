//! Variants, comparisons, explanations and analyses of a small program.

use predicates::prelude::*;
use predicates::str::contains;

use crate::place::{Place, SCENARIO};

const VARIANTS: &str = r#"
[variants.deputy]
title = "A deputy for the key person"
set = { "risks.R-01.probability" = 0.05 }

[variants.broken]
set = { "risks.R-1.probability" = 0.05 }
"#;

fn place() -> Place {
    Place::with(&[SCENARIO, VARIANTS].concat())
}

#[test]
fn a_variant_is_simulated_recorded_and_verified() {
    let place = place();
    place
        .p80(&["run", "pilot.toml", "-n", "2000", "--variant", "deputy", "-o", "results", "--no-charts"])
        .success()
        .stdout(contains("Pilot, variant deputy"));
    let manifest = place.text("results/manifest.json");
    assert!(manifest.contains("\"variant\": \"deputy\""), "{manifest}");
    place.p80(&["verify", "results"]).success();
    place.write("results/manifest.json", &manifest.replace("  \"variant\": \"deputy\",\n", ""));
    place.p80(&["verify", "results"]).code(1);
}

#[test]
fn check_checks_all_variants_and_run_the_one_that_is_asked_for() {
    let place = place();
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
    let place = place();
    place
        .p80(&["compare", "pilot.toml", "--variant", "deputy", "-n", "20000", "--out", "difference"])
        .success()
        .stdout(
            contains("probability of risk R-01: 0.3 -> 0.05")
                .and(contains("later after the change in 0.0 % of the iterations"))
                .and(contains("after:  A deputy for the key person")),
        );
    let files = [
        "comparison.json",
        "comparison.csv",
        "changes.csv",
        "manifest.json",
        "before/inputs/pilot.toml",
        "charts/comparison-finish.png",
        "charts/comparison-cost.svg",
    ];
    place.holds("difference", &files);
    let json = place.json("difference/comparison.json");
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
    let place = place();
    let other = place.text("pilot.toml").replace("\"10d\", \"15d\", \"30d\"", "\"10d\", \"20d\", \"30d\"");
    place.write("other.toml", &other);
    place.write("dollars.toml", &other.replace("[program]", "[program]\ncurrency = \"USD\""));
    place
        .p80(&["compare", "pilot.toml", "other.toml", "-n", "512", "--format", "csv"])
        .success()
        .stdout(contains("level,finish_before_date").and(contains("P80")));
    place
        .p80(&["compare", "pilot.toml", "pilot.toml", "-n", "512"])
        .success()
        .stdout(contains("say the same"));
    let dearer = format!("{}\n[money]\ndiscount_rate = \"7 %\"\n", place.text("pilot.toml"));
    place.write("dearer.toml", &dearer);
    place
        .p80(&["compare", "pilot.toml", "dearer.toml", "-n", "512"])
        .success()
        .stdout(contains("the money added").and(contains("say the same").not()));
    place.p80(&["compare", "pilot.toml"]).code(2).stderr(contains("name a second file"));
    place.p80(&["compare", "pilot.toml", "other.toml", "--variant", "deputy"]).code(2);
    place.p80(&["compare", "pilot.toml", "dollars.toml"]).code(2).stderr(contains("USD"));
}

#[test]
fn an_iteration_is_found_by_its_percentile_and_told_in_full() {
    let place = place();
    place
        .p80(&["explain", "pilot.toml", "-n", "5000", "--at", "cost.p90", "--out", "why"])
        .success()
        .stdout(contains("the first at cost.p90").and(contains("What drove the finish")));
    place.holds("why", &["iteration.json", "iteration.csv", "charts/iteration.png", "inputs/pilot.toml"]);
    // The iteration has the value that the run reports, and the row of the same number of its iterations.csv.
    place.p80(&["run", "pilot.toml", "-n", "5000", "--iterations-csv", "--no-charts", "-o", "run"]).success();
    let (iteration, summary) = (place.json("why/iteration.json"), place.json("run/summary.json"));
    assert_eq!(iteration["cost"], summary["cost"]["p90"]["value"]);
    let number = iteration["iteration"].as_u64().unwrap();
    let rows = place.text("run/iterations.csv");
    let row: Vec<&str> = rows.lines().nth(number as usize + 1).unwrap().split(',').collect();
    assert_eq!(row[0], number.to_string());
    assert_eq!(row[1], iteration["finish"].as_str().unwrap());
    assert_eq!(row[2].parse::<f64>().unwrap(), iteration["cost"].as_f64().unwrap());
    // No earlier row has that cost.
    let cost = |line: &str| line.split(',').nth(2).unwrap().parse::<f64>().unwrap();
    let first = rows.lines().skip(1).position(|line| cost(line) == iteration["cost"].as_f64().unwrap());
    assert_eq!(first, Some(number as usize));
    let path = iteration["path"].as_array().unwrap();
    let ids: Vec<&str> = path.iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["live", "build", "design"]);
    assert_eq!(path[1]["held_by"][0], "design FS");
    assert_eq!(path[2]["held_by"][0], "the start of the program");
    for task in iteration["tasks"].as_array().unwrap() {
        let days = |key: &str| task[key].as_f64().unwrap();
        assert!((days("own_days") + days("risk_days") - days("days")).abs() < 0.11, "{task}");
    }
}

#[test]
fn an_iteration_that_is_not_there_is_refused() {
    let place = place();
    place.p80(&["explain", "pilot.toml", "-n", "512", "--iteration", "511"]).success();
    place.p80(&["explain", "pilot.toml", "-n", "512", "-i", "512"]).code(2).stderr(contains("0 to 511"));
    place.p80(&["explain", "pilot.toml", "--at", "end.p80"]).code(2);
    place.p80(&["explain", "pilot.toml", "--at", "milestones.nope.p80"]).code(2).stderr(contains("nope"));
}

#[test]
fn an_analysis_tells_sensitivities_and_what_holds_together() {
    let place = place();
    place.p80(&["analyse", "pilot.toml", "-n", "8192", "--out", "why"]).success().stdout(
        contains("Sensitivity of the finish to durations")
            .and(contains("Paths that drive the finish"))
            .and(contains("Balanced pairs of date and budget")),
    );
    let files = [
        "sensitivity.csv",
        "tornado-finish.csv",
        "tornado-cost.csv",
        "paths.csv",
        "merges.csv",
        "joint.csv",
        "charts/tornado-finish.png",
        "charts/float-map.png",
        "charts/joint.png",
        "charts/schedule.png",
    ];
    place.holds("why", &files);
    let json = place.json("why/analysis.json");
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
