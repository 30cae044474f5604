//! The arguments of `sweep`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::args::iterations;
use super::shared_args::{DrawArgs, FolderArgs};
use crate::shard::ShardChoice;
use crate::sweep::VaryAxis;

/// Arguments of `sweep`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  p80 sweep program.toml --vary risks.R-07.probability=0.1..0.5:0.1 --out sweep\n  \
    p80 sweep program.toml --vary tasks.build.duration=20d..60d:10d --vary program.start=2027-01-11,2027-02-08 --out \
    sweep\n  p80 sweep --programs portfolio/ --out sweep\nEvery combination of the values is a variant. What is done is kept \
    in --parts: the same command, interrupted and started again, goes on from there."
)]
pub struct SweepArgs {
    /// Scenario file; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "programs", conflicts_with = "programs")]
    pub file: Option<PathBuf>,
    /// Folder of scenario files, instead of one: every `.toml` in it that has a `[program]`
    #[arg(long, value_name = "DIR")]
    pub programs: Option<PathBuf>,
    /// Vary this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID", conflicts_with = "programs")]
    pub variant: Option<String>,
    /// What is varied, as PATH=VALUES; may be given several times for every combination
    ///
    /// The path is that of a variant: `risks.R-07.probability`, `tasks.build.duration`, `program.start`. Values are a
    /// list (`10d,15d,30d`), a range of numbers, durations or dates (`0.1..0.5:0.1`, `10d..30d:5d`,
    /// `2027-01-11..2027-06-28:2w`), or both; a value that TOML cannot read is a text.
    #[arg(long, value_name = "PATH=VALUES", required_unless_present = "programs")]
    pub vary: Vec<VaryAxis>,
    /// Number of iterations of each variant, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "10000", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Folder in which every variant is kept as soon as it is done; beside --out by default, and gone at the end
    #[arg(long, value_name = "DIR")]
    pub parts: Option<PathBuf>,
    /// Do one of so many parts of the work, such as `3/16`, into the folder --out, for `p80 merge`; variants are
    /// divided first, then blocks
    ///
    /// `auto/16` and `auto` take the number from the scheduler, as for `p80 run --shard`.
    #[arg(long, value_name = "I/N|auto[/N]", conflicts_with = "parts")]
    pub shard: Option<ShardChoice>,
}
