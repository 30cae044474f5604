//! What the names of correlated things mean.

use std::collections::BTreeSet;

use super::names::Names;
use crate::diag::code;
use crate::model::{CostAmount, CostLine, Drawn, Endpoint, Program, ProjectIx, Task};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawCorrelated};

/// What can be drawn together, of a program whose parts are known.
pub struct Drawing<'a> {
    pub program: &'a Program,
    pub names: &'a Names,
}

/// Things with one name, and which of them are certain.
#[derive(Default)]
pub struct Meant {
    /// What is drawn anew in every iteration.
    pub uncertain: BTreeSet<Drawn>,
    /// Whether there is something of the name, certain or not.
    pub exists: bool,
}

impl Meant {
    fn add(&mut self, drawn: Drawn, is_certain: bool) {
        self.exists = true;
        if !is_certain {
            self.uncertain.insert(drawn);
        }
    }

    fn add_lumps(&mut self, lines: &[CostLine], key: Option<&str>, name: &dyn Fn(&str) -> Drawn) {
        for line in lines.iter().filter(|line| key.is_none_or(|key| key == line.key)) {
            if let CostAmount::Lump(estimate) = &line.amount {
                self.add(name(&line.key), estimate.law.is_certain());
            }
        }
    }
}

impl Drawing<'_> {
    /// The members that one name of a group stands for; an unknown name is reported.
    pub fn members(&self, name: &At<String>, on: Option<RawCorrelated>, desk: &mut Desk<'_>) -> Meant {
        let mut meant = self.single(&name.value);
        if meant.exists {
            return meant;
        }
        let (duration, cost) = parts(on);
        match self.names.find(&name.value) {
            Some(Endpoint::Task(task)) => {
                self.add_task(&self.program.tasks()[task.index()], duration, cost, &mut meant);
            }
            Some(Endpoint::Project(project)) => self.add_project(project, duration, cost, &mut meant),
            None if self.add_register(&name.value, on, &mut meant) => {}
            None => self.unknown(name, desk),
        }
        if !meant.exists && self.names.find(&name.value).is_some() {
            let message = format!("`{}` has nothing that this group could draw together", name.value);
            let help = "`on` says what is drawn together: durations unless given";
            desk.report(code::UNKNOWN_DRAW, name.place(), message, help);
            meant.exists = true;
        }
        meant
    }

    /// The one thing that a name of a pair or a matrix stands for; if there is none it is reported, and so is
    /// one that is certain.
    pub fn one(&self, name: &At<String>, desk: &mut Desk<'_>) -> Option<Drawn> {
        let mut meant = self.single(&name.value);
        if !meant.exists {
            if let Some(Endpoint::Task(task)) = self.names.find(&name.value) {
                self.add_task(&self.program.tasks()[task.index()], true, false, &mut meant);
            } else if !self.add_register(&name.value, None, &mut meant) {
                self.unknown(name, desk);
                return None;
            }
        }
        let mut found = meant.uncertain.into_iter();
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            (Some(first), Some(second)) => {
                let key = |drawn: &Drawn| drawn.as_str().rsplit('/').next().unwrap_or_default().to_owned();
                let message = format!("`{}` stands for several draws", name.value);
                let help = format!(
                    "name one of them by the key of its line, such as `{}.{}` or `{}.{}`",
                    name.value,
                    key(&first),
                    name.value,
                    key(&second)
                );
                desk.report(code::UNKNOWN_DRAW, name.place(), message, &help);
                None
            }
            _ => {
                let message = format!("`{}` is certain: there is nothing to correlate", name.value);
                desk.report(
                    code::NOTHING_TO_CORRELATE,
                    name.place(),
                    message,
                    "give it a range, or leave it out",
                );
                None
            }
        }
    }

    /// What a name with its kind stands for: `build.duration`, `build.cost`, `build.cost.KEY`, `R-01.occurrence`,
    /// `R-01.impact`, `driver.factor`.
    fn single(&self, name: &str) -> Meant {
        let mut meant = Meant::default();
        if let Some(owner) = name.strip_suffix(".duration")
            && let Some(Endpoint::Task(task)) = self.names.find(owner)
        {
            self.add_task(&self.program.tasks()[task.index()], true, false, &mut meant);
        } else if let Some(owner) = name.strip_suffix(".cost") {
            self.add_costs(owner, None, &mut meant);
        } else if let Some((owner, key)) = name.rsplit_once(".cost.") {
            self.add_costs(owner, Some(key), &mut meant);
        } else if let Some(owner) = name.strip_suffix(".occurrence") {
            self.add_register(owner, Some(RawCorrelated::Occurrence), &mut meant);
        } else if let Some(owner) = name.strip_suffix(".impact").or(name.strip_suffix(".factor")) {
            self.add_register(owner, Some(RawCorrelated::Impact), &mut meant);
        }
        meant
    }

    fn add_costs(&self, owner: &str, key: Option<&str>, meant: &mut Meant) {
        let program = self.program;
        match self.names.find(owner) {
            Some(Endpoint::Task(task)) => {
                let task = &program.tasks()[task.index()];
                meant.add_lumps(&task.costs, key, &|line| Drawn::task_cost(&task.id, line));
            }
            Some(Endpoint::Project(project)) => {
                let project = &program.projects()[project.index()];
                meant.add_lumps(&project.costs, key, &|line| Drawn::project_cost(&project.id, line));
            }
            None if owner == "program" => meant.add_lumps(program.costs(), key, &Drawn::program_cost),
            None => {}
        }
    }

    /// The durations and the costs of a task.
    pub fn add_task(&self, task: &Task, duration: bool, cost: bool, meant: &mut Meant) {
        if let Some((estimate, _)) = task.duration().filter(|_| duration) {
            meant.add(Drawn::duration(&task.id), estimate.law.is_certain());
        }
        if cost {
            meant.add_lumps(&task.costs, None, &|line| Drawn::task_cost(&task.id, line));
        }
    }

    /// The costs of all projects and of the program itself.
    pub fn add_other_costs(&self, meant: &mut Meant) {
        for project in self.program.projects() {
            meant.add_lumps(&project.costs, None, &|line| Drawn::project_cost(&project.id, line));
        }
        meant.add_lumps(self.program.costs(), None, &Drawn::program_cost);
    }

    /// All work and all costs of a project.
    fn add_project(&self, project: ProjectIx, duration: bool, cost: bool, meant: &mut Meant) {
        for task in self
            .program
            .tasks()
            .iter()
            .filter(|task| task.project.is_some_and(|own| self.program.is_within(own, project)))
        {
            self.add_task(task, duration, cost, meant);
        }
        if cost {
            for (at, part) in self.program.projects().iter().enumerate() {
                if self.program.is_within(ProjectIx::new(at), project) {
                    meant.add_lumps(&part.costs, None, &|line| Drawn::project_cost(&part.id, line));
                }
            }
        }
    }

    /// A risk or a driver; whether there is one of this id.
    fn add_register(&self, id: &str, on: Option<RawCorrelated>, meant: &mut Meant) -> bool {
        let impacts = on == Some(RawCorrelated::Impact);
        let is_sure = |p: f64| p == 0.0 || p == 1.0;
        if let Some(risk) = self.program.risks().iter().find(|risk| risk.id == id) {
            if impacts {
                Drawn::impacts(self.program, risk).into_iter().for_each(|drawn| meant.add(drawn, false));
            } else {
                meant.add(Drawn::occurrence(id), is_sure(risk.levels.probability.get()));
            }
        } else if let Some(driver) = self.program.drivers().iter().find(|driver| driver.id == id) {
            if impacts {
                meant.add(Drawn::factor(id), driver.levels.factor.law.is_certain());
            } else {
                meant.add(Drawn::driver(id), is_sure(driver.levels.probability.get()));
            }
        } else {
            return false;
        }
        true
    }

    fn unknown(&self, name: &At<String>, desk: &mut Desk<'_>) {
        let tasks = self.program.tasks().iter().map(|task| task.id.as_str());
        let risks = self.program.risks().iter().map(|risk| risk.id.as_str());
        let drivers = self.program.drivers().iter().map(|driver| driver.id.as_str());
        // What stands before the kind is what may be misspelt.
        let kinds = [".duration", ".cost", ".occurrence", ".impact", ".factor"];
        let owner = kinds.iter().find_map(|kind| name.value.strip_suffix(kind)).unwrap_or(&name.value);
        let known = self.names.find(owner).is_some();
        if known {
            let message = format!("nothing is drawn as `{}`", name.value);
            let help = "a rate has no draw of its own: its uncertainty is that of the duration";
            desk.report(code::UNKNOWN_DRAW, name.place(), message, help);
        } else {
            let owner = name.with(owner.to_owned());
            desk.unknown(
                code::UNKNOWN_DRAW,
                "task, risk or driver",
                &owner,
                tasks.chain(risks).chain(drivers),
            );
        }
    }
}

/// Whether durations, and whether costs are drawn together.
pub fn parts(on: Option<RawCorrelated>) -> (bool, bool) {
    match on {
        None | Some(RawCorrelated::Duration) => (true, false),
        Some(RawCorrelated::Cost) => (false, true),
        Some(RawCorrelated::Both) => (true, true),
        Some(RawCorrelated::Occurrence | RawCorrelated::Impact) => (false, false),
    }
}
