//! A scenario that is dropped on the program, or named without a command: it is run, and the results stay beside it.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::{Cli, output};

/// The arguments of the process.
pub(super) struct Arguments {
    /// As they are to be read.
    pub(super) given: Vec<OsString>,
    /// Whether they were a file only.
    is_dropped: bool,
}

impl Arguments {
    /// Those given; a file without a command is run.
    pub(super) fn new(given: Vec<OsString>) -> Self {
        let [program, file] = given.as_slice() else { return Self { given, is_dropped: false } };
        let is_command = file.to_str().is_some_and(|name| Cli::command().find_subcommand(name).is_some());
        if is_command || !Path::new(file).is_file() {
            return Self { given, is_dropped: false };
        }
        let folder = free_beside(Path::new(file));
        let given = vec![program.clone(), "run".into(), file.clone(), "--out".into(), folder.into()];
        Self { given, is_dropped: true }
    }

    /// Where a window was opened for the program only, keeps it open until it has been read.
    pub(super) fn wait(&self) {
        if self.is_dropped && cfg!(windows) && std::io::stdin().is_terminal() {
            output::say("Press Enter to close");
            let _ = std::io::stdin().read(&mut [0]);
        }
    }
}

/// A name for the results that nothing has yet: `program-results`, `program-results-2` ...
fn free_beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |number: u32| match number {
        1 => file.with_file_name(format!("{stem}-results")),
        _ => file.with_file_name(format!("{stem}-results-{number}")),
    };
    // Beyond, it is the command that says that the folder exists.
    (1..1_000)
        .map(named)
        .find(|folder| std::fs::symlink_metadata(folder).is_err())
        .unwrap_or_else(|| named(1))
}
