//! Dates and slack of real plans as the tools have stored them: the whole way from the file to the schedule.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use p80::analysis::{Agreement, FIELDS, agreement};
use p80::import::{ImportOptions, import};
use p80::network::Schedule;
use p80::scenario::{MemoryFiles, load, to_toml};

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

/// How far the schedule of a file agrees with the dates stored in it, or why it has none.
fn measured(path: &Path) -> Result<Agreement, String> {
    let imported = import(&unpacked(path), &ImportOptions::default()).map_err(|error| error.to_string())?;
    let text = to_toml(&imported.scenario);
    let loaded = load(&MemoryFiles::single("plan.toml", &text), "plan.toml").map_err(|failed| {
        let found: Vec<String> =
            failed.diagnostics.iter().map(|one| format!("{} {}", one.code.as_str(), one.message)).collect();
        format!("{}: {}", failed.diagnostics.len(), found[..found.len().min(5)].join("; "))
    })?;
    let schedule = Schedule::plan(&loaded.program).map_err(|error| error.to_string())?;
    Ok(agreement(&loaded.program, &schedule, &imported.stored))
}

/// The gzipped files of a folder, by name.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "gz"));
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned()
}

/// Measures all files of a folder and prints a table, with the first differences of each.
fn table(folder: &str) -> BTreeMap<String, Result<Agreement, String>> {
    let results: BTreeMap<String, _> =
        files(folder).iter().map(|path| (name(path), measured(path))).collect();
    for (name, result) in &results {
        let shown = std::env::var("DIFFERENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
        for one in result.iter().flat_map(|agreement| agreement.differences.iter().take(shown)) {
            println!("{name} `{}` {}: {}, stored is {}", one.id, one.field, one.found, one.stored);
        }
    }
    println!(
        "| {:44} | {:>5} | {} |",
        "file",
        "tasks",
        FIELDS.map(|field| format!("{field:>12}")).join(" | ")
    );
    for (name, result) in &results {
        match result {
            Err(error) => println!("| {name:44} | {error}"),
            Ok(agreement) => {
                let share = |field| match agreement.share(field) {
                    Some(share) => format!("{:>10.2} %", 100.0 * share),
                    None => format!("{:>12}", "-"),
                };
                let shares: Vec<String> = (0..FIELDS.len()).map(share).collect();
                println!("| {name:44} | {:>5} | {} |", agreement.tasks, shares.join(" | "));
            }
        }
    }
    results
}

/// Every date and slack of these files agrees, but for so many values of some.
fn assert_all(results: &BTreeMap<String, Result<Agreement, String>>, but: &[(&str, usize)]) {
    for (name, result) in results {
        let agreement = result.as_ref().unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = but.iter().find(|(known, _)| known == name).map_or(0, |(_, number)| *number);
        assert_eq!(agreement.differences.len(), expected, "{name}");
    }
}

// Fails if late finishes are not moved back to the end of a shift, or lags run in another calendar.
#[test]
fn microsoft_project_is_reproduced() {
    let results = table("mspdi/fixtures");
    if results.is_empty() {
        println!("SKIPPED: the real plans are not here");
    }
    // The late finish of a task in progress, of which the tool repeats the early one.
    assert_all(&results, &[("kevinmcaleer__software00_plan", 1)]);
}

#[test]
fn early_dates_of_small_files_of_every_version_are_reproduced() {
    let results = table("mspdi/lgpl_mpxj");
    if results.is_empty() {
        println!("SKIPPED: the real plans are not here");
    }
    // Files of calendars and resources alone have no task.
    for (name, agreement) in results.iter().filter_map(|(name, result)| Some((name, result.as_ref().ok()?))) {
        let early = agreement.differences.iter().find(|one| one.field.starts_with("early"));
        assert_eq!(early, None, "{name}");
    }
}

// Fails if start milestones stay where their predecessors end.
#[test]
fn primavera_is_reproduced() {
    let results = table("xer/fixtures");
    if results.is_empty() {
        println!("SKIPPED: the real plans are not here");
    }
    assert_all(&results, &[]);
}
