//! `p80 selftest`: evidence that this installation computes what it should.

use super::args::{SelfTestArgs, SelfTestFormat};
use super::{Exit, output, results_folder};
use crate::evidence::{self, Effort, Machine};
use anyhow::Context;

/// Runs the command.
pub(super) fn selftest(args: &SelfTestArgs) -> anyhow::Result<Exit> {
    let machine = Machine {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        cpu_features: evidence::cpu_features(),
        threads: args.threads.count(),
    };
    let dated = args.dated.then(now);
    let effort = if args.quick { Effort::Little } else { Effort::Full };
    let record = args.threads.install(|| Ok(evidence::selftest(effort, machine, dated)))?;
    let text = match args.format {
        SelfTestFormat::Text => record.to_text(),
        SelfTestFormat::Json => record.to_json(),
    };
    if let Some(out) = &args.out {
        results_folder::write_file(out, text.as_bytes())
            .with_context(|| format!("failed to write `{}`", out.display()))?;
    }
    output::answer(text.as_bytes())?;
    if let Some(out) = &args.out {
        output::say(&format!("wrote {}", out.display()));
    }
    Ok(if record.passed { Exit::Done } else { Exit::No })
}

/// The time of day in UTC, to the second.
fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).map_or_else(|_| "unknown".to_owned(), |now| now.to_string())
}
