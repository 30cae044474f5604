//! Why a sweep cannot be done.

use crate::engine::Cancelled;
use crate::shard::ShardError;

/// Why a sweep, or a variant of it, cannot be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// More than can be numbered.
    #[error("{0} variants are more than the {most} that a sweep may have", most = super::Definition::MOST)]
    TooMany(u128),
    /// The same path twice.
    #[error("`{0}` is varied twice: give all of its values at once")]
    Twice(String),
    /// The values of a variant make the scenario read another file.
    #[error("`{0}` is read by some variants only: files cannot be varied")]
    OtherFile(String),
    /// A part is not what it should be.
    #[error(transparent)]
    Part(#[from] ShardError),
    /// It was broken off.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
