//! Tasks from a CSV table.

use super::cells::CellReader;
use super::columns::{Columns, Row};
use crate::diag::code;
use crate::scenario::open::Desk;
use crate::scenario::raw::{
    At, Many, Quantity, RawCost, RawEstimate, RawLaw, RawMilestone, RawMilestoneKind, RawPert, RawTask,
    RawTriangular, RawUniform, Slot, choice,
};
use crate::units::DurationText;

/// The columns of a table of tasks.
pub const TASK_COLUMNS: &[&str] = &[
    "id",
    "name",
    "kind",
    "duration",
    "law",
    "low",
    "mode",
    "high",
    "unit",
    "plan",
    "estimate",
    "after",
    "calendar",
    "start_no_earlier_than",
    "finish_no_earlier_than",
    "start_no_later_than",
    "finish_no_later_than",
    "must_start_on",
    "must_finish_on",
    "as_late_as_possible",
    "deadline",
    "target",
    "owner",
    "vendor",
    "category",
    "tags",
    "role",
    "units",
    "probability",
    "cost",
    "cost_low",
    "cost_mode",
    "cost_high",
    "cost_law",
    "cost_kind",
    "cost_category",
    "rate",
];

choice! {
    /// The law of the columns low, mode and high.
    pub enum ColumnLaw {
        /// PERT, the default.
        Pert "pert",
        /// Triangular.
        Triangular "triangular",
        /// Triangular by percentiles.
        Trigen "trigen",
        /// Uniform, without a mode.
        Uniform "uniform",
    }
}

choice! {
    /// What a row is.
    pub enum RowKind {
        /// Work, the default.
        Task "task",
        /// The end of something.
        Milestone "milestone",
        /// The beginning of something.
        StartMilestone "start milestone",
    }
}

/// The rows of a table of tasks.
#[derive(Default)]
pub struct TaskRows {
    /// Those that are work.
    pub tasks: Vec<At<RawTask>>,
    /// Those that are milestones.
    pub milestones: Vec<At<RawMilestone>>,
}

/// Adds the tasks and milestones of a CSV file that a text names.
pub fn task_rows(name: &At<String>, rows: &mut TaskRows, desk: &mut Desk<'_>) {
    let Some(columns) = Columns::open(name, TASK_COLUMNS, desk) else { return };
    let reader = columns.reader();
    for row in columns.rows() {
        let kind = row.cell("kind").map_or(Slot::Absent, |cell| reader.choice::<RowKind>(cell, desk));
        match kind.get() {
            Some(RowKind::Milestone) => rows.milestones.push(milestone(&row, None, reader, desk)),
            Some(RowKind::StartMilestone) => {
                rows.milestones.push(milestone(&row, Some(RawMilestoneKind::Start), reader, desk));
            }
            Some(RowKind::Task) | None => rows.tasks.push(task(&row, reader, desk)),
        }
    }
}

