//! Free float, and moving tasks as late as possible: reverse passes in which every successor stays.

use super::compile::Network;
use super::goal::Goal;
use super::inputs::Inputs;
use super::limits::Limits;
use super::node::{Gate, UNLIMITED};
use super::pass::Pass;
use super::place::at_place;
use crate::model::Scope;
use crate::units::Instant;

impl Network {
    /// Computes the free float of every task for the target of the program; after [`Network::forward`] with
    /// the same inputs. Overwrites nothing else.
    pub fn free_float(&self, inputs: &Inputs, pass: &mut Pass) {
        let goal = Goal::of(Scope::Program, self);
        let date = goal.date(pass).unwrap_or(UNLIMITED);
        for &node in self.order.iter().rev() {
            let node = node as usize;
            if node >= self.rules.len() {
                self.limit_gate(node, inputs, pass);
                continue;
            }
            if self.is_finished(node) {
                pass.free_float[node] = UNLIMITED;
                continue;
            }
            let mut limits = self.limits(node, inputs, pass);
            if goal.includes(node, self) {
                limits.finish = limits.finish.min(date);
            }
            if self.is_absent(node, pass) {
                pass.free_float[node] = UNLIMITED;
                hold_absent(node, limits, pass);
                continue;
            }
            let table = &self.tables[self.rules[node].clock as usize];
            let d = pass.minutes[node];
            pass.free_float[node] = match (limits.instant(), d) {
                (UNLIMITED, _) => UNLIMITED,
                (latest, 0) => table.worked(Instant(latest)) - pass.place[node],
                _ if pass.held.is_empty() => limits.place(table, d) - pass.place[node],
                _ => limits.tool_place(table, d) - pass.place[node],
            };
            if pass.stump(node).is_some() {
                hold_absent(node, limits, pass);
            } else {
                self.hold(node, d, pass);
            }
        }
    }

    /// Moves every task that asks for it to the latest start that moves no successor, nor the target, nor
    /// the latest finish of all work.
    pub(super) fn move_late(&self, inputs: &Inputs, pass: &mut Pass) {
        let last =
            self.rules.iter().enumerate().fold(i32::MIN, |last, (node, _)| last.max(pass.finish[node]));
        for &node in self.order.iter().rev() {
            let node = node as usize;
            let Some(rule) = self.rules.get(node) else {
                self.limit_gate(node, inputs, pass);
                continue;
            };
            if self.is_absent(node, pass) {
                pass.moved[node] = false;
                let limits = self.limits(node, inputs, pass);
                hold_absent(node, Limits { finish: limits.finish.min(last), ..limits }, pass);
                continue;
            }
            let d = pass.minutes[node];
            let is_target = self.target.is_some_and(|task| task.index() == node);
            if rule.as_late_as_possible && !is_target && pass.stump(node).is_none() {
                let mut limits = self.limits(node, inputs, pass);
                limits.finish = limits.finish.min(last);
                self.move_one(node, d, limits, pass);
            }
            self.hold(node, d, pass);
        }
        for &node in &self.order {
            let node = node as usize;
            if let Some(gate) = node.checked_sub(self.rules.len()) {
                // What is decided stays decided.
                if !matches!(self.gates[gate], Gate::Decision(_)) {
                    self.visit_gate(node, inputs, pass);
                }
            } else if self.is_absent(node, pass) {
                self.pass_on(node, pass);
            }
        }
    }

    /// Moves one task as late as its limits and windows allow.
    fn move_one(&self, node: usize, d: i32, limits: Limits, pass: &mut Pass) {
        let rule = &self.rules[node];
        let table = &self.tables[rule.clock as usize];
        let (early, departure) = (pass.place[node], pass.departure[node]);
        if d == 0 {
            let latest = self.latest_instant(rule, limits.instant(), departure).max(pass.finish[node]);
            pass.start[node] = latest;
            pass.finish[node] = latest;
            pass.place[node] = table.worked(Instant(latest));
        } else {
            let latest = self.latest_place(rule, d, limits.place(table, d), departure).max(early);
            let moved = at_place(table, d, latest);
            pass.place[node] = moved.at;
            pass.start[node] = moved.start;
            pass.finish[node] = moved.finish;
        }
        pass.moved[node] = pass.place[node] != early;
    }

    /// Lets a task be held back exactly as late as leaves it where it is.
    #[inline]
    fn hold(&self, node: usize, d: i32, pass: &mut Pass) {
        let table = &self.tables[self.rules[node].clock as usize];
        let place = pass.place[node];
        pass.late_finish_ready[node] = table.start_at(place.saturating_add(d)).0;
        pass.late_ready[node] = if d == 0 { pass.start[node] } else { table.start_at(place).0 };
    }
}

/// What does not exist, or ends where it is cancelled, lets what is before it be as late as what is after it allows.
#[inline]
fn hold_absent(node: usize, limits: Limits, pass: &mut Pass) {
    pass.late_ready[node] = limits.instant();
    pass.late_finish_ready[node] = limits.instant();
}
