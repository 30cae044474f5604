//! From what both formats say to a plan.

use std::collections::BTreeMap;

use super::calendar::plan_calendars;
use super::costs::costs;
use super::data::{Activity, ActivityKind, Assignment, Constraint, Data, Project};
use super::points::Points;
use super::wbs::breakdown;
use crate::import::plan::{
    End, Kind, LagLength, LagTime, Limit, Plan, PlanLink, PlanTask, StoredDates, Tool,
};
use crate::import::report::{Fate, ImportReport};
use crate::import::week::PlanCalendar;
use crate::import::{Format, ImportError, ImportOptions};
use crate::units::{Instant, WorkScale};

/// The plan of a file.
pub(super) fn assemble(
    data: Data,
    format: Format,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Plan, ImportError> {
    let used = used_projects(&data);
    let Some(&main) = used.first() else {
        return Err(ImportError::Missing { format, what: "project with activities" });
    };
    let points = Points::of(&data, options)?;
    let is_single = used.len() == 1;
    let mut parts = breakdown(&data, is_single);
    let mut calendars = plan_calendars(&data.calendars);
    if calendars.is_empty() {
        calendars.push(PlanCalendar { name: "Standard".to_owned(), ..PlanCalendar::default() });
    }
    let calendar_of: BTreeMap<&str, usize> =
        data.calendars.iter().enumerate().map(|(at, calendar)| (calendar.id.as_str(), at)).collect();
    let find = |id: Option<&String>| id.and_then(|id| calendar_of.get(id.as_str()).copied());
    let default = find(main.calendar.as_ref()).unwrap_or(0);
    let begins: BTreeMap<&str, Instant> =
        used.iter().filter_map(|project| Some((project.id.as_str(), begin(project)?))).collect();
    let earliest =
        data.activities.iter().filter_map(|activity| activity.early_start.or(activity.actual_start)).min();
    let Some(start) = begins.values().copied().min().or(earliest) else {
        return Err(ImportError::Missing { format, what: "data date" });
    };
    let is_under_way = data.activities.iter().any(|activity| activity.actual_start.is_some());
    let mut builder = Builder {
        scale: calendars[default].scale.unwrap_or_default(),
        calendars: &calendars,
        assignments: by_activity(&data.assignments),
        data: &data,
        points,
        begins: &begins,
        start,
        report,
    };
    let mut tasks = Vec::new();
    let mut ends: BTreeMap<&str, End> = BTreeMap::new();
    let mut minutes: BTreeMap<&str, f64> = BTreeMap::new();
    for activity in &data.activities {
        if matches!(activity.kind, ActivityKind::LevelOfEffort | ActivityKind::WbsSummary) {
            let reason = "its dates follow from other work, and it is not scheduled itself";
            builder.report.note(Fate::LeftOut, "task", &activity.code, &activity.name, reason);
            continue;
        }
        let group = activity.wbs.as_ref().and_then(|wbs| parts.places.get(wbs).copied());
        let calendar = find(activity.calendar.as_ref()).unwrap_or(default);
        let (calendar, resources) = match builder.resource_calendar(activity) {
            Some((id, hours)) => (find(Some(&id)).unwrap_or(calendar), Some(hours)),
            None => (calendar, None),
        };
        let task = builder.task(activity, group, calendar, resources);
        if ends.insert(activity.id.as_str(), End::Task(tasks.len())).is_some() {
            let reason = "another activity has the same number; links mean the last";
            builder.report.note(Fate::Changed, "task", &activity.code, &activity.name, reason);
        }
        minutes.insert(activity.id.as_str(), task.minutes);
        tasks.push(task);
    }
    let mut money = costs(&data, &minutes);
    for (activity, end) in &ends {
        if let (End::Task(at), Some(lines)) = (end, money.remove(*activity)) {
            tasks[*at].costs = lines;
        }
    }
    let links = links(&data, &ends, report);
    if main.options.actual_dates {
        let reason = "work out of sequence follows actual dates in the tool; here what is left of it goes on";
        report.note(Fate::Changed, "program", &main.code, &main.name, reason);
    }
    finish_dates(&data, &used, is_single, &mut parts.groups, &parts.places);
    let (first, begin_of_main) = (start, main.planned_start.unwrap_or(start));
    Ok(Plan {
        tool: Tool::Primavera,
        name: if is_single { main.name.clone() } else { String::new() },
        start: if is_under_way { first.min(begin_of_main) } else { first },
        // Open work of projects with later data dates is held by these.
        status: used.iter().filter_map(|project| project.data_date).min().filter(|_| is_under_way),
        finish_by: main.must_finish_by.filter(|_| is_single),
        currency: data
            .currency
            .clone()
            .filter(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())),
        scale: calendars[default].scale.unwrap_or_default(),
        calendar: default,
        calendars,
        groups: parts.groups,
        tasks,
        links,
        overrides: main.options.overrides || main.options.actual_dates,
        critical_open_ends: main.options.critical_open_ends,
    })
}

