//! What drives the target: the chains traced back through everything that binds.

use super::compile::Network;
use super::goal::Goal;
use super::inputs::Inputs;
use super::node::{Edge, UNBOUND};
use super::pass::{ChainStart, Pass};
use super::place::{first_instant, first_place};
use crate::calendar::WorkTable;
use crate::model::{LinkIx, Scope};
use crate::units::Instant;

/// How late something holds a task back, in the measure in which its contributions are compared: the place
/// of a task, the instant of an event.
#[derive(Clone, Copy)]
struct Measure<'a> {
    table: &'a WorkTable,
    d: i32,
}

impl Measure<'_> {
    fn of(self, t: i32, holds_finish: bool) -> i32 {
        match (self.d, holds_finish) {
            (0, false) => t,
            (0, true) => self.table.finish_at(self.table.worked(Instant(t))).0,
            (_, false) => self.table.worked(Instant(t)),
            (d, true) => self.table.worked(Instant(t)).saturating_sub(d),
        }
    }
}

/// What binds a node.
#[derive(Clone, Copy)]
struct Binding<'a> {
    measure: Measure<'a>,
    value: i32,
}

impl Network {
    /// Marks the tasks that drive the target of the program; after [`Network::forward`] with the same
    /// inputs.
    ///
    /// A link drives its successor if it holds it back as late as anything does, measured in the working
    /// time of the successor: Friday evening and Monday morning are one. Ties all count. A wait for a window
    /// does not end a chain: what made the task miss the window before is part of it.
    pub fn trace(&self, inputs: &Inputs, pass: &mut Pass) {
        self.trace_to(Scope::Program, inputs, pass);
    }

    /// Marks the tasks that drive the finish of a project or milestone.
    pub fn trace_to(&self, scope: Scope, inputs: &Inputs, pass: &mut Pass) {
        pass.driving.fill(false);
        pass.chain_start.fill(None);
        let goal = Goal::of(scope, self);
        let Some(date) = goal.date(pass) else { return };
        for node in 0..self.rules.len() {
            pass.driving[node] =
                pass.finish[node] == date && goal.includes(node, self) && !self.is_finished(node);
        }
        for &node in self.order.iter().rev() {
            let node = node as usize;
            if !pass.driving[node] {
                continue;
            }
            if pass.stump(node).is_some() {
                pass.chain_start[node] = Some(ChainStart::Cancelled);
                continue;
            }
            let binding = self.binding(node, pass);
            let mut linked = false;
            for edge in self.entering(node) {
                if self.binds(edge, binding, inputs, pass) {
                    pass.driving[edge.from as usize] = true;
                    // What does not exist begins no chain: it passes on the beginning of the program.
                    let from = edge.from as usize;
                    linked |= pass.finish[from] != self.origin.0 || !self.is_absent(from, pass);
                }
            }
            if !linked && node < self.rules.len() && !self.is_absent(node, pass) {
                pass.chain_start[node] = Some(match binding {
                    None => ChainStart::AsLateAsPossible,
                    Some(by) if by.measure.of(self.origin_at(node).0, false) == by.value => {
                        ChainStart::ProgramStart
                    }
                    Some(by) if self.waits_for_money(node, by, inputs) => ChainStart::Funding,
                    Some(_) => ChainStart::Constraint,
                });
            }
        }
        if self.may_lack(pass) {
            for node in 0..self.rules.len() {
                pass.driving[node] &= !self.is_absent(node, pass);
            }
        }
    }

    /// The links along which the marked chains run, in the order of the program; after [`Network::trace`].
    #[must_use]
    pub fn driving_links(&self, inputs: &Inputs, pass: &Pass) -> Vec<LinkIx> {
        let driving = (0..self.order.len()).filter(|&node| pass.driving[node] && pass.stump(node).is_none());
        let mut links: Vec<LinkIx> = driving
            .flat_map(|node| {
                let binding = self.binding(node, pass);
                let binds = move |edge: &&Edge| self.binds(edge, binding, inputs, pass);
                self.entering(node).iter().filter(binds).filter_map(|edge| edge.link)
            })
            .collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// Whether nothing holds a node back as late as its wait for money.
    fn waits_for_money(&self, node: usize, by: Binding<'_>, inputs: &Inputs) -> bool {
        let until = inputs.held_until(node);
        until != UNBOUND && by.measure.of(until, false) == by.value
    }

    /// What an edge must bring to a node to bind it; `None` if the node lies where nothing holds it back to.
    fn binding(&self, node: usize, pass: &Pass) -> Option<Binding<'_>> {
        let Some(rule) = self.rules.get(node) else {
            let measure = Measure { table: &self.tables[self.program_table as usize], d: 0 };
            return Some(Binding { measure, value: pass.finish[node] });
        };
        if self.is_absent(node, pass) {
            let measure = Measure { table: &self.tables[rule.clock as usize], d: 0 };
            return Some(Binding { measure, value: pass.finish[node] });
        }
        let d = pass.minutes[node];
        let (ready, finish_ready) = (pass.ready[node], pass.finish_ready[node]);
        let table = &self.tables[rule.clock as usize];
        if pass.moved[node] {
            return None;
        }
        let value = match d {
            0 => first_instant(table, ready, finish_ready),
            _ => first_place(table, d, ready, finish_ready),
        };
        Some(Binding { measure: Measure { table, d }, value })
    }

    /// Whether an edge binds the node that it enters.
    fn binds(&self, edge: &Edge, binding: Option<Binding<'_>>, inputs: &Inputs, pass: &Pass) -> bool {
        if self.is_past(edge) {
            return false;
        }
        let t = self.arrival(edge, inputs, pass);
        // An absent task compares instants as they are.
        let holds_finish = edge.holds_finish && !self.is_absent(edge.to as usize, pass);
        // An entry of a project that nothing enters brings no instant.
        binding.is_some_and(|binding| t != UNBOUND && binding.measure.of(t, holds_finish) == binding.value)
    }
}
