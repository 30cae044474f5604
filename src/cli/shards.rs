//! `p80 shards`: how a run is divided.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::args::iterations;
use super::shared_args::SamplerArg;
use super::{Exit, input, output};
use crate::draws::{BLOCK, Sampler, Seed};
use crate::engine;
use crate::report::Manifest;
use crate::shard::{MOST_SHARDS, Plan};

/// Arguments of `shards`.
#[derive(Debug, Args)]
#[command(
    after_help = "Each entry of `shards` has the command of one part, word by word, for Dask, a Makefile or any \
    other way of starting commands; `merge` has the one that puts them together. Array jobs of Slurm, Kubernetes and \
    AWS Batch need no plan: every task runs `p80 run FILE --shard auto/N --out DIR/`."
)]
pub struct ShardsArgs {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Plan this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// Number of iterations of the whole run, rounded up to whole blocks of 512
    #[arg(short = 'n', long, value_name = "N", default_value = "100000", value_parser = iterations)]
    pub iterations: NonZeroU64,
    /// Into how many parts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_SHARDS))]
    pub into: u64,
    /// Seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How the uniform numbers are made
    #[arg(long, value_enum, default_value_t)]
    pub sampler: SamplerArg,
    /// Folder for the parts
    #[arg(short, long, value_name = "DIR", default_value = "shards")]
    pub out: String,
}

/// Runs the command.
pub(super) fn shards(args: &ShardsArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let sampler = Sampler::from(args.sampler);
    let total = engine::blocks_for(args.iterations.get()) * BLOCK as u64;
    let manifest = Manifest::of(&loaded, Seed(args.seed), total, sampler);
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let mut run = words(&["p80", "run", &args.file.to_string_lossy(), "-n", &total.to_string()]);
    run.extend(words(&["--seed", &args.seed.to_string(), "--sampler", sampler.name()]));
    if let Some(variant) = &args.variant {
        run.extend(words(&["--variant", variant]));
    }
    output::answer(Plan::new(manifest, args.into, &run, &args.out).to_json().as_bytes())?;
    Ok(Exit::Done)
}
