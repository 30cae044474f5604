//! The laws as laws: tables against exact quantiles, draws against independent distribution functions,
//! moments against closed forms.
//!
//! Statistical tests use fixed seeds. A correct sampler exceeds `1.95 / sqrt(n)` in the Kolmogorov-Smirnov
//! test about once in a thousand seeds, and four standard errors once in 16,000.

use p80::dist::{Law, Reading};
use p80::draws::{BLOCK, Sampler, Seed, Stream, Table, Tables, unit};
use rand::SeedableRng;
use rand_distr::Distribution;
use statrs::distribution::{self as statrs_laws, ContinuousCDF};

/// Draws per law.
const N: usize = 1_000_000;

/// Laws of every family, at usual and at extreme shapes.
fn catalogue() -> Vec<Law> {
    let pert = |a, m, b, lambda| Law::pert_weighted(a, m, b, lambda, Reading::Ends).unwrap();
    let mut laws = vec![
        Law::uniform(-3.0, 8.0).unwrap(),
        Law::normal(10.0, 3.0).unwrap(),
        Law::exponential(5.0).unwrap(),
        Law::discrete(&[0.0, 1.0, 5.0], &[0.2, 0.5, 0.3]).unwrap(),
        Law::empirical(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]).unwrap(),
        Law::cumulative(&[(0.0, 1.0), (0.2, 5.0), (0.7, 5.0), (0.9, 6.0), (1.0, 30.0)]).unwrap(),
        Law::pert(90.0, 100.0, 130.0, Reading::P10P90).unwrap(),
        Law::triangular(90.0, 100.0, 130.0, Reading::P10P90).unwrap(),
    ];
    for mode in [0.0, 1e-12, 1e-6, 0.01, 0.1, 0.25, 0.3, 0.5, 0.77, 0.999, 1.0 - 1e-9, 1.0] {
        laws.push(Law::triangular(0.0, mode, 1.0, Reading::Ends).unwrap());
        for lambda in [0.5, 2.0, 4.0, 6.0, 20.0, 100.0] {
            laws.push(pert(0.0, mode, 1.0, lambda));
        }
    }
    for (a, b) in [(0.05, 0.05), (0.05, 3.0), (20.0, 0.05), (0.5, 0.5), (0.8, 7.0), (2.0, 2.0), (2e4, 3e3)] {
        laws.push(Law::beta(a, b, -1.0, 1.0).unwrap());
    }
    for sigma in [0.001, 0.05, 0.2, 0.5, 1.0, 1.5, 3.0] {
        laws.push(Law::lognormal(0.0, sigma).unwrap());
    }
    for shape in [0.05, 0.3, 0.9, 1.0, 2.0, 5.5, 30.0, 1e3, 1e5] {
        laws.push(Law::gamma(shape, 2.0).unwrap());
    }
    for shape in [0.2, 0.5, 1.0, 1.5, 3.6, 20.0, 1e3] {
        laws.push(Law::weibull(shape, 2.0).unwrap());
    }
    for alpha in [0.5, 1.0, 1.16, 2.0, 5.0, 100.0] {
        laws.push(Law::pareto(1.0, alpha, None).unwrap());
        laws.push(Law::pareto(1.0, alpha, Some(1.5)).unwrap());
        laws.push(Law::pareto(1.0, alpha, Some(1_000.0)).unwrap());
    }
    laws
}

/// Bits that visit the inside of every piece of a table, its edges, both ends and the kink.
fn probes(table: &Table) -> Vec<u32> {
    let mut probes: Vec<u32> = (0..4_096).flat_map(|i| [i, u32::MAX - i]).collect();
    let (split, level) = match table {
        Table::Smooth(segments) => (segments.split(), segments.level()),
        _ => (1 << 31, 4),
    };
    for octave in 0..32 {
        for i in 0..6 << level {
            let v = ((1_u64 << octave) as f64 * (1.0 + f64::from(i) / f64::from(6 << level))) as u32;
            probes.extend([v.saturating_sub(1), v, !v, !v.saturating_sub(1)]);
        }
    }
    probes.extend((0..2_000).flat_map(|i| [split.saturating_sub(i), split.saturating_add(i)]));
    probes.extend((0..2_000_u32).map(|i| i.wrapping_mul(2_654_435_761)));
    probes
}

