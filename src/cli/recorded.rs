//! Results that were recorded: their manifest and their inputs.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::output;
use super::results_folder::inside;
use crate::draws::Sampler;
use crate::evidence;
use crate::model::Status;
use crate::report::Manifest;
use crate::scenario::{self, Loaded, MemoryFiles};

/// The manifest of a results folder.
///
/// # Errors
/// If it is no results folder, or its manifest is of another version.
pub(super) fn manifest(folder: &Path) -> anyhow::Result<(Manifest, Sampler)> {
    let bytes = fs::read(folder.join("manifest.json")).with_context(|| {
        format!("`{}` is not a results folder: failed to read manifest.json", folder.display())
    })?;
    Ok(evidence::read_manifest(&bytes)?)
}

/// Loads the scenario from the recorded inputs, after checking that they are what was simulated.
pub(super) fn load(folder: &Path, manifest: &Manifest) -> anyhow::Result<Option<Loaded>> {
    let mut inputs = Vec::new();
    for input in &manifest.inputs {
        let bytes = fs::read(folder.join(inside(&input.name)))
            .with_context(|| format!("failed to read the recorded input `{}`", inside(&input.name)))?;
        inputs.push((input.name.clone(), bytes));
    }
    load_inputs(inputs, folder, manifest)
}

/// The same from the inputs themselves, which `from` recorded.
pub(super) fn load_inputs(
    inputs: Vec<(String, Vec<u8>)>,
    from: &Path,
    manifest: &Manifest,
) -> anyhow::Result<Option<Loaded>> {
    evidence::check_inputs(manifest, &inputs)?;
    let first = manifest.inputs.first().map(|input| input.name.clone()).unwrap_or_default();
    let files = MemoryFiles(inputs.into_iter().collect());
    match scenario::load_variant(&files, &first, manifest.variant.as_deref()) {
        Ok(loaded) => {
            evidence::check_inputs(manifest, &loaded.inputs)?;
            at_status(loaded, manifest).map(Some)
        }
        Err(failed) => {
            output::diagnostics(&failed.diagnostics, &failed.sources);
            output::counts(&failed.diagnostics, from);
            Ok(None)
        }
    }
}

/// The program on the status date that a manifest names, if any.
///
/// # Errors
/// If it names a date that is none, or reports that cannot be.
pub(super) fn at_status(loaded: Loaded, manifest: &Manifest) -> anyhow::Result<Loaded> {
    let Some(status) = &manifest.status else { return Ok(loaded) };
    let date = status.parse().context("the manifest names a status date that is none")?;
    let known = loaded.program.statuses().iter().find(|known| known.date == date);
    Ok(loaded.as_of(known.unwrap_or(&Status::nothing(date)))?)
}
