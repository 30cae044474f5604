//! The engine against a simulator that shares no code with it: the straightforward one that benches measure.

#[path = "../benches/support/mod.rs"]
#[expect(dead_code, reason = "what benchmarks measure")]
mod support;

use std::ops::ControlFlow;

use p80::draws::{Sampler, Seed};
use p80::engine::{self, Block, Observer, Simulation};
use p80::results::Results;
use p80::scenario::{MemoryFiles, load};
use p80::units::Instant;

use support::baseline::{Answer, Baseline, moments, percentile};
use support::workload::{SIZES, Workload};

const BLOCKS: u64 = 48;

/// The finish of every iteration in working minutes from the start, which is what the other one counts.
struct WorkingMinutes<'a> {
    simulation: &'a Simulation,
    finish: Vec<f64>,
}

impl Observer for WorkingMinutes<'_> {
    fn block(&mut self, block: &Block) {
        let minutes = |&at: &i32| f64::from(self.simulation.network().program_minutes(Instant(at)));
        self.finish.extend(block.finish.iter().map(minutes));
    }

    fn merge(&mut self, other: Self) {
        self.finish.extend(other.finish);
    }
}

fn simulate_both() -> (Results, Vec<f64>, Answer) {
    let workload = Workload::new(SIZES[0]);
    let files = MemoryFiles::single("workload.toml", &workload.scenario());
    let program = load(&files, "workload.toml").unwrap().program;
    let simulation = Simulation::compile(&program, Seed(1), Sampler::Stratified).unwrap();
    let observer = || {
        let minutes = WorkingMinutes { simulation: &simulation, finish: Vec::new() };
        (Results::new(&simulation), minutes)
    };
    let (results, mut minutes) =
        engine::run(&simulation, 0..BLOCKS, observer, |_| ControlFlow::Continue(())).unwrap();
    minutes.finish.sort_unstable_by(f64::total_cmp);
    let other = Baseline::new(&workload).run(results.iterations as usize, 1);
    (results, minutes.finish, other)
}

/// Whether two estimates from independent samples of this size agree; the stratified one errs less.
#[track_caller]
fn expect_near(what: &str, ours: f64, theirs: f64, standard_error: f64) {
    let most = 4.0 * standard_error * std::f64::consts::SQRT_2;
    assert!((ours - theirs).abs() < most, "{what}: {ours} and {theirs} differ by more than {most}");
}

#[test]
fn an_independent_simulator_gives_the_same_numbers() {
    let (results, finish, other) = simulate_both();
    let n = results.iterations as f64;

    let (mean, sd) = moments(&other.finish);
    expect_near("mean finish", moments(&finish).0, mean, sd / n.sqrt());
    let (mean, sd) = moments(&other.cost);
    expect_near("mean cost", results.cost.mean().unwrap() / 100.0, mean, sd / n.sqrt());

    // A percentile errs as the share below it does.
    for share in [0.1, 0.5, 0.8, 0.95] {
        let value = percentile(&other.finish, share);
        let below = finish.partition_point(|&own| own <= value) as f64 / n;
        expect_near("share below a percentile", below, share, (share * (1.0 - share) / n).sqrt());
    }
    for (at, task) in results.tasks.iter().enumerate() {
        let (ours, theirs) = (task.critical as f64 / n, other.critical[at] as f64 / n);
        // Whole minutes tie now and then where fractions do not.
        let error = (theirs * (1.0 - theirs) / n).sqrt() + 2e-4;
        expect_near(&format!("criticality of t{at}"), ours, theirs, error);
        let (mean, sd) = task.duration_moments(results.iterations);
        expect_near(&format!("duration of t{at}"), mean, other.minutes[at], sd / n.sqrt());
    }
    for (at, risk) in results.risks.iter().enumerate() {
        let (ours, theirs) = (risk.occurred as f64 / n, other.occurred[at] as f64 / n);
        expect_near(&format!("frequency of R{at}"), ours, theirs, (theirs * (1.0 - theirs) / n).sqrt());
    }
}
