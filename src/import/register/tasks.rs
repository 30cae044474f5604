//! Rows of a table of tasks.

use super::reading::Reading;
use super::table::{Column, Table};
use super::words::plain;
use crate::import::report::{Fate, ImportReport};
use crate::scenario::raw::{
    Many, Quantity, RawCost, RawDate, RawEstimate, RawMilestone, RawMilestoneKind, RawProgress, RawSpend,
    RawTask, Slot,
};
use crate::units::{DurationText, DurationUnit};

/// A task or milestone of a table, before its ids and links are known.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where it stands.
    pub place: String,
    /// Its id in the table.
    pub source: Option<String>,
    pub name: String,
    pub project: Option<String>,
    pub wbs: Option<String>,
    pub body: Body,
    /// What must happen before, as written, with the place of the cell.
    pub after: Vec<String>,
    pub after_place: String,
    pub start: Option<RawDate>,
    pub finish: Option<RawDate>,
    pub progress: Option<RawProgress>,
    /// The calendar as written.
    pub calendar: Option<String>,
}

/// A task or a milestone.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Task(Box<RawTask>),
    Milestone(Box<RawMilestone>),
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Task,
    Finish,
    Start,
    Summary,
}

/// The tasks of a table.
pub(super) fn lines(table: &Table<'_>, report: &mut ImportReport) -> Vec<Line> {
    let mut lines = Vec::new();
    for row in table.rows(report) {
        let mut reading = Reading { table, row, report };
        lines.extend(line(&mut reading));
    }
    lines
}

/// Whether durations in days count those of the calendar, weekends included, as the dates beside them show: in four of
/// five rows, and in at least three.
pub(super) fn counts_calendar_days(table: &Table<'_>) -> bool {
    let is_days = |column: &Column| matches!(column.measure.time, None | Some((DurationUnit::Day, false)));
    if table.columns.contains_key("unit") || !table.columns.get("duration").is_some_and(is_days) {
        return false;
    }
    let mut unheard = ImportReport::default();
    let (mut all, mut calendar) = (0_usize, 0);
    for row in table.rows(&mut ImportReport::default()) {
        let mut reading = Reading { table, row, report: &mut unheard };
        let (Some(start), Some(finish)) = (reading.date("start"), reading.date("finish")) else { continue };
        let Some(Quantity::Duration(days)) = reading.duration_or_none("duration") else { continue };
        if days.unit != DurationUnit::Day || days.elapsed || days.value < 6.0 {
            continue;
        }
        all += 1;
        let between = f64::from(finish.at.day()) - f64::from(start.at.day());
        calendar += usize::from(days.value == between + 1.0 || days.value == between);
    }
    all >= 3 && calendar * 5 >= all * 4
}

fn line(reading: &mut Reading<'_, '_>) -> Option<Line> {
    let (source, name) = (reading.text("id"), reading.text("name"));
    let place = reading.row_place();
    let Some(shown) = name.clone().or_else(|| source.clone()) else {
        let shown = reading.row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.shown());
        reading.report.note(
            Fate::LeftOut,
            "row",
            &place,
            &shown.unwrap_or_default(),
            "it has neither an id nor a name",
        );
        return None;
    };
    let kind = kind(reading);
    let start = reading.date("start");
    let finish = reading.date("finish");
    let body = match kind {
        RowKind::Finish | RowKind::Start => {
            Body::Milestone(Box::new(milestone(reading, kind == RowKind::Start)))
        }
        RowKind::Task | RowKind::Summary => task(reading, start, finish),
    };
    let is_milestone = matches!(body, Body::Milestone(_));
    Some(Line {
        place,
        source,
        name: shown,
        project: reading.text("project"),
        wbs: reading.text("wbs").map(|wbs| wbs.trim_matches('.').to_owned()),
        after: reading.list("after"),
        after_place: reading.place("after"),
        progress: progress(reading, is_milestone),
        calendar: reading.text("calendar"),
        body,
        start,
        finish,
    })
}

fn kind(reading: &mut Reading<'_, '_>) -> RowKind {
    if reading.cell("milestone").is_some() && reading.flag("milestone") == Some(true) {
        return RowKind::Finish;
    }
    let Some(text) = reading.text("kind") else { return RowKind::Task };
    match plain(&text).as_str() {
        "milestone" | "finish milestone" | "meilenstein" | "jalon" | "hito" => RowKind::Finish,
        "start milestone" | "startmeilenstein" => RowKind::Start,
        "summary" | "sammelvorgang" | "phase" | "recapitulative" | "resumen" => RowKind::Summary,
        "task" | "work" | "activity" | "task dependent" | "vorgang" | "aufgabe" | "tache" | "tarea" => {
            RowKind::Task
        }
        _ => {
            reading.note(Fate::LeftOut, "kind", "known words are task, milestone and start milestone");
            RowKind::Task
        }
    }
}

