//! The forward pass: early dates of everything.

use std::cmp::Reverse;

use super::compile::Network;
use super::inputs::Inputs;
use super::node::{Edge, Gate, UNBOUND, UNLIMITED};
use super::pass::Pass;
use super::place::{Place, free_place};
use super::trains::{Arrivals, Trains};
use crate::units::Instant;

impl Network {
    /// Computes the early dates of every task and project, and the finish of the target.
    ///
    /// Durations above the `worst` ones of [`Network::compile`] give dates that mean nothing.
    pub fn forward(&self, inputs: &Inputs, pass: &mut Pass) {
        self.run_with_stops(inputs, pass);
    }

    /// The forward pass, given what has been cancelled.
    pub(super) fn run(&self, inputs: &Inputs, pass: &mut Pass) {
        if pass.any_unfinished {
            pass.unfinished.fill(false);
            pass.any_unfinished = false;
        }
        self.begin(inputs, pass);
        match &self.trains {
            None => {
                for &node in &self.order {
                    self.visit(node as usize, inputs, pass);
                }
            }
            Some(trains) => {
                // Taken out while the pass is written to; putting an empty one in its place allocates nothing.
                let mut arrivals = std::mem::take(&mut pass.arrivals);
                trains.begin(&mut arrivals);
                self.visit_by_arrival(trains, &mut arrivals, inputs, pass);
                pass.arrivals = arrivals;
            }
        }
        if self.moves_late {
            self.move_late(inputs, pass);
        }
        self.summarise(pass);
    }

    /// Visits all nodes that are free or become so, those that compete for places in the order in which they are
    /// ready.
    pub(super) fn visit_by_arrival(
        &self,
        trains: &Trains,
        arrivals: &mut Arrivals,
        inputs: &Inputs,
        pass: &mut Pass,
    ) {
        loop {
            while let Some(node) = arrivals.free.pop() {
                match self.rules.get(node as usize) {
                    Some(rule) if rule.in_train && !self.is_absent(node as usize, pass) => {
                        // What competes for places is struck where it would lie without windows.
                        let mut free = self.free_place_of(node as usize, inputs, pass);
                        if !inputs.strikes.is_empty() {
                            (pass.start[node as usize], pass.finish[node as usize]) =
                                (free.start, free.finish);
                            self.strike_free(node as usize, inputs, pass);
                            free = self.free_place_of(node as usize, inputs, pass);
                        }
                        let position = trains.position[node as usize];
                        arrivals.waiting.push(Reverse((free.start, position, node)));
                    }
                    _ => {
                        self.visit(node as usize, inputs, pass);
                        trains.done(node, arrivals);
                    }
                }
            }
            let Some(Reverse((_, _, node))) = arrivals.waiting.pop() else { break };
            self.board(node as usize, trains, arrivals, inputs, pass);
            trains.done(node, arrivals);
        }
    }

    /// Gives a task the first place that is left.
    fn board(&self, node: usize, trains: &Trains, arrivals: &mut Arrivals, inputs: &Inputs, pass: &mut Pass) {
        let rule = &self.rules[node];
        let d = pass.minutes[node];
        let free = self.free_place_of(node, inputs, pass);
        let mut from = 0;
        let found = loop {
            match self.windowed_place(rule, d, free, from) {
                Some((_, window)) if !trains.take(rule.clock, window, arrivals) => from = window + 1,
                found => break found,
            }
        };
        let found = found.filter(|_| !inputs.never_starts(node));
        self.settle(node, free, found, pass);
        self.cut(node, pass);
    }

    /// Dates of one node from those before it.
    #[inline]
    fn visit(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        match self.rules.get(node) {
            Some(_) if self.is_absent(node, pass) => self.pass_on(node, pass),
            Some(_) => {
                self.place(node, inputs, pass);
                if !inputs.strikes.is_empty() {
                    self.strike(node, inputs, pass);
                }
                if pass.any_stopped {
                    self.cut(node, pass);
                }
            }
            None => self.visit_gate(node, inputs, pass),
        }
    }

