//! Where paths meet.

use super::compile::Network;
use super::inputs::Inputs;
use super::node::UNBOUND;
use super::pass::Pass;
use crate::model::TaskIx;

impl Network {
    /// The tasks and milestones whose start waits for two links or more.
    #[must_use]
    pub fn merges(&self) -> Vec<TaskIx> {
        let meets = |&node: &usize| self.entering(node).iter().filter(|edge| !edge.holds_finish).count() > 1;
        (0..self.rules.len()).filter(meets).map(TaskIx::new).collect()
    }

    /// The instants, in minutes since the epoch, that the links to the start of a task bring, in the order
    /// of the network; after [`Network::forward`] with the same inputs. A link that brings none has [`None`].
    pub fn arrivals(&self, task: TaskIx, inputs: &Inputs, pass: &Pass, out: &mut Vec<Option<i32>>) {
        out.clear();
        let links = self.entering(task.index()).iter().filter(|edge| !edge.holds_finish);
        out.extend(links.map(|edge| Some(self.arrival(edge, inputs, pass)).filter(|&at| at != UNBOUND)));
    }
}
