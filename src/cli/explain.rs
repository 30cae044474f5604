//! `p80 explain`: one iteration in full.

use anyhow::{Context, bail};

use super::compile::compile;
use super::explain_args::ExplainArgs;
use super::progress::Progress;
use super::{Exit, input, interrupt};
use crate::analysis::Replay;
use crate::chart;
use crate::draws::BLOCK;
use crate::engine::{self, Observer, Simulation};
use crate::export;
use crate::report::{self, ReplayReport, replay_table};
use crate::results::Results;
use crate::scenario::Loaded;

/// Runs the command.
pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    args.at.check(&loaded.program)?;
    let folder = args.folder.begin()?;
    let Some(simulation) = compile(&loaded, &args.file, args.draws.seed, args.draws.sampler.into()) else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let replay = args.draws.threads.install(|| replay(args, &loaded, &simulation))?;
    if let Some(folder) = folder {
        folder.write_all(export::replay_files(&replay, args.folder.tables()))?;
        folder.write_inputs("", &loaded.inputs)?;
        args.folder.write_charts(&folder, || chart::replay_charts(&replay))?;
        folder.finish()?;
    }
    args.folder.print(
        || export::replay_to_text(&replay),
        || export::replay_to_json(&replay),
        || vec![replay_table(&replay)],
    )?;
    args.folder.say();
    Ok(Exit::Done)
}

/// Finds the iteration and simulates it again.
fn replay(args: &ExplainArgs, loaded: &Loaded, simulation: &Simulation) -> anyhow::Result<ReplayReport> {
    let blocks = engine::blocks_for(args.iterations.get());
    let results = simulate(simulation, blocks, || Results::new(simulation))?;
    let (iteration, at) = match args.iteration {
        Some(iteration) if u64::from(iteration) >= blocks * BLOCK as u64 => bail!(
            "there is no iteration {iteration}: those of this run are 0 to {}; use a larger -n",
            blocks * BLOCK as u64 - 1
        ),
        Some(iteration) => (iteration, None),
        None => {
            let wanted = args
                .at
                .wanted(&loaded.program, &results)
                .with_context(|| format!("{} falls among the iterations without a finish", args.at))?;
            let found = simulate(simulation, blocks, || wanted)?.iteration();
            let found = found.with_context(|| format!("no iteration has the value of {}", args.at))?;
            (u32::try_from(found)?, Some(args.at.to_string()))
        }
    };
    let answer = report::answer(simulation, &results, loaded, &[], None);
    Ok(ReplayReport::new(simulation, &Replay::of(simulation, iteration), answer.report, at))
}

fn simulate<O: Observer>(
    simulation: &Simulation,
    blocks: u64,
    observer: impl Fn() -> O + Sync,
) -> anyhow::Result<O> {
    let progress = Progress::new(blocks * BLOCK as u64);
    let done = engine::run(simulation, 0..blocks, observer, |done| progress.watch(done));
    progress.finish();
    Ok(done?)
}
