//! The arguments of every command.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::compare_args::CompareArgs;
use super::document_args::DocumentArgs;
use super::explain_args::ExplainArgs;
use super::shared_args::{DrawArgs, FolderArgs, ThreadArgs};
use super::{
    AnalyseArgs, BaselineArgs, ConditionArgs, ExportArgs, ImportArgs, MergeArgs, ReportArgs, RespondArgs,
    ShardsArgs, StatusArgs, SweepArgs, ThroughputArgs,
};
use crate::analysis::Width;
use crate::shard::ShardChoice;

/// Monte Carlo program risk and forecast simulator: which date and which budget can be committed to, at
/// what confidence, and what drives them.
#[derive(Debug, Parser)]
#[command(name = "p80", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Start with `p80 init my-program.toml` and `p80 run my-program.toml`. A scenario without a \
    command, or dropped on the program in a file manager, is run, and its results are written beside it.\n\
    Exit codes: 0 done, 1 the answer is no (a --require does not hold, verify differs), 2 could not do it."
)]
pub struct Cli {
    /// When to colour messages.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub color: Color,
    /// A font for characters that the built-in one (Latin, Greek, Cyrillic) lacks in pictures and PDF: .ttf, .otf or
    /// .ttc; `FILE#2` is the third font of a collection. May be given several times; the first that has a character
    /// draws it
    #[arg(long, global = true, value_name = "FILE")]
    pub font: Vec<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented scenario to start from
    Init(InitArgs),
    /// Make a scenario of a plan from Microsoft Project or Primavera
    Import(ImportArgs),
    /// Put results into the plan that they were imported from
    Export(ExportArgs),
    /// Report every problem of a scenario in one pass
    Check(CheckArgs),
    /// Simulate a scenario and print its forecast
    Run(RunCommandArgs),
    /// Plan a run in parts for many machines, as JSON
    Shards(ShardsArgs),
    /// Put the parts of a run together: the same result as that of the whole run
    Merge(MergeArgs),
    /// Run many variants of a program, or many programs, on the same draws
    Sweep(SweepArgs),
    /// Explain a percentile: what it consists of and what drives it
    Analyse(AnalyseArgs),
    /// Compare two scenarios, or variants of one, on the same draws
    Compare(CompareArgs),
    /// Replay one iteration: what occurred, what took how long, what drove the finish
    Explain(ExplainArgs),
    /// Value every response to a risk and find the best set for a budget
    Respond(RespondArgs),
    /// Write documents to attach: HTML, PDF, workbook, Word, Markdown
    Report(ReportArgs),
    /// Keep the approved plan, to compare with while the program is under way
    Baseline(BaselineArgs),
    /// Forecast a program under way from a report of its progress
    Status(StatusArgs),
    /// Say when items are done, or how many, at the pace of past weeks
    Throughput(ThroughputArgs),
    /// Run recorded results again and compare every number
    Verify(VerifyArgs),
    /// Check this installation against known answers
    Selftest(SelfTestArgs),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// When to colour messages.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Color {
    /// If standard error is a terminal and NO_COLOR is not set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it the choice of the process.
    pub(super) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// File to write; `-` is standard output
    #[arg(default_value = "program.toml", value_name = "FILE")]
    pub file: PathBuf,
    /// What kind of program to start from
    #[arg(long, value_enum, default_value_t)]
    pub template: Template,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// What kind of program to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// Six tasks and two risks, on one screen.
    #[default]
    Minimal,
    /// An ERP roll-out with data migration, test cycles and a cutover weekend.
    Erp,
    /// A cloud migration in waves.
    Cloud,
    /// The modernisation of a data platform.
    Data,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Scenario files or portfolios; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Exit with 1 when there are warnings
    #[arg(long)]
    pub deny_warnings: bool,
}

/// How `check` prints its findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With the source line marked.
    #[default]
    Text,
    /// As a JSON array.
    Json,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunCommandArgs {
    /// What is simulated, and where it goes.
    #[command(flatten)]
    pub run: RunArgs,
    /// Simulate one of so many parts of the run, such as `3/16`, and write it to the file --out for `p80 merge`
    ///
    /// `auto/16` takes the number from the scheduler: from SLURM_ARRAY_TASK_ID (counted from SLURM_ARRAY_TASK_MIN),
    /// else JOB_COMPLETION_INDEX (Kubernetes indexed jobs), else AWS_BATCH_JOB_ARRAY_INDEX. With `auto` alone the
    /// scheduler also says how many there are: SLURM_ARRAY_TASK_COUNT or AWS_BATCH_JOB_ARRAY_SIZE. A number that is
    /// written comes before all of them. Where --out is a folder (it exists, or ends with `/`), the part is written
    /// there under a name of its own. A part that is already there is not simulated again.
    #[arg(long, value_name = "I/N|auto[/N]")]
    pub shard: Option<ShardChoice>,
}

