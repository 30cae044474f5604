//! Reading a scenario from the command line.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::disk::Disk;
use super::output;
use crate::diag::Diagnostic;
use crate::scenario::{self, Failed, Loaded};

/// Loads a scenario, or prints its problems on standard error and returns `None`.
pub(super) fn load(file: &Path) -> anyhow::Result<Option<Loaded>> {
    Ok(match try_load(file)? {
        Ok(loaded) => Some(loaded),
        Err(failed) => {
            output::diagnostics(&failed.diagnostics, &failed.sources);
            output::counts(&failed.diagnostics, file);
            None
        }
    })
}

/// Loads a scenario; `-` reads it from standard input.
pub(super) fn try_load(file: &Path) -> anyhow::Result<Result<Loaded, Box<Failed>>> {
    let (disk, name) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("failed to read standard input")?;
        let name = "standard-input.toml".to_owned();
        (Disk { folder: PathBuf::from("."), read: Some((name.clone(), bytes)) }, name)
    } else {
        let name = file.file_name().with_context(|| format!("`{}` is not a file", file.display()))?;
        let name = name.to_str().with_context(|| format!("`{}` is not a readable name", file.display()))?;
        let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        (Disk { folder, read: None }, name.to_owned())
    };
    Ok(scenario::load(&disk, &name))
}

/// How many of a list are errors and how many warnings.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> (usize, usize) {
    use crate::diag::Severity;
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
