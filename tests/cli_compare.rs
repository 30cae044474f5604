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