/// Arguments of `run` and of what ends in one.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Scenario file, or a portfolio of several: a file or a folder; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Simulate this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// Number of iterations, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "100000", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// Simulate until the whole 95 % interval of a percentile is at most this wide, instead of --iterations
    ///
    /// For a date: working time of the program's calendar such as `0.5d` or `4h`, or elapsed time such as
    /// `1ed`. For money: an amount such as `5000`, in the program's currency. `1%` is that share of the
    /// working time from the start of the program to the date, or of the amount. The interval is looked at
    /// after 32, 64, 128 ... blocks of 512 iterations, so the same scenario and seed always stop at the same
    /// number, whatever the threads. Exit code 1 when it is still too wide at --max-iterations.
    #[arg(long, value_name = "WIDTH", value_parser = width, conflicts_with = "iterations")]
    pub precision: Option<String>,
    /// Which percentile --precision is about: finish.p80, cost.p80, projects.ID.finish.p80,
    /// projects.ID.cost.p80 or milestones.ID.p80. By default finish.p80, or cost.p80 for an amount
    #[arg(long, value_name = "PERCENTILE", requires = "precision")]
    pub precision_of: Option<String>,
    /// Where --precision gives up, rounded up to whole blocks of 512
    #[arg(long, value_name = "N", default_value = "16777216", value_parser = iterations, requires = "precision")]
    pub max_iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// What has to hold.
    #[command(flatten)]
    pub conditions: ConditionArgs,
    /// Also write a document; its ending says the format: .html, .pdf, .xlsx, .docx or .md. May be given several times
    #[arg(long, value_name = "FILE")]
    pub report: Vec<PathBuf>,
    /// What documents look like.
    #[command(flatten, next_help_heading = "Documents")]
    pub document: DocumentArgs,
    /// Also write iterations.csv, one row per iteration (at most 1,048,575, Excel's limit)
    #[arg(long, requires = "out")]
    pub iterations_csv: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Compares summary.json, manifest.json and every CSV file, by value where the bytes differ; \
    charts are not compared. Of a document, compares every key figure and all tables with those that its \
    record says.\nExit codes: 0 everything comes out again, 1 the numbers differ, 2 it cannot be \
    told: inputs were changed, a file is missing, or another version of the random streams was used."
)]
pub struct VerifyArgs {
    /// Results folder of `p80 run --out`, or a document of `p80 report`
    #[arg(value_name = "RESULTS|DOCUMENT")]
    pub results: PathBuf,
    /// The scenario that a document was made from; beside the document by default
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// How to print what differs
    #[arg(long, value_enum, default_value_t)]
    pub format: VerifyFormat,
    /// Where it is computed.
    #[command(flatten)]
    pub threads: ThreadArgs,
}

/// How `verify` prints what differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// A line per file, and the first values that differ.
    #[default]
    Text,
    /// Everything.
    Json,
}

/// Arguments of `selftest`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 all checks passed, 1 otherwise, 2 it could not be done.")]
pub struct SelfTestArgs {
    /// How to print the checks
    #[arg(long, value_enum, default_value_t)]
    pub format: SelfTestFormat,
    /// File to write the record to as well, in the same format
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Say in the record when it was made
    #[arg(long)]
    pub dated: bool,
    /// Simulate an eighth as much
    #[arg(long)]
    pub quick: bool,
    /// Where it is computed.
    #[command(flatten)]
    pub threads: ThreadArgs,
}

/// How `selftest` prints the checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SelfTestFormat {
    /// A table.
    #[default]
    Text,
    /// The record.
    Json,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// At most 2^32 iterations: the range of the addressed streams.
pub(super) fn iterations(text: &str) -> Result<NonZeroU64, String> {
    let plain = text.replace(['_', ','], "");
    let n: NonZeroU64 = plain.parse().map_err(|_| "expected a whole number of at least 1".to_owned())?;
    if n.get() > 1 << 32 { Err("at most 4,294,967,296 iterations".to_owned()) } else { Ok(n) }
}

/// A width is kept as written; what it fits is known only with what it is of.
fn width(text: &str) -> Result<String, String> {
    text.parse::<Width>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}
