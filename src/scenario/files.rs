//! Where the bytes of a scenario come from.

use std::collections::BTreeMap;

/// A source of files; the core never opens one itself.
pub trait Files {
    /// The bytes of a file; the path uses `/` and is relative to where the first file's path is.
    ///
    /// # Errors
    /// [`FileError`] if there is no such file or it may not be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FileError(pub String);

/// Files held in memory, for tests and where there is no disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles(pub BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// A single file.
    #[must_use]
    pub fn single(path: &str, text: &str) -> Self {
        Self(BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]))
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or_else(|| FileError("there is no such file".into()))
    }
}

/// The path of `named`, which stands in the file `from`, seen from where the first file's path is.
#[must_use]
pub fn beside(from: &str, named: &str) -> String {
    let named = named.replace('\\', "/");
    let is_absolute = named.starts_with('/') || named.as_bytes().get(1) == Some(&b':');
    let folder = match from.rfind('/') {
        Some(end) if !is_absolute => &from[..=end],
        _ => "",
    };
    let joined = format!("{folder}{named}");
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|&last| !last.is_empty() && last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        assert_eq!(beside("program.toml", "erp.toml"), "erp.toml");
        assert_eq!(beside("a/b/program.toml", "erp.toml"), "a/b/erp.toml");
        assert_eq!(beside("a/b/program.toml", "../x/./erp.toml"), "a/x/erp.toml");
        assert_eq!(beside("program.toml", "../../erp.toml"), "../../erp.toml");
        assert_eq!(beside("/srv/program.toml", "erp.toml"), "/srv/erp.toml");
        assert_eq!(beside("/srv/program.toml", "/etc/erp.toml"), "/etc/erp.toml");
        assert_eq!(beside("a/program.toml", "sub\\erp.toml"), "a/sub/erp.toml");
    }
}
