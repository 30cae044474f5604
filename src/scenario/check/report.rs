//! Shorthands for reporting what a check finds.

use crate::diag::{Code, Diagnostic, Place, Severity, code};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Slot, closest};

impl Desk<'_> {
    /// Reports a problem at one place, with what to do about it unless that is empty.
    pub fn report(&mut self, code: Code, place: Option<&Place>, message: impl Into<String>, help: &str) {
        let problem = Diagnostic::new(code, message).at_place(place, "");
        self.problems.push(if help.is_empty() { problem } else { problem.help(help) });
    }

    /// Whether a key that the format does not have has been reported within a place: what seems to be missing
    /// there was probably meant by it.
    pub fn has_unknown_key(&self, place: Option<&Place>) -> bool {
        let Some(place) = place else { return false };
        let within = |problem: &Diagnostic| {
            let label = problem.labels.first();
            label.is_some_and(|at| {
                at.file == place.file && place.start <= at.span.start && at.span.end <= place.end
            })
        };
        self.problems.iter().any(|problem| problem.code == code::UNKNOWN_KEY && within(problem))
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// Reports a key that must be there and is not.
    pub fn require<T>(&mut self, what: &str, key: &str, slot: &Slot<T>, table: Option<&Place>) {
        if slot.is_absent() {
            let problem = Diagnostic::new(code::MISSING_KEY, format!("{what} has no `{key}`"));
            self.problems.push(problem.at_place(table, format!("`{key}` is missing here")));
        }
    }

    /// A number between two bounds, both included; `None` if it is absent or was reported.
    pub fn in_range(&mut self, slot: &Slot<f64>, low: f64, high: f64, what: &str) -> Option<f64> {
        let at = slot.at()?;
        if (low..=high).contains(&at.value) {
            return Some(at.value);
        }
        let message = format!("{what} cannot be `{}`", at.value);
        self.report(code::OUT_OF_RANGE, at.place(), message, &format!("use a number from {low} to {high}"));
        None
    }

    /// Reports a reference to something that does not exist, with the name that was probably meant.
    pub fn unknown<'a>(
        &mut self,
        code: Code,
        what: &str,
        name: &At<String>,
        candidates: impl Iterator<Item = &'a str> + Clone,
    ) {
        let mut problem =
            Diagnostic::new(code, format!("unknown {what} `{}`", name.value)).at_place(name.place(), "");
        let mut known: Vec<&str> = candidates.clone().collect();
        if let Some(meant) = closest(&name.value, candidates) {
            problem = problem.help(format!("did you mean `{meant}`?"));
        } else if known.is_empty() {
            problem = problem.help(format!("no {what} is defined"));
        } else if known.len() <= 8 {
            known.sort_unstable();
            let quoted: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
            problem = problem.help(format!("defined are {}", quoted.join(", ")));
        }
        self.problems.push(problem);
    }
}
