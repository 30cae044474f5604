//! The way in: files to a program.

use std::sync::Arc;

use super::check::check;
use super::collect::Parts;
use super::files::Files;
use super::open::Desk;
use super::places::Places;
use super::portfolio::{assemble, programs};
use super::raw::{At, Leaf, RawScenario, RawVariant};
use super::variant::apply;
use crate::diag::{Code, Diagnostic, Severity, Sources, code};
use crate::model::{Program, Status, StatusError};
use crate::units::Instant;

/// A scenario that can be simulated.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The program.
    pub program: Program,
    /// The texts of all files, for diagnostics.
    pub sources: Sources,
    /// What can be simulated and was probably not meant.
    pub warnings: Vec<Diagnostic>,
    /// Where the parts of the program were written.
    pub places: Places,
    /// Name and bytes of every file, in the order in which they were read.
    pub inputs: Vec<(String, Vec<u8>)>,
    /// The variant that was asked for.
    pub variant: Option<String>,
    /// The date of the report from which on the program is looked at; [`None`] is the program as planned.
    pub status: Option<Instant>,
    /// What variants there are, in the order in which they are written.
    pub variants: Vec<Variant>,
    parts: Parts,
    /// Id and content of the programs of a portfolio.
    members: Vec<(String, Parts)>,
    /// The program as planned, where the scenario is looked at from a report of its own.
    planned: Option<Arc<Program>>,
}

/// A variant that a scenario has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// When it was approved, if it is a change request that was.
    pub approved: Option<Instant>,
}

impl Loaded {
    /// The scenario from a report on, in place of the program as planned.
    ///
    /// # Errors
    /// What the report cannot say; reports of the scenario itself have been checked.
    pub fn as_of(&self, status: &Status) -> Result<Self, StatusError> {
        let planned = self.planned.as_deref().unwrap_or(&self.program);
        let program = planned.as_of(status).map_err(|errors| {
            let first = errors.into_iter().next().map(|(_, error)| error);
            first.unwrap_or_else(|| StatusError::Contradiction(self.program.name().to_owned()))
        })?;
        Ok(Self { program, status: Some(status.date), ..self.clone() })
    }

    /// The scenario as planned, whatever has happened since.
    #[must_use]
    pub fn planned(&self) -> Self {
        match &self.planned {
            None => self.clone(),
            Some(program) => {
                Self { program: (**program).clone(), status: None, planned: None, ..self.clone() }
            }
        }
    }

    /// The scenario from the report on that its own `status_date` names, if there is one of that date.
    fn under_way(self) -> Self {
        let named = self.program.status_date();
        let statuses = self.program.statuses();
        let Some(status) = statuses.iter().find(|status| Some(status.date) == named).cloned() else {
            return self;
        };
        // Reports of the scenario itself have been checked.
        match self.as_of(&status) {
            Ok(found) => Self { planned: Some(Arc::new(self.program)), ..found },
            Err(_) => self,
        }
    }

    /// Everything that the scenario says, with the variant applied and tables read, in the order of the
    /// format: what two scenarios are compared by.
    #[must_use]
    pub fn written(&self) -> Vec<Leaf> {
        let mut leaves = self.parts.leaves();
        for (id, parts) in &self.members {
            for mut leaf in parts.leaves() {
                // The kind of a thing comes first, then its id.
                if let Some(own) = leaf.path.get_mut(1) {
                    *own = if own.is_empty() { id.clone() } else { format!("{id}.{own}") };
                }
                leaves.push(leaf);
            }
        }
        leaves
    }
}

