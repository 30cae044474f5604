//! Networks with published or exact answers, in weeks of a round-the-clock calendar.

use std::ops::ControlFlow;

use super::Check;
use crate::calendar::Calendar;
use crate::dist::{LastWeek, Law, LawError, Reading, Throughput, WeeklyPace};
use crate::draws::{Sampler, Seed};
use crate::engine::{self, Simulation};
use crate::model::{
    CalendarIx, Combine, DelayImpact, Estimate, Impact, Link, Program, ProgramBuilder, Risk, RiskLevels,
    RiskStatus, Task, TaskIx,
};
use crate::results::{Estimated, Results};
use crate::units::{Currency, Instant, Percentile, Probability};

/// Minutes of a week.
const WEEK: f64 = 10_080.0;

/// Durations and quantiles are rounded to the minute: 1e-4 weeks, unbiased.
const DIGITS: f64 = 1e-5;

/// Monday 2027-01-04, 00:00, in minutes since the epoch.
const START: Instant = Instant(29_983_680);

/// A network of which the answers are known.
#[derive(Clone, Debug)]
pub struct KnownAnswer {
    /// What it is called, with its source.
    pub name: &'static str,
    /// The network.
    pub program: Program,
    /// What must come out.
    pub expected: Vec<Expectation>,
}

/// One answer of a network. `digits` is half a unit of the last digit that is published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expectation {
    /// The mean finish, in weeks.
    Mean {
        /// Its value.
        weeks: f64,
        /// How exactly it is known.
        digits: f64,
    },
    /// The standard deviation of the finish, in weeks.
    Sd {
        /// Its value.
        weeks: f64,
        /// How exactly it is known.
        digits: f64,
    },
    /// The share of iterations that finish within so many weeks.
    Within {
        /// So many weeks.
        weeks: f64,
        /// The share.
        share: f64,
        /// How exactly it is known: a quantile with few digits is a share that is not quite round.
        digits: f64,
    },
    /// A percentile that is exact because the answer is discrete.
    Percentile {
        /// The percentile.
        percent: u32,
        /// Its value.
        weeks: f64,
    },
    /// The criticality index of a task; ties are shared as the source shares them.
    Criticality {
        /// The task.
        task: &'static str,
        /// The share of iterations.
        share: f64,
    },
}

impl KnownAnswer {
    /// Simulates the network and compares: each answer within four standard errors. These are the formula
    /// for independent draws, and with stratified ones the spread between blocks. A correct program exceeds
    /// that once in about 16,000 comparisons.
    #[must_use]
    pub fn check(&self, sampler: Sampler, iterations: u64) -> Vec<Check> {
        let named = |what: &str| format!("{}: {what} ({})", self.name, sampler.name());
        let simulation = match Simulation::compile(&self.program, Seed(20_270_104), sampler) {
            Ok(simulation) => simulation,
            Err(errors) => {
                let found = errors.first().map(ToString::to_string).unwrap_or_default();
                return vec![Check::same("known answers", named("compiles"), "yes", found)];
            }
        };
        let blocks = engine::blocks_for(iterations);
        let done =
            engine::run(&simulation, 0..blocks, || Results::new(&simulation), |_| ControlFlow::Continue(()));
        let results = match done {
            Ok(results) => results,
            Err(error) => {
                return vec![Check::same("known answers", named("runs"), "yes", error.to_string())];
            }
        };
        let measured = Measured { simulation: &simulation, results: &results, sampler };
        let near = |what: String, expected: f64, (found, allowed): (f64, f64)| {
            Check::near("known answers", named(&what), expected, found, allowed)
        };
        let check = |expectation: &Expectation| match *expectation {
            Expectation::Mean { weeks, digits } => near("mean".into(), weeks, measured.mean(digits)),
            Expectation::Sd { weeks, digits } => near("sd".into(), weeks, measured.sd(digits)),
            Expectation::Within { weeks, share, digits } => {
                near(format!("share within {weeks} weeks"), share, measured.within(weeks, share, digits))
            }
            Expectation::Percentile { percent, weeks } => {
                near(format!("P{percent}"), weeks, measured.percentile(percent))
            }
            Expectation::Criticality { task, share } => {
                near(format!("criticality of {task}"), share, measured.criticality(task, share))
            }
        };
        self.expected.iter().map(check).collect()
    }
}

