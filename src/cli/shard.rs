//! `p80 run --shard`: one part of a run, as a file to be merged.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::{Context, bail};

use super::args::RunArgs;
use super::compile::compile;
use super::progress::Progress;
use super::results_folder::write_file;
use super::shared_args::AnswerFormat;
use super::{Exit, input, interrupt, output};
use crate::draws::{BLOCK, Seed};
use crate::engine;
use crate::report::{self, Manifest};
use crate::results::{Columns, Results};
use crate::shard::{Header, Shard, ShardChoice, ShardNumber, file_name};

/// Runs the command.
pub(super) fn run(args: &RunArgs, choice: ShardChoice) -> anyhow::Result<Exit> {
    refuse(args)?;
    let shard = choice.resolve(|name| std::env::var(name).ok())?;
    let target = target(args, shard)?;
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let sampler = args.draws.sampler.into();
    let total = engine::blocks_for(args.iterations.get()) * BLOCK as u64;
    let manifest = Manifest::of(&loaded, Seed(args.draws.seed), total, sampler);
    let keep = args.iterations_csv || args.folder.tables().parquet;
    let header = Header::new(shard, keep, manifest);
    let blocks = header.blocks();
    let values = (blocks.end - blocks.start) * (BLOCK * Columns::width(&loaded.program)) as u64;
    if keep && values > Columns::MOST_VALUES {
        bail!("the iterations of shard {shard} are more than can be kept: use more shards");
    }
    let is_there = fs::symlink_metadata(&target).is_ok();
    if is_there && !args.folder.force {
        is_done(&target, &header)?;
        say(args, &header, &target, "is already there")?;
        return Ok(Exit::Done);
    }
    prepare(&target)?;
    let Some(simulation) = compile(&loaded, &args.file, args.draws.seed, sampler) else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let progress = Progress::new((blocks.end - blocks.start) * BLOCK as u64);
    let observer = || (Results::new(&simulation), keep.then(|| Columns::new(simulation.program())));
    let (results, columns) = args.draws.threads.install(|| {
        let done = engine::run(&simulation, blocks, observer, |done| progress.watch(done));
        progress.finish();
        Ok(done?)
    })?;
    let bytes = Shard::to_bytes(&header, &loaded.inputs, &results, columns.as_ref());
    write_file(&target, &bytes).with_context(|| format!("failed to write `{}`", target.display()))?;
    say(args, &header, &target, "written")?;
    Ok(Exit::Done)
}

/// Refuses what one part of a run cannot answer.
fn refuse(args: &RunArgs) -> anyhow::Result<()> {
    if args.precision.is_some() {
        bail!(
            "--shard cannot be used with --precision: when the interval is narrow enough is known of the whole run \
             only; use --iterations"
        );
    }
    if !args.conditions.is_empty() {
        bail!("--shard cannot be used with --require: one part of a run answers nothing; ask `p80 merge`");
    }
    if !args.report.is_empty() {
        bail!("--shard cannot be used with --report: documents are made of whole runs, by `p80 report`");
    }
    if args.folder.format == AnswerFormat::Csv {
        bail!("--shard cannot be used with --format csv: one part of a run has no tables; ask `p80 merge`");
    }
    Ok(())
}

/// The file that is written.
fn target(args: &RunArgs, shard: ShardNumber) -> anyhow::Result<PathBuf> {
    let Some(out) = &args.folder.out else {
        bail!("--shard writes a file for `p80 merge`: name it with --out");
    };
    let ends = out.to_string_lossy().ends_with(['/', MAIN_SEPARATOR]);
    Ok(if ends || out.is_dir() { out.join(file_name(shard)) } else { out.clone() })
}

/// Checks that the file that is there is the part that is wanted.
fn is_done(target: &Path, wanted: &Header) -> anyhow::Result<()> {
    let hint = "name another file or use --force to replace it";
    let bytes = fs::read(target).with_context(|| format!("failed to read `{}`", target.display()))?;
    match Shard::read(&bytes) {
        Ok(shard) if shard.header == *wanted => Ok(()),
        Ok(_) => bail!("`{}` exists and is a shard of another run: {hint}", target.display()),
        Err(error) => bail!("`{}` exists, and {error}: {hint}", target.display()),
    }
}

/// Makes the folder of the file before anything is simulated, so that a wrong path costs no time.
fn prepare(target: &Path) -> anyhow::Result<()> {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(|| format!("failed to create `{}`", parent.display()))?;
    let probe = tempfile::Builder::new().prefix(".p80-unfinished-").tempfile_in(parent);
    probe.map(drop).with_context(|| format!("failed to write to `{}`", parent.display()))
}

fn say(args: &RunArgs, header: &Header, target: &Path, what: &str) -> anyhow::Result<()> {
    let iterations = |blocks: u64| report::grouped((blocks * BLOCK as u64) as f64, 0);
    let blocks = header.blocks();
    let line = format!(
        "shard {} ({} of {} iterations) {what}: {}\n",
        header.shard,
        iterations(blocks.end - blocks.start),
        report::grouped(header.manifest.iterations as f64, 0),
        target.display()
    );
    output::answer(
        match args.folder.format {
            AnswerFormat::Json => format!("{}\n", header.to_line()).into_bytes(),
            _ => line.into_bytes(),
        }
        .as_slice(),
    )
}