/// A scenario that cannot be simulated.
#[derive(Clone, Debug)]
pub struct Failed {
    /// The texts of all files that could be read.
    pub sources: Sources,
    /// Every problem, warnings included, in the order of the files; at least one is an error.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads a scenario: a file with everything that it includes and names.
///
/// # Errors
/// [`Failed`] with every problem of all files.
///
/// ```
/// use p80::scenario::{MemoryFiles, load};
/// let text = r#"
/// [program]
/// name = "Pilot"
/// start = 2027-01-11
///
/// [[tasks]]
/// id = "build"
/// duration = { pert = ["10d", "15d", "30d"] }
/// "#;
/// let loaded = load(&MemoryFiles::single("pilot.toml", text), "pilot.toml").expect("the scenario is good");
/// assert_eq!(loaded.program.tasks()[0].id, "build");
/// ```
pub fn load(files: &dyn Files, path: &str) -> Result<Loaded, Box<Failed>> {
    load_variant(files, path, None)
}

/// Loads a scenario as one of its variants; [`None`] is the scenario as written.
///
/// # Errors
/// [`Failed`] with every problem, those of a variant at the place where the variant is written.
///
/// ```
/// use p80::scenario::{MemoryFiles, load_variant};
/// let text = r#"
/// [program]
/// name = "Pilot"
/// start = 2027-01-11
///
/// [[tasks]]
/// id = "build"
/// name = "Build it"
/// duration = { pert = ["10d", "15d", "30d"] }
///
/// [variants.bought]
/// title = "Buy it"
/// set = { "tasks.build.name" = "Buy it", "tasks.build.duration" = { fixed = "5d" } }
/// "#;
/// let files = MemoryFiles::single("pilot.toml", text);
/// let loaded = load_variant(&files, "pilot.toml", Some("bought")).expect("the variant is good");
/// assert_eq!(loaded.program.tasks()[0].name, "Buy it");
/// ```
pub fn load_variant(files: &dyn Files, path: &str, variant: Option<&str>) -> Result<Loaded, Box<Failed>> {
    let mut desk = Desk::new(files);
    let mut parts = Parts::new();
    parts.add_file(&mut desk, path);
    complete(parts, desk, variant)
}

/// Every variant of a scenario, checked: each with what it makes of the scenario or why it cannot be.
/// Diagnostics that the scenario has as written are left out.
#[must_use]
pub fn load_variants(
    files: &dyn Files,
    path: &str,
    base: &Loaded,
) -> Vec<(Variant, Result<Loaded, Box<Failed>>)> {
    let new = |found: &mut Vec<Diagnostic>| found.retain(|problem| !base.warnings.contains(problem));
    let load = |variant: &Variant| {
        let mut loaded = load_variant(files, path, Some(&variant.id));
        match &mut loaded {
            Ok(loaded) => new(&mut loaded.warnings),
            Err(failed) => new(&mut failed.diagnostics),
        }
        (variant.clone(), loaded)
    };
    base.variants.iter().map(load).collect()
}

/// Checks a scenario made by a program; the tables that it names come from `files`.
///
/// # Errors
/// [`Failed`] with every problem; those of parts without a place have no label.
pub fn load_raw(files: &dyn Files, raw: RawScenario) -> Result<Loaded, Box<Failed>> {
    let mut desk = Desk::new(files);
    let mut parts = Parts::new();
    parts.add(raw, &mut desk.problems);
    complete(parts, desk, None)
}

/// Tables read and a variant applied, where that is still to be done.
fn complete(mut parts: Parts, mut desk: Desk<'_>, variant: Option<&str>) -> Result<Loaded, Box<Failed>> {
    parts.expand_tables(&mut desk);
    if let Some(name) = variant {
        apply(&mut parts, name, &mut desk);
    }
    finish(parts, desk, variant)
}

/// Checks what was read.
pub(super) fn finish(
    mut parts: Parts,
    mut desk: Desk<'_>,
    variant: Option<&str>,
) -> Result<Loaded, Box<Failed>> {
    let mut members = Vec::new();
    let checked = if parts.is_portfolio() {
        let (read, all) = programs(&parts, &mut desk);
        parts.complete &= all;
        members = read;
        assemble(&parts, &members, &mut desk)
    } else {
        report_portfolio_parts(&parts, &mut desk);
        check(&parts, &mut desk)
    };
    let mut diagnostics = desk.problems;
    if !parts.complete {
        // What a broken file defines is unknown, so nobody can say what is missing or unused.
        diagnostics.retain(|problem| !depends_on_all_files(problem.code));
    }
    // In the order of the files; of one place, in the order in which it was found.
    diagnostics.sort_by_key(|problem| {
        problem.labels.first().map_or((u32::MAX, 0), |label| (label.file.0, label.span.start))
    });
    diagnostics.dedup();
    match checked {
        Some((program, places)) if parts.complete => {
            let known = |(id, at): &(At<String>, At<RawVariant>)| Variant {
                id: id.value.clone(),
                title: at.value.title.get().unwrap_or(&id.value).clone(),
                approved: at.value.approved.get().map(|date| date.at),
            };
            let loaded = Loaded {
                program,
                sources: desk.sources,
                warnings: diagnostics,
                places,
                inputs: desk.inputs,
                variant: variant.map(str::to_owned),
                status: None,
                variants: parts.variants.iter().map(known).collect(),
                parts,
                members: members.into_iter().map(|part| (part.id.value, part.parts)).collect(),
                planned: None,
            };
            Ok(loaded.under_way())
        }
        _ => Err(Box::new(Failed { sources: desk.sources, diagnostics })),
    }
}

/// Parts of a portfolio where there is none.
fn report_portfolio_parts(parts: &Parts, desk: &mut Desk<'_>) {
    let programs = parts.programs.first().map(|(id, _)| ("programs", id.place()));
    let links = parts.links.first().map(|at| ("links", at.place()));
    for (key, place) in programs.into_iter().chain(links) {
        let message = format!("`{key}` belongs to a portfolio, and this is a program");
        let help = match key {
            "links" => "links within a program are written as `after` of the task that waits",
            _ => {
                "for several programs as one write `[portfolio]` with a `name`, in a file without `[program]`"
            }
        };
        desk.report(code::NOT_OF_A_PORTFOLIO, place, message, help);
    }
}

/// Whether a problem may be none once the files are there that could not be read.
pub(super) fn depends_on_all_files(code: Code) -> bool {
    let references = [
        code::UNKNOWN_TASK,
        code::UNKNOWN_CALENDAR,
        code::UNKNOWN_TEMPLATE,
        code::UNKNOWN_SCALE_WORD,
        code::UNKNOWN_ROLE,
        code::POINT_ESTIMATE,
    ];
    let is_advice = code.severity() != Severity::Error;
    is_advice || references.contains(&code)
}
