//! Why a valid scenario cannot be simulated, as diagnostics.

use super::{adjustment_findings, findings, model_findings, overload_findings, overloads, quality};
use crate::diag::{Diagnostic, Place, code};
use crate::draws::{Sampler, Seed};
use crate::engine::{CompileError, Expense, Simulation};
use crate::model::Program;
use crate::network::{self, Schedule};
use crate::scenario::Places;

/// The refusals of the compiler, each at its place in the scenario.
#[must_use]
pub fn refusals(errors: &[CompileError], places: &Places) -> Vec<Diagnostic> {
    errors.iter().map(|error| refusal(error, places)).collect()
}

/// What a program that compiles has to say beyond its scenario: refusals, and the quality of its schedule.
#[must_use]
pub fn examine(program: &Program, places: &Places) -> Vec<Diagnostic> {
    match Simulation::compile(program, Seed(1), Sampler::default()) {
        Err(errors) => refusals(&errors, places),
        // The plan lies inside the worst case, for which the simulation has just been compiled.
        Ok(simulation) => Schedule::plan(program)
            .map(|schedule| {
                let mut found = findings(program, &quality(program, &schedule), places);
                found.extend(adjustment_findings(&simulation, places));
                found.extend(overload_findings(program, &overloads(program, &schedule), places));
                found.extend(model_findings(simulation.program(), simulation.plan(), places));
                found
            })
            .unwrap_or_default(),
    }
}

fn refusal(error: &CompileError, places: &Places) -> Diagnostic {
    let shorten = "bound the estimate: give it a `high`, or use a law with lighter tails";
    let found = Diagnostic::new(code::OUTGROWN, error.to_string());
    let at = |found: Diagnostic, place: Option<&Place>| match place {
        Some(place) => found.at(place.file, place.span(), ""),
        None => found,
    };
    match error {
        CompileError::TooLong { task, .. } => at(found, places.duration(*task)).help(shorten),
        CompileError::LagTooLong { link, .. } => at(found, places.link(*link)).help(shorten),
        CompileError::TooExpensive { largest, .. } => {
            let found = Diagnostic::new(code::TOO_EXPENSIVE, error.to_string());
            let place = |expense: &Expense| match *expense {
                Expense::Program => places.cost(0),
                Expense::Project(on) => places.project_cost(on, 0),
                Expense::Task(on) => places.task_cost(on, 0),
                Expense::Risk(risk) => places.risk(risk),
            };
            largest
                .iter()
                .fold(found, |found, expense| at(found, place(expense)))
                .help("look for an amount with too many digits, or bound the laws of the costs")
        }
        CompileError::Network(network::CompileError::TooLate { longest, .. }) => {
            let longest = longest.iter().take(5);
            longest.fold(found, |found, (task, _)| at(found, places.duration(*task))).help(shorten)
        }
        CompileError::Network(network::CompileError::LagTooLong { link, .. }) => {
            at(found, places.link(*link))
        }
        CompileError::Dependence(_) => Diagnostic::new(code::BAD_MATRIX, error.to_string())
            .help("correlate by groups, of which any size will do"),
        _ => found,
    }
}