/// Seen to fail with four pieces an octave (2.6e-6 for the normal) and with the split moved by one uniform.
/// Without a split at the kink it passes: the number of pieces adapts, so only size would tell.
#[test]
fn tables_err_by_less_than_a_millionth_of_the_range() {
    let mut worst: std::collections::BTreeMap<&str, (f64, String)> = std::collections::BTreeMap::new();
    for law in catalogue() {
        let mut tables = Tables::new();
        let started = std::time::Instant::now();
        let variable = tables.add(&law);
        let took = started.elapsed().as_secs_f64() * 1e6;
        let table = tables.get(variable.table().unwrap());
        let range = law.quantile(0.999) - law.quantile(0.001);
        let (median, ends) = (law.median(), law.support_ends());
        let mut error = 0.0_f64;
        for bits in probes(table) {
            let (exact, value) = (law.quantile(unit(bits)), variable.value(&tables, bits));
            // Beyond P0.1 and P99.9 the distance from the median is the yardstick where it is longer.
            error = error.max((value - exact).abs() / range.max((exact - median).abs()));
            let slack = 1e-12 * range.max(ends.1.abs());
            assert!(value >= ends.0 - slack && value <= ends.1 + slack, "{law:?} {bits}: {value} outside");
        }
        let level = if let Table::Smooth(segments) = table { segments.level() } else { 0 };
        let entry = worst.entry(law.kind()).or_default();
        if error > entry.0 {
            *entry = (error, format!("level {level} {took:.0} us {law:?}"));
        }
        if std::env::var_os("P80_SHOW_TABLES").is_some() {
            println!("{error:.1e} level {level} {took:.0} us {law:?}");
        }
        assert!(error < 1e-6, "{law:?}: {error:e} at level {level}");
    }
    println!("{worst:#?}");
}

