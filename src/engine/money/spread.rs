//! When the amount of a line falls due, between its first and its last moment.

use crate::calendar::WorkTable;
use crate::engine::NEVER;
use crate::model::{Payment, Reserved, TaskIx};
use crate::units::Instant;

use super::sheet::Sheet;

/// Which time a line runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    /// Working minutes of one of the tables of the network.
    Table(u32),
    /// Minutes round the clock.
    Elapsed,
}

/// When a line falls due.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SpreadRule {
    /// With the work of a task.
    Task { task: TaskIx, runs: Runs, payment: Payment },
    /// Between two moments.
    Between { from: usize, to: usize, runs: Runs, payment: Payment, shape: Shape },
    /// At one moment.
    At(usize),
    /// The same amount every so many months, in advance.
    Every { from: usize, to: usize, months: u32 },
    /// From the first start to the last finish of some tasks.
    Tasks(Vec<TaskIx>),
}

/// How a cost grows between two moments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Minutes in which it grows to its full size.
    pub ramp_minutes: f64,
    pub reserved: Option<Reserved>,
}

impl Shape {
    /// The same cost in every minute.
    pub const EVEN: Self = Self { ramp_minutes: 0.0, reserved: None };

    /// Minutes at the full rate to which the first `x` minutes come.
    pub fn full_minutes(self, x: f64) -> f64 {
        let ramped = |x: f64| {
            if x < self.ramp_minutes {
                x * x / (2.0 * self.ramp_minutes)
            } else {
                x - self.ramp_minutes / 2.0
            }
        };
        match self.reserved {
            Some(reserved) if x > reserved.after_minutes => {
                let before = ramped(reserved.after_minutes);
                before + reserved.keep * (ramped(x) - before)
            }
            _ => ramped(x),
        }
    }
}

/// When a line falls due in one iteration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread<'a> {
    pub start: i32,
    pub end: i32,
    kind: SpreadKind<'a>,
}

#[derive(Clone, Copy, Debug)]
enum SpreadKind<'a> {
    /// All of it at its end.
    Point,
    /// By the minutes of a table, or of the clock.
    Worked { table: Option<&'a WorkTable>, from: i32, total: f64, shape: Shape },
    /// In so many equal parts, in steps of months from the start.
    Parts { count: u32, months: u32 },
}

impl SpreadRule {
    /// On which time it runs, and how it grows.
    pub fn runs(&self) -> (Runs, Shape) {
        match self {
            Self::Between { runs, shape, .. } => (*runs, *shape),
            _ => (Runs::Elapsed, Shape::EVEN),
        }
    }

    /// On which time it runs, if every minute of it costs the same.
    pub fn evenly(&self) -> Option<Runs> {
        match self {
            Self::Task { runs, payment: Payment::Spread, .. } => Some(*runs),
            Self::Between { runs, payment: Payment::Spread, shape, .. } if *shape == Shape::EVEN => {
                Some(*runs)
            }
            Self::Tasks(_) => Some(Runs::Elapsed),
            _ => None,
        }
    }

    /// The tasks of which it asks for dates.
    pub fn tasks(&self) -> &[TaskIx] {
        match self {
            Self::Task { task, .. } => std::slice::from_ref(task),
            Self::Tasks(tasks) => tasks,
            Self::Between { .. } | Self::At(_) | Self::Every { .. } => &[],
        }
    }

    /// When it falls due in one lane; what never happens falls due at `program_start`.
    pub fn in_lane<'a>(
        &self,
        sheet: &Sheet<'_>,
        moments: &[i32],
        tables: &'a [WorkTable],
        program_start: i32,
        lane: usize,
    ) -> Spread<'a> {
        let known = |date: i32| if date == NEVER { program_start } else { date };
        let moment = |at: usize| known(moments[at * sheet.lanes + lane]);
        let date = |table: &[i32], task: TaskIx| known(table[task.index() * sheet.lanes + lane]);
        match self {
            Self::Task { task, runs, payment } => {
                let (start, end) = (date(sheet.task_start, *task), date(sheet.task_finish, *task));
                Spread::paid(start, end, *runs, *payment, Shape::EVEN, tables)
            }
            Self::Between { from, to, runs, payment, shape } => {
                Spread::paid(moment(*from), moment(*to), *runs, *payment, *shape, tables)
            }
            Self::At(at) => Spread::point(moment(*at)),
            Self::Every { from, to, months } => {
                let (start, end) = (moment(*from), moment(*to));
                let count = payments(start, end, *months);
                let end = months_after(start, months.saturating_mul(count.saturating_sub(1)));
                Spread { start, end, kind: SpreadKind::Parts { count, months: *months } }
            }
            Self::Tasks(tasks) => {
                let present = |task: &&TaskIx| sheet.task_present[task.index() * sheet.lanes + lane];
                let there = || tasks.iter().filter(present);
                let start = there().map(|task| date(sheet.task_start, *task)).min().unwrap_or(program_start);
                let end = there().map(|task| date(sheet.task_finish, *task)).max().unwrap_or(program_start);
                Spread::paid(start, end, Runs::Elapsed, Payment::Spread, Shape::EVEN, tables)
            }
        }
    }
}

impl<'a> Spread<'a> {
    fn point(at: i32) -> Self {
        Self { start: at, end: at, kind: SpreadKind::Point }
    }

