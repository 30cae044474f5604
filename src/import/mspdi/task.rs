//! Tasks as the format writes them.

use super::custom::CustomFields;
use super::fields::{date, is_elapsed, length};
use super::link::LinkRow;
use crate::import::plan::{Limit, StoredDates};
use crate::import::record::Record;
use crate::units::Instant;

/// A row of the plan: a task, a milestone, a summary, or an empty line.
#[derive(Clone, Debug)]
pub(super) struct TaskRow {
    pub uid: i64,
    pub name: String,
    pub level: usize,
    pub is_summary: bool,
    pub is_null: bool,
    pub is_active: bool,
    pub is_manual: bool,
    pub is_external: bool,
    /// Whether its duration stays whatever its resources do.
    pub has_fixed_duration: bool,
    /// Minutes; absent where the tool has none, as in a placeholder.
    pub minutes: Option<f64>,
    pub elapsed: bool,
    pub start: Option<Instant>,
    pub finish: Option<Instant>,
    pub limit: Option<(Limit, Instant)>,
    /// Whether a constraint names a date that cannot be read.
    pub has_broken_limit: bool,
    pub as_late_as_possible: bool,
    pub deadline: Option<Instant>,
    /// The number of its own calendar.
    pub calendar: Option<i64>,
    pub ignores_resource_calendars: bool,
    pub percent: f64,
    pub actual_start: Option<Instant>,
    pub actual_finish: Option<Instant>,
    pub actual_minutes: f64,
    pub remaining: Option<f64>,
    pub resume: Option<Instant>,
    pub fixed_cost: f64,
    pub levelling_delay: f64,
    pub range: Option<[f64; 3]>,
    pub has_baseline: bool,
    pub links: Vec<LinkRow>,
    pub stored: StoredDates,
}

impl TaskRow {
    /// Reads a row.
    pub fn read(record: &Record, custom: &CustomFields) -> Self {
        let minutes = length(record, "Duration");
        let format = record.whole("DurationFormat").unwrap_or(7);
        let constraint_date = date(record, "ConstraintDate");
        let kind = record.whole("ConstraintType").unwrap_or(0);
        let limit = match kind {
            2 => Some(Limit::MustStart),
            3 => Some(Limit::MustFinish),
            4 => Some(Limit::StartNoEarlier),
            5 => Some(Limit::StartNoLater),
            6 => Some(Limit::FinishNoEarlier),
            7 => Some(Limit::FinishNoLater),
            _ => None,
        };
        let finish = date(record, "Finish");
        let percent = record.number("PercentComplete").unwrap_or(0.0);
        let actual_finish = date(record, "ActualFinish").or(finish.filter(|_| percent >= 100.0));
        let actual_start =
            date(record, "ActualStart").or(date(record, "Start").filter(|_| actual_finish.is_some()));
        let slack = record.number("TotalSlack").unwrap_or(0.0) / 10.0;
        Self {
            uid: record.whole("UID").unwrap_or(-1),
            name: record.get("Name").unwrap_or_default().to_owned(),
            level: record.whole("OutlineLevel").map_or(1, |level| level.clamp(0, 1_000) as usize),
            is_summary: record.flag("Summary"),
            is_null: record.flag("IsNull"),
            is_active: record.get("Active").is_none() || record.flag("Active"),
            is_manual: record.flag("Manual"),
            is_external: record.flag("ExternalTask") || record.flag("IsSubproject"),
            has_fixed_duration: record.whole("Type") == Some(1),
            minutes,
            elapsed: is_elapsed(format),
            start: date(record, "Start"),
            finish,
            limit: limit.zip(constraint_date),
            has_broken_limit: limit.is_some() && constraint_date.is_none(),
            as_late_as_possible: kind == 1,
            deadline: date(record, "Deadline"),
            calendar: record.whole("CalendarUID").filter(|&uid| uid >= 0),
            ignores_resource_calendars: record.flag("IgnoreResourceCalendar"),
            percent,
            actual_start,
            actual_finish,
            actual_minutes: length(record, "ActualDuration").unwrap_or(0.0),
            remaining: length(record, "RemainingDuration"),
            resume: date(record, "Resume"),
            fixed_cost: record.number("FixedCost").unwrap_or(0.0) / 100.0,
            levelling_delay: record.number("LevelingDelay").unwrap_or(0.0),
            range: custom.range(record, minutes.unwrap_or(0.0)),
            has_baseline: record.element("Baseline").is_some(),
            links: record.all("PredecessorLink").filter_map(LinkRow::read).collect(),
            stored: StoredDates {
                early_start: date(record, "EarlyStart"),
                early_finish: date(record, "EarlyFinish"),
                late_start: date(record, "LateStart"),
                late_finish: date(record, "LateFinish"),
                slack_minutes: Some(slack.round() as i32),
                actual_start,
                actual_finish,
            },
        }
    }
}
