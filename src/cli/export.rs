//! `p80 export`: results go back to the tool that the plan came from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::Value;

use super::results_folder::write_file;
use super::{Exit, input, output, recorded};
use crate::export::{TaskResult, into_project_xml};
use crate::import::{Format, recognise};
use crate::model::TaskIx;
use crate::scenario::Loaded;

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 run plan.xml -o results && p80 export results --to plan.xml -o plan-p80.xml\n\nP50 and P80 \
                  finishes, the criticality and the mean duration of every task go into custom fields that the plan \
                  does not use; nothing else in it is touched. Without --to the same is written as CSV, by what the \
                  tool calls each task."
)]
pub struct ExportArgs {
    /// Results folder of `p80 run --out`, of an imported plan
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// The plan that was imported, in Microsoft Project XML, into a copy of which the results go
    #[arg(long, value_name = "PLAN")]
    pub to: Option<PathBuf>,
    /// File to write; standard output by default
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// Runs the command.
pub(super) fn export(args: &ExportArgs) -> anyhow::Result<Exit> {
    let out = args.out.as_deref().filter(|out| *out != Path::new("-"));
    if let Some(out) = out.filter(|_| !args.force)
        && fs::symlink_metadata(out).is_ok()
    {
        bail!("`{}` exists; name another file or use --force", out.display());
    }
    let (manifest, _) = recorded::manifest(&args.results)?;
    let Some(loaded) = recorded::load(&args.results, &manifest)? else { return Ok(Exit::Error) };
    let rows = rows(&args.results, &loaded)?;
    let bytes = match &args.to {
        None => table(&rows)?,
        Some(plan) => {
            let bytes = input::bytes(plan)?;
            match recognise(&bytes) {
                Some(Format::MsProject) => {}
                _ => bail!(
                    "`{}` is no Microsoft Project XML: leave --to out, and import the CSV by activity id",
                    plan.display()
                ),
            }
            let text = String::from_utf8(bytes)
                .with_context(|| format!("`{}` is not UTF-8: save it as UTF-8", plan.display()))?;
            let results = rows.iter().map(|row| (row.source.clone(), row.result.clone())).collect();
            let (written, fields) = into_project_xml(&text, &results)
                .with_context(|| format!("the results cannot go into `{}`", plan.display()))?;
            for field in fields {
                output::say(&format!("{}: {}", field.name, field.alias));
            }
            written.into_bytes()
        }
    };
    match out {
        None => output::answer(&bytes)?,
        Some(out) => {
            write_file(out, &bytes).with_context(|| format!("failed to write `{}`", out.display()))?;
            output::say(&format!("wrote {}", out.display()));
        }
    }
    Ok(Exit::Done)
}

/// A task of the results that came from another tool.
struct Row {
    source: String,
    id: String,
    name: String,
    result: TaskResult,
}

/// The tasks of a results folder that know what their tool calls them.
fn rows(folder: &Path, loaded: &Loaded) -> anyhow::Result<Vec<Row>> {
    let path = folder.join("summary.json");
    let bytes = fs::read(&path).with_context(|| format!("failed to read `{}`", path.display()))?;
    let summary: Value =
        serde_json::from_slice(&bytes).with_context(|| format!("`{}` is no summary", path.display()))?;
    let tasks = summary["tasks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let by_id: BTreeMap<&str, &Value> =
        tasks.iter().filter_map(|task| Some((task["id"].as_str()?, task))).collect();
    let mut rows = Vec::new();
    for (at, task) in loaded.program.tasks().iter().enumerate() {
        let (Some(source), Some(found)) = (&task.source, by_id.get(task.id.as_str())) else { continue };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let per_day = f64::from(loaded.program.minutes_per_day(TaskIx::new(at)));
        rows.push(Row {
            source: source.clone(),
            id: task.id.clone(),
            name: task.name.clone(),
            result: TaskResult {
                // P10, P50, P80 and P90.
                finish_p50: text(&found["finish"][1]),
                finish_p80: text(&found["finish"][2]),
                criticality: found["criticality"].as_f64().unwrap_or(0.0),
                mean_minutes: found["duration_mean_days"].as_f64().unwrap_or(0.0) * per_day,
            },
        });
    }
    if rows.is_empty() {
        bail!("no task of these results says where it comes from: run a plan that `p80 import` has made");
    }
    Ok(rows)
}

/// The same as CSV.
fn table(rows: &[Row]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "source",
        "id",
        "name",
        "finish_p50_date",
        "finish_p80_date",
        "criticality_index",
        "duration_mean_minutes",
    ];
    writer.write_record(header)?;
    for Row { source, id, name, result } in rows {
        let date = |date: &Option<String>| date.clone().unwrap_or_default();
        writer.write_record([
            source.as_str(),
            id,
            name,
            &date(&result.finish_p50),
            &date(&result.finish_p80),
            &result.criticality.to_string(),
            &result.mean_minutes.round().to_string(),
        ])?;
    }
    Ok(writer.into_inner()?)
}
