//! Conditions that dates and costs decide (semantics, section 3: branches).
//!
//! Before a pass such a condition counts as far as chances and risks have decided it. The pass decides the
//! rest when everything that the condition awaits has been visited, and before anything that exists under it
//! is. No date passes through a decision: it puts things in order and holds back nothing.

use super::compile::Network;
use super::inputs::Inputs;
use super::node::UNBOUND;
use super::node::UNLIMITED;
use super::pass::Pass;
use super::tables::rolled;
use crate::model::{Condition, CostAmount, Endpoint, MilestoneKind, Need, Program, RepeatKind, TaskIx};

/// All that is decided during a pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Decisions {
    /// In the order of the conditions.
    pub all: Vec<Decision>,
    /// Tasks whose cost is asked for, ascending.
    pub bills: Vec<Bill>,
}

/// What a task costs by its own lines; the lump sums are those of the iteration.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// The task.
    pub task: TaskIx,
    /// Its rates, in minor units per working minute.
    pub rates: Vec<f64>,
}

/// A condition and what it waits for.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub condition: usize,
    pub questions: Vec<Question>,
    /// The tasks that exist, or never finish, under the condition.
    pub tasks: Vec<u32>,
}

/// One thing that must hold.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// The latest finish of these tasks is later than an instant, or is not.
    Finish { tasks: Vec<u32>, after: i32, later: bool },
    /// The bills with these numbers come to more than an amount, or do not.
    Cost { bills: Vec<u32>, above: i64, more: bool },
}

impl Decision {
    /// The tasks that must be visited before it.
    pub fn awaited(&self, bills: &[Bill]) -> Vec<u32> {
        let of = |question: &Question| match question {
            Question::Finish { tasks, .. } => tasks.clone(),
            Question::Cost { bills: numbers, .. } => {
                numbers.iter().map(|&number| bills[number as usize].task.0).collect()
            }
        };
        self.questions.iter().flat_map(of).collect()
    }
}

impl Decisions {
    /// The decisions of a program.
    pub fn of(program: &Program) -> Self {
        let bills = bills(program);
        let number = |task: TaskIx| bills.partition_point(|bill| bill.task < task) as u32;
        let question = |need: &Need| match *need {
            Need::Chance { .. } | Need::Risk { .. } => None,
            Need::Finish { of, after, later } => {
                let tasks = members(program, of).into_iter().map(|task| task.0).collect();
                Some(Question::Finish { tasks, after: after.0, later })
            }
            Need::Cost { of, above, more } => {
                let bills = members(program, of).into_iter().map(number).collect();
                Some(Question::Cost { bills, above, more })
            }
        };
        let mut under: Vec<Vec<u32>> = vec![Vec::new(); program.conditions().len()];
        for (at, task) in (0..).zip(program.tasks()) {
            for condition in [task.exists, task.never].into_iter().flatten() {
                under[condition.index()].push(at);
            }
        }
        let awaiting = program.conditions().iter().zip(under).enumerate();
        let all =
            awaiting.filter(|(_, (condition, _))| condition.awaits()).map(|(at, (condition, tasks))| {
                Decision {
                    condition: at,
                    questions: condition.needs().iter().filter_map(question).collect(),
                    tasks,
                }
            });
        Self { all: all.collect(), bills }
    }
}

/// The tasks that a condition means by an end. Of repeated work those passes count whose test stands in the
/// project, too: the others may come after what waits for the answer.
fn members(program: &Program, of: Endpoint) -> Vec<TaskIx> {
    match of {
        Endpoint::Task(task) => vec![task],
        Endpoint::Project(project) => {
            let is_in = |task: TaskIx| {
                let own = program.tasks()[task.index()].project;
                own.is_some_and(|own| program.is_within(own, project))
            };
            let counts = |task: &TaskIx| match program.tasks()[task.index()].repeat {
                Some(repeat) if repeat.kind != RepeatKind::Passed => is_in(repeat.test),
                _ => true,
            };
            program.tasks_of(project).filter(counts).collect()
        }
    }
}

