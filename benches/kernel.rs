//! How close the block kernel comes to the least that it must do, on the workload M and one thread.
//!
//! `floor` draws everything that an iteration of M draws and nothing else; `kernel` is the whole simulation,
//! `kernel and statistics` also gathers all results; `plain` is the specification, an iteration at a time.
//! Throughput counts iterations; M has 100 tasks, each with a duration and a cost, and 20 risks.
//!
//! `cargo bench --bench kernel -- --quick`

#[path = "support/mod.rs"]
#[expect(dead_code, reason = "the comparison of answers is part of the other benchmark")]
mod support;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use p80::dist::Law;
use p80::draws::{BLOCK, Sampler, Seed, Stream, Tables, Variable};
use p80::engine::{Block, Kernel, Observer, Simulation};
use p80::lanes::InstructionSet;
use p80::model::{CostAmount, CostImpact, DelayImpact, Program};
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};

use support::baseline::Baseline;
use support::workload::{SIZES, Workload};

/// All laws that one iteration draws from, occurrences of risks as uniforms.
fn laws(program: &Program) -> Vec<Law> {
    let mut laws = Vec::new();
    for task in program.tasks() {
        laws.extend(task.duration().map(|(estimate, _)| estimate.law.clone()));
        for line in &task.costs {
            if let CostAmount::Lump(estimate) = &line.amount {
                laws.push(estimate.law.clone());
            }
        }
    }
    for risk in program.risks() {
        laws.push(Law::uniform(0.0, 1.0).expect("0 < 1"));
        for impact in &risk.in_force().impacts {
            if let Some(DelayImpact::Minutes(estimate) | DelayImpact::Share(estimate)) = &impact.delay {
                laws.push(estimate.law.clone());
            }
            if let Some(CostImpact::Amount(estimate) | CostImpact::Share(estimate)) = &impact.cost {
                laws.push(estimate.law.clone());
            }
        }
    }
    laws
}

fn draw_all(
    set: InstructionSet,
    sampler: Sampler,
    block: u32,
    (tables, variables): (&Tables, &[(Variable, Stream)]),
) {
    let (mut bits, mut values) = ([0; BLOCK], [0.0; BLOCK]);
    for (variable, stream) in variables.iter().filter(|(variable, _)| !variable.is_certain()) {
        sampler.fill_block_with(set, stream, block, &mut bits);
        variable.fill(set, tables, &mut bits, &mut values);
        black_box(&values);
    }
}

fn kernel(c: &mut Criterion) {
    let workload = Workload::new(SIZES[0]);
    let files = MemoryFiles::single("workload.toml", &workload.scenario());
    let program = load(&files, "workload.toml").expect("workloads are good scenarios").program;
    let mut tables = Tables::new();
    let variables: Vec<(Variable, Stream)> = laws(&program)
        .iter()
        .enumerate()
        .map(|(at, law)| (tables.add(law), Stream::new(Seed(1), &format!("draw/{at}"))))
        .collect();
    let draws = variables.iter().filter(|(variable, _)| !variable.is_certain()).count();
    for sampler in [Sampler::Stratified, Sampler::Random] {
        for &set in InstructionSet::available() {
            let simulation =
                Simulation::compile(&program, Seed(1), sampler).expect("workloads can be simulated");
            let simulation = simulation.with_instruction_set(set);
            let mut group = c.benchmark_group(format!("M/{}/{} ({draws} draws)", sampler.name(), set.name()));
            group.throughput(Throughput::Elements(BLOCK as u64)).sample_size(20);
            let mut index = 0;
            group.bench_function("floor", |b| {
                b.iter(|| {
                    index += 1;
                    draw_all(set, sampler, index as u32, (&tables, &variables));
                });
            });
            let mut kernel = Kernel::new(&simulation);
            let mut block = Block::new(&program);
            group.bench_function("kernel without dates", |b| {
                b.iter(|| {
                    index += 1;
                    kernel.block_without_dates(index, &mut block);
                });
            });
            group.bench_function("kernel", |b| {
                b.iter(|| {
                    index += 1;
                    kernel.block(index, &mut block);
                });
            });
            let mut results = Results::new(&simulation);
            group.bench_function("kernel and statistics", |b| {
                b.iter(|| {
                    index += 1;
                    // Far from the first iterations, which are kept whole.
                    kernel.block(1_000 + index, &mut block);
                    results.block(&block);
                });
            });
            group.finish();
        }
    }
    let mut group = c.benchmark_group("M/straightforward");
    group.throughput(Throughput::Elements(BLOCK as u64)).sample_size(10);
    let simulation =
        Simulation::compile(&program, Seed(1), Sampler::Stratified).expect("workloads can be simulated");
    let (mut scratch, mut block, mut index) = (simulation.scratch(), Block::new(&program), 0);
    group.bench_function("plain", |b| {
        b.iter(|| {
            index += 1;
            simulation.block(index, &mut scratch, &mut block);
        });
    });
    let baseline = Baseline::new(&workload);
    group.bench_function("rand_distr", |b| b.iter(|| baseline.run(BLOCK, 1)));
    group.finish();
}

/// Everything on one thread, so that ratios mean work and not waiting.
fn on_one_thread() -> Criterion {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the pool is built once");
    Criterion::default()
}

criterion_group! { name = benches; config = on_one_thread(); targets = kernel }
criterion_main!(benches);
