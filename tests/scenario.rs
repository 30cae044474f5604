//! The scenario format as a whole: its schema, its reference, its messages, and hostile input.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use p80::diag::to_text;
use p80::draws::{Sampler, Seed};
use p80::engine::Simulation;
use p80::model::{Clock, CostAmount, DelayImpact, LagAmount, LagClock, Scope, TaskIx};
use p80::scenario::raw::{
    At, Quantity, RawDate, RawEstimate, RawProgram, RawScenario, RawTask, Slot, duration,
};
use p80::scenario::{Loaded, MemoryFiles, load, load_raw, schema};
use p80::units::DurationUnit;
use proptest::prelude::*;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The texts of the good scenarios, by name.
fn good() -> Vec<(String, String)> {
    let mut texts: Vec<_> = fs::read_dir(corpus().join("good"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    texts
}

/// TOML as JSON, dates as texts.
fn json(text: &str) -> serde_json::Value {
    fn convert(value: toml::Value) -> serde_json::Value {
        match value {
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, value)| (key, convert(value))).collect()
            }
            toml::Value::Array(array) => array.into_iter().map(convert).collect(),
            toml::Value::Datetime(at) => at.to_string().into(),
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
        }
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    convert(toml::Value::Table(text.parse().unwrap()))
}

fn pilot(rest: &str) -> Loaded {
    let text = format!("[program]\nname = \"Pilot\"\nstart = 2027-01-11\n{rest}");
    match load(&MemoryFiles::single("pilot.toml", &text), "pilot.toml") {
        Ok(loaded) => loaded,
        Err(failed) => panic!("{}", to_text(&failed.diagnostics, &failed.sources, false)),
    }
}

fn refused(text: &str) -> String {
    let failed = load(&MemoryFiles::single("pilot.toml", text), "pilot.toml").unwrap_err();
    to_text(&failed.diagnostics, &failed.sources, false)
}

