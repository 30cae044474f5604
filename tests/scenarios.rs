//! The scenarios that ship with the product: they load, they say what they said before, and the story that
//! each one tells holds.
//!
//! A changed number shows as a changed snapshot; review it as one reviews a changed forecast.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use p80::analysis;
use p80::diag::{Severity, to_text};
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::model::{Endpoint, LinkKind, Program};
use p80::report::{DatePoint, Manifest, Report, TaskRow};
use p80::results::Results;
use p80::scenario::{self, FileError, Files, Loaded};
use p80::units::Percentile;

const ITERATIONS: u64 = 16_384;

/// All scenarios with their smallest and largest numbers of tasks and of risks.
const SHIPPED: [(&str, [usize; 2], [usize; 2]); 8] = [
    ("minimal.toml", [6, 6], [2, 2]),
    ("templates/erp.toml", [25, 45], [5, 10]),
    ("templates/cloud.toml", [25, 45], [5, 10]),
    ("templates/data.toml", [24, 45], [5, 10]),
    ("erp.toml", [100, 150], [20, 30]),
    ("cloud.toml", [60, 110], [15, 25]),
    ("data.toml", [45, 90], [12, 20]),
    ("security.toml", [40, 70], [12, 18]),
];

/// The folder of the scenarios.
struct Shipped;

impl Files for Shipped {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios"));
        fs::read(folder.join(path)).map_err(|error| FileError(error.to_string()))
    }
}

fn load(path: &str) -> Loaded {
    match scenario::load(&Shipped, path) {
        Ok(loaded) => loaded,
        Err(failed) => panic!("{path}\n{}", to_text(&failed.diagnostics, &failed.sources, false)),
    }
}

fn work(program: &Program) -> usize {
    program.tasks().iter().filter(|task| !task.is_milestone()).count()
}

/// The report of a scenario, simulated with seed 1.
fn report(path: &str) -> Report {
    let loaded = load(path);
    let simulation =
        Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).expect("it can be simulated");
    let blocks = 0..engine::blocks_for(ITERATIONS);
    let observer = || Results::new(&simulation);
    let results =
        engine::run(&simulation, blocks, observer, |_| ControlFlow::Continue(())).expect("nobody interrupts");
    let levels: Vec<Percentile> = (1..=99).map(Percentile::whole).collect();
    let forecast = analysis::forecast(&simulation, &results, &levels);
    let manifest = Manifest::new(&loaded.inputs, simulation.seed(), results.iterations, simulation.sampler());
    Report::new(&simulation, &results, &forecast, manifest)
}

fn finish(report: &Report, percent: u32) -> &DatePoint {
    report.finish.percentile(Percentile::whole(percent)).expect("every iteration has a finish")
}

fn cost(report: &Report, percent: u32) -> f64 {
    report.cost.percentile(Percentile::whole(percent)).expect("every iteration has a cost").value
}

/// The shares of iterations that reach the promised date and the promised budget.
fn chances(report: &Report) -> (f64, f64) {
    let (date, budget) = (report.finish.target.as_ref(), report.cost.target.as_ref());
    (date.expect("a date is promised").1.value, budget.expect("a budget is promised").1.value)
}

fn task<'a>(report: &'a Report, id: &str) -> &'a TaskRow {
    report.tasks.iter().find(|task| task.id == id).expect("the story names this task")
}

/// What a steering committee reads first.
fn headline(report: &Report) -> String {
    let plan = report.finish.plan.as_ref().expect("the plan has a finish");
    let (date_chance, budget_chance) = chances(report);
    let mut text = String::new();
    let mut line = |label: &str, value: String| {
        writeln!(text, "{label:<14}{value}").expect("writing to a string does not fail");
    };
    line("program", report.program.clone());
    line("plan", format!("{} {:.0} {}", plan.date, report.cost.plan.unwrap_or(0.0), report.currency));
    line("plan holds", format!("{:.4}", report.finish.plan_probability.unwrap_or(0.0)));
    for percent in [50, 80] {
        let date = finish(report, percent).value.date;
        line(&format!("P{percent}"), format!("{date} {:.0} {}", cost(report, percent), report.currency));
    }
    line("target date", format!("{date_chance:.4}"));
    line("target budget", format!("{budget_chance:.4}"));
    line("both P80", format!("{:.4}", report.joint_p80.map_or(0.0, |joint| joint.probability)));
    for row in report.top_drivers(5) {
        line("driver", format!("{:.3} {}", row.driving, row.id));
    }
    for row in report.top_waits(3) {
        line("wait", format!("{:.1} days {}", row.wait_days, row.id));
    }
    for row in report.top_risks(3) {
        line("risk", format!("{:.1} days {}", row.finish_effect_days.unwrap_or(0.0), row.id));
    }
    text
}

