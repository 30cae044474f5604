//! Tasks and milestones.

use super::context::Context;
use super::costs::{Bearer, cost_lines};
use super::estimate::{Read, read};
use super::meter::{Measure, Meter};
use super::tree::{Body, Inherited, TaskNode, texts};
use crate::diag::{Place, code};
use crate::model::{CalendarIx, Clock, Constraint, ConstraintKind, Estimate, MilestoneKind, Task, TaskKind};
use crate::scenario::places::TaskPlaces;
use crate::scenario::raw::{At, RawDate, RawMilestone, RawMilestoneKind, RawTask, Slot};
use crate::units::Instant;

/// The ends of a day on one calendar, for dates without a time.
#[derive(Clone, Copy)]
enum DayEnd {
    /// 00:00.
    Midnight,
    /// The first working minute of the day, or 00:00 where nobody works.
    FirstMinute,
    /// The end of the last shift, or 24:00 where nobody works.
    LastShift,
    /// 24:00.
    NextMidnight,
}

impl Context<'_, '_> {
    /// The task of a node; parts that cannot be read have been reported and are replaced.
    pub fn task(&mut self, node: &TaskNode, inherited: &Inherited) -> (Task, TaskPlaces) {
        match &node.body {
            Body::Task(raw) => self.work(node, raw, inherited),
            Body::Milestone(raw) => self.milestone(node, &raw.value, inherited),
        }
    }

    fn work(&mut self, node: &TaskNode, at: &At<RawTask>, inherited: &Inherited) -> (Task, TaskPlaces) {
        let raw = &at.value;
        let calendar = self.calendar_of(&raw.calendar, inherited);
        let category = raw.category.get().cloned().or_else(|| inherited.category.clone());
        let own = raw.estimate.at().and_then(|name| self.templates.find(name, self.desk));
        let template = own.or_else(|| self.templates.of_category(category.as_deref())).or(inherited.template);
        self.desk.require("the task", "duration", &raw.duration, node.key.place());
        let (duration, clock) =
            self.duration(raw, calendar, template).unwrap_or((Estimate::certain(0.0), Clock::Working));

        let mut places = TaskPlaces {
            id: node.key.place.clone(),
            duration: raw.duration.place().cloned(),
            ..TaskPlaces::default()
        };
        let mut task = Task::work(node.id.clone(), duration, calendar);
        task.kind = match task.kind {
            TaskKind::Work { duration, .. } => TaskKind::Work { duration, clock },
            kind => kind,
        };
        let constraints = [
            (ConstraintKind::StartNoEarlierThan, &raw.start_no_earlier_than, DayEnd::Midnight),
            (ConstraintKind::FinishNoEarlierThan, &raw.finish_no_earlier_than, DayEnd::LastShift),
            (ConstraintKind::StartNoLaterThan, &raw.start_no_later_than, DayEnd::NextMidnight),
            (ConstraintKind::FinishNoLaterThan, &raw.finish_no_later_than, DayEnd::NextMidnight),
            (ConstraintKind::MustStartOn, &raw.must_start_on, DayEnd::FirstMinute),
            (ConstraintKind::MustFinishOn, &raw.must_finish_on, DayEnd::LastShift),
        ];
        self.constraints(&constraints, calendar, &mut task, &mut places);
        if let Some(name) = raw.name.get() {
            task.name.clone_from(name);
        }
        task.project = node.project;
        task.as_late_as_possible = raw.as_late_as_possible.get().copied().unwrap_or(false);
        task.deadline = self.instant(&raw.deadline, calendar, DayEnd::NextMidnight);
        task.owner = raw.owner.get().cloned().or_else(|| inherited.owner.clone());
        task.vendor = raw.vendor.get().cloned().or_else(|| inherited.vendor.clone());
        task.category = category;
        task.tags = tags(inherited, texts(&raw.tags));
        task.role = raw.role.get().cloned();
        task.units = self.desk.in_range(&raw.units, 0.0, 1e6, "the units of a task").unwrap_or(1.0);
        task.source = raw.source.get().cloned();
        let bearer = Bearer::Task { calendar, clock, units: task.units, template };
        (task.costs, places.costs) = cost_lines(self, &raw.cost, bearer);
        (task, places)
    }

    /// The duration with its clock: the written law, or what a template makes of a single value.
    fn duration(
        &mut self,
        raw: &RawTask,
        calendar: CalendarIx,
        template: Option<usize>,
    ) -> Option<(Estimate, Clock)> {
        let at = raw.duration.at()?;
        let mut meter = self.meter(Measure::Duration, calendar);
        let written = read(at, &mut meter, None, self.desk)?;
        let law = match (written.point, template) {
            (Some(point), Some(template)) => self.templates.apply(template, point, Measure::Duration),
            _ => None,
        };
        // A template that is named and unknown has been reported; its absence is no news.
        self.advise_duration(at, &written, law.is_some() || raw.estimate.get().is_some());
        let written = Read { law: law.unwrap_or(written.law), ..written };
        let plan = raw.plan.at().map(|plan| {
            let mut meter = self.meter(Measure::Duration, calendar);
            let plan_read = read(plan, &mut meter, None, self.desk)?;
            let Some(value) = plan_read.point else {
                self.desk.report(
                    code::WRONG_UNIT,
                    plan.place(),
                    "the plan value must be a single duration",
                    "",
                );
                return None;
            };
            if plan_read.clock != written.clock && value != 0.0 {
                let message = "the plan value and the duration count different time";
                self.desk.report(code::MIXED_UNITS, plan.place(), message, "write both with `e` or without");
            }
            Some(value)
        });
        let clock = written.clock;
        // A template adds a range; what was written stays the plan.
        let plan = plan.flatten().or(written.point);
        let estimate = written.build(plan, at.place(), self.desk)?;
        self.check_reach(&estimate, &written.law, at.place());
        Some((estimate, clock))
    }