#[test]
fn the_schema_accepts_good_scenarios_and_refuses_bad_ones() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (name, text) in good() {
        let errors: Vec<String> =
            validator.iter_errors(&json(&text)).map(|e| format!("{e} at {}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    for bad in ["unknown-keys", "wrong-types", "unknown-choices", "no-law", "missing-keys", "tasks-as-table"]
    {
        let text = fs::read_to_string(corpus().join(format!("bad/{bad}.toml"))).unwrap();
        assert!(!validator.is_valid(&json(&text)), "{bad}");
    }
}

#[test]
fn the_schema_beside_the_scenarios_is_what_the_command_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/p80.schema.json");
    let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(kept, schema(), "renew it: cargo run -- schema > scenarios/p80.schema.json");
}

#[test]
fn every_key_of_the_format_is_in_the_reference() {
    let guide = concat!(include_str!("../src/guide/scenario.md"), include_str!("../src/guide/money.md"));
    fn keys(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
        if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
            found.extend(properties.keys().cloned());
        }
        match value {
            serde_json::Value::Object(map) => map.values().for_each(|value| keys(value, found)),
            serde_json::Value::Array(array) => array.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let mut found = Default::default();
    keys(&schema(), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    let missing: Vec<_> = found.iter().filter(|key| !guide.contains(&format!("`{key}"))).collect();
    assert!(missing.is_empty(), "not in the guide: {missing:?}");
}

#[test]
fn the_complete_examples_of_the_reference_load() {
    let guide = include_str!("../src/guide/scenario.md");
    let mut count = 0;
    for block in guide.split("```toml\n").skip(1) {
        let text = block.split("\n```").next().unwrap();
        if !text.contains("[program]") {
            continue;
        }
        count += 1;
        let mut files = BTreeMap::from([("example.toml".to_owned(), text.as_bytes().to_vec())]);
        for (name, csv) in guide.split("```csv,").skip(1).filter_map(|block| block.split_once('\n')) {
            files.insert(name.to_owned(), csv.split("```").next().unwrap().as_bytes().to_vec());
        }
        if let Err(failed) = load(&MemoryFiles(files), "example.toml") {
            panic!("{}", to_text(&failed.diagnostics, &failed.sources, false));
        }
    }
    assert!(count >= 3, "only {count} complete examples");
}

#[test]
fn what_is_written_is_what_is_simulated() {
    let loaded = pilot(
        r#"
hours_per_day = 7.5
estimate = "usual"
targets = { finish = 2027-12-31, budget = 1_000.50 }
[estimates.usual]
pert = { low = -0.10, high = 0.50 }
[[tasks]]
id = "a"
duration = "10d"
cost = [{ rate = "640/d", units = 2 }, 99.99]
[[tasks]]
id = "b"
duration = { fixed = "2ed" }
after = ["a SS-1d", { FF = "a", lag = "3ed" }, { FS = "a", lag = "50 %" }]
must_finish_on = 2027-03-01
[[risks]]
id = "R"
probability = "25 %"
impact = [{ on = "a", delay = "-1d", cost = 10 }]
"#,
    );
    let program = &loaded.program;
    // 2027-01-11 is a Monday; the built-in calendar begins at 08:00.
    assert_eq!(program.start().to_string(), "2027-01-11T08:00");
    let (duration, clock) = program.tasks()[0].duration().unwrap();
    assert_eq!((duration.plan, clock), (4_500.0, Clock::Working));
    assert_eq!(duration.law.support_ends(), (4_050.0, 6_750.0));
    assert_eq!(program.tasks()[1].duration().unwrap().1, Clock::Elapsed);
    let costs = &program.tasks()[0].costs;
    let CostAmount::Rate { minor_per_minute } = costs[0].amount else { panic!("{costs:?}") };
    assert!((minor_per_minute - 64_000.0 * 2.0 / 450.0).abs() < 1e-9);
    assert!(matches!(&costs[1].amount, CostAmount::Lump(lump) if lump.plan == 9_999.0));
    let lags: Vec<_> = program.links().iter().map(|link| (&link.lag.amount, link.lag.clock)).collect();
    assert_eq!(lags[0], (&LagAmount::Fixed(-450), LagClock::Successor));
    assert_eq!(lags[1], (&LagAmount::Fixed(4_320), LagClock::Elapsed));
    assert_eq!(lags[2], (&LagAmount::Share(0.5), LagClock::Successor));
    // The end of the last shift of that Monday.
    assert_eq!(program.tasks()[1].constraints[0].at.to_string(), "2027-03-01T17:00");
    let impact = &program.risks()[0].levels.impacts[0];
    assert!(matches!(&impact.delay, Some(DelayImpact::Minutes(delay)) if delay.plan == -450.0));
    let target = program.targets()[0];
    assert_eq!((target.scope, target.budget.unwrap().0), (Scope::Program, 100_050));
    assert_eq!(target.finish.unwrap().to_string(), "2028-01-01T00:00");
    let place = loaded.places.duration(TaskIx(0)).unwrap();
    assert_eq!(&loaded.sources.text(place.file)[place.span()], "\"10d\"");
    let place = loaded.places.link(p80::model::LinkIx(1)).unwrap();
    assert_eq!(&loaded.sources.text(place.file)[place.span()], "{ FF = \"a\", lag = \"3ed\" }");
}

#[test]
fn a_delay_on_days_of_different_length_is_one_draw_in_minutes_of_each() {
    let loaded = pilot(
        r#"
[calendars.short]
base = "standard"
hours_per_day = 6
[[tasks]]
id = "a"
duration = { fixed = "1d" }
[[tasks]]
id = "b"
duration = { fixed = "1d" }
calendar = "short"
[[risks]]
id = "R"
probability = 0.5
impact = [{ on = ["a", "b"], delay = "2d", cost = 7 }]
"#,
    );
    let impacts = &loaded.program.risks()[0].levels.impacts;
    let minutes = |at: usize| match &impacts[at].delay {
        Some(DelayImpact::Minutes(delay)) => delay.plan,
        other => panic!("{other:?}"),
    };
    assert_eq!((impacts.len(), minutes(0), minutes(1)), (3, 960.0, 720.0));
    assert!(impacts.iter().all(|impact| impact.key == "a+1"), "one key, from both targets");
    let costs: Vec<bool> = impacts.iter().map(|impact| impact.cost.is_some()).collect();
    assert_eq!(costs, [false, false, true], "the cost applies once");
    assert_eq!(impacts[2].targets.len(), 2, "and concerns both");
}

#[test]
fn a_delay_of_a_milestone_holds_up_what_follows_once() {
    let loaded = pilot(
        r#"
[[tasks]]
id = "a"
duration = { fixed = "10d" }
[[tasks]]
id = "b"
duration = { fixed = "10d" }
[[milestones]]
id = "gate"
after = ["a", "b"]
[[tasks]]
id = "c"
duration = { fixed = "1d" }
after = "gate"
[[risks]]
id = "late approval"
probability = 0.999999
impact = [{ on = "gate", delay = { fixed = "5d" } }]
"#,
    );
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::default()).unwrap();
    let finish = |id: &str, iteration: &p80::engine::Iteration| {
        let at = loaded.program.tasks().iter().position(|task| task.id == id).unwrap();
        iteration.pass.finish(TaskIx::new(at)).to_string()
    };
    let mut iteration = simulation.scratch();
    simulation.iterate(7, &mut iteration);
    // Two weeks of work from Monday the 11th, one of waiting, one day.
    assert_eq!(finish("a", &iteration), "2027-01-22T17:00");
    assert_eq!(finish("gate", &iteration), "2027-01-29T17:00");
    assert_eq!(finish("c", &iteration), "2027-02-01T17:00");
}

#[test]
fn a_scenario_made_by_a_program_passes_the_same_checks() {
    let task = |id: &str, days: f64| RawTask {
        id: Slot::from(id.to_owned()),
        duration: Slot::from(RawEstimate::Point(duration(days, DurationUnit::Day))),
        ..RawTask::default()
    };
    let program = RawProgram {
        name: Slot::from("Imported".to_owned()),
        start: Slot::from(RawDate::parse("2027-01-11").unwrap()),
        ..RawProgram::default()
    };
    let raw = |tasks: Vec<At<RawTask>>| RawScenario {
        program: Slot::from(program.clone()),
        tasks: Slot::from(tasks),
        ..RawScenario::default()
    };
    let files = MemoryFiles::default();
    let loaded = load_raw(&files, raw(vec![At::from(task("a", 5.0))])).unwrap();
    assert_eq!(loaded.program.tasks()[0].duration().unwrap().0.plan, 2_400.0);
    let failed =
        load_raw(&files, raw(vec![At::from(task("a", 5.0)), At::from(task("a", -1.0))])).unwrap_err();
    let codes: Vec<&str> = failed.diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["S102", "W708", "S203"]);
    assert!(matches!(RawEstimate::default(), RawEstimate::Point(Quantity::Number(_))));
}

#[test]
fn messages_read_well() {
    let text = r#"[program]
name = "Bad"
start = 2027-01-11
curency = "EUR"

[[tasks]]
id = "integration-erp"
duration = { pert = ["10d", "5d", "30d"] }
after = ["test"]

[[tasks]]
id = "test"
duration = "10 days"
after = ["integrate-erp", "integration-erp SS+5d"]
"#;
    insta::assert_snapshot!(refused(text));
}

#[test]
fn json_diagnostics_carry_places_and_values() {
    let text = "[program]\nname = \"Bad\"\nstart = 2027-01-11\n[[tasks]]\nid = \"a\"\nduration = 10\n";
    let failed = load(&MemoryFiles::single("pilot.toml", text), "pilot.toml").unwrap_err();
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&p80::diag::to_json(&failed.diagnostics, &failed.sources)).unwrap()
    );
}