/// A simulated network; every measure comes with what it may be off by.
struct Measured<'a> {
    simulation: &'a Simulation,
    results: &'a Results,
    sampler: Sampler,
}

impl Measured<'_> {
    fn n(&self) -> f64 {
        self.results.iterations as f64
    }

    fn weeks(&self, minutes: f64) -> f64 {
        (minutes - f64::from(START.0)) / WEEK
    }

    /// One standard error: the formula, or from a 95 % interval with Student's t of 63 degrees of freedom.
    fn error(&self, estimate: Estimated<f64>, independent: f64) -> f64 {
        match (self.sampler, estimate.high) {
            (Sampler::Stratified, Some(high)) => (high - estimate.low) / 2.0 / 1.998,
            _ => independent,
        }
    }

    fn mean(&self, digits: f64) -> (f64, f64) {
        let outcome = &self.results.finish;
        let (Some(mean), Some(sd)) = (outcome.mean_estimated(), outcome.standard_deviation()) else {
            return (f64::NAN, 0.0);
        };
        let error = self.error(mean, sd / libm::sqrt(self.n())) / WEEK;
        (self.weeks(mean.value), 4.0 * error + digits + DIGITS)
    }

    /// The standard error of a standard deviation needs the fourth moment, here from the histogram; that of
    /// independent draws, which stratified ones only undercut.
    fn sd(&self, digits: f64) -> (f64, f64) {
        let outcome = &self.results.finish;
        let (Some(mean), Some(sd)) = (outcome.mean(), outcome.standard_deviation()) else {
            return (f64::NAN, 0.0);
        };
        let central = |power: i32| {
            let bins = outcome.histogram().bins();
            let sum: f64 = bins
                .map(|bin| bin.count as f64 * libm::pow((bin.largest as f64 - mean) / WEEK, f64::from(power)))
                .sum();
            sum / self.n()
        };
        let (m2, m4) = (central(2), central(4));
        let error = libm::sqrt((m4 - m2 * m2) / (4.0 * m2 * self.n()));
        (sd / WEEK, 4.0 * error + digits + DIGITS)
    }

    fn within(&self, weeks: f64, share: f64, digits: f64) -> (f64, f64) {
        let limit = (f64::from(START.0) + weeks * WEEK).round_ties_even() as i64;
        let estimate = self.results.finish.probability_at_most(limit);
        let error = self.error(estimate, libm::sqrt(share * (1.0 - share) / self.n()));
        (estimate.value, 4.0 * error + digits + DIGITS)
    }

    fn percentile(&self, percent: u32) -> (f64, f64) {
        let value = self.results.finish.percentile(Percentile::whole(percent));
        (value.map_or(f64::NAN, |minutes| self.weeks(minutes as f64)), 0.0)
    }

    fn criticality(&self, task: &str, share: f64) -> (f64, f64) {
        let at = self.simulation.program().tasks().iter().position(|one| one.id == task);
        let found = at.map_or(f64::NAN, |at| self.results.tasks[at].critical as f64 / self.n());
        // Ties within the minute count for both paths.
        (found, 4.0 * libm::sqrt(share * (1.0 - share) / self.n()) + 6e-5)
    }
}

/// A network in the making.
struct Net {
    builder: ProgramBuilder,
    calendar: CalendarIx,
}

/// A law of weeks.
type MadeLaw = Result<Law, LawError>;

const GOOD: &str = "the known answers are valid programs, which a test shows";

