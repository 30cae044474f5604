//! A whole file.

use super::calendar::{Numbered, budget, plan_calendars, read as read_calendar};
use super::custom::CustomFields;
use super::effort::{Effort, Yardstick};
use super::fields::instant;
use super::link::LinkRow;
use super::resource::{ResourceKind, Staff};
use super::task::TaskRow;
use super::tree::Outline;
use crate::import::plan::{
    End, Kind, LagLength, LagTime, Limit, Plan, PlanCost, PlanLink, PlanTask, Tie, Tool,
};
use crate::import::record::{Record, Shape, read_records};
use crate::import::report::{Fate, ImportReport};
use crate::import::week::{PlanCalendar, WorkTimes, as_plan, resolved};
use crate::import::{Format, ImportError, ImportOptions, text};
use crate::units::{Instant, WorkScale};
use std::collections::BTreeMap;

/// What is read record by record, and what of no use to a forecast.
const SHAPE: Shape = Shape {
    format: Format::MsProject,
    containers: &["Project", "Calendars", "Tasks", "Resources", "Assignments", "ExtendedAttributes"],
    skipped: &[
        "TimephasedData",
        "OutlineCodes",
        "WBSMasks",
        "Views",
        "Filters",
        "Groups",
        "Tables",
        "Maps",
        "Reports",
        "Drawings",
        "DataLinks",
        "VBAProjects",
        "Notes",
        "RTFNotes",
    ],
};

/// The most rows that a plan may have.
const MOST_ROWS: usize = 500_000;

/// Everything that stands in a file, before it is put together.
#[derive(Default)]
struct Contents {
    header: BTreeMap<String, String>,
    calendars: Vec<Numbered>,
    custom: CustomFields,
    rows: Vec<TaskRow>,
    staff: Staff,
}

