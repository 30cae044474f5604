//! The arguments of `analyse`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::args::iterations;
use super::shared_args::{DrawArgs, FolderArgs};
use crate::analysis::Grouping;
use crate::units::Percentile;

/// Arguments of `analyse`.
#[derive(Debug, Args)]
#[command(
    after_help = "The results folder holds everything that `p80 run --out` writes, and the tables, charts and \
    analysis.json of the analysis beside it."
)]
pub struct AnalyseArgs {
    /// Scenario file, or a portfolio of several: a file or a folder; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Analyse this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// The percentile that is explained
    #[arg(short, long, value_name = "P", default_value = "80")]
    pub percentile: Percentile,
    /// Put everything together that has the same project, vendor, category, owner or tag, instead of every
    /// risk and the estimates of every project by themselves
    #[arg(long, value_name = "WHAT")]
    pub by: Option<Grouping>,
    /// What is the same for all commands that compare versions.
    #[command(flatten)]
    pub versions: VersionArgs,
}

/// Arguments of every command that compares versions of a program.
#[derive(Debug, Args)]
pub struct VersionArgs {
    /// Number of iterations of every version of the program, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "16384", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
}