#[test]
fn every_scenario_loads_and_has_the_size_that_it_should_have() {
    for (path, tasks, risks) in SHIPPED {
        let program = load(path).program;
        let (work, register) = (work(&program), program.risks().len());
        assert!((tasks[0]..=tasks[1]).contains(&work), "{path} has {work} tasks");
        assert!((risks[0]..=risks[1]).contains(&register), "{path} has {register} risks");
    }
}

#[test]
fn loading_gives_notes_at_most() {
    for (path, ..) in SHIPPED {
        let loaded = load(path);
        let warnings = loaded.warnings.iter().filter(|found| found.severity != Severity::Note);
        let texts: Vec<&str> = warnings.map(|found| found.message.as_str()).collect();
        assert!(texts.is_empty(), "{path}: {texts:?}");
    }
}

#[test]
fn the_first_scenario_fits_on_a_screen() {
    let text = Shipped.read("minimal.toml").expect("it ships");
    assert!(String::from_utf8(text).expect("it is text").lines().count() <= 40);
}

#[test]
fn the_starters_stand_alone() {
    for (path, ..) in SHIPPED.iter().take(4) {
        assert_eq!(load(path).inputs.len(), 1, "{path}");
    }
}

#[test]
fn every_kind_of_link_is_shown_somewhere() {
    let programs: Vec<Program> = SHIPPED.iter().map(|(path, ..)| load(path).program).collect();
    for kind in [LinkKind::FS, LinkKind::SS, LinkKind::FF, LinkKind::SF] {
        let shown = programs.iter().flat_map(Program::links).any(|link| link.kind == kind);
        assert!(shown, "{kind:?}");
    }
    let to_project =
        |program: &Program| program.links().iter().any(|link| matches!(link.to, Endpoint::Project(_)));
    assert!(programs.iter().any(to_project), "a link to a project");
}

/// Fails for minimal.toml when its target is moved to a week before the plan.
#[test]
fn the_plan_looks_achievable_and_the_promise_seldom_holds() {
    for (path, ..) in SHIPPED {
        let report = report(path);
        let plan = report.finish.plan.as_ref().expect("the plan has a finish").date;
        let (promised, _) = report.finish.target.as_ref().expect("a date is promised");
        assert!(plan <= *promised, "{path}: the plan ends on {plan}, promised is {promised}");
        let holds = report.finish.plan_probability.expect("the plan has a finish");
        assert!(holds < 0.30, "{path}: the plan holds in {holds}");
        let (date, budget) = chances(&report);
        assert!((0.10..=0.50).contains(&date), "{path}: the date holds in {date}");
        assert!((0.10..=0.50).contains(&budget), "{path}: the budget holds in {budget}");
        let late = (finish(&report, 80).value.date - plan).get_days();
        assert!((20..=250).contains(&late), "{path}: P80 is {late} days after the plan");
        assert!(report.finish.never_share == 0.0, "{path}: some iterations never finish");
        // A date and a budget at P80 each are not held together in 80 % (semantics, section 5).
        let both = report.joint_p80.expect("there are costs").probability;
        assert!((0.60..0.80).contains(&both), "{path}: both hold in {both}");
    }
}

/// Fails when the cutover window of erp.toml is every month instead of every quarter.
#[test]
fn who_misses_the_quarter_in_the_erp_program_waits_for_the_next() {
    let report = report("erp.toml");
    let weekend = task(&report, "cutover.weekend");
    assert!(weekend.waits > 0.5 && weekend.wait_days > 20.0, "{weekend:?}");
    // Two humps: the go-live dates at P10 and P80 are a whole quarter apart.
    let apart = weekend.finish[2].zip(weekend.finish[0]).map(|(p80, p10)| (p80 - p10).get_days());
    assert_eq!(apart, Some(91));
}

#[test]
fn change_weekends_and_audit_slots_make_work_wait() {
    let cloud = report("cloud.toml");
    assert!(task(&cloud, "waves.w5.move").waits > 0.25);
    let security = report("security.toml");
    assert!(task(&security, "audit.stage-2").wait_days > 20.0);
}

#[test]
fn every_opportunity_brings_something_forward_or_saves_money() {
    for (path, ..) in SHIPPED {
        let loaded = load(path);
        let report = report(path);
        for (risk, row) in loaded.program.risks().iter().zip(&report.risks) {
            if row.frequency > 0.0 && risk.id.starts_with('O') {
                assert!(row.task_delay_mean_days < 0.0, "{path}: {}", risk.id);
            }
        }
    }
}

#[test]
fn forecasts_are_those_that_were_reviewed() {
    for (path, ..) in SHIPPED {
        let name = path.trim_end_matches(".toml").replace('/', "-");
        insta::assert_snapshot!(name, headline(&report(path)));
    }
}