/// The projects that have activities, those with most of them first.
fn used_projects(data: &Data) -> Vec<&Project> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for activity in &data.activities {
        *counts.entry(activity.project.as_str()).or_default() += 1;
    }
    let mut used: Vec<&Project> =
        data.projects.iter().filter(|project| counts.contains_key(project.id.as_str())).collect();
    used.sort_by_key(|project| std::cmp::Reverse(counts[project.id.as_str()]));
    used
}

/// When open work of a project begins at the earliest.
fn begin(project: &Project) -> Option<Instant> {
    match (project.data_date, project.planned_start) {
        (Some(data_date), Some(start)) => Some(data_date.max(start)),
        (one, other) => one.or(other),
    }
}

fn by_activity(assignments: &[Assignment]) -> BTreeMap<&str, Vec<&Assignment>> {
    let mut found: BTreeMap<&str, Vec<&Assignment>> = BTreeMap::new();
    for one in assignments {
        found.entry(one.activity.as_str()).or_default().push(one);
    }
    found
}

/// What tasks are made with.
struct Builder<'a> {
    data: &'a Data,
    scale: WorkScale,
    calendars: &'a [PlanCalendar],
    assignments: BTreeMap<&'a str, Vec<&'a Assignment>>,
    points: Points,
    begins: &'a BTreeMap<&'a str, Instant>,
    start: Instant,
    report: &'a mut ImportReport,
}

