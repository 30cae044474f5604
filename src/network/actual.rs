//! What has really happened, in a program under way (semantics, section 7).
//!
//! A finished task has its actual dates, whatever its links, calendar and windows say: nothing enters it any
//! more. Of a started one the rest is scheduled; its start is a fact for all that depends on it. Facts neither
//! drive a date nor limit how late anything may be.

use std::collections::BTreeMap;

use super::compile::Network;
use super::gates::Wiring;
use super::node::{Amount, Edge, Gate, LagTable, TaskRule, UNBOUND, UNLIMITED};
use super::pass::Pass;
use crate::model::{Actual, Conventions, Program, Task};
use crate::units::Instant;

impl TaskRule {
    /// The same for a task that has started; `in_windows` says whether windows bind what is left of it.
    pub(super) fn with_actual(
        self,
        conventions: Conventions,
        actual: &Actual,
        origin: Instant,
        in_windows: bool,
    ) -> Self {
        // In Primavera what is tied to the start of work under way waits for the rest of it.
        let rest_counts = conventions == Conventions::Primavera && !actual.is_finished();
        let started = Some(actual.start.0);
        let start_fact = started.filter(|_| !rest_counts);
        let held = Self { in_train: false, as_late_as_possible: false, started, start_fact, ..self };
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

/// In Primavera's retained logic what comes before finished work holds back what comes after it, as if that had no
/// minutes: a gate for each finished task that something unfinished comes before.
pub(super) fn retain_logic(program: &Program, wiring: &mut Wiring) {
    let tasks = program.tasks();
    let passes_on = |node: u32| {
        tasks.get(node as usize).is_some_and(|task| {
            task.actual.is_some_and(|actual| actual.is_finished() && !actual.overrides)
                && program.conventions_of(task.project) == Conventions::Primavera
        })
    };
    if !(0..tasks.len() as u32).any(passes_on) {
        return;
    }
    let mut after: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, edge) in wiring.edges.iter().enumerate().filter(|(_, edge)| passes_on(edge.from)) {
        after.entry(edge.from).or_default().push(at);
    }
    let mut gates: BTreeMap<u32, u32> = BTreeMap::new();
    let into = wiring.edges.iter().filter(|edge| passes_on(edge.to) && !passes_on(edge.from));
    let mut waiting: Vec<u32> = into.map(|edge| edge.to).collect();
    while let Some(node) = waiting.pop() {
        if gates.contains_key(&node) {
            continue;
        }
        gates.insert(node, (tasks.len() + wiring.gates.len()) as u32);
        wiring.gates.push(Gate::Latest);
        let leaving = after.get(&node).into_iter().flatten();
        waiting.extend(leaving.map(|&at| wiring.edges[at].to).filter(|&to| passes_on(to)));
    }
    let mut added = Vec::new();
    for edge in &wiring.edges {
        let (from, to) = (gates.get(&edge.from), gates.get(&edge.to));
        match (from, to) {
            (None, Some(&to)) if !passes_on(edge.from) => {
                if let Amount::SpanShare { first, last, .. } = edge.amount {
                    wiring.visits.extend([(first, to), (last, to)]);
                }
                added.push(Edge { to, holds_finish: false, ..edge.clone() });
            }
            (Some(&from), to) => {
                let (to, holds_finish) = to.map_or((edge.to, edge.holds_finish), |&to| (to, false));
                let (amount, clock) = (Amount::None, LagTable::Clock);
                added.push(Edge {
                    from,
                    to,
                    leaves_start: false,
                    holds_finish,
                    amount,
                    clock,
                    link: edge.link,
                });
            }
            _ => {}
        }
    }
    wiring.edges.extend(added);
}

/// The earliest instant at which anything has really started.
pub(super) fn earliest(program: &Program) -> Option<i32> {
    program.tasks().iter().filter_map(|task: &Task| task.actual).map(|actual| actual.start.0).min()
}

impl Network {
    /// When a task or gate starts; where it has really started, when it did.
    #[inline]
    pub(super) fn start_of(&self, node: usize, pass: &Pass) -> i32 {
        self.started(node).unwrap_or(pass.start[node])
    }

    /// When a task or gate starts for those that follow it.
    #[inline]
    pub(super) fn start_for_links(&self, node: usize, pass: &Pass) -> i32 {
        self.start_fact(node).unwrap_or(pass.start[node])
    }

    /// When a task started for those that follow it, where that is a fact.
    #[inline]
    pub(super) fn start_fact(&self, node: usize) -> Option<i32> {
        self.rules.get(node).and_then(|rule| rule.start_fact)
    }

    /// Of lags after the start of work whose rest counts, what has not gone by with the work that is done.
    pub(super) fn spend_lags(&mut self, program: &Program) {
        for edge in self.edges.iter_mut().filter(|edge| edge.leaves_start) {
            let from = edge.from as usize;
            let Some(rule) = self.rules.get(from) else { continue };
            if let (Some(start), None, Amount::Fixed(lag)) = (rule.started, rule.start_fact, edge.amount) {
                let table = &self.tables[rule.clock as usize];
                let until = program.status_date().unwrap_or(self.origin);
                let done = table.worked(until) - table.worked(Instant(start));
                edge.amount = match lag.saturating_sub(done.max(0)) {
                    left @ 1.. => Amount::Fixed(left),
                    _ => Amount::None,
                };
            }
        }
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
    from.is_some_and(|rule| rule.finished.is_some() || (edge.leaves_start && rule.start_fact.is_some()))
}
