//! `p80 verify` of a document: do the numbers that it shows come out again?

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::args::{VerifyArgs, VerifyFormat};
use super::compile::compile;
use super::document::Answers;
use super::{Exit, input, interrupt, output, recorded};
use crate::attachment;
use crate::dossier::{Dossier, Wishes};
use crate::draws::BLOCK;
use crate::evidence::{self, DocumentVerdict};
use crate::units::Percentile;

/// Runs the command for a file.
pub(super) fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let path = &args.results;
    let bytes = fs::read(path).with_context(|| format!("failed to read `{}`", path.display()))?;
    let record = attachment::record_of(&bytes).with_context(|| {
        format!("`{}` is no document of p80: it holds no record of what it was made from", path.display())
    })?;
    let (manifest, sampler) = evidence::read_manifest(&serde_json::to_vec(&record.manifest)?)?;
    let level: Percentile = record.level.parse().context("the record names a percentile that is none")?;
    let first = manifest.inputs.first().map(|input| input.name.clone()).unwrap_or_default();
    let scenario = match &args.scenario {
        Some(scenario) => scenario.clone(),
        // A record names files only; a path in it is nobody's.
        None => path.with_file_name(Path::new(&first).file_name().unwrap_or_default()),
    };
    // A folder of programs is a portfolio that no file says.
    let beside = path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_path_buf));
    let is_folder = args.scenario.is_none() && !scenario.exists() && first == super::folder::PORTFOLIO;
    let scenario = match beside.filter(|folder| is_folder && super::folder::is_portfolio(folder)) {
        Some(folder) => folder,
        None => scenario,
    };
    if args.scenario.is_some() && !scenario.exists() && scenario != Path::new("-") {
        anyhow::bail!("`{}` of --scenario is not there", scenario.display());
    }
    if !scenario.exists() && scenario != Path::new("-") {
        anyhow::bail!(
            "the document was made from `{first}`, which is not beside it: name the scenario with --scenario"
        );
    }
    let Some(loaded) = input::load(&scenario, manifest.variant.as_deref())? else { return Ok(Exit::Error) };
    evidence::check_inputs(&manifest, &loaded.inputs)?;
    let loaded = recorded::at_status(loaded, &manifest)?;
    let Some(simulation) = compile(&loaded, &scenario, manifest.seed, sampler) else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let blocks = manifest.iterations / BLOCK as u64;
    let answers = args.threads.install(|| Answers::of(level, blocks, &loaded, &simulation))?;
    let wishes = Wishes { template: record.template, locale: record.locale, ..Wishes::default() };
    let dossier = Dossier::new(answers.sources(simulation.program(), None), &wishes)?;
    let verdict = DocumentVerdict::new(&record, &dossier.record(), attachment::shows(&bytes, &record));
    let answer = match args.format {
        VerifyFormat::Text => verdict.to_text(),
        VerifyFormat::Json => verdict.to_json(),
    };
    output::answer(answer.as_bytes())?;
    Ok(if verdict.equal { Exit::Done } else { Exit::No })
}