impl Builder<'_> {
    /// Of an activity that depends on its resources: the calendar of the one that is needed longest, and its hours.
    fn resource_calendar(&self, activity: &Activity) -> Option<(String, f64)> {
        if activity.kind != ActivityKind::ResourceDependent {
            return None;
        }
        let mine = self.assignments.get(activity.id.as_str())?;
        let longest = mine.iter().filter_map(|one| {
            let resource = self.data.resources.iter().find(|resource| resource.id == one.resource)?;
            let calendar = resource.calendar.clone().filter(|_| !resource.is_material)?;
            let units = if activity.actual_start.is_some() { one.remaining_units } else { one.planned_units };
            let hours = (one.units_per_hour > 0.0).then(|| units / one.units_per_hour)?;
            let at = self.data.calendars.iter().position(|known| known.id == calendar)?;
            Some((calendar, hours, hours / self.week_hours(at)))
        });
        let longest = longest.max_by(|(_, _, one), (_, _, other)| one.total_cmp(other));
        longest.map(|(calendar, hours, _)| (calendar, hours)).filter(|(_, hours)| *hours > 0.0)
    }

    /// The working hours of a week on a calendar.
    fn week_hours(&self, at: usize) -> f64 {
        let week = crate::import::week::resolved(self.calendars, at, self.scale).week;
        let minutes: u32 = week.iter().flatten().map(|shift| u32::from(shift.end - shift.start)).sum();
        f64::from(minutes.max(1)) / 60.0
    }

    fn task(
        &mut self,
        activity: &Activity,
        group: Option<usize>,
        calendar: usize,
        hours: Option<f64>,
    ) -> PlanTask {
        let kind = match activity.kind {
            ActivityKind::StartMilestone => Kind::StartMilestone,
            ActivityKind::FinishMilestone => Kind::FinishMilestone,
            _ => Kind::Work,
        };
        let is_event = kind != Kind::Work;
        let is_open = activity.actual_start.is_none();
        // What is left counts, also of work that has not started.
        let planned = if is_open { activity.remaining.unwrap_or(activity.planned) } else { activity.planned };
        let minutes = |hours: f64| (hours * 60.0).round().max(0.0);
        let duration = if is_event { 0.0 } else { minutes(hours.filter(|_| is_open).unwrap_or(planned)) };
        let left = activity.remaining.unwrap_or(activity.planned);
        let left = if is_event { 0.0 } else { minutes(hours.filter(|_| !is_open).unwrap_or(left)) };
        if planned < 0.0 {
            self.note(activity, Fate::Changed, "its duration is negative: taken as none");
        }
        let mut task = PlanTask {
            source: activity.code.clone(),
            code: Some(activity.code.clone()).filter(|code| !code.is_empty()),
            name: activity.name.clone(),
            group,
            kind,
            minutes: duration,
            calendar,
            actual_start: activity.actual_start,
            actual_finish: activity.actual_finish,
            remaining: left,
            resume: activity.resume.filter(|resume| self.data_date(activity).is_none_or(|at| *resume > at)),
            complete: activity.complete.filter(|share| (0.0..=1.0).contains(share)),
            stored: stored(activity),
            ..PlanTask::default()
        };
        let per_day = f64::from(self.calendars[calendar].scale.unwrap_or(self.scale).minutes_per_day);
        task.range = self.points.range(activity, duration, per_day).filter(|_| !is_event);
        if task.range.is_some_and(|[low, mode, high]| !(low <= mode && mode <= high)) {
            self.note(activity, Fate::Changed, "its three points are out of order: they are not used");
            task.range = None;
        }
        self.limits(activity, &mut task);
        self.facts(activity, &mut task);
        task
    }

    /// The data date of the project of an activity.
    fn data_date(&self, activity: &Activity) -> Option<Instant> {
        self.data.projects.iter().find(|project| project.id == activity.project)?.data_date
    }

    fn note(&mut self, activity: &Activity, fate: Fate, reason: &str) {
        self.report.note(fate, "task", &activity.code, &activity.name, reason);
    }

    /// The dates that a task must keep.
    fn limits(&mut self, activity: &Activity, task: &mut PlanTask) {
        for &(constraint, date) in &activity.constraints {
            match (constraint, date) {
                (Constraint::AsLateAsPossible, _) => {
                    task.as_late_as_possible = activity.actual_start.is_none()
                }
                (Constraint::StartOn, Some(at)) => {
                    task.limits.extend([(Limit::StartNoEarlier, at), (Limit::StartNoLater, at)]);
                }
                (Constraint::FinishOn, Some(at)) => {
                    task.limits.extend([(Limit::FinishNoEarlier, at), (Limit::FinishNoLater, at)]);
                }
                (Constraint::Plain(limit), Some(at)) => task.limits.push((limit, at)),
                (_, None) => self.note(activity, Fate::Changed, "its constraint has no date: not kept"),
            }
        }
        task.limits.extend(activity.external_start.map(|at| (Limit::StartNoEarlier, at)));
        task.limits.extend(activity.external_finish.map(|at| (Limit::FinishNoLater, at)));
        // Projects may have data dates of their own.
        if activity.actual_start.is_none()
            && let Some(&begin) = self.begins.get(activity.project.as_str())
            && begin > self.start
        {
            task.limits.push((Limit::StartNoEarlier, begin));
        }
        let expects = self
            .data
            .projects
            .iter()
            .any(|project| project.id == activity.project && project.options.uses_expected_finish);
        if expects && activity.expected_finish.is_some() && activity.actual_finish.is_none() {
            self.note(
                activity,
                Fate::Changed,
                "its expected finish is not kept: its remaining duration counts",
            );
        }
    }

    /// What has happened, put right where it contradicts itself.
    fn facts(&mut self, activity: &Activity, task: &mut PlanTask) {
        if task.kind != Kind::Work && (task.actual_start.is_some() || task.actual_finish.is_some()) {
            let at = task.actual_finish.or(task.actual_start);
            (task.actual_start, task.actual_finish) = (at, at);
        }
        match (task.actual_start, task.actual_finish) {
            (None, Some(finish)) => {
                self.note(
                    activity,
                    Fate::Changed,
                    "it is finished and has no actual start: taken as its finish",
                );
                task.actual_start = Some(finish);
            }
            (Some(start), Some(finish)) if finish < start => {
                self.note(activity, Fate::Changed, "it finished before it started: both are its start");
                task.actual_finish = Some(start);
            }
            _ => {}
        }
        if task.is_started() {
            // What has started has kept them or not.
            for (limit, _) in &mut task.limits {
                if *limit == Limit::MustFinish {
                    *limit = Limit::FinishNoLater;
                }
            }
            task.limits.retain(|(limit, _)| matches!(limit, Limit::FinishNoLater | Limit::FinishNoEarlier));
        }
    }
}

