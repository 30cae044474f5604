//! `p80 compare`: two scenarios or variants on the same draws.

use std::path::Path;

use anyhow::bail;

use super::compare_args::CompareArgs;
use super::compile::compile;
use super::progress::Progress;
use super::{Exit, input, interrupt};
use crate::chart;
use crate::draws::BLOCK;
use crate::engine::{self, Simulation};
use crate::export;
use crate::report::{self, Comparison, Side, comparison_tables};
use crate::results::Pairs;
use crate::scenario::{Loaded, changes};

/// Runs the command.
pub(super) fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    let [(file, variant), (other, other_variant)] = sides(args)?;
    let Some(before) = input::load(file, variant)? else { return Ok(Exit::Error) };
    let Some(after) = input::load(other, other_variant)? else { return Ok(Exit::Error) };
    if before.program.currency() != after.program.currency() {
        bail!(
            "the one scenario counts in {}, the other in {}: their costs cannot be compared",
            before.program.currency(),
            after.program.currency()
        );
    }
    let blocks = engine::blocks_for(args.iterations.get());
    if blocks * BLOCK as u64 > Pairs::MOST {
        bail!(
            "every pair of iterations is kept: use at most {} of them",
            report::grouped(Pairs::MOST as f64, 0)
        );
    }
    let folder = args.folder.begin()?;
    let Some(first) = compile(&before, file, args.draws.seed, args.draws.sampler.into()) else {
        return Ok(Exit::Error);
    };
    let Some(second) = compile(&after, other, args.draws.seed, args.draws.sampler.into()) else {
        return Ok(Exit::Error);
    };
    interrupt::watch()?;
    let pairs = args.draws.threads.install(|| simulate(&first, &second, blocks))?;
    let side = |loaded: &Loaded, simulation, results, file: &Path| {
        let answer = report::answer(simulation, results, loaded, &[], None);
        Side { name: name(loaded, file), simulation, report: answer.report }
    };
    let comparison = Comparison::new(
        side(&before, &first, &pairs.before, file),
        side(&after, &second, &pairs.after, other),
        &pairs,
        changes(&before.written(), &after.written()),
    );
    if let Some(folder) = folder {
        folder.write_all(export::comparison_files(&comparison, args.folder.tables()))?;
        folder.write_inputs("before/", &before.inputs)?;
        folder.write_inputs("after/", &after.inputs)?;
        args.folder.write_charts(&folder, || chart::comparison_charts(&comparison))?;
        folder.finish()?;
    }
    args.folder.print(
        || export::comparison_to_text(&comparison),
        || export::comparison_to_json(&comparison),
        || comparison_tables(&comparison),
    )?;
    args.folder.say();
    Ok(Exit::Done)
}

/// A file with the variant that is wanted of it.
type Chosen<'a> = (&'a Path, Option<&'a str>);

/// What is compared with what.
fn sides(args: &CompareArgs) -> anyhow::Result<[Chosen<'_>; 2]> {
    let variants: Vec<&str> = args.variant.iter().map(String::as_str).collect();
    match (&args.files[..], &variants[..]) {
        ([one, two], []) => Ok([(one, None), (two, None)]),
        ([one], [variant]) => Ok([(one, None), (one, Some(variant))]),
        ([one], [first, second]) => Ok([(one, Some(first)), (one, Some(second))]),
        ([_, _], _) => bail!("--variant goes with one file: give two files, or one file and its variants"),
        ([_], []) => bail!("name a second file, or a variant of this one with --variant"),
        _ => bail!("two sides are compared: give --variant once or twice"),
    }
}

/// What a side is called: the title of its variant, or the name of its file.
fn name(loaded: &Loaded, file: &Path) -> String {
    let title = |id: &String| {
        let known = loaded.variants.iter().find(|variant| variant.id == *id);
        known.map_or(id.clone(), |variant| match variant.approved {
            Some(date) => format!("{}, approved {}", variant.title, date.start_date()),
            None => variant.title.clone(),
        })
    };
    let file = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    loaded.variant.as_ref().map_or(file, title)
}

fn simulate(before: &Simulation, after: &Simulation, blocks: u64) -> anyhow::Result<Pairs> {
    let progress = Progress::new(blocks * BLOCK as u64);
    let done = engine::run_pair(
        (before, after),
        0..blocks,
        || Pairs::new(before, after),
        |done| progress.watch(done),
    );
    progress.finish();
    Ok(done?)
}
