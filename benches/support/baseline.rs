//! The straightforward simulator: what a competent engineer writes in an afternoon with `rand_distr` and
//! rayon, one iteration at a time, in floating-point working minutes. It is the yardstick of the engine's
//! speed, and, sharing no code with it, a check of its numbers.
//!
//! It is made as fast as its design allows: the quickest generator of `rand`, samplers built once, flat
//! arrays in topological order, no allocation per iteration, a buffer per thread. It does less than the
//! engine: one calendar, finish-to-start links only, no dates, no driving chain, no second moments per task.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, Pert, Triangular};
use rayon::prelude::*;

use super::workload::{Kind, ThreePoint, Workload};

/// Iterations that one task of the thread pool runs.
const CHUNK: usize = 4_096;

/// A program ready for simulation, with one sampler per duration.
pub struct Baseline<P = Pert<f64>> {
    minutes: Vec<P>,
    costs: Vec<Triangular<f64>>,
    risks: Vec<Risk>,
    /// Predecessors of task `t`: `before[first[t]..first[t + 1]]`.
    first: Vec<u32>,
    before: Vec<u32>,
}

struct Risk {
    probability: f64,
    on: Vec<u32>,
    delay: Triangular<f64>,
    cost: Triangular<f64>,
}

/// What it reports.
pub struct Answer {
    /// Finish of each iteration, in working minutes from the start, ascending.
    pub finish: Vec<f64>,
    /// Cost of each iteration in euros, ascending.
    pub cost: Vec<f64>,
    /// Iterations in which each task was critical.
    pub critical: Vec<u64>,
    /// Mean duration of each task, in working minutes.
    pub minutes: Vec<f64>,
    /// Iterations in which each risk occurred.
    pub occurred: Vec<u64>,
}

/// What one chunk of iterations adds up to.
struct Part {
    finish: Vec<f64>,
    cost: Vec<f64>,
    critical: Vec<u64>,
    minutes: Vec<f64>,
    occurred: Vec<u64>,
}

impl Baseline {
    /// Prepares a workload.
    pub fn new(workload: &Workload) -> Self {
        Self::with(workload, pert)
    }
}

impl Baseline<Gammas> {
    /// The same with beta variates as ratios of gamma variates, more than three times as fast as `Pert`: what
    /// somebody finds who profiles it.
    pub fn tuned(workload: &Workload) -> Self {
        Self::with(workload, Gammas::new)
    }
}

impl<P: Distribution<f64> + Sync> Baseline<P> {
    fn with(workload: &Workload, law: fn(ThreePoint) -> P) -> Self {
        let mut links = workload.links.clone();
        links.sort_unstable_by_key(|&(from, to)| (to, from));
        let mut first = vec![0; workload.tasks.len() + 1];
        links.iter().for_each(|&(_, to)| first[to + 1] += 1);
        for at in 0..workload.tasks.len() {
            first[at + 1] += first[at];
        }
        Self {
            minutes: workload.tasks.iter().map(|task| law(task.minutes)).collect(),
            costs: match workload.size.kind {
                Kind::Durations => Vec::new(),
                _ => workload.tasks.iter().map(|task| triangular(task.cost)).collect(),
            },
            risks: workload
                .risks
                .iter()
                .map(|risk| Risk {
                    probability: risk.probability,
                    on: risk.on.iter().map(|&task| task as u32).collect(),
                    delay: triangular(risk.delay),
                    cost: triangular(risk.cost),
                })
                .collect(),
            first,
            before: links.iter().map(|&(from, _)| from as u32).collect(),
        }
    }

