//! Tables as a scenario.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::{Group, Groups, breakdown};
use super::kind::Kind;
use super::links::{Ends, rows as link_rows};
use super::predecessors::before;
use super::risks::{Surroundings, risks};
use super::scales::Scales;
use super::settings::Settings;
use super::table::Table;
use super::tasks::{Body, Line, counts_calendar_days, lines};
use super::weeks::Weeks;
use crate::import::ids::{Taken, code, slug};
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::Grid;
use crate::import::{ImportError, ImportOptions, StoredDates};
use crate::scenario::raw::{
    At, Many, Named, Quantity, RawCost, RawDate, RawEstimate, RawImport, RawLink, RawLinkTable, RawProgram,
    RawProgress, RawProject, RawRisk, RawScenario, RawStatus, RawTargets, Slot,
};

/// What tables become.
pub(in crate::import) struct Built {
    pub scenario: RawScenario,
    pub stored: BTreeMap<String, StoredDates>,
    /// Whether it is only a part of a scenario: a register without tasks.
    pub is_part: bool,
}

/// Makes a scenario of the sheets of a workbook, or of CSV files.
///
/// # Errors
/// [`ImportError`] if nothing in them is a table of tasks or risks, or if no date says when the program starts.
pub(in crate::import) fn scenario_of(
    grids: &[Grid],
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Result<Built, ImportError> {
    let mut tables = Vec::new();
    for grid in grids {
        for (place, reason) in &grid.lost {
            report.note(Fate::LeftOut, "sheet", place, "", reason.clone());
        }
        match Table::of(grid, &options.map) {
            Some(table) => tables.push(table),
            None if !grid.rows.is_empty() => {
                report.note(Fate::LeftOut, "sheet", &grid.name, "", "it has no headings of tasks or risks");
            }
            None => {}
        }
    }
    if !tables.iter().any(|table| matches!(table.kind, Kind::Tasks | Kind::Risks)) {
        return Err(ImportError::NoTable { found: headings(grids) });
    }
    Book::read(&tables, options, report).scenario(&tables, options, report)
}

/// What stands in the first rows, for people to map.
pub(super) fn headings(grids: &[Grid]) -> String {
    let rows = grids.iter().filter_map(|grid| {
        grid.rows.iter().max_by_key(|row| {
            (
                row.cells.iter().filter(|cell| matches!(cell, crate::import::sheet::Value::Text(_))).count(),
                std::cmp::Reverse(row.number),
            )
        })
    });
    let mut words: Vec<String> = rows
        .flat_map(|row| &row.cells)
        .filter(|cell| !cell.is_empty())
        .map(|cell| {
            let text: String = cell.shown().chars().take(40).collect();
            format!("`{}`", text.replace('\n', " "))
        })
        .collect();
    words.truncate(30);
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

/// Everything that was read, before it is put together.
struct Book {
    settings: Settings,
    scales: Scales,
    weeks: Weeks,
    lines: Vec<Line>,
    groups: Groups,
    /// By line: its own id and its full one.
    ids: Vec<(String, String)>,
    /// What texts mean: ids, names and codes in lower case.
    names: Names,
}

/// What texts mean.
#[derive(Default)]
struct Names {
    /// Ids, which mean one thing.
    exact: BTreeMap<String, String>,
    /// Names; nothing where several things have one.
    loose: BTreeMap<String, Option<String>>,
}

impl Names {
    fn find(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let loose = || self.loose.get(&text.to_lowercase()).and_then(Option::as_ref);
        self.exact.get(text).or_else(loose).map(String::as_str)
    }

    fn exact(&mut self, text: &str, full: &str) {
        self.exact.entry(text.trim().to_owned()).or_insert_with(|| full.to_owned());
    }

    fn loose(&mut self, text: &str, full: &str) {
        let entry = self.loose.entry(text.trim().to_lowercase()).or_insert_with(|| Some(full.to_owned()));
        if entry.as_deref() != Some(full) {
            *entry = None;
        }
    }
}

impl Book {
    fn read(tables: &[Table<'_>], options: &ImportOptions, report: &mut ImportReport) -> Self {
        let mut settings = Settings::default();
        let mut scales = Scales::default();
        let mut weeks = Weeks::default();
        let (mut read, mut list): (Vec<Line>, Vec<Group>) = (Vec::new(), Vec::new());
        for table in tables {
            match table.kind {
                Kind::Program => settings.read(table, report),
                Kind::Scales => scales.read(table, report),
                Kind::Calendar => weeks.read(table, report),
                Kind::Breakdown => breakdown(table, &mut list, report),
                Kind::Tasks => read.extend(lines(table, report)),
                Kind::Risks | Kind::Links | Kind::History => {}
            }
            table.note_unused(report);
        }
        for table in tables.iter().filter(|table| table.kind == Kind::Tasks && weeks.0.is_empty()) {
            if counts_calendar_days(table) {
                let reason = "start and finish of its rows show that durations count calendar days: every day is worked";
                report.note(Fate::Changed, "calendar", &table.grid.name, "", reason);
                weeks = Weeks::every_day();
                break;
            }
        }
        let groups = Groups::of(list, &mut read, report);
        let ids = name_lines(&read, &groups, report);
        let mut names = Names::default();
        for (line, (_, full)) in read.iter().zip(&ids) {
            names.exact(full, full);
            if let Some(source) = &line.source {
                names.exact(source, full);
            }
        }
        for (line, (own, full)) in read.iter().zip(&ids) {
            names.exact(own, full);
            names.loose(&line.name, full);
        }
        for group in &groups.list {
            names.exact(&group.full, &group.full);
            if let Some(wbs) = &group.wbs {
                names.exact(wbs, &group.full);
            }
            names.loose(&group.name, &group.full);
        }
        for (line, (_, full)) in read.iter().zip(&ids) {
            if let Some(wbs) = &line.wbs {
                names.loose(wbs, full);
            }
        }
        for item in &options.beside.items {
            names.exact(&item.id, &item.id);
            if let Some(source) = &item.source {
                names.exact(source, &item.id);
            }
            names.loose(&item.name, &item.id);
        }
        Self { settings, scales, weeks, lines: read, groups, ids, names }
    }

    fn scenario(
        mut self,
        tables: &[Table<'_>],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<Built, ImportError> {
        let risks = self.risks(tables, options, report);
        let mut into = self.links(tables, report);
        let is_part = self.lines.is_empty();
        let money =
            tables.iter().flat_map(|table| table.columns.values()).find_map(|column| column.measure.currency);
        let currency = self.settings.currency.clone().or(money.map(str::to_owned));
        let status = self.status(report);
        let program =
            if is_part { None } else { Some(self.program(options, currency, status.as_ref(), report)?) };
        let start = program.as_ref().and_then(|program| program.start.get().copied());
        let mut stored = BTreeMap::new();
        let mut homes: Vec<Home> = (0..=self.groups.list.len()).map(|_| Home::default()).collect();
        let lines = std::mem::take(&mut self.lines);
        for (at, line) in lines.into_iter().enumerate() {
            let (own, full) = self.ids[at].clone();
            stored.insert(full.clone(), StoredDates::default());
            report.take("task", &line.place, &line.name, &full);
            let home = &mut homes[self.groups.of_line[at].map_or(0, |group| group + 1)];
            let after = std::mem::take(&mut into[at]);
            self.put(line, own, after, start, options, home, report);
        }
        let projects = self.projects(&mut homes, report);
        let top = std::mem::take(&mut homes[0]);
        let weeks = std::mem::take(&mut self.weeks.0);
        let scenario = RawScenario {
            program: program.into(),
            calendars: if weeks.is_empty() {
                Slot::Absent
            } else {
                weeks.into_iter().collect::<Named<_>>().into()
            },
            estimates: options.estimates.filter(|_| !is_part).map(crate::import::build::template).into(),
            scales: self.scales.raw(),
            projects: if projects.0.is_empty() { Slot::Absent } else { projects.into() },
            tasks: some(top.tasks),
            milestones: some(top.milestones),
            risks: some(risks.into_iter().map(At::from).collect()),
            status: status.map(|status| std::iter::once(status).collect::<Many<_>>()).into(),
            import: provenance(tables, options).into(),
            ..RawScenario::default()
        };
        Ok(Built { scenario, stored, is_part })
    }

    fn program(
        &self,
        options: &ImportOptions,
        currency: Option<String>,
        status: Option<&RawStatus>,
        report: &mut ImportReport,
    ) -> Result<RawProgram, ImportError> {
        let settings = &self.settings;
        let actual = |line: &Line| line.progress.as_ref().and_then(|progress| progress.start.get().copied());
        let limit = |line: &Line| match &line.body {
            Body::Task(task) => task.start_no_earlier_than.get().or(task.must_start_on.get()).copied(),
            Body::Milestone(milestone) => milestone.no_earlier_than.get().copied(),
        };
        let earliest = self
            .lines
            .iter()
            .flat_map(|line| [line.start, actual(line), limit(line)])
            .flatten()
            .chain(self.groups.start)
            .min_by_key(|date| date.at);
        let start = match (settings.start, options.start, earliest) {
            (Some(start), ..) | (None, Some(start), _) => start,
            (None, None, Some(start)) => {
                let reason = format!("{}, the earliest date of a task", shown(start));
                report.note(Fate::Changed, "start", "", "no start of the program is given", reason);
                start
            }
            (None, None, None) => return Err(ImportError::NoStart),
        };
        let name = settings.name.clone().or_else(|| self.groups.top.clone()).or_else(|| options.name.clone());
        let finish: Slot<RawDate> = settings.finish_by.into();
        let targets = RawTargets { finish, budget: settings.budget.into() };
        let calendar = self.weeks.0.first().map(|(id, _)| id.clone()).filter(|id| id != "standard");
        Ok(RawProgram {
            name: name.unwrap_or_else(|| "Imported plan".to_owned()).into(),
            start: start.into(),
            status_date: status.and_then(|status| status.date.get().copied()).into(),
            currency: currency.into(),
            calendar: calendar.into(),
            confidence: settings.confidence.clone().into(),
            hours_per_day: settings.hours_per_day.into(),
            ranges: settings.ranges.into(),
            targets: if targets == RawTargets::default() { Slot::Absent } else { targets.into() },
            estimate: options.estimates.map(|_| crate::import::build::TEMPLATE.to_owned()).into(),
            ..RawProgram::default()
        })
    }

    /// What has happened, on the status date or the latest of the actual dates.
    fn status(&self, report: &mut ImportReport) -> Option<RawStatus> {
        let rows: Vec<(String, RawProgress)> = self
            .lines
            .iter()
            .zip(&self.ids)
            .filter_map(|(line, (_, full))| Some((full.clone(), line.progress.clone()?)))
            .collect();
        let dates = rows.iter().flat_map(|(_, row)| [row.start.get().copied(), row.finish.get().copied()]);
        let latest = dates.flatten().max_by_key(|date| date.at)?;
        let date = match self.settings.status {
            Some(stated) if stated.at.day() >= latest.at.day() => stated,
            stated => {
                let stated = stated.map_or_else(|| "none".to_owned(), shown);
                let reason = format!("{}, the latest actual date", shown(latest));
                report.note(Fate::Changed, "status date", "", &stated, reason);
                latest
            }
        };
        let tasks: Named<RawProgress> = rows.into_iter().collect();
        Some(RawStatus { date: date.into(), tasks: tasks.into(), ..RawStatus::default() })
    }

    fn risks(
        &mut self,
        tables: &[Table<'_>],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Vec<RawRisk> {
        let mut found = Vec::new();
        let mut ids = Taken::default();
        let names = &self.names;
        let resolve = |text: &str| names.find(text).map(str::to_owned);
        let mut around = Surroundings { options, scales: &mut self.scales, resolve: &resolve };
        for table in tables.iter().filter(|table| table.kind == Kind::Risks) {
            risks(table, &mut around, &mut found, &mut ids, report);
        }
        found
    }

    /// By line: the links into it.
    fn links(&self, tables: &[Table<'_>], report: &mut ImportReport) -> Vec<Vec<RawLink>> {
        let mut into: Vec<Vec<RawLink>> = vec![Vec::new(); self.lines.len()];
        let mut known = Known::new();
        let by_full: BTreeMap<&str, usize> =
            self.ids.iter().enumerate().map(|(at, (_, full))| (full.as_str(), at)).collect();
        let is_known = |text: &str| self.names.find(text).is_some();
        for (at, line) in self.lines.iter().enumerate() {
            for text in &line.after {
                match before(text, is_known) {
                    Ok(found) => self.link(
                        &found.reference,
                        found.kind,
                        found.lag,
                        at,
                        &line.after_place,
                        (&mut into, &mut known),
                        report,
                    ),
                    Err(reason) => report.note(Fate::LeftOut, "link", &line.after_place, text, reason),
                }
            }
        }
        for table in tables.iter().filter(|table| table.kind == Kind::Links) {
            for Ends { place, from, to, kind, lag } in link_rows(table, report) {
                let name = format!("{from} -> {to}");
                let end = self.names.find(&to).and_then(|full| by_full.get(full)).copied();
                match (end, is_known(&from)) {
                    (Some(at), true) => {
                        self.link(&from, kind, lag, at, &place, (&mut into, &mut known), report)
                    }
                    (None, _) => {
                        report.note(Fate::LeftOut, "link", &place, &name, format!("no task is called `{to}`"))
                    }
                    (_, false) => report.note(
                        Fate::LeftOut,
                        "link",
                        &place,
                        &name,
                        format!("no task is called `{from}`"),
                    ),
                }
            }
        }
        into
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one link")]
    fn link(
        &self,
        reference: &str,
        kind: &'static str,
        lag: Option<Quantity>,
        at: usize,
        place: &str,
        (into, known): (&mut [Vec<RawLink>], &mut Known),
        report: &mut ImportReport,
    ) {
        let Some(full) = self.names.find(reference) else { return };
        let (_, to) = &self.ids[at];
        let name = format!("{full} -> {to}");
        let mut leave = |reason: &str| report.note(Fate::LeftOut, "link", place, &name, reason);
        let is_inside = to.strip_prefix(full).is_some_and(|rest| rest.starts_with('.'));
        if full == to {
            return leave("it ties something to itself");
        }
        if is_inside {
            return leave("it ties a project to something in it");
        }
        let text = self.groups.of_line[at].map_or("", |group| self.groups.list[group].full.as_str());
        // Within a project its own ids are enough.
        let written = match full.strip_prefix(text).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) if !text.is_empty() && !rest.contains('.') => rest.to_owned(),
            _ => full.to_owned(),
        };
        let is_plain = kind == "FS" && lag.is_none();
        let link = if is_plain {
            RawLink::Text(written)
        } else {
            let mut table = RawLinkTable::default();
            let slot: Slot<String> = written.into();
            match kind {
                "SS" => table.ss = slot,
                "FF" => table.ff = slot,
                "SF" => table.sf = slot,
                _ => table.fs = slot,
            }
            table.lag = lag.map(RawEstimate::Point).into();
            RawLink::Table(Box::new(table))
        };
        // Cells may name thousands of predecessors.
        let lag = match &link {
            RawLink::Table(table) => table.lag.get().map(|lag| format!("{lag:?}")).unwrap_or_default(),
            RawLink::Text(_) => String::new(),
        };
        if !known.insert((at, full.to_owned(), kind, lag)) {
            return leave("this link is there already");
        }
        report.take("link", place, &name, to);
        into[at].push(link);
    }

    /// Puts a line into its place.
    #[expect(clippy::too_many_arguments, reason = "the parts of one task")]
    fn put(
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
    fn projects(&self, homes: &mut [Home], report: &mut ImportReport) -> Named<RawProject> {
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

/// Links that are there: the task into which, the full id from which, the kind, and the lag.
type Known = BTreeSet<(usize, String, &'static str, String)>;

/// What stands in a project, or in none.
#[derive(Default)]
struct Home {
    tasks: Vec<At<crate::scenario::raw::RawTask>>,
    milestones: Vec<At<crate::scenario::raw::RawMilestone>>,
}

fn some<T>(list: Vec<At<T>>) -> Slot<Vec<At<T>>> {
    if list.is_empty() { Slot::Absent } else { list.into() }
}

fn shown(date: RawDate) -> String {
    if date.has_time { date.at.to_string() } else { date.at.start_date().to_string() }
}

/// The ids of all lines.
fn name_lines(lines: &[Line], groups: &Groups, report: &mut ImportReport) -> Vec<(String, String)> {
    let mut everywhere = groups.taken.clone();
    let mut inside: Vec<Taken> = vec![Taken::default(); groups.list.len()];
    let mut ids = vec![(String::new(), String::new()); lines.len()];
    // What stands in no project is named first, because it takes ids from all the others.
    let (free, grouped): (Vec<usize>, Vec<usize>) =
        (0..lines.len()).partition(|&at| groups.of_line[at].is_none());
    for at in free.into_iter().chain(grouped) {
        let line = &lines[at];
        let wanted = line.source.as_deref().map(code).filter(|id| !id.trim_matches('-').is_empty());
        let wanted = wanted.or_else(|| Some(slug(&line.name)).filter(|id| !id.is_empty()));
        let wanted = wanted.unwrap_or_else(|| format!("task-{}", at + 1));
        let (own, full) = match groups.of_line[at] {
            None => {
                let own = everywhere.free(&wanted, &Taken::default());
                (own.clone(), own)
            }
            Some(group) => {
                let own = inside[group].free(&wanted, &everywhere);
                let full = format!("{}.{own}", groups.list[group].full);
                (own, full)
            }
        };
        if own != wanted && line.source.is_some() {
            let reason = format!("the id `{wanted}` is used twice: this one is `{own}`");
            report.note(Fate::Changed, "task", &line.place, &line.name, reason);
        }
        ids[at] = (own, full);
    }
    ids
}

/// What the tables were read as, for the next time.
fn provenance(tables: &[Table<'_>], options: &ImportOptions) -> RawImport {
    let columns = |kind: Kind| -> Slot<Named<String>> {
        let mut entries: BTreeMap<String, String> = BTreeMap::new();
        for table in tables.iter().filter(|table| table.kind == kind) {
            for (field, column) in &table.columns {
                entries.insert(column.heading.clone(), (*field).to_owned());
            }
        }
        if entries.is_empty() { Slot::Absent } else { entries.into_iter().collect::<Named<_>>().into() }
    };
    RawImport {
        from: if options.from.is_empty() {
            Slot::Absent
        } else {
            options.from.iter().cloned().collect::<Many<_>>().into()
        },
        tasks: columns(Kind::Tasks),
        risks: columns(Kind::Risks),
    }
}
