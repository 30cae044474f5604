//! Everything that is kept of one simulation.

use super::{Outcome, Prefix, RiskTotals, TaskTotals};
use crate::engine::{Block, NEVER, Observer, Simulation};
use crate::model::TaskIx;

/// The statistics of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Iterations run, in whole blocks.
    pub iterations: u64,
    /// The finish of the program, in minutes since the epoch.
    pub finish: Outcome,
    /// The cost of the program, in minor units.
    pub cost: Outcome,
    /// By [`crate::model::ProjectIx`].
    pub projects: Vec<ProjectResults>,
    /// Every milestone with its date, in the order of the program.
    pub milestones: Vec<(TaskIx, Outcome)>,
    /// By [`TaskIx`].
    pub tasks: Vec<TaskTotals>,
    /// By [`crate::model::RiskIx`].
    pub risks: Vec<RiskTotals>,
    /// How often impacts or an unbounded law took a duration below zero, where it was held at zero.
    pub durations_clamped: u64,
    /// The first iterations.
    pub prefix: Prefix,
}

/// The statistics of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectResults {
    /// The latest finish of its tasks.
    pub finish: Outcome,
    /// Its own costs and those of everything in it.
    pub cost: Outcome,
    /// Iterations in which the driving chain of the program runs through it.
    pub drives: u64,
}

impl Results {
    /// Empty results for a compiled program.
    #[must_use]
    pub fn new(simulation: &Simulation) -> Self {
        let plan = simulation.plan();
        let program = simulation.program();
        let project = |at: usize| ProjectResults {
            finish: Outcome::new(i64::from(plan.project_finish[at])),
            cost: Outcome::new(plan.project_cost[at]),
            drives: 0,
        };
        let milestones = program.tasks().iter().enumerate().filter(|(_, task)| task.is_milestone());
        Self {
            iterations: 0,
            finish: Outcome::new(i64::from(plan.finish)),
            cost: Outcome::new(plan.cost),
            projects: (0..program.projects().len()).map(project).collect(),
            milestones: milestones
                .map(|(at, _)| (TaskIx::new(at), Outcome::new(i64::from(plan.task_finish[at]))))
                .collect(),
            tasks: vec![TaskTotals::default(); program.tasks().len()],
            risks: vec![RiskTotals::default(); program.risks().len()],
            durations_clamped: 0,
            prefix: Prefix::new(program.tasks().len()),
        }
    }
}

impl Observer for Results {
    fn block(&mut self, block: &Block) {
        self.iterations += block.finish.len() as u64;
        let date = |minutes: i32| (minutes != NEVER).then_some(i64::from(minutes));
        for (&finish, &cost) in block.finish.iter().zip(&block.cost) {
            self.finish.record(block.index, date(finish));
            self.cost.record(block.index, Some(cost));
        }
        for (at, project) in self.projects.iter_mut().enumerate() {
            for &finish in block.project_finish.row(at) {
                project.finish.record(block.index, date(finish));
            }
            for &cost in block.project_cost.row(at) {
                project.cost.record(block.index, Some(cost));
            }
            project.drives += count(block.project_drives.row(at).iter());
        }
        for (task, outcome) in &mut self.milestones {
            for &finish in block.task_finish.row(task.index()) {
                outcome.record(block.index, date(finish));
            }
        }
        for (at, task) in self.tasks.iter_mut().enumerate() {
            task.critical += count(block.task_critical.row(at).iter());
            task.driving += count(block.task_driving.row(at).iter());
            for &wait in block.task_wait.row(at) {
                task.waited += u64::from(wait > 0);
                task.wait_minutes += i128::from(wait);
            }
            for &minutes in block.task_minutes.row(at) {
                let minutes = i64::from(minutes);
                task.minutes += i128::from(minutes);
                task.minutes_squared += i128::from(minutes * minutes);
            }
            for &cost in block.task_cost.row(at) {
                task.cost += i128::from(cost);
                task.cost_squared += i128::from(cost) * i128::from(cost);
            }
        }
        for (at, risk) in self.risks.iter_mut().enumerate() {
            let lanes = block.risk_occurred.row(at).into_iter().zip(block.finish.iter().zip(&block.cost));
            for (_, (&finish, &cost)) in lanes.filter(|&(&occurred, _)| occurred) {
                risk.occurred += 1;
                risk.cost_when_occurred += i128::from(cost);
                if finish != NEVER {
                    risk.occurred_finished += 1;
                    risk.finish_when_occurred += i128::from(finish);
                }
            }
            risk.added_minutes += block.risk_minutes.row(at).iter().copied().map(i128::from).sum::<i128>();
            risk.own_cost += block.risk_cost.row(at).iter().copied().map(i128::from).sum::<i128>();
        }
        self.durations_clamped += block.durations_clamped;
        self.prefix.record(block);
    }

    fn merge(&mut self, other: Self) {
        self.iterations += other.iterations;
        self.finish.merge(&other.finish);
        self.cost.merge(&other.cost);
        for (own, more) in self.projects.iter_mut().zip(&other.projects) {
            own.finish.merge(&more.finish);
            own.cost.merge(&more.cost);
            own.drives += more.drives;
        }
        for ((_, own), (_, more)) in self.milestones.iter_mut().zip(&other.milestones) {
            own.merge(more);
        }
        self.tasks.iter_mut().zip(&other.tasks).for_each(|(own, more)| own.merge(more));
        self.risks.iter_mut().zip(&other.risks).for_each(|(own, more)| own.merge(more));
        self.durations_clamped += other.durations_clamped;
        self.prefix.merge(other.prefix);
    }
}

fn count<'a>(flags: impl Iterator<Item = &'a bool>) -> u64 {
    flags.filter(|&&flag| flag).count() as u64
}
