//! What past estimates say about the ranges of new ones.
//!
//! The ratio of actual to estimated duration has a distribution of its own; its P10 and P90 are the range that belongs
//! around a single value (reference class forecasting on the level of tasks; Flyvbjerg 2006, Project Management
//! Journal 37(3); for efforts Jørgensen 2004, Journal of Systems and Software 70). Percentiles of the sample, unlike
//! moments, do not follow single mistakes in the data. Their intervals come from the bootstrap (Efron and Tibshirani
//! 1993, chapter 13, percentile method).

use std::collections::BTreeMap;

use rand_core::Rng;

use crate::draws::{AddressedRng, Seed, Stream};
use crate::import::PastTask;
use crate::units::Percentile;

/// With fewer pairs the P10 and P90 of a sample are its ends, and say nothing of what lies beyond.
pub const FEWEST_PAIRS: usize = 10;
/// With fewer pairs a range is little more than a guess.
pub const ENOUGH_PAIRS: usize = 30;
/// How many samples the bootstrap draws.
const RESAMPLES: u32 = 1_000;
/// How many ratios the bootstrap draws in all, so that large histories take no longer.
const MOST_DRAWS: usize = 20_000_000;
const LOW: Percentile = Percentile::whole(10);
const MIDDLE: Percentile = Percentile::whole(50);
const HIGH: Percentile = Percentile::whole(90);

/// A percentile of the ratio of actual to estimate, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The percentile of the sample.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end of its interval.
    pub high: f64,
}

/// How past estimates of one kind of work turned out.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The kind of work; [`None`] for all of it together.
    pub category: Option<String>,
    /// How many pairs of estimate and actual value there are.
    pub pairs: usize,
    /// One in ten took less.
    pub p10: Ratio,
    /// Half of them took less.
    pub p50: Ratio,
    /// One in ten took more.
    pub p90: Ratio,
    /// The share that took longer than estimated.
    pub over: f64,
    /// All actual durations together by all estimates together.
    pub total: f64,
}

impl Calibration {
    /// The range around a single value, as shares less and more of it; [`None`] if there are too few pairs, or no spread.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        let is_range = self.pairs >= FEWEST_PAIRS && self.p10.value < self.p90.value;
        is_range.then_some((self.p10.value - 1.0, self.p90.value - 1.0))
    }

    /// The median that a lognormal law of this P10 and P90 has, if the data do not agree with it: if it lies outside the
    /// interval of their median.
    #[must_use]
    pub fn skewed_median(&self) -> Option<f64> {
        let median = libm::sqrt(self.p10.value * self.p90.value);
        (median < self.p50.low || median > self.p50.high).then_some(median)
    }
}

/// How past estimates turned out: all together first, then by category where there are several, by name.
///
/// The intervals depend on the pairs and on nothing else. No pairs make no calibration.
///
/// ```
/// use p80::analysis::calibrations;
/// use p80::import::PastTask;
/// let task = |at: u32| PastTask { category: None, estimate: 100.0, actual: 100.0 + f64::from(at) };
/// let found = calibrations(&(0..100).map(task).collect::<Vec<_>>());
/// assert_eq!(found[0].p90.value, 1.89);
/// ```
#[must_use]
pub fn calibrations(tasks: &[PastTask]) -> Vec<Calibration> {
    let mut groups: BTreeMap<Option<&str>, Vec<&PastTask>> = BTreeMap::new();
    for task in tasks {
        groups.entry(None).or_default().push(task);
        if let Some(category) = &task.category {
            groups.entry(Some(category)).or_default().push(task);
        }
    }
    groups.into_iter().map(|(category, tasks)| calibration(category, &tasks)).collect()
}