impl Net {
    fn new() -> Self {
        let currency: Currency = "EUR".parse().expect(GOOD);
        let mut builder = ProgramBuilder::new("known answer", START, currency);
        let calendar = builder.calendar("24x7", Calendar::round_the_clock());
        Self { builder, calendar }
    }

    fn task(&mut self, id: &str, law: MadeLaw, after: &[TaskIx]) -> TaskIx {
        let task = self.builder.task(Task::work(id, estimate(law), self.calendar));
        for &from in after {
            self.builder.link(Link::finish_to_start(from, task));
        }
        task
    }

    fn risk(&mut self, id: &str, probability: f64, delay: MadeLaw, on: TaskIx) {
        let impact = Impact {
            key: "delay".into(),
            targets: vec![on],
            per_task: false,
            delay: Some(DelayImpact::Minutes(estimate(delay))),
            cost: None,
        };
        let probability = Probability::new(probability).expect(GOOD);
        self.builder.risk(Risk {
            id: id.into(),
            title: id.into(),
            status: RiskStatus::Open,
            levels: RiskLevels { probability, impacts: vec![impact] },
            combine: Combine::Series,
            response: None,
            owner: None,
            category: None,
        });
    }

    fn answer(self, name: &'static str, expected: Vec<Expectation>) -> KnownAnswer {
        KnownAnswer { name, program: self.builder.build().expect(GOOD), expected }
    }
}

fn estimate(law: MadeLaw) -> Estimate {
    let law = law.and_then(|law| law.scaled(WEEK)).expect(GOOD);
    let plan = law.plan_value();
    Estimate { law, plan }
}

fn mean(weeks: f64) -> Expectation {
    Expectation::Mean { weeks, digits: 0.0 }
}

fn sd(weeks: f64) -> Expectation {
    Expectation::Sd { weeks, digits: 0.0 }
}

/// Quantiles with five digits or more: their rounding moves the share by less than 1e-5.
fn within(weeks: f64, share: f64) -> Expectation {
    Expectation::Within { weeks, share, digits: 1e-5 }
}

/// Quantiles with three digits: half a digit of them moves the share by the greatest density.
fn roughly_within(weeks: f64, share: f64, sd: f64) -> Expectation {
    Expectation::Within { weeks, share, digits: 0.0005 * 0.4 / sd + 5e-5 }
}

fn critical(task: &'static str, share: f64) -> Expectation {
    Expectation::Criticality { task, share }
}

/// The known answers of the self-test.
#[must_use]
pub fn known_answers() -> Vec<KnownAnswer> {
    vec![
        clark(),
        merge_bias(),
        bridge(),
        one_risk(),
        five_risks(),
        reliable("Reliable Construction, triangular", Law::triangular, RELIABLE_TRIANGULAR),
        reliable("Reliable Construction, PERT", Law::pert, RELIABLE_PERT),
        serial_perts(),
        throughput(),
    ]
}

/// Clark (1961), "The greatest of a finite set of random variables".
fn clark() -> KnownAnswer {
    let mut net = Net::new();
    net.task("a", Law::normal(100.0, 10.0), &[]);
    net.task("b", Law::normal(95.0, 15.0), &[]);
    net.answer("maximum of two normals", vec![mean(104.966891), sd(9.966945), critical("a", 0.609244)])
}

fn merge_bias() -> KnownAnswer {
    let mut net = Net::new();
    for path in 0..5 {
        net.task(&format!("path {path}"), Law::normal(20.0, 1.0), &[]);
    }
    net.answer("maximum of five normals", vec![mean(21.162964), sd(0.668980), within(21.70984, 0.8)])
}