/// The plan in a file.
pub(in crate::import) fn plan(
    bytes: &[u8],
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Plan, ImportError> {
    let mut contents = Contents::default();
    let text = text::of_xml(bytes)?;
    let mut left = budget();
    let mut is_settled = false;
    read_records(&text, &SHAPE, |container, _, record| {
        match (container, record.name.as_str()) {
            ("Calendars", "Calendar") => contents.calendars.push(read_calendar(&record, &mut left)?),
            ("ExtendedAttributes", _) => contents.custom.define(&record),
            ("Tasks", "Task") => {
                if !is_settled {
                    contents.custom.settle(options).map_err(ImportError::Option)?;
                    is_settled = true;
                }
                if contents.rows.len() == MOST_ROWS {
                    return Err(ImportError::TooMuch { what: "tasks".to_owned(), most: MOST_ROWS });
                }
                contents.rows.push(TaskRow::read(&record, &contents.custom));
            }
            ("Resources", "Resource") => contents.staff.add_resource(&record),
            ("Assignments", "Assignment") => contents.staff.add_assignment(&record),
            ("Project", _) if record.inner.is_empty() => {
                let Record { name, text, .. } = record;
                contents.header.entry(name).or_insert(text);
            }
            _ => {}
        }
        Ok(())
    })?;
    contents.plan(report)
}

impl Contents {
    fn get(&self, name: &str) -> Option<&str> {
        self.header.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok()
    }

    fn scale(&self) -> WorkScale {
        let usual = WorkScale::default();
        let minutes = |name: &str, usual: u32, most: f64| {
            self.number(name)
                .filter(|minutes| (1.0..=most).contains(minutes))
                .map_or(usual, |minutes| minutes as u32)
        };
        let day = minutes("MinutesPerDay", usual.minutes_per_day, 1_440.0).max(6);
        let days = self.number("DaysPerMonth").filter(|days| (1.0..=31.0).contains(days)).unwrap_or(20.0);
        WorkScale {
            minutes_per_day: day,
            minutes_per_week: minutes("MinutesPerWeek", usual.minutes_per_week, 10_080.0).clamp(day, 7 * day),
            minutes_per_month: (days * f64::from(day)) as u32,
        }
    }

    fn plan(mut self, report: &mut ImportReport) -> Result<Plan, ImportError> {
        let rows = self.kept_rows(report);
        let dates = || rows.iter().flat_map(|row| [row.start, row.finish, row.actual_start]).flatten();
        let Some(start) = self.get("StartDate").and_then(instant).or_else(|| dates().min()) else {
            return Err(ImportError::Missing { format: Format::MsProject, what: "start date" });
        };
        if self.get("ScheduleFromStart") == Some("0") {
            let reason = "the plan is scheduled backwards from its finish; here it is scheduled forwards from its start";
            report.note(Fate::Changed, "program", "", self.get("Title").unwrap_or_default(), reason);
        }
        let scale = self.scale();
        let mut calendars = plan_calendars(&self.calendars);
        let numbers: BTreeMap<i64, usize> =
            self.calendars.iter().enumerate().map(|(at, calendar)| (calendar.uid, at)).collect();
        if calendars.is_empty() {
            calendars.push(PlanCalendar { name: "Standard".to_owned(), ..PlanCalendar::default() });
        }
        let place_of = |uid: i64| numbers.get(&uid).copied();
        let default = self.number("CalendarUID").and_then(|uid| place_of(uid as i64)).unwrap_or(0);
        let whole: Vec<_> = (0..calendars.len()).map(|at| resolved(&calendars, at, scale)).collect();
        let (first, last) = (dates().min().unwrap_or(start).min(start), dates().max().unwrap_or(start));
        let mut times = WorkTimes::new(whole, first, last);
        let outline = Outline::of(&rows);
        for &at in &outline.twice {
            let reason = "another task has the same number; links mean the first";
            report.note(Fate::Changed, "task", &rows[at].uid.to_string(), &rows[at].name, reason);
        }
        let staff = std::mem::take(&mut self.staff);
        let mut yardstick =
            Yardstick { staff: &staff, times: &mut times, place_of: &place_of, default, made: Vec::new() };
        let mut tasks = Vec::with_capacity(outline.leaves.len());
        for &(at, group) in &outline.leaves {
            tasks.push(task(&rows[at], group, &mut yardstick, report));
        }
        let made = std::mem::take(&mut yardstick.made);
        for ((one, other), at) in made {
            let name = format!("{} and {}", calendars[one].name, calendars[other].name);
            calendars.push(as_plan(name, times.calendar(at)));
        }
        inherit_limits(&outline, &rows, &mut tasks, report);
        let links = links(&outline, &rows, &tasks, &mut times, report);
        let mut plan = Plan {
            tool: Tool::MsProject,
            name: self.get("Title").or_else(|| self.get("Name")).unwrap_or_default().to_owned(),
            start,
            status: self.get("StatusDate").and_then(instant),
            finish_by: None,
            currency: self.get("CurrencyCode").filter(|code| is_currency(code)).map(str::to_owned),
            scale,
            calendar: default,
            calendars,
            groups: outline.groups,
            tasks,
            links,
            // What has started is no longer held back by what was to come before it.
            overrides: true,
            critical_open_ends: matches!(self.get("MultipleCriticalPaths"), Some("1" | "true")),
        };
        begin_early(&mut plan);
        keep_used_calendars(&mut plan, report);
        Ok(plan)
    }

    /// The rows that are work or hold work; the others are in the report.
    fn kept_rows(&mut self, report: &mut ImportReport) -> Vec<TaskRow> {
        let mut kept = Vec::new();
        // A summary that is inactive takes what is under it along.
        let mut inactive: Option<usize> = None;
        for row in std::mem::take(&mut self.rows) {
            if inactive.is_some_and(|level| row.level <= level) {
                inactive = None;
            }
            let source = row.uid.to_string();
            let reason = if row.is_null {
                "an empty row"
            } else if row.level == 0 {
                "the summary of the whole plan"
            } else if !row.is_active || inactive.is_some() {
                if row.is_summary && inactive.is_none() {
                    inactive = Some(row.level);
                }
                "the task is inactive"
            } else {
                kept.push(row);
                continue;
            };
            if row.level > 0 {
                report.note(Fate::LeftOut, "task", &source, &row.name, reason);
            } else if self.get("Title").is_none() && !row.name.is_empty() {
                self.header.insert("Title".to_owned(), row.name);
            }
        }
        kept
    }
}

/// A task of the plan.
fn task(
    row: &TaskRow,
    group: Option<usize>,
    yardstick: &mut Yardstick<'_>,
    report: &mut ImportReport,
) -> PlanTask {
    let source = row.uid.to_string();
    let mut note = |reason: &str| report.note(Fate::Changed, "task", &source, &row.name, reason);
    let effort = yardstick.effort(row);
    if effort.is_span && !row.is_manual {
        note(
            "its dates span another time than its duration (split, delayed or uneven work): what they span counts",
        );
    }
    if effort.is_resource_calendar {
        note("it runs on the calendar of the resource that finishes last");
    }
    if row.minutes.is_some_and(|minutes| minutes < 0.0) {
        note("its duration is negative: taken as none");
    }
    if row.has_broken_limit {
        note("its constraint has no date within the years that are planned: not kept");
    }
    if row.levelling_delay > 0.0 {
        note("its delay by levelling of resources is kept as the earliest start that the plan has now");
    }
    if row.has_baseline {
        report.note(Fate::LeftOut, "baseline", &source, &row.name, "keep it with `p80 baseline`");
    }
    let mut limits: Vec<(Limit, Instant)> = row.limit.into_iter().collect();
    if row.levelling_delay > 0.0 && row.actual_start.is_none() {
        limits.extend(row.stored.early_start.or(row.start).map(|at| (Limit::StartNoEarlier, at)));
    }
    if row.is_manual && row.actual_start.is_none() {
        report.note(
            Fate::Changed,
            "task",
            &source,
            &row.name,
            "scheduled by hand: it starts on its date or later",
        );
        limits = row.start.map(|start| (Limit::StartNoEarlier, start)).into_iter().collect();
    }
    if row.is_external && row.actual_start.is_none() {
        report.note(
            Fate::Changed,
            "task",
            &source,
            &row.name,
            "of another plan: it starts on its date or later, and takes the time between its dates",
        );
        limits = row.start.map(|start| (Limit::StartNoEarlier, start)).into_iter().collect();
    }
    let is_event = effort.minutes == 0.0;
    let mut made = PlanTask {
        source: source.clone(),
        name: row.name.clone(),
        group,
        kind: if is_event { Kind::FinishMilestone } else { Kind::Work },
        minutes: effort.minutes,
        elapsed: effort.elapsed && !is_event,
        calendar: effort.calendar,
        limits,
        as_late_as_possible: row.as_late_as_possible && row.actual_start.is_none(),
        deadline: row.deadline,
        actual_start: row.actual_start,
        actual_finish: row.actual_finish,
        complete: Some(row.percent / 100.0).filter(|share| (0.0..=1.0).contains(share)),
        costs: costs(row, &effort, yardstick.staff, report),
        range: row.range.filter(|_| !is_event),
        owner: owner(row, yardstick.staff),
        stored: row.stored,
        ..PlanTask::default()
    };
    if let Some([low, mode, high]) = made.range.filter(|[low, mode, high]| !(low <= mode && mode <= high)) {
        let reason =
            format!("its three points {low}, {mode} and {high} minutes are out of order: they are not used");
        report.note(Fate::LeftOut, "estimate", &source, &row.name, reason);
        made.range = None;
    }
    progress(&mut made, row, &effort, yardstick, report);
    made
}

/// What has happened to a task.
fn progress(
    task: &mut PlanTask,
    row: &TaskRow,
    effort: &Effort,
    yardstick: &mut Yardstick<'_>,
    report: &mut ImportReport,
) {
    let Some(start) = row.actual_start else { return };
    if task.kind != Kind::Work && row.actual_finish.is_none() {
        // An event that has begun has happened.
        task.actual_finish = Some(start);
    }
    if let Some(finish) = task.actual_finish {
        if finish < start {
            report.note(
                Fate::Changed,
                "task",
                &task.source,
                &task.name,
                "it finished before it started: both are its start",
            );
            task.actual_finish = Some(start);
        }
        return;
    }
    let clock = Clock { calendar: effort.calendar, elapsed: effort.elapsed };
    let times = &mut *yardstick.times;
    let resume = row.resume.filter(|resume| *resume >= start);
    let resume = resume.unwrap_or_else(|| clock.after(times, start, row.actual_minutes.max(0.0)));
    let mut left = row.remaining.unwrap_or(effort.minutes - row.actual_minutes).max(0.0).round();
    let ends = clock.after(times, resume, left);
    if let Some(finish) = row.finish
        && clock.between(times, ends, finish) != 0
    {
        left = f64::from(clock.between(times, resume, finish).max(0));
    }
    task.resume = Some(resume);
    task.remaining = left;
}

/// In whose minutes a task counts.
#[derive(Clone, Copy)]
struct Clock {
    calendar: usize,
    elapsed: bool,
}

impl Clock {
    fn after(self, times: &mut WorkTimes, from: Instant, minutes: f64) -> Instant {
        let minutes = minutes as i32;
        if self.elapsed {
            Instant(from.0.saturating_add(minutes))
        } else {
            times.after(self.calendar, from, minutes)
        }
    }

    fn between(self, times: &mut WorkTimes, from: Instant, to: Instant) -> i32 {
        if self.elapsed { to.0.saturating_sub(from.0) } else { times.between(self.calendar, from, to) }
    }
}

/// Names of the people who are assigned; of many the first.
fn owner(row: &TaskRow, staff: &Staff) -> Option<String> {
    let mut names =
        staff.people(row.uid).map(|(_, person)| person.name.as_str()).filter(|name| !name.is_empty());
    let first = names.next()?.to_owned();
    Some(match names.count() {
        0 => first,
        more => format!("{first} and {more} more"),
    })
}

/// What a task costs: rates of people, sums of everything else.
fn costs(row: &TaskRow, effort: &Effort, staff: &Staff, report: &mut ImportReport) -> Vec<PlanCost> {
    let mut costs = Vec::new();
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for (assignment, resource) in staff.all(row.uid).filter(|(assignment, _)| assignment.cost != 0.0) {
        let by_time = resource.kind == ResourceKind::Work
            && assignment.work > 0.0
            && assignment.cost > 0.0
            && effort.minutes > 0.0
            && !effort.elapsed;
        if by_time {
            let hourly = assignment.cost / (assignment.work / 60.0);
            let units = assignment.work / effort.minutes;
            let rate = Some((tidy(hourly), tidy(units)));
            costs.push(PlanCost { category: resource.name.clone(), rate, lump: assignment.cost });
        } else {
            *sums.entry(resource.name.clone()).or_default() += assignment.cost;
        }
    }
    if row.fixed_cost != 0.0 {
        *sums.entry("fixed".to_owned()).or_default() += row.fixed_cost;
    }
    for (category, sum) in sums {
        if sum < 0.0 {
            let reason = format!("a cost of {sum} below zero");
            report.note(Fate::LeftOut, "cost", &row.uid.to_string(), &row.name, reason);
        } else {
            costs.push(PlanCost { category, rate: None, lump: sum });
        }
    }
    costs
}

/// A number without the noise of binary fractions.
fn tidy(number: f64) -> f64 {
    let short = (number * 1e4).round() / 1e4;
    if (short - number).abs() <= 1e-9 * number.abs() { short } else { number }
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())
}

