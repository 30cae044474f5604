//! Why bytes are no shard.

use crate::evidence::RecordError;
use crate::results::StateError;

/// Why a file is no shard that can be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShardError {
    /// The file begins as nothing that this program writes.
    #[error("it is no {0}")]
    Other(&'static str),
    /// It was written in a layout of another version.
    #[error(
        "it is written in format {found}, and this program reads format {known}: use the version of p80 that wrote it"
    )]
    Format {
        /// The format of the file.
        found: u32,
        /// The format of this program.
        known: u32,
    },
    /// The end is missing.
    #[error("it is truncated: {found} of its {wanted} bytes are there")]
    Truncated {
        /// The bytes that are there.
        found: u64,
        /// The bytes that were written.
        wanted: u64,
    },
    /// There is more than was written.
    #[error("something follows its end: {found} bytes where {wanted} were written")]
    Longer {
        /// The bytes that are there.
        found: u64,
        /// The bytes that were written.
        wanted: u64,
    },
    /// The bytes are not those that were written.
    #[error("it is corrupted: its checksum does not match")]
    Checksum,
    /// What it says of itself cannot be read.
    #[error("what it says of itself cannot be read: {0}")]
    Header(String),
    /// It says of itself what no run can have.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// It was written by another version of the program.
    #[error("it was written by p80 {found}, and this is p80 {own}: merge with the version that wrote it")]
    Version {
        /// The version that wrote it.
        found: String,
        /// The version of this program.
        own: String,
    },
    /// The statistics in it are none of the program.
    #[error(transparent)]
    State(#[from] StateError),
}
