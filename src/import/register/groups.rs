//! Projects of a table: by a column, or by the codes of a work breakdown.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use super::table::Table;
use super::tasks::Line;
use super::words::plain;
use crate::import::ids::{Taken, code, slug};
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::RawDate;

/// How deep projects may be nested.
const DEEPEST: usize = 30;

/// What holds tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub name: String,
    /// Its code in the work breakdown.
    pub wbs: Option<String>,
    pub above: Option<usize>,
    pub cost: Option<f64>,
    /// Its own id and its full one.
    pub id: String,
    pub full: String,
    /// When it is planned to start.
    pub start: Option<RawDate>,
    place: String,
    /// The code of what is above it, as written.
    parent: Option<String>,
}

/// All groups, and in which each line stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub list: Vec<Group>,
    pub of_line: Vec<Option<usize>>,
    /// The name of the only group at the top, which is the program itself.
    pub top: Option<String>,
    /// The earliest planned start of those that were there.
    pub start: Option<RawDate>,
    /// The ids that groups have, which nothing outside them may have.
    pub taken: Taken,
}

/// The rows of a work breakdown.
pub(super) fn breakdown(table: &Table<'_>, groups: &mut Vec<Group>, report: &mut ImportReport) {
    let mut codes: BTreeSet<String> = groups.iter().filter_map(|group| group.wbs.clone()).collect();
    for row in table.rows(report) {
        let mut reading = Reading { table, row, report };
        let (wbs, name) = (reading.text("wbs"), reading.text("name"));
        let Some(wbs) = wbs.map(|wbs| wbs.trim_matches('.').to_owned()).filter(|wbs| !wbs.is_empty()) else {
            let place = reading.row_place();
            reading.report.note(Fate::LeftOut, "row", &place, &name.unwrap_or_default(), "it has no code");
            continue;
        };
        if !codes.insert(wbs.clone()) {
            let place = reading.row_place();
            reading.report.note(Fate::LeftOut, "row", &place, &wbs, "the code is there already");
            continue;
        }
        groups.push(Group {
            name: name.unwrap_or_else(|| wbs.clone()),
            parent: reading.text("above").map(|above| above.trim_matches('.').to_owned()),
            cost: reading.number("cost").filter(|cost| *cost > 0.0),
            place: reading.row_place(),
            wbs: Some(wbs),
            ..Group::default()
        });
    }
}

impl Groups {
    /// The groups of lines; lines that only hold others become groups, and are taken out.
    pub fn of(mut list: Vec<Group>, lines: &mut Vec<Line>, report: &mut ImportReport) -> Self {
        summaries(&mut list, lines, report);
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for (at, group) in list.iter().enumerate() {
            codes.extend(group.wbs.clone().map(|wbs| (wbs, at)));
        }
        let above_of = |(at, group): (usize, &Group)| {
            let parent = group.parent.as_ref().and_then(|parent| codes.get(parent).copied());
            let by_code = || group.wbs.as_deref().and_then(|wbs| above(wbs, &codes));
            parent.or_else(by_code).filter(|&above| above != at)
        };
        let parents: Vec<Option<usize>> = list.iter().enumerate().map(above_of).collect();
        list.iter_mut().zip(parents).for_each(|(group, above)| group.above = above);
        cut_circles(&mut list, report);
        // A project that a column names is a group as well.
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for (at, group) in list.iter().enumerate() {
            named.entry(plain(&group.name)).or_insert(at);
        }
        let mut of_line = Vec::new();
        for line in lines.iter() {
            let by_code =
                line.wbs.as_ref().and_then(|wbs| codes.get(wbs).copied().or_else(|| above(wbs, &codes)));
            let by_name = line.project.as_ref().map(|project| {
                *named.entry(plain(project)).or_insert_with(|| {
                    list.push(Group { name: project.clone(), place: line.place.clone(), ..Group::default() });
                    list.len() - 1
                })
            });
            of_line.push(by_name.or(by_code));
        }
        let start = list.iter().filter_map(|group| group.start).min_by_key(|date| date.at);
        let mut groups = Self { list, of_line, top: None, start, taken: Taken::default() };
        groups.drop_top();
        groups.drop_empty(report);
        groups.name();
        groups
    }

    /// A single group at the top that holds everything, and other groups, is the program itself.
    fn drop_top(&mut self) {
        let tops: Vec<usize> = (0..self.list.len()).filter(|&at| self.list[at].above.is_none()).collect();
        let [top] = tops[..] else { return };
        let holds_groups = self.list.iter().any(|group| group.above == Some(top));
        if !holds_groups || self.of_line.contains(&None) || self.list[top].wbs.is_none() {
            return;
        }
        self.top = Some(self.list[top].name.clone());
        self.remove(&[top]);
    }

