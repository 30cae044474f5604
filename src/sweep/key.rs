//! What a part is found by.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::report::Manifest;
use crate::shard::ShardNumber;

/// The hash of everything that a part is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a part of a variant: of a program with its files, seed, iterations, sampler and versions (all in its
    /// manifest), the levels that are asked for, and the settings of the variant.
    #[must_use]
    pub fn new(manifest: &Manifest, levels: &[String], settings: &str, part: ShardNumber) -> Self {
        let manifest =
            serde_json::to_string(manifest).expect("a manifest has only text keys and whole numbers");
        let mut hash = Sha256::new();
        for piece in ["p80 sweep part 1", &manifest, &levels.join(" "), settings, &part.to_string()] {
            hash.update((piece.len() as u64).to_le_bytes());
            hash.update(piece);
        }
        Self(hash.finalize().into())
    }

    /// The name of the file of the part.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{self}.part")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
