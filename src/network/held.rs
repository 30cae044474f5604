//! How tools schedule where p80 does otherwise: in the deterministic schedule, to agree with the tool.
//!
//! Microsoft Project and Primavera keep the date of a must constraint (mandatory there) although work before it is late,
//! and Microsoft Project keeps no-later-than dates likewise. The deterministic schedule follows them, to agree with the
//! tool; an iteration never does: a date that hides risk would make the forecast too good (semantics, section 1).
//!
//! Both move milestones to working time of their own calendar, and late finishes back to the end of a shift. What follows
//! on another calendar may differ by that.

use super::compile::Network;
use super::node::{TaskRule, UNBOUND};
use super::pass::Pass;
use super::place::{Place, at_place, free_place};
use crate::calendar::WorkTable;
use crate::model::{ConstraintKind, Conventions, MilestoneKind, Program, Task, TaskKind};
use crate::units::Instant;

/// What holds a task against its links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// It starts exactly then.
    start: Option<i32>,
    /// It finishes exactly then.
    finish: Option<i32>,
    /// It starts then at the latest.
    start_by: Option<i32>,
    /// It finishes then at the latest.
    finish_by: Option<i32>,
    /// Where an event outside of working time moves to.
    moves: Moves,
}

/// Where an event outside of working time moves to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Moves {
    /// It stays.
    #[default]
    Nowhere,
    /// To the next working minute.
    Always,
    /// To the next working minute, unless it lies at the end of a shift.
    UnlessEnd,
}

impl Network {
    /// The place that the links of a task would give it.
    pub(super) fn unheld_place(&self, node: usize, pass: &Pass) -> i32 {
        let table = &self.tables[self.rules[node].clock as usize];
        free_place(table, pass.minutes[node], pass.ready[node], pass.finish_ready[node]).at
    }
}

impl Held {
    /// What holds a task by the conventions of its program.
    pub fn of(program: &Program, task: &Task) -> Self {
        let conventions = program.conventions_of(task.project);
        let moves = match (conventions, &task.kind) {
            (_, _) if task.actual.is_some() => Moves::Nowhere,
            (Conventions::MsProject, _) => Moves::UnlessEnd,
            (Conventions::Primavera, TaskKind::Milestone(MilestoneKind::Start)) => Moves::Always,
            _ => Moves::Nowhere,
        };
        let mut held = Self { moves, ..Self::default() };
        if conventions == Conventions::Native || task.actual.is_some() {
            return held;
        }
        for constraint in &task.constraints {
            let at = Some(constraint.at.0);
            match constraint.kind {
                ConstraintKind::MustStartOn => held.start = at,
                ConstraintKind::MustFinishOn => held.finish = at,
                ConstraintKind::StartNoLaterThan if conventions == Conventions::MsProject => {
                    held.start_by = at
                }
                ConstraintKind::FinishNoLaterThan if conventions == Conventions::MsProject => {
                    held.finish_by = at
                }
                _ => {}
            }
        }
        held
    }

    /// Whether its late dates follow from its own date alone.
    pub fn is_exact(self) -> bool {
        self.start.is_some() || self.finish.is_some()
    }

    /// Where a task of `d` minutes lies that would lie at `free`.
    pub fn place(self, rule: &TaskRule, table: &WorkTable, d: i32, free: Place) -> Place {
        let start = self.start.or(self.start_by.filter(|&by| by < free.start));
        let finish = self.finish.or(self.finish_by.filter(|&by| by < free.finish));
        if d == 0 {
            let t = start.or(finish).filter(|_| rule.started.is_none()).unwrap_or(free.start);
            let worked = table.worked(Instant(t));
            let t = match self.moves {
                Moves::Nowhere => t,
                Moves::UnlessEnd if table.finish_at(worked).0 == t => t,
                Moves::UnlessEnd | Moves::Always => table.start_at(worked).0,
            };
            return Place { at: table.worked(Instant(t)), start: t, finish: t };
        }
        let by_start = start.map_or(UNBOUND, |start| table.worked(Instant(start)));
        let by_finish = finish.map_or(UNBOUND, |finish| table.worked(Instant(finish)).saturating_sub(d));
        match by_start.max(by_finish) {
            UNBOUND => free,
            at => at_place(table, d, at),
        }
    }
}
