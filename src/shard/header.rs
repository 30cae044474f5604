//! What a shard says of itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{ShardError, ShardNumber};
use crate::draws::BLOCK;
use crate::evidence::read_manifest;
use crate::report::Manifest;

/// Which part of which run a shard is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Which of how many.
    pub shard: ShardNumber,
    /// The first of its blocks, and the one after the last.
    pub blocks: (u64, u64),
    /// Whether the values of every iteration are in it.
    pub columns: bool,
    /// What the whole run is a function of.
    pub manifest: Manifest,
}

impl Header {
    /// A shard of a run.
    #[must_use]
    pub fn new(shard: ShardNumber, columns: bool, manifest: Manifest) -> Self {
        let blocks = shard.part(manifest.iterations / BLOCK as u64);
        Self { shard, blocks: (blocks.start, blocks.end), columns, manifest }
    }

    /// Its blocks.
    #[must_use]
    pub fn blocks(&self) -> Range<u64> {
        self.blocks.0..self.blocks.1
    }

    /// Reads what a shard that this program can merge says of itself.
    ///
    /// # Errors
    /// [`ShardError`] if it says what cannot be, or another version wrote it.
    pub fn read(text: &str) -> Result<Self, ShardError> {
        let unreadable = |error: serde_json::Error| ShardError::Header(error.to_string());
        let any: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        // Versions first: the fields of another version need not be those of this one.
        let (manifest, _) = read_manifest(any["manifest"].to_string().as_bytes())?;
        let own = env!("CARGO_PKG_VERSION");
        if manifest.p80_version != own {
            return Err(ShardError::Version { found: manifest.p80_version, own: own.to_owned() });
        }
        let header: Self = serde_json::from_value(any).map_err(unreadable)?;
        if header != Self::new(header.shard, header.columns, manifest) {
            return Err(ShardError::Header("its blocks are not those of its number".to_owned()));
        }
        Ok(header)
    }

    /// It as one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).expect("a header has only text keys and whole numbers")
    }
}