fn task(reading: &mut Reading<'_, '_>, start: Option<RawDate>, finish: Option<RawDate>) -> Body {
    let points = ["duration", "low", "mode", "high"];
    let duration =
        reading.estimate(points, Some("law"), false, |reading, field| match reading.duration(field)? {
            Quantity::Share(_) => {
                reading.note(Fate::LeftOut, field, "a duration is no percentage");
                None
            }
            quantity => Some(quantity),
        });
    let duration = match (duration, start, finish) {
        (Some(duration), ..) => duration,
        (None, Some(start), Some(finish)) if start.at <= finish.at => {
            let days = weekdays(start, finish);
            let field = if reading.cell("finish").is_some() { "finish" } else { "start" };
            reading.note(
                Fate::Changed,
                field,
                format!("no duration is given: {days} working days from Monday to Friday"),
            );
            RawEstimate::Point(Quantity::Duration(DurationText {
                value: days,
                unit: DurationUnit::Day,
                elapsed: false,
            }))
        }
        _ => {
            let place = reading.row_place();
            let name = reading.text("name").or_else(|| reading.text("id")).unwrap_or_default();
            reading.report.note(
                Fate::Changed,
                "task",
                &place,
                &name,
                "it has no duration: taken as a milestone",
            );
            return Body::Milestone(Box::new(milestone(reading, false)));
        }
    };
    let plan = reading.duration_or_none("plan");
    let mut raw = RawTask {
        duration: duration.into(),
        plan: plan.map(RawEstimate::Point).into(),
        estimate: reading.text("estimate").into(),
        start_no_earlier_than: reading.date("start_no_earlier_than").into(),
        finish_no_earlier_than: reading.date("finish_no_earlier_than").into(),
        start_no_later_than: reading.date("start_no_later_than").into(),
        finish_no_later_than: reading.date("finish_no_later_than").into(),
        must_start_on: reading.date("must_start_on").into(),
        must_finish_on: reading.date("must_finish_on").into(),
        deadline: reading.date("deadline").into(),
        owner: reading.text("owner").into(),
        vendor: reading.text("vendor").into(),
        category: reading.text("category").into(),
        role: reading.text("role").into(),
        units: reading.number("units").into(),
        probability: probability(reading).into(),
        cost: costs(reading),
        ..RawTask::default()
    };
    raw.as_late_as_possible = reading.flag("as_late_as_possible").filter(|flag| *flag).into();
    let tags = reading.list("tags");
    if !tags.is_empty() {
        raw.tags = tags.into_iter().collect::<Many<_>>().into();
    }
    if reading.cell("target").is_some() {
        let target = reading.date("target");
        if raw.deadline.is_absent() {
            reading.note(
                Fate::Changed,
                "target",
                "a target is promised for a milestone: taken as a deadline",
            );
            raw.deadline = target.into();
        }
    }
    Body::Task(Box::new(raw))
}

fn milestone(reading: &mut Reading<'_, '_>, is_start: bool) -> RawMilestone {
    for field in [
        "vendor",
        "role",
        "units",
        "rate",
        "plan",
        "estimate",
        "start_no_later_than",
        "finish_no_earlier_than",
    ] {
        if reading.cell(field).is_some() {
            reading.note(Fate::LeftOut, field, "a milestone has no use for it");
        }
    }
    let from = reading.date("start_no_earlier_than");
    let mut raw = RawMilestone {
        kind: is_start.then_some(RawMilestoneKind::Start).into(),
        target: reading.date("target").into(),
        deadline: reading.date("deadline").into(),
        no_earlier_than: from.into(),
        no_later_than: reading.date("finish_no_later_than").into(),
        must_be_on: reading.date("must_finish_on").or_else(|| reading.date("must_start_on")).into(),
        owner: reading.text("owner").into(),
        category: reading.text("category").into(),
        probability: probability(reading).into(),
        cost: costs(reading),
        ..RawMilestone::default()
    };
    let tags = reading.list("tags");
    if !tags.is_empty() {
        raw.tags = tags.into_iter().collect::<Many<_>>().into();
    }
    raw
}

/// How likely it exists, where that is not certain.
fn probability(reading: &mut Reading<'_, '_>) -> Option<Quantity> {
    reading.cell("probability")?;
    reading.share("probability").filter(|share| *share < 1.0).map(Quantity::Number)
}

