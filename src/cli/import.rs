//! `p80 import`: a plan of another tool becomes a scenario.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::calibrate::calibrate;
use super::disk::Disk;
use super::import_args::ImportArgs;
use super::plan_file::{table, write};
use super::{Exit, input, output, plan_file};
use crate::analysis::{Agreement, AgreementRow, FIELDS, agreement};
use crate::attachment::blank_workbook;
use crate::import::{Beside, Fate, ImportReport, Imported, Item, merge, remembered, scale_words};
use crate::network::Schedule;
use crate::scenario::{self, Loaded, MemoryFiles};

/// Runs the command.
pub(super) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let outs = [&args.out, &args.report, &args.compare, &args.template];
    for out in outs.into_iter().flatten().filter(|out| *out != Path::new("-")) {
        // What is renewed may be written in place.
        if args.merge.as_ref() == Some(out) {
            continue;
        }
        if fs::symlink_metadata(out).is_ok() && !args.force {
            bail!("`{}` exists; name another file or use --force", out.display());
        }
    }
    if let Some(template) = &args.template {
        write(template, &blank_workbook()?)?;
        output::say(&format!(
            "wrote {0}; fill it in (its yellow rows are an example), then try `p80 import {0} -o scenario.toml`",
            template.display()
        ));
        return Ok(Exit::Done);
    }
    let files: Vec<(PathBuf, Vec<u8>)> = args
        .plans
        .iter()
        .map(|plan| Ok((plan.clone(), input::bytes(plan)?)))
        .collect::<anyhow::Result<_>>()?;
    if let Some(history) = &args.calibrate {
        return calibrate(args, history);
    }
    let existing = match &args.merge {
        Some(scenario) => match Existing::read(scenario)? {
            Some(existing) => Some(existing),
            None => return Ok(Exit::Error),
        },
        None => None,
    };
    let mut options = args.options();
    if let Some(existing) = &existing {
        // What somebody says now outranks what was said the last time.
        options.map.extend(existing.map.clone());
        options.beside = existing.beside.clone();
    }
    let mut imported = plan_file::read_all(&files, options)?;
    plan_file::say(&args.plans[0], &imported, true);
    let text = match &existing {
        None => plan_file::scenario_text(&imported, &files),
        Some(existing) => {
            let merged = merge(&existing.text, &imported, &existing.beside)?;
            say_merged(&merged.report);
            imported.report.entries.extend(merged.report.entries);
            merged.text
        }
    };
    if let Some(report) = &args.report {
        write(report, &table(&imported.report.rows())?)?;
    }
    match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        None => output::answer(text.as_bytes())?,
        Some(out) => {
            write(out, text.as_bytes())?;
            output::say(&format!("wrote {0}; now try `p80 check {0}` and `p80 run {0}`", out.display()));
        }
    }
    if imported.is_part && existing.is_none() {
        output::say(
            "these are risks without tasks: name the file in the `include` of a scenario, or put them into one with --merge",
        );
        return Ok(Exit::Done);
    }
    // What a check says of it is said now, because the scenario is to be used next.
    let name = "scenario.toml";
    let loaded = match &args.merge {
        None => scenario::load(&MemoryFiles::single(name, &text), name),
        // Its other files are beside it.
        Some(place) => {
            let folder = place.parent().map(Path::to_path_buf).unwrap_or_default();
            let name =
                place.file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
            scenario::load(&Disk { folder, read: Some((name.clone(), text.clone().into_bytes())) }, &name)
        }
    };
    match loaded {
        Ok(loaded) => compare(args, &imported, &loaded).map(|()| Exit::Done),
        Err(failed) => {
            output::diagnostics(&failed.diagnostics, &failed.sources);
            output::counts(&failed.diagnostics, args.out.as_deref().unwrap_or(Path::new(name)));
            Ok(Exit::Error)
        }
    }
}

