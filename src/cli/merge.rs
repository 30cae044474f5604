//! `p80 merge`: the parts of a run as the result of the whole.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;

use super::compile::compile;
use super::conditions::{self, ConditionArgs};
use super::shared_args::{FolderArgs, ThreadArgs};
use super::written::Written;
use super::{Exit, interrupt, output, recorded, sweep_gather};
use crate::draws::Sampler;
use crate::engine::Simulation;
use crate::export;
use crate::report::{self, Answer, tables};
use crate::results::Columns;
use crate::shard::{self, Fold, Header, Refusal, Shard, Union};

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(
    after_help = "The result is that of the single run, bit for bit: every file of the results folder but \
    run.log. The scenario is in the parts; nothing else is needed.\nExit codes: 0 done, 1 a --require does not hold, 2 \
    the parts are not those of one whole run."
)]
pub struct MergeArgs {
    /// Files of `p80 run --shard` in any order, or folders of files that end in `.shard`; or one folder of the parts of
    /// a sweep
    #[arg(required = true, value_name = "SHARD|DIR")]
    pub shards: Vec<PathBuf>,
    /// Merge what is there: what is missing, damaged or there twice is left out and named
    #[arg(long)]
    pub partial: bool,
    /// Where the results go.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Also write iterations.csv, one row per iteration, which all parts must have kept: run them with it too
    #[arg(long, requires = "out")]
    pub iterations_csv: bool,
    /// What has to hold.
    #[command(flatten)]
    pub conditions: ConditionArgs,
    /// Where it is computed.
    #[command(flatten)]
    pub threads: ThreadArgs,
}

/// Runs the command.
pub(super) fn merge(args: &MergeArgs) -> anyhow::Result<Exit> {
    if let Some((definition, folder)) = sweep_gather::definition_in(&args.shards)? {
        return sweep_gather::merge(args, &definition, &folder);
    }
    let began = Instant::now();
    let folder = args.folder.begin()?;
    let files = files(&args.shards)?;
    let read: Vec<(String, Result<Header, Refusal>)> =
        files.iter().map(|file| (file.display().to_string(), header(file))).collect();
    let union = match shard::unite(&read, args.partial) {
        Ok(union) => union,
        Err(problems) => {
            problems.iter().for_each(|problem| output::error(&anyhow::anyhow!("{problem}")));
            bail!("nothing was merged{}", if args.partial { "" } else { "; --partial merges what is there" });
        }
    };
    union.problems.iter().for_each(|problem| output::warning(&problem.to_string()));
    let keep = args.iterations_csv || args.folder.tables().parquet;
    columns_are_there(args, &union, keep)?;

    let (first, _) = &union.parts[0];
    let inputs = reading(&files[*first], |shard| Ok(shard.inputs()?))?;
    let Some(loaded) = recorded::load_inputs(inputs, &files[*first], &union.manifest)? else {
        return Ok(Exit::Error);
    };
    args.conditions.check(&loaded.program)?;
    let values = iterations(&union) * Columns::width(&loaded.program) as u64;
    if keep && values > Columns::MOST_VALUES {
        bail!("the values of all iterations are more than can be kept: leave them out");
    }
    let sampler = [Sampler::Stratified, Sampler::Random].into_iter();
    let sampler = sampler.into_iter().find(|sampler| sampler.name() == union.manifest.sampler);
    let sampler = sampler.context("the shards name a sampler that is none")?;
    let Some(simulation) = compile(&loaded, &files[*first], union.manifest.seed, sampler) else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let fold = args.threads.install(|| fold(&files, &union, &simulation, keep))?;

    let Answer { forecast, mut report } =
        report::answer(&simulation, &fold.results, &loaded, &args.conditions.levels(), None);
    if !union.missing.is_empty() {
        report.manifest.blocks = Some(runs(&union));
    }
    if let Some(folder) = folder {
        let written = Written {
            loaded: &loaded,
            report: &report,
            columns: fold.columns.as_ref(),
            iterations_csv: args.iterations_csv,
            files: Vec::new(),
            charts: Vec::new(),
            log: log(&union, began.elapsed().as_secs_f64()),
        };
        written.write(folder, &args.folder)?;
    }
    args.folder.print(
        || export::to_text(&report, loaded.program.confidence()),
        || export::to_json(&report),
        || tables(&report),
    )?;
    args.folder.say();
    conditions::conclusive(&forecast)?;
    Ok(args.conditions.answer(&loaded, &forecast))
}

