//! Files from the disk.

use std::fs;
use std::path::PathBuf;

use crate::scenario::{FileError, Files};

/// The largest input that is read.
pub(super) const LARGEST_BYTES: u64 = 256 << 20;

/// Files below (or beside) the folder of the scenario; one of them may come from standard input.
pub(super) struct Disk {
    /// The folder of the scenario.
    pub(super) folder: PathBuf,
    /// The name and bytes of a file that is already read.
    pub(super) read: Option<(String, Vec<u8>)>,
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if let Some((name, bytes)) = &self.read
            && name == path
        {
            return Ok(bytes.clone());
        }
        let full = self.folder.join(path);
        let explain = |error: std::io::Error| FileError(error.to_string());
        let size = fs::metadata(&full).map_err(explain)?;
        if size.is_dir() {
            return Err(FileError("it is a folder".into()));
        }
        if size.len() > LARGEST_BYTES {
            return Err(FileError(format!("it is larger than {} MiB", LARGEST_BYTES >> 20)));
        }
        fs::read(full).map_err(explain)
    }
}
