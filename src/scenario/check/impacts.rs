//! Impacts of risks: what they hit and what they do to it.

use std::collections::BTreeMap;

use super::context::Context;
use super::costs::free_name;
use super::risks::Field;
use crate::diag::{Place, code};
use crate::model::{DelayImpact, Endpoint, Impact, Task, TaskIx};
use crate::scenario::raw::{At, Many, RawImpact, RawRiskKind, Slot};

impl Context<'_, '_> {
    /// The impacts of a risk, or of its response, with their places.
    pub fn impacts(
        &mut self,
        written: &[At<RawImpact>],
        kind: Option<RawRiskKind>,
        field: &Field<'_>,
    ) -> (Vec<Impact>, Vec<Option<Place>>) {
        let (mut impacts, mut places) = (Vec::new(), Vec::new());
        let mut keys: BTreeMap<String, Option<Place>> = BTreeMap::new();
        for at in written {
            let read = self.impact(at, kind, field);
            let key = self.impact_key(at, &read, &keys, field);
            keys.insert(key.clone(), at.place.clone());
            for mut impact in read {
                impact.key.clone_from(&key);
                impacts.push(impact);
                places.push(at.place.clone());
            }
        }
        (impacts, places)
    }

    /// The written key, or one made from the targets, so that it stays the same when impacts are reordered
    /// and is the same before and after the response.
    fn impact_key(
        &mut self,
        at: &At<RawImpact>,
        read: &[Impact],
        keys: &BTreeMap<String, Option<Place>>,
        field: &Field<'_>,
    ) -> String {
        if let Some(id) = at.value.id.at() {
            if let Some(first) = keys.get(&id.value) {
                let problem =
                    crate::scenario::collect::duplicate("impact", &id.value, id.place(), first.as_ref());
                self.desk.problems.push(problem);
            }
            return id.value.clone();
        }
        let mut targets: Vec<TaskIx> = Vec::new();
        for &task in read.iter().flat_map(|impact| &impact.targets) {
            if !targets.contains(&task) {
                targets.push(task);
            }
        }
        let ids: Vec<&str> = targets.iter().map(|task| field.tasks[task.index()].id.as_str()).collect();
        let base = match ids[..] {
            [] => "program".to_owned(),
            [first] => first.to_owned(),
            [first, ..] => format!("{first}+{}", ids.len() - 1),
        };
        free_name(&base, |name| keys.contains_key(name))
    }

    /// One written impact: several in the model where its targets have days of different length, which
    /// then share the key and with it the draw.
    fn impact(&mut self, at: &At<RawImpact>, kind: Option<RawRiskKind>, field: &Field<'_>) -> Vec<Impact> {
        let raw = &at.value;
        if !raw.cancels.is_absent() {
            return self.cancellation(at, field);
        }
        self.advise_cancel(raw, field);
        let durations = [!raw.delay.is_absent(), !raw.restart.is_absent(), !raw.cancel.is_absent()];
        if durations.iter().filter(|&&given| given).count() > 1 {
            let message = "one impact delays a task, restarts it or ends it";
            self.desk.report(code::CONFLICTING_KEYS, at.place(), message, "write an impact for each");
        }
        let delays_something = durations.contains(&true);
        if !delays_something && raw.cost.is_absent() {
            let help =
                "add `delay = \"5d\"`, `cost = 20_000` or `cancels = \"project\"`, or a law in their place";
            self.desk.report(
                code::MISSING_KEY,
                at.place(),
                "the impact has neither `delay` nor `cost`",
                help,
            );
        }
        let mut targets = self.targets(&raw.on, field);
        for tag in raw.tags.get().into_iter().flat_map(|Many(tags)| tags) {
            for task in self.tagged(tag, field) {
                if !targets.contains(&task) {
                    targets.push(task);
                }
            }
        }
        if raw.on.is_absent() && raw.tags.is_absent() && delays_something {
            let help = "add `on = \"...\"`: the task or milestone that is delayed";
            self.desk.report(
                code::DELAY_WITHOUT_TARGET,
                at.place(),
                "the delay does not say what it delays",
                help,
            );
            return Vec::new();
        }
        let per_task = raw.per_task.get().copied().unwrap_or(false);
        let cost = self.cost_impact(raw, &targets, kind);
        let mut delays = self.delay_impacts(raw, &targets, kind, field);
        let losses = [
            self.loss(&raw.restart).map(DelayImpact::Restart),
            self.loss(&raw.cancel).map(DelayImpact::Cancel),
        ];
        if let Some(loss) = losses.into_iter().flatten().next().filter(|_| delays.is_empty()) {
            delays.push((targets.clone(), loss));
        }
        let one = |targets, delay, cost| Impact { key: String::new(), targets, per_task, delay, cost };
        if delays.is_empty() {
            return vec![one(targets, None, cost)];
        }
        // The cost concerns all targets, whatever their days are: beside several delays it stands alone.
        let (beside, alone) = if delays.len() == 1 { (cost, None) } else { (None, cost) };
        let alone = alone.map(|cost| one(targets.clone(), None, Some(cost)));
        let delays = delays.into_iter().map(|(targets, delay)| one(targets, Some(delay), beside.clone()));
        delays.chain(alone).collect()
    }

    /// The tasks that an impact hits; a project stands for its work.
    pub fn targets(&mut self, on: &Slot<Many<String>>, field: &Field<'_>) -> Vec<TaskIx> {
        let mut targets = Vec::new();
        for name in on.get().into_iter().flat_map(|Many(names)| names) {
            let hit: Vec<TaskIx> = match field.names.resolve(name, None, self.desk) {
                None => continue,
                Some(Endpoint::Task(task)) => vec![task],
                Some(Endpoint::Project(project)) => {
                    let id = field.projects[project.index()];
                    let prefix = format!("{id}.");
                    let inside = |task: &Task| task.id.starts_with(&prefix) && !task.is_milestone();
                    let work = (0..field.tasks.len()).filter(|&at| inside(&field.tasks[at])).map(TaskIx::new);
                    work.collect()
                }
            };
            if hit.is_empty() {
                let message = format!("the project `{}` has no task that could be hit", name.value);
                self.desk.report(code::WRONG_KIND, name.place(), message, "");
            }
            for task in hit {
                if !targets.contains(&task) {
                    targets.push(task);
                }
            }
        }
        targets
    }
}