#[test]
fn tables_never_descend() {
    for law in catalogue() {
        let mut tables = Tables::new();
        let variable = tables.add(&law);
        let mut probes = probes(tables.get(variable.table().unwrap()));
        probes.sort_unstable();
        let range = law.quantile(0.999) - law.quantile(0.001);
        for pair in probes.windows(2) {
            let (from, to) = (variable.value(&tables, pair[0]), variable.value(&tables, pair[1]));
            // Two cubics that meet agree to rounding.
            assert!(to >= from - 1e-13 * range.max(from.abs()), "{law:?} {pair:?}: {from} then {to}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn quantiles_ascend_and_undo_the_distribution_function(
        points in proptest::array::uniform3(0.0..1_000.0_f64),
        lambda in 0.0..50.0_f64,
        shares in proptest::array::uniform2(0.000_001..0.999_999_f64),
        reading in 0..4_usize,
    ) {
        let mut points = points;
        points.sort_by(f64::total_cmp);
        let [low, mode, high] = points;
        proptest::prop_assume!(high - low > 1e-3);
        let reading = Reading::ALL[reading];
        let [from, to] = if shares[0] < shares[1] { shares } else { [shares[1], shares[0]] };
        let laws = [
            Law::triangular(low, mode, high, reading).unwrap(),
            Law::pert_weighted(low, mode, high, lambda, reading).unwrap(),
            Law::gamma(0.05 + lambda, high).unwrap(),
            Law::lognormal(0.0, 0.01 + lambda / 50.0).unwrap(),
            Law::weibull(0.1 + lambda, high).unwrap(),
            Law::pareto(1.0, 0.1 + lambda, Some(1.0 + high)).unwrap(),
        ];
        for law in laws {
            let (x, y) = (law.quantile(from), law.quantile(to));
            proptest::prop_assert!(x <= y + 1e-12 * y.abs().max(high), "{law:?}: {x} then {y}");
            if x > 1e-250 {
                let back = law.cdf(x);
                proptest::prop_assert!((back - from).abs() < 1e-9, "{law:?}: {back} is not {from}");
            }
        }
    }
}

/// Draws of a law through its table.
fn draws(law: &Law, sampler: Sampler, name: &str) -> Vec<f64> {
    let mut tables = Tables::new();
    let variable = tables.add(law);
    let stream = Stream::new(Seed(20_270_111), name);
    let mut bits = [0; BLOCK];
    let mut values = Vec::with_capacity(N + BLOCK);
    for block in 0..N.div_ceil(BLOCK) as u32 {
        sampler.fill_block(&stream, block, &mut bits);
        values.extend(bits.iter().map(|&bits| variable.value(&tables, bits)));
    }
    values
}

/// The greatest distance between a sorted sample and a continuous distribution function.
fn gap(sorted: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = sorted.len() as f64;
    let at = |(i, &x): (usize, &f64)| {
        let share = cdf(x);
        (share - i as f64 / n).max((i + 1) as f64 / n - share)
    };
    sorted.iter().enumerate().map(at).fold(0.0, f64::max)
}

/// A distribution function.
type Cdf = Box<dyn Fn(f64) -> f64>;

/// Laws with a distribution function of statrs that is not ours.
fn independent() -> Vec<(Law, Cdf)> {
    fn cdf(law: impl ContinuousCDF<f64, f64> + 'static) -> Cdf {
        Box::new(move |x| law.cdf(x))
    }
    vec![
        (Law::uniform(2.0, 5.0).unwrap(), cdf(statrs_laws::Uniform::new(2.0, 5.0).unwrap())),
        (
            Law::triangular(80.0, 100.0, 150.0, Reading::Ends).unwrap(),
            cdf(statrs_laws::Triangular::new(80.0, 150.0, 100.0).unwrap()),
        ),
        (Law::normal(7.0, 2.0).unwrap(), cdf(statrs_laws::Normal::new(7.0, 2.0).unwrap())),
        (Law::lognormal(1.0, 0.7).unwrap(), cdf(statrs_laws::LogNormal::new(1.0, 0.7).unwrap())),
        (Law::beta(2.5, 0.8, 0.0, 1.0).unwrap(), cdf(statrs_laws::Beta::new(2.5, 0.8).unwrap())),
        (Law::pert(0.0, 0.25, 1.0, Reading::Ends).unwrap(), cdf(statrs_laws::Beta::new(2.0, 4.0).unwrap())),
        (
            Law::pert_weighted(0.0, 0.25, 1.0, 6.0, Reading::Ends).unwrap(),
            cdf(statrs_laws::Beta::new(2.5, 5.5).unwrap()),
        ),
        (Law::gamma(2.3, 1.5).unwrap(), cdf(statrs_laws::Gamma::new(2.3, 1.0 / 1.5).unwrap())),
        (Law::weibull(1.7, 3.0).unwrap(), cdf(statrs_laws::Weibull::new(1.7, 3.0).unwrap())),
        (Law::exponential(4.0).unwrap(), cdf(statrs_laws::Exp::new(0.25).unwrap())),
        (Law::pareto(2.0, 1.3, None).unwrap(), cdf(statrs_laws::Pareto::new(2.0, 1.3).unwrap())),
        (
            Law::pareto(1.0, 1.0, Some(10.0)).unwrap(),
            Box::new(|x: f64| ((1.0 - 1.0 / x) / 0.9).clamp(0.0, 1.0)),
        ),
        (
            Law::cumulative(&[(0.0, 1.0), (0.5, 2.0), (1.0, 6.0)]).unwrap(),
            Box::new(|x: f64| if x < 2.0 { 0.5 * (x - 1.0) } else { 0.5 + (x - 2.0) / 8.0 }),
        ),
    ]
}

/// Seen to fail with a triangular's mode moved by 0.4 % of its width, a gamma's shape and a PERT's alpha by
/// 0.5 %.
#[test]
fn draws_follow_independent_distribution_functions() {
    for (law, cdf) in independent() {
        let mut values = draws(&law, Sampler::Random, law.kind());
        values.sort_by(f64::total_cmp);
        let gap = gap(&values, cdf);
        assert!(gap < 1.95 / (values.len() as f64).sqrt(), "{law:?}: gap {gap}");
    }
}

/// Seen to fail as above.
#[test]
fn draws_agree_with_the_samplers_of_rand_distr() {
    type Sample = Box<dyn Fn(&mut rand::rngs::SmallRng) -> f64>;
    fn sample(law: impl Distribution<f64> + 'static) -> Sample {
        Box::new(move |rng| law.sample(rng))
    }
    let pert = rand_distr::Pert::new(10.0, 30.0).with_shape(4.0).with_mode(12.0).unwrap();
    let flat = rand_distr::Pert::new(10.0, 30.0).with_shape(2.0).with_mode(12.0).unwrap();
    let cases: Vec<(Law, Sample)> = vec![
        (Law::pert(10.0, 12.0, 30.0, Reading::Ends).unwrap(), sample(pert)),
        (Law::pert_weighted(10.0, 12.0, 30.0, 2.0, Reading::Ends).unwrap(), sample(flat)),
        (
            Law::triangular(1.0, 2.0, 5.0, Reading::Ends).unwrap(),
            sample(rand_distr::Triangular::new(1.0, 5.0, 2.0).unwrap()),
        ),
        (Law::lognormal(0.5, 0.4).unwrap(), sample(rand_distr::LogNormal::new(0.5, 0.4).unwrap())),
        (Law::gamma(0.7, 2.0).unwrap(), sample(rand_distr::Gamma::new(0.7, 2.0).unwrap())),
        (Law::weibull(0.8, 2.0).unwrap(), sample(rand_distr::Weibull::new(2.0, 0.8).unwrap())),
        (Law::normal(0.0, 1.0).unwrap(), sample(rand_distr::Normal::new(0.0, 1.0).unwrap())),
    ];
    for (law, sample) in cases {
        let mut ours = draws(&law, Sampler::Random, "pair");
        let mut rng = rand::rngs::SmallRng::seed_from_u64(9);
        let mut theirs: Vec<f64> = (0..ours.len()).map(|_| sample(&mut rng)).collect();
        ours.sort_by(f64::total_cmp);
        theirs.sort_by(f64::total_cmp);
        let n = ours.len();
        let (mut i, mut j, mut gap) = (0, 0, 0_usize);
        while i < n && j < n {
            if ours[i] <= theirs[j] {
                i += 1
            } else {
                j += 1
            }
            gap = gap.max(i.abs_diff(j));
        }
        let gap = gap as f64 / n as f64;
        assert!(gap < 1.95 * (2.0 / n as f64).sqrt(), "{law:?}: gap {gap}");
    }
}

/// Seen to fail with the permutation's first multiplier made even.
#[test]
fn every_stratified_block_is_as_even_as_it_can_be() {
    for (law, cdf) in independent() {
        let values = draws(&law, Sampler::Stratified, law.kind());
        for block in values.chunks_exact(BLOCK).take(300) {
            let mut block = block.to_vec();
            block.sort_by(f64::total_cmp);
            let gap = gap(&block, &cdf);
            // The table may move a draw by a millionth of the range.
            assert!(gap <= 1.0 / 512.0 + 1e-5, "{law:?}: gap {gap}");
        }
    }
}

/// Seen to fail with a variance of `((b - a) / 6)^2` for PERT.
#[test]
fn moments_of_draws_equal_the_closed_forms() {
    for law in catalogue() {
        let (Some(mean), Some(variance)) = (law.mean(), law.variance()) else { continue };
        // Fourth moments of heavy tails say nothing at this n.
        if matches!(&law, Law::LogNormal(law) if law.sigma() > 1.0)
            || matches!(&law, Law::Weibull(law) if law.shape() < 0.5)
            || matches!(&law, Law::Pareto(law) if law.alpha() < 4.5 && law.max().is_none_or(|max| max > 100.0))
        {
            continue;
        }
        let values: Vec<f64> = draws(&law, Sampler::Random, law.kind()).into_iter().take(200_000).collect();
        let n = values.len() as f64;
        let sum = |power: i32| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        assert!(sum(1).abs() < 4.0 * (variance / n).sqrt(), "{law:?}: mean off by {}", sum(1));
        let error = ((sum(4) - variance * variance) / n).sqrt();
        assert!((sum(2) - variance).abs() < 4.0 * error, "{law:?}: {} is not {variance}", sum(2));
    }
}

/// Seen to fail with the discrete thresholds raised by a 64th.
#[test]
fn discrete_draws_have_their_probabilities() {
    let law = Law::discrete(&[10.0, 20.0, 60.0], &[0.151_2, 0.35, 0.498_8]).unwrap();
    let values = draws(&law, Sampler::Random, "discrete");
    let n = values.len() as f64;
    for (value, p) in [(10.0, 0.1512), (20.0, 0.35), (60.0, 0.4988)] {
        let share = values.iter().filter(|&&x| x == value).count() as f64 / n;
        assert!((share - p).abs() < 4.0 * (p * (1.0 - p) / n).sqrt(), "{value}: {share}");
    }
}
