//! The arguments of `analyse`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{SamplerArg, iterations, separator};
use crate::analysis::Grouping;
use crate::units::Percentile;

/// Arguments of `analyse`.
#[derive(Debug, Args)]
#[command(
    after_help = "The results folder holds everything that `p80 run --out` writes, and the tables, charts and \
    analysis.json of the analysis beside it."
)]
pub struct AnalyseArgs {
    /// Scenario file; `-` is standard input
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
    /// Seed; same scenario, seed, iterations, sampler and version give the same numbers
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the uniform numbers are made
    #[arg(long, value_enum, default_value_t)]
    pub sampler: SamplerArg,
    /// Folder to write the results to; it must not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an existing results folder
    #[arg(long, requires = "out")]
    pub force: bool,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub format: AnalyseFormat,
    /// Number of threads; all cores by default. Never changes a number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Do not draw charts
    #[arg(long)]
    pub no_charts: bool,
    /// Between the fields of CSV files; `;` brings decimal commas for European Excel
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = separator)]
    pub csv_separator: u8,
}

/// What `analyse` and `respond` print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnalyseFormat {
    /// Tables for people.
    #[default]
    Text,
    /// What analysis.json or respond.json holds.
    Json,
}
