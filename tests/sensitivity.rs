//! Published sensitivities: Reliable Construction Co. (Hillier & Lieberman, *Introduction to Operations
//! Research*), exact or simulated by Vanhoucke's definitions.

use p80::analysis::{TaskSensitivity, task_sensitivities};
use p80::calendar::Calendar;
use p80::dist::{Law, Reading};
use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::Simulation;
use p80::model::{Estimate, Link, Program, ProgramBuilder, Task, TaskIx};
use p80::results::Replays;

/// Minutes of a week round the clock.
const WEEK: f64 = 10_080.0;
/// Independent repetitions, from whose spread the standard error comes.
const REPETITIONS: u64 = 16;

const RELIABLE: [(&str, [f64; 3], &str); 14] = [
    ("A", [1.0, 2.0, 3.0], ""),
    ("B", [2.0, 3.5, 8.0], "A"),
    ("C", [6.0, 9.0, 18.0], "B"),
    ("D", [4.0, 5.5, 10.0], "C"),
    ("E", [1.0, 4.5, 5.0], "C"),
    ("F", [4.0, 4.0, 10.0], "E"),
    ("G", [5.0, 6.5, 11.0], "D"),
    ("H", [5.0, 8.0, 17.0], "EG"),
    ("I", [3.0, 7.5, 9.0], "C"),
    ("J", [3.0, 9.0, 9.0], "FI"),
    ("K", [4.0, 4.0, 4.0], "J"),
    ("L", [1.0, 5.5, 7.0], "J"),
    ("M", [1.0, 2.0, 3.0], "H"),
    ("N", [5.0, 5.5, 9.0], "KL"),
];

fn reliable(is_pert: bool) -> Program {
    let start = "2027-01-04".parse().unwrap();
    let mut builder = ProgramBuilder::new("Reliable Construction", start, "EUR".parse().unwrap());
    let calendar = builder.calendar("24x7", Calendar::round_the_clock());
    let mut tasks: Vec<TaskIx> = Vec::new();
    for (id, [low, mode, high], after) in RELIABLE {
        let law = if low == high {
            Ok(Law::fixed(low))
        } else if is_pert {
            Law::pert(low, mode, high, Reading::Ends)
        } else {
            Law::triangular(low, mode, high, Reading::Ends)
        };
        let law = law.unwrap().scaled(WEEK).unwrap();
        let plan = law.plan_value();
        let task = builder.task(Task::work(id, Estimate { law, plan }, calendar));
        for name in after.chars() {
            let from = RELIABLE.iter().position(|row| row.0 == name.to_string()).unwrap();
            builder.link(Link::finish_to_start(tasks[from], task));
        }
        tasks.push(task);
    }
    builder.build().unwrap()
}

/// The sensitivities of every task, repeated with other seeds.
fn repeated(is_pert: bool) -> Vec<Vec<TaskSensitivity>> {
    let program = reliable(is_pert);
    let tasks: Vec<TaskIx> = (0..RELIABLE.len()).map(TaskIx::new).collect();
    let run = |seed| {
        let simulation = Simulation::compile(&program, Seed(seed), Sampler::Stratified).unwrap();
        let replays = Replays::of(&simulation, 32 * BLOCK as u64);
        task_sensitivities(&replays, &tasks, (1_440, &[1_440; 14]))
    };
    (1..=REPETITIONS).map(run).collect()
}

/// Within 4 standard errors of the published value, and half a unit of its last digit.
#[track_caller]
fn check(
    what: &str,
    runs: &[Vec<TaskSensitivity>],
    of: impl Fn(&TaskSensitivity) -> f64,
    published: &[(&str, f64)],
    half_digit: f64,
) {
    for (id, expected) in published {
        let at = RELIABLE.iter().position(|row| row.0 == *id).unwrap();
        let values: Vec<f64> = runs.iter().map(|run| of(&run[at])).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        let off = (mean - expected).abs();
        assert!(off <= 4.0 * error + half_digit, "{what} of {id}: {mean} +- {error} is not {expected}");
    }
}

#[test]
fn the_sensitivities_of_reliable_construction_are_the_published_ones() {
    let runs = repeated(false);
    let all =
        [("A", 1.0), ("B", 1.0), ("C", 1.0), ("D", 0.3151), ("G", 0.3151), ("H", 0.3151), ("M", 0.3151)];
    check("CI", &runs, |one| one.criticality, &all, 5e-5);
    let more = [
        ("E", 0.6482),
        ("F", 0.6482),
        ("I", 0.0368),
        ("J", 0.6849),
        ("N", 0.6849),
        ("K", 0.2045),
        ("L", 0.4804),
    ];
    check("CI", &runs, |one| one.criticality, &more, 5e-5);
    let ssi = [("C", 0.6904), ("B", 0.3452), ("J", 0.2623), ("F", 0.2482), ("H", 0.2175)];
    check("SSI", &runs, |one| one.ssi.unwrap(), &ssi, 5e-5);
    let pearson = [("C", 0.6904), ("B", 0.3452), ("F", 0.2679), ("J", 0.2497), ("H", 0.2486)];
    check("Pearson", &runs, |one| one.pearson.unwrap(), &pearson, 5e-5);
    // These were simulated, to one unit of the last digit.
    let significance = [("F", 0.8989), ("J", 0.9132), ("H", 0.8000), ("I", 0.6435)];
    check("SI", &runs, |one| one.significance.unwrap(), &significance, 1.5e-4);
    assert!(runs.iter().all(|run| run[10].spearman.is_none() && run[10].pearson.is_none()), "K is certain");
}

#[test]
fn the_criticality_of_reliable_construction_with_pert_is_the_published_one() {
    let runs = repeated(true);
    let published = [
        ("E", 0.8307),
        ("F", 0.8307),
        ("J", 0.9016),
        ("N", 0.9016),
        ("D", 0.0984),
        ("I", 0.0710),
        ("L", 0.7443),
        ("K", 0.1573),
    ];
    check("CI", &runs, |one| one.criticality, &published, 5e-5);
}
