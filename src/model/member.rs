//! Programs that are part of a portfolio.

use std::ops::Range;

use super::{CalendarIx, Conventions, Program, ProjectIx, RiskIx, TaskIx};
use super::{DriverIx, Endpoint};
use crate::units::Instant;

/// A program that is part of a portfolio: what holds for it alone, where a program by itself says it once.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The project that holds everything of it.
    pub project: ProjectIx,
    /// Its own start.
    pub start: Instant,
    /// Before which none of its open work starts: its start, or the status date if it is under way.
    pub origin: Instant,
    /// Its default calendar.
    pub calendar: CalendarIx,
    /// Whose scheduling conventions apply to it.
    pub conventions: Conventions,
    /// Its finish milestone, if one is named; else the latest finish of all its work counts.
    pub finish: Option<TaskIx>,
    /// Its risks, by [`RiskIx`].
    pub risks: Range<usize>,
    /// Its risk drivers, without those that it shares with others, by [`DriverIx`].
    pub drivers: Range<usize>,
}

impl Program {
    /// The programs that a portfolio consists of, in the order in which they were added; none where the program is
    /// one by itself.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member that a project belongs to, or stands for.
    #[must_use]
    pub fn member_of(&self, project: Option<ProjectIx>) -> Option<&Member> {
        if self.members.is_empty() {
            return None;
        }
        let mut at = project?;
        while let Some(above) = self.projects[at.index()].parent {
            at = above;
        }
        self.members.iter().find(|member| member.project == at)
    }

    /// The member that a task belongs to.
    #[must_use]
    pub fn member_of_task(&self, task: TaskIx) -> Option<&Member> {
        self.member_of(self.tasks[task.index()].project)
    }

    /// The member that a project stands for.
    #[must_use]
    pub fn member_at(&self, project: ProjectIx) -> Option<&Member> {
        self.members.iter().find(|member| member.project == project)
    }

    /// The project of the member whose register has a risk; nothing where it is one of the whole program.
    #[must_use]
    pub fn home_of_risk(&self, risk: RiskIx) -> Option<ProjectIx> {
        self.members.iter().find(|member| member.risks.contains(&risk.index())).map(|member| member.project)
    }

    /// The project of the member that has a risk driver for itself.
    #[must_use]
    pub fn home_of_driver(&self, driver: DriverIx) -> Option<ProjectIx> {
        self.members
            .iter()
            .find(|member| member.drivers.contains(&driver.index()))
            .map(|member| member.project)
    }

    /// Before which no open work starts anywhere: the start, or the status date of a program under way that it
    /// holds back.
    #[must_use]
    pub fn origin(&self) -> Instant {
        let own = match self.status_date.filter(|_| self.status_holds) {
            None => self.start,
            Some(status) => self.start.max(status),
        };
        self.members.iter().map(|member| member.origin).min().unwrap_or(own)
    }

    /// Before which a task does not start if it is open.
    #[must_use]
    pub fn origin_of(&self, task: TaskIx) -> Instant {
        self.member_of_task(task).map_or_else(|| self.origin(), |member| member.origin)
    }

    /// The default calendar of the program that an end of a link belongs to.
    #[must_use]
    pub fn calendar_of(&self, end: Endpoint) -> CalendarIx {
        let member = match end {
            Endpoint::Task(task) => self.member_of_task(task),
            Endpoint::Project(project) => self.member_of(Some(project)),
        };
        member.map_or(self.calendar, |member| member.calendar)
    }

    /// Whose scheduling conventions apply to what a project holds.
    #[must_use]
    pub fn conventions_of(&self, project: Option<ProjectIx>) -> Conventions {
        self.member_of(project).map_or(self.conventions, |member| member.conventions)
    }

    /// Whether the scheduling conventions of another tool apply anywhere.
    #[must_use]
    pub fn has_conventions(&self) -> bool {
        let of_members = self.members.iter().map(|member| member.conventions);
        of_members.chain([self.conventions]).any(|conventions| conventions != Conventions::Native)
    }
}
