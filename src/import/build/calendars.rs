//! Calendars of a plan as a scenario writes them.

use jiff::civil::Date;

use super::names::Names;
use crate::calendar::Shift;
use crate::import::plan::Plan;
use crate::import::week::{DayChange, PlanCalendar};
use crate::scenario::raw::{At, Many, Named, RawCalendar, Slot};

/// Weekdays in the order of a week.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// All calendars of a plan.
pub(super) fn calendars(plan: &Plan, names: &Names) -> Named<RawCalendar> {
    let entries = plan.calendars.iter().zip(&names.calendars);
    entries.map(|(calendar, id)| (id.clone(), raw(plan, calendar, names))).collect()
}

fn raw(plan: &Plan, calendar: &PlanCalendar, names: &Names) -> RawCalendar {
    let (holidays, changed): (Vec<&DayChange>, Vec<&DayChange>) =
        calendar.days.iter().partition(|change| change.shifts.is_empty());
    let scale = calendar.scale.filter(|scale| *scale != plan.scale);
    let hours = scale.map(|scale| f64::from(scale.minutes_per_day) / 60.0);
    let per = |minutes: u32| scale.map(|scale| f64::from(minutes) / f64::from(scale.minutes_per_day));
    RawCalendar {
        base: calendar.base.map(|base| names.calendars[base].clone()).into(),
        week: calendar.week.as_ref().map(week).into(),
        holidays: some(
            Many(holidays.iter().map(|change| At::from(holiday(change))).collect()),
            holidays.is_empty(),
        ),
        extra_days: some(
            changed.iter().map(|change| (range(change.first, change.last), shifts(&change.shifts))).collect(),
            changed.is_empty(),
        ),
        hours_per_day: hours.into(),
        days_per_week: scale.and_then(|scale| per(scale.minutes_per_week)).into(),
        days_per_month: scale.and_then(|scale| per(scale.minutes_per_month)).into(),
        ..RawCalendar::default()
    }
}

fn some<T>(value: T, is_empty: bool) -> Slot<T> {
    if is_empty { Slot::Absent } else { value.into() }
}

/// A week by ranges of days with the same shifts; days off are left out, a week off says so.
fn week(week: &[Vec<Shift>; 7]) -> Named<String> {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while at < 7 {
        let mut last = at;
        while last + 1 < 7 && week[last + 1] == week[at] {
            last += 1;
        }
        if !week[at].is_empty() {
            let days = if last == at { DAYS[at].to_owned() } else { format!("{}-{}", DAYS[at], DAYS[last]) };
            entries.push((days, shifts(&week[at])));
        }
        at = last + 1;
    }
    if entries.is_empty() {
        entries.push(("mon-sun".to_owned(), "off".to_owned()));
    }
    entries.into_iter().collect()
}

/// Shifts of a day, such as `08:00-12:00 13:00-17:00`.
fn shifts(list: &[Shift]) -> String {
    if let [Shift { start: 0, end: 1_440 }] = list {
        return "24h".to_owned();
    }
    let clock = |minute: u16| match minute {
        1_440 => "24:00".to_owned(),
        minute => format!("{:02}:{:02}", minute % 1_440 / 60, minute % 60),
    };
    let shift = |one: &Shift| format!("{}-{}", clock(one.start), clock(one.end));
    if list.is_empty() { "off".to_owned() } else { list.iter().map(shift).collect::<Vec<_>>().join(" ") }
}

/// A holiday with its name.
fn holiday(change: &DayChange) -> String {
    let days = range(change.first, change.last);
    // A name that could be read as part of the days is kept apart by a colon.
    let name: String = change.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { days } else { format!("{days}: {name}") }
}

fn range(first: Date, last: Date) -> String {
    if first == last { first.to_string() } else { format!("{first}..{last}") }
}
