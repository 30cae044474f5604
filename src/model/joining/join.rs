//! Adding a whole program to a portfolio.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::Naming;
use super::shift::Shift;
use crate::model::{
    CalendarIx, Driver, Finance, Member, Program, ProgramBuilder, Project, ProjectIx, RiskIx, Role,
};

/// A program that is to be a part of a portfolio.
#[derive(Clone, Copy, Debug)]
pub struct Joining<'a> {
    /// Its id there: that of the project that stands for it, and the first part of all of its ids.
    pub id: &'a str,
    /// The program.
    pub program: &'a Program,
    /// Minor units of the portfolio for one of the program.
    pub rate: f64,
    /// The ids of the drivers that it shares with others: their draws are those of one driver.
    pub shared_drivers: &'a BTreeSet<String>,
    /// The calendars of the portfolio that it uses, by id: places in them are shared.
    pub calendars: &'a BTreeMap<String, CalendarIx>,
}

impl ProgramBuilder {
    /// Adds a whole program with everything in it, under a project of its own; returns the drivers that it shares,
    /// with what they touch, which are left to the caller.
    ///
    /// Dates, calendars and conventions stay its own. What the program itself bears is borne by its project, what it
    /// promises is promised by its project. Its reports, reference classes and funding stay behind: they say nothing
    /// of the portfolio.
    pub fn join(&mut self, joining: &Joining<'_>) -> Vec<Driver> {
        let Joining { id, program, .. } = *joining;
        let naming = Naming { id, shared: joining.shared_drivers };
        let home = self.project(Project {
            id: id.to_owned(),
            name: program.name.clone(),
            parent: None,
            owner: None,
            costs: Vec::new(),
        });
        let calendars = self.join_calendars(joining, naming);
        let draft = self.draft();
        let mut shift = Shift {
            naming,
            program,
            home,
            tasks: draft.tasks.len(),
            projects: draft.projects.len(),
            risks: draft.risks.len(),
            chances: draft.chances.len(),
            calendars,
            conditions: Vec::new(),
            rate: joining.rate,
        };
        for chance in &program.chances {
            self.chance(shift.chance(chance));
        }
        let conditions = program.conditions.iter().map(|one| self.condition(shift.condition(one))).collect();
        shift.conditions = conditions;
        self.join_structure(&shift);
        let risks = self.join_risks(&shift);
        let first_driver = self.draft().drivers.len();
        let mut shared = Vec::new();
        for driver in &program.drivers {
            let driver_here = shift.driver(driver);
            if joining.shared_drivers.contains(&driver.id) {
                shared.push(driver_here);
            } else {
                self.driver(driver_here);
            }
        }
        for role in &program.roles {
            self.role(Role { name: naming.id(&role.name), ..role.clone() });
        }
        let mut together = self.draft().correlations.clone();
        naming.correlations(&program.correlations, &mut together);
        self.correlations(together);
        if let Some(own) = &program.finance {
            let mut finance = self.draft().finance.clone().unwrap_or_else(|| Finance::new(own.base));
            shift.add_finance(own, &mut finance);
            self.finance(finance);
        }
        self.add_member(Member {
            project: home,
            start: program.start,
            origin: program.origin(),
            calendar: shift.calendars[program.calendar.index()],
            conventions: program.conventions,
            finish: program.finish.map(|task| shift.task(task)),
            risks,
            drivers: first_driver..self.draft().drivers.len(),
        });
        shared
    }

    /// The calendars of a program, by their places in it.
    fn join_calendars(&mut self, joining: &Joining<'_>, naming: Naming<'_>) -> Vec<CalendarIx> {
        let place = |named: &crate::model::NamedCalendar| match joining.calendars.get(&named.id) {
            Some(&shared) => shared,
            None => self.calendar(naming.id(&named.id), named.calendar.clone()),
        };
        joining.program.calendars.iter().map(place).collect()
    }

    /// Projects, tasks, links and promises.
    fn join_structure(&mut self, shift: &Shift<'_>) {
        let program = shift.program;
        for line in shift.costs(&program.costs) {
            self.project_cost(shift.home, line);
        }
        // Late dates count back from the finish of the program, as they do where it is alone.
        self.own_finish(shift.home);
        for (at, project) in program.projects.iter().enumerate() {
            let here = self.project(Project {
                id: shift.naming.id(&project.id),
                parent: Some(project.parent.map_or(shift.home, |parent| shift.project(parent))),
                costs: shift.costs(&project.costs),
                ..project.clone()
            });
            let own = ProjectIx::new(at);
            if program.has_own_finish(own) {
                self.own_finish(here);
            }
            if let Some(condition) = program.project_exists(own) {
                self.project_exists(here, shift.conditions[condition.index()]);
            }
        }
        for task in &program.tasks {
            self.task(shift.task_of(task));
        }
        for link in &program.links {
            self.link(shift.link(link));
        }
        for target in &program.targets {
            self.target(shift.target(target));
        }
    }

    fn join_risks(&mut self, shift: &Shift<'_>) -> std::ops::Range<usize> {
        for (at, risk) in shift.program.risks.iter().enumerate() {
            let own = RiskIx::new(at);
            let here = self.risk(shift.risk_of(risk));
            self.course(here, shift.course(&shift.program.course(own)));
            self.register(here, shift.program.register(own));
        }
        shift.risks..shift.risks + shift.program.risks.len()
    }
}
