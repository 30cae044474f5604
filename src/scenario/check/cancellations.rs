//! Impacts that cancel whole projects.

use super::context::Context;
use super::risks::Field;
use crate::diag::code;
use crate::dist::Law;
use crate::model::{DelayImpact, Endpoint, Estimate, Impact, TaskIx};
use crate::scenario::raw::{At, Many, RawImpact, RawRisk};

impl Context<'_, '_> {
    /// An impact that cancels projects, and beside it the cost of doing so, which is due whatever is left.
    pub fn cancellation(&mut self, at: &At<RawImpact>, field: &Field<'_>) -> Vec<Impact> {
        let raw = &at.value;
        let others = [
            ("on", raw.on.place()),
            ("tags", raw.tags.place()),
            ("delay", raw.delay.place()),
            ("restart", raw.restart.place()),
            ("per_task", raw.per_task.place()),
        ];
        for (key, place) in others.into_iter().filter(|(_, place)| place.is_some()) {
            let message = format!("`cancels` and `{key}` are two impacts");
            let help = "write an impact for each: { cancels = \"...\" }, { on = \"...\", delay = \"5d\" }";
            self.desk.report(code::CONFLICTING_KEYS, place, message, help);
        }
        let targets = self.cancelled(raw, field);
        let share = match raw.cancel.at() {
            Some(_) => self.loss(&raw.cancel),
            // At any time of it, as likely as at any other.
            None => Law::uniform(0.0, 1.0).ok().map(|law| Estimate { plan: law.plan_value(), law }),
        };
        let one = |targets, delay, cost| Impact { key: String::new(), targets, per_task: false, delay, cost };
        let mut impacts = Vec::new();
        if let Some(share) = share.filter(|_| !targets.is_empty()) {
            impacts.push(one(targets, Some(DelayImpact::Stop(share)), None));
        }
        // Nothing may be left that could bear the cost.
        let cost = self.cost_impact(raw, &[], None);
        impacts.extend(cost.map(|cost| one(Vec::new(), None, Some(cost))));
        impacts
    }

    /// All tasks and milestones of the projects that an impact cancels.
    fn cancelled(&mut self, raw: &RawImpact, field: &Field<'_>) -> Vec<TaskIx> {
        let mut targets = Vec::new();
        for name in raw.cancels.get().into_iter().flat_map(|Many(names)| names) {
            let prefix = match field.names.resolve(name, None, self.desk) {
                None => continue,
                Some(Endpoint::Project(project)) => format!("{}.", field.projects[project.index()]),
                Some(Endpoint::Task(_)) => {
                    let message = format!("`{}` is no project, and only projects are cancelled", name.value);
                    let help =
                        format!("to end this task early, write {{ on = \"{}\", cancel = 0.5 }}", name.value);
                    self.desk.report(code::WRONG_KIND, name.place(), message, &help);
                    continue;
                }
            };
            let inside = |at: &usize| field.tasks[*at].id.starts_with(&prefix);
            let before = targets.len();
            targets.extend((0..field.tasks.len()).filter(inside).map(TaskIx::new));
            if targets.len() == before {
                let message = format!("the project `{}` has no task that could be cancelled", name.value);
                self.desk.report(code::WRONG_KIND, name.place(), message, "");
            }
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// A risk with a window happens at its own instant, of which no share is to be taken.
    pub fn check_instants(&mut self, raw: &RawRisk) {
        let own = raw.impact.get().map(|Many(impacts)| impacts.as_slice()).unwrap_or_default();
        let residual = raw.response.get().and_then(|response| response.impact.get());
        for impact in own.iter().chain(residual.into_iter().flatten()) {
            if !impact.value.cancels.is_absent() && !impact.value.cancel.is_absent() {
                let message = "the window of the risk says when the project is cancelled";
                let help = "remove `cancel`, or the window";
                self.desk.report(code::CONFLICTING_KEYS, impact.value.cancel.place(), message, help);
            }
        }
    }

    /// `cancel` on a project ends each of its tasks by itself, which is hardly ever meant.
    pub fn advise_cancel(&mut self, raw: &RawImpact, field: &Field<'_>) {
        if raw.cancel.is_absent() {
            return;
        }
        for name in raw.on.get().into_iter().flat_map(|Many(names)| names) {
            let is_project = field.projects.iter().any(|project| *project == name.value);
            if is_project {
                let message = format!(
                    "`cancel` ends every task of `{}` after a share of its own, one after the other",
                    name.value
                );
                let help = format!("to cancel the project, write {{ cancels = \"{}\" }}", name.value);
                self.desk.report(code::ENDS_EACH_TASK, raw.cancel.place(), message, &help);
            }
        }
    }
}