/// The cost lines of a row: a lump sum, a rate, or both.
fn costs(reading: &mut Reading<'_, '_>) -> Slot<Many<RawCost>> {
    let mut lines = Vec::new();
    let kind = match reading.text("cost_kind").map(|kind| plain(&kind)).as_deref() {
        Some("capex") => Some(RawSpend::Capex),
        Some("opex") => Some(RawSpend::Opex),
        Some(_) => {
            reading.note(Fate::LeftOut, "cost_kind", "known words are capex and opex");
            None
        }
        None => None,
    };
    let category = reading.text("cost_category");
    let line = || RawCost { kind: kind.into(), category: category.clone().into(), ..RawCost::default() };
    let points = ["cost", "cost_low", "cost_mode", "cost_high"];
    let lump = reading.estimate(points, None, false, |reading, field| match reading.money(field)? {
        Quantity::Share(_) => {
            reading.note(Fate::LeftOut, field, "an amount of money was expected");
            None
        }
        quantity => Some(quantity),
    });
    // An empty budget is written as zero.
    if let Some(lump) = lump.filter(|lump| *lump != RawEstimate::Point(Quantity::Number(0.0))) {
        lines.push(RawCost { lump: lump.into(), ..line() });
    }
    if let Some(rate) = rate(reading) {
        lines.push(RawCost { rate: rate.into(), ..line() });
    }
    if lines.is_empty() { Slot::Absent } else { lines.into_iter().collect::<Many<_>>().into() }
}

/// A rate such as `640/d`; a bare number is one per day.
fn rate(reading: &mut Reading<'_, '_>) -> Option<String> {
    reading.cell("rate")?;
    let text = reading.text("rate")?;
    if let Some((amount, unit)) = text.split_once('/') {
        let marks = crate::import::sheet::Marks { decimal_comma: amount.contains(','), ..Default::default() };
        let amount = crate::import::sheet::number(amount, marks);
        let unit = crate::import::sheet::unit_of(unit);
        if let (Some(crate::import::sheet::Value::Number(amount)), Some((unit, elapsed))) = (amount, unit) {
            let unit = DurationText { value: 1.0, unit, elapsed }.to_string();
            return Some(format!("{amount}/{}", unit.trim_start_matches('1')));
        }
        reading.note(Fate::LeftOut, "rate", "a rate was expected, such as `640/d`");
        return None;
    }
    let amount = reading.number("rate")?;
    let unit = reading.cell("rate").and_then(|(column, _)| column.measure.time);
    let (unit, elapsed) = unit.unwrap_or((DurationUnit::Day, false));
    let unit = DurationText { value: 1.0, unit, elapsed }.to_string();
    Some(format!("{amount}/{}", unit.trim_start_matches('1')))
}

/// What has happened, if anything has.
fn progress(reading: &mut Reading<'_, '_>, is_milestone: bool) -> Option<RawProgress> {
    let (start, finish) = (reading.date("actual_start"), reading.date("actual_finish"));
    let complete = reading.cell("complete").and_then(|_| reading.share("complete"));
    let remaining = reading.duration_or_none("remaining");
    let cost = reading.number("actual_cost");
    if is_milestone {
        let finish = finish.or(start)?;
        return Some(RawProgress { finish: finish.into(), ..RawProgress::default() });
    }
    if start.is_none() && finish.is_none() {
        if complete.is_some_and(|share| share > 0.0) {
            reading.note(Fate::LeftOut, "complete", "no actual start says since when");
        }
        return None;
    }
    let start = start.or_else(|| {
        reading.note(
            Fate::Changed,
            "actual_finish",
            "no actual start is given: taken as started on that day",
        );
        finish
    });
    let open = finish.is_none();
    Some(RawProgress {
        start: start.into(),
        finish: finish.into(),
        complete: complete.filter(|share| open && *share < 1.0).map(Quantity::Number).into(),
        remaining: remaining.filter(|_| open).map(RawEstimate::Point).into(),
        cost: cost.into(),
        ..RawProgress::default()
    })
}

/// Days from Monday to Friday between two dates, both included.
fn weekdays(start: RawDate, finish: RawDate) -> f64 {
    let (first, last) = (i64::from(start.at.day()), i64::from(finish.at.day()));
    let weekday = i64::from(start.at.start_date().weekday().to_monday_zero_offset());
    let days = last - first + 1;
    let rest = (0..days % 7).filter(|day| (weekday + day) % 7 < 5).count() as i64;
    ((days / 7 * 5 + rest).max(0)) as f64
}
