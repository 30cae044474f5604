//! A program built in code, simulated, and asked for its P80: `cargo run --example build_in_code`.

use std::ops::ControlFlow;

use p80::calendar::Calendar;
use p80::dist::{Law, Reading};
use p80::draws::{Sampler, Seed};
use p80::engine::{self, Simulation};
use p80::model::{
    Combine, DelayImpact, Estimate, Impact, Link, ProgramBuilder, Risk, RiskLevels, RiskStatus, Task,
};
use p80::results::Results;
use p80::units::{Instant, Percentile, Probability};

/// Minutes of a working day of the standard calendar.
const DAY: f64 = 480.0;

/// Low, most likely and high in working days.
fn days(low: f64, mode: f64, high: f64) -> Result<Estimate, Box<dyn std::error::Error>> {
    let law = Law::pert(low * DAY, mode * DAY, high * DAY, Reading::Ends)?;
    Ok(Estimate { plan: law.plan_value(), law })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = ProgramBuilder::new("Warehouse", "2027-01-11T08:00".parse()?, "EUR".parse()?);
    let calendar = builder.calendar("standard", Calendar::standard());

    let design = builder.task(Task::work("design", days(10.0, 15.0, 30.0)?, calendar));
    let build = builder.task(Task::work("build", days(30.0, 40.0, 80.0)?, calendar));
    let train = builder.task(Task::work("train", days(5.0, 10.0, 12.0)?, calendar));
    let live = builder.task(Task::milestone("go-live", calendar));
    for (from, to) in [(design, build), (design, train), (build, live), (train, live)] {
        builder.link(Link::finish_to_start(from, to));
    }
    builder.risk(Risk {
        id: "supplier".into(),
        title: "The supplier is late".into(),
        status: RiskStatus::Open,
        levels: RiskLevels {
            probability: Probability::new(0.3)?,
            impacts: vec![Impact {
                key: "wait".into(),
                targets: vec![build],
                per_task: false,
                delay: Some(DelayImpact::Minutes(days(5.0, 10.0, 25.0)?)),
                cost: None,
            }],
        },
        combine: Combine::Series,
        response: None,
        owner: None,
        category: None,
    });
    builder.finish(live);

    // Building reports every problem at once; so does compiling.
    let program = builder.build().map_err(|errors| format!("{errors:?}"))?;
    let simulation = Simulation::compile(&program, Seed(1), Sampler::Stratified)
        .map_err(|errors| format!("{errors:?}"))?;

    // Iterations come in blocks of 512, on all cores; the same seed gives the same numbers on any number.
    let blocks = 0..engine::blocks_for(50_000);
    let results =
        engine::run(&simulation, blocks, || Results::new(&simulation), |_| ControlFlow::Continue(()))?;

    let show = |minutes: i64| i32::try_from(minutes).map(|minutes| Instant(minutes).finish_date());
    println!("{}: planned for {}", program.name(), show(i64::from(simulation.plan().finish))?);
    for level in [Percentile::P50, Percentile::P80] {
        // Every percentile comes with its 95 % interval; none means that some window was missed for good.
        let finish = results.finish.percentile_estimated(level).ok_or("there is no finish")?;
        let high = finish.high.unwrap_or(finish.value);
        println!("{level}: {} ({} to {})", show(finish.value)?, show(finish.low)?, show(high)?);
    }
    let promise = i64::from("2027-05-01".parse::<Instant>()?.0);
    let chance = results.finish.probability_at_most(promise);
    println!("chance to finish before 1 May 2027: {:.0} %", chance.value * 100.0);
    Ok(())
}
