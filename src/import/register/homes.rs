//! Where tasks, milestones and projects stand in a scenario.

use super::book::Book;
use super::tasks::{Body, Line};
use crate::import::ImportOptions;
use crate::import::ids::slug;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{
    At, Many, Named, Quantity, RawCost, RawDate, RawEstimate, RawLink, RawMilestone, RawProject, RawTask,
    Slot,
};

/// What stands in a project, or in none.
#[derive(Default)]
pub(super) struct Home {
    pub tasks: Vec<At<RawTask>>,
    pub milestones: Vec<At<RawMilestone>>,
}

/// A list, if there is anything in it.
pub(super) fn some<T>(list: Vec<At<T>>) -> Slot<Vec<At<T>>> {
    if list.is_empty() { Slot::Absent } else { list.into() }
}

impl Book {
    /// Puts a line into its place.
    #[expect(clippy::too_many_arguments, reason = "the parts of one task")]
    pub(super) fn put(
        &self,
        line: Line,
        id: String,
        after: Vec<RawLink>,
        program_start: Option<RawDate>,
        options: &ImportOptions,
        home: &mut Home,
        report: &mut ImportReport,
    ) {
        let calendar = line.calendar.as_ref().and_then(|name| {
            let known = self.weeks.find(name).map(str::to_owned);
            let known = known.or_else(|| {
                let id = slug(name);
                (id == "standard" || options.beside.calendars.contains(&id)).then_some(id)
            });
            if known.is_none() {
                report.note(
                    Fate::LeftOut,
                    "calendar",
                    &line.place,
                    name,
                    "no calendar of this name is given",
                );
            }
            known
        });
        let is_free = after.is_empty();
        let name = Some(line.name.clone()).filter(|name| *name != id);
        let after: Slot<Many<RawLink>> =
            if after.is_empty() { Slot::Absent } else { after.into_iter().collect::<Many<_>>().into() };
        // Even where it is the id: it says that the task comes from a table, so that the next import renews it.
        let source: Slot<String> = line.source.clone().or_else(|| Some(id.clone())).into();
        let mut say = |fate, reason| report.note(fate, "start", &line.place, &line.name, reason);
        match line.body {
            Body::Task(mut task) => {
                // A planned start holds what no link does; where links are, the start follows from them.
                let held = !task.start_no_earlier_than.is_absent() || !task.must_start_on.is_absent();
                if let Some(start) = line.start.filter(|_| !held && line.progress.is_none()) {
                    let is_later = program_start.is_some_and(|first| start.at > first.at);
                    if is_free && is_later {
                        task.start_no_earlier_than = start.into();
                        say(Fate::Changed, "no predecessor is given: the planned start is the earliest one");
                    } else if is_later {
                        say(Fate::LeftOut, "the planned start follows from the predecessors");
                    }
                }
                task.id = id.into();
                task.name = name.into();
                task.after = after;
                task.calendar = calendar.into();
                task.source = source;
                home.tasks.push((*task).into());
            }
            Body::Milestone(mut milestone) => {
                let planned = line
                    .finish
                    .or(line.start)
                    .filter(|_| is_free && milestone.no_earlier_than.is_absent() && line.progress.is_none());
                if let Some(date) =
                    planned.filter(|date| program_start.is_some_and(|first| date.at > first.at))
                {
                    milestone.no_earlier_than = date.into();
                    say(Fate::Changed, "no predecessor is given: the planned date is the earliest one");
                }
                milestone.id = id.into();
                milestone.name = name.into();
                milestone.after = after;
                milestone.calendar = calendar.into();
                milestone.source = source;
                home.milestones.push((*milestone).into());
            }
        }
    }

    /// The tree of projects.
    pub(super) fn projects(&self, homes: &mut [Home], report: &mut ImportReport) -> Named<RawProject> {
        let list = &self.groups.list;
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); list.len() + 1];
        for (at, group) in list.iter().enumerate() {
            below[group.above.map_or(0, |above| above + 1)].push(at);
        }
        self.children(0, &below, homes, report)
    }

    /// The projects of one place; groups are nested a few levels deep at most.
    fn children(
        &self,
        place: usize,
        below: &[Vec<usize>],
        homes: &mut [Home],
        report: &mut ImportReport,
    ) -> Named<RawProject> {
        let mut projects = Vec::new();
        for &at in &below[place] {
            let group = &self.groups.list[at];
            let source = group.wbs.clone().unwrap_or_default();
            report.take("project", &source, &group.name, &group.full);
            let inner = self.children(at + 1, below, homes, report);
            let home = std::mem::take(&mut homes[at + 1]);
            let is_leaf = inner.0.is_empty();
            if let Some(cost) = group.cost.filter(|_| !is_leaf) {
                let reason = "it is the sum of what is in it";
                report.note(Fate::LeftOut, "cost", &source, &cost.to_string(), reason);
            }
            let cost = group.cost.filter(|_| is_leaf).map(|cost| {
                let line =
                    RawCost { lump: RawEstimate::Point(Quantity::Number(cost)).into(), ..RawCost::default() };
                std::iter::once(line).collect::<Many<_>>()
            });
            let project = RawProject {
                name: Some(group.name.clone()).filter(|name| *name != group.id).into(),
                cost: cost.into(),
                tasks: some(home.tasks),
                milestones: some(home.milestones),
                projects: if inner.0.is_empty() { Slot::Absent } else { inner.into() },
                ..RawProject::default()
            };
            projects.push((group.id.clone(), project));
        }
        projects.into_iter().collect()
    }
}
