//! A forecast inside another service: text in, JSON out, no files: `cargo run --example embed`.
//!
//! Shows progress, and how a run is broken off.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use p80::analysis;
use p80::diag;
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Cancelled, Simulation};
use p80::export;
use p80::report::{Manifest, Report};
use p80::results::Results;
use p80::scenario::{self, MemoryFiles};
use p80::units::Percentile;

const SCENARIO: &str = r#"
tasks_csv = "tasks.csv"

[program]
name = "Data centre move"
start = 2027-01-11
currency = "EUR"

[[risks]]
id = "R-1"
title = "Network line is late"
probability = 0.4
impact = [{ on = "move", delay = { triangular = ["5d", "10d", "30d"] }, cost = { triangular = [5e3, 20e3, 60e3] } }]
"#;

const TASKS: &str = "\
id,low,mode,high,unit,after,cost
plan,5,10,20,d,,10000
move,15,20,40,d,plan,80000
close,2,3,8,d,move,15000
";

/// What the service answers: a summary, or the problems of the scenario, both as JSON.
fn forecast(
    files: &MemoryFiles,
    progress: impl Fn(u64) -> ControlFlow<()> + Sync,
) -> Result<String, Box<dyn std::error::Error>> {
    let loaded = match scenario::load(files, "program.toml") {
        Ok(loaded) => loaded,
        // Every problem of all files, with codes, places and help.
        Err(failed) => return Ok(format!("{:#}", diag::to_json(&failed.diagnostics, &failed.sources))),
    };
    let simulation = Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified)
        .map_err(|errors| format!("{errors:?}"))?;
    let blocks = 0..engine::blocks_for(20_000);
    // `?` passes on `Cancelled` when `progress` broke the run off.
    let results = engine::run(&simulation, blocks, || Results::new(&simulation), progress)?;

    let levels: Vec<Percentile> = (1..=99).map(Percentile::whole).collect();
    let forecast = analysis::forecast(&simulation, &results, &levels);
    // The manifest says what the result is a function of: inputs by hash, seed, iterations, sampler.
    let manifest = Manifest::new(&loaded.inputs, simulation.seed(), results.iterations, simulation.sampler());
    Ok(export::to_json(&Report::new(&simulation, &results, &forecast, manifest)))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let files = MemoryFiles([file("program.toml", SCENARIO), file("tasks.csv", TASKS)].into());

    // The closure is called from every thread, after every block of 512 iterations.
    let done = AtomicU64::new(0);
    let answer = forecast(&files, |iterations| {
        done.fetch_max(iterations, Ordering::Relaxed);
        ControlFlow::Continue(())
    })?;
    println!("simulated {} iterations; the first lines of the answer:", done.into_inner());
    answer.lines().take(16).for_each(|line| println!("{line}"));

    // Somebody closed the browser: after a thousand iterations the run stops, and nothing is kept.
    let stop =
        |iterations| if iterations > 1_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    match forecast(&files, stop) {
        Err(error) if error.is::<Cancelled>() => println!("second request: {error}"),
        other => println!("second request: {other:?}"),
    }

    let broken = MemoryFiles(
        [file("program.toml", SCENARIO), file("tasks.csv", &TASKS.replace("move,15", "mvoe,15"))].into(),
    );
    println!("third request: {}", forecast(&broken, |_| ControlFlow::Continue(()))?);
    Ok(())
}
