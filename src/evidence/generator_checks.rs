//! The generator against its published answers, and the sampler against its promise.

use super::Check;
use crate::draws::{BLOCK, Sampler, Seed, Stream, philox4x32};

const GROUP: &str = "generator";

/// Counter, key and answer.
type Vector = ([u32; 4], [u32; 2], [u32; 4]);

/// The known answers published with the Random123 library (Salmon et al. 2011).
const PUBLISHED: [Vector; 3] = [
    ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
        [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
    ),
];

/// All checks of the generator.
pub(super) fn generator_checks() -> Vec<Check> {
    let hex = |words: [u32; 4]| words.map(|word| format!("{word:08x}")).join(" ");
    let vectors = (1..).zip(PUBLISHED).map(|(number, (counter, key, answer))| {
        let name = format!("Philox4x32-10, published vector {number}");
        Check::same(GROUP, name, hex(answer), hex(philox4x32(counter, key)))
    });
    let mut checks: Vec<Check> = vectors.collect();
    let stream = Stream::new(Seed(1), "selftest/strata");
    let mut bits = [0; BLOCK];
    let mut fewest = BLOCK;
    for block in 0..64 {
        Sampler::Stratified.fill_block(&stream, block, &mut bits);
        let mut strata: Vec<u32> = bits.iter().map(|bits| bits >> 23).collect();
        strata.sort_unstable();
        strata.dedup();
        fewest = fewest.min(strata.len());
    }
    checks.push(Check::near(GROUP, "strata visited by every block", BLOCK as f64, fewest as f64, 0.0));
    checks
}
