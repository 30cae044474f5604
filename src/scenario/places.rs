//! Where the parts of a program were written.

use crate::diag::Place;
use crate::model::{DriverIx, LinkIx, Program, ProjectIx, RepeatKind, RiskIx, TaskIx};

/// The places of a program's parts, for diagnostics of later rooms; a part made by a program has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    pub(super) program: Option<Place>,
    pub(super) tasks: Vec<TaskPlaces>,
    pub(super) links: Vec<Option<Place>>,
    pub(super) risks: Vec<RiskPlaces>,
    pub(super) drivers: Vec<Option<Place>>,
    pub(super) projects: Vec<Option<Place>>,
    pub(super) project_costs: Vec<Vec<Option<Place>>>,
    pub(super) costs: Vec<Option<Place>>,
    pub(super) calendars: Vec<Option<Place>>,
    /// Rework loops by id.
    pub(super) rework: Vec<(String, Option<Place>)>,
}

/// The places of one task.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TaskPlaces {
    pub(super) id: Option<Place>,
    pub(super) duration: Option<Place>,
    /// The condition under which it exists, if dates or costs decide it.
    pub(super) when: Option<Place>,
    pub(super) constraints: Vec<Option<Place>>,
    pub(super) costs: Vec<Option<Place>>,
}

/// The places of one risk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RiskPlaces {
    pub(super) id: Option<Place>,
    pub(super) impacts: Vec<Option<Place>>,
}

impl Places {
    /// Adds those of a program that becomes a part of a portfolio, under a project that stands where it is named;
    /// `keeps` says which of its drivers stay its own.
    pub(super) fn join(&mut self, named: Option<&Place>, own: &Self, keeps: impl Fn(usize) -> bool) {
        self.projects.push(named.cloned());
        self.project_costs.push(own.costs.clone());
        self.projects.extend(own.projects.iter().cloned());
        self.project_costs.extend(own.project_costs.iter().cloned());
        self.tasks.extend(own.tasks.iter().cloned());
        self.links.extend(own.links.iter().cloned());
        self.risks.extend(own.risks.iter().cloned());
        let drivers = own.drivers.iter().enumerate().filter(|(at, _)| keeps(*at));
        self.drivers.extend(drivers.map(|(_, place)| place.clone()));
    }

    /// Lets the tasks that loops have made stand where those stand that they repeat.
    pub(super) fn add_repeats(&mut self, program: &Program) {
        for task in program.tasks().iter().skip(self.tasks.len()) {
            let of = task.repeat.and_then(|repeat| self.tasks.get(repeat.of.index()));
            let places = match task.repeat.map(|repeat| repeat.kind) {
                Some(RepeatKind::Work) => of.cloned(),
                _ => of.map(|of| TaskPlaces { id: of.id.clone(), ..TaskPlaces::default() }),
            };
            self.tasks.push(places.unwrap_or_default());
        }
    }

    /// A rework loop, where its entry is named.
    pub(super) fn rework(&self, id: &str) -> Option<&Place> {
        self.rework.iter().find(|(known, _)| known == id).and_then(|(_, place)| place.as_ref())
    }

    /// The condition under which a task exists, where dates or costs decide it; else the task.
    #[must_use]
    pub fn when(&self, task: TaskIx) -> Option<&Place> {
        let own = self.tasks.get(task.index())?;
        own.when.as_ref().or(own.id.as_ref())
    }

    /// The program table.
    #[must_use]
    pub fn program(&self) -> Option<&Place> {
        self.program.as_ref()
    }

    /// The id of a task or milestone.
    #[must_use]
    pub fn task(&self, task: TaskIx) -> Option<&Place> {
        self.tasks.get(task.index())?.id.as_ref()
    }

    /// The duration of a task.
    #[must_use]
    pub fn duration(&self, task: TaskIx) -> Option<&Place> {
        self.tasks.get(task.index())?.duration.as_ref()
    }

    /// A constraint of a task, by its position in the task.
    #[must_use]
    pub fn constraint(&self, task: TaskIx, at: usize) -> Option<&Place> {
        self.tasks.get(task.index())?.constraints.get(at)?.as_ref()
    }

    /// A cost line of a task, by its position in the task.
    #[must_use]
    pub fn task_cost(&self, task: TaskIx, at: usize) -> Option<&Place> {
        self.tasks.get(task.index())?.costs.get(at)?.as_ref()
    }

    /// A link, where its successor names it.
    #[must_use]
    pub fn link(&self, link: LinkIx) -> Option<&Place> {
        self.links.get(link.index())?.as_ref()
    }

    /// The id of a risk.
    #[must_use]
    pub fn risk(&self, risk: RiskIx) -> Option<&Place> {
        self.risks.get(risk.index())?.id.as_ref()
    }

    /// An impact of a risk before its response, by its position in the risk.
    #[must_use]
    pub fn impact(&self, risk: RiskIx, at: usize) -> Option<&Place> {
        self.risks.get(risk.index())?.impacts.get(at)?.as_ref()
    }

    /// The id of a risk driver.
    #[must_use]
    pub fn driver(&self, driver: DriverIx) -> Option<&Place> {
        self.drivers.get(driver.index())?.as_ref()
    }

    /// The id of a project.
    #[must_use]
    pub fn project(&self, project: ProjectIx) -> Option<&Place> {
        self.projects.get(project.index())?.as_ref()
    }

    /// A cost line of a project, by its position in the project.
    #[must_use]
    pub fn project_cost(&self, project: ProjectIx, at: usize) -> Option<&Place> {
        self.project_costs.get(project.index())?.get(at)?.as_ref()
    }

    /// A cost line of the program itself, by its position.
    #[must_use]
    pub fn cost(&self, at: usize) -> Option<&Place> {
        self.costs.get(at)?.as_ref()
    }
}
