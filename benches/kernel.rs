//! How close the block kernel comes to the least that it must do, on the workload M and one thread.
//!
//! `floor` draws everything that an iteration of M draws and nothing else; `kernel` is the whole simulation,
//! `kernel and statistics` also gathers all results; `plain` is the specification, an iteration at a time.
//! Throughput counts iterations; M has 100 tasks, each with a duration and a cost, and 20 risks.
//!
//! `cargo bench --bench kernel -- --quick`

#[path = "support/mod.rs"]
#[expect(dead_code, reason = "what other benchmarks measure")]
mod support;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::{Block, Kernel, Observer, Simulation};
use p80::lanes::InstructionSet;
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};

use support::baseline::Baseline;
use support::floor::Floor;
use support::workload::{SIZES, Workload};

fn kernel(c: &mut Criterion) {
    let workload = Workload::new(SIZES[0]);
    let files = MemoryFiles::single("workload.toml", &workload.scenario());
    let program = load(&files, "workload.toml").expect("workloads are good scenarios").program;
    let floor = Floor::new(&program);
    let draws = floor.draws();
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
                    floor.block(set, sampler, index as u32);
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
                    // Far from the first iterations, which are kept whole with their dates.
                    kernel.block_without_dates(1_000 + index, &mut block);
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
