//! Documents from a simulated program.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::analyse::{self, Asked};
use super::document_args::DocumentArgs;
use super::progress::Progress;
use super::respond::{self, Wanted};
use super::results_folder::write_file;
use super::shared_args::not_built;
use super::{fonts, output};
use crate::analysis::{self, Objective, Stanced};
use crate::attachment::{self, Attachment, Contents, Format, Logo, Paper};
use crate::chart::{self, Drawing, Words};
use crate::dossier::{Dossier, Sources, Texts, Wishes};
use crate::draws::BLOCK;
use crate::engine::{self, Simulation};
use crate::model::Program;
use crate::report::{Analysis, ProgressReport, PurchaseReport};
use crate::results::{Columns, Results};
use crate::scenario::Loaded;
use crate::units::Percentile;

/// How many responses a document values in every combination.
const MOST_RESPONSES: usize = 10;

/// Documents that are to be written, with everything read that they need: what is wrong is known before anything
/// is simulated.
pub(super) struct Documents {
    targets: Vec<(PathBuf, Format)>,
    wishes: Wishes,
    logo: Option<Logo>,
    percentile: Percentile,
    paper: Paper,
    iterations_sheet: bool,
    force: bool,
}

impl Documents {
    /// Reads what the documents need.
    ///
    /// # Errors
    /// If a file exists and may not be replaced, says no format, or if a logo or a text block cannot be used.
    pub(super) fn begin(to: &[PathBuf], args: &DocumentArgs, force: bool) -> anyhow::Result<Self> {
        let mut targets: Vec<(PathBuf, Format)> = Vec::new();
        for path in to {
            let format = Format::of(path)?;
            if !format.is_built() {
                bail!("`{}`: {}", path.display(), not_built("this format"));
            }
            let folder = beside(path);
            for taken in [path, &folder] {
                if fs::symlink_metadata(taken).is_ok()
                    && !force
                    && (taken == path || format == Format::Markdown)
                {
                    bail!("`{}` exists; name another file or use --force to replace it", taken.display());
                }
            }
            if targets.iter().any(|(other, _)| other == path) {
                bail!("`{}` is named twice", path.display());
            }
            targets.push((path.clone(), format));
        }
        let logo = match &args.logo {
            None => None,
            Some(path) => {
                let bytes = fs::read(path)
                    .with_context(|| format!("failed to read the logo `{}`", path.display()))?;
                Some(Logo::new(bytes).with_context(|| format!("`{}` cannot be used", path.display()))?)
            }
        };
        let texts = match &args.texts {
            None => Texts::default(),
            Some(folder) => read_texts(folder)?,
        };
        let wishes = Wishes {
            template: args.template,
            locale: args.locale,
            title: args.title.clone(),
            dated: args.dated,
            texts,
        };
        Ok(Self {
            targets,
            wishes,
            logo,
            percentile: args.percentile,
            paper: args.paper,
            iterations_sheet: args.iterations_sheet,
            force,
        })
    }

    /// Analyses a program in so many blocks and writes the documents.
    ///
    /// # Errors
    /// If a text block asks for what there is none of, or a file cannot be written.
    pub(super) fn write(
        &self,
        loaded: &Loaded,
        simulation: &Simulation,
        progress: Option<&ProgressReport>,
        blocks: u64,
    ) -> anyhow::Result<()> {
        if self.targets.is_empty() {
            return Ok(());
        }
        if self.iterations_sheet && blocks * BLOCK as u64 > Columns::MOST {
            bail!("a sheet holds {} iterations at most: use a smaller number", Columns::MOST);
        }
        let program = simulation.program();
        let answers = Answers::of(self.percentile, blocks, loaded, simulation)?;
        let sources = answers.sources(program, progress);
        let dossier = Dossier::new(sources, &self.wishes)?;
        let drawings = self.drawings(sources);
        let is_book = self.targets.iter().any(|(_, format)| *format == Format::Xlsx);
        let iterations = if self.iterations_sheet && is_book {
            let go = |_| ControlFlow::Continue(());
            Some(engine::run(simulation, 0..blocks, || Columns::new(program), go)?)
        } else {
            None
        };
        let contents = Contents {
            dossier: &dossier,
            drawings: &drawings,
            sources,
            logo: self.logo.as_ref(),
            paper: self.paper,
            iterations: iterations.as_ref(),
        };
        for (path, format) in &self.targets {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("report");
            let made = attachment::attach(&contents, *format, stem)
                .with_context(|| format!("failed to make `{}`", path.display()))?;
            fonts::warn(&made.lacking);
            self.save(path, &made)?;
            output::say(&format!("wrote {}", path.display()));
        }
        Ok(())
    }

