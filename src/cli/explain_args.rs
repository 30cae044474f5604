//! The arguments of `explain`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::args::iterations;
use super::shared_args::{DrawArgs, FolderArgs};
use crate::analysis::Spot;

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(
    after_help = "With the seed, sampler and number of iterations of a run, `--at finish.p80` is the first \
    iteration of that run that finishes at its P80, and `--iteration N` is row N of its iterations.csv."
)]
pub struct ExplainArgs {
    /// Scenario file, or a portfolio of several: a file or a folder; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Explain this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// The number of the iteration, counted from 0
    #[arg(short, long, value_name = "N", conflicts_with = "at")]
    pub iteration: Option<u32>,
    /// The first iteration at a percentile: finish.p80, cost.p80, npv.p20, projects.ID.finish.p80,
    /// projects.ID.cost.p80 or milestones.ID.p80
    #[arg(long, value_name = "PERCENTILE", default_value = "finish.p80")]
    pub at: Spot,
    /// Number of iterations of the run, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "100000", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
}
