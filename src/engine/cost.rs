//! Costs, compiled: lump sums, rates, and where each belongs.

use super::impact::Booked;
use super::quantity::{Quantity, Source};
use crate::draws::round_money;
use crate::model::{ConditionIx, CostAmount, CostLine, Program, ProjectIx, TaskIx};

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

/// All cost lines of a program.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
    pub(super) lumps: Vec<Lump>,
    pub(super) rates: Vec<Rate>,
}

/// Compiles the cost lines, with those of the responses that are on.
pub(super) fn compile(program: &Program, source: &mut Source) -> Costs {
    let mut costs = Costs::default();
    let mut add = |on: Booked, owner: &str, line: &CostLine| match &line.amount {
        CostAmount::Lump(estimate) => costs.lumps.push(Lump {
            on,
            exists: match on {
                Booked::Task(task) => program.tasks()[task.index()].exists,
                Booked::Project(project) => program.project_exists(project),
                Booked::Program => None,
            },
            amount: source.quantity(estimate, &format!("{owner}/cost/{}", line.key)),
            plan: round_money(estimate.plan),
        }),
        CostAmount::Rate { minor_per_minute } => {
            if let Booked::Task(task) = on {
                costs.rates.push(Rate { task, minor_per_minute: *minor_per_minute });
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
    for risk in program.risks().iter().filter(|risk| risk.status.is_live()) {
        if let Some(line) =
            risk.response.as_ref().filter(|response| response.on).and_then(|r| r.cost.as_ref())
        {
            add(Booked::Program, &format!("risk/{}/response", risk.id), line);
        }
    }
    for driver in program.drivers() {
        if let Some(line) =
            driver.response.as_ref().filter(|response| response.on).and_then(|r| r.cost.as_ref())
        {
            add(Booked::Program, &format!("driver/{}/response", driver.id), line);
        }
    }
    costs
}