/// Five exponential arcs that are no series of parallels; exact by integration.
fn bridge() -> KnownAnswer {
    let mut net = Net::new();
    let arc = || Law::exponential(1.0);
    let a = net.task("a", arc(), &[]);
    let b = net.task("b", arc(), &[]);
    let c = net.task("c", arc(), &[a]);
    net.task("d", arc(), &[a]);
    net.task("e", arc(), &[b, c]);
    let expected = vec![
        mean(83.0 / 24.0),
        sd(libm::sqrt(1_663.0 / 576.0)),
        within(3.1611665, 0.5),
        within(4.7145197, 0.8),
        within(3.0, 0.4585217),
        within(5.0, 0.8346703),
        critical("d", 5.0 / 24.0),
        critical("c", 7.0 / 12.0),
        critical("b", 5.0 / 24.0),
    ];
    net.answer("Wheatstone bridge", expected)
}

fn one_risk() -> KnownAnswer {
    let mut net = Net::new();
    let base = net.task("base", Ok(Law::fixed(1.0)), &[]);
    net.risk("R", 0.3, Law::triangular(10.0, 20.0, 60.0, Reading::Ends), base);
    let expected =
        vec![mean(10.0), sd(14.966630), within(1.0, 0.7), within(24.485163, 0.8), within(35.180111, 0.9)];
    net.answer("one risk", expected)
}

fn five_risks() -> KnownAnswer {
    let mut net = Net::new();
    let base = net.task("base", Ok(Law::fixed(1.0)), &[]);
    let risks =
        [("R0", 0.4, 10.0), ("R1", 0.3, 20.0), ("R2", 0.2, 30.0), ("R3", 0.5, 5.0), ("R4", 0.1, 60.0)];
    for (id, probability, weeks) in risks {
        net.risk(id, probability, Ok(Law::fixed(weeks)), base);
    }
    let percentile = |percent, weeks| Expectation::Percentile { percent, weeks };
    let expected = vec![
        mean(25.5),
        within(1.0, 0.1512),
        percentile(50, 16.0),
        percentile(80, 41.0),
        percentile(90, 61.0),
    ];
    net.answer("five fixed risks", expected)
}

/// Thirty items at a weekly throughput of 0, 2, 3, 4 or 5, all alike; exact by convolution.
fn throughput() -> KnownAnswer {
    let mut net = Net::new();
    let pace = WeeklyPace::new(&[0, 2, 3, 4, 5]).expect(GOOD);
    let weeks = Throughput::new(&pace, &Law::fixed(30.0), &Law::fixed(1.0)).expect(GOOD);
    net.task("items", weeks.law(1.0, LastWeek::Whole), &[]);
    let percentile = |percent, weeks| Expectation::Percentile { percent, weeks };
    let done = |weeks, share| Expectation::Within { weeks, share, digits: 5e-6 };
    let expected = vec![
        Expectation::Mean { weeks: 11.2245, digits: 5e-5 },
        done(8.0, 0.06889),
        done(9.0, 0.20723),
        done(10.0, 0.40051),
        done(11.0, 0.59646),
        done(12.0, 0.75544),
        done(13.0, 0.86476),
        done(14.0, 0.93091),
        done(15.0, 0.96704),
        done(16.0, 0.98519),
        percentile(50, 11.0),
        percentile(80, 13.0),
        percentile(95, 15.0),
    ];
    net.answer("weekly throughput", expected)
}

/// Hillier & Lieberman, *Introduction to Operations Research*: low, mode, high in weeks, predecessors.
const RELIABLE: [(&str, [f64; 3], &str); 14] = [
    ("A", [1.0, 2.0, 3.0], ""),
    ("B", [2.0, 3.5, 8.0], "A"),
    ("C", [6.0, 9.0, 18.0], "B"),
    ("D", [4.0, 5.5, 10.0], "C"),
    ("E", [1.0, 4.5, 5.0], "C"),
    ("F", [4.0, 4.0, 10.0], "E"),
    ("G", [5.0, 6.5, 11.0], "D"),
    ("H", [5.0, 8.0, 17.0], "EG"),
    ("I", [3.0, 7.5, 9.0], "C"),
    ("J", [3.0, 9.0, 9.0], "FI"),
    ("K", [4.0, 4.0, 4.0], "J"),
    ("L", [1.0, 5.5, 7.0], "J"),
    ("M", [1.0, 2.0, 3.0], "H"),
    ("N", [5.0, 5.5, 9.0], "KL"),
];

