//! A folder with one scenario in it, in which the command is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

/// Two tasks in a row, a milestone and a risk.
pub const SCENARIO: &str = r#"
[program]
name = "Pilot"
start = 2027-01-11
targets = { finish = 2027-05-31, budget = 150_000 }

[[tasks]]
id = "design"
duration = { pert = ["10d", "15d", "30d"] }
cost = [{ rate = "800/d", units = 2 }]

[[tasks]]
id = "build"
name = "=build()"
after = ["design"]
duration = { pert = ["20d", "30d", "60d"] }

[[milestones]]
id = "live"
after = ["build"]
target = 2027-04-01

[[risks]]
id = "R-01"
title = "Key person leaves"
probability = 0.3
impact = [{ on = "build", delay = { triangular = ["5d", "10d", "30d"] }, cost = 10_000 }]
"#;

/// A folder that is gone with its owner; the scenario in it is `pilot.toml`.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// With [`SCENARIO`].
    pub fn new() -> Self {
        Self::with(SCENARIO)
    }

    /// With this scenario.
    pub fn with(scenario: &str) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("pilot.toml", scenario);
        place
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A file of JSON.
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).unwrap()
    }

    /// Fails unless the folder holds all of these files.
    #[track_caller]
    pub fn holds(&self, folder: &str, names: &[&str]) {
        for name in names {
            assert!(self.path(folder).join(name).is_file(), "{folder}/{name}");
        }
    }

    /// Everything in the folder but the scenario.
    pub fn leftovers(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "pilot.toml");
        names.sort();
        names
    }

    /// Runs the command in the folder.
    pub fn p80(&self, args: &[&str]) -> Assert {
        Command::cargo_bin("p80").unwrap().current_dir(self.root()).args(args).assert()
    }

    /// Runs the command in the folder with a text on its standard input.
    pub fn p80_reads(&self, args: &[&str], input: &str) -> Assert {
        let mut command = Command::cargo_bin("p80").unwrap();
        command.current_dir(self.root()).args(args).write_stdin(input).assert()
    }

    /// Runs the command, which has to succeed, and reads its standard output.
    pub fn output(&self, args: &[&str]) -> String {
        String::from_utf8(self.p80(args).success().get_output().stdout.clone()).unwrap()
    }

    /// Runs the command for JSON, whatever its exit code.
    pub fn output_json(&self, args: &[&str]) -> Value {
        let args = [args, &["--format", "json"]].concat();
        serde_json::from_slice(&self.p80(&args).get_output().stdout).unwrap()
    }

    /// The command as a process of its own, to be watched while it runs.
    pub fn process(&self, args: &[&str]) -> Process {
        let mut process = Process::new(assert_cmd::cargo::cargo_bin("p80"));
        process.current_dir(self.root()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        process
    }
}
