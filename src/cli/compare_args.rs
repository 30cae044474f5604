//! The arguments of `compare`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::args::iterations;
use super::shared_args::{DrawArgs, FolderArgs};

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = "Compares two files, a file with one of its variants, or two variants of a file:\n  \
    p80 compare before.toml after.toml\n  p80 compare program.toml --variant second-vendor\n  \
    p80 compare program.toml --variant one --variant other")]
pub struct CompareArgs {
    /// Scenario files: two, or one with --variant
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Variant of the file: given once it is compared with the file as written, twice with each other
    #[arg(long, value_name = "ID")]
    pub variant: Vec<String>,
    /// Number of iterations of both, rounded up to whole blocks of 512; at most 4,194,304
    #[arg(short = 'n', long, value_name = "N", default_value = "100000", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
}
