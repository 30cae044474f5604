//! `p80 check`: every problem in one pass.

use super::args::{CheckArgs, CheckFormat};
use super::input::{tally, try_load};
use super::{Exit, output};
use crate::analysis;
use crate::diag;

/// Checks all files and prints what was found.
pub(super) fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut json = Vec::new();
    let (mut errors, mut warnings) = (0, 0);
    for file in &args.files {
        let (found, sources) = match try_load(file)? {
            Err(failed) => (failed.diagnostics, failed.sources),
            Ok(loaded) => {
                let mut found = loaded.warnings;
                found.extend(analysis::examine(&loaded.program, &loaded.places));
                (found, loaded.sources)
            }
        };
        match args.format {
            CheckFormat::Json => {
                json.extend(diag::to_json(&found, &sources).as_array().cloned().unwrap_or_default())
            }
            CheckFormat::Text => {
                output::diagnostics(&found, &sources);
                output::counts(&found, file);
            }
        }
        let counted = tally(&found);
        errors += counted.0;
        warnings += counted.1;
    }
    if args.format == CheckFormat::Json {
        let text = serde_json::to_string_pretty(&serde_json::Value::Array(json))?;
        output::answer(format!("{text}\n").as_bytes())?;
    }
    Ok(match (errors, warnings) {
        (0, 0) => Exit::Done,
        (0, _) if !args.deny_warnings => Exit::Done,
        (0, _) => Exit::No,
        _ => Exit::Error,
    })
}
