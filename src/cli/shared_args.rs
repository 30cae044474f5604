//! The arguments that several commands have in common.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use super::results_folder::ResultsFolder;
use super::{fonts, output};
use crate::chart::{self, Drawing, Words};
use crate::draws::Sampler;
use crate::export::{self, CsvStyle, TableFormats};
use crate::report::{Outputs, Report, Table};
use crate::scenario::Loaded;

/// How the numbers are drawn.
#[derive(Debug, Args)]
pub struct DrawArgs {
    /// Seed; same scenario, seed, iterations, sampler and version give the same numbers
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the uniform numbers are made
    #[arg(long, value_enum, default_value_t)]
    pub sampler: SamplerArg,
    /// Where it is computed.
    #[command(flatten)]
    pub threads: ThreadArgs,
}

/// How the uniform numbers are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SamplerArg {
    /// Every block of 512 iterations is a Latin hypercube.
    #[default]
    Stratified,
    /// Independent draws.
    Random,
}

impl From<SamplerArg> for Sampler {
    fn from(arg: SamplerArg) -> Self {
        match arg {
            SamplerArg::Stratified => Self::Stratified,
            SamplerArg::Random => Self::Random,
        }
    }
}

/// Where it is computed.
#[derive(Debug, Args)]
pub struct ThreadArgs {
    /// Number of threads; all cores by default. Never changes a number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

impl ThreadArgs {
    /// How many threads these are.
    pub(super) fn count(&self) -> usize {
        self.threads.unwrap_or_else(rayon::current_num_threads)
    }

    /// Works on so many threads, or on all cores.
    pub(super) fn install<T: Send>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send,
    ) -> anyhow::Result<T> {
        match self.threads {
            None => work(),
            Some(0) => bail!("--threads must be at least 1"),
            Some(threads) => rayon::ThreadPoolBuilder::new()
                .num_threads(threads.min(1_024))
                .build()
                .context("failed to start the threads")?
                .install(work),
        }
    }
}

/// Where the results go, and what belongs to them.
#[derive(Debug, Args)]
pub struct FolderArgs {
    /// Folder to write the results to; it must not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an existing results folder
    #[arg(long)]
    pub force: bool,
    /// Do not draw charts
    #[arg(long)]
    pub no_charts: bool,
    /// Between the fields of CSV files; `;` brings decimal commas for European Excel
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = separator)]
    pub csv_separator: u8,
    /// What to print on standard output; with parquet, what text prints, and every table of --out is also written
    /// as Parquet
    #[arg(long, value_enum, default_value_t)]
    pub format: AnswerFormat,
}

/// What to do about a format that takes long to build, and is not in every build.
pub(super) fn not_built(what: &str) -> String {
    format!(
        "this build of p80 does not write {what}; releases do, and what `cargo install --path . --features full` \
         builds"
    )
}

/// What a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// A summary for people.
    #[default]
    Text,
    /// Everything, as the JSON file of the results folder holds it.
    Json,
    /// The first table.
    Csv,
    /// The summary; all tables as files for Power BI, Tableau, DuckDB and data frames.
    Parquet,
}

impl FolderArgs {
    /// Begins the folder if one is wanted, before anything is simulated.
    ///
    /// # Errors
    /// If it exists and may not be replaced, or if it cannot be written to.
    pub(super) fn begin(&self) -> anyhow::Result<Option<ResultsFolder>> {
        if self.force && self.out.is_none() {
            bail!("--force replaces the results folder of --out, and none is named");
        }
        self.open()
    }

    /// The same where `--force` may be about something else.
    ///
    /// # Errors
    /// As for [`FolderArgs::begin`].
    pub(super) fn open(&self) -> anyhow::Result<Option<ResultsFolder>> {
        if self.format == AnswerFormat::Parquet && self.out.is_none() {
            bail!("--format parquet writes files: name a folder for them with --out");
        }
        if self.format == AnswerFormat::Parquet && !TableFormats::HAS_PARQUET {
            bail!("--format parquet: {}", not_built("Parquet"));
        }
        self.out.as_deref().map(|out| ResultsFolder::begin(out, self.force)).transpose()
    }

    /// How CSV files are written.
    pub(super) fn style(&self) -> CsvStyle {
        CsvStyle::for_separator(self.csv_separator)
    }

    /// How tables are written.
    pub(super) fn tables(&self) -> TableFormats {
        TableFormats { csv: self.style(), parquet: self.format == AnswerFormat::Parquet }
    }

    /// Prints an answer as wanted: its summary, its JSON or the first of its tables.
    pub(super) fn print(
        &self,
        text: impl FnOnce() -> String,
        json: impl FnOnce() -> String,
        tables: impl FnOnce() -> Vec<Table>,
    ) -> anyhow::Result<()> {
        let bytes = match self.format {
            AnswerFormat::Text | AnswerFormat::Parquet => text().into_bytes(),
            AnswerFormat::Json => json().into_bytes(),
            AnswerFormat::Csv => {
                let style = CsvStyle { byte_order_mark: false, ..self.style() };
                tables().first().map_or_else(Vec::new, |table| export::to_csv(table, style))
            }
        };
        output::answer(&bytes)
    }

    /// Writes what every results folder of one simulated program holds: its report, its charts and what it
    /// was read from; `iterations_csv` says whether the iterations follow.
    pub(super) fn write_report(
        &self,
        folder: &ResultsFolder,
        loaded: &Loaded,
        report: &Report,
        iterations_csv: bool,
    ) -> anyhow::Result<()> {
        let outputs = Outputs {
            csv_separator: char::from(self.csv_separator),
            charts: !self.no_charts,
            iterations_csv,
            parquet: self.format == AnswerFormat::Parquet,
        };
        folder.write_all(export::files(report, outputs))?;
        folder.write_inputs("", &loaded.inputs)?;
        self.write_charts(folder, || chart::charts(report, Words::PLAIN))
    }

    /// Writes these charts if charts are wanted.
    pub(super) fn write_charts(
        &self,
        folder: &ResultsFolder,
        charts: impl FnOnce() -> Vec<Drawing>,
    ) -> anyhow::Result<()> {
        if self.no_charts {
            return Ok(());
        }
        let charts = charts();
        fonts::warn(&chart::lacking_characters(&charts));
        let files = chart::chart_files(&charts)?;
        files.into_iter().try_for_each(|file| folder.write(&format!("charts/{}", file.name), &file.bytes))
    }

    /// Says where the results are, after the answer.
    pub(super) fn say(&self) {
        if let Some(out) = &self.out {
            output::say(&format!("wrote {}", out.display()));
        }
    }
}

fn separator(text: &str) -> Result<u8, String> {
    match text {
        "," => Ok(b','),
        ";" => Ok(b';'),
        "\t" | "\\t" | "tab" => Ok(b'\t'),
        _ => Err("expected `,`, `;` or `tab`".to_owned()),
    }
}
