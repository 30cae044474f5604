//! Nothing overflows: not in the largest workload, and what could is refused with the estimates at fault.
//!
//! Tests are built with overflow checks, so that an addition that wraps is a panic.

#[path = "../benches/support/workload.rs"]
mod workload;

use std::fmt::Write;
use std::ops::ControlFlow;

use p80::analysis::examine;
use p80::diag::Diagnostic;
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};

use workload::{SIZES, Workload};

#[test]
fn the_largest_workload_adds_up() {
    let size = SIZES.into_iter().find(|size| size.name == "XL").unwrap();
    let text = Workload::new(size).scenario();
    let program = load(&MemoryFiles::single("xl.toml", &text), "xl.toml").unwrap().program;
    let simulation = Simulation::compile(&program, Seed(1), Sampler::Random).unwrap();
    let observer = || Results::new(&simulation);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let run = || engine::run(&simulation, 0..1, observer, |_| ControlFlow::Continue(()));
    let results = pool.install(run).unwrap();
    let tasks: i128 = results.tasks.iter().map(|task| task.cost).sum();
    let risks: i128 = results.risks.iter().map(|risk| risk.own_cost).sum();
    let program_cost = results.cost.mean().unwrap() * 512.0;
    // The cost of a risk on several tasks belongs to the program alone.
    assert!(tasks as f64 <= program_cost && program_cost <= (tasks + risks) as f64 + 512.0);
    assert_eq!(results.finish.iterations(), 512);
}

/// What a program says that loads but cannot be simulated.
fn refused(rest: &str) -> (Vec<Diagnostic>, String) {
    let text = format!("[program]\nname = \"Huge\"\nstart = 2027-01-11\ncurrency = \"EUR\"\n{rest}");
    let loaded = load(&MemoryFiles::single("huge.toml", &text), "huge.toml").unwrap();
    assert!(Simulation::compile(&loaded.program, Seed(1), Sampler::Random).is_err());
    (examine(&loaded.program, &loaded.places), text)
}

/// The codes, and the texts at the places that they point to.
fn told(found: &[Diagnostic], text: &str) -> String {
    let mut out = String::new();
    for problem in found {
        let _ = write!(out, "{}:", problem.message);
        for label in &problem.labels {
            let _ = write!(out, " [{}]", &text[label.span.clone()]);
        }
        out.push('\n');
    }
    out
}

#[test]
fn a_program_that_outgrows_the_calendar_is_refused_with_its_longest_estimates() {
    let mut tasks = String::new();
    for at in 0..60 {
        let after = if at == 0 { String::new() } else { format!("after = [\"t{}\"]\n", at - 1) };
        let _ = write!(
            tasks,
            "[[tasks]]\nid = \"t{at}\"\nduration = {{ fixed = \"{}d\" }}\n{after}",
            20_000 + at
        );
    }
    let (found, text) = refused(&tasks);
    let told = told(&found, &text);
    assert!(told.contains("20058d") && told.contains("20054d") && !told.contains("20053d"), "{told}");
}

#[test]
fn a_law_without_an_end_that_reaches_too_far_is_refused_at_its_estimate() {
    let (found, text) = refused(
        "[[tasks]]\nid = \"a\"\nduration = { pareto = { low = \"20d\", alpha = 0.9 } }\n[[tasks]]\nid = \"b\"\nduration = \"5d\"\n",
    );
    let told = told(&found, &text);
    assert!(told.contains("pareto") && !told.contains("5d"), "{told}");
}

#[test]
fn amounts_that_could_pass_what_money_holds_are_refused() {
    let mut tasks = String::new();
    for at in 0..40 {
        let _ = write!(tasks, "[[tasks]]\nid = \"t{at}\"\nduration = \"5d\"\ncost = 9000000000{at:02}\n");
    }
    let (found, text) = refused(&tasks);
    let told = told(&found, &text);
    assert!(told.contains("EUR") && told.contains("900000000039") && told.contains("900000000035"), "{told}");
    assert!(!told.contains("900000000034"), "{told}");
}
