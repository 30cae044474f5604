//! One part of a program that can be switched off.

use crate::model::{ChanceIx, DriverIx, LinkIx, ProjectIx, RiskIx, Switches, TaskIx};

/// What a player is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A risk of the register.
    Risk(RiskIx),
    /// A risk driver.
    Driver(DriverIx),
    /// A branch or a loop of rework: off, it goes as in the deterministic plan.
    Branch,
    /// The risks with the smallest effects, together.
    OtherRisks,
    /// The uncertainty of estimates: off, they are at plan value.
    Estimates,
    /// What is drawn together: off, everything is independent.
    Correlation,
    /// Windows and freezes of all calendars.
    Windows,
    /// Everything with one attribute: estimates and risks.
    Group,
}

/// A part of a program that can be switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// What it is.
    pub kind: Kind,
    /// A short stable name: the id of a risk, the name of a group.
    pub id: String,
    /// What people read beside it.
    pub title: String,
    /// Its risks.
    pub risks: Vec<RiskIx>,
    /// Its risk drivers.
    pub drivers: Vec<DriverIx>,
    /// Its chances.
    pub chances: Vec<ChanceIx>,
    /// Tasks whose estimates it holds.
    pub tasks: Vec<TaskIx>,
    /// Projects whose own costs it holds.
    pub projects: Vec<ProjectIx>,
    /// Links whose lags it holds.
    pub links: Vec<LinkIx>,
    /// Whether it holds the program's own costs.
    pub program_costs: bool,
}

impl Player {
    /// A player without any part yet.
    #[must_use]
    pub(super) fn new(kind: Kind, id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
            title: title.into(),
            risks: Vec::new(),
            drivers: Vec::new(),
            chances: Vec::new(),
            tasks: Vec::new(),
            projects: Vec::new(),
            links: Vec::new(),
            program_costs: false,
        }
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        !matches!(self.kind, Kind::Windows | Kind::Correlation)
            && self.risks.is_empty()
            && self.drivers.is_empty()
            && self.chances.is_empty()
            && self.tasks.is_empty()
            && self.projects.is_empty()
            && self.links.is_empty()
            && !self.program_costs
    }

    /// Switches its parts off.
    pub fn switch_off(&self, switches: &mut Switches) {
        self.risks.iter().for_each(|risk| switches.risks[risk.index()] = false);
        self.drivers.iter().for_each(|driver| switches.drivers[driver.index()] = false);
        self.chances.iter().for_each(|chance| switches.chances[chance.index()] = false);
        self.tasks.iter().for_each(|task| switches.tasks[task.index()] = false);
        self.projects.iter().for_each(|project| switches.projects[project.index()] = false);
        self.links.iter().for_each(|link| switches.links[link.index()] = false);
        switches.program_costs &= !self.program_costs;
        switches.windows &= self.kind != Kind::Windows;
        switches.correlation &= self.kind != Kind::Correlation;
    }
}