    /// Simulates on the threads of the current pool.
    pub fn run(&self, iterations: usize, seed: u64) -> Answer {
        let parts: Vec<Part> = (0..iterations.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let n = CHUNK.min(iterations - chunk * CHUNK);
                self.part(n, seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(chunk as u64))
            })
            .collect();
        let sum = |of: fn(&Part) -> &Vec<u64>, len: usize| {
            (0..len).map(|at| parts.iter().map(|part| of(part)[at]).sum()).collect()
        };
        let n = iterations as f64;
        let mut finish: Vec<f64> = parts.iter().flat_map(|part| &part.finish).copied().collect();
        let mut cost: Vec<f64> = parts.iter().flat_map(|part| &part.cost).copied().collect();
        finish.par_sort_unstable_by(f64::total_cmp);
        cost.par_sort_unstable_by(f64::total_cmp);
        let tasks = self.minutes.len();
        Answer {
            finish,
            cost,
            critical: sum(|part| &part.critical, tasks),
            minutes: (0..tasks)
                .map(|at| parts.iter().map(|part| part.minutes[at]).sum::<f64>() / n)
                .collect(),
            occurred: sum(|part| &part.occurred, self.risks.len()),
        }
    }

    fn part(&self, iterations: usize, seed: u64) -> Part {
        let tasks = self.minutes.len();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let (mut d, mut early, mut late) = (vec![0.0; tasks], vec![0.0_f64; tasks], vec![0.0_f64; tasks]);
        let mut part = Part {
            finish: Vec::with_capacity(iterations),
            cost: Vec::with_capacity(iterations),
            critical: vec![0; tasks],
            minutes: vec![0.0; tasks],
            occurred: vec![0; self.risks.len()],
        };
        for _ in 0..iterations {
            for (d, law) in d.iter_mut().zip(&self.minutes) {
                *d = law.sample(&mut rng);
            }
            let mut cost = 0.0;
            for (risk, occurred) in self.risks.iter().zip(&mut part.occurred) {
                if rng.random_bool(risk.probability) {
                    *occurred += 1;
                    let delay = risk.delay.sample(&mut rng);
                    risk.on.iter().for_each(|&task| d[task as usize] += delay);
                    cost += risk.cost.sample(&mut rng);
                }
            }
            let mut finish = 0.0_f64;
            for task in 0..tasks {
                let start = self.before(task).iter().map(|&from| early[from as usize]).fold(0.0, f64::max);
                early[task] = start + d[task];
                finish = finish.max(early[task]);
            }
            late.fill(finish);
            for task in (0..tasks).rev() {
                let start = late[task] - d[task];
                for &from in self.before(task) {
                    let latest = &mut late[from as usize];
                    *latest = latest.min(start);
                }
                // Sums in another order differ in the last bits.
                part.critical[task] += u64::from(late[task] - early[task] < 1e-6);
                part.minutes[task] += d[task];
            }
            cost += self.costs.iter().map(|law| law.sample(&mut rng)).sum::<f64>();
            part.finish.push(finish);
            part.cost.push(cost);
        }
        part
    }

    #[inline]
    fn before(&self, task: usize) -> &[u32] {
        &self.before[self.first[task] as usize..self.first[task + 1] as usize]
    }
}

/// The value at or below which this share of ascending values lies.
pub fn percentile(ascending: &[f64], share: f64) -> f64 {
    let rank = (share * ascending.len() as f64).ceil() as usize;
    ascending[rank.clamp(1, ascending.len()) - 1]
}

/// Mean and standard deviation.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / n).sqrt())
}

/// A PERT law by two gamma variates: `X / (X + Y)` is beta.
pub struct Gammas {
    low: f64,
    range: f64,
    x: Gamma<f64>,
    y: Gamma<f64>,
}

impl Gammas {
    fn new([low, mode, high]: ThreePoint) -> Self {
        let range = high - low;
        let gamma = |from: f64| Gamma::new(1.0 + 4.0 * from / range, 1.0).expect("shapes are at least 1");
        Self { low, range, x: gamma(mode - low), y: gamma(high - mode) }
    }
}

impl Distribution<f64> for Gammas {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let (x, y) = (self.x.sample(rng), self.y.sample(rng));
        self.low + self.range * (x / (x + y))
    }
}

fn pert([low, mode, high]: ThreePoint) -> Pert<f64> {
    Pert::new(low, high).with_mode(mode).expect("workloads have low < mode < high")
}

fn triangular([low, mode, high]: ThreePoint) -> Triangular<f64> {
    Triangular::new(low, high, mode).expect("workloads have low < mode < high")
}