    fn paid(
        start: i32,
        end: i32,
        runs: Runs,
        payment: Payment,
        shape: Shape,
        tables: &'a [WorkTable],
    ) -> Self {
        match payment {
            Payment::Start => return Self::point(start),
            Payment::End => return Self::point(end),
            Payment::Spread if end <= start => return Self::point(end),
            Payment::Spread => {}
        }
        let (table, from, to) = match runs {
            Runs::Elapsed => (None, start, end),
            Runs::Table(number) => {
                let table = &tables[number as usize];
                (Some(table), table.worked(Instant(start)), table.worked(Instant(end)))
            }
        };
        let total = shape.full_minutes(f64::from(to.saturating_sub(from)));
        if total <= 0.0 {
            return Self::point(end);
        }
        Self { start, end, kind: SpreadKind::Worked { table, from, total, shape } }
    }

    /// The end on its clock, and the minutes before it, of what costs the same in every minute; [`None`] for
    /// anything else.
    pub fn evenly(&self) -> Option<(i32, i32)> {
        match self.kind {
            SpreadKind::Worked { table, from, shape, .. } if shape == Shape::EVEN => {
                let end = table.map_or(self.end, |table| table.worked(Instant(self.end)));
                Some((end, end.saturating_sub(from)))
            }
            _ => None,
        }
    }

    /// Whether all of it falls due at its end.
    pub fn is_point(&self) -> bool {
        matches!(self.kind, SpreadKind::Point)
    }

    /// In how many equal parts it is paid, if it is.
    pub fn parts(&self) -> Option<u32> {
        match self.kind {
            SpreadKind::Parts { count, .. } => Some(count),
            SpreadKind::Point | SpreadKind::Worked { .. } => None,
        }
    }

    /// When such a part falls due.
    pub fn due(&self, part: u32) -> i32 {
        match self.kind {
            SpreadKind::Parts { months, .. } => months_after(self.start, part.saturating_mul(months)),
            SpreadKind::Point | SpreadKind::Worked { .. } => self.end,
        }
    }

    /// When equal parts of it fall due, if it is paid in parts.
    pub fn dues(&self) -> Option<Vec<i32>> {
        Some((0..self.parts()?).map(|part| self.due(part)).collect())
    }

    /// Which share of the amount has fallen due until an instant.
    pub fn share_until(&self, t: i32) -> f64 {
        if t >= self.end {
            return 1.0;
        }
        match self.kind {
            SpreadKind::Point => 0.0,
            SpreadKind::Worked { table, from, total, shape } => {
                let now = table.map_or(t, |table| table.worked(Instant(t)));
                shape.full_minutes(f64::from(now.saturating_sub(from).max(0))) / total
            }
            SpreadKind::Parts { count, months } => {
                if t < self.start || count == 0 {
                    return 0.0;
                }
                f64::from(payments_until(self.start, t, months).min(count)) / f64::from(count)
            }
        }
    }
}

/// How many payments are made from a moment on before another, one every so many months.
pub(super) fn payments(start: i32, end: i32, months: u32) -> u32 {
    if end <= start { 0 } else { payments_until(start, end.saturating_sub(1), months) }
}

/// How many payments are made until an instant, that included.
fn payments_until(start: i32, t: i32, months: u32) -> u32 {
    let (from, to) = (Instant(start).start_date(), Instant(t).start_date());
    let between = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    let steps = (between.max(0) as u32) / months.max(1);
    // The last of these may fall on a later day of its month.
    steps + u32::from(months_after(start, steps.saturating_mul(months)) <= t)
}

/// The same minute of the day so many months later; the last day of a shorter month.
fn months_after(start: i32, months: u32) -> i32 {
    let at = Instant(start);
    let span = jiff::Span::new().try_months(i64::from(months)).unwrap_or_default();
    let date = at.start_date().saturating_add(span);
    Instant::from_date(date).0.saturating_add(at.minute_of_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i32 {
        text.parse::<Instant>().unwrap().0
    }

    #[test]
    fn payments_in_advance_are_counted_by_the_calendar() {
        let (start, month) = (at("2027-01-31T08:00"), 1);
        assert_eq!(payments(start, at("2027-01-31T08:00"), month), 0);
        assert_eq!(payments(start, at("2027-01-31T08:01"), month), 1);
        assert_eq!(payments(start, at("2027-02-28T08:00"), month), 1);
        assert_eq!(payments(start, at("2027-02-28T08:01"), month), 2);
        assert_eq!(payments(start, at("2028-01-31T08:00"), 12), 1);
        assert_eq!(payments(start, at("2028-02-01"), 12), 2);
        assert_eq!(payments(start, at("2027-12-31"), 3), 4);
    }

    #[test]
    fn a_ramp_costs_half_and_a_reservation_counts_from_its_day() {
        let shape = Shape { ramp_minutes: 100.0, reserved: None };
        assert_eq!([50.0, 100.0, 300.0].map(|x| shape.full_minutes(x)), [12.5, 50.0, 250.0]);
        let reserved = Some(Reserved { after_minutes: 200.0, keep: 0.5 });
        let shape = Shape { ramp_minutes: 100.0, reserved };
        assert_eq!([200.0, 300.0].map(|x| shape.full_minutes(x)), [150.0, 200.0]);
    }
}
