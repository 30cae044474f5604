//! Costs, compiled: lump sums, rates, and where each belongs.

use super::impact::Booked;
use super::quantity::{Quantity, Source};
use crate::draws::round_money;
use crate::model::{
    Bearer, ConditionIx, CostAmount, CostLine, DriverIx, Program, ProjectIx, RiskIx, SpendKind, TaskIx,
};

/// A lump sum of a task, a project or the program.
#[derive(Clone, Debug)]
pub(super) struct Lump {
    pub(super) on: Booked,
    /// The condition under which it is due.
    pub(super) exists: Option<ConditionIx>,
    pub(super) amount: Quantity,
    /// Its plan value, in minor units.
    pub(super) plan: i64,
}

/// A cost per working minute of a task.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) task: TaskIx,
    pub(super) minor_per_minute: f64,
}

impl Rate {
    /// The cost of so many minutes, in minor units.
    pub(super) fn cost(&self, minutes: i32) -> i64 {
        round_money(f64::from(minutes) * self.minor_per_minute)
    }
}

/// What people call an ordinary cost line, and how it is booked.
#[derive(Clone, Debug)]
pub(super) struct OrdinaryInfo {
    pub(super) on: Bearer,
    pub(super) key: String,
    pub(super) kind: Option<SpendKind>,
    pub(super) category: Option<String>,
    /// The condition under which it is due.
    pub(super) exists: Option<ConditionIx>,
    /// Whether a response brings it.
    pub(super) is_response: bool,
}

/// All cost lines of a program.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
    pub(super) lumps: Vec<Lump>,
    pub(super) rates: Vec<Rate>,
    lump_infos: Vec<OrdinaryInfo>,
    rate_infos: Vec<OrdinaryInfo>,
}

impl Costs {
    /// What people call each line: the rates, then the lump sums.
    pub(super) fn infos(&self) -> impl Iterator<Item = &OrdinaryInfo> {
        self.rate_infos.iter().chain(&self.lump_infos)
    }
}

/// Compiles the cost lines, with those of the responses that are on.
pub(super) fn compile(program: &Program, source: &mut Source) -> Costs {
    let mut costs = Costs::default();
    let mut add = |on: Booked, owner: &str, line: &CostLine| {
        let exists = match on {
            Booked::Task(task) => program.tasks()[task.index()].exists,
            Booked::Project(project) => program.project_exists(project),
            Booked::Program => None,
        };
        let info = OrdinaryInfo {
            on: match on {
                Booked::Task(task) => Bearer::Task(task),
                Booked::Project(project) => Bearer::Project(project),
                Booked::Program => Bearer::Program,
            },
            key: line.key.clone(),
            kind: line.kind,
            category: line.category.clone(),
            exists,
            is_response: owner.ends_with("/response"),
        };
        match &line.amount {
            CostAmount::Lump(estimate) => {
                let amount = source.quantity(estimate, &format!("{owner}/cost/{}", line.key));
                costs.lumps.push(Lump { on, exists, amount, plan: round_money(estimate.plan) });
                costs.lump_infos.push(info);
            }
            CostAmount::Rate { minor_per_minute } => {
                if let Booked::Task(task) = on {
                    costs.rates.push(Rate { task, minor_per_minute: *minor_per_minute });
                    costs.rate_infos.push(info);
                }
            }
        }
    };
    for (at, task) in program.tasks().iter().enumerate() {
        for line in &task.costs {
            add(Booked::Task(TaskIx::new(at)), &format!("task/{}", task.id), line);
        }
    }
    for (at, project) in program.projects().iter().enumerate() {
        for line in &project.costs {
            add(Booked::Project(ProjectIx::new(at)), &format!("project/{}", project.id), line);
        }
    }
    for line in program.costs() {
        add(Booked::Program, "program", line);
    }
    let home = |project: Option<ProjectIx>| project.map_or(Booked::Program, Booked::Project);
    let live = program.risks().iter().enumerate().filter(|(_, risk)| risk.status.is_live());
    for (at, risk) in live {
        if let Some(line) =
            risk.response.as_ref().filter(|response| response.on).and_then(|r| r.cost.as_ref())
        {
            let on = home(program.home_of_risk(RiskIx::new(at)));
            add(on, &format!("risk/{}/response", risk.id), line);
        }
    }
    for (at, driver) in program.drivers().iter().enumerate() {
        if let Some(line) =
            driver.response.as_ref().filter(|response| response.on).and_then(|r| r.cost.as_ref())
        {
            let on = home(program.home_of_driver(DriverIx::new(at)));
            add(on, &format!("driver/{}/response", driver.id), line);
        }
    }
    costs
}
