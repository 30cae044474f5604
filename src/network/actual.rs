//! What has really happened, in a program under way (semantics, section 7).
//!
//! A finished task has its actual dates, whatever its links, calendar and windows say: nothing enters it any
//! more. Of a started one the rest is scheduled; its start is a fact for all that depends on it. Facts neither
//! drive a date nor limit how late anything may be.

use super::compile::Network;
use super::node::{Edge, TaskRule, UNBOUND, UNLIMITED};
use super::pass::Pass;
use crate::model::{Actual, Program, Task};
use crate::units::Instant;

impl TaskRule {
    /// The same for a task that has started; `in_windows` says whether windows bind what is left of it.
    pub(super) fn with_actual(self, actual: &Actual, origin: Instant, in_windows: bool) -> Self {
        let held =
            Self { in_train: false, as_late_as_possible: false, started: Some(actual.start.0), ..self };
        match actual.finish {
            Some(finish) => Self {
                unbound: None,
                in_windows: false,
                last_work: UNLIMITED,
                ready_floor: actual.start.0,
                finish_floor: UNBOUND,
                finished: Some(finish.0),
                ..held
            },
            None => Self { in_windows, ready_floor: actual.resume.unwrap_or(origin).0, ..held },
        }
    }
}

/// Leaves out the edges that say nothing any more: into finished work, and into started work that overrides
/// what was to come before it.
pub(super) fn without_past(program: &Program, edges: &mut Vec<Edge>) {
    let actual = |node: u32| program.tasks().get(node as usize).and_then(|task| task.actual);
    edges.retain(|edge| match actual(edge.to) {
        Some(actual) => !actual.is_finished() && (edge.holds_finish || !actual.overrides),
        None => true,
    });
}

/// The earliest instant at which anything has really started.
pub(super) fn earliest(program: &Program) -> Option<i32> {
    program.tasks().iter().filter_map(|task: &Task| task.actual).map(|actual| actual.start.0).min()
}

impl Network {
    /// When a task or gate starts for those that follow it: where it has really started, when it did.
    #[inline]
    pub(super) fn start_of(&self, node: usize, pass: &Pass) -> i32 {
        self.started(node).unwrap_or(pass.start[node])
    }

    /// When a task really started.
    #[inline]
    pub(super) fn started(&self, node: usize) -> Option<i32> {
        self.rules.get(node).and_then(|rule| rule.started)
    }

    /// Whether a task is really finished.
    #[inline]
    pub(super) fn is_finished(&self, node: usize) -> bool {
        self.rules.get(node).is_some_and(|rule| rule.finished.is_some())
    }

    /// Whether what an edge brings is a fact.
    #[inline]
    pub(super) fn is_past(&self, edge: &Edge) -> bool {
        is_past(&self.rules, edge)
    }
}

/// Whether what an edge brings is a fact.
#[inline]
pub(super) fn is_past(rules: &[TaskRule], edge: &Edge) -> bool {
    let from = rules.get(edge.from as usize);
    from.is_some_and(|rule| rule.finished.is_some() || (edge.leaves_start && rule.started.is_some()))
}
