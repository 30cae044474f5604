//! What a condition or a precision speaks of, such as `projects.erp.cost`.

use super::ConditionError;
use crate::model::{Finance, Program, ProjectIx, Scope as Part, TaskIx};
use crate::results::{Outcome, Results};
use crate::units::Percentile;

/// A date or an amount of a forecast, by the names of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scope {
    /// Finish or cost of the program.
    Program { cost: bool },
    /// Finish or cost of a project.
    Project { id: String, cost: bool },
    /// Date of a milestone.
    Milestone { id: String },
    /// What the program is worth.
    Npv,
}

/// The place and the measure of a text such as `finish.p80` or `cost.mean`. A percentile may have decimals:
/// the measure of `finish.p97.25` is `97.25`.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let with_level = text.rsplit_once(".p").or_else(|| text.rsplit_once(".P"));
    with_level.filter(|(_, level)| level.parse::<Percentile>().is_ok()).or_else(|| text.rsplit_once('.'))
}

impl Scope {
    /// Reads `finish`, `cost`, `projects.ID.finish`, `projects.ID.cost`, `milestones.ID` or
    /// `milestones.ID.finish`.
    pub(super) fn read(place: &str) -> Option<Self> {
        match place {
            "finish" => return Some(Self::Program { cost: false }),
            "cost" => return Some(Self::Program { cost: true }),
            "npv" => return Some(Self::Npv),
            _ => {}
        }
        if let Some(id) = place.strip_prefix("milestones.") {
            let id = id.strip_suffix(".finish").unwrap_or(id);
            return Some(Self::Milestone { id: id.to_owned() });
        }
        let part = place.strip_prefix("projects.")?;
        let (id, quantity) = part.rsplit_once('.')?;
        match quantity {
            "finish" => Some(Self::Project { id: id.to_owned(), cost: false }),
            "cost" => Some(Self::Project { id: id.to_owned(), cost: true }),
            _ => None,
        }
    }

    /// Whether it is money; a date otherwise.
    pub(super) fn is_money(&self) -> bool {
        matches!(self, Self::Program { cost: true } | Self::Project { cost: true, .. } | Self::Npv)
    }

    /// The part of the program that it names.
    ///
    /// # Errors
    /// [`ConditionError::UnknownPart`] if the program has no such project or milestone, [`ConditionError::NoCase`] if
    /// nothing is discounted.
    pub(super) fn part(&self, program: &Program) -> Result<Part, ConditionError> {
        let unknown = |kind, id: &String| ConditionError::UnknownPart { kind, id: id.clone() };
        Ok(match self {
            Self::Npv if !program.finance().is_some_and(Finance::has_case) => {
                return Err(ConditionError::NoCase);
            }
            Self::Program { .. } | Self::Npv => Part::Program,
            Self::Project { id, .. } => {
                let at = program.projects().iter().position(|project| project.id == *id);
                Part::Project(ProjectIx::new(at.ok_or_else(|| unknown("project", id))?))
            }
            Self::Milestone { id } => {
                let at = program.tasks().iter().position(|task| task.is_milestone() && task.id == *id);
                Part::Milestone(TaskIx::new(at.ok_or_else(|| unknown("milestone", id))?))
            }
        })
    }

    /// The outcome that it names, if the program has it.
    pub(super) fn outcome<'a>(&self, program: &Program, results: &'a Results) -> Option<&'a Outcome> {
        if *self == Self::Npv {
            return results.worth.as_ref().map(|worth| &worth.npv);
        }
        let is_cost = self.is_money();
        match self.part(program).ok()? {
            Part::Program => Some(if is_cost { &results.cost } else { &results.finish }),
            Part::Project(project) => {
                let project = &results.projects[project.index()];
                Some(if is_cost { &project.cost } else { &project.finish })
            }
            Part::Milestone(task) => {
                results.milestones.iter().find(|(at, _)| *at == task).map(|(_, outcome)| outcome)
            }
        }
    }
}
