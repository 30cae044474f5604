//! The parts of a sweep as one table.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::merge::MergeArgs;
use super::results_folder::ResultsFolder;
use super::shared_args::{AnswerFormat, FolderArgs};
use super::sweep_parts::{Lacking, Parts};
use super::{Exit, output};
use crate::draws::{Sampler, Seed};
use crate::engine::Simulation;
use crate::export::{SweepWriter, sweep_files, sweep_to_text};
use crate::report::{SweepOutcome, SweepOverview, SweepSpot, grouped, sweep_cells};
use crate::scenario::{Base, Files, MemoryFiles};
use crate::sweep::{Definition, Part, Prepared, Shelf, Work};
use crate::units::Percentile;
use crate::{chart, evidence};

/// Variants that charts show at most; the table holds all of them.
const MOST_DRAWN: u64 = 5_000;

/// Missing parts that are named at most.
const MOST_NAMED: usize = 20;

/// What is put together.
pub(super) struct Gathering<'a> {
    /// The sweep.
    pub(super) work: &'a Work<'a>,
    /// The files of each program.
    pub(super) files: &'a [&'a dyn Files],
    /// Where its parts are.
    pub(super) parts: &'a Parts,
    /// Names and bytes of the files of each program.
    pub(super) inputs: &'a [Vec<(String, Vec<u8>)>],
}

/// Writes and prints the table of all variants, one after the other; with `partial`, of those that are there.
///
/// # Errors
/// If parts are missing or damaged, or something cannot be written.
pub(super) fn gather(
    gathering: &Gathering<'_>,
    folder: ResultsFolder,
    args: &FolderArgs,
    partial: bool,
) -> anyhow::Result<()> {
    let Gathering { work, parts, inputs, .. } = gathering;
    let missing = missing(work, parts, partial)?;
    let overview =
        SweepOverview { missing: missing.iter().map(|at| at + 1).collect(), ..work.overview.clone() };
    let failed = "failed to write the table";
    let (csv, json) = (folder.create("sweep.csv")?, folder.create("sweep.json")?);
    let mut writer = SweepWriter::new(csv, json, &overview, args.style()).context(failed)?;
    let (mut spots, mut rows) = (Vec::new(), Vec::new());
    let mut missing = missing.into_iter().peekable();
    for variant in 0..overview.variants {
        if missing.next_if_eq(&variant).is_some() {
            continue;
        }
        let outcomes = read(gathering, variant)?;
        writer.write(&overview, variant, &outcomes).context(failed)?;
        if variant < MOST_DRAWN {
            spots.extend(outcomes.iter().filter_map(|outcome| spot(variant, outcome)));
        }
        if args.tables().parquet {
            rows.extend(outcomes.iter().map(|outcome| sweep_cells(&overview, variant, outcome)));
        }
    }
    writer.finish().context(failed)?;
    folder.write_all(sweep_files(&overview, rows, args.tables()))?;
    for (program, inputs) in overview.programs.iter().zip(inputs.iter()) {
        let within = if overview.programs.len() > 1 { format!("{}/", program.file) } else { String::new() };
        folder.write_inputs(&within, inputs)?;
    }
    if overview.variants <= MOST_DRAWN {
        args.write_charts(&folder, || chart::sweep_charts(&overview, &spots, chart::Words::PLAIN))?;
    }
    folder.finish()?;
    let out = args.out.clone().unwrap_or_default();
    match args.format {
        AnswerFormat::Text | AnswerFormat::Parquet => {
            output::answer(sweep_to_text(&overview, &spots).as_bytes())?;
        }
        AnswerFormat::Json => print(&out.join("sweep.json"), 0)?,
        AnswerFormat::Csv => {
            let mark = if args.style().byte_order_mark { "\u{feff}".len() } else { 0 };
            print(&out.join("sweep.csv"), mark)?;
        }
    }
    args.say();
    Ok(())
}

