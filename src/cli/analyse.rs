//! `p80 analyse`: what a percentile consists of and what drives it.

use super::analyse_args::AnalyseArgs;
use super::compile::compile;
use super::progress::Progress;
use super::{Exit, input, interrupt};
use crate::analysis::{self, Game, Grouping};
use crate::chart::{self, Words};
use crate::draws::BLOCK;
use crate::engine::{self, Simulation, Worlds};
use crate::export;
use crate::report::{
    self, Analysis, ContingencyReport, ContributionReport, JointReport, KnowledgeRow, ScoreRow,
    SensitivityReport, analysis_tables,
};
use crate::results::{Replays, Results, Samples};
use crate::scenario::Loaded;
use crate::units::Percentile;

/// How many iterations a scatter shows.
const DOTS: usize = 4_096;

/// Runs the command.
pub(super) fn analyse(args: &AnalyseArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let folder = args.versions.folder.begin()?;
    let Some(simulation) =
        compile(&loaded, &args.file, args.versions.draws.seed, args.versions.draws.sampler.into())
    else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let asked = Asked {
        percentile: args.percentile,
        by: args.by,
        blocks: engine::blocks_for(args.versions.iterations.get()),
    };
    let (analysis, _) = args.versions.draws.threads.install(|| analysis(asked, &loaded, &simulation))?;
    if let Some(folder) = folder {
        let wanted = &args.versions.folder;
        wanted.write_report(&folder, &loaded, &analysis.report, false)?;
        folder.write_all(export::analysis_files(&analysis, wanted.tables()))?;
        wanted.write_charts(&folder, || chart::analysis_charts(&analysis, Words::PLAIN))?;
        folder.finish()?;
    }
    let folder = &args.versions.folder;
    folder.print(
        || export::analysis_to_text(&analysis),
        || export::analysis_to_json(&analysis),
        || analysis_tables(&analysis),
    )?;
    folder.say();
    Ok(Exit::Done)
}

/// What is to be explained, and how thoroughly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// The percentile.
    pub percentile: Percentile,
    /// What is put together.
    pub by: Option<Grouping>,
    /// Blocks of iterations of every version.
    pub blocks: u64,
}

/// Simulates what the sections need and puts them together, on the threads of the current pool; with what the
/// simulation of the program as it is came to.
pub(super) fn analysis(
    asked: Asked,
    loaded: &Loaded,
    simulation: &Simulation,
) -> anyhow::Result<(Analysis, Results)> {
    let blocks = asked.blocks;
    let progress = Progress::new(blocks * BLOCK as u64);
    let program = simulation.program();
    let uncertain = analysis::sampled_tasks(&analysis::players(program, &[], None));
    let observer = || (Results::new(simulation), Samples::new(program, uncertain.clone()));
    let (results, samples) = engine::run(simulation, 0..blocks, observer, |done| progress.watch(done))?;
    progress.finish();
    let answer = report::answer(simulation, &results, loaded, &[asked.percentile], None);
    let has_costs = answer.forecast.has_costs;
    let mut analysis = Analysis::new(answer.report, asked.percentile);
    let replays = Replays::of(simulation, blocks * BLOCK as u64);
    analysis.sensitivity = Some(SensitivityReport::of(simulation, &replays, asked.percentile, has_costs));
    if has_costs {
        let pairs = replays.finish.iter().copied().zip(replays.cost.iter().copied());
        let dots: Vec<(i32, i64)> = pairs.take(DOTS).collect();
        analysis.joint = JointReport::of(simulation, &results, asked.percentile, &dots);
    }
    let players = analysis::players(program, &answer.forecast.risks, asked.by);
    let worlds = worlds(simulation)?;
    let progress = Progress::open();
    let watched = |done| progress.watch(done);
    let mut game = Game::new(&worlds, &players, asked.percentile, blocks, &watched);
    let contribution = analysis::contribution(&mut game, simulation, simulation.seed())?;
    progress.finish();
    analysis.contribution =
        Some(ContributionReport::of(&contribution, program.currency(), answer.forecast.has_costs));
    if asked.by.is_none() {
        let lines = analysis::split(&contribution, &samples);
        let releases = analysis::drawdown(&lines, program, &answer.forecast);
        analysis.contingency = Some(ContingencyReport::of(&lines, &releases, program, has_costs));
        let scores = analysis::risk_scores(program, &contribution);
        analysis.risk_scores = scores.iter().map(|score| ScoreRow::of(score, program, has_costs)).collect();
    }
    let known = analysis::knowledge(&samples, &analysis::open_risks(program));
    analysis.knowledge = KnowledgeRow::ranked(&known, program);
    Ok((analysis, results))
}

/// The versions of the program.
pub(super) fn worlds(simulation: &Simulation) -> anyhow::Result<Worlds> {
    let program = simulation.program();
    Worlds::new(program, simulation.seed(), simulation.sampler()).map_err(|errors| {
        let why = errors.first().map_or(String::new(), ToString::to_string);
        anyhow::anyhow!("with all responses on, or all off, the program cannot be simulated: {why}")
    })
}
