//! Iterations per second of the engine and of the straightforward simulator on the same program, on one
//! thread; draws and tables by themselves. Read the throughput lines: `engine` over `straightforward` is
//! how much the design buys.

#[path = "support/mod.rs"]
#[expect(dead_code, reason = "what other benchmarks measure")]
mod support;

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use p80::dist::{Law, Reading};
use p80::draws::{BLOCK, Sampler, Seed, Streams, Tables, Variable};
use p80::engine::{self, Simulation};
use p80::model::Program;
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};
use p80::units::{Instant, Percentile};
use rand::SeedableRng;
use rand_distr::Distribution;

use support::baseline::{Baseline, moments, percentile};
use support::workload::{SIZES, Size, Workload};

fn program(workload: &Workload) -> Program {
    let files = MemoryFiles::single("workload.toml", &workload.scenario());
    load(&files, "workload.toml").expect("workloads are good scenarios").program
}

fn simulate(simulation: &Simulation, blocks: u64) -> Results {
    engine::run(simulation, 0..blocks, || Results::new(simulation), |_| ControlFlow::Continue(()))
        .expect("nobody cancels")
}

/// Both simulators must give the same answer before their speed is compared; `tests/baseline.rs` looks closer.
fn check(workload: &Workload, simulation: &Simulation, baseline: &Baseline) {
    let n = 64 * BLOCK;
    let (answer, results) = (baseline.run(n, 1), simulate(simulation, 64));
    let near = |what: &str, ours: f64, theirs: f64, error: f64| {
        let most = 4.0 * error * std::f64::consts::SQRT_2;
        assert!((ours - theirs).abs() < most, "{}: {what}: {ours} and {theirs}", workload.size.name);
    };
    let root = (n as f64).sqrt();
    let (mean, sd) = moments(&answer.cost);
    near("mean cost", results.cost.mean().expect("it has a cost") / 100.0, mean, sd / root);
    let p80 = results.finish.percentile(Percentile::P80).expect("it finishes");
    let minutes = simulation.network().program_minutes(Instant(p80 as i32));
    let (mean, sd) = moments(&answer.finish);
    // The density of a normal law at its P80 is 0.28 / sd, so the error of the percentile is 1.43 sd / root.
    near("P80 finish", f64::from(minutes), percentile(&answer.finish, 0.8), 1.43 * sd / root);
    assert!(f64::from(minutes) > mean, "{}: the P80 lies above the mean", workload.size.name);

    let per_iteration = |sum: u64| sum as f64 / n as f64;
    let ours = per_iteration(results.risks.iter().map(|risk| risk.occurred).sum());
    let count = results.risks.len() as f64;
    near("risks", ours, per_iteration(answer.occurred.iter().sum()), (0.25 * count).sqrt() / root);
    let ours = per_iteration(results.tasks.iter().map(|task| task.critical).sum());
    let count = workload.size.layers as f64;
    near("critical tasks", ours, per_iteration(answer.critical.iter().sum()), count / root);
    let (ours, sd) = results.tasks[0].duration_moments(results.iterations);
    near("first duration", ours, answer.minutes[0], sd / root);
}

/// Whole simulations with all their statistics.
fn run(c: &mut Criterion) {
    for (size, blocks) in [(SIZES[0], 16), (SIZES[1], 1)] {
        let Size { name, .. } = size;
        let workload = Workload::new(size);
        let simulation = Simulation::compile(&program(&workload), Seed(1), Sampler::Stratified)
            .expect("workloads can be simulated");
        let baseline = Baseline::new(&workload);
        check(&workload, &simulation, &baseline);
        let iterations = blocks * BLOCK as u64;
        let mut group = c.benchmark_group(format!("run/{name}"));
        group.throughput(Throughput::Elements(iterations)).sample_size(20);
        group.bench_function("engine", |b| b.iter(|| simulate(&simulation, blocks)));
        group.bench_function("straightforward", |b| b.iter(|| baseline.run(iterations as usize, 1)));
        group.finish();
    }
}

