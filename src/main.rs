//! The `p80` command. Everything it does is in [`p80::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    p80::cli::main().into()
}
