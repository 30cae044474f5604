//! A folder of programs as a portfolio.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::disk::Disk;
use super::input::Opened;

/// The file of a folder that says what its programs have in common.
pub(super) const PORTFOLIO: &str = "portfolio.toml";

/// The portfolio of a folder: as its `portfolio.toml` says, else all scenarios in it as one.
pub(super) fn open(folder: &Path) -> anyhow::Result<Opened> {
    let disk = |read| Disk { folder: folder.to_path_buf(), read };
    if folder.join(PORTFOLIO).is_file() {
        return Ok(Opened { disk: disk(None), name: PORTFOLIO.to_owned(), is_plan: false });
    }
    let programs = scenarios(folder)?;
    if programs.is_empty() {
        bail!("`{}` has neither a {PORTFOLIO} nor a scenario with a `[program]`", folder.display());
    }
    let name = folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let text = format!(
        "# All programs of a folder as one.\n[portfolio]\nname = {}\nprograms = [\n{}]\n",
        quoted(name.as_deref().unwrap_or("Portfolio")),
        programs.iter().map(|file| format!("    {},\n", quoted(file))).collect::<String>()
    );
    Ok(Opened {
        disk: disk(Some((PORTFOLIO.to_owned(), text.into_bytes()))),
        name: PORTFOLIO.to_owned(),
        is_plan: false,
    })
}

/// Whether a folder holds a portfolio or programs; a results folder holds them below itself.
pub(super) fn is_portfolio(folder: &Path) -> bool {
    folder.join(PORTFOLIO).is_file() || scenarios(folder).is_ok_and(|programs| !programs.is_empty())
}

/// The scenarios of a folder in the order of their names: files that are read by others have no program. What cannot be
/// read as TOML is taken for one, so that it is reported and not passed over.
pub(super) fn scenarios(folder: &Path) -> anyhow::Result<Vec<String>> {
    let failed = || format!("failed to read the folder `{}`", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if !is_toml || !path.is_file() {
            continue;
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let text = fs::read(&path).with_context(|| format!("failed to read `{}`", path.display()))?;
        let text = String::from_utf8_lossy(&text);
        let is_program = match text.trim_start_matches('\u{feff}').parse::<toml::Table>() {
            Ok(table) => table.keys().any(|key| key.eq_ignore_ascii_case("program")),
            Err(_) => true,
        };
        if is_program {
            found.push(name.to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
