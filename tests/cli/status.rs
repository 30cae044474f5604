//! A monthly cycle: an approved plan, reports, forecasts that are kept, a change request.

use predicates::prelude::*;
use predicates::str::contains;

use crate::place::Place;

const PLAN: &str = r#"
[program]
name = "Pilot"
start = 2027-01-11
targets = { finish = 2027-06-30, budget = 150_000 }
finish = "live"

[projects.erp]
name = "ERP"
[[projects.erp.tasks]]
id = "design"
duration = { pert = ["15d", "20d", "35d"] }
cost = [{ rate = "800/d" }]
[[projects.erp.tasks]]
id = "build"
after = "design"
duration = { pert = ["30d", "40d", "80d"] }
cost = [{ rate = "1200/d" }]
[[projects.erp.tasks]]
id = "test"
after = "build"
duration = { pert = ["10d", "20d", "40d"] }
cost = [{ lump = { pert = [15_000, 20_000, 40_000] } }]
[[projects.erp.milestones]]
id = "built"
after = "build"
[[milestones]]
id = "live"
after = "erp.test"

[variants.CR-1]
title = "Another interface"
approved = 2027-03-15
set = { "tasks.erp.build.duration" = { pert = ["35d", "50d", "90d"] } }

[[status]]
date = 2027-02-01
tasks."erp.design" = { start = 2027-01-11, complete = "70 %", cost = 12_500 }
[[status]]
date = 2027-03-01
[status.tasks]
"erp.design" = { start = 2027-01-11, finish = 2027-02-12, cost = 20_000 }
"erp.build" = { start = 2027-02-15, complete = "20 %", cost = 15_000 }
[[status]]
date = 2027-04-01
[status.tasks]
"erp.design" = { start = 2027-01-11, finish = 2027-02-12, cost = 20_000 }
"erp.build" = { start = 2027-02-15, complete = "55 %", cost = 45_000 }
[[status]]
date = 2027-07-20
[status.tasks]
"erp.design" = { start = 2027-01-11, finish = 2027-02-12, cost = 20_000 }
"erp.build" = { start = 2027-02-15, finish = 2027-05-14, cost = 80_000 }
"erp.test" = { start = 2027-05-17, finish = 2027-07-02, cost = 30_000 }
"erp.built" = { finish = 2027-05-14 }
"live" = { finish = 2027-07-02 }
"#;

#[test]
fn a_month_is_reported_compared_kept_and_verified() {
    let place = Place::with(PLAN);
    place.p80(&["baseline", "pilot.toml", "--date", "2027-01-08"]).success();
    let status = |date: &str| place.p80(&["status", "pilot.toml", "--date", date, "-n", "1024"]);
    status("2027-02-01").success().stdout(contains("Progress on 2027-02-01: 0 tasks finished, 1 under way"));
    status("2027-03-01").success().stdout(contains("Against the approved baseline"));
    let log = place.text("pilot.forecast-log.csv");
    assert_eq!(log.lines().count(), 1 + 2 * 4, "a header and four targets twice");
    status("2027-03-01").success();
    assert_eq!(place.text("pilot.forecast-log.csv"), log, "the same forecast is not kept twice");
    place
        .p80(&["status", "pilot.toml", "--date", "2027-04-01", "-n", "1024", "-o", "april"])
        .success()
        .stdout(contains("2027-03-01      35,200  25,600   35,000").or(contains("35,200  25,600")));
    for file in
        ["evm.csv", "eac.csv", "variance.csv", "forecast_log.csv", "progress.json", "charts/trend.png"]
    {
        assert!(place.path("april").join(file).is_file(), "{file}");
    }
    place.p80(&["verify", "april"]).success();
    // All is finished: the actual dates, and a judgement of the forecasts.
    place.p80(&["status", "pilot.toml", "-n", "1024", "--no-log"]).success().stdout(
        contains("P10   2027-07-02").and(contains("P90   2027-07-02")).and(contains("earlier forecasts")),
    );
}

#[test]
fn a_report_of_nothing_at_the_start_forecasts_what_run_does() {
    let place = Place::with(PLAN);
    let run = place.p80(&["run", "pilot.toml", "-n", "1024", "--format", "csv"]).success();
    let run = run.get_output().stdout.clone();
    place
        .p80(&["status", "pilot.toml", "--date", "2027-01-11", "-n", "1024", "--format", "csv", "--no-log"])
        .success()
        .stdout(run);
}

#[test]
fn an_approved_change_moves_the_baseline_and_stays_in_its_history() {
    let place = Place::with(PLAN);
    place.p80(&["baseline", "pilot.toml"]).success();
    place.p80(&["baseline", "pilot.toml"]).code(2).stderr(contains("say with --title why"));
    place.p80(&["baseline", "pilot.toml", "--variant", "CR-1"]).success().stderr(contains("number 2"));
    let baseline = place.text("pilot.baseline.json");
    assert!(baseline.contains("Another interface") && baseline.contains("\"date\": \"2027-03-15\""));
    place
        .p80(&["baseline", "pilot.toml", "--title", "Back", "--date", "2027-02-01"])
        .code(2)
        .stderr(contains("would come before that"));
    place
        .p80(&["compare", "pilot.toml", "--variant", "CR-1", "-n", "1024"])
        .success()
        .stdout(contains("Another interface, approved 2027-03-15"));
}

#[test]
fn what_does_not_belong_to_the_scenario_is_refused() {
    let place = Place::with(PLAN);
    place.p80(&["baseline", "pilot.toml"]).success();
    let baseline = place.text("pilot.baseline.json");
    place.write("pilot.baseline.json", &baseline.replace("\"Pilot\"", "\"Other\""));
    place
        .p80(&["status", "pilot.toml"])
        .code(2)
        .stderr(contains("belongs to another scenario: its program is `Other`, that of this one `Pilot`"));
    place.write("pilot.baseline.json", "{}");
    place.p80(&["status", "pilot.toml"]).code(2).stderr(contains("not a baseline"));
    place.write("pilot.baseline.json", &baseline);
    place.write("pilot.forecast-log.csv", "no,log\n1,2\n");
    place.p80(&["status", "pilot.toml"]).code(2).stderr(contains("is no forecast log"));
    place
        .p80(&["status", "pilot.toml", "--date", "2027-02-02"])
        .code(2)
        .stderr(contains("it has 2027-02-01, 2027-03-01"));
}
