//! Published sensitivities: Reliable Construction Co. (Hillier & Lieberman, *Introduction to Operations
//! Research*), exact or simulated by Vanhoucke's definitions.

#[path = "support/rich_program.rs"]
mod rich_program;

use std::ops::ControlFlow;

use p80::analysis::{Influence, TaskSensitivity, task_sensitivities};
use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::{Simulation, run};
use p80::evidence::known_answers;
use p80::model::{Program, TaskIx};
use p80::results::{Replays, Results};
use rich_program::Rare;

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

// Seen to fail when significance is not weighted by the duration of the program.
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

// Seen to fail when an hour of float is still critical.
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

// Seen to fail when minutes of iterations without a finish stay in the sum of a task, and when occurrences of
// risks in these do.
/// What a run sums up over all iterations is what the iterations say one by one, also where some have no finish.
#[test]
fn correlations_from_sums_are_those_of_the_iterations() {
    let mut compared = 0;
    for seed in 0..12 {
        let rare = [Rare::Late, Rare::Spans, Rare::None, Rare::None][seed as usize % 4];
        let program = rich_program::program(seed, 20, rare);
        let Ok(simulation) = Simulation::compile(&program, Seed(seed), Sampler::Stratified) else { continue };
        let going_on = |_| ControlFlow::Continue(());
        let results = run(&simulation, 0..4, || Results::new(&simulation), going_on).unwrap();
        let replays = Replays::of(&simulation, 4 * BLOCK as u64);
        assert_eq!(results.program.finished, replays.finished() as u64);
        let tasks: Vec<TaskIx> = (0..program.tasks().len()).map(TaskIx::new).collect();
        let per_day = program.calendars()[program.calendar().index()].calendar.scale.minutes_per_day;
        let own: Vec<u32> = tasks.iter().map(|&task| program.minutes_per_day(task)).collect();
        for found in task_sensitivities(&replays, &tasks, (per_day, &own)) {
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                // Sums of floating point see a spread where whole numbers see none.
                (a, b) => a.or(b).is_none_or(|value| value.abs() < 1e-6),
            };
            let influence = Influence::of_task(&results, found.task);
            assert!(near(influence.finish, found.pearson), "{seed}: {influence:?} {found:?}");
            assert!(near(Influence::ssi(&program, &results, found.task), found.ssi), "{seed}: {found:?}");
            compared += usize::from(influence.finish.is_some());
        }
        for (totals, row) in results.risks.iter().zip(&replays.risks) {
            let occurred: Vec<f64> = row.iter().map(|&occurred| f64::from(u8::from(occurred))).collect();
            let expected = correlation(&occurred, &replays.minutes);
            match (Influence::of_risk(&results, totals).finish, expected) {
                (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{seed}: {a} {b}"),
                (a, b) => assert_eq!(a, b),
            }
        }
    }
    assert!(compared > 50, "{compared} correlations were compared");
}

/// Pearson's correlation, the long way.
fn correlation(a: &[f64], b: &[i32]) -> Option<f64> {
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().map(|&b| f64::from(b)).sum::<f64>() / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, &b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, f64::from(b) - mean_b);
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    (aa > 0.0 && bb > 0.0).then(|| ab / (aa.sqrt() * bb.sqrt()))
}
