//! Whole samples of durations and costs, and statistics with their standard errors.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use p80::draws::{Sampler, Seed};
use p80::engine::{self, Block, Observer, Simulation};
use p80::model::Program;

/// What every iteration came to, in order.
pub struct Sample {
    /// By task: minutes.
    pub minutes: Vec<Vec<f64>>,
    /// By task: minor units.
    pub cost: Vec<Vec<f64>>,
    /// By risk: 1 where it occurred.
    pub occurred: Vec<Vec<f64>>,
    /// Minutes of the finish.
    pub finish: Vec<f64>,
}

/// A value with its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub value: f64,
    pub error: f64,
}

impl Measured {
    /// Whether the expected value lies within four standard errors and what `rounding` of the expectation
    /// and of the minutes takes.
    #[track_caller]
    pub fn expect(self, expected: f64, rounding: f64, what: &str) {
        let allowed = 4.0 * self.error + rounding;
        assert!(
            (self.value - expected).abs() <= allowed,
            "{what}: {self:?}, expected {expected} ± {allowed}"
        );
    }
}

#[derive(Default)]
struct Keep(BTreeMap<u64, Block>);

impl Observer for Keep {
    fn block(&mut self, block: &Block) {
        self.0.insert(block.index, block.clone());
    }

    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// Blocks in a batch: the spread between batches gives the standard errors.
const BATCH: usize = 8 * 512;

impl Sample {
    /// Simulates so many blocks.
    pub fn new(program: &Program, sampler: Sampler, blocks: u64) -> Self {
        let simulation = Simulation::compile(program, Seed(20_270_104), sampler).unwrap();
        let kept =
            engine::run(&simulation, 0..blocks, Keep::default, |_| ControlFlow::Continue(())).unwrap().0;
        let rows = |count: usize, of: &dyn Fn(&Block, usize) -> Vec<f64>| {
            (0..count).map(|at| kept.values().flat_map(|block| of(block, at)).collect()).collect()
        };
        let tasks = program.tasks().len();
        Self {
            minutes: rows(tasks, &|block, at| {
                block.task_minutes.row(at).iter().map(|&x| f64::from(x)).collect()
            }),
            cost: rows(tasks, &|block, at| block.task_cost.row(at).iter().map(|&x| x as f64).collect()),
            occurred: rows(program.risks().len(), &|block, at| {
                block.risk_occurred.row(at).iter().map(|&x| f64::from(u8::from(x))).collect()
            }),
            finish: kept.values().flat_map(|block| block.finish.iter().map(|&x| f64::from(x))).collect(),
        }
    }
}

/// A statistic of some columns, with the standard error that the spread between batches gives.
pub fn measure(columns: &[&[f64]], statistic: impl Fn(&[&[f64]]) -> f64) -> Measured {
    let n = columns[0].len();
    let batches: Vec<f64> = (0..n / BATCH)
        .map(|batch| {
            let part: Vec<&[f64]> =
                columns.iter().map(|column| &column[batch * BATCH..(batch + 1) * BATCH]).collect();
            statistic(&part)
        })
        .collect();
    let error = sd(&batches) / (batches.len() as f64).sqrt();
    Measured { value: statistic(columns), error }
}

pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

pub fn sd(x: &[f64]) -> f64 {
    let mean = mean(x);
    (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64).sqrt()
}

/// Pearson's correlation.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let (mx, my) = (mean(x), mean(y));
    let cross: f64 = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum();
    cross / (x.len() as f64 * sd(x) * sd(y))
}

/// The share of values at or below a limit.
pub fn share(x: &[f64], limit: f64) -> f64 {
    x.iter().filter(|&&x| x <= limit).count() as f64 / x.len() as f64
}

/// Average ranks.
pub fn ranks(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut ranks = vec![0.0; x.len()];
    let mut first = 0;
    for tied in order.chunk_by(|&a, &b| x[a] == x[b]) {
        let average = first as f64 + (tied.len() - 1) as f64 / 2.0;
        tied.iter().for_each(|&at| ranks[at] = average);
        first += tied.len();
    }
    ranks
}
