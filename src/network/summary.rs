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
        pass.passed_on.fill(UNBOUND);
        let mut last = UNBOUND;
        for (node, rule) in self.rules.iter().enumerate() {
            // A project with unfinished work never finishes: the latest instant of all says so.
            let never = pass.any_unfinished && pass.unfinished[node];
            let (start, finish) =
                (self.start_of(node, pass), if never { UNLIMITED } else { pass.finish[node] });
            last = last.max(finish);
            let absent = self.is_absent(node, pass);
            pass.shown_start[node] = match rule.milestone {
                Some(MilestoneKind::Start) if !absent && rule.finished.is_none() => {
                    rolled(&self.tables[rule.clock as usize], start)
                }
                _ => start,
            };
            if let Some(project) = self.project_of[node] {
                let project = project as usize;
                if absent {
                    pass.passed_on[project] = pass.passed_on[project].max(finish);
                    continue;
                }
                pass.project_start[project] = pass.project_start[project].min(start);
                pass.project_finish[project] = pass.project_finish[project].max(finish);
            }
        }
        // A parent stands before its children, so that backwards every project is complete when it is reached.
        for project in (0..self.parents.len()).rev() {
            let parent = self.parents[project].map(|parent| parent as usize);
            let passed_on = pass.passed_on[project];
            if let Some(parent) = parent {
                pass.passed_on[parent] = pass.passed_on[parent].max(passed_on);
            }
            if pass.project_finish[project] != UNBOUND {
                if let Some(parent) = parent {
                    pass.project_start[parent] = pass.project_start[parent].min(pass.project_start[project]);
                    pass.project_finish[parent] =
                        pass.project_finish[parent].max(pass.project_finish[project]);
                }
                continue;
            }
            // Without tasks a project has no date; without any that exists, that which they pass on.
            let none = passed_on == UNBOUND;
            pass.project_finish[project] = if none { UNLIMITED } else { passed_on };
            pass.project_start[project] = pass.project_finish[project];
        }
        for &(project, task) in &self.finishes {
            let task = task.index();
            pass.project_finish[project.index()] =
                if pass.unfinished[task] { UNLIMITED } else { pass.finish[task] };
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
