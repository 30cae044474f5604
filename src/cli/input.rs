//! Reading a scenario from the command line.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::disk::{Disk, LARGEST_BYTES};
use super::{output, plan_file};
use crate::diag::Diagnostic;
use crate::import::{ImportOptions, recognise};
use crate::scenario::{self, Failed, Files, Loaded, Variant};

/// Loads a scenario or a variant of it, or prints its problems on standard error and returns `None`.
pub(super) fn load(file: &Path, variant: Option<&str>) -> anyhow::Result<Option<Loaded>> {
    let Opened { disk, name, is_plan } = open(file)?;
    Ok(match scenario::load_variant(&disk, &name, variant) {
        Ok(mut loaded) => {
            if is_plan {
                plan_file::say_certain(file, &mut loaded.warnings);
            }
            Some(loaded)
        }
        Err(failed) => {
            output::diagnostics(&failed.diagnostics, &failed.sources);
            output::counts(&failed.diagnostics, file);
            None
        }
    })
}

/// A scenario with all of its variants.
pub(super) struct Family {
    /// The scenario as written.
    pub(super) base: Result<Loaded, Box<Failed>>,
    /// Its variants, with only those diagnostics that the scenario as written does not have.
    pub(super) variants: Vec<(Variant, Result<Loaded, Box<Failed>>)>,
}

/// Loads a scenario with all of its variants.
pub(super) fn load_family(file: &Path) -> anyhow::Result<Family> {
    let Opened { disk, name, .. } = open(file)?;
    let base = scenario::load(&disk, &name);
    let variants =
        base.as_ref().map_or_else(|_| Vec::new(), |base| scenario::load_variants(&disk, &name, base));
    Ok(Family { base, variants })
}

/// What a scenario is read from.
pub(super) struct Opened {
    pub(super) disk: Disk,
    /// Its name there.
    pub(super) name: String,
    /// Whether it was made of a plan of another tool.
    pub(super) is_plan: bool,
}

/// The bytes of a file; `-` is standard input.
pub(super) fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().lock().take(LARGEST_BYTES + 1);
        input.read_to_end(&mut bytes).context("failed to read standard input")?;
        if bytes.len() as u64 > LARGEST_BYTES {
            bail!("standard input is larger than {} MiB", LARGEST_BYTES >> 20);
        }
        return Ok(bytes);
    }
    let disk = Disk { folder: PathBuf::new(), read: None };
    let name = file.to_str().with_context(|| format!("`{}` is not a readable name", file.display()))?;
    disk.read(name).with_context(|| format!("failed to read `{}`", file.display()))
}

/// The first bytes of a file, by which a plan of another tool is told; none if it cannot be read, which whoever
/// reads it will say.
fn head(file: &Path) -> Vec<u8> {
    let mut head = Vec::new();
    if let Ok(file) = File::open(file) {
        // A folder can be opened and not be read.
        let _ = file.take(32_768).read_to_end(&mut head);
    }
    head
}

/// A plan of another tool as the scenario that is made of it.
fn plan(file: &Path, bytes: &[u8]) -> anyhow::Result<Opened> {
    let imported = plan_file::read(file, bytes, ImportOptions::default())?;
    if imported.is_part {
        bail!(
            "`{}` holds risks without tasks: put them into a scenario with `p80 import {} --merge scenario.toml -o \
             scenario.toml`",
            file.display(),
            file.display()
        );
    }
    plan_file::say(file, &imported, false);
    let stem = file.file_stem().and_then(|stem| stem.to_str()).filter(|stem| *stem != "-");
    let name = format!("{}.toml", stem.unwrap_or("standard-input"));
    let text = plan_file::scenario_text(&imported, &[(file.to_path_buf(), bytes.to_vec())]);
    let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let disk = Disk { folder, read: Some((name.clone(), text.into_bytes())) };
    Ok(Opened { disk, name, is_plan: true })
}

/// The files beside a scenario and its own name; `-` reads it from standard input. A plan of another tool is
/// imported, a folder is a portfolio.
pub(super) fn open(file: &Path) -> anyhow::Result<Opened> {
    Ok(if file == Path::new("-") {
        let bytes = bytes(file)?;
        if recognise(&bytes).is_some() {
            return plan(file, &bytes);
        }
        let name = "standard-input.toml".to_owned();
        let disk = Disk { folder: PathBuf::from("."), read: Some((name.clone(), bytes)) };
        Opened { disk, name, is_plan: false }
    } else if file.is_dir() {
        super::folder::open(file)?
    } else if recognise(&head(file)).is_some() {
        plan(file, &bytes(file)?)?
    } else {
        let name = file.file_name().with_context(|| format!("`{}` is not a file", file.display()))?;
        let name = name.to_str().with_context(|| format!("`{}` is not a readable name", file.display()))?;
        let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        Opened { disk: Disk { folder, read: None }, name: name.to_owned(), is_plan: false }
    })
}

/// How many of a list are errors and how many warnings.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> (usize, usize) {
    use crate::diag::Severity;
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
