//! `p80 baseline`: keep the approved plan.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::beside::beside;
use super::compile::compile;
use super::results_folder::write_file;
use super::{Exit, input, output};
use crate::analysis::Baseline;
use crate::draws::Sampler;
use crate::report::Manifest;
use crate::units::Instant;

/// Arguments of `baseline`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 baseline my-program.toml --date 2027-01-08\n         p80 baseline my-program.toml --variant CR-3\n\nWrites my-program.baseline.json, with which `p80 status` compares. A variant that is approved (`approved = \
                  2027-05-03`) moves the baseline; every approval stays in its history."
)]
pub struct BaselineArgs {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Approve this variant of the scenario, a change request, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// When it was approved; the program's start, or the date that the variant says
    #[arg(long, value_name = "DATE")]
    pub date: Option<Instant>,
    /// What was approved; needed to approve the scenario again
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Where the baseline is kept; beside the scenario by default
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn baseline(args: &BaselineArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let loaded = loaded.planned();
    let Some(path) = args.baseline.clone().or_else(|| beside(&args.file, "baseline.json")) else {
        bail!("a scenario from standard input has no place for its baseline: give --baseline");
    };
    let known = match path.is_file() {
        false => None,
        true => {
            let bytes = fs::read(&path).with_context(|| format!("failed to read `{}`", path.display()))?;
            let read = Baseline::read(&bytes, &loaded.program);
            Some(read.with_context(|| format!("the baseline `{}` cannot be moved", path.display()))?)
        }
    };
    let variant = loaded.variants.iter().find(|one| Some(&one.id) == loaded.variant.as_ref());
    let date = match (args.date, variant) {
        (Some(date), _) => date,
        (None, Some(variant)) => match variant.approved {
            Some(date) => date,
            None => bail!(
                "the variant `{}` is not approved: add `approved = 2027-05-03` to it, or give --date",
                variant.id
            ),
        },
        (None, None) => loaded.program.start(),
    };
    if let (Some(known), None, None) = (&known, &args.title, variant) {
        let last = known.approvals.last().map_or("", |approval| approval.date.as_str());
        bail!(
            "`{}` holds a baseline approved on {last}: say with --title why it is approved again",
            path.display()
        );
    }
    let title = args.title.clone().or_else(|| variant.map(|variant| variant.title.clone()));
    let title = title.unwrap_or_else(|| "Approved plan".to_owned());
    let Some(simulation) = compile(&loaded, &args.file, 1, Sampler::default()) else {
        return Ok(Exit::Error);
    };
    let manifest = Manifest::new(&loaded.inputs, simulation.seed(), 0, simulation.sampler());
    let day = date.start_date().to_string();
    let approvals = known.map(|known| known.approvals).unwrap_or_default();
    let baseline = Baseline::approve(&simulation, approvals, (&day, &title, &manifest.inputs_sha256))
        .with_context(|| format!("the baseline `{}` cannot be moved", path.display()))?;
    write_file(&path, baseline.to_json().as_bytes())
        .with_context(|| format!("failed to write `{}`", path.display()))?;
    output::say(&format!(
        "wrote {}: {title}, approved {day}, number {}",
        path.display(),
        baseline.approvals.len()
    ));
    Ok(Exit::Done)
}
