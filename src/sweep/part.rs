//! What is kept of a part of a variant.

use super::Key;
use crate::report::SweepOutcome;
use crate::shard::{Envelope, ShardError};

/// The file.
const FILE: Envelope = Envelope { name: "sweep part", format: 1 };

/// What is kept: enough for the table, and no more.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The rows of a whole variant.
    Rows(Vec<SweepOutcome>),
    /// What was counted of some of its blocks.
    State(Vec<u8>),
}

impl Part {
    /// The file.
    #[must_use]
    pub fn to_bytes(&self, key: Key) -> Vec<u8> {
        match self {
            Self::Rows(rows) => {
                let rows = serde_json::to_vec(rows).expect("rows have only text keys and finite numbers");
                FILE.seal(&format!("{key} rows"), &[&rows])
            }
            Self::State(state) => FILE.seal(&format!("{key} state"), &[state]),
        }
    }

    /// Reads the file of the part with this key.
    ///
    /// # Errors
    /// [`ShardError`] if it is not that, or not as it was written.
    pub fn read(bytes: &[u8], key: Key) -> Result<Self, ShardError> {
        let (header, body) = FILE.open(bytes)?;
        let (own, kind) = header.split_once(' ').unwrap_or((header, ""));
        if own != key.to_string() {
            return Err(ShardError::Header("it is the part of another variant".to_owned()));
        }
        match kind {
            "rows" => {
                let rows = serde_json::from_slice(body);
                rows.map(Self::Rows).map_err(|error| ShardError::Header(error.to_string()))
            }
            "state" => Ok(Self::State(body.to_vec())),
            other => Err(ShardError::Header(format!("it holds `{other}`"))),
        }
    }
}
