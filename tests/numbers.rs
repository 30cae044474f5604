//! Numbers worked out by hand, from the written scenario to the report.

use std::ops::ControlFlow;

use p80::analysis::forecast;
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::report::{DateReport, Manifest, Report};
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};
use p80::units::Percentile;

fn report(rest: &str) -> Report {
    let text = format!("[program]\nname = \"By hand\"\nstart = 2027-03-01\n{rest}");
    let loaded = load(&MemoryFiles::single("hand.toml", &text), "hand.toml").unwrap();
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).unwrap();
    let observer = || Results::new(&simulation);
    let results = engine::run(&simulation, 0..32, observer, |_| ControlFlow::Continue(())).unwrap();
    let levels: Vec<Percentile> = (1..=99).map(Percentile::whole).collect();
    let forecast = forecast(&simulation, &results, &levels);
    let manifest = Manifest::new(&[], Seed(1), results.iterations, Sampler::Stratified);
    Report::new(&simulation, &results, &forecast, manifest)
}

fn p80(finish: &DateReport) -> (String, String) {
    let point = finish.percentile(Percentile::P80).unwrap();
    (point.value.date.to_string(), point.value.time.clone())
}

#[test]
fn the_cost_of_a_risk_reaches_all_its_targets_whatever_their_days_are() {
    // Seen to fail when the cost stands beside the delay of each group of targets with equally long days.
    let report = report(
        r#"
[calendars.short]
base = "standard"
hours_per_day = 6
[[tasks]]
id = "a"
duration = { fixed = "10d" }
cost = 1_000_000
[[tasks]]
id = "b"
duration = { fixed = "10d" }
calendar = "short"
cost = 100_000
[[risks]]
id = "share"
probability = 1
impact = [{ on = ["a", "b"], delay = "5d", cost = "10 %" }]
[[risks]]
id = "each"
probability = 1
impact = [{ on = ["a", "b"], delay = "5d", cost = 100, per_task = true }]
[[risks]]
id = "once"
probability = 1
impact = [{ on = ["a", "b"], delay = "5d", cost = 7 }]
"#,
    );
    let own: Vec<f64> = report.risks.iter().map(|risk| risk.own_cost_mean).collect();
    assert_eq!(own, [110_000.0, 200.0, 7.0]);
    let tasks: Vec<f64> = report.tasks.iter().map(|task| task.cost_mean).collect();
    assert_eq!(tasks, [1_100_100.0, 110_100.0], "a cost on both belongs to what contains both");
    let cost = report.cost.percentile(Percentile::P80).unwrap();
    assert_eq!(cost.value, 1_210_207.0);
    let minutes: Vec<f64> = report.tasks.iter().map(|task| task.duration_mean_days).collect();
    assert_eq!(minutes, [25.0, 25.0]);
}

#[test]
fn a_milestone_is_reported_for_the_day_that_was_written() {
    // Seen to fail when a finish is held to midnight.
    let report = report(
        r#"
[[tasks]]
id = "work"
duration = { fixed = "1d" }
[[milestones]]
id = "begin"
kind = "start"
calendar = "24x7"
no_earlier_than = 2027-04-01
[[milestones]]
id = "end"
no_earlier_than = 2027-04-01
"#,
    );
    let dates: Vec<_> = report.milestones.iter().map(|milestone| p80(&milestone.finish)).collect();
    assert_eq!(dates[0], ("2027-04-01".into(), "00:00".into()));
    assert_eq!(dates[1], ("2027-04-01".into(), "08:00".into()));
    for task in &report.tasks[1..] {
        assert_eq!(task.finish[2].unwrap().to_string(), "2027-04-01", "{}", task.id);
    }
}

#[test]
fn the_delay_of_a_risk_is_told_in_the_days_of_its_tasks() {
    // Seen to fail with days of the program's calendar, which make 30 of 10 elapsed days.
    let report = report(
        r#"
[[tasks]]
id = "tender"
duration = { fixed = "40ed" }
[[risks]]
id = "complaint"
probability = 1
impact = [{ on = "tender", delay = "10ed" }]
"#,
    );
    assert_eq!(report.risks[0].task_delay_mean_days, 10.0);
}
