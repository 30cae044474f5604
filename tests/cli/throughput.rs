//! `p80 throughput` as people and scripts use it.

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;

use crate::place::Place;

/// Weeks of 2, 0 and 3 items, three items left; one row was finished before it was created.
const ISSUES: &str = "Issue key,Issue Type,Status,Created,Resolved\n\
    A-1,Story,Done,2027-01-04,2027-01-05\nA-2,Story,Done,2027-01-04,2027-01-06\nA-3,Story,Done,2027-01-04,2027-01-20\n\
    A-4,Story,Done,2027-01-04,2027-01-22\nA-5,Story,Done,2027-01-21,2027-01-20\nA-6,Story,To Do,2027-01-04,\n\
    A-7,Bug,In Progress,2027-01-04,\nA-8,Story,To Do,2027-01-24,\n";

fn place() -> Place {
    let place = Place::new();
    place.write("issues.csv", ISSUES);
    place
}

#[test]
fn a_list_says_when_what_is_left_is_done() {
    let place = place();
    place
        .p80(&["throughput", "issues.csv", "--report", "odd.csv", "--chart", "done.png"])
        .success()
        .stdout(
            contains("finished in the last 3 weeks: 2 0 3 (1.7 a week)")
                .and(contains("When are the 3 items that are left done?"))
                .and(contains("forecast from 2027-01-25")),
        )
        .stderr(contains("odd: 1 (first in line 6): it was finished before it was created"));
    assert!(place.text("odd.csv").contains("odd,6,A-5,it was finished before it was created"));
    assert!(std::fs::read(place.path("done.png")).unwrap().starts_with(b"\x89PNG"));
    place.p80(&["throughput", "issues.csv", "--chart", "done.png"]).code(2).stderr(contains("--force"));
}

#[test]
fn answers_are_exact_and_machines_can_read_them() {
    let place = place();
    let args = ["throughput", "issues.csv", "--items", "3", "--by", "2027-02-10", "--confidence", "50,80"];
    let json = place.p80(&[&args[..], &["--format", "json"]].concat()).success();
    let found: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    // Weeks of 0, 2 and 3: one week finishes three with 1/3, two with 1 - P(0, 0) - 2 P(0, 2) = 6/9.
    let done = found["when"]["weeks"].as_array().unwrap();
    let share =
        |week: u64| done.iter().find(|row| row["week"] == week).unwrap()["probability"].as_f64().unwrap();
    assert!((share(1) - 1.0 / 3.0).abs() < 1e-6 && (share(2) - 6.0 / 9.0).abs() < 1e-6);
    assert_eq!(found["when"]["rows"][0]["date"], "2027-02-07");
    assert_eq!(found["how_many"]["weeks"], 2, "the three days beyond are no whole week");
    assert_eq!(found["how_many"]["rows"][0]["items"], 3);
    assert_eq!(found["when"]["by_probability"].as_f64().unwrap(), 0.666667);
    assert_eq!(found["schema_version"], 1);
    let csv = place.p80(&[&args[..], &["--format", "csv"]].concat()).success();
    let csv = String::from_utf8(csv.get_output().stdout.clone()).unwrap();
    assert!(
        csv.starts_with("question,confidence_percent,weeks,date,items,share\r\nwhen,50,2,2027-02-07,3,\r\n"),
        "{csv}"
    );
}

