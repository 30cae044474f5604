//! `p80 status`: forecast a program under way from a report of its progress.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::args::RunArgs;
use super::beside::beside;
use super::results_folder::write_file;
use super::run::Addition;
use super::{Exit, input, run};
use crate::analysis::Baseline;
use crate::chart::{self, Words};
use crate::engine::Simulation;
use crate::export;
use crate::model::Status;
use crate::report::{ForecastLog, ProgressReport, ProgressSources, Thresholds};
use crate::scenario::Loaded;
use crate::units::Instant;

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: p80 status my-program.toml --date 2027-06-30\n\nThe scenario says in `[[status]]` what has happened by each date. What is finished keeps its actual dates \
                  and costs; what has started is estimated given the time that it has taken; nothing else starts \
                  before the status date. Every forecast is added to my-program.forecast-log.csv, and compared \
                  with my-program.baseline.json if there is one."
)]
pub struct StatusArgs {
    /// The status date, one of those that the scenario reports on; the latest of them by default
    #[arg(long, value_name = "DATE")]
    pub date: Option<Instant>,
    /// The approved plan, as `p80 baseline` wrote it; beside the scenario by default
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// The forecasts so far, to which this one is added; beside the scenario by default
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Do not add this forecast to the log
    #[arg(long)]
    pub no_log: bool,
    /// From which probabilities, in percent, a promise is shown green and amber; below, red
    #[arg(long, value_name = "GREEN,AMBER", default_value = "80,50", value_parser = thresholds)]
    pub lights: Thresholds,
    /// How it is simulated, and where the results go.
    #[command(flatten)]
    pub run: RunArgs,
}

fn thresholds(text: &str) -> Result<Thresholds, String> {
    let wrong = || "expected two percentages, the higher first, such as `80,50`".to_owned();
    let (green, amber) = text.split_once(',').ok_or_else(wrong)?;
    let share = |text: &str| -> Option<f64> {
        let percent: f64 = text.trim().trim_end_matches('%').trim().parse().ok()?;
        (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
    };
    let (green, amber) = share(green).zip(share(amber)).ok_or_else(wrong)?;
    if green < amber { Err(wrong()) } else { Ok(Thresholds { green, amber }) }
}

/// Runs the command.
pub(super) fn status(args: &StatusArgs) -> anyhow::Result<Exit> {
    let Some(planned) = input::load(&args.run.file, args.run.variant.as_deref())? else {
        return Ok(Exit::Error);
    };
    let planned = planned.planned();
    let status = chosen(&planned, args.date)?;
    let loaded = planned.as_of(&status)?;
    let baseline = baseline(args, &planned)?;
    let log_path = match &args.log {
        Some(path) => Some(path.clone()),
        None => beside(&args.run.file, "forecast-log.csv"),
    };
    let mut log = read_log(log_path.as_deref())?;
    let (seed, sampler) = (crate::draws::Seed(args.run.draws.seed), args.run.draws.sampler.into());
    // What cannot be simulated as planned is reported with the forecast.
    let plan = Simulation::compile(&planned.program, seed, sampler);
    run::forecast(&args.run, &loaded, |simulation, results, answer| {
        let Ok(plan) = &plan else {
            bail!("the plan without its progress cannot be simulated: see `p80 check`")
        };
        let progress = ProgressReport::new(
            ProgressSources {
                planned: &planned.program,
                plan,
                status: &status,
                simulation,
                results,
                forecast: &answer.forecast,
                baseline: baseline.as_ref(),
                thresholds: args.lights,
                inputs_sha256: &answer.report.manifest.inputs_sha256,
            },
            &mut log,
        );
        if let Some(path) = log_path.as_deref().filter(|_| !args.no_log) {
            let failed = || format!("failed to write the forecast log `{}`", path.display());
            write_file(path, &log.to_csv()).with_context(failed)?;
        }
        Ok(Addition {
            text: export::progress_to_text(&progress),
            json: Some(export::progress_to_json(&progress)),
            files: export::progress_files(&progress, args.run.folder.tables()),
            charts: if args.run.folder.no_charts {
                Vec::new()
            } else {
                chart::progress_charts(&answer.report, &progress, Words::PLAIN)
            },
            progress: Some(progress),
        })
    })
}

/// The approved plan, if there is one.
fn baseline(args: &StatusArgs, planned: &Loaded) -> anyhow::Result<Option<Baseline>> {
    let path = match &args.baseline {
        Some(path) => path.clone(),
        None => match beside(&args.run.file, "baseline.json").filter(|path| path.is_file()) {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let bytes =
        fs::read(&path).with_context(|| format!("failed to read the baseline `{}`", path.display()))?;
    let read = Baseline::read(&bytes, &planned.program);
    read.map(Some).with_context(|| format!("the baseline `{}` cannot be used", path.display()))
}

/// The forecasts so far; none where there is no file yet.
fn read_log(path: Option<&Path>) -> anyhow::Result<ForecastLog> {
    let Some(path) = path.filter(|path| path.exists()) else { return Ok(ForecastLog::default()) };
    let bytes = fs::read(path).with_context(|| format!("failed to read `{}`", path.display()))?;
    ForecastLog::read(&bytes).with_context(|| format!("`{}` is no forecast log", path.display()))
}

/// The report of a date; before the program begins nothing has happened.
fn chosen(planned: &Loaded, date: Option<Instant>) -> anyhow::Result<Status> {
    let program = &planned.program;
    let known = program.statuses();
    let Some(date) = date else {
        let Some(latest) = known.last() else {
            bail!("the scenario reports no progress: add `[[status]]` with a `date`, or give --date");
        };
        return Ok(latest.clone());
    };
    if let Some(status) = known.iter().find(|status| status.date == date) {
        return Ok(status.clone());
    }
    let is_day =
        |status: &&Status| status.date.start_date() == date.start_date() && date.minute_of_day() == 0;
    if let Some(status) = known.iter().find(is_day) {
        return Ok(status.clone());
    }
    if date.start_date() <= program.start().start_date() {
        return Ok(Status::nothing(date));
    }
    let dates: Vec<String> = known.iter().map(|status| status.date.start_date().to_string()).collect();
    match dates.as_slice() {
        [] => bail!("the scenario reports no progress on {}: add `[[status]]`", date.start_date()),
        dates => bail!("the scenario has no status of {}; it has {}", date.start_date(), dates.join(", ")),
    }
}
