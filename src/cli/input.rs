//! Reading a scenario from the command line.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::disk::Disk;
use super::output;
use crate::diag::Diagnostic;
use crate::scenario::{self, Failed, Loaded, Variant};

/// Loads a scenario or a variant of it, or prints its problems on standard error and returns `None`.
pub(super) fn load(file: &Path, variant: Option<&str>) -> anyhow::Result<Option<Loaded>> {
    let (disk, name) = open(file)?;
    Ok(match scenario::load_variant(&disk, &name, variant) {
        Ok(loaded) => Some(loaded),
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
    let (disk, name) = open(file)?;
    let base = scenario::load(&disk, &name);
    let variants =
        base.as_ref().map_or_else(|_| Vec::new(), |base| scenario::load_variants(&disk, &name, base));
    Ok(Family { base, variants })
}

/// The files beside a scenario and its own name; `-` reads it from standard input.
fn open(file: &Path) -> anyhow::Result<(Disk, String)> {
    Ok(if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("failed to read standard input")?;
        let name = "standard-input.toml".to_owned();
        (Disk { folder: PathBuf::from("."), read: Some((name.clone(), bytes)) }, name)
    } else {
        let name = file.file_name().with_context(|| format!("`{}` is not a file", file.display()))?;
        let name = name.to_str().with_context(|| format!("`{}` is not a readable name", file.display()))?;
        let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        (Disk { folder, read: None }, name.to_owned())
    })
}

/// How many of a list are errors and how many warnings.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> (usize, usize) {
    use crate::diag::Severity;
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
