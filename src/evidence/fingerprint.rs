//! Everything that was simulated, as one short text.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::engine::{Block, Observer};
use crate::results::{Estimated, Outcome, Results};
use crate::units::Percentile;

/// A hash over every number of every iteration: equal texts, equal bits.
///
/// Blocks are hashed one by one and joined by their index, so threads, splits and the order of merging
/// leave it alone. It says nothing of how the numbers are kept or shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint(BTreeMap<u64, [u8; 32]>);

impl Fingerprint {
    /// The beginning of the SHA-256 over all blocks, 16 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        hex(self.blocks())
    }

    /// The same over all blocks and over what is read off the results of them: means, standard deviations
    /// and percentiles of finish and cost with their intervals.
    #[must_use]
    pub fn with_results(&self, results: &Results) -> String {
        let mut hash = self.blocks();
        for outcome in [&results.finish, &results.cost] {
            forecast(&mut hash, outcome);
        }
        hex(hash)
    }

    fn blocks(&self) -> Sha256 {
        let mut hash = Sha256::new();
        for (index, digest) in &self.0 {
            hash.update(index.to_le_bytes());
            hash.update(digest);
        }
        hash
    }
}

impl Observer for Fingerprint {
    fn block(&mut self, block: &Block) {
        let mut hash = Sha256::new();
        let shorts = [&block.task_start, &block.task_finish, &block.task_minutes, &block.task_wait];
        let longs = [&block.task_cost, &block.project_cost, &block.risk_minutes, &block.risk_cost];
        let flags = [&block.task_critical, &block.task_driving, &block.project_drives, &block.risk_occurred];
        let mut bytes: Vec<u8> = Vec::new();
        bytes.extend(block.finish.iter().flat_map(|minutes| minutes.to_le_bytes()));
        bytes.extend(block.cost.iter().flat_map(|amount| amount.to_le_bytes()));
        let shorts = shorts.into_iter().chain([&block.project_finish]).flatten();
        bytes.extend(shorts.flat_map(|minutes| minutes.to_le_bytes()));
        bytes.extend(longs.into_iter().flatten().flat_map(|amount| amount.to_le_bytes()));
        bytes.extend(flags.into_iter().flatten().map(|&flag| u8::from(flag)));
        bytes.extend(block.durations_clamped.to_le_bytes());
        hash.update(&bytes);
        self.0.insert(block.index, hash.finalize().into());
    }

    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

fn forecast(hash: &mut Sha256, outcome: &Outcome) {
    let mut number = |value: Option<f64>| hash.update(value.unwrap_or(f64::INFINITY).to_bits().to_le_bytes());
    let mean = outcome.mean_estimated();
    number(mean.map(|mean| mean.value));
    number(mean.map(|mean| mean.low));
    number(outcome.standard_deviation());
    for level in (1..100).map(Percentile::whole) {
        let point: Option<Estimated<i64>> = outcome.percentile_estimated(level);
        let ends = [point.map(|p| p.value), point.map(|p| p.low), point.and_then(|p| p.high)];
        ends.into_iter().for_each(|end| hash.update(end.unwrap_or(i64::MAX).to_le_bytes()));
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