/// The files that are named, and those of the folders that are.
fn files(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = || format!("failed to read the folder `{}`", path.display());
        let mut within = Vec::new();
        for entry in fs::read_dir(path).with_context(failed)? {
            let file = entry.with_context(failed)?.path();
            if file.extension().is_some_and(|ending| ending == "shard") {
                within.push(file);
            }
        }
        if within.is_empty() {
            bail!("`{}` holds no file that ends in `.shard`", path.display());
        }
        within.sort();
        files.extend(within);
    }
    Ok(files)
}

/// What a file says of itself, after all of it has been checked.
fn header(file: &Path) -> Result<Header, Refusal> {
    let bytes = fs::read(file).map_err(|error| Refusal::NotThere(error.to_string()))?;
    Ok(Shard::read(&bytes)?.header)
}

/// Reads a shard again and does something with it.
fn reading<T>(file: &Path, with: impl FnOnce(&Shard<'_>) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let failed = || format!("failed to read `{}`", file.display());
    let bytes = fs::read(file).with_context(failed)?;
    with(&Shard::read(&bytes).with_context(failed)?).with_context(failed)
}

fn columns_are_there(args: &MergeArgs, union: &Union, keep: bool) -> anyhow::Result<()> {
    if keep && !union.columns {
        let option = if args.iterations_csv { "--iterations-csv" } else { "--format parquet" };
        bail!(
            "{option} needs the values of every iteration, which not all shards kept: run them with {option} too"
        );
    }
    if args.iterations_csv && iterations(union) > Columns::MOST {
        bail!("iterations.csv would have more rows than the {} that Excel opens", Columns::MOST);
    }
    Ok(())
}

/// Folds the shards one by one, and simulates what is kept whole of the first iterations.
fn fold(files: &[PathBuf], union: &Union, simulation: &Simulation, keep: bool) -> anyhow::Result<Fold> {
    let mut fold = Fold::new(simulation, keep);
    for (at, blocks) in &union.parts {
        if interrupt::is_interrupted() {
            bail!("interrupted; nothing was written");
        }
        reading(&files[*at], |shard| {
            if shard.header.blocks() != *blocks || shard.header.manifest != union.manifest {
                bail!("it was changed while it was merged");
            }
            Ok(fold.add(simulation, shard)?)
        })?;
    }
    let ranges: Vec<_> = union.parts.iter().map(|(_, blocks)| blocks.clone()).collect();
    let go = |_| if interrupt::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    fold.results.begin_with(shard::beginning(simulation, &ranges, go)?);
    Ok(fold)
}

/// The iterations that are merged.
fn iterations(union: &Union) -> u64 {
    let blocks: u64 = union.parts.iter().map(|(_, blocks)| blocks.end - blocks.start).sum();
    blocks * crate::draws::BLOCK as u64
}

/// The blocks that are merged, neighbours together.
fn runs(union: &Union) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (_, blocks) in &union.parts {
        match runs.last_mut() {
            Some(last) if last.1 == blocks.start => last.1 = blocks.end,
            _ => runs.push((blocks.start, blocks.end)),
        }
    }
    runs
}

/// What is not a function of the inputs.
fn log(union: &Union, seconds: f64) -> String {
    format!(
        "p80 {}\nshards {}\niterations {}\nmerged in {seconds:.3} s\nmachine {} {}\n",
        env!("CARGO_PKG_VERSION"),
        union.parts.len(),
        iterations(union),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}
