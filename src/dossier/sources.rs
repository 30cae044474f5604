//! What a document is made from.

use crate::analysis::Stanced;
use crate::model::Program;
use crate::report::{Analysis, ProgressReport, PurchaseReport, Report};
use crate::results::Results;

/// The answers that a document puts together. They are of one simulation, so that all of it fits together.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The program.
    pub program: &'a Program,
    /// What the simulation counted.
    pub results: &'a Results,
    /// What drives the forecast; it holds the forecast itself.
    pub analysis: &'a Analysis,
    /// Which responses to buy; absent where there are none.
    pub purchase: Option<&'a PurchaseReport>,
    /// The program before its responses and after them, where that is not how it is; empty without responses.
    pub stances: &'a [Stanced],
    /// How the program stands; absent before it begins.
    pub progress: Option<&'a ProgressReport>,
}

impl<'a> Sources<'a> {
    /// The forecast.
    #[must_use]
    pub fn report(&self) -> &'a Report {
        &self.analysis.report
    }
}
