//! What a result is a function of (semantics, section 9).

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::draws::{Sampler, Seed};

/// Version of the JSON and CSV outputs; grows when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// Version of the random streams: results of different stream versions differ in every draw.
pub const STREAM_VERSION: u32 = 1;

/// Everything needed to run a simulation again, bit for bit. It holds no clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// The seed.
    pub seed: u64,
    /// Iterations run: whole blocks.
    pub iterations: u64,
    /// How uniforms are made.
    pub sampler: &'static str,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputHash {
    /// Its name, relative to the scenario's folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
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
            each.push(InputHash { name: name.clone(), sha256: hex(&Sha256::digest(bytes)) });
        }
        Self {
            schema_version: SCHEMA_VERSION,
            p80_version: env!("CARGO_PKG_VERSION").to_owned(),
            stream_version: STREAM_VERSION,
            inputs_sha256: hex(&all.finalize()),
            inputs: each,
            seed: seed.0,
            iterations,
            sampler: sampler.name(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
