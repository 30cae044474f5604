//! Paths to a value of a scenario, such as `risks.R-07.probability`.

use toml::de::DeValue;

use crate::diag::{Diagnostic, Place, code};

/// What happens to the value that a path names.
#[derive(Clone, Copy, Debug)]
pub enum Edit<'a> {
    /// It is read anew.
    Set(&'a DeValue<'a>),
    /// It goes away.
    Remove,
}

/// What is left of a path while it is followed downwards.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    steps: &'a [&'a str],
    done: usize,
    place: &'a Place,
}

impl<'a> Path<'a> {
    /// A path of these steps, written at a place.
    #[must_use]
    pub fn new(steps: &'a [&'a str], place: &'a Place) -> Self {
        Self { steps, done: 0, place }
    }

    /// The same path, so many steps further down.
    #[must_use]
    pub fn skip(self, steps: usize) -> Self {
        Self { done: (self.done + steps).min(self.steps.len()), ..self }
    }

    /// Where the path was written.
    #[must_use]
    pub fn place(&self) -> &'a Place {
        self.place
    }

    /// The next step and what follows it; [`None`] at the end.
    #[must_use]
    pub fn next(&self) -> Option<(&'a str, Self)> {
        self.steps.get(self.done).map(|step| (*step, Self { done: self.done + 1, ..*self }))
    }

    /// The steps that are left.
    #[must_use]
    pub fn rest(&self) -> &'a [&'a str] {
        &self.steps[self.done..]
    }

    /// The steps so far, as written.
    #[must_use]
    pub fn so_far(&self) -> String {
        self.steps[..self.done].join(".")
    }

    /// The problem of a path that goes on where nothing follows.
    #[must_use]
    pub fn ends_here(&self) -> Diagnostic {
        let rest = self.rest().join(".");
        let message = format!("`{}` has no parts, so there is no `{rest}` in it", self.so_far());
        Diagnostic::new(code::BAD_PATH, message)
            .at_place(Some(self.place), "")
            .help(format!("set the whole value: `\"{}\" = ...`", self.so_far()))
    }

    /// The problem of removing what is not there.
    #[must_use]
    pub fn nothing_there(&self) -> Diagnostic {
        let message = format!("there is no `{}` to remove", self.steps.join("."));
        Diagnostic::new(code::BAD_PATH, message).at_place(Some(self.place), "")
    }
}
