//! `p80 sweep`: many variants, or many programs, on the same draws.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::bail;
use rayon::prelude::*;

use super::compile::compile;
use super::disk::Disk;
use super::input::Opened;
use super::progress::Progress;
use super::shared_args::AnswerFormat;
use super::sweep_args::SweepArgs;
use super::sweep_gather::{Gathering, gather};
use super::sweep_parts::Parts;
use super::{Exit, input, interrupt, output};
use crate::draws::{BLOCK, Sampler, Seed};
use crate::engine;
use crate::report::{Manifest, SweepProgram, grouped};
use crate::scenario::{Base, Failed, Files};
use crate::sweep::{Definition, Prepared, Shelf, SweepError, Unit, Work, WorkError};
use crate::units::Percentile;

/// The levels of every sweep, besides those that its programs ask for.
const LEVELS: [Percentile; 5] =
    [Percentile::whole(10), Percentile::whole(20), Percentile::P50, Percentile::P80, Percentile::whole(90)];

/// Runs the command.
pub(super) fn sweep(args: &SweepArgs) -> anyhow::Result<Exit> {
    let Some(out) = &args.folder.out else {
        bail!("a sweep writes a table: name a folder for it with --out");
    };
    let shard = args.shard.map(|choice| choice.resolve(|name| std::env::var(name).ok())).transpose()?;
    if shard.is_some() && args.folder.format != AnswerFormat::Text {
        bail!("--shard cannot be used with --format: one part of a sweep has no table; ask `p80 merge`");
    }
    let folder = if shard.is_some() { None } else { args.folder.begin()? };
    let Some(read) = read(args)? else { return Ok(Exit::Error) };
    let Read { disks, prepared, programs, inputs, levels } = read;
    let names: Vec<String> = levels.iter().map(Percentile::to_string).collect();
    let shards = shard.map_or(1, |shard| shard.of());
    let definition = Definition::new(programs, args.vary.clone(), names, shards)?;
    let overview = definition.overview(Vec::new());
    let shelf = Shelf::default();
    let work =
        Work { definition: &definition, overview: &overview, programs: &prepared, levels: &levels, shelf };
    if !ends_are_good(&work, &disks)? {
        return Ok(Exit::Error);
    }

    let own = args.parts.clone().unwrap_or_else(|| beside(out));
    let parts = Parts::open(if shard.is_some() { out } else { &own })?;
    if shard.is_some() || args.parts.is_some() {
        parts.define(&definition.to_bytes(&inputs))?;
    }
    let units = shard.map_or(0..definition.units().count(), |shard| definition.units().of_shard(shard));
    interrupt::watch()?;
    let done = args.draws.threads.install(|| simulate(&work, &disks, &parts, units))?;
    let Some(there) = done else { return Ok(Exit::Error) };
    if let Some(shard) = shard {
        let count = grouped(there as f64, 0);
        let line = format!("shard {shard}: {count} parts of the sweep are in {}\n", parts.folder().display());
        output::answer(line.as_bytes())?;
        return Ok(Exit::Done);
    }
    if let Some(folder) = folder {
        let files: Vec<&dyn Files> = disks.iter().map(|disk| disk as &dyn Files).collect();
        let gathering = Gathering { work: &work, files: &files, parts: &parts, inputs: &inputs };
        gather(&gathering, folder, &args.folder, false)?;
    }
    if args.parts.is_none() {
        parts.remove();
    }
    Ok(Exit::Done)
}

/// The programs of a sweep.
struct Read {
    disks: Vec<Disk>,
    prepared: Vec<Prepared>,
    programs: Vec<SweepProgram>,
    inputs: Vec<Vec<(String, Vec<u8>)>>,
    levels: Vec<Percentile>,
}

/// Reads and compiles all programs, or prints what is wrong with them.
fn read(args: &SweepArgs) -> anyhow::Result<Option<Read>> {
    let sampler = Sampler::from(args.draws.sampler);
    let iterations = engine::blocks_for(args.iterations.get()) * BLOCK as u64;
    let mut read = Read {
        disks: Vec::new(),
        prepared: Vec::new(),
        programs: Vec::new(),
        inputs: Vec::new(),
        levels: LEVELS.to_vec(),
    };
    let mut is_good = true;
    for file in files(args)? {
        let Opened { disk, name, .. } = input::open(&file)?;
        let base = Base::read(&disk, &name, args.variant.as_deref());
        let loaded = match base.loaded(&disk) {
            Ok(loaded) => loaded,
            Err(failed) => {
                say(&failed, &file);
                is_good = false;
                continue;
            }
        };
        let Some(simulation) = compile(&loaded, &file, args.draws.seed, sampler) else {
            is_good = false;
            continue;
        };
        read.levels.extend(loaded.program.confidence());
        read.programs.push(SweepProgram {
            file: name,
            name: loaded.program.name().to_owned(),
            manifest: Manifest::of(&loaded, Seed(args.draws.seed), iterations, sampler),
        });
        read.prepared.push(Prepared { base, simulation, inputs: loaded.inputs.len() });
        read.inputs.push(loaded.inputs);
        read.disks.push(disk);
    }
    read.levels.sort_unstable();
    read.levels.dedup();
    Ok(is_good.then_some(read))
}

