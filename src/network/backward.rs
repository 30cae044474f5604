//! The backward pass: late dates and total float for one goal.

use super::compile::Network;
use super::goal::Goal;
use super::inputs::Inputs;
use super::limits::Limits;
use super::node::UNLIMITED;
use super::pass::Pass;
use super::tables::rolled;
use crate::model::{MilestoneKind, Scope};
use crate::units::Instant;

/// Dates after which a task must not start or finish, besides what its successors say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LateCap {
    /// SNLT and MSO dates.
    pub start: i32,
    /// FNLT and MFO dates, and deadlines.
    pub finish: i32,
    /// Whether these are the late dates, whatever comes after.
    pub is_exact: bool,
}

impl LateCap {
    /// No date.
    pub const NONE: Self = Self { start: UNLIMITED, finish: UNLIMITED, is_exact: false };
}

impl Network {
    /// Computes late dates and total float for the target of the program; after [`Network::forward`] with
    /// the same inputs.
    ///
    /// Without a date of the target (an unfinished iteration) nothing is limited and nothing critical.
    pub fn backward(&self, inputs: &Inputs, pass: &mut Pass) {
        self.backward_to(Scope::Program, inputs, pass);
    }

    /// Computes late dates and total float for the finish of a project or milestone.
    pub fn backward_to(&self, scope: Scope, inputs: &Inputs, pass: &mut Pass) {
        self.late_dates(Some(Goal::of(scope, self)), None, inputs, pass);
    }

    /// The backward pass for a goal, if there is one, and, by task, further late dates.
    pub(super) fn late_dates(
        &self,
        goal: Option<Goal>,
        caps: Option<&[LateCap]>,
        inputs: &Inputs,
        pass: &mut Pass,
    ) {
        let date = goal.and_then(|goal| goal.date(pass)).unwrap_or(UNLIMITED);
        for &node in self.order.iter().rev() {
            let node = node as usize;
            if node >= self.rules.len() {
                self.limit_gate(node, inputs, pass);
                continue;
            }
            if self.is_finished(node) {
                self.limit_absent(node, UNLIMITED, pass);
                continue;
            }
            let mut limits = self.limits(node, inputs, pass);
            let absent = self.is_absent(node, pass);
            // What does not exist may pass on a date after that of a project to which it would belong.
            if goal.is_some_and(|goal| goal.includes(node, self)) && (!absent || pass.finish[node] <= date) {
                limits.finish = limits.finish.min(date);
            }
            if absent {
                self.limit_absent(node, limits.instant(), pass);
                continue;
            }
            let cap = caps.map_or(LateCap::NONE, |caps| caps[node]);
            if cap.is_exact {
                limits = Limits::NONE;
            }
            self.limit_task(node, limits, cap, pass.minutes[node], pass);
            if pass.stump(node).is_some() {
                // It ends where it was cancelled, whatever comes before it.
                pass.late_ready[node] = limits.instant();
                pass.late_finish_ready[node] = limits.instant();
            }
        }
    }

    /// An absent task passes on how late it may be, and has neither late dates nor float of its own; nor has
    /// one that is finished.
    fn limit_absent(&self, node: usize, latest: i32, pass: &mut Pass) {
        pass.late_ready[node] = latest;
        pass.late_finish_ready[node] = latest;
        pass.late_start[node] = UNLIMITED;
        pass.late_finish[node] = UNLIMITED;
        pass.total_float[node] = UNLIMITED;
    }

    /// Late dates of one task, and how late it may be held back.
    #[inline]
    fn limit_task(&self, node: usize, limits: Limits, cap: LateCap, d: i32, pass: &mut Pass) {
        let rule = &self.rules[node];
        let table = &self.tables[rule.clock as usize];
        if limits == Limits::NONE && cap == LateCap::NONE {
            pass.late_start[node] = UNLIMITED;
            pass.late_finish[node] = UNLIMITED;
            pass.total_float[node] = UNLIMITED;
            pass.late_ready[node] = UNLIMITED;
            pass.late_finish_ready[node] = UNLIMITED;
            return;
        }
        let departure = pass.departure[node];
        if d == 0 {
            let mut latest = limits.instant().min(cap.start).min(cap.finish);
            if !pass.held.is_empty() && rule.milestone != Some(MilestoneKind::Start) {
                // Tools go back to the end of a shift with what finishes something.
                latest = table.finish_at(table.worked(Instant(latest))).0;
            }
            pass.late_start[node] = latest;
            pass.late_finish[node] = latest;
            pass.total_float[node] = table.worked(Instant(latest)) - pass.place[node];
            let ready = self.latest_instant(rule, latest, departure);
            pass.late_ready[node] = ready;
            pass.late_finish_ready[node] = rolled(table, ready);
            return;
        }
        let mut place =
            if pass.held.is_empty() { limits.place(table, d) } else { limits.tool_place(table, d) };
        // A date in a night or weekend means the work next to it, not the empty minutes around it.
        if cap.start != UNLIMITED {
            place = place.min(table.worked(Instant(cap.start)));
        }
        if cap.finish != UNLIMITED {
            place = place.min(table.worked(Instant(cap.finish)).saturating_sub(d));
        }
        let end = place.saturating_add(d);
        pass.late_start[node] = table.start_at(place).0;
        pass.late_finish[node] = if pass.held.is_empty() {
            table.start_at(end).0.min(limits.finish).min(cap.finish)
        } else {
            table.finish_at(end).0
        };
        pass.total_float[node] = place - pass.place[node];
        let ready = self.latest_place(rule, d, place, departure);
        pass.late_ready[node] = table.start_at(ready).0;
        let latest = ready.saturating_add(d);
        pass.late_finish_ready[node] =
            if pass.held.is_empty() { table.start_at(latest).0 } else { table.finish_at(latest).0 };
    }
}
