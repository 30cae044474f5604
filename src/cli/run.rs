//! `p80 run`: simulate, print, write a results folder.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::{Context, bail};

use super::args::{RunArgs, RunFormat};
use super::progress::Progress;
use super::results_folder::ResultsFolder;
use super::{Exit, input, interrupt, output};
use crate::analysis::{self, Condition, Forecast, Met};
use crate::chart;
use crate::draws::{BLOCK, Seed};
use crate::engine::{self, Simulation};
use crate::export::{self, CsvStyle};
use crate::report::{self, Manifest, Report, tables};
use crate::results::{Columns, Results};
use crate::scenario::Loaded;
use crate::units::Percentile;

/// Runs the command.
pub(super) fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file)? else { return Ok(Exit::Error) };
    let program = &loaded.program;
    for condition in args.require.iter().chain(&args.require_sure) {
        condition.check(program)?;
    }
    let blocks = engine::blocks_for(args.iterations.get());
    let iterations = blocks * BLOCK as u64;
    if args.iterations_csv && iterations > Columns::MOST {
        bail!(
            "iterations.csv would have {} rows, more than the {} that Excel opens: use fewer iterations",
            report::grouped(iterations as f64, 0),
            report::grouped(Columns::MOST as f64, 0)
        );
    }
    let folder = args.out.as_deref().map(|out| ResultsFolder::begin(out, args.force)).transpose()?;

    let simulation = match Simulation::compile(program, Seed(args.seed), args.sampler.into()) {
        Ok(simulation) => simulation,
        Err(errors) => {
            let found = analysis::refusals(&errors, &loaded.places);
            output::diagnostics(&found, &loaded.sources);
            output::counts(&found, &args.file);
            return Ok(Exit::Error);
        }
    };
    output::diagnostics(&loaded.warnings, &loaded.sources);

    interrupt::watch()?;
    let progress = Progress::new(iterations);
    let (results, columns) = in_pool(args.threads, || simulate(args, &simulation, blocks, &progress))?;
    let seconds = progress.seconds();

    let levels = levels(args, program.confidence());
    let forecast = analysis::forecast(&simulation, &results, &levels);
    let manifest = Manifest::new(&loaded.inputs, simulation.seed(), results.iterations, simulation.sampler());
    let report = Report::new(&simulation, &results, &forecast, manifest);

    let style = CsvStyle::for_separator(args.csv_separator);
    if let Some(folder) = folder {
        write_folder(&folder, &loaded, &report, args, style)?;
        if let Some(columns) = columns {
            let mut file = folder.create("iterations.csv")?;
            export::write_iterations(&columns, program, style, &mut file)
                .context("failed to write iterations.csv")?;
            file.flush().context("failed to write iterations.csv")?;
        }
        folder.write("run.log", log(args, &results, seconds).as_bytes())?;
        folder.finish()?;
    }
    let answer = match args.format {
        RunFormat::Text => export::to_text(&report, program.confidence()).into_bytes(),
        RunFormat::Json => export::to_json(&report).into_bytes(),
        RunFormat::Csv => export::to_csv(&tables(&report)[0], CsvStyle { byte_order_mark: false, ..style }),
    };
    output::answer(&answer)?;
    if let Some(out) = &args.out {
        output::say(&format!("wrote {}", out.display()));
    }
    if !analysis::is_conclusive(&forecast) {
        bail!(
            "{:.1} % of the iterations have no finish; more than 0.1 % is no forecast to commit to",
            forecast.finish.never_share * 100.0
        );
    }
    Ok(answer_conditions(args, &loaded, &forecast))
}

