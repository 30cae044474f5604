//! Parts of a run put together: any parts in any order are the single run, and nothing else is merged.

#[path = "support/rich_program.rs"]
mod rich_program;

use std::ops::{ControlFlow, Range};

use p80::draws::{BLOCK, Sampler, Seed};
use p80::engine::{self, Observer, Simulation};
use p80::model::Program;
use p80::report::Manifest;
use p80::results::{Columns, Results};
use p80::shard::{Fold, Header, Problem, Refusal, Shard, ShardError, ShardNumber, Union, beginning, unite};
use proptest::prelude::*;

use rich_program::{Rare, program};

const INPUTS: &str = "[program]";

fn inputs() -> Vec<(String, Vec<u8>)> {
    vec![("a.toml".to_owned(), INPUTS.into()), ("b.csv".to_owned(), vec![0, 255, b'\n'])]
}

fn simulation(program: &Program, sampler: Sampler) -> Simulation {
    Simulation::compile(program, Seed(7), sampler).unwrap()
}

fn simulate(simulation: &Simulation, blocks: Range<u64>) -> (Results, Columns) {
    let observer = || (Results::new(simulation), Columns::new(simulation.program()));
    engine::run(simulation, blocks, observer, |_| ControlFlow::Continue(())).unwrap()
}

fn manifest(simulation: &Simulation, blocks: u64) -> Manifest {
    Manifest::new(&inputs(), simulation.seed(), blocks * BLOCK as u64, simulation.sampler())
}

/// The file of a shard of a run of so many blocks.
fn file(simulation: &Simulation, shard: &str, blocks: u64) -> Vec<u8> {
    let header = Header::new(shard.parse().unwrap(), true, manifest(simulation, blocks));
    let (results, columns) = simulate(simulation, header.blocks());
    Shard::to_bytes(&header, &inputs(), &results, Some(&columns))
}

/// What shards that fit together come to.
fn folded(simulation: &Simulation, files: &[Vec<u8>], union: &Union) -> Fold {
    let mut fold = Fold::new(simulation, true);
    for (at, _) in &union.parts {
        fold.add(simulation, &Shard::read(&files[*at]).unwrap()).unwrap();
    }
    let ranges: Vec<Range<u64>> = union.parts.iter().map(|(_, blocks)| blocks.clone()).collect();
    let go = |_| ControlFlow::Continue(());
    fold.results.begin_with(beginning(simulation, &ranges, go).unwrap());
    fold
}

fn headers(files: &[Vec<u8>]) -> Vec<(String, Result<Header, Refusal>)> {
    let header = |bytes: &Vec<u8>| Ok(Shard::read(bytes)?.header);
    files.iter().enumerate().map(|(at, bytes)| (format!("part-{at}"), header(bytes))).collect()
}