/// What the tool has computed; of started work the early start is that of what is left.
fn stored(activity: &Activity) -> StoredDates {
    let open = |at: Option<Instant>| at.filter(|_| activity.actual_finish.is_none());
    StoredDates {
        early_start: open(activity.early_start).filter(|_| activity.actual_start.is_none()),
        early_finish: open(activity.early_finish),
        late_start: open(activity.late_start),
        late_finish: open(activity.late_finish),
        slack_minutes: activity
            .float
            .filter(|_| activity.actual_finish.is_none() && activity.early_finish.is_some())
            .map(|hours| (hours * 60.0).round() as i32),
        actual_start: activity.actual_start,
        actual_finish: activity.actual_finish,
    }
}

fn links(data: &Data, ends: &BTreeMap<&str, End>, report: &mut ImportReport) -> Vec<PlanLink> {
    let projects: BTreeMap<&str, &Project> =
        data.projects.iter().map(|project| (project.id.as_str(), project)).collect();
    let activities: BTreeMap<&str, &Activity> =
        data.activities.iter().map(|activity| (activity.id.as_str(), activity)).collect();
    let mut links = Vec::new();
    for relation in &data.relations {
        let code = |id: &str| activities.get(id).map_or(id, |activity| activity.code.as_str()).to_owned();
        let (Some(&from), Some(&to)) = (ends.get(relation.from.as_str()), ends.get(relation.to.as_str()))
        else {
            let source = format!("{} -> {}", code(&relation.from), code(&relation.to));
            report.note(
                Fate::LeftOut,
                "link",
                &source,
                "",
                "one of its ends is not in the file, or is left out",
            );
            continue;
        };
        let project = activities.get(relation.to.as_str()).and_then(|to| projects.get(to.project.as_str()));
        let time = project.map_or(LagTime::Predecessor, |project| project.options.lag_time);
        let lag = LagLength::Minutes((relation.lag * 60.0).round());
        links.push(PlanLink { from, to, tie: relation.tie, lag, time });
    }
    links
}

/// What projects are to be finished by, where they are several.
fn finish_dates(
    data: &Data,
    used: &[&Project],
    is_single: bool,
    groups: &mut [crate::import::plan::Group],
    places: &BTreeMap<String, usize>,
) {
    if is_single {
        return;
    }
    for node in data.wbs.iter().filter(|node| node.is_root) {
        let project = used.iter().find(|project| project.id == node.project);
        if let (Some(&group), Some(project)) = (places.get(&node.id), project) {
            groups[group].target = project.must_finish_by;
        }
    }
}
