//! `p80 check`, `p80 init` and what editors and shells ask for.

use std::time::Duration;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

use crate::place::{Place, SCENARIO};

#[test]
fn a_starter_runs_at_once_and_is_not_overwritten() {
    let place = Place::new();
    for template in ["minimal", "erp", "cloud", "data"] {
        let file = format!("{template}.toml");
        place.p80(&["init", &file, "--template", template]).success();
        place.p80(&["check", &file, "--deny-warnings"]).success();
        place.p80(&["run", &file, "-n", "2000"]).success().stdout(contains("P80"));
    }
    place.p80(&["init", "pilot.toml"]).code(2).stderr(contains("--force"));
    assert_eq!(place.text("pilot.toml"), SCENARIO);
    place.p80(&["init", "-"]).success().stdout(contains("[program]"));
}

#[test]
fn check_reports_every_problem_as_text_and_json() {
    let place = Place::new();
    let wrong = SCENARIO.replace("after = [\"design\"]", "after = [\"desing\"]").replace("0.3", "30");
    place.write("wrong.toml", &wrong);
    place
        .p80(&["check", "wrong.toml"])
        .code(2)
        .stderr(contains("desing").and(contains("design")).and(contains("30")).and(contains("2 errors")));
    let found = place.output_json(&["check", "wrong.toml", "pilot.toml"]);
    let errors = found.as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(errors.count(), 2);
    assert!(found[0]["places"][0]["line"].is_u64() && found[0]["code"].is_string());
}

#[test]
fn editors_shells_and_man_get_what_they_need() {
    let place = Place::new();
    let schema: Value = serde_json::from_str(&place.output(&["schema"])).unwrap();
    assert!(schema["$schema"].is_string());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        place.p80(&["completions", shell]).success().stdout(contains("p80"));
    }
    place.p80(&["man"]).success().stdout(contains(".TH p80").and(contains("iterations")));
    place.p80(&["--version"]).success().stdout(contains("p80 0.1"));
    place.p80(&["frobnicate"]).code(2);
}

#[test]
fn a_flood_of_problems_is_cut_to_a_hundred_in_text_and_complete_in_json() {
    let place = Place::new();
    let mut text = SCENARIO.to_owned();
    for at in 0..3_000 {
        text += &format!("[[tasks]]\nid = \"t{at}\"\nduration = \"1x\"\nafter = [\"nobody-{at}\"]\n");
    }
    place.write("pilot.toml", &text);
    let started = std::time::Instant::now();
    place
        .p80(&["check", "pilot.toml"])
        .code(2)
        .stderr(contains("and 5900 more: mend these first"))
        .stderr(contains("pilot.toml: 6000 errors, 0 warnings"));
    // Ten seconds before the source was cut around the labels; a tenth of one since, with a slow machine allowed.
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    let all = place.output_json(&["check", "pilot.toml"]);
    assert_eq!(all.as_array().unwrap().len(), 6_000);
}

#[test]
fn check_names_the_role_that_the_plan_overloads() {
    let place = Place::new();
    let text = SCENARIO.replace("[program]", "[roles]\nengineer = 3\n\n[program]");
    let text = text.replace("after = [\"design\"]", "role = \"engineer\"\nunits = 2.5");
    let text = text.replace("id = \"design\"", "id = \"design\"\nrole = \"engineer\"");
    place.write("pilot.toml", &text);
    place.p80(&["check", "pilot.toml"]).code(0).stderr(contains(
        "the plan needs 3.5 of the role `engineer` at once, and there are 3: 2027-01-11 to 2027-01-29, `design`, `build`",
    ));
}