fn rare() -> impl Strategy<Value = Rare> {
    prop::sample::select(vec![Rare::None, Rare::LateTrains, Rare::Stops])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    // Seen to fail when the largest value of a bin or the sum of a batch is not written.
    #[test]
    fn statistics_come_back_from_bytes_and_merge_in_any_order(
        (seed, tasks, rare) in (any::<u64>(), 1_usize..14, rare()),
        cuts in prop::collection::btree_set(1_u64..9, 0..5),
        order in any::<prop::sample::Index>(),
    ) {
        let program = program(seed, tasks, rare);
        let simulation = simulation(&program, Sampler::Stratified);
        let (whole, columns) = simulate(&simulation, 0..9);
        let ends: Vec<u64> = [0].into_iter().chain(cuts).chain([9]).collect();
        let mut parts: Vec<Range<u64>> = ends.windows(2).map(|ends| ends[0]..ends[1]).collect();
        let turned = order.index(parts.len());
        parts.rotate_left(turned);
        let (mut merged, mut rows) = (Results::new(&simulation), Columns::new(&program));
        for blocks in &parts {
            let (results, columns) = simulate(&simulation, blocks.clone());
            let bytes = results.save();
            merged.merge(Results::restored(&simulation, blocks.end - blocks.start, &bytes).unwrap());
            rows.merge(Columns::restored(&program, blocks.clone(), &columns.save()).unwrap());
            prop_assert!(Results::restored(&simulation, blocks.end - blocks.start + 1, &bytes).is_err());
            prop_assert!(Results::restored(&simulation, blocks.end - blocks.start, &bytes[..bytes.len() - 1]).is_err());
        }
        merged.begin_with(beginning(&simulation, &parts, |_| ControlFlow::Continue(())).unwrap());
        prop_assert_eq!(merged, whole);
        prop_assert_eq!(rows, columns);
    }

    #[test]
    fn any_shards_in_any_order_with_or_without_copies_are_the_single_run(
        (seed, tasks, rare) in (any::<u64>(), 1_usize..10, rare()),
        (blocks, of) in (1_u64..12, 1_u64..16),
        turned in any::<prop::sample::Index>(),
        copied in any::<prop::sample::Index>(),
        random in any::<bool>(),
    ) {
        let sampler = if random { Sampler::Random } else { Sampler::Stratified };
        let simulation = simulation(&program(seed, tasks, rare), sampler);
        let mut files: Vec<Vec<u8>> =
            ShardNumber::all(of).map(|shard| file(&simulation, &shard.to_string(), blocks)).collect();
        let turned = turned.index(files.len());
        files.rotate_left(turned);
        if turned % 2 == 1 {
            files.reverse();
        }
        let whole = simulate(&simulation, 0..blocks);
        let merged = folded(&simulation, &files, &unite(&headers(&files), false).unwrap());
        prop_assert_eq!((&merged.results, merged.columns.as_ref().unwrap()), (&whole.0, &whole.1));

        // A copy of a part that holds anything is refused, or left out where a part of the run is enough.
        let copy = copied.index(files.len());
        let is_empty = Shard::read(&files[copy]).unwrap().header.blocks().is_empty();
        files.push(files[copy].clone());
        prop_assert_eq!(unite(&headers(&files), false).is_err(), !is_empty);
        let merged = folded(&simulation, &files, &unite(&headers(&files), true).unwrap());
        prop_assert_eq!(merged.results, whole.0);
    }
}

/// A small shard, and the program that it is of.
fn sample() -> (Simulation, Vec<u8>) {
    let simulation = simulation(&program(3, 5, Rare::None), Sampler::Stratified);
    let bytes = file(&simulation, "2/3", 6);
    (simulation, bytes)
}

