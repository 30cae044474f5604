//! Critical path dates of published PSPLIB instances (Kolisch & Sprecher 1997), without their resources.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use p80::calendar::Calendar;
use p80::model::{LinkKind, TaskIx};
use p80::units::Instant;
use support::{Plan, Run, at};

const DAY: i32 = 1_440;
const START: &str = "2027-01-01";

/// The number rows under a title of an `.sm` file.
fn section(text: &str, title: &str, skip: usize) -> Vec<Vec<usize>> {
    let lines = text.lines().skip_while(|line| !line.starts_with(title)).skip(skip);
    let rows = lines.take_while(|line| !line.starts_with('*'));
    rows.map(|line| line.split_whitespace().map(|number| number.parse().unwrap()).collect()).collect()
}

/// Jobs of an `.sm` file: duration in days and successors, by job number less one.
fn read_sm(text: &str) -> Vec<(i32, Vec<usize>)> {
    let successors = section(text, "PRECEDENCE RELATIONS", 2).into_iter().map(|row| row[3..].to_vec());
    let durations = section(text, "REQUESTS/DURATIONS", 3).into_iter().map(|row| row[2] as i32);
    durations.zip(successors).collect()
}

fn plan(jobs: &[(i32, Vec<usize>)]) -> Run {
    let mut plan = Plan::starting(START, Calendar::round_the_clock());
    let tasks: Vec<TaskIx> = jobs.iter().map(|(days, _)| plan.task(days * DAY)).collect();
    for (from, (_, successors)) in jobs.iter().enumerate() {
        for to in successors {
            plan.link(tasks[from], LinkKind::FS, tasks[to - 1], 0);
        }
    }
    plan.run()
}

#[test]
fn dates_and_slack_of_all_published_instances_are_reproduced() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/psplib"));
    if !folder.is_dir() {
        println!("SKIPPED: the published instances are not here");
        return;
    }
    let mut truth: BTreeMap<String, BTreeMap<usize, Vec<i32>>> = BTreeMap::new();
    let mut rows = csv::Reader::from_path(folder.join("fixtures_tasks_cpm.csv")).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let numbers = row.iter().skip(2).take(7).map(|cell| cell.parse().unwrap()).collect();
        truth.entry(row[0].to_owned()).or_default().insert(row[1].parse().unwrap(), numbers);
    }
    let mut lengths = csv::Reader::from_path(folder.join("fixtures_truth.csv")).unwrap();
    let (mut instances, mut compared) = (0, 0);
    for row in lengths.records().map(Result::unwrap).filter(|row| row[0].ends_with(".sm")) {
        let text = fs::read_to_string(folder.join("fixtures").join(&row[0])).unwrap();
        let jobs = read_sm(&text);
        let run = plan(&jobs);
        let day = |t: Instant| (t.0 - at(START).0) / DAY;
        let length: i32 = row[6].parse().unwrap();
        assert_eq!(day(run.pass.target_finish().unwrap()), length, "length of {}", &row[0]);
        for (job, expected) in &truth[&row[0]] {
            let task = TaskIx::new(job - 1);
            let float = run.pass.total_float(task).unwrap();
            let found = vec![
                jobs[job - 1].0,
                day(run.pass.start(task)),
                day(run.pass.finish(task)),
                day(run.pass.late_start(task).unwrap()),
                day(run.pass.late_finish(task).unwrap()),
                float / DAY,
                i32::from(run.pass.is_critical(task)),
            ];
            assert_eq!(&found, expected, "job {job} of {}", &row[0]);
            assert_eq!(float % DAY, 0);
            compared += 1;
        }
        instances += 1;
    }
    println!("{instances} instances, {compared} jobs");
    assert_eq!(instances, 12);
    assert!(compared > 800);
}
