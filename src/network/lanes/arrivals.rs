//! Release trains over lanes: who comes first differs from lane to lane, so that what competes for places is
//! visited by the scalar pass, one lane after the other.

use super::pass::{LaneDates, LanePass, LaneState};
use super::plan::LanePlan;
use super::strikes::LaneStrike;
use crate::lanes::LANES;
use crate::network::compile::Network;
use crate::network::inputs::Inputs;
use crate::network::node::{Amount, Gate};
use crate::network::pass::Pass;
use crate::network::place::{first_instant, first_place};
use crate::network::strikes::{Strike, Total};
use crate::network::trains::Trains;

/// What one lane needs.
#[derive(Clone, Debug)]
pub(super) struct ByLane {
    pass: Pass,
    inputs: Inputs,
    /// Links with drawn lags that lead to what is visited.
    drawn: Vec<usize>,
    /// The strikes that may fall on what is visited, by their numbers among all.
    strikes: Vec<usize>,
}

impl ByLane {
    /// Memory for the lanes of a network; [`None`] if nothing is visited lane by lane.
    pub fn of(network: &Network, plan: &LanePlan) -> Option<Box<Self>> {
        if plan.steps.by_lane.is_empty() {
            return None;
        }
        let edges = plan.steps.by_lane.iter().flat_map(|&node| network.entering(node as usize));
        let drawn = edges.filter_map(|edge| match edge.amount {
            Amount::Drawn(link) => Some(link as usize),
            _ => None,
        });
        let (tasks, links) = (network.rules.len(), plan.links);
        let inputs = Inputs {
            duration_minutes: Vec::new(),
            lag_minutes: vec![0; links],
            present: Vec::new(),
            lump_sums: vec![0; network.decisions.bills.len()],
            strikes: Vec::new(),
            totals: vec![Total::of(0.0); tasks],
            stops: Vec::new(),
            held_until: Vec::new(),
        };
        Some(Box::new(Self { pass: network.pass(), inputs, drawn: drawn.collect(), strikes: Vec::new() }))
    }

    /// Takes over what a lane says of all that comes before.
    fn load(&mut self, plan: &LanePlan, lane: usize, state: &LaneState, pass: &LanePass) {
        let tasks = state.minutes.len();
        for &source in &plan.steps.sources {
            let source = source as usize;
            self.pass.start[source] = pass.start[source][lane];
            self.pass.finish[source] = pass.finish[source][lane];
        }
        let nodes = plan.steps.sources.iter().chain(&plan.steps.by_lane).map(|&node| node as usize);
        for task in nodes.filter(|&node| node < tasks) {
            self.pass.minutes[task] = state.minutes[task][lane];
        }
        for &link in &self.drawn {
            self.inputs.lag_minutes[link] = state.lag_minutes[state.lag_of[link] as usize][lane];
        }
        for (present, row) in self.pass.present.iter_mut().zip(&*state.present) {
            *present = row[lane];
        }
        for (sum, row) in self.inputs.lump_sums.iter_mut().zip(state.lump_sums) {
            *sum = row[lane];
        }
        self.inputs.strikes.clear();
        for strike in self.strikes.iter().map(|&number| &state.strikes.all[number]) {
            self.inputs.strikes.push(Strike {
                task: strike.task,
                kind: strike.kind,
                occurs: strike.occurs[lane],
                at: strike.at[lane],
                moment: strike.is_own.then_some(strike.moment[lane]),
                amount: strike.amount[lane],
            });
            let task = strike.task.index();
            if let Some(total) = state.strikes.total_of[task] {
                self.inputs.totals[task] = state.strikes.totals[total as usize].at(lane);
            }
        }
        self.pass.hit.clear();
        self.pass.hit.resize(self.strikes.len(), false);
        self.pass.struck_minutes.clear();
        self.pass.struck_minutes.resize(self.strikes.len(), 0);
        if self.pass.any_unfinished {
            self.pass.unfinished.fill(false);
            self.pass.any_unfinished = false;
        }
    }

    /// Puts what came of the strikes where the lanes have it.
    fn store_strikes(&self, lane: usize, all: &mut [LaneStrike], minutes: &mut [[i32; LANES]]) {
        for (at, &number) in self.strikes.iter().enumerate() {
            let (strike, task) = (&mut all[number], self.inputs.strikes[at].task.index());
            strike.hit[lane] = self.pass.hit[at];
            strike.added[lane] = self.pass.struck_minutes[at];
            // What does not exist in a pass that looks ahead may do so in the next, and has its minutes then.
            if self.pass.hit[at] {
                minutes[task][lane] = self.pass.minutes[task];
            }
        }
    }
}

impl Network {
    /// Visits everything that competes for places, and what lies between.
    pub(super) fn visit_lane_by_lane(
        &self,
        plan: &LanePlan,
        state: &mut LaneState,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let (Some(trains), Some(mut own)) = (&self.trains, pass.by_lane.take()) else { return };
        own.strikes.clear();
        let struck = |strike: &LaneStrike| plan.steps.pending[strike.task.index()] != Trains::NEVER;
        own.strikes
            .extend((0..).zip(&state.strikes.all).filter(|(_, strike)| struck(strike)).map(|(at, _)| at));
        for lane in 0..LANES {
            if pass.left_over[lane] {
                continue;
            }
            own.load(plan, lane, state, pass);
            let mut arrivals = std::mem::take(&mut own.pass.arrivals);
            trains.begin_with(&plan.steps.pending, &mut arrivals);
            self.visit_by_arrival(trains, &mut arrivals, &own.inputs, &mut own.pass);
            own.pass.arrivals = arrivals;
            own.store_strikes(lane, &mut state.strikes.all, state.minutes);
            for &node in &plan.steps.by_lane {
                self.store_lane(node as usize, lane, &own.pass, (state, pass, dates));
            }
        }
        pass.by_lane = Some(own);
        for &node in &plan.steps.by_lane {
            self.note_lanes(plan, state, node as usize, pass, dates);
        }
    }

    /// Puts the dates of a node into its lane.
    fn store_lane(
        &self,
        node: usize,
        lane: usize,
        from: &Pass,
        (state, pass, dates): (&mut LaneState, &mut LanePass, &mut LaneDates),
    ) {
        pass.start[node][lane] = from.start[node];
        pass.finish[node][lane] = from.finish[node];
        pass.left_over[lane] |= from.any_unfinished && from.unfinished[node];
        let Some(rule) = self.rules.get(node) else {
            if let Gate::Decision(number) = self.gates[node - self.rules.len()] {
                let condition = self.decisions.all[number as usize].condition;
                state.present[condition][lane] = from.present[condition];
            }
            return;
        };
        let (d, table) = (from.minutes[node], &self.tables[rule.clock as usize]);
        pass.place[node][lane] = from.place[node];
        pass.end[node][lane] = from.place[node].saturating_add(d);
        dates.wait[node][lane] = from.window_wait[node];
        if let Some(departure) = &mut pass.departure[node] {
            departure[lane] = from.departure[node] as i32;
        }
        if let Some(free) = &mut pass.unwindowed[node] {
            let (ready, finish_ready) = (from.ready[node], from.finish_ready[node]);
            free[lane] = match d {
                0 => first_instant(table, ready, finish_ready),
                _ => first_place(table, d, ready, finish_ready),
            };
        }
    }
}
