//! Dates and slack of real schedules, as Microsoft Project stored them.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use p80::calendar::{Calendar, Shift, TablePart, WorkTable};
use p80::model::{CalendarIx, Conventions, Endpoint, Estimate, LagAmount, LinkKind, ProjectIx, Task, TaskIx};
use p80::units::{Instant, WorkScale};
use support::{Plan, Run};

/// What is compared, in the order of the table that is printed.
const FIELDS: [&str; 5] = ["start", "finish", "late start", "late finish", "slack"];

fn minute_of_day(text: &str) -> u16 {
    let numbers: Vec<u16> = text.split(':').map(|part| part.parse().unwrap()).collect();
    match numbers[0] * 60 + numbers[1] {
        // An end at 00:00 is the end of the day.
        0 => 1_440,
        minute => minute,
    }
}

/// The shifts of a weekday as the file lists them.
fn shifts(value: &serde_json::Value) -> Vec<Shift> {
    let pairs = value.as_array().into_iter().flatten();
    pairs
        .map(|pair| Shift {
            start: minute_of_day(pair[0].as_str().unwrap()) % 1_440,
            end: minute_of_day(pair[1].as_str().unwrap()),
        })
        .collect()
}

/// Start of the project and its calendar.
fn header(folder: &Path, name: &str) -> (String, Calendar) {
    let text = fs::read_to_string(folder.join(format!("{name}.calendars.json"))).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let uid: i64 = file["header"]["CalendarUID"].as_str().unwrap().parse().unwrap();
    let calendars = file["calendars"].as_array().unwrap();
    let calendar = calendars.iter().find(|calendar| calendar["uid"] == uid).unwrap();
    assert!(calendar["exceptions"].as_array().unwrap().is_empty(), "exceptions are not read here");
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let week = days.map(|day| shifts(&calendar["week"][day]));
    let start = file["header"]["StartDate"].as_str().unwrap().to_owned();
    (start, Calendar::weekly(week, WorkScale::default()))
}

/// All rows of a CSV file.
fn rows(path: &Path) -> Vec<Row> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn number(text: &str) -> i32 {
    if text.is_empty() { 0 } else { text.parse::<f64>().unwrap() as i32 }
}

/// A row of a CSV file by column name.
type Row = BTreeMap<String, String>;

/// The schedule of a file, the rows of its leaf tasks, and its working time.
fn read(folder: &Path, name: &str) -> (Run, Vec<(TaskIx, Row)>, WorkTable) {
    let (start, calendar) = header(folder, name);
    let mut plan = Plan::starting(&start, calendar.clone());
    plan.builder.conventions(Conventions::MsProject);
    let mut ends: BTreeMap<String, Endpoint> = BTreeMap::new();
    let mut above: Vec<ProjectIx> = Vec::new();
    let mut leaves = Vec::new();
    for row in rows(&folder.join(format!("{name}.tasks.csv"))) {
        let level = number(&row["outline_level"]) as usize;
        above.truncate(level);
        let project = above.last().copied();
        if row["summary"] == "1" {
            let summary = plan.project(&format!("p{}", row["uid"]), project);
            above.push(summary);
            ends.insert(row["uid"].clone(), Endpoint::Project(summary));
            continue;
        }
        let minutes = number(&row["duration_min"]);
        let id = format!("t{}", row["uid"]);
        let mut task = match minutes {
            0 => Task::milestone(id, CalendarIx(0)),
            _ => Task::work(id, Estimate::certain(f64::from(minutes)), CalendarIx(0)),
        };
        task.project = project;
        let task = plan.add(task);
        ends.insert(row["uid"].clone(), Endpoint::Task(task));
        leaves.push((task, row));
    }
    for row in rows(&folder.join(format!("{name}.links.csv"))) {
        let kind = match row["type"].as_str() {
            "FS" => LinkKind::FS,
            "SS" => LinkKind::SS,
            "FF" => LinkKind::FF,
            _ => LinkKind::SF,
        };
        let lag: f64 = row["lag"].parse().unwrap();
        let amount = match row["lag_unit"].as_str() {
            "%" => LagAmount::Share(lag / 100.0),
            _ => LagAmount::Fixed(lag as i32),
        };
        plan.link_ends(ends[&row["pred_uid"]], kind, ends[&row["succ_uid"]], amount);
    }
    let run = plan.run();
    let first = run.program.start().day() - 1_000;
    let table = WorkTable::build(&calendar, TablePart::Working, first, first + 4_000);
    (run, leaves, table)
}

/// How many leaf tasks agree, field by field, and how many there are; disagreements are printed.
fn agreement(folder: &Path, name: &str) -> ([usize; 5], usize) {
    let (run, leaves, table) = read(folder, name);
    // The end of a shift is the beginning of the next.
    let worked = |text: &str| table.worked(text.parse::<Instant>().unwrap());
    let mut agree = [0; 5];
    for (task, row) in &leaves {
        let ours = |at: Option<Instant>| at.map(|at| table.worked(at));
        let found = [
            ours(Some(run.pass.start(*task))),
            ours(Some(run.pass.finish(*task))),
            ours(run.pass.late_start(*task)),
            ours(run.pass.late_finish(*task)),
            run.pass.total_float(*task),
        ];
        let wanted = [
            worked(&row["early_start"]),
            worked(&row["early_finish"]),
            worked(&row["late_start"]),
            worked(&row["late_finish"]),
            number(&row["total_slack_min"]),
        ];
        for field in 0..FIELDS.len() {
            if found[field] == Some(wanted[field]) {
                agree[field] += 1;
            } else {
                println!(
                    "{name} {} `{}`: {} is {:?}, should be {}",
                    row["uid"], row["name"], FIELDS[field], found[field], wanted[field]
                );
            }
        }
    }
    (agree, leaves.len())
}

#[test]
fn every_stored_date_and_slack_is_reproduced() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/mspdi/truth"));
    if !folder.is_dir() {
        println!("SKIPPED: the real schedules are not here");
        return;
    }
    let files = [
        "INSISOC__10_mp_j30_a2_nr5",
        "INSISOC__17_mp_j30_a5_nr2",
        "INSISOC__3_mp_j30_a10_nr3",
        "INSISOC__22_mp_j90_a10_nr2",
        "kevinmcaleer__Software_Development_Plan",
        "Vacheprime__ProjectPlan",
    ];
    let results: Vec<_> = files.iter().map(|name| (name, agreement(&folder, name))).collect();
    println!("{:42} {:>5} {}", "file", "tasks", FIELDS.map(|field| format!("{field:>12}")).join(""));
    for (name, (agree, tasks)) in &results {
        let shares = agree.map(|count| format!("{:>11.2}%", 100.0 * count as f64 / *tasks as f64));
        println!("{name:42} {tasks:>5} {}", shares.join(""));
    }
    for (name, (agree, tasks)) in results {
        assert_eq!(agree, [tasks; 5], "{name}");
    }
}
