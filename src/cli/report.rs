//! `p80 report`: documents to attach.

use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::args::iterations;
use super::compile::compile;
use super::document::Documents;
use super::document_args::DocumentArgs;
use super::results_folder::write_file;
use super::shared_args::{DrawArgs, SamplerArg};
use super::{Exit, input, interrupt, output, recorded};
use crate::dossier::Texts;
use crate::draws::{BLOCK, Sampler};
use crate::engine;

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 report my-program.toml --to business-case.html --to business-case.pdf\n\nOf a results \
    folder, the inputs, the seed, the sampler and the number of iterations recorded in it are taken."
)]
pub struct ReportArgs {
    /// Scenario file or portfolio, `-` for standard input, or a results folder of `p80 run --out`
    #[arg(value_name = "FILE|RESULTS", required_unless_present = "write_texts")]
    pub file: Option<PathBuf>,
    /// Document to write; its ending says the format: .html, .pdf, .xlsx, .docx or .md. May be given several times
    #[arg(long, value_name = "FILE", required_unless_present = "write_texts")]
    pub to: Vec<PathBuf>,
    /// Replace documents that exist
    #[arg(long)]
    pub force: bool,
    /// Take this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// What the documents contain.
    #[command(flatten)]
    pub document: DocumentArgs,
    /// Number of iterations of every version of the program, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "16384", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// How the numbers are drawn.
    #[command(flatten)]
    pub draws: DrawArgs,
    /// Write the built-in text blocks to this folder instead, to begin your own with
    #[arg(long, value_name = "DIR", conflicts_with_all = ["file", "to"])]
    pub write_texts: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    if let Some(folder) = &args.write_texts {
        return write_texts(folder, args.force);
    }
    let Some(file) = &args.file else { bail!("name a scenario or a results folder") };
    let documents = Documents::begin(&args.to, &args.document, args.force)?;
    let mut seed = args.draws.seed;
    let mut sampler: Sampler = args.draws.sampler.into();
    let mut blocks = engine::blocks_for(args.iterations.get());
    let loaded = if file.is_dir() && !super::folder::is_portfolio(file) {
        if args.variant.is_some() || seed != 1 || args.draws.sampler != SamplerArg::Stratified {
            bail!(
                "a results folder says its variant, seed and sampler itself: leave them out, or name the scenario"
            );
        }
        let (manifest, recorded_sampler) = recorded::manifest(file)?;
        if manifest.blocks.is_some() {
            bail!(
                "`{}` holds a part of its iterations only: merge the missing shards, or name the scenario",
                file.display()
            );
        }
        (seed, sampler, blocks) = (manifest.seed, recorded_sampler, manifest.iterations / BLOCK as u64);
        recorded::load(file, &manifest)?
    } else {
        input::load(file, args.variant.as_deref())?
    };
    let Some(loaded) = loaded else { return Ok(Exit::Error) };
    let Some(simulation) = compile(&loaded, file, seed, sampler) else { return Ok(Exit::Error) };
    interrupt::watch()?;
    args.draws.threads.install(|| documents.write(&loaded, &simulation, None, blocks))?;
    Ok(Exit::Done)
}

fn write_texts(folder: &Path, force: bool) -> anyhow::Result<Exit> {
    fs::create_dir_all(folder).with_context(|| format!("failed to create `{}`", folder.display()))?;
    let texts: Vec<_> =
        Texts::built_in().map(|(name, text)| (folder.join(format!("{name}.md")), text)).collect();
    if let Some((taken, _)) = texts.iter().find(|(path, _)| path.exists() && !force) {
        bail!("`{}` exists; name another folder or use --force to replace it", taken.display());
    }
    for (path, text) in texts {
        write_file(&path, text.as_bytes())
            .with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    output::say(&format!("wrote the text blocks to {}", folder.display()));
    Ok(Exit::Done)
}
