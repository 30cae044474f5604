//! Dates of projects and of the target, and starts as they are shown.

use super::compile::Network;
use super::node::{UNBOUND, UNLIMITED};
use super::pass::Pass;
use super::tables::rolled;
use crate::model::MilestoneKind;
use crate::units::Instant;

impl Network {
    /// Gathers the dates of tasks after a forward pass.
    pub(super) fn summarise(&self, pass: &mut Pass) {
        pass.project_start.fill(UNLIMITED);
        pass.project_finish.fill(UNBOUND);
        let mut last = UNBOUND;
        for (node, rule) in self.rules.iter().enumerate() {
            // A project with unfinished work never finishes: the latest instant of all says so.
            let never = pass.any_unfinished && pass.unfinished[node];
            let (start, finish) = (pass.start[node], if never { UNLIMITED } else { pass.finish[node] });
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
        // A parent stands before its children, so that backwards every project is complete when it is reached.
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
        let finish = match self.target {
            None => last,
            Some(task) if pass.unfinished[task.index()] => UNLIMITED,
            Some(task) => pass.finish[task.index()],
        };
        pass.target_finish = (finish != UNLIMITED).then_some(Instant(finish));
    }
}