/// Mean, sd, quantiles with their shares, and criticality indices, as published to four digits.
struct Published {
    mean: f64,
    sd: f64,
    within: &'static [(f64, f64)],
    critical: &'static [(&'static str, f64)],
}

const RELIABLE_TRIANGULAR: &Published = &Published {
    mean: 46.2335,
    sd: 3.6925,
    within: &[(41.560, 0.1), (46.089, 0.5), (49.381, 0.8), (51.127, 0.9), (47.0, 0.5938)],
    critical: &[
        ("A", 1.0),
        ("C", 1.0),
        ("D", 0.3151),
        ("E", 0.6482),
        ("F", 0.6482),
        ("H", 0.3151),
        ("I", 0.0368),
        ("J", 0.6849),
        ("K", 0.2045),
        ("L", 0.4804),
        ("N", 0.6849),
    ],
};

const RELIABLE_PERT: &Published = &Published {
    mean: 44.3265,
    sd: 2.9335,
    within: &[(40.634, 0.1), (44.196, 0.5), (46.809, 0.8), (48.213, 0.9), (47.0, 0.8164)],
    critical: &[
        ("D", 0.0984),
        ("E", 0.8307),
        ("F", 0.8307),
        ("I", 0.0710),
        ("J", 0.9016),
        ("K", 0.1573),
        ("L", 0.7443),
        ("N", 0.9016),
    ],
};

fn reliable(
    name: &'static str,
    law: fn(f64, f64, f64, Reading) -> MadeLaw,
    published: &Published,
) -> KnownAnswer {
    let mut net = Net::new();
    let mut tasks: Vec<(&str, TaskIx)> = Vec::new();
    for (id, [low, mode, high], after) in RELIABLE {
        let before: Vec<TaskIx> =
            tasks.iter().filter(|(id, _)| after.contains(id)).map(|&(_, task)| task).collect();
        let law = if low < high { law(low, mode, high, Reading::Ends) } else { Ok(Law::fixed(mode)) };
        tasks.push((id, net.task(id, law, &before)));
    }
    let mut expected = vec![
        Expectation::Mean { weeks: published.mean, digits: 5e-5 },
        Expectation::Sd { weeks: published.sd, digits: 5e-5 },
    ];
    expected.extend(published.within.iter().map(|&(at, share)| roughly_within(at, share, published.sd)));
    expected.extend(published.critical.iter().map(|&(task, share)| critical(task, share)));
    net.answer(name, expected)
}

fn serial_perts() -> KnownAnswer {
    let mut net = Net::new();
    let mut before = Vec::new();
    for step in 0..5 {
        before = vec![net.task(&format!("step {step}"), Law::pert(3.0, 5.0, 7.0, Reading::Ends), &before)];
    }
    let mut expected = vec![mean(25.0), sd(1.690309)];
    let shares = [(22.817, 0.1), (26.440, 0.8), (27.183, 0.9), (27.0, 0.8795)];
    expected.extend(shares.map(|(at, share)| roughly_within(at, share, 1.690309)));
    net.answer("five serial PERTs", expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_starts_on_the_first_monday_of_2027() {
        assert_eq!(START, "2027-01-04".parse().unwrap());
    }

    #[test]
    fn a_deliberately_wrong_expectation_fails() {
        let mut answer = clark();
        assert!(answer.check(Sampler::Stratified, 32_768).iter().all(|check| check.pass));
        // Paths that are added, the sd read as a variance, the other path critical.
        answer.expected = vec![mean(195.0), sd(3.157), critical("a", 0.390756), within(104.0, 0.9)];
        assert!(answer.check(Sampler::Stratified, 32_768).iter().all(|check| !check.pass));
    }
}
