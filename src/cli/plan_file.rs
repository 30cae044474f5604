//! Plans of other tools on the command line.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use super::output;
use super::results_folder::write_file;
use crate::diag::{Diagnostic, code};
use crate::import::{
    Fate, ImportFile, ImportOptions, ImportReport, Imported, import, import_tables, recognise,
};
use crate::scenario;

/// How many lines of a summary are printed.
const MOST_LINES: usize = 12;

/// Imports the plan in a file; its name is that of the program where the plan has none.
pub(super) fn read(file: &Path, bytes: &[u8], options: ImportOptions) -> anyhow::Result<Imported> {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let options = ImportOptions { name: options.name.or(stem), ..options };
    import(bytes, &options).with_context(|| format!("`{}` cannot be imported", file.display()))
}

/// Imports one plan, or several files with tables.
pub(super) fn read_all(files: &[(PathBuf, Vec<u8>)], options: ImportOptions) -> anyhow::Result<Imported> {
    if let [(file, bytes)] = files {
        return read(file, bytes, options);
    }
    let stem = |file: &Path| file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    for (file, bytes) in files {
        if recognise(bytes).is_some_and(|format| !format.is_table()) {
            bail!(
                "`{}` is a whole plan; only tables of tasks and risks are imported together",
                file.display()
            );
        }
    }
    let name = |file: &Path| stem(file).unwrap_or_else(|| "table".to_owned());
    let tables: Vec<ImportFile> =
        files.iter().map(|(file, bytes)| ImportFile { name: name(file), bytes: bytes.clone() }).collect();
    let options = ImportOptions {
        name: options.name.or_else(|| files.first().and_then(|(file, _)| stem(file))),
        ..options
    };
    import_tables(&tables, &options).context("the tables cannot be imported")
}

/// The scenario of an imported plan as text, saying where it comes from.
pub(super) fn scenario_text(imported: &Imported, files: &[(PathBuf, Vec<u8>)]) -> String {
    let mut text = String::new();
    for (_, bytes) in files {
        let mut hash = String::new();
        for byte in Sha256::digest(bytes) {
            // Writing to a string cannot fail.
            let _ = write!(hash, "{byte:02x}");
        }
        let _ = writeln!(text, "# Imported from a {} file, SHA-256 {hash}.", imported.format);
    }
    format!("{text}\n{}", scenario::to_toml(&imported.scenario))
}

/// Says once what would be said of every duration of a plan that has no ranges.
pub(super) fn say_certain(file: &Path, warnings: &mut Vec<Diagnostic>) {
    let before = warnings.len();
    warnings.retain(|warning| warning.code != code::POINT_ESTIMATE);
    let certain = before - warnings.len();
    if certain > 0 {
        output::warning(&format!(
            "{certain} duration{} no range: `p80 import {} -o scenario.toml \
             --estimates=-10%..+30%` puts one around each; without, they are simulated as certain",
            if certain == 1 { " has" } else { "s have" },
            file.display()
        ));
    }
}

/// Says on standard error what an import made of a plan.
pub(super) fn say(file: &Path, imported: &Imported, in_full: bool) {
    let count = |fate| imported.report.count(fate);
    let tasks = imported.stored.len();
    let risks = imported.scenario.risks.get().map_or(0, Vec::len);
    let risks = match risks {
        0 => String::new(),
        1 => ", 1 risk".to_owned(),
        risks => format!(", {risks} risks"),
    };
    output::say(&format!(
        "{}: {}, {tasks} task{}{risks}; {} changed, {} left out{}",
        file.display(),
        imported.format,
        if tasks == 1 { "" } else { "s" },
        count(Fate::Changed),
        count(Fate::LeftOut),
        if in_full { "" } else { " (see `p80 import`)" },
    ));
    if !in_full {
        return;
    }
    say_summary(&imported.report);
}

/// Says what was changed and left out, and what looks wrong, the commonest first.
pub(super) fn say_summary(report: &ImportReport) {
    let summary = report.summary();
    // What is taken as it stands and looks wrong is said as well.
    let is_told = |fate: Fate, kind: &str| fate != Fate::Taken || kind == "data quality";
    let told: Vec<_> = summary.iter().filter(|(fate, kind, ..)| is_told(*fate, kind)).collect();
    for (fate, kind, reason, number) in told.iter().take(MOST_LINES) {
        output::say(&format!("  {fate}: {kind} ({number}): {reason}"));
    }
    if told.len() > MOST_LINES {
        output::say(&format!("  and {} more reasons: see --report", told.len() - MOST_LINES));
    }
}

/// Rows as CSV.
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

/// Writes a file; `-` is standard output.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return output::answer(bytes);
    }
    write_file(path, bytes).with_context(|| format!("failed to write `{}`", path.display()))
}
