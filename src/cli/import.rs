//! `p80 import`: a plan of another tool becomes a scenario.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::import_args::ImportArgs;
use super::results_folder::write_file;
use super::{Exit, input, output, plan_file};
use crate::analysis::{Agreement, AgreementRow, FIELDS, agreement};
use crate::attachment::blank_workbook;
use crate::import::Imported;
use crate::network::Schedule;
use crate::scenario::{self, Loaded, MemoryFiles};

/// Runs the command.
pub(super) fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let outs = [&args.out, &args.report, &args.compare, &args.template];
    for out in outs.into_iter().flatten().filter(|out| *out != Path::new("-")) {
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
    let imported = plan_file::read_all(&files, args.options())?;
    let text = plan_file::scenario_text(&imported, &files);
    plan_file::say(&args.plans[0], &imported, true);
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
    if imported.is_part {
        output::say("these are risks without tasks: name the file in the `include` of a scenario");
        return Ok(Exit::Done);
    }
    // What a check says of it is said now, because the scenario is to be used next.
    let name = "scenario.toml";
    match scenario::load(&MemoryFiles::single(name, &text), name) {
        Ok(loaded) => compare(args, &imported, &loaded).map(|()| Exit::Done),
        Err(failed) => {
            output::diagnostics(&failed.diagnostics, &failed.sources);
            output::counts(&failed.diagnostics, args.out.as_deref().unwrap_or(Path::new(name)));
            Ok(Exit::Error)
        }
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

fn table<const N: usize>(rows: &[[String; N]]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return output::answer(bytes);
    }
    write_file(path, bytes).with_context(|| format!("failed to write `{}`", path.display()))
}