fn task(row: &Row<'_>, reader: CellReader, desk: &mut Desk<'_>) -> At<RawTask> {
    if let Some(cell) = row.cell("target") {
        let help = "set the `kind` of the row to `milestone`, or use `deadline`";
        desk.report(code::CONFLICTING_KEYS, cell.place(), "a target is promised for a milestone only", help);
    }
    let unit = row.unit(desk);
    let text = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.text(cell));
    let mut date = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.date(cell, desk));
    let mut task = RawTask {
        start_no_earlier_than: date("start_no_earlier_than"),
        finish_no_earlier_than: date("finish_no_earlier_than"),
        start_no_later_than: date("start_no_later_than"),
        finish_no_later_than: date("finish_no_later_than"),
        must_start_on: date("must_start_on"),
        must_finish_on: date("must_finish_on"),
        deadline: date("deadline"),
        id: text("id"),
        name: text("name"),
        estimate: text("estimate"),
        calendar: text("calendar"),
        owner: text("owner"),
        vendor: text("vendor"),
        category: text("category"),
        role: text("role"),
        after: row.cell("after").map_or(Slot::Absent, |cell| reader.many(&reader.with_points(cell))),
        tags: row.cell("tags").map_or(Slot::Absent, |cell| reader.many(cell)),
        ..RawTask::default()
    };
    if let Some(cell) = row.cell("as_late_as_possible") {
        task.as_late_as_possible = reader.flag(cell, desk);
    }
    if let Some(cell) = row.cell("probability") {
        task.probability = reader.quantity(cell, None, desk);
    }
    if let Some(cell) = row.cell("units") {
        task.units = reader.number(cell, desk);
    }
    task.duration = estimate(row, ["duration", "low", "mode", "high", "law"], unit, reader, desk);
    if let Some(cell) = row.cell("plan") {
        task.plan = point(&reader.quantity(cell, unit, desk));
    }
    task.cost = costs(row, reader, desk);
    let place = row.first().and_then(|cell| cell.place.clone());
    At { value: task, place }
}

/// The columns that a milestone has no use for.
const WORK_COLUMNS: &[&str] = &[
    "law",
    "low",
    "mode",
    "high",
    "plan",
    "estimate",
    "start_no_later_than",
    "finish_no_earlier_than",
    "must_start_on",
    "as_late_as_possible",
    "vendor",
    "role",
    "units",
    "rate",
];

fn milestone(
    row: &Row<'_>,
    kind: Option<RawMilestoneKind>,
    reader: CellReader,
    desk: &mut Desk<'_>,
) -> At<RawMilestone> {
    // Other tools write a duration of nothing for milestones.
    let is_nothing =
        |cell: &At<String>| cell.value.starts_with('0') && !cell.value.contains(|c| ('1'..='9').contains(&c));
    let duration = row.cell("duration").filter(|cell| !is_nothing(cell));
    for cell in duration.into_iter().chain(WORK_COLUMNS.iter().filter_map(|column| row.cell(column))) {
        if !is_nothing(cell) {
            let message = format!("a milestone has no use for `{}`", cell.value);
            let help = "empty the cell; a milestone has `start_no_earlier_than`, `finish_no_later_than`, \
                        `must_finish_on`, `deadline` and `target`";
            desk.report(code::CONFLICTING_KEYS, cell.place(), message, help);
        }
    }
    let text = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.text(cell));
    let mut date = |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.date(cell, desk));
    let mut milestone = RawMilestone {
        no_earlier_than: date("start_no_earlier_than"),
        no_later_than: date("finish_no_later_than"),
        must_be_on: date("must_finish_on"),
        deadline: date("deadline"),
        target: date("target"),
        id: text("id"),
        name: text("name"),
        calendar: text("calendar"),
        owner: text("owner"),
        category: text("category"),
        after: row.cell("after").map_or(Slot::Absent, |cell| reader.many(&reader.with_points(cell))),
        tags: row.cell("tags").map_or(Slot::Absent, |cell| reader.many(cell)),
        probability: row.cell("probability").map_or(Slot::Absent, |cell| reader.quantity(cell, None, desk)),
        ..RawMilestone::default()
    };
    milestone.cost = costs(row, reader, desk);
    let place = row.first().and_then(|cell| cell.place.clone());
    if let Some(kind) = kind {
        milestone.kind = Slot::Given(At { value: kind, place: place.clone() });
    }
    At { value: milestone, place }
}

/// An estimate of quantities with their places.
fn point(slot: &Slot<Quantity>) -> Slot<RawEstimate> {
    match slot {
        Slot::Given(at) => Slot::Given(at.with(RawEstimate::Point(at.value.clone()))),
        Slot::Bad => Slot::Bad,
        Slot::Absent => Slot::Absent,
    }
}

