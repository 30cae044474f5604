//! The command as people and scripts use it.

mod analyse;
mod check;
mod compare;
#[cfg(feature = "full")]
mod fonts;
mod formats;
mod import;
mod parquet;
mod place;
mod portfolio;
mod precision;
#[cfg(feature = "full")]
mod report;
mod run;
mod shard;
mod status;
mod sweep;
mod throughput;
mod verify;