#[test]
fn a_shard_cut_anywhere_or_with_any_byte_changed_is_refused() {
    let (_, bytes) = sample();
    assert!(Shard::read(&bytes).is_ok());
    for at in (0..bytes.len()).step_by(bytes.len() / 997 + 1).chain([1, 20, 60, bytes.len() - 1]) {
        let error = Shard::read(&bytes[..at]).unwrap_err();
        assert!(matches!(error, ShardError::Truncated { .. }), "{at}: {error:?}");
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        assert!(Shard::read(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn statistics_of_another_program_are_refused_and_never_make_it_panic() {
    let (own, bytes) = sample();
    let shard = Shard::read(&bytes).unwrap();
    assert!(shard.results(&own).is_ok());
    for seed in 0..40 {
        let other = simulation(&program(seed + 100, 6, Rare::LateTrains), Sampler::Stratified);
        assert!(shard.results(&other).is_err(), "{seed}");
        assert!(shard.columns(&other).is_err(), "{seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_statistics_make_it_panic(at in any::<prop::sample::Index>(), with in any::<[u8; 10]>()) {
        thread_local! {
            static SAMPLE: (Simulation, Vec<u8>) = {
                let simulation = simulation(&program(3, 5, Rare::None), Sampler::Stratified);
                let bytes = simulate(&simulation, 0..2).0.save();
                (simulation, bytes)
            };
        }
        SAMPLE.with(|(simulation, bytes)| {
            let mut changed = bytes.clone();
            let at = at.index(changed.len() - with.len());
            changed[at..at + with.len()].copy_from_slice(&with);
            let _ = Results::restored(simulation, 2, &changed);
        });
    }
}

fn refusals(found: Result<Union, Vec<Problem>>) -> Vec<Refusal> {
    found
        .map(|union| union.problems)
        .unwrap_or_else(|problems| problems)
        .into_iter()
        .map(|p| p.refusal)
        .collect()
}

/// The headers of a run in thirds, of six blocks.
fn thirds() -> Vec<(String, Result<Header, Refusal>)> {
    let manifest = Manifest::new(&inputs(), Seed(1), 6 * 512, Sampler::Stratified);
    let header = |shard: ShardNumber| Ok(Header::new(shard, false, manifest.clone()));
    ShardNumber::all(3).map(|shard| (shard.to_string(), header(shard))).collect()
}

#[test]
fn missing_shards_are_named() {
    let missing = |shards: &[&str], iterations| Refusal::Missing {
        iterations,
        of: 3_072,
        shards: shards.iter().map(|shard| shard.parse().unwrap()).collect(),
    };
    let thirds = thirds();
    assert_eq!(refusals(unite(&thirds[1..], false)), [missing(&["1/3"], 1_024)]);
    let union = unite(&thirds[1..2], true).unwrap();
    assert_eq!(union.missing, [0..2, 4..6]);
    assert_eq!(refusals(Ok(union)), [missing(&["1/3", "3/3"], 2_048)]);
    assert_eq!(refusals(unite(&[], true)), [Refusal::Nothing]);
    let text = missing(&["1/3", "3/3"], 2_048).to_string();
    assert_eq!(text, "2048 of 3072 iterations are missing: shards 1/3, 3/3");
}

#[test]
fn a_shard_of_another_run_is_refused_whatever_is_different() {
    type Change = fn(&mut Manifest);
    let change: [(&str, Change); 7] = [
        ("the scenario (SHA-256)", |m| m.inputs_sha256.replace_range(..1, "x")),
        ("the variant", |m| m.variant = Some("other".into())),
        ("the seed", |m| m.seed = 2),
        ("the number of iterations", |m| m.iterations = 9 * 512),
        ("the sampler", |m| m.sampler = "random".into()),
        ("the stream version", |m| m.stream_version += 1),
        ("the manifest", |m| m.status = Some("2027-02-01".into())),
    ];
    for (wanted, change) in change {
        for partial in [false, true] {
            let mut files = thirds();
            let Ok(header) = &mut files[0].1 else { panic!() };
            change(&mut header.manifest);
            let found = unite(&files, partial).unwrap_err();
            assert_eq!(found[0].file.as_deref(), Some("1/3"), "the odd one out is at fault");
            assert!(
                matches!(&found[0].refusal, Refusal::Foreign { field, .. } if *field == wanted),
                "{found:?}"
            );
        }
    }
}

#[test]
fn shards_of_other_versions_are_refused() {
    let manifest = Manifest::new(&inputs(), Seed(1), 512, Sampler::Stratified);
    let read = |change: fn(&mut Manifest)| {
        let mut header = Header::new("1/1".parse().unwrap(), false, manifest.clone());
        change(&mut header.manifest);
        Header::read(&header.to_line())
    };
    assert!(read(|_| ()).is_ok());
    assert!(matches!(read(|m| m.p80_version = "9.9.9".into()), Err(ShardError::Version { .. })));
    assert!(matches!(read(|m| m.stream_version = 99), Err(ShardError::Record(_))));
    assert!(
        matches!(read(|m| m.iterations = 1_024), Err(ShardError::Header(_))),
        "other blocks than it says"
    );
}

#[test]
fn shards_of_two_divisions_fit_if_no_iteration_is_there_twice() {
    let manifest = Manifest::new(&inputs(), Seed(1), 6 * 512, Sampler::Stratified);
    let header = |shard: &str| Ok(Header::new(shard.parse().unwrap(), false, manifest.clone()));
    let named =
        |shards: &[&str]| shards.iter().map(|&shard| (shard.to_owned(), header(shard))).collect::<Vec<_>>();
    let union = unite(&named(&["2/2", "1/3", "3/6"]), false).unwrap();
    assert_eq!(union.parts, [(1, 0..2), (2, 2..3), (0, 3..6)]);
    assert!(matches!(
        refusals(unite(&named(&["1/2", "2/2", "2/3"]), false))[..],
        [Refusal::Overlapping { .. }]
    ));
    assert!(matches!(
        refusals(unite(&named(&["1/3", "1/3"]), false))[..],
        [Refusal::Duplicate { .. }, Refusal::Missing { .. }]
    ));
}
