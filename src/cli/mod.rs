//! The command line: arguments, terminal, files, exit codes.
//!
//! **Invariant:** no logic. A command reads, calls the library and writes; what a number means is decided
//! elsewhere.

mod args;
mod check;
mod disk;
mod exit;
mod generate;
mod init;
mod input;
mod interrupt;
mod output;
mod progress;
mod results_folder;
mod run;

use clap::Parser;

pub use args::{Cli, Command};
pub use exit::Exit;

/// Parses the arguments, runs the command, and says what the process should exit with.
#[must_use]
pub fn main() -> Exit {
    let cli = Cli::parse();
    cli.color.write_global();
    let done = match &cli.command {
        Command::Init(args) => init::init(args),
        Command::Check(args) => check::check(args),
        Command::Run(args) => run::run(args),
        Command::Schema => generate::schema(),
        Command::Completions(args) => generate::completions(args),
        Command::Man => generate::man(),
    };
    done.unwrap_or_else(|error| {
        output::error(&error);
        Exit::Error
    })
}
