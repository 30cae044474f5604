//! From checked programs to one that holds all of them.

use super::parts::Part;
use crate::diag::Severity;
use crate::model::Program;
use crate::scenario::check::Assembly;
use crate::scenario::collect::Parts;
use crate::scenario::open::Desk;
use crate::scenario::places::Places;

/// Puts the programs of a portfolio together; `None` if there is an error, with every problem on the desk either way.
pub fn assemble(portfolio: &Parts, programs: &[Part], desk: &mut Desk<'_>) -> Option<(Program, Places)> {
    let members = programs.iter().map(|part| (&part.id, &part.program, &part.places)).collect();
    let built = Assembly { portfolio, members }.build(desk)?;
    let is_good = !desk.problems.iter().any(|problem| problem.severity == Severity::Error);
    is_good.then_some(built)
}
