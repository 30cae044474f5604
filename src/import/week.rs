//! Working calendars of a plan, and working time on them.

use jiff::civil::Date;

use crate::calendar::{Calendar, Days, Exception, Shift, TablePart, WorkTable};
use crate::units::{Instant, WorkScale};

/// Days from the earliest to the latest that the table of a calendar covers around a plan.
const YEARS_AROUND: i32 = 366 * 3;

/// A calendar as a tool means it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PlanCalendar {
    pub name: String,
    /// The calendar that it starts from.
    pub base: Option<usize>,
    /// Its own week, complete; that of its base otherwise.
    pub week: Option<[Vec<Shift>; 7]>,
    /// Days that differ from the week, later ones before earlier ones where both match.
    pub days: Vec<DayChange>,
    /// How much work a day, a week and a month are; as in the plan unless given.
    pub scale: Option<WorkScale>,
}

/// Days with other shifts than their weekday has; none is a holiday.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DayChange {
    pub first: Date,
    pub last: Date,
    pub shifts: Vec<Shift>,
    pub name: String,
}

/// A calendar complete in itself; `calendars` has no circles.
pub(super) fn resolved(calendars: &[PlanCalendar], at: usize, scale: WorkScale) -> Calendar {
    let mut chain = Vec::new();
    let mut next = Some(at);
    while let Some(here) = next.filter(|here| !chain.contains(here)) {
        chain.push(here);
        next = calendars.get(here).and_then(|calendar| calendar.base);
    }
    let mut calendar = Calendar { scale, ..Calendar::standard() };
    for one in chain.into_iter().rev().filter_map(|at| calendars.get(at)) {
        if let Some(week) = &one.week {
            calendar.week.clone_from(week);
        }
        calendar.scale = one.scale.unwrap_or(calendar.scale);
        calendar.exceptions.extend(one.days.iter().map(|change| Exception {
            days: Days::Range(change.first, change.last),
            shifts: change.shifts.clone(),
        }));
    }
    calendar
}

/// Working minutes of calendars over the time of a plan.
pub(super) struct WorkTimes {
    calendars: Vec<Calendar>,
    tables: Vec<Option<WorkTable>>,
    first_day: i32,
    last_day: i32,
}

impl WorkTimes {
    /// Over some years around the dates of a plan.
    pub fn new(calendars: Vec<Calendar>, from: Instant, to: Instant) -> Self {
        let tables = calendars.iter().map(|_| None).collect();
        // Dates in the year 9999 would make tables of millions of days.
        let first_day = from.day().saturating_sub(YEARS_AROUND);
        let last_day = to.day().saturating_add(YEARS_AROUND).min(first_day + 100 * 366);
        Self { calendars, tables, first_day, last_day }
    }

    /// One more calendar.
    pub fn add(&mut self, calendar: Calendar) -> usize {
        self.calendars.push(calendar);
        self.tables.push(None);
        self.calendars.len() - 1
    }

    /// The calendar itself.
    pub fn calendar(&self, at: usize) -> &Calendar {
        &self.calendars[at]
    }

    /// The table of a calendar.
    pub fn table(&mut self, at: usize) -> &WorkTable {
        let (calendar, first, last) = (&self.calendars[at], self.first_day, self.last_day);
        self.tables[at].get_or_insert_with(|| WorkTable::build(calendar, TablePart::Working, first, last))
    }

    /// Working minutes from one instant to another, negative backwards.
    pub fn between(&mut self, at: usize, from: Instant, to: Instant) -> i32 {
        let table = self.table(at);
        table.worked(to).saturating_sub(table.worked(from))
    }

    /// The earliest instant by which so many more minutes are worked.
    pub fn after(&mut self, at: usize, from: Instant, minutes: i32) -> Instant {
        let table = self.table(at);
        table.finish_at(table.worked(from).saturating_add(minutes))
    }
}

/// The working time that two calendars share.
///
/// Days on which either has an exception are stated one by one, so that the result has no rules of its own.
pub(super) fn intersection(one: &Calendar, other: &Calendar) -> Calendar {
    let mut joined = one.clone();
    for day in 0..7 {
        joined.week[day] = common(&one.week[day], &other.week[day]);
    }
    joined.exceptions = Vec::new();
    let mut days = std::collections::BTreeSet::new();
    for exception in one.exceptions.iter().chain(&other.exceptions) {
        let Days::Range(first, last) = exception.days else { continue };
        let mut date = first;
        while date <= last {
            days.insert(date);
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
    }
    for date in days {
        let shifts = common(&shifts_on(one, date), &shifts_on(other, date));
        match joined.exceptions.last_mut() {
            Some(Exception { days: Days::Range(_, last), shifts: known })
                if *known == shifts && last.tomorrow().is_ok_and(|next| next == date) =>
            {
                *last = date;
            }
            _ => joined.exceptions.push(Exception { days: Days::Range(date, date), shifts }),
        }
    }
    joined
}

/// The shifts of a calendar on a day.
fn shifts_on(calendar: &Calendar, date: Date) -> Vec<Shift> {
    let holds = |exception: &&Exception| matches!(exception.days, Days::Range(first, last) if first <= date && date <= last);
    match calendar.exceptions.iter().rev().find(holds) {
        Some(exception) => exception.shifts.clone(),
        None => calendar.week[date.weekday().to_monday_zero_offset() as usize].clone(),
    }
}

/// The time that two lists of shifts share.
fn common(one: &[Shift], other: &[Shift]) -> Vec<Shift> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let both = pairs.map(|(a, b)| Shift { start: a.start.max(b.start), end: a.end.min(b.end) });
    let mut shifts: Vec<Shift> = both.filter(|shift| shift.start < shift.end).collect();
    shifts.sort_by_key(|shift| shift.start);
    shifts
}

/// A calendar that is complete in itself, as one of a plan.
pub(super) fn as_plan(name: String, calendar: &Calendar) -> PlanCalendar {
    let days = calendar.exceptions.iter().filter_map(|exception| match exception.days {
        Days::Range(first, last) => {
            Some(DayChange { first, last, shifts: exception.shifts.clone(), name: String::new() })
        }
        _ => None,
    });
    PlanCalendar { name, base: None, week: Some(calendar.week.clone()), days: days.collect(), scale: None }
}
