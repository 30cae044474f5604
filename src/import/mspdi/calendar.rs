//! Calendars: weeks, working weeks, exceptions, inheritance.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fields::{date, shifts};
use super::recurrence::{days, recurs};
use crate::calendar::{Calendar, Shift};
use crate::import::ImportError;
use crate::import::record::Record;
use crate::import::week::{DayChange, PlanCalendar};

/// The most days that the exceptions of one file may name together.
const MOST_DAYS: usize = 400_000;

/// How many calendars may be based on each other; tools allow two.
const DEEPEST_BASE: usize = 16;

/// A calendar with the number by which the file knows it.
pub(super) struct Numbered {
    pub uid: i64,
    /// The number of its base.
    pub base: Option<i64>,
    /// Shifts of weekdays that it states itself, Monday first.
    pub week: [Option<Vec<Shift>>; 7],
    pub days: Vec<DayChange>,
    pub name: String,
}

/// A day of an exception with how much it outranks others of the same day.
type Ranked = (u8, Vec<Shift>, String);

/// Reads a calendar; `budget` is how many days of exceptions may still come.
pub(super) fn read(record: &Record, budget: &mut usize) -> Result<Numbered, ImportError> {
    let week_days = record.element("WeekDays");
    let mut found: BTreeMap<Date, Ranked> = BTreeMap::new();
    let mut put = |date: Date, ranked: Ranked| -> Result<(), ImportError> {
        if *budget == 0 {
            return Err(ImportError::TooMuch { what: "days of exceptions".to_owned(), most: MOST_DAYS });
        }
        *budget -= 1;
        match found.get(&date) {
            // Of two of the same rank the first stands.
            Some((rank, _, _)) if *rank >= ranked.0 => {}
            _ => drop(found.insert(date, ranked)),
        }
        Ok(())
    };
    for weeks in record.all("WorkWeeks").flat_map(|weeks| weeks.all("WorkWeek")) {
        let Some((first, last)) = period(weeks) else { continue };
        let stated = stated_week(weeks.element("WeekDays"));
        for date in days(&Record::default(), first, last) {
            if let Some(shifts) = &stated[weekday(date)] {
                put(date, (0, shifts.clone(), weeks.get("Name").unwrap_or_default().to_owned()))?;
            }
        }
    }
    let exceptions = record.element("Exceptions");
    for exception in exceptions.into_iter().flat_map(|list| list.all("Exception")) {
        let Some((first, last)) = period(exception) else { continue };
        let worked = if exception.flag("DayWorking") { shifts(exception) } else { Vec::new() };
        let name = exception.get("Name").unwrap_or_default();
        // What names days outranks a rule, a rule for a year one for a month, and so on.
        let rank = match exception.whole("Type") {
            Some(2 | 3) => 4,
            Some(4 | 5) => 3,
            Some(6) => 2,
            Some(7) if recurs(exception) => 1,
            _ => 5,
        };
        for date in days(exception, first, last) {
            put(date, (rank, worked.clone(), name.to_owned()))?;
        }
    }
    // Before there were exceptions of their own, they stood among the days of the week.
    let old = week_days.filter(|_| exceptions.is_none()).into_iter();
    for day in old.flat_map(|days| days.all("WeekDay")).filter(|day| day.whole("DayType") == Some(0)) {
        let Some((first, last)) = period(day) else { continue };
        let worked = if day.flag("DayWorking") { shifts(day) } else { Vec::new() };
        for date in days(&Record::default(), first, last) {
            put(date, (5, worked.clone(), String::new()))?;
        }
    }
    Ok(Numbered {
        uid: record.whole("UID").unwrap_or(-1),
        base: record
            .whole("BaseCalendarUID")
            .filter(|&uid| uid > 0 || uid == 0 && !record.flag("IsBaseCalendar")),
        week: stated_week(week_days),
        days: joined(found),
        name: record.get("Name").unwrap_or_default().to_owned(),
    })
}

/// How many days of exceptions a file may name.
pub(super) fn budget() -> usize {
    MOST_DAYS
}

/// The dates between which something holds, both included.
fn period(record: &Record) -> Option<(Date, Date)> {
    let period = record.element("TimePeriod")?;
    let (first, last) = (date(period, "FromDate")?, date(period, "ToDate")?);
    // An end at midnight is that of the day before, unless that would be no day at all.
    let end = if last > first { last.finish_date() } else { last.start_date() };
    Some((first.start_date(), end))
}

/// The shifts of the weekdays that are stated; Sunday is day 1.
fn stated_week(days: Option<&Record>) -> [Option<Vec<Shift>>; 7] {
    let mut week: [Option<Vec<Shift>>; 7] = Default::default();
    for day in days.into_iter().flat_map(|days| days.all("WeekDay")) {
        let Some(kind @ 1..=7) = day.whole("DayType") else { continue };
        let worked = if day.flag("DayWorking") { shifts(day) } else { Vec::new() };
        week[(kind as usize + 5) % 7] = Some(worked);
    }
    week
}

/// Monday = 0.
fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset() as usize
}

/// Days that follow each other and are alike as one.
fn joined(found: BTreeMap<Date, Ranked>) -> Vec<DayChange> {
    let mut changes: Vec<DayChange> = Vec::new();
    for (date, (_, shifts, name)) in found {
        match changes.last_mut() {
            Some(last)
                if last.shifts == shifts
                    && last.name == name
                    && last.last.tomorrow().is_ok_and(|next| next == date) =>
            {
                last.last = date;
            }
            _ => changes.push(DayChange { first: date, last: date, shifts, name }),
        }
    }
    changes
}

/// All calendars of a file as those of a plan, in the same order; circles of bases are cut.
pub(super) fn plan_calendars(numbered: &[Numbered]) -> Vec<PlanCalendar> {
    let places: BTreeMap<i64, usize> =
        numbered.iter().enumerate().rev().map(|(at, calendar)| (calendar.uid, at)).collect();
    let at = |uid: i64| places.get(&uid).copied();
    let mut calendars: Vec<PlanCalendar> = Vec::new();
    for (own, one) in numbered.iter().enumerate() {
        // From the oldest ancestor on, what each states itself replaces what it inherits.
        let mut chain = vec![own];
        let mut base = one.base.and_then(at);
        while let Some(here) = base.filter(|here| !chain.contains(here) && chain.len() < DEEPEST_BASE) {
            chain.push(here);
            base = numbered[here].base.and_then(at);
        }
        // A base that leads back here, or on and on, is none.
        let is_endless = base.is_some();
        let standard = Calendar::standard().week;
        let mut week = standard;
        for &ancestor in chain.iter().rev() {
            for (day, stated) in numbered[ancestor].week.iter().enumerate() {
                if let Some(shifts) = stated {
                    week[day].clone_from(shifts);
                }
            }
        }
        let base = chain.get(1).copied().filter(|_| !is_endless);
        let states_none = one.week.iter().all(Option::is_none);
        calendars.push(PlanCalendar {
            name: one.name.clone(),
            base,
            week: (base.is_none() || !states_none).then_some(week),
            days: one.days.clone(),
            scale: None,
        });
    }
    calendars
}
