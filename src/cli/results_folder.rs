//! The results folder: complete, or not there at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::TempDir;

/// The file by which a results folder is recognised.
const MARK: &str = "manifest.json";

/// A results folder in the making, under a temporary name beside its own.
pub(super) struct ResultsFolder {
    target: PathBuf,
    making: TempDir,
}

impl ResultsFolder {
    /// Begins a results folder, before anything is simulated, so that a wrong path costs no time.
    ///
    /// # Errors
    /// If the folder exists and may not be replaced, or if it cannot be written to.
    pub(super) fn begin(target: &Path, force: bool) -> anyhow::Result<Self> {
        if target.file_name().is_none() {
            bail!("`{}` is not the name of a folder to write", target.display());
        }
        if fs::symlink_metadata(target).is_ok() {
            if !force {
                bail!("`{}` exists; name another folder or use --force to replace it", target.display());
            }
            if !is_replaceable(target) {
                bail!(
                    "`{}` is not a results folder (it has no {MARK}); remove it yourself if it may go",
                    target.display()
                );
            }
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).with_context(|| format!("failed to create `{}`", parent.display()))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".p80-unfinished-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let making = builder
            .tempdir_in(parent)
            .with_context(|| format!("failed to write to `{}`", parent.display()))?;
        Ok(Self { target: target.to_owned(), making })
    }

    /// Writes a file of the folder; the name may contain `/`.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.path(name)?;
        fs::write(&path, bytes).with_context(|| format!("failed to write `{name}`"))
    }

    /// Writes these files.
    pub(super) fn write_all(&self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> anyhow::Result<()> {
        files.into_iter().try_for_each(|(name, bytes)| self.write(&name, &bytes))
    }

    /// Writes the files that a scenario was read from, with this in front of their names.
    pub(super) fn write_inputs(&self, within: &str, inputs: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
        inputs.iter().try_for_each(|(name, bytes)| self.write(&format!("{within}{}", inside(name)), bytes))
    }

    /// Opens a file of the folder to be written piece by piece.
    pub(super) fn create(&self, name: &str) -> anyhow::Result<std::io::BufWriter<fs::File>> {
        let path = self.path(name)?;
        let file = fs::File::create(path).with_context(|| format!("failed to create `{name}`"))?;
        Ok(std::io::BufWriter::with_capacity(1 << 20, file))
    }

    /// Gives the folder its name; only now is it visible.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let failed = || format!("failed to name the results folder `{}`", self.target.display());
        if fs::symlink_metadata(&self.target).is_err() {
            fs::rename(self.making.path(), &self.target).with_context(failed)?;
            let _ = self.making.keep();
            return Ok(());
        }
        // The old folder steps aside first, so that a failure loses nothing.
        let parent = self.making.path().parent().unwrap_or(Path::new("."));
        let aside =
            tempfile::Builder::new().prefix(".p80-replaced-").tempdir_in(parent).with_context(failed)?;
        let old = aside.path().join("old");
        fs::rename(&self.target, &old).with_context(failed)?;
        if let Err(error) = fs::rename(self.making.path(), &self.target) {
            let _ = fs::rename(&old, &self.target);
            return Err(error).with_context(failed);
        }
        let _ = self.making.keep();
        Ok(())
    }

    fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.making.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("failed to create a folder for `{name}`"))?;
        }
        Ok(path)
    }
}

/// Whether a folder was made by this program, or is empty.
fn is_replaceable(target: &Path) -> bool {
    let is_folder = fs::symlink_metadata(target).is_ok_and(|meta| meta.is_dir());
    let is_empty = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    is_folder && (target.join(MARK).is_file() || is_empty())
}

/// The name of an input within the results folder: what lies outside of the scenario's folder comes in.
pub(super) fn inside(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
    let safe: Vec<String> =
        parts.map(|part| if part == ".." { "_up".to_owned() } else { part.replace(':', "_") }).collect();
    format!("inputs/{}", safe.join("/"))
}

/// Writes a single file under a temporary name and renames it.
pub(super) fn write_file(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write(target, bytes, true)
}

/// The same without waiting for the disk, for one of many files that are checked when they are read.
pub(super) fn write_sealed(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write(target, bytes, false)
}

fn write(target: &Path, bytes: &[u8], is_durable: bool) -> anyhow::Result<()> {
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".p80-unfinished-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent)?;
    file.write_all(bytes)?;
    if is_durable {
        // The name must not be there before the bytes are, even if the machine loses power.
        file.as_file().sync_all()?;
    }
    file.persist(target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_never_leave_the_results_folder() {
        assert_eq!(inside("../shared/risks.csv"), "inputs/_up/shared/risks.csv");
        assert_eq!(inside("/etc/passwd"), "inputs/etc/passwd");
        assert_eq!(inside("C:\\plans\\a.toml"), "inputs/C_/plans/a.toml");
    }
}