/// The files of the programs.
fn files(args: &SweepArgs) -> anyhow::Result<Vec<PathBuf>> {
    if let Some(file) = &args.file {
        return Ok(vec![file.clone()]);
    }
    let Some(folder) = &args.programs else {
        bail!("name a scenario file, or a folder of them with --programs")
    };
    let files: Vec<PathBuf> =
        super::folder::scenarios(folder)?.into_iter().map(|name| folder.join(name)).collect();
    if files.is_empty() {
        bail!("`{}` holds no scenario: no `.toml` file in it has a [program]", folder.display());
    }
    Ok(files)
}

fn say(failed: &Failed, file: &Path) {
    output::diagnostics(&failed.diagnostics, &failed.sources);
    output::counts(&failed.diagnostics, file);
}

/// Tries the first and the last value of everything that is varied, so that a wrong path costs no time.
fn ends_are_good(work: &Work<'_>, disks: &[Disk]) -> anyhow::Result<bool> {
    let mut is_good = true;
    for (program, disk) in disks.iter().enumerate() {
        for ends in work.definition.ends() {
            // Of one path, the first problem says enough.
            for settings in ends {
                match work.compile_settings(program, "--vary", &settings, disk) {
                    Ok(_) => {}
                    Err(WorkError::Scenario(failed)) => {
                        say(&failed, Path::new(&work.definition.programs()[program].file));
                        is_good = false;
                        break;
                    }
                    Err(other) => return Err(other.into()),
                }
            }
        }
    }
    Ok(is_good)
}

/// Makes the parts that are not there yet; how many of them are there then, or [`None`] if one cannot be made.
fn simulate(
    work: &Work<'_>,
    disks: &[Disk],
    parts: &Parts,
    units: std::ops::Range<u64>,
) -> anyhow::Result<Option<u64>> {
    let all = work.definition.units();
    let iterations = work.definition.programs().first().map_or(0, |program| program.manifest.iterations);
    let count = units.end - units.start;
    let progress = Progress::new(count * iterations / all.split);
    let (done, iterated) = (AtomicU64::new(0), AtomicU64::new(0));
    // Few units are divided by their blocks, many among the threads.
    let is_few = count < 4 * rayon::current_num_threads() as u64;
    let one = |number: u64| -> Result<(), Stop> {
        let Some(unit) = all.get(number) else { return Ok(()) };
        let key = work.definition.key(work.overview, unit);
        if !parts.has(key) {
            let before = AtomicU64::new(0);
            let watch = |now: u64| {
                let more = now.saturating_sub(before.fetch_max(now, Ordering::Relaxed));
                progress.watch(iterated.fetch_add(more, Ordering::Relaxed) + more)
            };
            let disk = &disks[work.program_of(unit.variant)];
            let part = work.part(unit, disk, is_few, watch).map_err(|error| Stop::of(unit, error))?;
            parts.keep(key, &part).map_err(Stop::Failed)?;
        }
        done.fetch_add(1, Ordering::Relaxed);
        match progress.watch(iterated.load(Ordering::Relaxed)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Interrupted),
        }
    };
    let outcome =
        if is_few { units.into_iter().try_for_each(one) } else { units.into_par_iter().try_for_each(one) };
    progress.finish();
    let done = done.load(Ordering::Relaxed);
    match outcome {
        Ok(()) => Ok(Some(done)),
        Err(Stop::Interrupted) => bail!(
            "interrupted: {} of {} parts are done and kept in `{}`; the same command goes on from there",
            grouped(done as f64, 0),
            grouped(count as f64, 0),
            parts.folder().display()
        ),
        Err(Stop::Bad(unit, failed)) => {
            let (program, settings) = work.definition.settings(work.overview, unit.variant);
            say(&failed, Path::new(&work.definition.programs()[program].file));
            output::say(&format!("in variant {}: {}", unit.variant + 1, settings.trim().replace('\n', ", ")));
            Ok(None)
        }
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why no more parts are made.
enum Stop {
    Interrupted,
    Bad(Unit, Box<Failed>),
    Failed(anyhow::Error),
}

impl Stop {
    fn of(unit: Unit, error: WorkError) -> Self {
        match error {
            WorkError::Scenario(failed) => Self::Bad(unit, failed),
            WorkError::Sweep(SweepError::Cancelled(_)) => Self::Interrupted,
            WorkError::Sweep(other) => Self::Failed(other.into()),
        }
    }
}

/// Where parts are kept unless that is said.
fn beside(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push(".parts");
    out.with_file_name(name)
}
