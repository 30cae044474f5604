//! `p80 run`: simulate, print, write a results folder.

use anyhow::bail;

use super::args::{RunArgs, RunCommandArgs};
use super::document::Documents;
use super::progress::Progress;
use super::written::Written;
use super::{Exit, compile::compile, conditions, input, interrupt, output, shard};
use crate::analysis::Precision;
use crate::chart::Drawing;
use crate::draws::BLOCK;
use crate::engine::{self, Simulation};
use crate::export;
use crate::report::{self, Answer, ProgressReport, tables};
use crate::results::{Columns, Results};
use crate::scenario::Loaded;

/// Runs the command.
pub(super) fn run(args: &RunCommandArgs) -> anyhow::Result<Exit> {
    if let Some(choice) = args.shard {
        return shard::run(&args.run, choice);
    }
    let args = &args.run;
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    forecast(args, &loaded, |_, _, _| Ok(Addition::default()))
}

/// What an answer holds besides the forecast.
#[derive(Default)]
pub(super) struct Addition {
    /// What follows it in the terminal.
    pub text: String,
    /// What stands beside it as JSON.
    pub json: Option<String>,
    /// Files of the results folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// Charts of the results folder.
    pub charts: Vec<Drawing>,
    /// How the program stands, for documents.
    pub progress: Option<ProgressReport>,
}

/// Simulates a loaded scenario and answers, with what `add` makes of it.
pub(super) fn forecast(
    args: &RunArgs,
    loaded: &Loaded,
    add: impl FnOnce(&Simulation, &Results, &Answer) -> anyhow::Result<Addition>,
) -> anyhow::Result<Exit> {
    let program = &loaded.program;
    args.conditions.check(program)?;
    let precision =
        args.precision.as_deref().map(|width| Precision::new(width, args.precision_of.as_deref()));
    let precision = precision.transpose()?;
    if let Some(precision) = &precision {
        precision.check(program)?;
    }
    // With a precision, the most that there may be.
    let most = if precision.is_some() { args.max_iterations } else { args.iterations };
    let blocks = engine::blocks_for(most.get());
    let iterations = blocks * BLOCK as u64;
    let parquet = args.folder.tables().parquet;
    if parquet && iterations * Columns::width(program) as u64 > Columns::MOST_VALUES {
        bail!(
            "iterations.parquet {} have {} rows of {} columns, more than can be kept: use a smaller {}",
            if precision.is_some() { "could" } else { "would" },
            report::grouped(iterations as f64, 0),
            Columns::width(program),
            if precision.is_some() { "--max-iterations" } else { "number of iterations" }
        );
    }
    if args.iterations_csv && iterations > Columns::MOST {
        bail!(
            "iterations.csv {} have {} rows, more than the {} that Excel opens: use a smaller {}",
            if precision.is_some() { "could" } else { "would" },
            report::grouped(iterations as f64, 0),
            report::grouped(Columns::MOST as f64, 0),
            if precision.is_some() { "--max-iterations" } else { "number of iterations" }
        );
    }
    let folder = if args.report.is_empty() { args.folder.begin()? } else { args.folder.open()? };
    let documents = Documents::begin(&args.report, &args.document, args.folder.force)?;

    let Some(simulation) = compile(loaded, &args.file, args.draws.seed, args.draws.sampler.into()) else {
        return Ok(Exit::Error);
    };

    interrupt::watch()?;
    let progress = if precision.is_some() { Progress::open() } else { Progress::new(iterations) };
    let (results, columns) =
        args.draws.threads.install(|| simulate(args, &simulation, precision.as_ref(), blocks, &progress))?;
    let seconds = progress.seconds();

    let asked = args.conditions.levels();
    let answer = report::answer(&simulation, &results, loaded, &asked, precision.as_ref());
    let addition = add(&simulation, &results, &answer)?;
    let Answer { forecast, report } = answer;

    if let Some(folder) = folder {
        let written = Written {
            loaded,
            report: &report,
            columns: columns.as_ref(),
            iterations_csv: args.iterations_csv,
            files: addition.files,
            charts: addition.charts,
            log: log(args, &results, seconds),
        };
        written.write(folder, &args.folder)?;
    }
    let blocks = results.iterations / BLOCK as u64;
    let progress = addition.progress.as_ref();
    args.draws.threads.install(|| documents.write(loaded, &simulation, progress, blocks))?;
    args.folder.print(
        || export::to_text(&report, program.confidence()) + &addition.text,
        || match &addition.json {
            None => export::to_json(&report),
            Some(more) => {
                let (forecast, more) = (export::to_json(&report), more.trim_end());
                format!("{{\n\"forecast\": {},\n\"progress\": {more}\n}}\n", forecast.trim_end())
            }
        },
        || tables(&report),
    )?;
    args.folder.say();
    conditions::conclusive(&forecast)?;
    let unreached = precision.is_some_and(|precision| !say_precision(&precision, &simulation, &results));
    let conditions = args.conditions.answer(loaded, &forecast);
    Ok(if unreached { Exit::No } else { conditions })
}

/// Simulates on the threads of the current pool.
fn simulate(
    args: &RunArgs,
    simulation: &Simulation,
    precision: Option<&Precision>,
    blocks: u64,
    progress: &Progress,
) -> anyhow::Result<(Results, Option<Columns>)> {
    let keep = args.iterations_csv || args.folder.tables().parquet;
    let observer = || (Results::new(simulation), keep.then(|| Columns::new(simulation.program())));
    let done = match precision {
        None => engine::run(simulation, 0..blocks, observer, |done| progress.watch(done)),
        Some(precision) => {
            let enough = |(results, _): &(Results, Option<Columns>)| {
                precision.measure(simulation, results).is_some_and(|measured| measured.is_reached())
            };
            let until = engine::run_until(simulation, blocks, observer, enough, |done| progress.watch(done));
            until.map(|until| until.observed)
        }
    };
    progress.finish();
    Ok(done?)
}

/// Says how narrow the interval became; whether it is narrow enough.
fn say_precision(precision: &Precision, simulation: &Simulation, results: &Results) -> bool {
    let measured = precision.measure(simulation, results);
    let reached = measured.is_some_and(|measured| measured.is_reached());
    let width = measured.and_then(|measured| precision.shown(measured, simulation.program()));
    let iterations = report::grouped(results.iterations as f64, 0);
    let is = match width {
        Some(width) => format!("its 95 % interval is {width} wide"),
        None => "it has no finite 95 % interval".to_owned(),
    };
    if reached {
        output::say(&format!("precision {precision} reached with {iterations} iterations: {is}"));
    } else {
        output::warning(&format!(
            "precision {precision} not reached with {iterations} iterations: {is}; raise --max-iterations or \
             ask for less"
        ));
    }
    reached
}

/// What is not a function of the inputs: how long it took, and where.
fn log(args: &RunArgs, results: &Results, seconds: f64) -> String {
    let rate = results.iterations as f64 / seconds.max(1e-9);
    format!(
        "p80 {}\nscenario {}\niterations {}\nsimulation {seconds:.3} s\nrate {rate:.0} iterations/s\nthreads {}\nmachine {} {}\n",
        env!("CARGO_PKG_VERSION"),
        args.file.display(),
        results.iterations,
        args.draws.threads.count(),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}