/// Prints a file from some byte on, piece by piece.
fn print(file: &Path, from: usize) -> anyhow::Result<()> {
    let failed = || format!("failed to read `{}`", file.display());
    let mut file = fs::File::open(file).with_context(failed)?;
    let mut buffer = vec![0; 1 << 16];
    file.read_exact(&mut buffer[..from]).with_context(failed)?;
    loop {
        match file.read(&mut buffer).with_context(failed)? {
            0 => return Ok(()),
            n => output::answer(&buffer[..n])?,
        }
    }
}

/// What charts and the summary show of an outcome.
fn spot(variant: u64, outcome: &SweepOutcome) -> Option<SweepSpot> {
    let name = SweepSpot::OUTCOMES.into_iter().find(|name| *name == outcome.outcome)?;
    let levels = SweepSpot::levels_of(name).map(|level| outcome.percentile(level));
    Some(SweepSpot { variant, outcome: name, currency: outcome.currency.clone(), levels })
}

/// The rows of a variant from its parts.
fn read(gathering: &Gathering<'_>, variant: u64) -> anyhow::Result<Vec<SweepOutcome>> {
    let Gathering { work, files, parts, .. } = gathering;
    let units = work.definition.units().of(variant);
    let read = |unit| {
        let key = work.definition.key(work.overview, unit);
        parts
            .read(key)
            .map_err(|lacking| anyhow::anyhow!("`{}` {}", parts.path(key).display(), said(&lacking)))
    };
    let read: Vec<Part> = units.map(read).collect::<anyhow::Result<_>>()?;
    Ok(work.rows(variant, read, files[work.program_of(variant)])?)
}

fn said(lacking: &Lacking) -> String {
    match lacking {
        Lacking::Missing => "is missing".to_owned(),
        Lacking::Damaged(why) => format!("cannot be used: {why}"),
    }
}

/// The variants of which parts are missing or damaged; an error unless some may be.
fn missing(work: &Work<'_>, parts: &Parts, partial: bool) -> anyhow::Result<Vec<u64>> {
    let (mut missing, mut named) = (Vec::new(), 0);
    for variant in 0..work.definition.variants() {
        let mut is_whole = true;
        for unit in work.definition.units().of(variant) {
            let key = work.definition.key(work.overview, unit);
            let Err(lacking) = parts.read(key) else { continue };
            is_whole = false;
            named += 1;
            if named <= MOST_NAMED {
                let part = if unit.part.of() > 1 { format!(", part {}", unit.part) } else { String::new() };
                let problem = format!(
                    "variant {}{part}: `{}` {}",
                    variant + 1,
                    parts.path(key).display(),
                    said(&lacking)
                );
                if partial { output::warning(&problem) } else { output::error(&anyhow::anyhow!(problem)) }
            }
        }
        if !is_whole {
            missing.push(variant);
        }
    }
    if named > MOST_NAMED {
        output::say(&format!("and {} parts more", grouped((named - MOST_NAMED) as f64, 0)));
    }
    let all = work.definition.variants();
    if missing.len() as u64 == all || !missing.is_empty() && !partial {
        bail!(
            "{} of {} variants are missing: nothing was merged{}",
            grouped(missing.len() as f64, 0),
            grouped(all as f64, 0),
            if partial { "" } else { "; --partial merges what is there" }
        );
    }
    Ok(missing)
}

