//! `p80 verify`: do recorded results come out again?

use std::fs;

use anyhow::{Context, bail};

use super::args::{VerifyArgs, VerifyFormat};
use super::progress::Progress;
use super::shared_args::not_built;
use super::{Exit, interrupt, output, recorded, verify_document};
use crate::analysis::{self, Precision};
use crate::draws::Seed;
use crate::engine::{self, Observer, Simulation};
use crate::evidence::{self, Verification};
use crate::export::{self, TableFormats};
use crate::report::{self, Manifest, Outputs};
use crate::results::{Columns, Results};
use crate::scenario::Loaded;
use crate::units::Percentile;

/// The name of the file that only some runs write.
const ITERATIONS: &str = "iterations.csv";

/// Runs the command.
pub(super) fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let folder = &args.results;
    if folder.is_file() && folder.file_name().is_some_and(|name| name != "manifest.json") {
        return verify_document::verify(args);
    }
    if args.scenario.is_some() && !folder.exists() {
        bail!("`{}` is not there", folder.display());
    }
    if folder.join("sweep.json").is_file() {
        bail!("`{}` is a sweep: run `p80 sweep` again, and compare the tables", folder.display());
    }
    if args.scenario.is_some() {
        bail!("a results folder holds its inputs itself: leave --scenario out");
    }
    let (manifest, sampler) = recorded::manifest(folder)?;
    let Some(loaded) = recorded::load(folder, &manifest)? else { return Ok(Exit::Error) };
    let simulation = match Simulation::compile(&loaded.program, Seed(manifest.seed), sampler) {
        Ok(simulation) => simulation,
        Err(errors) => {
            output::diagnostics(&analysis::refusals(&errors, &loaded.places), &loaded.sources);
            bail!("the recorded inputs cannot be simulated");
        }
    };
    let has_iterations = folder.join(ITERATIONS).is_file();
    let outputs = manifest.outputs.clone().unwrap_or(Outputs {
        csv_separator: ',',
        charts: false,
        iterations_csv: has_iterations,
        parquet: false,
    });
    if outputs.parquet && !TableFormats::HAS_PARQUET {
        bail!("`{}` holds Parquet files: {}", folder.display(), not_built("Parquet"));
    }
    let in_csv = (outputs.iterations_csv || has_iterations) && manifest.iterations <= Columns::MOST;
    let keep = in_csv || outputs.parquet;
    let (results, columns) = args.threads.install(|| simulate(&simulation, &manifest, keep))?;

    let mut files = recomputed_files(&simulation, &results, &loaded, &manifest, &outputs)?;
    if let Some(columns) = columns {
        let style = TableFormats::of(&outputs).csv;
        let mut bytes = Vec::new();
        if in_csv {
            export::write_iterations(&columns, &loaded.program, style, &mut bytes)?;
            files.push((ITERATIONS.to_owned(), std::mem::take(&mut bytes)));
        }
        if outputs.parquet {
            TableFormats::write_iterations_parquet(&columns, &loaded.program, &mut bytes)?;
            files.push(("iterations.parquet".to_owned(), bytes));
        }
    }
    let separator = u8::try_from(outputs.csv_separator).unwrap_or(b',');
    let mut verdicts = Vec::new();
    for (name, recomputed) in &files {
        let recorded =
            fs::read(folder.join(name)).with_context(|| format!("failed to read the recorded `{name}`"))?;
        verdicts.push(evidence::compare_file(name, &recorded, recomputed, separator));
    }
    let verification = Verification::new(&manifest, verdicts);
    let answer = match args.format {
        VerifyFormat::Text => verification.to_text(),
        VerifyFormat::Json => verification.to_json(),
    };
    output::answer(answer.as_bytes())?;
    Ok(if verification.equal { Exit::Done } else { Exit::No })
}

/// Simulates what was simulated.
fn simulate(
    simulation: &Simulation,
    manifest: &Manifest,
    keep_columns: bool,
) -> anyhow::Result<(Results, Option<Columns>)> {
    interrupt::watch()?;
    let progress = Progress::new(manifest.iterations);
    let observer = || (Results::new(simulation), keep_columns.then(|| Columns::new(simulation.program())));
    let mut all = observer();
    for (from, to) in manifest.simulated_blocks() {
        all.merge(engine::run(simulation, from..to, observer, |done| progress.watch(done))?);
    }
    progress.finish();
    Ok(all)
}

/// The files as they come out now, as if written by the version that wrote the recorded ones.
fn recomputed_files(
    simulation: &Simulation,
    results: &Results,
    loaded: &Loaded,
    manifest: &Manifest,
    outputs: &Outputs,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let asked = manifest.percentiles.iter().map(|level| level.parse());
    let asked: Vec<Percentile> =
        asked.collect::<Result<_, _>>().context("the manifest names a percentile that is none")?;
    let precision = manifest.precision.as_ref();
    let precision = precision.map(|precision| Precision::new(&precision.width, Some(&precision.of)));
    let precision = precision.transpose().context("the manifest names a precision that is none")?;
    let mut answer = report::answer(simulation, results, loaded, &asked, precision.as_ref());
    answer.report.manifest.p80_version.clone_from(&manifest.p80_version);
    answer.report.manifest.blocks.clone_from(&manifest.blocks);
    let mut files = export::files(&answer.report, outputs.clone());
    if manifest.outputs.is_none() {
        // Nothing to compare the way of writing with: the manifest is in summary.json.
        files.retain(|(name, _)| name != "manifest.json");
    }
    Ok(files)
}
