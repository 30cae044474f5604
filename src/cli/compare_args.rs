//! The arguments of `compare`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{SamplerArg, iterations, separator};

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
    /// Seed; both sides draw the same numbers for what they have in common
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the uniform numbers are made
    #[arg(long, value_enum, default_value_t)]
    pub sampler: SamplerArg,
    /// Folder to write the comparison to; it must not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an existing results folder
    #[arg(long, requires = "out")]
    pub force: bool,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub format: CompareFormat,
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

/// What `compare` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A summary for people.
    #[default]
    Text,
    /// What comparison.json holds.
    Json,
    /// What comparison.csv holds.
    Csv,
}