/// An estimate from one column, or from three: the names are those of the single value, of low, mode and
/// high, and of the law.
pub fn estimate(
    row: &Row<'_>,
    [single, low, mode, high, law]: [&str; 5],
    unit: Option<DurationText>,
    reader: CellReader,
    desk: &mut Desk<'_>,
) -> Slot<RawEstimate> {
    let ends = [low, high].map(|column| row.cell(column));
    if let [None, None] = ends {
        // Without ends the most likely value stands alone.
        let cell = row.cell(single).or_else(|| row.cell(mode));
        return cell.map_or(Slot::Absent, |cell| point(&reader.quantity(cell, unit, desk)));
    }
    if let (Some(cell), true) = (row.cell(single), single != mode) {
        let message = format!("`{single}` excludes `{low}`, `{mode}` and `{high}`");
        desk.report(code::CONFLICTING_KEYS, cell.place(), message, "fill in one or the other");
        return Slot::Bad;
    }
    let kind: ColumnLaw = match row.cell(law) {
        None => ColumnLaw::Pert,
        Some(cell) => match reader.choice(cell, desk) {
            Slot::Given(at) => at.value,
            _ => return Slot::Bad,
        },
    };
    let mut read =
        |column: &str| row.cell(column).map_or(Slot::Absent, |cell| reader.quantity(cell, unit, desk));
    let (low, mode, high) = (read(low), read(mode), read(high));
    let place = [row.cell(single), ends[0], ends[1], row.first()].into_iter().flatten().next();
    let place = place.and_then(|cell| cell.place.clone());
    if [&low, &mode, &high].iter().any(|slot| matches!(slot, Slot::Bad)) {
        return Slot::Bad;
    }
    let mut raw = RawLaw::default();
    let at = |place: &Option<crate::diag::Place>| place.clone();
    match kind {
        ColumnLaw::Pert => {
            let value = RawPert { low, mode, high, ..RawPert::default() };
            raw.pert = Slot::Given(At { value, place: at(&place) });
        }
        ColumnLaw::Triangular => {
            let value = RawTriangular { low, mode, high, ..RawTriangular::default() };
            raw.triangular = Slot::Given(At { value, place: at(&place) });
        }
        ColumnLaw::Trigen => {
            let value = RawTriangular { low, mode, high, ..RawTriangular::default() };
            raw.trigen = Slot::Given(At { value, place: at(&place) });
        }
        ColumnLaw::Uniform => {
            raw.uniform = Slot::Given(At { value: RawUniform { low, high }, place: at(&place) })
        }
    }
    Slot::Given(At { value: RawEstimate::Law(Box::new(raw)), place })
}

/// The cost lines of a row: a lump sum, a rate, or both.
fn costs(row: &Row<'_>, reader: CellReader, desk: &mut Desk<'_>) -> Slot<Many<RawCost>> {
    let mut lines = Vec::new();
    let common = |row: &Row<'_>, desk: &mut Desk<'_>| RawCost {
        kind: row.cell("cost_kind").map_or(Slot::Absent, |cell| reader.choice(cell, desk)),
        category: row.cell("cost_category").map_or(Slot::Absent, |cell| reader.text(cell)),
        ..RawCost::default()
    };
    let lump = estimate(row, ["cost", "cost_low", "cost_mode", "cost_high", "cost_law"], None, reader, desk);
    let rate = row.cell("rate");
    if let Slot::Given(at) = &lump {
        let place = at.place.clone();
        lines.push(At { value: RawCost { lump: lump.clone(), ..common(row, desk) }, place });
    }
    if let Some(cell) = rate {
        let amount = if reader.decimal_comma { cell.value.replace(',', ".") } else { cell.value.clone() };
        let rate = Slot::Given(cell.with(amount));
        lines.push(At { value: RawCost { rate, ..common(row, desk) }, place: cell.place.clone() });
    }
    match lines.first() {
        None => Slot::Absent,
        Some(first) => Slot::Given(first.with(()).with(Many(lines.clone()))),
    }
}
