//! The laws against rand_distr, and their tables against their exact quantile functions.

use rand_distr::Distribution;

use super::{Check, Effort};
use crate::dist::{Law, Reading};
use crate::draws::{AddressedRng, BLOCK, Sampler, Seed, Stream, Tables, unit};

/// Draws of rand_distr for one law.
type Reference = Box<dyn Fn(&mut AddressedRng) -> f64>;

/// All checks of the laws.
pub(super) fn law_checks(effort: Effort) -> Vec<Check> {
    let mut checks = Vec::new();
    for (name, law, reference) in laws() {
        checks.push(against_reference(name, &law, &reference, effort.draws()));
        checks.push(table_error(name, &law));
    }
    checks
}

fn laws() -> Vec<(&'static str, Law, Reference)> {
    fn drawn(law: impl Distribution<f64> + 'static) -> Reference {
        Box::new(move |rng| law.sample(rng))
    }
    let good = "the parameters are within their ranges";
    vec![
        (
            "uniform(2, 5)",
            Law::uniform(2.0, 5.0).expect(good),
            drawn(rand_distr::Uniform::new(2.0, 5.0).expect(good)),
        ),
        (
            "triangular(80, 100, 150)",
            Law::triangular(80.0, 100.0, 150.0, Reading::Ends).expect(good),
            drawn(rand_distr::Triangular::new(80.0, 150.0, 100.0).expect(good)),
        ),
        (
            "PERT(80, 100, 150)",
            Law::pert(80.0, 100.0, 150.0, Reading::Ends).expect(good),
            drawn(rand_distr::Pert::new(80.0, 150.0).with_mode(100.0).expect(good)),
        ),
        (
            "normal(7, 2)",
            Law::normal(7.0, 2.0).expect(good),
            drawn(rand_distr::Normal::new(7.0, 2.0).expect(good)),
        ),
        (
            "lognormal(1, 0.7)",
            Law::lognormal(1.0, 0.7).expect(good),
            drawn(rand_distr::LogNormal::new(1.0, 0.7).expect(good)),
        ),
        (
            "beta(2.5, 0.8)",
            Law::beta(2.5, 0.8, 0.0, 1.0).expect(good),
            drawn(rand_distr::Beta::new(2.5, 0.8).expect(good)),
        ),
        (
            "gamma(2.3, 1.5)",
            Law::gamma(2.3, 1.5).expect(good),
            drawn(rand_distr::Gamma::new(2.3, 1.5).expect(good)),
        ),
        (
            "Weibull(shape 1.7, scale 3)",
            Law::weibull(1.7, 3.0).expect(good),
            drawn(rand_distr::Weibull::new(3.0, 1.7).expect(good)),
        ),
        (
            "exponential(mean 4)",
            Law::exponential(4.0).expect(good),
            drawn(rand_distr::Exp::new(0.25).expect(good)),
        ),
        (
            "Pareto(2, 1.3)",
            Law::pareto(2.0, 1.3, None).expect(good),
            drawn(rand_distr::Pareto::new(2.0, 1.3).expect(good)),
        ),
    ]
}

/// The two-sample test of Kolmogorov and Smirnov; equal laws exceed the bound once in a thousand seeds.
fn against_reference(name: &str, law: &Law, reference: &Reference, n: usize) -> Check {
    let mut tables = Tables::new();
    let variable = tables.add(law);
    let stream = Stream::new(Seed(20_270_111), name);
    let mut bits = [0; BLOCK];
    let mut own = Vec::with_capacity(n);
    for block in 0..(n / BLOCK) as u32 {
        Sampler::Random.fill_block(&stream, block, &mut bits);
        own.extend(bits.iter().map(|&bits| variable.value(&tables, bits)));
    }
    let other_stream = Stream::new(Seed(20_270_112), name);
    let mut other: Vec<f64> = (0..own.len() as u32)
        .map(|iteration| reference(&mut AddressedRng::new(other_stream, iteration)))
        .collect();
    own.sort_by(f64::total_cmp);
    other.sort_by(f64::total_cmp);
    let allowed = 1.95 * libm::sqrt(2.0 / own.len() as f64);
    Check::near("laws", format!("{name}: KS distance from rand_distr"), 0.0, gap(&own, &other), allowed)
}

/// The greatest distance between the empirical distribution functions of two sorted samples.
fn gap(own: &[f64], other: &[f64]) -> f64 {
    let (mut i, mut j, mut most) = (0, 0, 0.0_f64);
    while i < own.len() && j < other.len() {
        let x = own[i].min(other[j]);
        while i < own.len() && own[i] <= x {
            i += 1;
        }
        while j < other.len() && other[j] <= x {
            j += 1;
        }
        most = most.max((i as f64 / own.len() as f64 - j as f64 / other.len() as f64).abs());
    }
    most
}

/// The largest error of the table, in units of P99.9 - P0.1 or, beyond these, of the distance from the median.
fn table_error(name: &str, law: &Law) -> Check {
    let mut tables = Tables::new();
    let variable = tables.add(law);
    let range = law.quantile(0.999) - law.quantile(0.001);
    let median = law.median();
    let spread = (0..4_000_u32).map(|i| i.wrapping_mul(2_654_435_761));
    let tails = (0..32).flat_map(|octave| {
        (0..8_u32).flat_map(move |i| {
            let v = (1_u32 << octave) | ((i << octave) >> 3);
            [v, !v]
        })
    });
    let error = spread.chain(tails).map(|bits| {
        let exact = law.quantile(unit(bits));
        (variable.value(&tables, bits) - exact).abs() / range.max((exact - median).abs())
    });
    let worst = error.fold(0.0, f64::max);
    Check::near("tables", format!("{name}: error of the table"), 0.0, worst, 1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_law_does_not_pass() {
        // A mode moved by 6 % of the width, a scale by 2 %.
        let (_, _, reference) = laws().remove(1);
        let wrong = Law::triangular(80.0, 104.0, 150.0, Reading::Ends).unwrap();
        assert!(!against_reference("wrong mode", &wrong, &reference, Effort::Full.draws()).pass);
        let (_, _, reference) = laws().remove(8);
        let wrong = Law::exponential(4.08).unwrap();
        assert!(!against_reference("wrong mean", &wrong, &reference, Effort::Full.draws()).pass);
    }

    #[test]
    fn the_gap_of_two_samples_is_that_of_their_steps() {
        assert_eq!(gap(&[1.0, 2.0], &[1.0, 2.0]), 0.0);
        assert_eq!(gap(&[1.0, 2.0], &[3.0, 4.0]), 1.0);
        assert_eq!(gap(&[1.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 2.0, 3.0]), 0.25);
    }
}