#[test]
fn a_table_of_weeks_and_a_back_test_answer_as_well() {
    let place = Place::new();
    place.write("weeks.csv", "week;items\n1;4\n2;0\n3;6\n4;5\n5;5\n6;4\n7;6\n8;5\n");
    let weeks = ["throughput", "weeks.csv", "--from", "2027-03-01", "--window", "3"];
    place
        .p80(&[&weeks[..], &["--items", "10", "--backtest"]].concat())
        .success()
        .stdout(contains("the last 3 weeks: 4 6 5").and(contains("10 items, 3 weeks, 4 forecasts")));
    place
        .p80(&[&weeks[..], &["--by", "2027-04-01", "--split", "1,1.2,2", "--chart", "many.svg"]].concat())
        .success()
        .stdout(contains("every item becomes 1 to 2, most likely 1.2").and(contains("80 %")));
    assert!(place.text("many.svg").contains("confident of at least"));
    place.p80(&["throughput", "weeks.csv", "--items", "10"]).code(2).stderr(contains("--from"));
    place.p80(&weeks).code(2).stderr(contains("--items"));
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_next_step() {
    let place = place();
    let refused = |args: &[&str], why: &str| {
        let all = [&["throughput", "issues.csv"], args].concat();
        place.p80(&all).code(2).stderr(contains(why));
    };
    refused(&["--project", "B"], "no issue of the list belongs to `B`");
    refused(&["--from", "2027-01-08"], "no week before 2027-01-08 is complete");
    refused(&["--by", "2026-01-01"], "--by lies before the forecast begins");
    refused(&["--items", "3,2,1"], "low <= most likely <= high");
    refused(&["--items", "900000"], "more than the 100000");
    refused(&["--window", "0"], "--window must be at least 1");
    refused(&["--map", "Resolved=finished"], "known are key, id, title");
    refused(&["--map", "Closed=done"], "there is no column `Closed`; the columns are `Issue key`");
    refused(&["--dates", "ymd"], "`ymd` is neither `dmy`");
    refused(&["--chart", "done.gif"], "must end in .png or .svg");
    place.write("names.csv", "Name;Ort\nA;B\n");
    place.p80(&["throughput", "names.csv"]).code(2).stderr(contains("the columns are `Name`, `Ort`"));
    place.write("wide.csv", "");
    place.p80(&["throughput", "wide.csv"]).code(2).stderr(contains("there is nothing in it"));
    // Windows code pages and UTF-16 are read; a file that is no text has no columns that mean anything.
    let wide: Vec<u8> = ISSUES.replace("Story", "Größe").encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(place.path("utf16.csv"), [&[0xff, 0xfe][..], &wide].concat()).unwrap();
    place.p80(&["throughput", "utf16.csv"]).success().stdout(contains("3 items that are left"));
    let noise: Vec<u8> = (0..50_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    std::fs::write(place.path("noise.csv"), noise).unwrap();
    place.p80(&["throughput", "noise.csv"]).code(2);
}

/// Two epics, the second of which blocks the first.
const EPICS: &str = "Issue key,Summary,Issue Type,Status,Created,Resolved,Parent,Outward issue link (Blocks)\n\
    S-1,Shop,Epic,To Do,2027-01-04,,,\nS-2,Search,Epic,To Do,2027-01-04,,,S-1\n\
    S-3,Cart,Story,Done,2027-01-04,2027-01-06,S-1,\nS-4,Card,Story,To Do,2027-01-04,,S-1,\n\
    S-5,Index,Story,Done,2027-01-04,2027-01-20,S-2,\nS-6,Filter,Story,To Do,2027-01-18,,S-2,\n\
    S-7,Sort,Story,Done,2027-01-04,2027-01-24,S-2,\n";

#[test]
fn a_list_runs_as_a_program_and_its_results_go_back_by_key() {
    let place = Place::new();
    place.write("shop.csv", EPICS);
    place
        .p80(&["import", "shop.csv", "-o", "shop.toml", "--split", "1,1.2,2", "--report", "import.csv"])
        .success()
        .stderr(contains("list of issues, 2 tasks").and(contains("one team works the epics")));
    let text = place.text("shop.toml");
    assert!(
        text.contains("split = { triangular = [1, 1.2, 2] }") && text.contains("after = \"S-2\""),
        "{text}"
    );
    assert!(place.text("import.csv").contains("taken,issue,S-4,Card,S-1,\n"));
    let direct = place.output(&["run", "shop.csv", "-n", "512"]);
    assert!(direct.contains("shop"), "{direct}");
    place.p80(&["run", "shop.toml", "-n", "512", "--out", "results"]).success();
    let keyed = place.output(&["export", "results"]);
    assert!(keyed.contains("S-1,") && keyed.contains("S-2,"), "{keyed}");
    place.p80(&["import", "shop.csv", "--by", "issue"]).success().stdout(contains("[projects.S-1]"));
    // What the headings are called is no reason to type the list anew.
    place.write("other.csv", &EPICS.replace("Issue key", "Nummer").replace("Resolved", "Fertig am"));
    place.p80(&["import", "other.csv", "--map", "Nummer=key", "--map", "Fertig am=done"]).success();
}