/// A date on a summary holds for everything under it.
fn inherit_limits(outline: &Outline, rows: &[TaskRow], tasks: &mut [PlanTask], report: &mut ImportReport) {
    for (group, &at) in outline.group_rows.iter().enumerate() {
        let Some(limit) = rows[at].limit.filter(|_| !rows[at].is_manual) else { continue };
        if !matches!(limit.0, Limit::StartNoEarlier | Limit::FinishNoLater) {
            continue;
        }
        let reason = "the date on the summary is written at each of its tasks";
        report.note(Fate::Changed, "summary", &rows[at].uid.to_string(), &rows[at].name, reason);
        for task in tasks.iter_mut().filter(|task| !task.is_started()) {
            let mut above = task.group;
            while let Some(here) = above {
                if here == group {
                    task.limits.push(limit);
                    break;
                }
                above = outline.groups[here].above;
            }
        }
    }
}

/// The links of all rows; those that cannot be kept are in the report.
fn links(
    outline: &Outline,
    rows: &[TaskRow],
    tasks: &[PlanTask],
    times: &mut WorkTimes,
    report: &mut ImportReport,
) -> Vec<PlanLink> {
    let mut links = Vec::new();
    let is_twice = |at: &usize| !outline.twice.contains(at);
    for row in (0..rows.len()).filter(is_twice).map(|at| &rows[at]) {
        let Some(&to) = outline.ends.get(&row.uid) else { continue };
        for link in &row.links {
            let source = format!("{} -> {}", link.from, row.uid);
            let mut leave = |reason: &str| report.note(Fate::LeftOut, "link", &source, &row.name, reason);
            if link.is_foreign {
                leave("its predecessor is in another plan");
                continue;
            }
            let Some(&from) = outline.ends.get(&link.from) else {
                leave("its predecessor is not in the plan, or is left out");
                continue;
            };
            let made = PlanLink { from, to, tie: link.tie, lag: link.lag, time: link.time };
            if let End::Task(at) = to
                && row.is_manual
                && !tasks[at].is_started()
                && is_broken(&made, link, outline, rows, tasks, times)
            {
                leave("the task is scheduled by hand, earlier than the link would let it");
                continue;
            }
            links.push(made);
        }
    }
    links
}

