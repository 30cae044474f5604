//! A scenario that is read once, of which many variations are made.

use std::collections::BTreeMap;

use super::collect::Parts;
use super::files::Files;
use super::load::{Failed, Loaded, finish};
use super::open::Desk;
use super::variant::{apply, set_text};
use crate::diag::{Diagnostic, FileId, Sources};

/// A scenario as read, or a variant of it, before it is checked.
#[derive(Clone, Debug)]
pub struct Base {
    parts: Parts,
    sources: Sources,
    inputs: Vec<(String, Vec<u8>)>,
    problems: Vec<Diagnostic>,
    opened: BTreeMap<String, Option<FileId>>,
    variant: Option<String>,
}

impl Base {
    /// Reads a scenario with all files that it includes and names.
    #[must_use]
    pub fn read(files: &dyn Files, path: &str, variant: Option<&str>) -> Self {
        let mut desk = Desk::new(files);
        let mut parts = Parts::new();
        parts.add_file(&mut desk, path);
        parts.expand_tables(&mut desk);
        if let Some(name) = variant {
            apply(&mut parts, name, &mut desk);
        }
        let Desk { sources, inputs, problems, opened, .. } = desk;
        Self { parts, sources, inputs, problems, opened, variant: variant.map(str::to_owned) }
    }

    /// The scenario as read.
    ///
    /// # Errors
    /// [`Failed`] with every problem.
    pub fn loaded(&self, files: &dyn Files) -> Result<Loaded, Box<Failed>> {
        finish(self.parts.clone(), self.desk(files), self.variant.as_deref())
    }

    /// The scenario with other values: `settings` is a table of paths as variants write it, a line per path, which
    /// messages call `name`. The same as [`super::load_variant`] of a variant with these settings, for less time.
    ///
    /// # Errors
    /// [`Failed`] with every problem, those of the settings at their place in the text.
    ///
    /// ```
    /// use p80::scenario::{Base, MemoryFiles};
    /// let text = r#"
    /// [program]
    /// name = "Pilot"
    /// start = 2027-01-11
    ///
    /// [[tasks]]
    /// id = "build"
    /// duration = "10d"
    /// "#;
    /// let files = MemoryFiles::single("pilot.toml", text);
    /// let base = Base::read(&files, "pilot.toml", None);
    /// let other = base.varied(&files, "--vary", "\"tasks.build.name\" = \"Build\"\n").expect("the path is good");
    /// assert_eq!(other.program.tasks()[0].name, "Build");
    /// ```
    pub fn varied(&self, files: &dyn Files, name: &str, settings: &str) -> Result<Loaded, Box<Failed>> {
        let (mut parts, mut desk) = (self.parts.clone(), self.desk(files));
        set_text(&mut parts, name, settings, &mut desk);
        finish(parts, desk, self.variant.as_deref())
    }

    fn desk<'a>(&self, files: &'a dyn Files) -> Desk<'a> {
        let mut desk = Desk::new(files);
        desk.sources.clone_from(&self.sources);
        desk.inputs.clone_from(&self.inputs);
        desk.problems.clone_from(&self.problems);
        desk.opened.clone_from(&self.opened);
        desk
    }
}