/// The definition of a sweep among files and folders, and the folder of its parts.
///
/// # Errors
/// If there are several.
pub(super) fn definition_in(named: &[PathBuf]) -> anyhow::Result<Option<(PathBuf, PathBuf)>> {
    let is_sweep = |path: &Path| path.extension().is_some_and(|ending| ending == "sweep");
    let mut found: Vec<PathBuf> = Vec::new();
    for path in named {
        if is_sweep(path) {
            found.push(path.clone());
        } else if path.is_dir() {
            let failed = || format!("failed to read the folder `{}`", path.display());
            for entry in fs::read_dir(path).with_context(failed)? {
                let file = entry.with_context(failed)?.path();
                if is_sweep(&file) {
                    found.push(file);
                }
            }
        }
    }
    found.sort();
    match &found[..] {
        [] => Ok(None),
        [one] if named.len() == 1 => {
            let folder = one.parent().filter(|parent| !parent.as_os_str().is_empty());
            Ok(Some((one.clone(), folder.unwrap_or(Path::new(".")).to_owned())))
        }
        [_] => {
            bail!("the parts of a sweep are merged from one folder: copy them together, and name it alone")
        }
        [one, two, ..] => bail!(
            "there are several sweeps: name the one that is meant, such as `{}` or `{}`",
            one.display(),
            two.display()
        ),
    }
}

/// Merges the parts of a sweep.
///
/// # Errors
/// If its definition cannot be read, or parts are missing or damaged.
pub(super) fn merge(args: &MergeArgs, definition: &Path, folder: &Path) -> anyhow::Result<Exit> {
    if args.folder.out.is_none() {
        bail!("a sweep writes a table: name a folder for it with --out");
    }
    if !args.conditions.is_empty() || args.iterations_csv {
        bail!("--require and --iterations-csv are about single runs: these are the parts of a sweep");
    }
    let results = args.folder.begin()?;
    let failed = || format!("failed to read `{}`", definition.display());
    let bytes = fs::read(definition).with_context(failed)?;
    let (known, programs) = Definition::read(&bytes).with_context(failed)?;
    let levels = known.levels().iter().map(|level| level.parse::<Percentile>());
    let levels: Vec<Percentile> = levels.collect::<Result<_, _>>().with_context(failed)?;
    let overview = known.overview(Vec::new());
    let inputs: Vec<Vec<(String, Vec<u8>)>> = known
        .programs()
        .iter()
        .zip(&programs)
        .map(|(program, read)| {
            let order = program.manifest.inputs.iter();
            order
                .filter_map(|input| Some((input.name.clone(), read.inputs.get(&input.name)?.clone())))
                .collect()
        })
        .collect();
    let memory: Vec<MemoryFiles> =
        programs.iter().map(|program| MemoryFiles(program.inputs.clone())).collect();
    let mut prepared = Vec::new();
    for ((program, files), (own, inputs)) in
        programs.iter().zip(&memory).zip(known.programs().iter().zip(&inputs))
    {
        evidence::check_inputs(&own.manifest, inputs).with_context(failed)?;
        let base = Base::read(files, &program.scenario, program.variant.as_deref());
        let loaded = match base.loaded(files) {
            Ok(loaded) => loaded,
            Err(problems) => {
                output::diagnostics(&problems.diagnostics, &problems.sources);
                return Ok(Exit::Error);
            }
        };
        let samplers = [Sampler::Stratified, Sampler::Random];
        let sampler = samplers.into_iter().find(|sampler| sampler.name() == own.manifest.sampler);
        let sampler = sampler.context("the sweep names a sampler that is none")?;
        let compiled = Simulation::compile(&loaded.program, Seed(own.manifest.seed), sampler);
        let Ok(simulation) = compiled else { bail!("`{}` cannot be simulated: see `p80 check`", own.file) };
        prepared.push(Prepared { base, simulation, inputs: loaded.inputs.len() });
    }
    let shelf = Shelf::default();
    let work = Work { definition: &known, overview: &overview, programs: &prepared, levels: &levels, shelf };
    let files: Vec<&dyn Files> = memory.iter().map(|files| files as &dyn Files).collect();
    let parts = Parts::existing(folder);
    if let Some(results) = results {
        let gathering = Gathering { work: &work, files: &files, parts: &parts, inputs: &inputs };
        gather(&gathering, results, &args.folder, args.partial)?;
    }
    Ok(Exit::Done)
}