/// Whether the stored dates of the two ends of a link contradict it.
fn is_broken(
    made: &PlanLink,
    link: &LinkRow,
    outline: &Outline,
    rows: &[TaskRow],
    tasks: &[PlanTask],
    times: &mut WorkTimes,
) -> bool {
    let row_of = |end: End| match end {
        End::Task(task) => &rows[outline.leaves[task].0],
        End::Group(group) => &rows[outline.group_rows[group]],
    };
    let (from, to) = (row_of(made.from), row_of(made.to));
    let End::Task(task) = made.to else { return false };
    let calendar = tasks[task].calendar;
    let (leaves, enters) = match link.tie {
        Tie::FinishStart => (from.finish, to.start),
        Tie::StartStart => (from.start, to.start),
        Tie::FinishFinish => (from.finish, to.finish),
        Tie::StartFinish => (from.start, to.finish),
    };
    let (Some(leaves), Some(enters)) = (leaves, enters) else { return false };
    let minutes = match link.lag {
        LagLength::Minutes(minutes) => minutes,
        LagLength::Share(share) => share * from.minutes.unwrap_or(0.0),
    };
    let arrives = match link.time {
        LagTime::Elapsed => Instant(leaves.0.saturating_add(minutes as i32)),
        _ if minutes == 0.0 => leaves,
        _ => times.after(calendar, leaves, minutes as i32),
    };
    times.between(calendar, enters, arrives) > 0
}

