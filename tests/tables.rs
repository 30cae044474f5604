//! What quantile tables cost in accuracy, seen where it counts: in the durations of simulated tasks.

#[path = "support/random_program.rs"]
mod random_program;

use p80::draws::{Sampler, Seed};
use p80::engine::Simulation;
use p80::model::Program;
use p80::network::Inputs;
use proptest::prelude::*;

use random_program::{Plan, plans};

const ITERATIONS: u32 = 300;

/// Range of the simulated duration of each task, and the largest difference between tables and laws.
fn compare(program: &Program) -> Vec<(i32, i32)> {
    let compiled = Simulation::compile(program, Seed(11), Sampler::Stratified).unwrap();
    let exact = Simulation::compile_exact(program, Seed(11), Sampler::Stratified).unwrap();
    let durations = |simulation: &Simulation| -> Vec<Inputs> {
        let mut scratch = simulation.scratch();
        (0..ITERATIONS)
            .map(|iteration| {
                simulation.iterate(iteration, &mut scratch);
                scratch.inputs.clone()
            })
            .collect()
    };
    let (from_tables, from_laws) = (durations(&compiled), durations(&exact));
    (0..program.tasks().len())
        .map(|task| {
            let of = |inputs: &Inputs| inputs.duration_minutes[task];
            let (low, high) =
                from_laws.iter().map(of).fold((i32::MAX, 0), |(low, high), d| (low.min(d), high.max(d)));
            let gaps = from_tables.iter().zip(&from_laws).map(|(a, b)| (of(a) - of(b)).abs());
            (high - low, gaps.max().unwrap())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn tables_move_no_duration_by_more_than_rounding(plan in plans(10)) {
        let program = plan.with_unrelated_task().reversed().build();
        for (task, (range, gap)) in compare(&program).into_iter().enumerate() {
            let most = 1.0 + 1e-6 * f64::from(range);
            prop_assert!(f64::from(gap) <= most, "task {}: {} minutes in a range of {}", task, gap, range);
        }
    }
}

#[test]
fn durations_vary_so_that_there_is_something_to_compare() {
    assert!(compare(&Plan::fixed().build()).iter().filter(|(range, _)| *range > 100).count() >= 4);
}