/// Simulates on the threads of the current pool.
fn simulate(
    args: &RunArgs,
    simulation: &Simulation,
    blocks: u64,
    progress: &Progress,
) -> anyhow::Result<(Results, Option<Columns>)> {
    let observer =
        || (Results::new(simulation), args.iterations_csv.then(|| Columns::new(simulation.program())));
    let watched = |done: u64| {
        progress.show(done);
        if interrupt::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let done = engine::run(simulation, 0..blocks, observer, watched);
    progress.finish();
    Ok(done?)
}

/// Runs on so many threads, or on all cores.
fn in_pool<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> anyhow::Result<T> + Send,
) -> anyhow::Result<T> {
    match threads {
        None => work(),
        Some(0) => bail!("--threads must be at least 1"),
        Some(threads) => rayon::ThreadPoolBuilder::new()
            .num_threads(threads.min(1_024))
            .build()
            .context("failed to start the threads")?
            .install(work),
    }
}

/// Every whole percentile, with those that the program and the conditions ask for.
fn levels(args: &RunArgs, confidence: &[Percentile]) -> Vec<Percentile> {
    let asked = args.require.iter().chain(&args.require_sure).filter_map(Condition::level);
    let mut levels: Vec<Percentile> =
        (1..=99).map(Percentile::whole).chain(confidence.iter().copied()).chain(asked).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn write_folder(
    folder: &ResultsFolder,
    loaded: &Loaded,
    report: &Report,
    args: &RunArgs,
    style: CsvStyle,
) -> anyhow::Result<()> {
    folder.write("summary.json", export::to_json(report).as_bytes())?;
    let manifest = serde_json::to_string_pretty(&report.manifest)?;
    folder.write("manifest.json", format!("{manifest}\n").as_bytes())?;
    for table in tables(report) {
        folder.write(&format!("{}.csv", table.name), &export::to_csv(&table, style))?;
    }
    for (name, bytes) in &loaded.inputs {
        folder.write(&format!("inputs/{}", inside(name)), bytes)?;
    }
    if !args.no_charts {
        for chart in chart::charts(report)? {
            folder.write(&format!("charts/{}", chart.name), &chart.bytes)?;
        }
    }
    Ok(())
}

/// The name of an input within the results folder: what lies outside of the scenario's folder comes in.
fn inside(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
    let safe: Vec<String> =
        parts.map(|part| if part == ".." { "_up".to_owned() } else { part.replace(':', "_") }).collect();
    safe.join("/")
}

/// What is not a function of the inputs: how long it took, and where.
fn log(args: &RunArgs, results: &Results, seconds: f64) -> String {
    let rate = results.iterations as f64 / seconds.max(1e-9);
    format!(
        "p80 {}\nscenario {}\niterations {}\nsimulation {seconds:.3} s\nrate {rate:.0} iterations/s\nthreads {}\nmachine {} {}\n",
        env!("CARGO_PKG_VERSION"),
        args.file.display(),
        results.iterations,
        args.threads.unwrap_or_else(rayon::current_num_threads),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

/// Says of every condition whether it holds.
fn answer_conditions(args: &RunArgs, loaded: &Loaded, forecast: &Forecast) -> Exit {
    let mut exit = Exit::Done;
    let conditions = args.require.iter().map(|condition| (condition, false));
    for (condition, sure) in conditions.chain(args.require_sure.iter().map(|condition| (condition, true))) {
        let met = condition.evaluate(&loaded.program, forecast);
        let close = matches!(met, Met::Closely | Met::CloselyMissed);
        let holds = met == Met::Surely || (met == Met::Closely && !sure);
        output::say(&format!("{}: {condition}", if holds { "holds" } else { "does not hold" }));
        if close {
            output::warning(
                "too close to call: the limit lies inside the 95 % interval; use more iterations",
            );
        }
        if !holds {
            exit = Exit::No;
        }
    }
    exit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_never_leave_the_results_folder() {
        assert_eq!(inside("../shared/risks.csv"), "_up/shared/risks.csv");
        assert_eq!(inside("/etc/passwd"), "etc/passwd");
        assert_eq!(inside("C:\\plans\\a.toml"), "C_/plans/a.toml");
    }
}