/// The tasks whose cost some condition asks for.
fn bills(program: &Program) -> Vec<Bill> {
    let needs = program.conditions().iter().flat_map(Condition::needs);
    let asked = needs.filter_map(|need| match *need {
        Need::Cost { of, .. } => Some(members(program, of)),
        _ => None,
    });
    let mut tasks: Vec<TaskIx> = asked.flatten().collect();
    tasks.sort_unstable();
    tasks.dedup();
    let bill = |task: TaskIx| {
        let lines = program.tasks()[task.index()].costs.iter();
        let rates = lines.filter_map(|line| match line.amount {
            CostAmount::Rate { minor_per_minute } => Some(minor_per_minute),
            _ => None,
        });
        Bill { task, rates: rates.collect() }
    };
    tasks.into_iter().map(bill).collect()
}

/// The lump sums of the bills in the deterministic plan.
pub(super) fn plan_lump_sums(program: &Program) -> Vec<i64> {
    let sum = |bill: Bill| {
        let lines = program.tasks()[bill.task.index()].costs.iter();
        lines
            .filter_map(|line| match &line.amount {
                CostAmount::Lump(estimate) => Some(whole_money(estimate.plan)),
                _ => None,
            })
            .sum()
    };
    bills(program).into_iter().map(sum).collect()
}

/// The nearest whole minor unit, ties to even.
fn whole_money(minor: f64) -> i64 {
    // A cast from floating point saturates, and an undefined number becomes 0.
    minor.round_ties_even() as i64
}

impl Network {
    /// Decides a condition, and takes what does not exist out of the iteration.
    pub(super) fn decide(&self, number: usize, inputs: &Inputs, pass: &mut Pass) {
        let decision = &self.decisions.all[number];
        if !pass.present[decision.condition] {
            return;
        }
        let holds = decision.questions.iter().all(|question| match question {
            Question::Finish { tasks, after, later } => (self.latest_shown(tasks, pass) > *after) == *later,
            Question::Cost { bills, above, more } => {
                let cost: i64 = bills.iter().map(|&bill| self.cost(bill as usize, inputs, pass)).sum();
                (cost > *above) == *more
            }
        });
        if !holds {
            pass.present[decision.condition] = false;
            for &task in &decision.tasks {
                if self.is_absent(task as usize, pass) {
                    pass.minutes[task as usize] = 0;
                }
            }
        }
    }

    /// The latest finish, as shown, of those of some tasks that exist; of what the others pass on if none
    /// does. What is not finished is later than everything.
    fn latest_shown(&self, tasks: &[u32], pass: &Pass) -> i32 {
        let (mut own, mut passed_on) = (UNBOUND, UNBOUND);
        for task in tasks.iter().map(|&task| task as usize) {
            let (rule, finish) = (&self.rules[task], pass.finish[task]);
            let absent = self.is_absent(task, pass);
            let shown = match rule.milestone {
                _ if pass.any_unfinished && pass.unfinished[task] => UNLIMITED,
                // What has happened is shown where it did.
                Some(MilestoneKind::Start) if !absent && rule.finished.is_none() => {
                    finish.max(rolled(&self.tables[rule.clock as usize], pass.start[task]))
                }
                _ => finish,
            };
            let latest = if absent { &mut passed_on } else { &mut own };
            *latest = shown.max(*latest);
        }
        if own == UNBOUND { passed_on } else { own }
    }

    /// What a task costs by its own lines; nothing if it does not exist.
    fn cost(&self, bill: usize, inputs: &Inputs, pass: &Pass) -> i64 {
        let Bill { task, rates } = &self.decisions.bills[bill];
        if self.is_absent(task.index(), pass) {
            return 0;
        }
        let minutes = f64::from(pass.minutes[task.index()]);
        let worked: i64 = rates.iter().map(|rate| whole_money(minutes * rate)).sum();
        worked + inputs.lump_sums[bill]
    }
}