    /// The charts, which write numbers and dates as the text does.
    fn drawings(&self, sources: Sources<'_>) -> Vec<Drawing> {
        let words = Words::of(self.wishes.locale);
        let mut drawings = chart::charts(sources.report(), words);
        drawings.extend(chart::analysis_charts(sources.analysis, words));
        drawings.extend(sources.purchase.iter().flat_map(|purchase| chart::purchase_charts(purchase, words)));
        let progress = sources.progress.iter();
        drawings
            .extend(progress.flat_map(|progress| chart::progress_charts(sources.report(), progress, words)));
        drawings
    }

    fn save(&self, path: &Path, made: &Attachment) -> anyhow::Result<()> {
        let failed = || format!("failed to write `{}`", path.display());
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent).with_context(failed)?;
        }
        if !made.beside.is_empty() {
            let folder = beside(path);
            fs::create_dir_all(&folder).with_context(failed)?;
            for (name, bytes) in &made.beside {
                write_file(&folder.join(name), bytes).with_context(failed)?;
            }
        }
        // Somebody may have written it meanwhile.
        if !self.force && fs::symlink_metadata(path).is_ok() {
            bail!("`{}` exists; name another file or use --force to replace it", path.display());
        }
        write_file(path, &made.bytes).with_context(failed)
    }
}

/// What documents are made from, of one simulation.
pub(super) struct Answers {
    analysis: Analysis,
    results: Results,
    purchase: Option<PurchaseReport>,
    stances: Vec<Stanced>,
}

impl Answers {
    /// Simulates and analyses a program in so many blocks, on the threads of the current pool.
    ///
    /// # Errors
    /// If it is interrupted, or some version of the program cannot be simulated.
    pub(super) fn of(
        percentile: Percentile,
        blocks: u64,
        loaded: &Loaded,
        simulation: &Simulation,
    ) -> anyhow::Result<Self> {
        let asked = Asked { percentile, by: None, blocks };
        let (analysis, results) = analyse::analysis(asked, loaded, simulation)?;
        let candidates = analysis::candidates(simulation.program()).len();
        let purchase = if (1..=MOST_RESPONSES).contains(&candidates) {
            let objective = Objective::Finish(percentile);
            Some(respond::purchase(Wanted { objective, budget: None, of: None, blocks }, loaded, simulation)?)
        } else {
            None
        };
        let stances = if candidates > 0 {
            let progress = Progress::open();
            let stances =
                analysis::stances(&analyse::worlds(simulation)?, blocks, |done| progress.watch(done))?;
            progress.finish();
            stances
        } else {
            Vec::new()
        };
        Ok(Self { analysis, results, purchase, stances })
    }

    /// All of it, with how the program stands.
    pub(super) fn sources<'a>(
        &'a self,
        program: &'a Program,
        progress: Option<&'a ProgressReport>,
    ) -> Sources<'a> {
        let (results, analysis) = (&self.results, &self.analysis);
        let (purchase, stances) = (self.purchase.as_ref(), self.stances.as_slice());
        Sources { program, results, analysis, purchase, stances, progress }
    }
}

/// The folder with the charts of a document that cannot hold them.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push("-charts");
    path.with_file_name(name)
}

/// The text blocks of a folder: every Markdown file in it, by its name.
fn read_texts(folder: &Path) -> anyhow::Result<Texts> {
    let failed = || format!("failed to read the text blocks in `{}`", folder.display());
    let mut own = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let is_text = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_text) else {
            continue;
        };
        let bytes = fs::read(&path).with_context(|| format!("failed to read `{}`", path.display()))?;
        let text = String::from_utf8(bytes).with_context(|| format!("`{}` is not UTF-8", path.display()))?;
        own.push((name.to_owned(), text.trim_start_matches('\u{feff}').to_owned()));
    }
    if own.is_empty() {
        bail!("`{}` has no text blocks: files such as statement.md", folder.display());
    }
    Ok(Texts::replacing(own)?)
}