/// Lets the program begin with the first date that a constraint asks for, and everything else where it began.
fn begin_early(plan: &mut Plan) {
    let floors = plan.tasks.iter().filter(|task| !task.is_started()).flat_map(|task| &task.limits);
    let is_floor = |limit: &&(Limit, Instant)| matches!(limit.0, Limit::StartNoEarlier | Limit::MustStart);
    let earliest = floors.filter(is_floor).map(|&(_, at)| at).min().unwrap_or(plan.start);
    if earliest >= plan.start {
        return;
    }
    let usual = (Limit::StartNoEarlier, plan.start);
    let begins =
        |task: &&mut PlanTask| !task.is_started() && !task.limits.iter().any(|limit| is_floor(&limit));
    plan.tasks.iter_mut().filter(begins).for_each(|task| task.limits.push(usual));
    plan.start = earliest;
}

/// Leaves out calendars that nothing needs, which are most of those of resources.
fn keep_used_calendars(plan: &mut Plan, report: &mut ImportReport) {
    let mut used = vec![false; plan.calendars.len()];
    let needed = plan.tasks.iter().map(|task| task.calendar).chain([plan.calendar]);
    for at in needed {
        let mut next = Some(at);
        while let Some(here) = next.filter(|&here| !used[here]) {
            used[here] = true;
            next = plan.calendars[here].base;
        }
    }
    let mut places = vec![0; used.len()];
    let mut kept = Vec::new();
    for (at, calendar) in std::mem::take(&mut plan.calendars).into_iter().enumerate() {
        if used[at] {
            places[at] = kept.len();
            kept.push(calendar);
        } else {
            report.note(Fate::LeftOut, "calendar", "", &calendar.name, "nothing runs on it");
        }
    }
    for calendar in &mut kept {
        calendar.base = calendar.base.map(|base| places[base]);
    }
    plan.tasks.iter_mut().for_each(|task| task.calendar = places[task.calendar]);
    plan.calendar = places[plan.calendar];
    plan.calendars = kept;
}
