//! The command as people and scripts use it.

mod analyse;
mod check;
mod compare;
mod fonts;
mod import;
mod parquet;
mod place;
mod portfolio;
mod precision;
mod report;
mod run;
mod shard;
mod status;
mod sweep;
mod throughput;
mod verify;
