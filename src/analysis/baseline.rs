//! The approved plan, kept to be compared with.

use serde::{Deserialize, Serialize};

use super::{PlannedCosts, PlannedWork};
use crate::engine::{NEVER, PlannedSpend, Simulation};
use crate::model::{Program, ProjectIx, Scope, TaskIx};
use crate::units::Instant;

/// Version of the file; grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// Dates and budgets as they were approved. Dates are civil, `2027-01-11T08:00`; money is in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Version of the file.
    pub baseline_version: u32,
    /// The program that it belongs to.
    pub program: String,
    /// The program's start.
    pub start: String,
    /// The currency of all money.
    pub currency: String,
    /// Every approval, the one in force last.
    pub approvals: Vec<Approval>,
    /// The finish of the program.
    pub finish: Option<String>,
    /// The cost of the program.
    pub cost: i64,
    /// Its projects.
    pub projects: Vec<BaselineProject>,
    /// Its tasks and milestones.
    pub tasks: Vec<BaselineTask>,
    /// When projects and the program spend what they cost themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<BaselineLine>,
}

/// A part of a cost line of a project or of the program itself, spent evenly between two moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineLine {
    /// Its key or id.
    pub id: String,
    /// The full id of the project that bears it; none: the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// From when.
    pub from: String,
    /// Until when; the same for what is due at one moment.
    pub to: String,
    /// What it was to cost.
    pub cost: i64,
}

/// One approval, and what was approved in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The date of the approval.
    pub date: String,
    /// What was approved.
    pub title: String,
    /// The planned finish with it.
    pub finish: Option<String>,
    /// The planned cost with it, in minor units.
    pub cost: i64,
    /// SHA-256 over the inputs that it was made from.
    pub inputs_sha256: String,
}

/// A project in a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineProject {
    /// Its full id.
    pub id: String,
    /// Its planned finish.
    pub finish: Option<String>,
    /// Its planned cost with all below it.
    pub cost: i64,
}

/// A task or milestone in a baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineTask {
    /// Its full id.
    pub id: String,
    /// Its planned start.
    pub start: Option<String>,
    /// Its planned finish.
    pub finish: Option<String>,
    /// Its planned cost.
    pub cost: i64,
}

/// Why a baseline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// The file is none.
    #[error("it is not a baseline: {0}")]
    Unreadable(String),
    /// A later version wrote it.
    #[error("it has version {0}, this program knows version 1")]
    Version(u32),
    /// It was approved for something else.
    #[error("it belongs to another scenario: its {what} is `{baseline}`, that of this one `{scenario}`")]
    OtherScenario {
        /// What differs.
        what: &'static str,
        /// In the baseline.
        baseline: String,
        /// In the scenario.
        scenario: String,
    },
    /// It holds a date that is none.
    #[error("`{0}` in it is not a date")]
    BadDate(String),
    /// An approval before the last one.
    #[error("it was approved on {last} already; an approval of {date} would come before that")]
    Earlier {
        /// The last approval.
        last: String,
        /// The new one.
        date: String,
    },
}

impl Baseline {
    /// The deterministic plan of a program, with its approvals so far and this one.
    ///
    /// # Errors
    /// [`BaselineError::Earlier`] if it was approved later already.
    pub fn approve(
        simulation: &Simulation,
        mut approvals: Vec<Approval>,
        (date, title, inputs_sha256): (&str, &str, &str),
    ) -> Result<Self, BaselineError> {
        let (program, plan) = (simulation.program(), simulation.plan());
        if let Some(last) = approvals.last().filter(|last| last.date.as_str() > date) {
            return Err(BaselineError::Earlier { last: last.date.clone(), date: date.to_owned() });
        }
        let finish = written(plan.finish);
        approvals.push(Approval {
            date: date.to_owned(),
            title: title.to_owned(),
            finish: finish.clone(),
            cost: plan.cost,
            inputs_sha256: inputs_sha256.to_owned(),
        });
        let projects = program.projects().iter().enumerate().map(|(at, project)| BaselineProject {
            id: project.id.clone(),
            finish: written(plan.project_finish[at]),
            cost: plan.project_cost[at],
        });
        let tasks = program.tasks().iter().enumerate().filter(|(_, task)| !task.is_extra_pass());
        let tasks = tasks.map(|(at, task)| BaselineTask {
            id: task.id.clone(),
            start: written(plan.task_start[at]),
            finish: written(plan.task_finish[at]),
            cost: plan.task_cost[at],
        });
        let lines = PlannedCosts::of(simulation).spends.into_iter().map(|line| BaselineLine {
            id: line.line,
            project: line.project.map(|project| program.projects()[project.index()].id.clone()),
            from: line.from.to_string(),
            to: line.to.to_string(),
            cost: line.amount,
        });
        Ok(Self {
            baseline_version: VERSION,
            program: program.name().to_owned(),
            start: program.start().to_string(),
            currency: program.currency().to_string(),
            approvals,
            finish,
            cost: plan.cost,
            projects: projects.collect(),
            tasks: tasks.collect(),
            lines: lines.collect(),
        })
    }