    /// Groups in which nothing stands are left out.
    fn drop_empty(&mut self, report: &mut ImportReport) {
        let mut filled = vec![false; self.list.len()];
        for group in self.of_line.iter().flatten() {
            let mut at = Some(*group);
            while let Some(here) = at.filter(|&here| !filled[here]) {
                filled[here] = true;
                at = self.list[here].above;
            }
        }
        let empty: Vec<usize> = (0..self.list.len()).filter(|&at| !filled[at]).collect();
        for &at in &empty {
            let group = &self.list[at];
            report.note(Fate::LeftOut, "project", &group.place, &group.name, "nothing is in it");
        }
        self.remove(&empty);
    }

    fn remove(&mut self, gone: &[usize]) {
        let mut new_places = Vec::with_capacity(self.list.len());
        let mut kept = 0;
        for at in 0..self.list.len() {
            if gone.binary_search(&at).is_ok() {
                new_places.push(None);
            } else {
                new_places.push(Some(kept));
                kept += 1;
            }
        }
        let moved = |at: Option<usize>| at.and_then(|at| new_places[at]);
        let mut at = 0;
        self.list.retain(|_| {
            at += 1;
            new_places[at - 1].is_some()
        });
        self.list.iter_mut().for_each(|group| group.above = moved(group.above));
        self.of_line.iter_mut().for_each(|group| *group = moved(*group));
    }

    /// Gives every group its ids, those above before those below.
    fn name(&mut self) {
        let mut order: Vec<(usize, usize)> = (0..self.list.len()).map(|at| (self.depth(at), at)).collect();
        order.sort_unstable();
        for (_, at) in order {
            let group = &self.list[at];
            let wanted = match slug(&group.name) {
                id if id.is_empty() => group
                    .wbs
                    .as_deref()
                    .map_or_else(|| "project".to_owned(), |wbs| format!("wbs-{}", code(wbs))),
                id => id,
            };
            // A code that stands for its name says where it comes from.
            let wanted = if group.wbs.as_ref() == Some(&group.name) {
                format!("wbs-{}", code(&group.name))
            } else {
                wanted
            };
            let id = self.taken.free(&wanted, &Taken::default());
            let full = match self.list[at].above {
                Some(above) => format!("{}.{id}", self.list[above].full),
                None => id.clone(),
            };
            (self.list[at].id, self.list[at].full) = (id, full);
        }
    }

    fn depth(&self, at: usize) -> usize {
        let mut depth = 0;
        let mut next = self.list[at].above;
        while let Some(here) = next {
            depth += 1;
            next = self.list[here].above;
        }
        depth
    }
}

/// Lines whose code begins those of others hold them.
fn summaries(list: &mut Vec<Group>, lines: &mut Vec<Line>, report: &mut ImportReport) {
    let mut parents = BTreeSet::new();
    for line in lines.iter() {
        let mut wbs = line.wbs.as_deref().unwrap_or("");
        // Codes may be of any length: a few levels are enough.
        for _ in 0..DEEPEST {
            let Some((above, _)) = wbs.rsplit_once('.') else { break };
            if !parents.insert(above.to_owned()) {
                break;
            }
            wbs = above;
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.iter() {
        *counts.entry(line.wbs.clone().unwrap_or_default()).or_default() += 1;
    }
    let known: BTreeSet<String> = list.iter().filter_map(|group| group.wbs.clone()).collect();
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        let wbs = line.wbs.clone().unwrap_or_default();
        let holds = !wbs.is_empty() && parents.contains(&wbs) && counts[&wbs] == 1 && !known.contains(&wbs);
        if !holds {
            kept.push(line);
            continue;
        }
        let dropped = if line.after.is_empty() { "" } else { "; its predecessors are left out" };
        let reason = format!("it holds others: taken as a project{dropped}");
        report.note(Fate::Changed, "task", &line.place, &line.name, reason);
        list.push(Group {
            name: line.name,
            wbs: Some(wbs),
            start: line.start,
            place: line.place,
            ..Group::default()
        });
    }
    *lines = kept;
}

/// The group whose code is the longest beginning of another.
fn above(wbs: &str, codes: &BTreeMap<String, usize>) -> Option<usize> {
    let mut rest = wbs;
    for _ in 0..DEEPEST {
        rest = rest.rsplit_once('.')?.0;
        if let Some(&at) = codes.get(rest) {
            return Some(at);
        }
    }
    None
}

/// Groups in a circle, or too deep, stand at the top.
fn cut_circles(list: &mut [Group], report: &mut ImportReport) {
    for at in 0..list.len() {
        let mut depth = 0;
        let mut next = list[at].above;
        while let Some(here) = next.filter(|&here| here != at && depth <= DEEPEST) {
            depth += 1;
            next = list[here].above;
        }
        if next.is_some() {
            list[at].above = None;
            let (place, name) = (list[at].place.clone(), list[at].name.clone());
            report.note(
                Fate::Changed,
                "project",
                &place,
                &name,
                "it holds itself, or is nested too deep: it stands at the top",
            );
        }
    }
}
