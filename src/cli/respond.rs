//! `p80 respond`: which responses to buy.

use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::analyse::worlds;
use super::analyse_args::VersionArgs;
use super::compile::compile;
use super::progress::Progress;
use super::{Exit, input, interrupt};
use crate::analysis::{self, Budget, Objective, SearchLimits};
use crate::chart::{self, Words};
use crate::engine::{self, Simulation};
use crate::export;
use crate::model::Scope;
use crate::report::{self, PurchaseReport, purchase_tables};
use crate::results::Results;
use crate::scenario::Loaded;
use crate::units::Money;

/// Arguments of `respond`.
#[derive(Debug, Args)]
#[command(
    after_help = "Every version of the program is simulated on the same draws. Up to 14 responses all sets are \
    tried; beyond, branch and bound where no response can make anything worse, else exchanges."
)]
pub struct RespondArgs {
    /// Scenario file, or a portfolio of several: a file or a folder; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Take this variant of the scenario, by its id below `[variants]`
    #[arg(long, value_name = "ID")]
    pub variant: Option<String>,
    /// What may be spent on responses, such as 400k, in the program's currency; no limit unless given
    #[arg(long, value_name = "AMOUNT")]
    pub budget: Option<Budget>,
    /// What they are bought for: finish.p80, cost.p80, npv.mean or npv.p20 (what the program is worth) or target (keeping
    /// date and budget that are promised)
    #[arg(long = "for", value_name = "WHAT", default_value = "finish.p80")]
    pub objective: Objective,
    /// Buy for this project or milestone instead of the program: its finish, its cost (of a milestone, that of the
    /// program), its targets
    #[arg(long, value_name = "ID")]
    pub of: Option<String>,
    /// What is the same for all commands that compare versions.
    #[command(flatten)]
    pub versions: VersionArgs,
}

/// Runs the command.
pub(super) fn respond(args: &RespondArgs) -> anyhow::Result<Exit> {
    let Some(loaded) = input::load(&args.file, args.variant.as_deref())? else { return Ok(Exit::Error) };
    let versions = &args.versions;
    let folder = versions.folder.begin()?;
    let Some(simulation) = compile(&loaded, &args.file, versions.draws.seed, versions.draws.sampler.into())
    else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let wanted = Wanted {
        objective: args.objective,
        budget: args.budget,
        of: args.of.as_deref(),
        blocks: engine::blocks_for(versions.iterations.get()),
    };
    let purchase = versions.draws.threads.install(|| purchase(wanted, &loaded, &simulation))?;
    if let Some(folder) = folder {
        let wanted = &versions.folder;
        wanted.write_report(&folder, &loaded, &purchase.report, false)?;
        folder.write_all(export::purchase_files(&purchase, wanted.tables()))?;
        wanted.write_charts(&folder, || chart::purchase_charts(&purchase, Words::PLAIN))?;
        folder.finish()?;
    }
    versions.folder.print(
        || export::purchase_to_text(&purchase),
        || export::purchase_to_json(&purchase),
        || purchase_tables(&purchase),
    )?;
    versions.folder.say();
    Ok(Exit::Done)
}

/// What responses are to be bought for, and how thoroughly sets are tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// What they are bought for.
    pub objective: Objective,
    /// What may be spent.
    pub budget: Option<Budget>,
    /// The id of a project or milestone instead of the program.
    pub of: Option<&'a str>,
    /// Blocks of iterations of every version.
    pub blocks: u64,
}

/// Simulates what the answer needs, on the threads of the current pool.
pub(super) fn purchase(
    wanted: Wanted<'_>,
    loaded: &Loaded,
    simulation: &Simulation,
) -> anyhow::Result<PurchaseReport> {
    let (program, blocks) = (simulation.program(), wanted.blocks);
    let minor = program.currency().minor_per_major() as f64;
    let budget = wanted.budget.map(|budget| (budget.0 * minor).round_ties_even() as i64);
    let part = wanted.of.map_or(Ok(Scope::Program), |id| analysis::part_named(program, id))?;
    let worlds = worlds(simulation)?.of(part);
    let progress = Progress::open();
    let bought =
        analysis::respond(&worlds, wanted.objective, budget, blocks, SearchLimits::default(), &|done| {
            progress.watch(done)
        })?;
    progress.finish();
    let go = |_| ControlFlow::Continue(());
    let results = engine::run(simulation, 0..blocks, || Results::new(simulation), go)?;
    let answer = report::answer(simulation, &results, loaded, &[wanted.objective.level()], None);
    Ok(PurchaseReport::of(&bought, (program, part), budget.map(Money), answer.report))
}