/// One block of 512 iterations of the durations of M, nothing else.
fn draws(c: &mut Criterion) {
    let workload = Workload::new(SIZES[0]);
    let laws: Vec<Law> = workload.tasks.iter().map(|task| pert(task.minutes)).collect();
    let mut tables = Tables::new();
    let variables = tables.add_all(&laws);
    let mut streams = Streams::new(Seed(1));
    let streams: Vec<_> = (0..variables.len())
        .map(|at| streams.register(&format!("task/t{at}/duration")).expect("names differ"))
        .collect();
    let mut group = c.benchmark_group("draws/512 of 100 PERT");
    group.throughput(Throughput::Elements((laws.len() * BLOCK) as u64));
    for sampler in [Sampler::Stratified, Sampler::Random] {
        let (mut block, mut bits) = (0, [0; BLOCK]);
        group.bench_function(format!("by block, {}", sampler.name()), |b| {
            b.iter(|| {
                block += 1;
                for (variable, stream) in variables.iter().zip(&streams) {
                    sampler.fill_block(stream, block, &mut bits);
                    black_box(sum(variable, &tables, &bits));
                }
            });
        });
        let mut iteration = 0;
        group.bench_function(format!("by iteration, {}", sampler.name()), |b| {
            b.iter(|| {
                for _ in 0..BLOCK {
                    iteration += 1;
                    for (variable, stream) in variables.iter().zip(&streams) {
                        black_box(variable.minutes(&tables, sampler.bits(stream, iteration)));
                    }
                }
            });
        });
    }
    let perts: Vec<rand_distr::Pert<f64>> = workload
        .tasks
        .iter()
        .map(|task| task.minutes)
        .map(|[low, mode, high]| rand_distr::Pert::new(low, high).with_mode(mode).expect("low < mode < high"))
        .collect();
    let mut rng = rand::rngs::Xoshiro256PlusPlus::seed_from_u64(1);
    group.bench_function("rand_distr", |b| {
        b.iter(|| {
            for _ in 0..BLOCK {
                for law in &perts {
                    black_box(law.sample(&mut rng));
                }
            }
        });
    });
    group.finish();
}

fn sum(variable: &Variable, tables: &Tables, bits: &[u32; BLOCK]) -> i64 {
    bits.iter().map(|&bits| i64::from(variable.minutes(tables, bits))).sum()
}

/// What one table costs to build; aim: at most 50 microseconds.
fn tables(c: &mut Criterion) {
    let laws = [
        ("pert", pert([2.0, 5.0, 14.0])),
        ("triangular", Law::triangular(2.0, 5.0, 14.0, Reading::Ends).expect("low < mode < high")),
        ("lognormal", Law::lognormal(1.0, 0.5).expect("sigma > 0")),
        ("normal", Law::normal(1.0, 0.5).expect("sd > 0")),
    ];
    let mut group = c.benchmark_group("tables");
    for (name, law) in laws {
        group.bench_function(name, |b| {
            b.iter_batched(Tables::new, |mut tables| tables.add(&law), BatchSize::SmallInput);
        });
    }
    group.finish();
}

/// From a scenario text to a program, and from there to a simulation.
fn compile(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    for size in [SIZES[0], SIZES[1]] {
        let text = Workload::new(size).scenario();
        let files = MemoryFiles::single("workload.toml", &text);
        let program = program(&Workload::new(size));
        group.bench_function(format!("{}/scenario", size.name), |b| {
            b.iter(|| load(&files, "workload.toml").expect("workloads are good scenarios"));
        });
        group.bench_function(format!("{}/simulation", size.name), |b| {
            b.iter(|| {
                Simulation::compile(&program, Seed(1), Sampler::Stratified).expect("it can be simulated")
            });
        });
    }
    group.finish();
}

fn pert([low, mode, high]: [f64; 3]) -> Law {
    Law::pert(low, mode, high, Reading::Ends).expect("low < mode < high")
}

/// Everything on one thread, so that ratios mean work and not waiting.
fn on_one_thread() -> Criterion {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the pool is built once");
    Criterion::default()
}

criterion_group! { name = benches; config = on_one_thread(); targets = run, draws, tables, compile }
criterion_main!(benches);
