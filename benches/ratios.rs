//! All ratios that say how fast the engine is, as one table: `cargo bench --bench ratios`.
//!
//! Times of one run on one machine are compared, taken in turn, the best of several rounds each, on one thread
//! unless it says otherwise. *Floor* draws everything that an iteration draws and does nothing else; *ends*
//! simulates finish and cost alone; *kernel* also says who is critical and who drives; *statistics* gathers all
//! results as well: distributions of finish and cost with the spread between batches, criticality, driving
//! chains, moments of every duration and cost, counts and effects of every risk. *Straightforward* is
//! `support/baseline.rs` with the samplers of `rand_distr`; *tuned* draws its PERT laws from gamma variates
//! instead of by `rand_distr::Pert`, which is what costs it most; numpy is `straightforward.py`, if `python3` has
//! numpy.
//!
//! `cargo bench --bench ratios -- 60` runs 60 rounds instead of 20, `cargo bench --bench ratios -- money` the table of
//! money alone. Other work on the machine moves the ratios: what
//! fits a core's own cache suffers less from neighbours than what does not.

#[path = "support/mod.rs"]
#[expect(dead_code, reason = "what other benchmarks measure")]
mod support;

use std::cell::Cell;
use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;
use std::process::Command;

use p80::dist::{Law, Reading};
use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::{self, Block, Kernel, Observer, Simulation};
use p80::lanes::InstructionSet;
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};
use rand::SeedableRng;
use rand_distr::Distribution;

use support::baseline::Baseline;
use support::floor::Floor;
use support::race::Race;
use support::workload::{SIZES, Workload};

/// A workload ready to be measured.
struct Subject {
    workload: Workload,
    simulation: Simulation,
}

impl Subject {
    fn new(name: &str, sampler: Sampler) -> Self {
        let size = SIZES.into_iter().find(|size| size.name == name).expect("the size is known");
        let workload = Workload::new(size);
        Self::of(workload, "", sampler)
    }

    /// A workload, with more lines for its program.
    fn of(workload: Workload, more: &str, sampler: Sampler) -> Self {
        let text = workload.scenario().replacen("[program]\n", &format!("[program]\n{more}"), 1);
        let files = MemoryFiles::single("workload.toml", &text);
        let Ok(loaded) = load(&files, "workload.toml") else { panic!("{text} is no good scenario") };
        let simulation = Simulation::compile(&loaded.program, Seed(1), sampler).expect("it can be simulated");
        Self { workload, simulation }
    }

    /// The same work on an instruction set.
    fn on(&self, set: InstructionSet) -> Simulation {
        self.simulation.clone().with_instruction_set(set)
    }
}

/// Blocks of finish and cost alone.
fn ends<'a>(simulation: &'a Simulation, blocks: &'a Cell<u64>) -> impl FnMut() + 'a {
    let (mut kernel, mut block) = (Kernel::new(simulation), Block::new(simulation.program()));
    move || kernel.ends(next(blocks), &mut block)
}

/// Blocks with criticality and driving chains, of which no statistics are taken.
fn kernel<'a>(simulation: &'a Simulation, blocks: &'a Cell<u64>) -> impl FnMut() + 'a {
    let (mut kernel, mut block) = (Kernel::new(simulation), Block::new(simulation.program()));
    move || kernel.block_without_dates(next(blocks), &mut block)
}

/// Blocks with all statistics, as a long run gathers them.
fn statistics<'a>(simulation: &'a Simulation, blocks: &'a Cell<u64>) -> impl FnMut() + 'a {
    let (mut kernel, mut block) = (Kernel::new(simulation), Block::new(simulation.program()));
    let mut results = Results::new(simulation);
    move || {
        kernel.block_without_dates(next(blocks), &mut block);
        results.block(&block);
    }
}

/// Numbers of blocks behind the first iterations, which are kept whole with their dates.
fn next(blocks: &Cell<u64>) -> u64 {
    blocks.set(blocks.get() + 1);
    1_000 + blocks.get()
}

fn main() {
    // `cargo bench` passes `--bench`; a number is that of the rounds.
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(20);
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the pool is built once");
    let sets: Vec<&str> = InstructionSet::available().iter().map(|set| set.name()).collect();
    println!("instruction sets: {}; {rounds} rounds, the best of each\n", sets.join(", "));
    if std::env::args().any(|argument| argument == "money") {
        return money(rounds);
    }
    floors(rounds);
    straightforward(rounds);
    numpy();
    sizes(rounds);
    money(rounds);
    threads(rounds);
}

