//! What ties estimates together: risk drivers. Exact answers, simulated with both samplers.
//!
//! Every comparison allows 4 standard errors, from the spread between batches of blocks; seeds are fixed.

#[path = "support/sample.rs"]
mod sample;

use p80::calendar::Calendar;
use p80::dist::{Law, Reading};
use p80::draws::Sampler;
use p80::model::{
    CalendarIx, Combine, Driver, DriverLevels, Estimate, Link, Program, ProgramBuilder, Task, TaskIx,
};
use p80::units::Probability;
use sample::{Sample, mean, measure, pearson, sd, share};

const DAY: f64 = 1_440.0;
const SAMPLERS: [Sampler; 2] = [Sampler::Stratified, Sampler::Random];

/// An estimate of a law.
fn estimate(law: Law) -> Estimate {
    let plan = law.plan_value();
    Estimate { law, plan }
}

fn triangular(low: f64, mode: f64, high: f64) -> Law {
    Law::triangular(low, mode, high, Reading::Ends).unwrap()
}

/// A program round the clock that starts on 2027-01-04.
fn builder() -> (ProgramBuilder, CalendarIx) {
    let start = "2027-01-04".parse().unwrap();
    let mut builder = ProgramBuilder::new("dependence", start, "EUR".parse().unwrap());
    let calendar = builder.calendar("24x7", Calendar::round_the_clock());
    (builder, calendar)
}

fn driver(id: &str, p: f64, factor: Law, targets: &[TaskIx]) -> Driver {
    Driver {
        id: id.into(),
        title: id.into(),
        levels: DriverLevels { probability: Probability::new(p).unwrap(), factor: estimate(factor) },
        targets: targets.to_vec(),
        combine: Combine::Series,
        response: None,
        owner: None,
        category: None,
    }
}

/// Two tasks of 100 days that share a driver; each with a driver and an uncertainty of its own.
fn hulett(in_series: bool, shared_only: bool) -> Program {
    let (mut builder, calendar) = builder();
    let own =
        if shared_only { Law::fixed(100.0 * DAY) } else { triangular(90.0 * DAY, 100.0 * DAY, 120.0 * DAY) };
    let a = builder.task(Task::work("a", estimate(own.clone()), calendar));
    let b = builder.task(Task::work("b", estimate(own), calendar));
    if in_series {
        builder.link(Link::finish_to_start(a, b));
    }
    builder.driver(driver("S", 0.5, triangular(0.95, 1.10, 1.40), &[a, b]));
    if !shared_only {
        builder.driver(driver("A", 0.3, triangular(1.0, 1.1, 1.3), &[a]));
        builder.driver(driver("B", 0.3, triangular(1.0, 1.1, 1.3), &[b]));
    }
    builder.build().unwrap()
}

/// Days from the start of the program.
fn days(program: &Program, finish: &[f64]) -> Vec<f64> {
    finish.iter().map(|minutes| (minutes - f64::from(program.start().0)) / DAY).collect()
}

// Seen to fail when factors are added up instead of multiplied.
#[test]
fn shared_drivers_stretch_and_correlate_as_computed() {
    for sampler in SAMPLERS {
        for (in_series, m, s, levels) in [
            (true, 231.0533, 26.1235, [202.215, 225.489, 252.564, 268.713]),
            (false, 121.2845, 15.2724, [103.956, 118.376, 133.599, 142.463]),
        ] {
            let program = hulett(in_series, false);
            let sample = Sample::new(&program, sampler, 1_024);
            let finish = days(&program, &sample.finish);
            measure(&[&finish], |x| mean(x[0])).expect(m, 1e-3, "mean");
            measure(&[&finish], |x| sd(x[0])).expect(s, 1e-3, "sd");
            for (p, level) in [0.1, 0.5, 0.8, 0.9].into_iter().zip(levels) {
                measure(&[&finish], |x| share(x[0], level)).expect(p, 5e-5, "percentile");
            }
            let factors: Vec<f64> = sample.minutes[0].iter().map(|minutes| minutes / (100.0 * DAY)).collect();
            measure(&[&factors], |x| mean(x[0])).expect(1.155267, 1e-5, "multiplier");
            measure(&[&factors], |x| sd(x[0])).expect(0.150243, 1e-5, "sd of the multiplier");
            let both = [sample.minutes[0].as_slice(), &sample.minutes[1]];
            measure(&both, |x| pearson(x[0], x[1])).expect(0.51164, 1e-5, "correlation");
        }
        let alone = Sample::new(&hulett(true, true), sampler, 16);
        assert!(pearson(&alone.minutes[0], &alone.minutes[1]) > 1.0 - 1e-12);
    }
}

/// In a group the largest factor above 1 and the smallest below 1 apply once each; by hand.
#[test]
fn of_parallel_drivers_the_extremes_apply_once() {
    // Seen to fail when the group multiplies all its factors.
    let (mut builder, calendar) = builder();
    let task = builder.task(Task::work("a", Estimate::certain(1_000.0), calendar));
    let parallel = |id: &str, p: f64, factor: f64| Driver {
        combine: Combine::Parallel("g".into()),
        ..driver(id, p, Law::fixed(factor), &[task])
    };
    for one in [parallel("1", 0.5, 1.2), parallel("2", 0.5, 1.5), parallel("3", 1.0, 0.8)] {
        builder.driver(one);
    }
    builder.driver(driver("4", 1.0, Law::fixed(1.1), &[task]));
    let sample = Sample::new(&builder.build().unwrap(), Sampler::Stratified, 1);
    // 1,000 x 1.1 x 0.8 is 880; times 1.2 or 1.5, each from probabilities of a half.
    let count = |minutes: f64| sample.minutes[0].iter().filter(|&&found| found == minutes).count();
    assert_eq!([880.0, 1_056.0, 1_320.0].map(count).iter().sum::<usize>(), 512);
    assert_eq!(count(1_320.0), 256, "the larger factor holds wherever it occurs");
    assert!(count(880.0) > 90 && count(1_056.0) > 90);
}

/// A response that is on keeps the occurrences that remain, so that the difference is the response.
#[test]
fn a_response_keeps_the_draws_of_its_driver() {
    use p80::model::{DriverLevels as Levels, DriverResponse};
    let program = |on: bool| {
        let (mut builder, calendar) = builder();
        let task = builder.task(Task::work("a", Estimate::certain(1e5), calendar));
        let mut one = driver("S", 0.6, triangular(1.0, 1.1, 1.4), &[task]);
        let residual = Levels { probability: Probability::new(0.2).unwrap(), ..one.levels.clone() };
        one.response = Some(DriverResponse { on, cost: None, residual });
        builder.driver(one);
        builder.build().unwrap()
    };
    let (before, after) = (program(false), program(true));
    let [before, after] = [&before, &after].map(|program| Sample::new(program, Sampler::Stratified, 2));
    let pairs = || before.minutes[0].iter().zip(&after.minutes[0]);
    assert!(pairs().all(|(before, after)| after == before || *after == 1e5));
    let still = pairs().filter(|(_, after)| **after > 1e5).count();
    assert!((195..=213).contains(&still), "{still} of 1,024 are a fifth");
}
