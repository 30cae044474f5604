//! The command line: arguments, terminal, files, exit codes.
//!
//! **Invariant:** no logic. A command reads, calls the library and writes; what a number means is decided
//! elsewhere.

mod analyse;
mod analyse_args;
mod args;
mod baseline;
mod beside;
mod check;
mod compare;
mod compare_args;
mod compile;
mod conditions;
mod disk;
mod dispatch;
mod document;
mod document_args;
mod dropped;
mod exit;
mod explain;
mod explain_args;
mod export;
mod folder;
mod fonts;
mod generate;
mod import;
mod import_args;
mod init;
mod input;
mod interrupt;
mod merge;
mod output;
mod plan_file;
mod progress;
mod recorded;
mod report;
mod respond;
mod results_folder;
mod run;
mod selftest;
mod shard;
mod shards;
mod shared_args;
mod status;
mod throughput;
mod verify;
mod verify_document;
mod written;

pub use analyse_args::{AnalyseArgs, VersionArgs};
pub use args::{Cli, Command};
pub use baseline::BaselineArgs;
pub use conditions::ConditionArgs;
pub use dispatch::main;
pub use exit::Exit;
pub use export::ExportArgs;
pub use import_args::ImportArgs;
pub use merge::MergeArgs;
pub use report::ReportArgs;
pub use respond::RespondArgs;
pub use shards::ShardsArgs;
pub use status::StatusArgs;
pub use throughput::ThroughputArgs;
