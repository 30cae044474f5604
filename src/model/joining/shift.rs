//! Where the parts of a program stand in a portfolio.

use super::naming::Naming;
use crate::model::finance::Moment;
use crate::model::{
    Bearer, CalendarIx, Chance, ChanceIx, Combine, Condition, ConditionIx, CostAmount, CostImpact, CostLine,
    Course, Driver, Endpoint, Estimate, Exclusive, Impact, Link, Need, Program, ProjectIx, Repeat, Response,
    Risk, RiskIx, RiskLevels, RiskWindow, Scope, Target, Task, TaskIx,
};
use crate::units::Money;

/// Where each table of a program begins in that of the portfolio, and what its money is worth there.
#[derive(Debug)]
pub(super) struct Shift<'a> {
    pub naming: Naming<'a>,
    pub program: &'a Program,
    /// The project that stands for it.
    pub home: ProjectIx,
    pub tasks: usize,
    pub projects: usize,
    pub risks: usize,
    pub chances: usize,
    pub calendars: Vec<CalendarIx>,
    pub conditions: Vec<ConditionIx>,
    /// Minor units of the portfolio for one of the program.
    pub rate: f64,
}

impl Shift<'_> {
    pub fn task(&self, task: TaskIx) -> TaskIx {
        TaskIx::new(self.tasks + task.index())
    }

    pub fn project(&self, project: ProjectIx) -> ProjectIx {
        ProjectIx::new(self.projects + project.index())
    }

    pub fn risk(&self, risk: RiskIx) -> RiskIx {
        RiskIx::new(self.risks + risk.index())
    }

    pub fn end(&self, end: Endpoint) -> Endpoint {
        match end {
            Endpoint::Task(task) => Endpoint::Task(self.task(task)),
            Endpoint::Project(project) => Endpoint::Project(self.project(project)),
        }
    }

    pub fn bearer(&self, on: Bearer) -> Bearer {
        match on {
            Bearer::Task(task) => Bearer::Task(self.task(task)),
            Bearer::Project(project) => Bearer::Project(self.project(project)),
            Bearer::Program => Bearer::Project(self.home),
        }
    }

    pub fn moment(&self, moment: Moment) -> Moment {
        match moment {
            Moment::Fixed(at) => Moment::Fixed(at),
            Moment::ProgramStart => Moment::Fixed(self.program.start),
            Moment::ProgramFinish => Moment::MemberFinish(self.home),
            Moment::TaskStart(task) => Moment::TaskStart(self.task(task)),
            Moment::TaskFinish(task) => Moment::TaskFinish(self.task(task)),
            Moment::ProjectStart(project) => Moment::ProjectStart(self.project(project)),
            Moment::ProjectFinish(project) => Moment::ProjectFinish(self.project(project)),
            Moment::MemberFinish(project) => Moment::MemberFinish(self.project(project)),
        }
    }

    fn targets(&self, targets: &[TaskIx]) -> Vec<TaskIx> {
        targets.iter().map(|&task| self.task(task)).collect()
    }

    /// An estimate of money.
    pub fn money(&self, estimate: &Estimate) -> Estimate {
        if self.rate == 1.0 {
            return estimate.clone();
        }
        let plan = estimate.plan * self.rate;
        // No law refuses a finite factor above zero.
        estimate.law.scaled(self.rate).map_or_else(|_| Estimate::certain(plan), |law| Estimate { law, plan })
    }

    /// A sum of money, to the minor unit.
    pub fn sum(&self, minor: i64) -> i64 {
        if self.rate == 1.0 { minor } else { (minor as f64 * self.rate).round_ties_even() as i64 }
    }

    pub fn costs(&self, lines: &[CostLine]) -> Vec<CostLine> {
        lines.iter().map(|line| self.cost(line)).collect()
    }

    fn cost(&self, line: &CostLine) -> CostLine {
        let amount = match &line.amount {
            CostAmount::Lump(estimate) => CostAmount::Lump(self.money(estimate)),
            CostAmount::Rate { minor_per_minute } => {
                CostAmount::Rate { minor_per_minute: minor_per_minute * self.rate }
            }
        };
        CostLine { amount, ..line.clone() }
    }

    pub fn task_of(&self, task: &Task) -> Task {
        Task {
            id: self.naming.id(&task.id),
            project: Some(task.project.map_or(self.home, |project| self.project(project))),
            calendar: self.calendars[task.calendar.index()],
            costs: self.costs(&task.costs),
            role: task.role.as_ref().map(|role| self.naming.id(role)),
            exists: task.exists.map(|condition| self.conditions[condition.index()]),
            never: task.never.map(|condition| self.conditions[condition.index()]),
            repeat: task.repeat.map(|repeat| Repeat {
                of: self.task(repeat.of),
                test: self.task(repeat.test),
                ..repeat
            }),
            ..task.clone()
        }
    }

    pub fn link(&self, link: &Link) -> Link {
        Link { from: self.end(link.from), to: self.end(link.to), ..link.clone() }
    }

    pub fn chance(&self, chance: &Chance) -> Chance {
        Chance { key: self.naming.stream(&chance.key), ..chance.clone() }
    }

    pub fn condition(&self, condition: &Condition) -> Condition {
        Condition::all(condition.needs().iter().map(|need| match *need {
            Need::Chance { chance, happens } => {
                Need::Chance { chance: ChanceIx::new(self.chances + chance.index()), happens }
            }
            Need::Risk { risk, occurs } => Need::Risk { risk: self.risk(risk), occurs },
            Need::Finish { of, after, later } => Need::Finish { of: self.end(of), after, later },
            Need::Cost { of, above, more } => Need::Cost { of: self.end(of), above: self.sum(above), more },
        }))
    }

    fn combine(&self, combine: &Combine) -> Combine {
        match combine {
            Combine::Series => Combine::Series,
            Combine::Parallel(group) => Combine::Parallel(self.naming.id(group)),
        }
    }

    fn levels(&self, levels: &RiskLevels) -> RiskLevels {
        let impacts = levels.impacts.iter().map(|impact| Impact {
            targets: self.targets(&impact.targets),
            cost: impact.cost.as_ref().map(|cost| match cost {
                CostImpact::Amount(estimate) => CostImpact::Amount(self.money(estimate)),
                CostImpact::Share(share) => CostImpact::Share(share.clone()),
            }),
            ..impact.clone()
        });
        RiskLevels { probability: levels.probability, impacts: impacts.collect() }
    }

    pub fn risk_of(&self, risk: &Risk) -> Risk {
        Risk {
            id: self.naming.id(&risk.id),
            levels: self.levels(&risk.levels),
            combine: self.combine(&risk.combine),
            response: risk.response.as_ref().map(|response| Response {
                cost: response.cost.as_ref().map(|line| self.cost(line)),
                residual: self.levels(&response.residual),
                ..response.clone()
            }),
            ..risk.clone()
        }
    }

    pub fn course(&self, course: &Course) -> Course {
        Course {
            exclusive: course
                .exclusive
                .as_ref()
                .map(|set| Exclusive { key: self.naming.stream(&set.key), ..set.clone() }),
            trigger: course.trigger.map(|risk| self.risk(risk)),
            window: course.window.map(|window| match window {
                RiskWindow::While(end) => RiskWindow::While(self.end(end)),
                dates @ RiskWindow::Dates { .. } => dates,
            }),
            recurs: course.recurs,
        }
    }

    pub fn driver(&self, driver: &Driver) -> Driver {
        let mut driver = Driver {
            id: self.naming.driver(&driver.id),
            targets: self.targets(&driver.targets),
            combine: self.combine(&driver.combine),
            ..driver.clone()
        };
        if let Some(response) = &mut driver.response {
            response.cost = response.cost.as_ref().map(|line| self.cost(line));
            response.late = self.targets(&response.late);
        }
        driver
    }

    pub fn target(&self, target: &Target) -> Target {
        Target {
            scope: match target.scope {
                Scope::Program => Scope::Project(self.home),
                Scope::Project(project) => Scope::Project(self.project(project)),
                Scope::Milestone(task) => Scope::Milestone(self.task(task)),
            },
            finish: target.finish,
            budget: target.budget.map(|budget| Money(self.sum(budget.0))),
        }
    }
}
