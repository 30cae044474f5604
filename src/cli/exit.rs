//! What the process tells the shell.

/// Exit codes; part of the public interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The command did what was asked.
    Done = 0,
    /// It ran, and the answer is no: a `--require` condition does not hold.
    No = 1,
    /// It could not be done: bad usage, an invalid scenario, a file that cannot be read or written.
    Error = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
