//! What references mean.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, code};
use crate::model::{Endpoint, TaskIx};
use crate::scenario::collect::duplicate;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, closest};

/// How many unknown references get a suggestion.
const MOST_SUGGESTIONS: usize = 50;

/// Tasks, milestones and projects by full id.
#[derive(Default)]
pub struct Names {
    known: BTreeMap<String, (Endpoint, Option<Place>)>,
    /// Unknown references so far.
    unknown: std::cell::Cell<usize>,
}

impl Names {
    /// Adds a thing; an id that is taken or cannot be referred to is reported.
    pub fn add(&mut self, id: &str, what: Endpoint, place: Option<&Place>, desk: &mut Desk<'_>) {
        if let Some((_, first)) = self.known.get(id) {
            let kind = if matches!(what, Endpoint::Project(_)) { "project" } else { "task" };
            desk.problems.push(duplicate(kind, id, place, first.as_ref()));
        } else {
            self.known.insert(id.to_owned(), (what, place.cloned()));
        }
    }

    /// What a reference written in a project means: the own project first, then those above it, then
    /// the full id. `None` if nothing, which is reported.
    pub fn resolve(
        &self,
        reference: &At<String>,
        scope: Option<&str>,
        desk: &mut Desk<'_>,
    ) -> Option<Endpoint> {
        let found = self.lookup(&reference.value, scope);
        let Some((id, end)) = found else {
            desk.problems.push(self.unknown(reference, scope));
            return None;
        };
        // A path that could also be meant from the top is a trap for the reader.
        if reference.value.contains('.') && id != reference.value && self.known.contains_key(&reference.value)
        {
            let problem = Diagnostic::new(
                code::AMBIGUOUS_REFERENCE,
                format!("`{}` could mean `{id}` or the `{}` at the top", reference.value, reference.value),
            );
            let help = format!("write `{id}` in full, or give one of them another id");
            desk.problems.push(problem.at_place(reference.place(), "").help(help));
        }
        Some(end)
    }

    /// What a full id names.
    pub fn find(&self, id: &str) -> Option<Endpoint> {
        self.known.get(id).map(|(end, _)| *end)
    }

    /// A reference that must name a task or milestone.
    pub fn resolve_task(
        &self,
        reference: &At<String>,
        scope: Option<&str>,
        what: &str,
        desk: &mut Desk<'_>,
    ) -> Option<TaskIx> {
        match self.resolve(reference, scope, desk)? {
            Endpoint::Task(task) => Some(task),
            Endpoint::Project(_) => {
                let message = format!("`{}` is a project, {what} is needed here", reference.value);
                desk.report(code::WRONG_KIND, reference.place(), message, "");
                None
            }
        }
    }

    fn lookup(&self, reference: &str, scope: Option<&str>) -> Option<(String, Endpoint)> {
        // `erp:build.api` is the same as `erp.build.api`: no id has a colon.
        let reference = &*reference.replacen(':', ".", 1);
        let mut scope = scope;
        while let Some(prefix) = scope {
            let id = format!("{prefix}.{reference}");
            if let Some(&(end, _)) = self.known.get(&id) {
                return Some((id, end));
            }
            scope = prefix.rfind('.').map(|dot| &prefix[..dot]);
        }
        self.known.get(reference).map(|&(end, _)| (reference.to_owned(), end))
    }

    fn unknown(&self, reference: &At<String>, scope: Option<&str>) -> Diagnostic {
        let name = reference.value.as_str();
        let problem =
            Diagnostic::new(code::UNKNOWN_TASK, format!("unknown task, milestone or project `{name}`"))
                .at_place(reference.place(), "");
        // Comparing with every id is slow; whoever has so many unknown references has one cause for all.
        self.unknown.set(self.unknown.get() + 1);
        if self.unknown.get() > MOST_SUGGESTIONS {
            return problem;
        }
        // The same last part elsewhere is the likeliest meaning.
        let tail = format!(".{name}");
        let elsewhere: Vec<&str> =
            self.known.keys().filter(|id| id.ends_with(&tail)).map(String::as_str).collect();
        match elsewhere[..] {
            [] => {}
            [one] => return problem.help(format!("did you mean `{one}`?")),
            [ref some @ .., last] if some.len() < 5 => {
                let some: Vec<String> = some.iter().map(|id| format!("`{id}`")).collect();
                return problem.help(format!("did you mean {} or `{last}`?", some.join(", ")));
            }
            _ => return problem.help("write the full id, such as `project.task`"),
        }
        // Then what is spelled alike: ids of the own project as they would be written there, then full ids.
        let prefix = scope.map(|scope| format!("{scope}."));
        let own = self.known.keys().filter_map(|id| id.strip_prefix(prefix.as_deref()?));
        let alike = closest(name, own)
            .or_else(|| closest(name, self.known.keys().map(String::as_str)))
            .or_else(|| {
                let last = |id: &'_ String| {
                    id.rsplit('.').next().is_some_and(|last| closest(name, [last]).is_some())
                };
                self.known.keys().find(|id| last(id)).map(String::as_str)
            });
        match alike {
            Some(alike) => problem.help(format!("did you mean `{alike}`?")),
            None => problem.help("references are ids: of the own project, or in full such as `project.task`"),
        }
    }
}

/// Whether an id can be referred to; reported if not.
pub fn check_id(id: &At<String>, what: &str, desk: &mut Desk<'_>) -> bool {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !id.value.is_empty() && id.value.chars().all(good) {
        return true;
    }
    let message = match id.value.as_str() {
        "" => format!("the id of {what} is empty"),
        value => format!("`{value}` cannot be the id of {what}"),
    };
    let suggestion: String = id.value.trim().chars().map(|c| if good(c) { c } else { '-' }).collect();
    let help = match suggestion.as_str() {
        "" => "use letters, digits, `-` and `_`".to_owned(),
        suggestion => format!("use letters, digits, `-` and `_`: `{suggestion}`"),
    };
    desk.report(code::BAD_ID, id.place(), message, &help);
    false
}