    fn milestone(
        &mut self,
        node: &TaskNode,
        raw: &RawMilestone,
        inherited: &Inherited,
    ) -> (Task, TaskPlaces) {
        let calendar = self.calendar_of(&raw.calendar, inherited);
        let mut places = TaskPlaces { id: node.key.place.clone(), ..TaskPlaces::default() };
        let mut task = Task::milestone(node.id.clone(), calendar);
        let is_start = raw.kind.get() == Some(&RawMilestoneKind::Start);
        task.kind = TaskKind::Milestone(if is_start { MilestoneKind::Start } else { MilestoneKind::Finish });
        // A milestone has one instant: the constraints on its start say all there is to say.
        let on = if is_start { DayEnd::FirstMinute } else { DayEnd::LastShift };
        // A finish is not moved to working time: held to midnight it would be reported for the day before.
        let from = if is_start { DayEnd::Midnight } else { DayEnd::FirstMinute };
        let constraints = [
            (ConstraintKind::StartNoEarlierThan, &raw.no_earlier_than, from),
            (ConstraintKind::FinishNoLaterThan, &raw.no_later_than, DayEnd::NextMidnight),
            (ConstraintKind::MustStartOn, &raw.must_be_on, on),
        ];
        self.constraints(&constraints, calendar, &mut task, &mut places);
        if let (false, Some(date)) = (is_start, raw.no_earlier_than.get().filter(|date| !date.has_time)) {
            // Where work begins at midnight, what ends then ends on the day before: the first minute counts.
            let held = task.constraints.iter_mut().find(|one| one.kind == ConstraintKind::StartNoEarlierThan);
            if let Some(held) = held.filter(|held| held.at == date.at) {
                held.at = Instant(held.at.0.saturating_add(1));
            }
        }
        if let Some(name) = raw.name.get() {
            task.name.clone_from(name);
        }
        task.project = node.project;
        task.deadline = self.instant(&raw.deadline, calendar, DayEnd::NextMidnight);
        task.owner = raw.owner.get().cloned().or_else(|| inherited.owner.clone());
        task.vendor.clone_from(&inherited.vendor);
        task.category = raw.category.get().cloned().or_else(|| inherited.category.clone());
        task.tags = tags(inherited, texts(&raw.tags));
        task.source = raw.source.get().cloned();
        (task.costs, places.costs) = cost_lines(self, &raw.cost, Bearer::Milestone);
        (task, places)
    }

    /// The calendar that a part names, else the inherited one.
    fn calendar_of(&mut self, name: &Slot<String>, inherited: &Inherited) -> CalendarIx {
        let own = name.at().and_then(|name| self.calendars.find(name, self.desk));
        own.or(inherited.calendar).unwrap_or(self.calendars.default())
    }

    fn constraints(
        &mut self,
        written: &[(ConstraintKind, &Slot<RawDate>, DayEnd)],
        calendar: CalendarIx,
        task: &mut Task,
        places: &mut TaskPlaces,
    ) {
        for &(kind, slot, end) in written {
            if let Some(at) = self.instant(slot, calendar, end) {
                task.constraints.push(Constraint { kind, at });
                places.constraints.push(slot.place().cloned());
            }
        }
    }

    /// The instant of a date; one without a time stands for an end of its day.
    fn instant(&self, slot: &Slot<RawDate>, calendar: CalendarIx, end: DayEnd) -> Option<Instant> {
        let date = slot.get()?;
        if date.has_time {
            return Some(date.at);
        }
        Some(match end {
            DayEnd::Midnight => date.at,
            DayEnd::FirstMinute => self.calendars.working_day(calendar, date.at).0,
            DayEnd::LastShift => self.calendars.working_day(calendar, date.at).1,
            DayEnd::NextMidnight => end_of_day(date.at),
        })
    }

    /// A promised date: the end of its day unless a time is given.
    pub fn promised(&self, slot: &Slot<RawDate>) -> Option<Instant> {
        slot.get().map(|date| if date.has_time { date.at } else { end_of_day(date.at) })
    }

    /// A range by percentiles reaches further than it says; below zero is an error as for written ends.
    pub fn check_reach(&mut self, estimate: &Estimate, law: &super::law::LawSpec, place: Option<&Place>) {
        let (low, _) = estimate.law.support_ends();
        if law.reaches_further() && low < 0.0 {
            let message = "read as percentiles, this range reaches below zero";
            let help = "raise the low end, or read the ends as the lowest and highest value with \
                        `ranges = \"P0-P100\"`";
            self.desk.report(code::NEGATIVE_END, place, message, help);
        }
    }

    /// A meter for quantities on a calendar.
    pub fn meter(&self, measure: Measure, calendar: CalendarIx) -> Meter {
        let scale = self.calendars.scale(calendar);
        Meter::new(measure, scale, self.settings.ranges, self.settings.currency)
    }
}

/// 24:00 of the day that an instant begins.
fn end_of_day(at: Instant) -> Instant {
    Instant(at.0.saturating_add(1_440))
}

fn tags(inherited: &Inherited, own: Vec<String>) -> Vec<String> {
    let mut tags = inherited.tags.clone();
    for tag in own {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
