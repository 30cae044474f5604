//! Tables as a scenario.

use std::collections::BTreeMap;

use super::book::Book;
use super::homes::{Home, some};
use super::kind::Kind;
use super::risks::{Surroundings, risks};
use super::table::Table;
use super::tasks::{Body, Line};
use crate::import::ids::Taken;
use crate::import::report::{Fate, ImportReport};
use crate::import::sheet::Grid;
use crate::import::{ImportError, ImportOptions, StoredDates};
use crate::scenario::raw::{
    At, Many, Named, RawDate, RawImport, RawProgram, RawProgress, RawRisk, RawScenario, RawStatus,
    RawTargets, Slot,
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

impl Book {
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
}

fn shown(date: RawDate) -> String {
    if date.has_time { date.at.to_string() } else { date.at.start_date().to_string() }
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