/// Floor, ends, kernel and statistics by sampler and instruction set.
fn floors(rounds: usize) {
    println!("M, stratified and random: microseconds of an iteration, and ratios");
    println!(
        "{:<12}{:<10}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "", "ns/draw", "floor", "ends", "kernel", "stats", "e/floor", "k/floor", "s/floor"
    );
    for sampler in [Sampler::Stratified, Sampler::Random] {
        let subject = Subject::new("M", sampler);
        let floor = Floor::new(subject.simulation.program());
        let simulations: Vec<Simulation> =
            InstructionSet::available().iter().map(|&set| subject.on(set)).collect();
        let blocks = Cell::new(0);
        let mut race = Race::default();
        for simulation in &simulations {
            let (floor, blocks, set) = (&floor, &blocks, simulation.instruction_set());
            race.add(move || floor.block(set, sampler, next(blocks) as u32));
            race.add(ends(simulation, blocks));
            race.add(kernel(simulation, blocks));
            race.add(statistics(simulation, blocks));
        }
        let times = race.run(rounds);
        for (simulation, times) in simulations.iter().zip(times.chunks(4)) {
            let micros: Vec<f64> = times.iter().map(|time| time * 1e6 / BLOCK as f64).collect();
            println!(
                "{:<12}{:<10}{:>8.2}{:>9.3}{:>9.3}{:>9.3}{:>9.3}{:>9.2}{:>9.2}{:>9.2}",
                sampler.name(),
                simulation.instruction_set().name(),
                micros[0] * 1e3 / floor.draws() as f64,
                micros[0],
                micros[1],
                micros[2],
                micros[3],
                times[1] / times[0],
                times[2] / times[0],
                times[3] / times[0]
            );
        }
    }
    println!();
}

/// Whole simulations with statistics against the straightforward one, and draws against those of `rand_distr`.
fn straightforward(rounds: usize) {
    println!(
        "With statistics, against the straightforward simulator: microseconds of an iteration, and ratios"
    );
    for name in ["M", "M-durations"] {
        let subject = Subject::new(name, Sampler::Stratified);
        let (baseline, tuned) = (Baseline::new(&subject.workload), Baseline::tuned(&subject.workload));
        let simulations: Vec<Simulation> =
            InstructionSet::available().iter().map(|&set| subject.on(set)).collect();
        let blocks = Cell::new(0);
        let mut race = Race::default();
        race.add(|| drop(black_box(baseline.run(BLOCK, 1))));
        race.add(|| drop(black_box(tuned.run(BLOCK, 1))));
        for simulation in &simulations {
            race.add(statistics(simulation, &blocks));
        }
        let times = race.run(rounds);
        let micros = |at: usize| times[at] * 1e6 / BLOCK as f64;
        print!("{name:<14}straightforward {:>7.3}   tuned {:>7.3}", micros(0), micros(1));
        for (at, simulation) in (2..).zip(&simulations) {
            let set = simulation.instruction_set().name();
            let (ratio, to_tuned) = (times[0] / times[at], times[1] / times[at]);
            print!("   {set} {:.3} ({ratio:.1}x, {to_tuned:.1}x)", micros(at));
        }
        println!();
    }
    println!("One draw: nanoseconds, and ratios");
    let three_points = [2.0, 5.0, 14.0];
    let [low, mode, high] = three_points;
    let laws = [
        Law::pert(low, mode, high, Reading::Ends).expect("low < mode < high"),
        Law::triangular(low, mode, high, Reading::Ends).expect("low < mode < high"),
    ];
    let floors = laws.map(|law| Floor::of(&[law]));
    let blocks = Cell::new(0);
    let mut race = Race::default();
    let mut rng = rand::rngs::Xoshiro256PlusPlus::seed_from_u64(1);
    let mut other = rng.clone();
    let pert = rand_distr::Pert::new(low, high).with_mode(mode).expect("low < mode < high");
    let triangular = rand_distr::Triangular::new(low, high, mode).expect("low < mode < high");
    race.add(|| {
        for _ in 0..BLOCK {
            black_box(pert.sample(&mut rng));
        }
    });
    race.add(|| {
        for _ in 0..BLOCK {
            black_box(triangular.sample(&mut other));
        }
    });
    for floor in &floors {
        for &set in InstructionSet::available() {
            let blocks = &blocks;
            race.add(move || floor.block(set, Sampler::Stratified, next(blocks) as u32));
        }
    }
    let times = race.run(rounds);
    let sets = InstructionSet::available();
    for (at, name) in ["PERT", "triangular"].into_iter().enumerate() {
        print!("{name:<14}rand_distr {:>12.2}", times[at] * 1e9 / BLOCK as f64);
        for (set, time) in sets.iter().zip(&times[2 + at * sets.len()..]) {
            print!("   {} {:.2} ({:.1}x)", set.name(), time * 1e9 / BLOCK as f64, times[at] / time);
        }
        println!();
    }
    println!();
}

