//! What has really happened, for a block of iterations: the same in all lanes.

use super::pass::{LaneDates, LanePass};
use super::plan::LanePlan;
use crate::lanes::{self, Ints};
use crate::network::compile::Network;
use crate::network::node::Edge;
use crate::units::Instant;

impl Network {
    /// Gives a finished task its actual dates.
    pub(super) fn place_finished(
        &self,
        plan: &LanePlan,
        node: usize,
        pass: &mut LanePass,
        dates: &mut LaneDates,
    ) {
        let rule = &self.rules[node];
        let (Some(start), Some(finish)) = (rule.started, rule.finished) else { return };
        let table = &self.tables[rule.clock as usize];
        pass.place[node].fill(table.worked(Instant(start)));
        pass.end[node].fill(table.worked(Instant(finish)));
        pass.start[node].fill(start);
        pass.finish[node].fill(finish);
        if dates.all || plan.shown[node] || plan.is_event[node] || rule.milestone.is_some() {
            dates.start[node].fill(start);
            dates.finish[node].fill(finish);
        }
        match self.project_of[node] {
            Some(project) => {
                lanes::max(pass.set, &mut dates.project_finish[project as usize], &pass.finish[node]);
            }
            None => lanes::max(pass.set, &mut pass.last_finish, &pass.finish[node]),
        }
    }

    /// The date that an edge leaves with: where the real start of its predecessor counts, that.
    pub(super) fn date_of(&self, edge: &Edge, pass: &LanePass) -> Ints {
        let from = edge.from as usize;
        match self.start_fact(from).filter(|_| edge.leaves_start) {
            Some(start) => Ints::all(start),
            None if edge.leaves_start => pass.start[from].clone(),
            None => pass.finish[from].clone(),
        }
    }
}
