//! `p80 check`: every problem in one pass.

use super::args::{CheckArgs, CheckFormat};
use super::input::{Family, load_family, tally};
use super::{Exit, output};
use crate::analysis;
use crate::diag::{self, Diagnostic, Sources};

/// Checks all files and prints what was found.
pub(super) fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut json = Vec::new();
    let (mut errors, mut warnings) = (0, 0);
    for file in &args.files {
        let (found, sources) = examine(load_family(file)?);
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

/// What is to be said of a scenario and of what its variants make of it.
fn examine(family: Family) -> (Vec<Diagnostic>, Sources) {
    let loaded = match family.base {
        Ok(loaded) => loaded,
        Err(failed) => return (failed.diagnostics, failed.sources),
    };
    let mut found = loaded.warnings;
    found.extend(analysis::examine(&loaded.program, &loaded.places));
    let mut sources = loaded.sources;
    for (variant, loaded) in family.variants {
        let (more, files) = match loaded {
            Ok(loaded) => {
                let mut more = loaded.warnings;
                more.extend(analysis::examine(&loaded.program, &loaded.places));
                (more, loaded.sources)
            }
            Err(failed) => (failed.diagnostics, failed.sources),
        };
        // A variant may name further files; the first ones are those of the scenario.
        if files.iter().count() > sources.iter().count() {
            sources = files;
        }
        for mut problem in more.into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>() {
            problem.message = format!("in the variant `{}`: {}", variant.id, problem.message);
            found.push(problem);
        }
    }
    (found, sources)
}