fn calibration(category: Option<&str>, tasks: &[&PastTask]) -> Calibration {
    let mut ratios: Vec<f64> = tasks.iter().map(|task| task.actual / task.estimate).collect();
    ratios.sort_by(f64::total_cmp);
    let levels = [LOW, MIDDLE, HIGH];
    let mut samples: [Vec<f64>; 3] = Default::default();
    let resamples = (MOST_DRAWS / ratios.len().max(1)).clamp(100, RESAMPLES as usize);
    let stream = Stream::new(Seed(1), &format!("calibrate/{}", category.unwrap_or("")));
    let mut counts = vec![0_u32; ratios.len()];
    for resample in 0..resamples {
        counts.fill(0);
        let mut random = AddressedRng::new(stream, resample as u32);
        for _ in 0..ratios.len() {
            // Lemire's product: every index, the same share within 2^-32 of it.
            let at = (u64::from(random.next_u32()) * ratios.len() as u64) >> 32;
            counts[at as usize] += 1;
        }
        for (level, sample) in levels.into_iter().zip(&mut samples) {
            sample.push(ranked(&ratios, &counts, level.rank(ratios.len() as u64)));
        }
    }
    let mut ratio = |at: usize| {
        let sample = &mut samples[at];
        sample.sort_by(f64::total_cmp);
        // 95 % of the samples lie between these.
        let end = |share: f64| sample[((share * sample.len() as f64) as usize).min(sample.len() - 1)];
        Ratio { value: percentile(&ratios, levels[at]), low: end(0.025), high: end(0.975) }
    };
    let over = tasks.iter().filter(|task| task.actual > task.estimate).count();
    let sum = |of: fn(&PastTask) -> f64| tasks.iter().map(|task| of(task)).sum::<f64>();
    Calibration {
        category: category.map(str::to_owned),
        pairs: ratios.len(),
        p10: ratio(0),
        p50: ratio(1),
        p90: ratio(2),
        over: over as f64 / ratios.len() as f64,
        total: sum(|task| task.actual) / sum(|task| task.estimate),
    }
}

/// The smallest value with so large a share at or below it.
fn percentile(sorted: &[f64], level: Percentile) -> f64 {
    let rank = level.rank(sorted.len() as u64) as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// The value of a rank of a sample in which each value stands so many times.
fn ranked(sorted: &[f64], counts: &[u32], rank: u64) -> f64 {
    let mut seen = 0_u64;
    for (value, &count) in sorted.iter().zip(counts) {
        seen += u64::from(count);
        if seen >= rank {
            return *value;
        }
    }
    sorted[sorted.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many tasks whose ratios are the middles of equal shares of a lognormal law.
    fn lognormal(median: f64, sigma: f64, pairs: u32) -> Vec<PastTask> {
        let law = crate::dist::Law::lognormal(libm::log(median), sigma).unwrap();
        let ratio = |at: u32| law.quantile((f64::from(at) + 0.5) / f64::from(pairs));
        (0..pairs).map(|at| PastTask { category: None, estimate: 480.0, actual: 480.0 * ratio(at) }).collect()
    }

    #[test]
    fn an_exact_lognormal_sample_gives_its_own_percentiles() {
        let found = &calibrations(&lognormal(1.2, 0.4, 10_001))[0];
        let z = 1.281_551_565_544_6;
        let known = |z: f64| 1.2 * libm::exp(0.4 * z);
        // One rank of 10,001 is 1.4e-4 of the value there.
        for (ratio, wanted) in [(found.p10, known(-z)), (found.p50, 1.2), (found.p90, known(z))] {
            assert!((ratio.value / wanted - 1.0).abs() < 2e-4, "{ratio:?} {wanted}");
            // The standard error of a percentile is sqrt(q (1 - q) / n) by the density there.
            assert!(ratio.low < wanted && wanted < ratio.high, "{ratio:?}");
        }
        let density = libm::exp(-z * z / 2.0) / (libm::sqrt(2.0 * std::f64::consts::PI) * 0.4 * known(z));
        let error = libm::sqrt(0.09 / 10_001.0) / density;
        let width = (found.p90.high - found.p90.low) / (2.0 * 1.96 * error);
        // An end at 2.5 % of 1,000 resamples has a standard error of sqrt(.025 x .975 / 1,000) / .0584 = .085 of that of the
        // percentile, the width of two of them in 3.92 one of 3 %: four of these.
        assert!((width - 1.0).abs() < 0.12, "{width}");
        assert_eq!(found.skewed_median(), None);
    }

    #[test]
    fn few_pairs_make_no_range() {
        assert_eq!(calibrations(&lognormal(1.0, 0.5, 9))[0].range(), None);
        assert!(calibrations(&lognormal(1.0, 0.5, 10))[0].range().is_some());
        assert_eq!(
            calibrations(&vec![PastTask { category: None, estimate: 1.0, actual: 1.0 }; 50])[0].range(),
            None
        );
        assert_eq!(calibrations(&[]), []);
    }
}