/// The numpy script on the same scenario, in turn with the engine.
fn numpy() {
    let path = std::env::temp_dir().join(format!("p80-ratios-{}.toml", std::process::id()));
    let subject = Subject::new("M", Sampler::Stratified);
    let written = std::fs::File::create(&path)
        .and_then(|mut file| file.write_all(subject.workload.scenario().as_bytes()));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/straightforward.py");
    let (mut theirs, mut ours) = (f64::MAX, f64::MAX);
    let blocks = Cell::new(0);
    for _ in 0..3 {
        let output = Command::new("python3").arg(script).arg(&path).arg("1.5").output();
        let text =
            output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        if let Some(micros) = text.split_whitespace().next().and_then(|word| word.parse::<f64>().ok()) {
            theirs = theirs.min(micros);
        }
        let mut race = Race::default();
        race.add(statistics(&subject.simulation, &blocks));
        ours = ours.min(race.run(50)[0] * 1e6 / BLOCK as f64);
    }
    let _ = std::fs::remove_file(&path);
    if written.is_err() || theirs == f64::MAX {
        println!("numpy: not measured, `python3` with numpy did not run\n");
    } else {
        println!(
            "M, with statistics: numpy {theirs:.3}, engine {ours:.3} microseconds ({:.1}x)\n",
            theirs / ours
        );
    }
}

/// What size and calendars cost.
fn sizes(rounds: usize) {
    println!("With statistics: nanoseconds of one task in one iteration, and ratio to M");
    let names = ["M", "M-calendars", "L", "XL", "XL-own", "M-correlated"];
    let subjects = names.map(|name| match name {
        // All hundred durations in one group.
        "M-correlated" => Subject::of(Workload::new(SIZES[0]), "correlation = 0.3\n", Sampler::Stratified),
        name => Subject::new(name, Sampler::Stratified),
    });
    let blocks = Cell::new(0);
    let mut race = Race::default();
    for subject in &subjects {
        race.add(statistics(&subject.simulation, &blocks));
    }
    let times = race.run(rounds.div_ceil(2));
    let each = |at: usize| times[at] * 1e9 / (BLOCK * subjects[at].workload.size.tasks) as f64;
    for (at, name) in names.iter().enumerate() {
        println!("{name:<14}{:>8.2}{:>9.2}", each(at), each(at) / each(0));
    }
    println!();
}

/// A contract with a penalty, costs by the month, benefits and their worth on every iteration.
const MONEY: &str = r#"
[contracts.vendor]
price = { triangular = [900_000, 950_000, 1_200_000] }
payments = [{ at = "t10", share = "30 %" }, { at = "finish", share = "70 %" }]
penalty = { on = "finish", after = 2028-06-30, rate = "10_000/w", cap = 100_000 }

[[costs]]
id = "office"
rate = "40_000/emo"
from = "start"
to = "finish"

[money]
discount_rate = "8 %"

[benefits.savings]
from = "finish"
per_year = { pert = [900_000, 1_500_000, 2_000_000] }
ramp = "6emo"
until = 2033-12-31
"#;

/// What money over time costs: totals alone, and with what all of it is worth.
fn money(rounds: usize) {
    println!("M with money over time, with statistics: microseconds of an iteration, and ratio to M");
    let subject = |more: &str| {
        let text = format!("{}{more}", Workload::new(SIZES[0]).scenario());
        let Ok(loaded) = load(&MemoryFiles::single("money.toml", &text), "money.toml") else {
            panic!("{text} is no good scenario")
        };
        Simulation::compile(&loaded.program, Seed(1), Sampler::Stratified).expect("it can be simulated")
    };
    let (totals, _) = MONEY.split_once("[money]").expect("the part that discounts comes last");
    let subjects = [("M", subject("")), ("totals", subject(totals)), ("with NPV", subject(MONEY))];
    let blocks = Cell::new(0);
    let mut race = Race::default();
    for (_, simulation) in &subjects {
        race.add(statistics(simulation, &blocks));
    }
    let times = race.run(rounds.div_ceil(2));
    for ((name, _), time) in subjects.iter().zip(&times) {
        println!("{name:<14}{:>8.3}{:>9.2}", time * 1e6 / BLOCK as f64, time / times[0]);
    }
    println!();
}

/// What a second thread is worth.
fn threads(rounds: usize) {
    let subject = Subject::new("M", Sampler::Stratified);
    let pools = [1, 2].map(|threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("the pool can be built")
    });
    let mut race = Race::default();
    for pool in &pools {
        let simulation = &subject.simulation;
        race.add(|| {
            pool.install(|| {
                let results = || Results::new(simulation);
                drop(black_box(engine::run(simulation, 200..600, results, |_| ControlFlow::Continue(()))));
            });
        });
    }
    let times = race.run(rounds.min(8));
    println!("Two threads are {:.2} times as fast as one", times[0] / times[1]);
}
