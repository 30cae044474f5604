//! Every issue that is left as a task.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::assemble::Backlog;
use super::names::{id_of, name_of};
use super::order::order;
use super::ties::ties;
use crate::backlog::Issue;
use crate::import::ImportError;
use crate::import::ids::Taken;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{
    At, Many, Named, Quantity, RawDate, RawEmpirical, RawEstimate, RawLaw, RawLink, RawProject, RawScenario,
    RawTask, Slot,
};
use crate::units::{DurationText, DurationUnit, Instant};

/// How many issues say how long others take, the latest of them.
const MOST_SAMPLES: usize = 100;
/// So many of one type say it for that type.
const ENOUGH_OF_A_TYPE: usize = 12;

/// The tasks of the issues: by their estimates, else by how long finished ones took; epics are projects.
pub(super) fn by_issue(backlog: &Backlog<'_>, report: &mut ImportReport) -> Result<RawScenario, ImportError> {
    let list = backlog.list;
    let left: Vec<usize> = (0..list.issues.len()).filter(|&at| backlog.is_left(&list.issues[at])).collect();
    let place: BTreeMap<usize, usize> = left.iter().enumerate().map(|(place, &at)| (at, place)).collect();
    let mut taken = Taken::default();
    let mut epics: BTreeMap<usize, String> = BTreeMap::new();
    for &at in &left {
        if let Some(epic) = list.issues[at].epic {
            epics.entry(epic).or_insert_with(|| id_of(&list.issues[epic], &mut taken));
        }
    }
    let ids: Vec<String> = left.iter().map(|&at| id_of(&list.issues[at], &mut taken)).collect();
    let full = |place: usize| match list.issues[left[place]].epic {
        Some(epic) => format!("{}.{}", epics[&epic], ids[place]),
        None => ids[place].clone(),
    };
    let mut tied: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (from, to) in ties(list, report) {
        match (place.get(&from), place.get(&to)) {
            (Some(&from), Some(&to)) => {
                tied.insert((from, to));
            }
            _ => {
                let source = format!("{} -> {}", list.issues[from].key, list.issues[to].key);
                report.note(Fate::LeftOut, "link", &source, "", "an end of it is no item that is left");
            }
        }
    }
    let in_order: Vec<usize> = (0..left.len()).collect();
    let (_, circular) = order(left.len(), &tied, &in_order);
    let key = |place: usize| list.issues[left[place]].key.as_str();
    for &(from, to) in &tied {
        let source = format!("{} -> {}", key(from), key(to));
        if circular.contains(&(from, to)) {
            report.note(Fate::LeftOut, "link", &source, "", "issues block each other in a circle");
        } else {
            report.take("link", &source, "", &full(to));
        }
    }
    let times = Times::of(backlog);
    let mut free: Vec<At<RawTask>> = Vec::new();
    let mut inside: BTreeMap<usize, Vec<At<RawTask>>> = BTreeMap::new();
    for (place, &at) in left.iter().enumerate() {
        let issue = &list.issues[at];
        report.take("task", &issue.key, &name_of(issue), &full(place));
        let before = tied.iter().filter(|pair| pair.1 == place && !circular.contains(pair));
        let after: Many<RawLink> = before.map(|&(from, _)| RawLink::Text(full(from))).collect();
        let due = issue.due.filter(|due| *due >= backlog.from);
        let task = RawTask {
            id: ids[place].clone().into(),
            name: name_of(issue).into(),
            duration: duration(issue, &times, report)?.into(),
            after: if after.0.is_empty() { Slot::Absent } else { after.into() },
            deadline: due.map(|day| RawDate { at: Instant::from_date(day), has_time: false }).into(),
            owner: issue.owner.clone().into(),
            source: issue.key.clone().into(),
            ..RawTask::default()
        };
        match issue.epic {
            Some(epic) => inside.entry(epic).or_default().push(task.into()),
            None => free.push(task.into()),
        }
    }
    let projects: Named<RawProject> = inside
        .into_iter()
        .map(|(epic, tasks)| {
            let (epic, id) = (&list.issues[epic], epics[&epic].clone());
            report.take("epic", &epic.key, &name_of(epic), &id);
            (id, RawProject { name: name_of(epic).into(), tasks: tasks.into(), ..RawProject::default() })
        })
        .collect();
    let rule = "every issue begins as soon as its links let it: write roles or links where people are few, or import by epic";
    report.note(Fate::Changed, "team", "", "", rule);
    Ok(RawScenario {
        projects: if projects.0.is_empty() { Slot::Absent } else { projects.into() },
        tasks: if free.is_empty() { Slot::Absent } else { free.into() },
        ..RawScenario::default()
    })
}

/// How many days finished issues took, the latest last: from their start, or from when they were written.
struct Times {
    all: Vec<(Date, i32, String)>,
    /// Whether the list says when work began.
    from_start: bool,
}

impl Times {
    fn of(backlog: &Backlog<'_>) -> Self {
        let issues =
            || backlog.list.issues.iter().filter(|issue| backlog.scope.holds(issue) && issue.is_item());
        let from_start = issues().filter(|issue| issue.done.is_some() && issue.started.is_some()).count() > 0;
        let days = |issue: &Issue| {
            let (done, begun) = (issue.done?, if from_start { issue.started } else { issue.created }?);
            let days = begun.until(done).ok()?.get_days();
            // What was finished before it began says nothing of how long it took.
            (days >= 0).then(|| (done, days + 1, issue.kind.clone()))
        };
        let mut all: Vec<(Date, i32, String)> = issues().filter_map(days).collect();
        all.sort();
        Self { all, from_start }
    }

    /// The days of the latest issues of a type where there are enough, else of any; ascending.
    fn for_type(&self, kind: &str) -> Vec<i32> {
        let of_type: Vec<i32> = self.all.iter().filter(|time| time.2 == kind).map(|time| time.1).collect();
        let days = if of_type.len() >= ENOUGH_OF_A_TYPE {
            of_type
        } else {
            self.all.iter().map(|time| time.1).collect()
        };
        let mut latest = days[days.len().saturating_sub(MOST_SAMPLES)..].to_vec();
        latest.sort_unstable();
        latest
    }
}

fn duration(issue: &Issue, times: &Times, report: &mut ImportReport) -> Result<RawEstimate, ImportError> {
    let text = |value, unit, elapsed| Quantity::Duration(DurationText { value, unit, elapsed });
    if let Some(hours) = issue.hours {
        let rounded = (hours * 60.0).round();
        return Ok(RawEstimate::Point(text(rounded / 60.0, DurationUnit::Hour, false)));
    }
    let days = times.for_type(&issue.kind);
    if days.is_empty() {
        return Err(ImportError::Option(format!(
            "`{}` has no estimate, and no issue was finished that says how long one takes: import by epic, or add estimates",
            issue.key
        )));
    }
    let since = if times.from_start { "began" } else { "was written, waiting included" };
    let reason =
        format!("it has no estimate: it takes as long as {} finished issues since each {since}", days.len());
    report.note(Fate::Changed, "estimate", &issue.key, &name_of(issue), reason);
    let values: Vec<At<Quantity>> =
        days.iter().map(|&days| At::from(text(f64::from(days), DurationUnit::Day, true))).collect();
    let law = RawEmpirical { values: values.into(), ..RawEmpirical::default() };
    Ok(RawEstimate::Law(Box::new(RawLaw { empirical: law.into(), ..RawLaw::default() })))
}
