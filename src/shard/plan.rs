//! How a run is divided, for those who start its parts.

use serde::Serialize;

use super::ShardNumber;
use crate::draws::BLOCK;
use crate::report::Manifest;

/// The shards of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Version of the outputs.
    pub schema_version: u32,
    /// What the run is a function of.
    pub manifest: Manifest,
    /// Iterations to a block, of which shards consist.
    pub block: u64,
    /// How many blocks there are.
    pub blocks: u64,
    /// The parts.
    pub shards: Vec<PlannedShard>,
    /// The command that puts them together, word by word.
    pub merge: Vec<String>,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedShard {
    /// Which of how many, such as `3/16`.
    pub shard: ShardNumber,
    /// The first of its blocks, and the one after the last; equal where there are more shards than blocks.
    pub blocks: (u64, u64),
    /// How many iterations that are.
    pub iterations: u64,
    /// The file that it writes.
    pub file: String,
    /// The command that does it, word by word.
    pub command: Vec<String>,
}

/// The name of the file of a shard in a folder of them: `shard-03-of-16.shard`.
#[must_use]
pub fn file_name(shard: ShardNumber) -> String {
    let of = shard.of().to_string();
    format!("shard-{:0width$}-of-{of}.shard", shard.number(), width = of.len())
}

impl Plan {
    /// Divides a run; `run` is the command that does all of it, `folder` where the parts go.
    #[must_use]
    pub fn new(manifest: Manifest, into: u64, run: &[String], folder: &str) -> Self {
        let blocks = manifest.iterations / BLOCK as u64;
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let planned = |shard: ShardNumber| {
            let part = shard.part(blocks);
            let file = format!("{}/{}", folder.trim_end_matches('/'), file_name(shard));
            let more = words(&["--shard", &shard.to_string(), "--out", &file]);
            PlannedShard {
                shard,
                blocks: (part.start, part.end),
                iterations: (part.end - part.start) * BLOCK as u64,
                command: [run, &more].concat(),
                file,
            }
        };
        Self {
            schema_version: manifest.schema_version,
            block: BLOCK as u64,
            blocks,
            shards: ShardNumber::all(into).map(planned).collect(),
            merge: words(&["p80", "merge", folder, "--out", "results"]),
            manifest,
        }
    }

    /// It as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a plan has only text keys and whole numbers");
        text.push('\n');
        text
    }
}