    /// Dates of one task of so many minutes as it has at hand.
    pub(super) fn place(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        let mut free = self.free_place_of(node, inputs, pass);
        if let Some(held) = pass.held.get(node) {
            let rule = &self.rules[node];
            free = held.place(rule, &self.tables[rule.clock as usize], pass.minutes[node], free);
        }
        let found = self.windowed_place(&self.rules[node], pass.minutes[node], free, 0);
        self.settle(node, free, found.filter(|_| !inputs.never_starts(node)), pass);
    }

    /// Where a task would lie if no window bound it; records what holds it back.
    #[inline]
    pub(super) fn free_place_of(&self, node: usize, inputs: &Inputs, pass: &mut Pass) -> Place {
        let rule = &self.rules[node];
        let (ready, finish_ready) = self.gather(node, inputs, pass);
        let (ready, finish_ready) = (ready.max(rule.ready_floor), finish_ready.max(rule.finish_floor));
        // What never starts has a place all the same, which means nothing.
        let ready = if inputs.never_starts(node) { ready } else { ready.max(inputs.held_until(node)) };
        pass.ready[node] = ready;
        pass.finish_ready[node] = finish_ready;
        free_place(&self.tables[rule.clock as usize], pass.minutes[node], ready, finish_ready)
    }

    /// Records the dates of a task, and whether a window was left for it and for all that it depends on.
    #[inline]
    fn settle(&self, node: usize, free: Place, found: Option<(Place, usize)>, pass: &mut Pass) {
        let rule = &self.rules[node];
        if let (Some(start), Some(finish)) = (rule.started, rule.finished) {
            pass.place[node] = free.at;
            (pass.start[node], pass.finish[node]) = (start, finish);
            (pass.departure[node], pass.window_wait[node]) = (0, 0);
            return;
        }
        let d = pass.minutes[node];
        let (place, window) = found.unwrap_or((free, 0));
        let too_late = d > 0 && place.finish > rule.last_work;
        let never = self.presence.never(node).is_some_and(|condition| pass.present[condition]);
        if found.is_none() || too_late || never {
            pass.unfinished[node] = true;
            pass.any_unfinished = true;
        }
        if pass.any_unfinished {
            self.inherit_unfinished(node, pass);
        }
        pass.place[node] = place.at;
        pass.start[node] = place.start;
        pass.finish[node] = place.finish;
        pass.departure[node] = window as u32;
        pass.window_wait[node] = self.wait(rule, d, pass.ready[node], pass.finish_ready[node], place.finish);
    }

    /// Lets an absent task pass on what it is brought.
    pub(super) fn pass_on(&self, node: usize, pass: &mut Pass) {
        let t = self.passed_on(node, pass);
        pass.ready[node] = t;
        pass.finish_ready[node] = UNBOUND;
        pass.place[node] = self.tables[self.rules[node].clock as usize].worked(Instant(t));
        pass.start[node] = t;
        pass.finish[node] = t;
        pass.departure[node] = 0;
        pass.window_wait[node] = 0;
        if pass.any_unfinished {
            self.inherit_unfinished(node, pass);
        }
    }

    /// What depends on unfinished work is unfinished.
    #[cold]
    fn inherit_unfinished(&self, node: usize, pass: &mut Pass) {
        pass.unfinished[node] |= self.entering(node).iter().any(|edge| pass.unfinished[edge.from as usize]);
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
        let t = if edge.leaves_start { self.start_for_links(from, pass) } else { pass.finish[from] };
        self.shifted(t, self.lag_minutes(edge, inputs, pass), edge.clock)
    }

    /// The instant of a gate; links that enter a project carry their lag into it.
    pub(super) fn visit_gate(&self, node: usize, inputs: &Inputs, pass: &mut Pass) {
        let arrival = |edge| self.arrival(edge, inputs, pass);
        let t = match self.gates[node - self.rules.len()] {
            Gate::Decision(number) => return self.decide(number as usize, inputs, pass),
            Gate::Latest => self.entering(node).iter().map(arrival).fold(UNBOUND, i32::max),
            Gate::Earliest => self.counting(node, pass).map(arrival).fold(UNLIMITED, i32::min),
        };
        pass.start[node] = t;
        pass.finish[node] = t;
        if pass.any_unfinished {
            self.inherit_unfinished(node, pass);
        }
    }
}
