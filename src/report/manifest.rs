//! What a result is a function of (semantics, section 9).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::draws::{BLOCK, Sampler, Seed};

/// Version of the JSON and CSV outputs; grows when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// Version of the random streams: results of different stream versions differ in every draw.
pub const STREAM_VERSION: u32 = 1;

/// Everything needed to run a simulation again, bit for bit. It holds no clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the outputs.
    pub schema_version: u32,
    /// Version of the program.
    pub p80_version: String,
    /// Version of the random streams.
    pub stream_version: u32,
    /// SHA-256 over the names, lengths and bytes of all inputs, in the order in which they were read.
    pub inputs_sha256: String,
    /// Each input.
    pub inputs: Vec<InputHash>,
    /// The variant of the scenario that was simulated, by its id; the scenario as written unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The status date from which on the program was simulated; as planned unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The seed.
    pub seed: u64,
    /// Iterations run: whole blocks.
    pub iterations: u64,
    /// How uniforms are made.
    pub sampler: String,
    /// What becomes of funding that is left over, where work waits for it: `carries-over` or `lapses`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding_cap: Option<String>,
    /// Percentiles that were asked for beyond every whole one and those of the scenario.
    #[serde(default)]
    pub percentiles: Vec<String>,
    /// The precision that was asked for, which decided the number of iterations.
    #[serde(default)]
    pub precision: Option<PrecisionRecord>,
    /// The blocks of 512 iterations that were simulated, each run of them as its first and the one after its last,
    /// where shards of the run are missing; all from 0 on unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<(u64, u64)>>,
    /// How the files of the results folder were written: in `manifest.json` only, because no number
    /// depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Outputs>,
}

/// A precision that was asked for, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrecisionRecord {
    /// Of which percentile, such as `finish.p80`.
    pub of: String,
    /// How wide its 95 % interval might be, such as `0.5d`.
    pub width: String,
    /// Whether the interval was that narrow in the end.
    pub reached: bool,
}

/// How the files of a results folder were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outputs {
    /// Between the fields of CSV files; `;` goes with decimal commas.
    pub csv_separator: char,
    /// Whether there are charts.
    pub charts: bool,
    /// Whether there is an `iterations.csv`.
    pub iterations_csv: bool,
    /// Whether every table, and the iterations, are there as Parquet too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub parquet: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputHash {
    /// Its name, relative to the scenario's folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl InputHash {
    /// The hash of a file.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), sha256: hex(&Sha256::digest(bytes)) }
    }
}

impl Manifest {
    /// The manifest of a run over these inputs (name and bytes, in reading order).
    #[must_use]
    pub fn new(inputs: &[(String, Vec<u8>)], seed: Seed, iterations: u64, sampler: Sampler) -> Self {
        let mut all = Sha256::new();
        let mut each = Vec::new();
        for (name, bytes) in inputs {
            for part in [name.as_bytes(), bytes] {
                all.update((part.len() as u64).to_le_bytes());
                all.update(part);
            }
            each.push(InputHash::of(name, bytes));
        }
        Self {
            schema_version: SCHEMA_VERSION,
            p80_version: env!("CARGO_PKG_VERSION").to_owned(),
            stream_version: STREAM_VERSION,
            inputs_sha256: hex(&all.finalize()),
            inputs: each,
            variant: None,
            status: None,
            seed: seed.0,
            iterations,
            sampler: sampler.name().to_owned(),
            funding_cap: None,
            percentiles: Vec::new(),
            precision: None,
            blocks: None,
            outputs: None,
        }
    }

    /// The blocks that were simulated, each run of them as its first and the one after its last.
    #[must_use]
    pub fn simulated_blocks(&self) -> Vec<(u64, u64)> {
        self.blocks.clone().unwrap_or_else(|| vec![(0, self.iterations / BLOCK as u64)])
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
