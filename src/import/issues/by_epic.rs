//! Every epic as a task at the pace of the team.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Backlog;
use super::names::{REST, id_of, name_of};
use super::order::order;
use super::ties::ties;
use crate::backlog::{Amount, BacklogError};
use crate::dist::WeeklyPace;
use crate::import::ImportError;
use crate::import::ids::Taken;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{
    At, Many, Quantity, RawDate, RawEstimate, RawLastWeek, RawLaw, RawLink, RawScenario, RawTask,
    RawThroughput, RawTriangular, Slot,
};
use crate::units::Instant;

/// Items that are worked off together: an epic, or those that belong to none.
struct Pile {
    /// The place of the epic in the list.
    epic: Option<usize>,
    /// Places of the items that are left.
    items: Vec<usize>,
}

/// The tasks of the epics, one after the other: one team works them in the order of their ranks, all of it on one at a
/// time, at the pace of the weeks before the forecast.
pub(super) fn by_epic(backlog: &Backlog<'_>, report: &mut ImportReport) -> Result<RawScenario, ImportError> {
    let list = backlog.list;
    let weeks = backlog.scope.history(list)?.before(backlog.from, backlog.options.weeks())?;
    // What makes no pace is said of the list, not of every task.
    WeeklyPace::new(&weeks).map_err(BacklogError::from)?;
    let mut piles: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, issue) in list.issues.iter().enumerate().filter(|(_, issue)| backlog.is_left(issue)) {
        piles.entry(issue.epic).or_default().push(at);
    }
    let piles: Vec<Pile> = piles.into_iter().map(|(epic, items)| Pile { epic, items }).collect();
    for (at, issue) in list.issues.iter().enumerate() {
        let is_epic = issue.role == crate::backlog::Role::Epic && backlog.scope.holds(issue);
        if is_epic && !piles.iter().any(|pile| pile.epic == Some(at)) {
            report.note(Fate::LeftOut, "epic", &issue.key, &name_of(issue), "nothing is left in it");
        }
    }
    let (wanted, how) = ranks(backlog, &piles);
    let of: BTreeMap<usize, usize> = piles
        .iter()
        .enumerate()
        .flat_map(|(at, pile)| pile.items.iter().chain(&pile.epic).map(move |&issue| (issue, at)))
        .collect();
    let mut tied: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut links: Vec<(usize, usize, (usize, usize))> = Vec::new();
    for (from, to) in ties(list, report) {
        let source = format!("{} -> {}", list.issues[from].key, list.issues[to].key);
        match (of.get(&from), of.get(&to)) {
            (Some(one), Some(other)) if one == other => {
                report.note(
                    Fate::LeftOut,
                    "link",
                    &source,
                    "",
                    "it ties items of one epic, which are not told apart",
                );
            }
            (Some(&one), Some(&other)) => {
                tied.insert((one, other));
                links.push((from, to, (one, other)));
            }
            _ => report.note(Fate::LeftOut, "link", &source, "", "an end of it is no part of what is left"),
        }
    }
    let (sequence, circular) = order(piles.len(), &tied, &wanted);
    for (from, to, pair) in links {
        let source = format!("{} -> {}", list.issues[from].key, list.issues[to].key);
        if circular.contains(&pair) {
            report.note(Fate::LeftOut, "link", &source, "", "epics block each other in a circle");
        } else {
            report.note(Fate::Taken, "link", &source, "", "the epic that blocks comes first");
        }
    }
    let mut taken = Taken::default();
    let mut tasks: Vec<At<RawTask>> = Vec::new();
    let mut before: Option<String> = None;
    for at in sequence {
        let task = task(backlog, &piles[at], &weeks, before.take(), &mut taken, report);
        before = task.id.get().cloned();
        tasks.push(task.into());
    }
    let rule = format!(
        "one team works {how}, all of it on one at a time; {} weeks before {} say how fast",
        weeks.len(),
        backlog.from
    );
    report.note(Fate::Changed, "team", "", "", rule);
    Ok(RawScenario { tasks: tasks.into(), ..RawScenario::default() })
}

/// Where each pile stands, and how that is said: by the ranks of the epics, else by the order of the list; what belongs
/// to no epic comes last.
fn ranks(backlog: &Backlog<'_>, piles: &[Pile]) -> (Vec<usize>, &'static str) {
    let rank_of = |pile: &Pile| pile.epic.and_then(|epic| backlog.list.issues[epic].rank.clone());
    let mut places: Vec<usize> = (0..piles.len()).collect();
    places.sort_by_key(|&at| {
        let pile = &piles[at];
        (pile.epic.is_none(), rank_of(pile).is_none(), rank_of(pile), pile.epic)
    });
    let mut ranks = vec![0; piles.len()];
    for (rank, at) in places.into_iter().enumerate() {
        ranks[at] = rank;
    }
    let has_ranks = piles.iter().any(|pile| rank_of(pile).is_some());
    (
        ranks,
        if has_ranks {
            "the epics in the order of their ranks"
        } else {
            "the epics in the order of the list"
        },
    )
}

fn task(
    backlog: &Backlog<'_>,
    pile: &Pile,
    weeks: &[u32],
    before: Option<String>,
    taken: &mut Taken,
    report: &mut ImportReport,
) -> RawTask {
    let issues = &backlog.list.issues;
    let (id, name, source, owner, due) = match pile.epic.map(|epic| &issues[epic]) {
        Some(epic) => {
            let due = epic.due.filter(|due| *due >= backlog.from);
            (id_of(epic, taken), name_of(epic), epic.key.clone(), epic.owner.clone(), due)
        }
        None => {
            let id = taken.free(REST, &Taken::default());
            (id, "Items without an epic".to_owned(), String::new(), None, None)
        }
    };
    report.take("task", &source, &name, &id);
    for &item in &pile.items {
        let issue = &issues[item];
        report.take("issue", &issue.key, &name_of(issue), &id);
    }
    let throughput = RawThroughput {
        weeks: weeks.iter().map(|&week| At::from(f64::from(week))).collect::<Vec<_>>().into(),
        items: RawEstimate::Point(Quantity::Number(pile.items.len() as f64)).into(),
        split: backlog.options.split.as_ref().map(amount).into(),
        // The next epic begins when this one is done, not on the next Monday.
        last_week: RawLastWeek::Even.into(),
        ..RawThroughput::default()
    };
    let law = RawLaw { throughput: throughput.into(), ..RawLaw::default() };
    RawTask {
        id: id.into(),
        name: name.into(),
        duration: RawEstimate::Law(Box::new(law)).into(),
        after: before.map(|id| std::iter::once(RawLink::Text(id)).collect::<Many<_>>()).into(),
        deadline: due.map(|day| RawDate { at: Instant::from_date(day), has_time: false }).into(),
        owner: owner.into(),
        source: if source.is_empty() { Slot::Absent } else { source.into() },
        ..RawTask::default()
    }
}

/// An amount as a scenario writes it.
fn amount(amount: &Amount) -> RawEstimate {
    let law = amount.law();
    let number = |number: f64| Quantity::Number(number);
    match (amount.number(), law) {
        (None, crate::dist::Law::Triangular(law)) => {
            let points = RawTriangular {
                low: number(law.min()).into(),
                mode: number(law.mode()).into(),
                high: number(law.max()).into(),
                ..RawTriangular::default()
            };
            RawEstimate::Law(Box::new(RawLaw { triangular: points.into(), ..RawLaw::default() }))
        }
        (certain, law) => RawEstimate::Point(number(certain.unwrap_or_else(|| law.quantile(0.5)))),
    }
}
