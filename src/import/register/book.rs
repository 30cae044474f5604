//! Everything that tables say, read and not yet put together.

use super::groups::{Group, Groups, breakdown};
use super::kind::Kind;
use super::names::{Names, name_lines};
use super::scales::Scales;
use super::settings::Settings;
use super::table::Table;
use super::tasks::{Line, counts_calendar_days, lines};
use super::weeks::Weeks;
use crate::import::ImportOptions;
use crate::import::report::{Fate, ImportReport};

/// Everything that was read, before it is put together.
pub(super) struct Book {
    pub settings: Settings,
    pub scales: Scales,
    pub weeks: Weeks,
    pub lines: Vec<Line>,
    pub groups: Groups,
    /// By line: its own id and its full one.
    pub ids: Vec<(String, String)>,
    /// What texts mean: ids, names and codes in lower case.
    pub names: Names,
}

impl Book {
    pub fn read(tables: &[Table<'_>], options: &ImportOptions, report: &mut ImportReport) -> Self {
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
}
