//! By what the parts of a program are put together.

use std::str::FromStr;

use crate::model::{Driver, Program, ProjectIx, Risk, TaskIx};

/// An attribute of tasks and risks by which players are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The project at the top of the work breakdown.
    Project,
    /// Who delivers the task.
    Vendor,
    /// The category of task or risk.
    Category,
    /// Who answers for the task, else for its project, or for the risk.
    Owner,
    /// All tags of the task together.
    Tag,
}

/// The name of an attribute that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not something to group by: use project, vendor, category, owner or tag")]
pub struct GroupingError(pub String);

/// Where no attribute is written.
const NONE: &str = "(none)";
/// Where a risk hits several groups.
const SEVERAL: &str = "(several)";
/// Where something belongs to the program as a whole.
pub(super) const PROGRAM: &str = "(program)";

impl FromStr for Grouping {
    type Err = GroupingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "project" => Ok(Self::Project),
            "vendor" => Ok(Self::Vendor),
            "category" => Ok(Self::Category),
            "owner" => Ok(Self::Owner),
            "tag" => Ok(Self::Tag),
            _ => Err(GroupingError(text.to_owned())),
        }
    }
}

impl Grouping {
    /// The name, as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Vendor => "vendor",
            Self::Category => "category",
            Self::Owner => "owner",
            Self::Tag => "tag",
        }
    }

    /// The group of a task. Every task has exactly one, so that the parts add up to the whole: a task with
    /// several tags is in the group of these tags.
    #[must_use]
    pub fn of_task(self, program: &Program, task: TaskIx) -> String {
        let task = &program.tasks()[task.index()];
        let written = |text: &Option<String>| text.clone().unwrap_or_else(|| NONE.to_owned());
        match self {
            Self::Project => task.project.map_or(PROGRAM.to_owned(), |project| top_name(program, project)),
            Self::Vendor => written(&task.vendor),
            Self::Category => written(&task.category),
            Self::Owner => match &task.owner {
                Some(owner) => owner.clone(),
                None => task.project.map_or(NONE.to_owned(), |project| self.of_project(program, project)),
            },
            Self::Tag => {
                let mut tags = task.tags.clone();
                tags.sort();
                tags.dedup();
                if tags.is_empty() { NONE.to_owned() } else { tags.join(" + ") }
            }
        }
    }

    /// The group of a project's own costs.
    #[must_use]
    pub fn of_project(self, program: &Program, project: ProjectIx) -> String {
        match self {
            Self::Project => top_name(program, project),
            Self::Owner => {
                let mut at = Some(project);
                while let Some(here) = at.map(|at| &program.projects()[at.index()]) {
                    if let Some(owner) = &here.owner {
                        return owner.clone();
                    }
                    at = here.parent;
                }
                NONE.to_owned()
            }
            Self::Vendor | Self::Category | Self::Tag => NONE.to_owned(),
        }
    }

    /// The group of a risk: its own attribute where it has one, else that of the tasks that it hits.
    #[must_use]
    pub fn of_risk(self, program: &Program, risk: &Risk) -> String {
        let written = |text: &Option<String>| text.clone().unwrap_or_else(|| NONE.to_owned());
        match self {
            Self::Category => written(&risk.category),
            Self::Owner => written(&risk.owner),
            Self::Project | Self::Vendor | Self::Tag => {
                let targets = risk.in_force().impacts.iter().flat_map(|impact| &impact.targets);
                self.of_targets(program, targets)
            }
        }
    }

    /// The group of a risk driver, likewise.
    #[must_use]
    pub fn of_driver(self, program: &Program, driver: &Driver) -> String {
        let written = |text: &Option<String>| text.clone().unwrap_or_else(|| NONE.to_owned());
        match self {
            Self::Category => written(&driver.category),
            Self::Owner => written(&driver.owner),
            Self::Project | Self::Vendor | Self::Tag => self.of_targets(program, driver.targets.iter()),
        }
    }

    fn of_targets<'a>(self, program: &Program, targets: impl Iterator<Item = &'a TaskIx>) -> String {
        let mut groups: Vec<String> = targets.map(|&task| self.of_task(program, task)).collect();
        groups.sort();
        groups.dedup();
        match groups.as_slice() {
            [] => PROGRAM.to_owned(),
            [one] => one.clone(),
            _ => SEVERAL.to_owned(),
        }
    }
}

/// The name of the project at the top of the work breakdown.
fn top_name(program: &Program, project: ProjectIx) -> String {
    let mut top = &program.projects()[project.index()];
    while let Some(parent) = top.parent {
        top = &program.projects()[parent.index()];
    }
    top.name.clone()
}
