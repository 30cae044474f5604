//! The forward pass: early dates of everything.

use super::compile::Network;
use super::inputs::Inputs;
use super::node::{Edge, Gate, UNBOUND, UNLIMITED};
use super::pass::Pass;
use super::tables::rolled;
use crate::model::MilestoneKind;
use crate::units::Instant;

impl Network {
    /// Computes the early dates of every task and project, and the finish of the target.
    ///
    /// Durations above the `worst` ones of [`Network::compile`] give dates that mean nothing.
    pub fn forward(&self, inputs: &Inputs, pass: &mut Pass) {
        pass.any_unfinished = false;
        for &node in &self.order {
            self.visit(node as usize, inputs, pass);
        }
        if self.moves_late {
            self.move_late(inputs, pass);
        }
        self.summarise(pass);
    }

    /// Dates of one node from those before it.
    #[inline]
    fn visit(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        match self.rules.get(node) {
            Some(rule) => {
                let (ready, finish_ready) = self.gather(node, inputs, pass);
                let (ready, finish_ready) =
                    (ready.max(rule.ready_floor), finish_ready.max(rule.finish_floor));
                let d = inputs.duration_minutes[node];
                let place = self.place(rule, d, ready, finish_ready);
                pass.ready[node] = ready;
                pass.finish_ready[node] = finish_ready;
                pass.place[node] = place.at;
                pass.start[node] = place.start;
                pass.finish[node] = place.finish;
                pass.window_wait[node] = self.wait(rule, d, ready, finish_ready, place.finish);
            }
            None => self.visit_gate(node, inputs, pass),
        }
    }

    /// The latest instants that the links let a node start and finish at; [`UNBOUND`] where there are none.
    #[inline]
    fn gather(&self, node: usize, inputs: &Inputs, pass: &Pass) -> (i32, i32) {
        let (mut ready, mut finish_ready) = (UNBOUND, UNBOUND);
        for edge in self.entering(node) {
            let t = self.arrival(edge, inputs, pass);
            if edge.holds_finish {
                finish_ready = finish_ready.max(t);
            } else {
                ready = ready.max(t);
            }
        }
        (ready, finish_ready)
    }

    /// The instant that an edge brings to its successor.
    #[inline]
    pub(super) fn arrival(&self, edge: &Edge, inputs: &Inputs, pass: &Pass) -> i32 {
        let from = edge.from as usize;
        let t = if edge.leaves_start { pass.start[from] } else { pass.finish[from] };
        self.shifted(t, self.lag_minutes(edge, inputs, pass), edge.clock)
    }

    /// The instant of a gate; links that enter a project carry their lag into it.
    pub(super) fn visit_gate(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        let arrivals = self.entering(node).iter().map(|edge| self.arrival(edge, inputs, pass));
        let t = match self.gates[node - self.rules.len()] {
            Gate::Latest => arrivals.fold(UNBOUND, i32::max),
            Gate::Earliest => arrivals.fold(UNLIMITED, i32::min),
        };
        pass.start[node] = t;
        pass.finish[node] = t;
    }

    /// Dates of projects and of the target, and starts as they are shown.
    pub(super) fn summarise(&self, pass: &mut Pass) {
        pass.project_start.fill(UNLIMITED);
        pass.project_finish.fill(UNBOUND);
        let mut last = UNBOUND;
        for (node, rule) in self.rules.iter().enumerate() {
            let (start, finish) = (pass.start[node], pass.finish[node]);
            last = last.max(finish);
            pass.shown_start[node] = match rule.milestone {
                Some(MilestoneKind::Start) => rolled(&self.tables[rule.clock as usize], start),
                _ => start,
            };
            if let Some(project) = self.project_of[node] {
                let project = project as usize;
                pass.project_start[project] = pass.project_start[project].min(start);
                pass.project_finish[project] = pass.project_finish[project].max(finish);
            }
        }
        for project in (0..self.parents.len()).rev() {
            if pass.project_finish[project] == UNBOUND {
                pass.project_finish[project] = UNLIMITED;
            } else if let Some(parent) = self.parents[project] {
                let parent = parent as usize;
                pass.project_start[parent] = pass.project_start[parent].min(pass.project_start[project]);
                pass.project_finish[parent] = pass.project_finish[parent].max(pass.project_finish[project]);
            }
        }
        pass.last_finish = last;
        pass.target_finish = Some(Instant(self.target.map_or(last, |task| pass.finish[task.index()])));
    }
}
