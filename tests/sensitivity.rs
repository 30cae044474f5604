//! Published sensitivities: Reliable Construction Co. (Hillier & Lieberman, *Introduction to Operations
//! Research*), exact or simulated by Vanhoucke's definitions.

use p80::analysis::{TaskSensitivity, task_sensitivities};
use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::Simulation;
use p80::evidence::known_answers;
use p80::model::{Program, TaskIx};
use p80::results::Replays;

/// Independent repetitions, from whose spread the standard error comes.
const REPETITIONS: u64 = 16;

/// The program of this name among the known answers.
fn program(name: &str) -> Program {
    known_answers().into_iter().find(|answer| answer.name == name).unwrap().program
}

/// The sensitivities of every task, repeated with other seeds.
fn repeated(program: &Program) -> Vec<Vec<TaskSensitivity>> {
    let tasks: Vec<TaskIx> = (0..program.tasks().len()).map(TaskIx::new).collect();
    let run = |seed| {
        let simulation = Simulation::compile(program, Seed(seed), Sampler::Stratified).unwrap();
        let replays = Replays::of(&simulation, 32 * BLOCK as u64);
        task_sensitivities(&replays, &tasks, (1_440, &[1_440; 14]))
    };
    (1..=REPETITIONS).map(run).collect()
}

/// Within 4 standard errors of the published value, and half a unit of its last digit.
#[track_caller]
fn check(
    what: &str,
    (program, runs): (&Program, &[Vec<TaskSensitivity>]),
    of: impl Fn(&TaskSensitivity) -> f64,
    published: &[(&str, f64)],
    half_digit: f64,
) {
    for (id, expected) in published {
        let at = program.tasks().iter().position(|task| task.id == **id).unwrap();
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
    let program = program("Reliable Construction, triangular");
    let runs = repeated(&program);
    let both = (&program, &runs[..]);
    let all =
        [("A", 1.0), ("B", 1.0), ("C", 1.0), ("D", 0.3151), ("G", 0.3151), ("H", 0.3151), ("M", 0.3151)];
    check("CI", both, |one| one.criticality, &all, 5e-5);
    let more = [
        ("E", 0.6482),
        ("F", 0.6482),
        ("I", 0.0368),
        ("J", 0.6849),
        ("N", 0.6849),
        ("K", 0.2045),
        ("L", 0.4804),
    ];
    check("CI", both, |one| one.criticality, &more, 5e-5);
    let ssi = [("C", 0.6904), ("B", 0.3452), ("J", 0.2623), ("F", 0.2482), ("H", 0.2175)];
    check("SSI", both, |one| one.ssi.unwrap(), &ssi, 5e-5);
    let pearson = [("C", 0.6904), ("B", 0.3452), ("F", 0.2679), ("J", 0.2497), ("H", 0.2486)];
    check("Pearson", both, |one| one.pearson.unwrap(), &pearson, 5e-5);
    // These were simulated, to one unit of the last digit.
    let significance = [("F", 0.8989), ("J", 0.9132), ("H", 0.8000), ("I", 0.6435)];
    check("SI", both, |one| one.significance.unwrap(), &significance, 1.5e-4);
    assert!(runs.iter().all(|run| run[10].spearman.is_none() && run[10].pearson.is_none()), "K is certain");
}

#[test]
fn the_criticality_of_reliable_construction_with_pert_is_the_published_one() {
    let program = program("Reliable Construction, PERT");
    let runs = repeated(&program);
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
    check("CI", (&program, &runs), |one| one.criticality, &published, 5e-5);
}
