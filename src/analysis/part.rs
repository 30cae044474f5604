//! A part of a program by its id.

use crate::model::{Program, ProjectIx, Scope, TaskIx};

/// Why an id names no part that has a finish to look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownPart {
    /// It is a task.
    #[error("`{0}` is a task: name a project or a milestone")]
    Task(String),
    /// It is nothing.
    #[error("unknown project or milestone `{id}`{}", near.as_ref().map_or(String::new(), |near| format!("; did you mean `{near}`?")))]
    Unknown {
        /// What was asked for.
        id: String,
        /// The id that looks most like it.
        near: Option<String>,
    },
}

/// The project or milestone with this full id.
///
/// # Errors
/// [`UnknownPart`] if there is none.
pub fn part_named(program: &Program, id: &str) -> Result<Scope, UnknownPart> {
    if let Some(at) = program.projects().iter().position(|project| project.id == id) {
        return Ok(Scope::Project(ProjectIx::new(at)));
    }
    match program.tasks().iter().position(|task| task.id == id) {
        Some(at) if program.tasks()[at].is_milestone() => Ok(Scope::Milestone(TaskIx::new(at))),
        Some(_) => Err(UnknownPart::Task(id.to_owned())),
        None => {
            let milestones = program.tasks().iter().filter(|task| task.is_milestone()).map(|task| &task.id);
            let known = program.projects().iter().map(|project| &project.id).chain(milestones);
            let near = known
                .map(|known| (strsim::jaro_winkler(id, known), known))
                .filter(|(likeness, _)| *likeness > 0.8)
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
                .map(|(_, known)| known.clone());
            Err(UnknownPart::Unknown { id: id.to_owned(), near })
        }
    }
}