    /// Reads a baseline for a program.
    ///
    /// # Errors
    /// [`BaselineError`] if it is none, or belongs to another scenario.
    pub fn read(bytes: &[u8], program: &Program) -> Result<Self, BaselineError> {
        let read: Self =
            serde_json::from_slice(bytes).map_err(|error| BaselineError::Unreadable(error.to_string()))?;
        if read.baseline_version != VERSION {
            return Err(BaselineError::Version(read.baseline_version));
        }
        let same = [
            ("program", &read.program, program.name().to_owned()),
            ("start", &read.start, program.start().to_string()),
            ("currency", &read.currency, program.currency().to_string()),
        ];
        for (what, baseline, scenario) in same {
            if *baseline != scenario {
                return Err(BaselineError::OtherScenario { what, baseline: baseline.clone(), scenario });
            }
        }
        let tasks = read.tasks.iter().flat_map(|task| [&task.start, &task.finish]);
        let dates = tasks.chain(read.projects.iter().map(|project| &project.finish)).chain([&read.finish]);
        let lines = read.lines.iter().flat_map(|line| [&line.from, &line.to]);
        for date in dates.flatten().chain(lines) {
            if date.parse::<Instant>().is_err() {
                return Err(BaselineError::BadDate(date.clone()));
            }
        }
        Ok(read)
    }

    /// The file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a baseline has only text keys and whole numbers");
        text.push('\n');
        text
    }

    /// The approved work, to measure progress against.
    #[must_use]
    pub fn work(&self, program: &Program) -> PlannedWork {
        let dates = program.tasks().iter().enumerate().filter_map(|(at, task)| {
            let own = self.tasks.iter().find(|own| own.id == task.id)?;
            Some((TaskIx::new(at), instant(&own.start)?, instant(&own.finish)?, own.cost))
        });
        let project = |id: &str| program.projects().iter().position(|own| own.id == id).map(ProjectIx::new);
        let lines = self.lines.iter().filter_map(|line| {
            // What a project bore that is gone is a part of the whole.
            let (from, to) = (line.from.parse().ok()?, line.to.parse().ok()?);
            let project = line.project.as_deref().and_then(project);
            Some(PlannedSpend { line: line.id.clone(), project, from, to, amount: line.cost })
        });
        let of = |id: &str| self.projects.iter().find(|own| own.id == id).map_or(0, |own| own.cost);
        let planned = PlannedCosts {
            finish: instant(&self.finish).unwrap_or(program.start()),
            cost: self.cost,
            projects: program.projects().iter().map(|project| of(&project.id)).collect(),
            tasks: dates.collect(),
            spends: lines.collect(),
        };
        PlannedWork::new(program, &planned)
    }

    /// The approved finish of a scope.
    #[must_use]
    pub fn finish_of(&self, program: &Program, scope: Scope) -> Option<Instant> {
        match scope {
            Scope::Program => instant(&self.finish),
            Scope::Project(project) => {
                let id = &program.projects()[project.index()].id;
                instant(&self.projects.iter().find(|own| own.id == *id)?.finish)
            }
            Scope::Milestone(task) => {
                let id = &program.tasks()[task.index()].id;
                instant(&self.tasks.iter().find(|own| own.id == *id)?.finish)
            }
        }
    }

    /// The approved cost of a scope, in minor units; milestones have none.
    #[must_use]
    pub fn cost_of(&self, program: &Program, scope: Scope) -> Option<i64> {
        match scope {
            Scope::Program => Some(self.cost),
            Scope::Project(project) => {
                let id = &program.projects()[project.index()].id;
                self.projects.iter().find(|own| own.id == *id).map(|own| own.cost)
            }
            Scope::Milestone(_) => None,
        }
    }
}

fn written(minutes: i32) -> Option<String> {
    (minutes != NEVER).then(|| Instant(minutes).to_string())
}

fn instant(text: &Option<String>) -> Option<Instant> {
    text.as_ref()?.parse().ok()
}