/// A scenario that an import goes into.
struct Existing {
    text: String,
    /// What its headings were read as the last time.
    map: Vec<(String, String)>,
    beside: Beside,
}

impl Existing {
    /// Reads it; [`None`] if it is wrong, which is said.
    fn read(file: &Path) -> anyhow::Result<Option<Self>> {
        let bytes = input::bytes(file)?;
        let text =
            String::from_utf8(bytes).with_context(|| format!("`{}` is not UTF-8 text", file.display()))?;
        let Some(loaded) = input::load(file, None)? else { return Ok(None) };
        let program = &loaded.program;
        let tasks = program.tasks().iter().map(|task| Item {
            id: task.id.clone(),
            name: task.name.clone(),
            source: task.source.clone(),
        });
        let projects = program.projects().iter().map(|project| Item {
            id: project.id.clone(),
            name: project.name.clone(),
            source: None,
        });
        let calendars = program.calendars().iter().map(|calendar| calendar.id.clone()).collect();
        let beside = Beside { items: tasks.chain(projects).collect(), calendars, words: scale_words(&text) };
        Ok(Some(Self { map: remembered(&text)?, beside, text }))
    }
}

/// Says what a merge did, the commonest first.
fn say_merged(report: &ImportReport) {
    let count = |fate| report.count(fate);
    output::say(&format!(
        "merged: {} added, {} renewed, {} kept, {} removed",
        count(Fate::Added),
        count(Fate::Changed),
        count(Fate::Kept),
        count(Fate::Removed)
    ));
    const MOST: usize = 20;
    for entry in report.entries.iter().take(MOST) {
        let fate = if entry.fate == Fate::Changed { "renewed".to_owned() } else { entry.fate.to_string() };
        let id = if entry.id.is_empty() { &entry.name } else { &entry.id };
        let reason = if entry.reason.is_empty() { String::new() } else { format!(": {}", entry.reason) };
        output::say(&format!("  {fate}: {} {id}{reason}", entry.kind));
    }
    if report.entries.len() > MOST {
        output::say(&format!("  and {} more: see --report", report.entries.len() - MOST));
    }
}

/// Says how far the dates agree with those stored in the plan.
fn compare(args: &ImportArgs, imported: &Imported, loaded: &Loaded) -> anyhow::Result<()> {
    let Ok(schedule) = Schedule::plan(&loaded.program) else { return Ok(()) };
    let agreement = agreement(&loaded.program, &schedule, &imported.stored);
    let shares = (0..FIELDS.len())
        .filter_map(|field| Some(format!("{} {:.1} %", FIELDS[field], 100.0 * agreement.share(field)?)));
    let shares: Vec<String> = shares.collect();
    if !shares.is_empty() {
        output::say(&format!("computed here as stored in the plan: {}", shares.join(", ")));
    }
    if let Some(path) = &args.compare {
        write(path, &table(&comparison(&agreement))?)?;
    }
    Ok(())
}

/// Every task as a table: what is computed beside what is stored.
fn comparison(agreement: &Agreement) -> Vec<[String; 13]> {
    let header = [
        "id",
        "source",
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "total_slack_minutes",
        "stored_early_start",
        "stored_early_finish",
        "stored_late_start",
        "stored_late_finish",
        "stored_total_slack_minutes",
        "agrees",
    ];
    let row = |row: &AgreementRow| {
        let [start, finish, late_start, late_finish, slack] = row.computed.clone();
        let [stored_start, stored_finish, stored_late_start, stored_late_finish, stored_slack] =
            row.stored.clone();
        [
            row.id.clone(),
            row.source.clone(),
            start,
            finish,
            late_start,
            late_finish,
            slack,
            stored_start,
            stored_finish,
            stored_late_start,
            stored_late_finish,
            stored_slack,
            if row.agrees { "yes" } else { "no" }.to_owned(),
        ]
    };
    std::iter::once(header.map(str::to_owned)).chain(agreement.rows.iter().map(row)).collect()
}
