//! Standard output is the answer, standard error everything else.

use std::io::{ErrorKind, Write};
use std::path::Path;

use super::input::tally;
use crate::diag::{self, Diagnostic, Sources};

/// Writes the answer. A reader that closed the pipe has seen enough.
pub(super) fn answer(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Says something beside the answer; a closed standard error is no reason to fail.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// An error that ends the command.
pub(super) fn error(error: &anyhow::Error) {
    say(&format!("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: {error:#}"));
}

/// A remark that ends nothing.
pub(super) fn warning(text: &str) {
    say(&format!("\u{1b}[1m\u{1b}[33mwarning\u{1b}[0m: {text}"));
}

/// How many problems are printed; whoever has more has few causes for many of them.
const MOST_PROBLEMS: usize = 100;

/// Problems of a scenario, with the source marked: all of them, or the first hundred, errors before advice.
pub(super) fn diagnostics(found: &[Diagnostic], sources: &Sources) {
    let print = |found: &[Diagnostic]| {
        let _ = write!(anstream::stderr().lock(), "{}", diag::to_text(found, sources, true));
    };
    if found.len() <= MOST_PROBLEMS {
        return print(found);
    }
    let is_error = |one: &&Diagnostic| one.severity == diag::Severity::Error;
    let errors = found.iter().filter(is_error);
    let advice = found.iter().filter(|one| !is_error(one));
    print(&errors.chain(advice).take(MOST_PROBLEMS).cloned().collect::<Vec<_>>());
    say(&format!(
        "and {} more: mend these first, or list all of them with `p80 check --format json`",
        found.len() - MOST_PROBLEMS
    ));
}

/// One line that counts the problems of a file.
pub(super) fn counts(found: &[Diagnostic], file: &Path) {
    let (errors, warnings) = tally(found);
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    say(&format!("{}: {}, {}", file.display(), count(errors, "error"), count(warnings, "warning")));
}