#[test]
fn a_cell_that_begins_with_a_line_break_is_marked_at_whole_characters() {
    let table = "id,duration,after\na,1d,\nb,1d,\"\né FF-1d\"\nc,1d,\"é\"\"x\"\" FF-1d\"\n";
    let text = "tasks_csv = \"t.csv\"\n[program]\nname = \"x\"\nstart = 2027-01-11\n";
    let mut files = MemoryFiles::single("x", text);
    files.0.insert("t.csv".into(), table.into());
    let failed = load(&files, "x").unwrap_err();
    let text = to_text(&failed.diagnostics, &failed.sources, false);
    assert!(text.contains("`é`") && text.contains("é FF-1d") && text.contains("FF-1d\""), "{text}");
}

#[test]
fn the_extremes_of_money_and_time_are_refused_or_held() {
    for value in ["1e308", "-1e308", "9223372036854775807", "-9223372036854775808", "1e-308", "5e12"] {
        let text = format!(
            "[program]\nname = \"x\"\nstart = 2027-01-11\ntargets = {{ budget = {value} }}\n[[tasks]]\nid = \"a\"\n\
             duration = {{ fixed = \"1d\" }}\ncost = [{value}, {{ rate = \"{value}/m\", units = {value} }}]\n\
             [[risks]]\nid = \"R\"\nprobability = {value}\nimpact = [{{ on = \"a\", delay = \"{value}d\", cost = {value} }}]\n"
        );
        let _ = load(&MemoryFiles::single("x", &text), "x");
    }
    for date in ["0000-01-01", "9999-12-31", "1900-01-01", "2300-12-31T23:59:59.999", "2027-02-29"] {
        for unit in ["ed", "mo", "m"] {
            let text = format!(
                "[program]\nname = \"x\"\nstart = {date}\nstatus_date = \"{date}\"\n[[tasks]]\nid = \"a\"\n\
                 duration = \"99999{unit}\"\nmust_finish_on = \"{date}\"\nafter = [{{ FS = \"a\", lag = \"-99999{unit}\" }}]\n"
            );
            let _ = load(&MemoryFiles::single("x", &text), "x");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let files = MemoryFiles(BTreeMap::from([("x".to_owned(), bytes)]));
        let _ = load(&files, "x");
    }

    #[test]
    fn no_mutation_of_a_good_scenario_panics(
        which in 0_usize..100,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..30, "[ -~]{0,12}"), 1..6),
    ) {
        let texts = good();
        let (_, text) = &texts[which % texts.len()];
        let mut text: Vec<char> = text.chars().collect();
        for (at, length, replacement) in edits {
            let from = at.index(text.len());
            let to = (from + length).min(text.len());
            text.splice(from..to, replacement.chars());
            if text.is_empty() {
                break;
            }
        }
        let text: String = text.into_iter().collect();
        let mut files = MemoryFiles::single("good/x.toml", &text);
        for entry in fs::read_dir(corpus().join("good/side")).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("good/side/{}", path.file_name().unwrap().display());
            files.0.insert(name, fs::read(&path).unwrap());
        }
        if let Err(failed) = load(&files, "good/x.toml") {
            // Rendering must hold as well.
            let _ = to_text(&failed.diagnostics, &failed.sources, true);
            let _ = p80::diag::to_json(&failed.diagnostics, &failed.sources);
        }
    }

    #[test]
    fn no_mutation_of_a_table_panics(
        at in any::<prop::sample::Index>(),
        length in 0_usize..8,
        replacement in "[ -~é;,\"\n]{0,10}",
    ) {
        for (table, columns) in [("risks.csv", "risks_csv"), ("tasks.csv", "tasks_csv"), ("erp.csv", "tasks_csv")] {
            let text = fs::read_to_string(corpus().join("good/side").join(table)).unwrap();
            let mut chars: Vec<char> = text.chars().collect();
            let from = at.index(chars.len());
            let to = (from + length).min(chars.len());
            chars.splice(from..to, replacement.chars());
            let text: String = chars.into_iter().collect();
            let main = format!("{columns} = \"{table}\"\n[program]\nname = \"x\"\nstart = 2027-01-11\n");
            let mut files = MemoryFiles::single("x.toml", &main);
            files.0.insert(table.to_owned(), text.into_bytes());
            if let Err(failed) = load(&files, "x.toml") {
                let _ = to_text(&failed.diagnostics, &failed.sources, false);
            }
        }
    }
}
