//! `p80 analyse`: what a percentile consists of and what drives it.

use std::ops::ControlFlow;

use super::analyse_args::{AnalyseArgs, AnalyseFormat, VersionArgs};
use super::compile::compile;
use super::progress::Progress;
use super::results_folder::{ResultsFolder, inside};
use super::run::in_pool;
use super::{Exit, input, interrupt, output};
use crate::analysis::{self, Game};
use crate::chart;
use crate::draws::BLOCK;
use crate::engine::{self, Simulation, Worlds};
use crate::export::{self, CsvStyle};
use crate::report::{
    self, Analysis, ContingencyReport, ContributionReport, JointReport, KnowledgeRow, Outputs, ScoreRow,
    SensitivityReport,
};
use crate::results::{Replays, Results, Samples};
use crate::scenario::Loaded;

/// How many iterations a scatter shows.
const DOTS: usize = 4_096;

/// Runs the command.
pub(super) fn analyse(args: &AnalyseArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let folder =
        args.versions.out.as_deref().map(|out| ResultsFolder::begin(out, args.versions.force)).transpose()?;
    let Some(simulation) = compile(&loaded, &args.file, args.versions.seed, args.versions.sampler.into())
    else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let analysis = in_pool(args.versions.threads, || analysis(args, &loaded, &simulation))?;
    if let Some(folder) = folder {
        write_folder(&folder, &loaded, &analysis, &args.versions)?;
        folder.finish()?;
    }
    let answer = match args.versions.format {
        AnalyseFormat::Text => export::analysis_to_text(&analysis),
        AnalyseFormat::Json => export::analysis_to_json(&analysis),
    };
    output::answer(answer.as_bytes())?;
    if let Some(out) = &args.versions.out {
        output::say(&format!("wrote {}", out.display()));
    }
    Ok(Exit::Done)
}

/// Simulates what the sections need and puts them together, on the threads of the current pool.
fn analysis(args: &AnalyseArgs, loaded: &Loaded, simulation: &Simulation) -> anyhow::Result<Analysis> {
    let blocks = engine::blocks_for(args.versions.iterations.get());
    let progress = Progress::new(blocks * BLOCK as u64);
    let watched = |done: u64| {
        progress.show(done);
        if interrupt::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let program = simulation.program();
    let uncertain = analysis::sampled_tasks(&analysis::players(program, &[], None));
    let observer = || (Results::new(simulation), Samples::new(program, uncertain.clone()));
    let (results, samples) = engine::run(simulation, 0..blocks, observer, watched)?;
    progress.finish();
    let mut answer = report::answer(simulation, &results, &loaded.inputs, &[args.percentile], None);
    answer.report.manifest.variant.clone_from(&loaded.variant);
    let has_costs = answer.forecast.has_costs;
    let mut analysis = Analysis::new(answer.report, args.percentile);
    let replays = Replays::of(simulation, blocks * BLOCK as u64);
    analysis.sensitivity = Some(SensitivityReport::of(simulation, &replays, args.percentile, has_costs));
    if has_costs {
        let pairs = replays.finish.iter().copied().zip(replays.cost.iter().copied());
        let dots: Vec<(i32, i64)> = pairs.take(DOTS).collect();
        analysis.joint = JointReport::of(simulation, &results, args.percentile, &dots);
    }
    let players = analysis::players(program, &answer.forecast.risks, args.by);
    let worlds = worlds(simulation)?;
    let progress = Progress::open();
    let watched = watched_worlds(&progress);
    let mut game = Game::new(&worlds, &players, args.percentile, blocks, &watched);
    let contribution = analysis::contribution(&mut game, simulation, simulation.seed())?;
    progress.finish();
    analysis.contribution =
        Some(ContributionReport::of(&contribution, program.currency(), answer.forecast.has_costs));
    if args.by.is_none() {
        let lines = analysis::split(&contribution, &samples);
        let releases = analysis::drawdown(&lines, program, &answer.forecast);
        analysis.contingency = Some(ContingencyReport::of(&lines, &releases, program, has_costs));
        let scores = analysis::risk_scores(program, &contribution);
        analysis.risk_scores = scores.iter().map(|score| ScoreRow::of(score, program, has_costs)).collect();
    }
    let known = analysis::knowledge(&samples, &analysis::open_risks(program));
    analysis.knowledge = KnowledgeRow::ranked(&known, program);
    Ok(analysis)
}

/// The versions of the program.
pub(super) fn worlds(simulation: &Simulation) -> anyhow::Result<Worlds> {
    let program = simulation.program();
    Worlds::new(program, simulation.seed(), simulation.sampler()).map_err(|errors| {
        let why = errors.first().map_or(String::new(), ToString::to_string);
        anyhow::anyhow!("with all responses on, or all off, the program cannot be simulated: {why}")
    })
}

/// Shows how many iterations of all versions are done, and breaks off when asked to.
pub(super) fn watched_worlds(progress: &Progress) -> impl Fn(u64) -> ControlFlow<()> + Sync + '_ {
    |done: u64| {
        progress.show(done);
        if interrupt::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Everything that `run` writes, and the analysis.
fn write_folder(
    folder: &ResultsFolder,
    loaded: &Loaded,
    analysis: &Analysis,
    args: &VersionArgs,
) -> anyhow::Result<()> {
    let outputs = Outputs {
        csv_separator: char::from(args.csv_separator),
        charts: !args.no_charts,
        iterations_csv: false,
    };
    let style = CsvStyle::for_separator(args.csv_separator);
    let files = export::files(&analysis.report, outputs);
    for (name, bytes) in files.into_iter().chain(export::analysis_files(analysis, style)) {
        folder.write(&name, &bytes)?;
    }
    for (name, bytes) in &loaded.inputs {
        folder.write(&inside(name), bytes)?;
    }
    if !args.no_charts {
        for chart in chart::charts(&analysis.report)?.into_iter().chain(chart::analysis_charts(analysis)?) {
            folder.write(&format!("charts/{}", chart.name), &chart.bytes)?;
        }
    }
    Ok(())
}
