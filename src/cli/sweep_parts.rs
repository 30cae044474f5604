//! The folder in which a sweep keeps what is done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::results_folder::{write_file, write_sealed};
use crate::shard::ShardError;
use crate::sweep::{Definition, Key, Part};

/// The folder.
pub(super) struct Parts {
    folder: PathBuf,
}

/// Why a part is not there.
pub(super) enum Lacking {
    /// It was never made.
    Missing,
    /// It is not as it was written.
    Damaged(ShardError),
}

impl Parts {
    /// Opens the folder, and makes it where there is none.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("failed to create `{}`", folder.display()))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// A folder that is only read.
    pub(super) fn existing(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Writes what the sweep is, so that its parts can be put together without anything else.
    pub(super) fn define(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.folder.join(Definition::file_name(bytes));
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        write_file(&path, bytes).with_context(|| format!("failed to write `{}`", path.display()))
    }

    /// Reads a part.
    pub(super) fn read(&self, key: Key) -> Result<Part, Lacking> {
        let bytes = fs::read(self.path(key)).map_err(|_| Lacking::Missing)?;
        Part::read(&bytes, key).map_err(Lacking::Damaged)
    }

    /// Whether a part is there and whole.
    pub(super) fn has(&self, key: Key) -> bool {
        self.read(key).is_ok()
    }

    /// Keeps a part: it is there as a whole or not at all.
    pub(super) fn keep(&self, key: Key, part: &Part) -> anyhow::Result<()> {
        let path = self.path(key);
        write_sealed(&path, &part.to_bytes(key))
            .with_context(|| format!("failed to write `{}`", path.display()))
    }

    /// Where a part lies.
    pub(super) fn path(&self, key: Key) -> PathBuf {
        self.folder.join(key.file_name())
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes the folder with all that a sweep has put into it; what else is there stays.
    pub(super) fn remove(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.ends_with(".part") || name.ends_with(".sweep") || name.starts_with(".p80-unfinished-") {
                let _ = fs::remove_file(&path);
            }
        }
        // Fails where something else is there, which is not for us to remove.
        let _ = fs::remove_dir(&self.folder);
    }
}
