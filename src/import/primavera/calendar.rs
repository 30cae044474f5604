//! Calendars as P6 keeps them in one text: nested brackets of days, shifts and exceptions.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::data::Calendar as Raw;
use crate::calendar::Shift;
use crate::import::mspdi::{clock, tidy};
use crate::import::week::{DayChange, PlanCalendar};
use crate::units::WorkScale;

/// How deep brackets may be nested.
const DEEPEST: usize = 12;
/// How many calendars may be based on each other.
const DEEPEST_BASE: usize = 16;
/// The most days of exceptions that one calendar may have.
const MOST_DAYS: usize = 100_000;
/// Minutes in a day.
const DAY: u16 = 1_440;

/// A node of the text: `(number||name(attributes)(nodes))`.
#[derive(Debug, Default)]
struct Node<'a> {
    name: &'a str,
    attributes: Vec<&'a str>,
    inner: Vec<Node<'a>>,
}

/// Week and exceptions of a calendar text; what cannot be read of it is as if it were not there.
pub(super) fn read(text: &str) -> (Option<[Vec<Shift>; 7]>, Vec<DayChange>) {
    let mut scanner = Scanner { text, at: 0 };
    let Some(root) = scanner.node(0) else { return (None, Vec::new()) };
    let part = |name: &str| root.inner.iter().find(|node| node.name == name);
    let week = part("DaysOfWeek").map(|days| {
        let mut week: [Vec<Shift>; 7] = Default::default();
        for day in &days.inner {
            // Sunday is 1.
            if let Ok(number @ 1..=7) = day.name.parse::<usize>() {
                week[(number + 5) % 7] = shifts(day);
            }
        }
        week
    });
    let mut days: BTreeMap<Date, Vec<Shift>> = BTreeMap::new();
    for exception in part("Exceptions").into_iter().flat_map(|list| &list.inner).take(MOST_DAYS) {
        if let Some(date) = attribute(exception, "d").and_then(date) {
            days.insert(date, shifts(exception));
        }
    }
    (week, joined(days))
}

/// The value of an attribute: names and values take turns.
fn attribute<'a>(node: &Node<'a>, name: &str) -> Option<&'a str> {
    node.attributes.chunks(2).find(|pair| pair[0] == name)?.get(1).copied()
}

/// The shifts in a node.
fn shifts(node: &Node<'_>) -> Vec<Shift> {
    let shift = |one: &Node<'_>| {
        let (start, end) = (clock(attribute(one, "s")?)?, clock(attribute(one, "f")?)?);
        // An end at or before the beginning is the midnight that ends the day.
        Some(Shift { start: start % DAY, end: if end <= start { DAY } else { end } })
    };
    tidy(node.inner.iter().filter_map(shift).collect())
}

/// A date by the days since the end of 1899.
fn date(text: &str) -> Option<Date> {
    let days: i64 = text.parse().ok().filter(|days| (0..=150_000).contains(days))?;
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

/// Days that follow each other and are alike as one.
pub(super) fn joined(days: BTreeMap<Date, Vec<Shift>>) -> Vec<DayChange> {
    let mut changes: Vec<DayChange> = Vec::new();
    for (date, shifts) in days {
        match changes.last_mut() {
            Some(last) if last.shifts == shifts && last.last.tomorrow().is_ok_and(|next| next == date) => {
                last.last = date;
            }
            _ => changes.push(DayChange { first: date, last: date, shifts, name: String::new() }),
        }
    }
    changes
}

/// Reads nodes one after the other.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control()) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Text up to one of some bytes.
    fn until(&mut self, ends: &[u8]) -> &'a str {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| !ends.contains(byte)) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default().trim()
    }

    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        if depth > DEEPEST {
            return None;
        }
        self.eat(b'(')?;
        let head = self.until(b"()");
        let name = head.split_once("||").map_or(head, |(_, name)| name);
        let mut node = Node { name, ..Node::default() };
        self.eat(b'(')?;
        let attributes = self.until(b"()");
        if !attributes.is_empty() {
            node.attributes = attributes.split('|').map(str::trim).collect();
        }
        self.eat(b')')?;
        self.eat(b'(')?;
        while self.peek() == Some(b'(') {
            node.inner.push(self.node(depth + 1)?);
        }
        self.eat(b')')?;
        self.eat(b')')?;
        Some(node)
    }
}

/// All calendars as those of a plan, in the same order; circles of bases are cut.
pub(super) fn plan_calendars(raw: &[Raw]) -> Vec<PlanCalendar> {
    let places: BTreeMap<&str, usize> =
        raw.iter().enumerate().rev().map(|(at, calendar)| (calendar.id.as_str(), at)).collect();
    let base_of = |own: usize| raw[own].base.as_deref().and_then(|base| places.get(base).copied());
    let one = |(own, calendar): (usize, &Raw)| {
        let mut seen = vec![own];
        let mut next = base_of(own);
        while let Some(here) = next.filter(|here| !seen.contains(here) && seen.len() < DEEPEST_BASE) {
            seen.push(here);
            next = base_of(here);
        }
        // A base that leads back here, or on and on, is none.
        let base = base_of(own).filter(|_| next.is_none());
        PlanCalendar {
            name: calendar.name.clone(),
            base,
            week: calendar.week.clone(),
            days: calendar.days.clone(),
            scale: Some(scale(calendar)),
        }
    };
    raw.iter().enumerate().map(one).collect()
}

/// How much work a day, a week and a month of a calendar are.
fn scale(calendar: &Raw) -> WorkScale {
    let usual = WorkScale::default();
    let hours = |at: usize, most: f64| calendar.hours[at].filter(|hours| (0.1..=most).contains(hours));
    let minutes = |hours: f64| (hours * 60.0).round().max(6.0) as u32;
    let day = hours(0, 24.0).map_or(usual.minutes_per_day, minutes);
    let week = hours(1, 168.0).map_or(5 * day, minutes).clamp(day, 7 * day);
    let month = hours(2, 744.0).map_or(20 * day, minutes).clamp(day, 31 * day);
    WorkScale { minutes_per_day: day, minutes_per_week: week, minutes_per_month: month }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_exceptions_are_read_in_either_order_of_their_ends() {
        let text = "(0||CalendarData()(  (0||DaysOfWeek()(\u{7f} (0||1()())(0||2()((0||0(s|08:00|f|12:00)())\
                    (0||1(f|17:00|s|13:00)())))(0||7()((0||0(s|00:00|f|00:00)())))))\
                    (0||Exceptions()((0||0(d|41274)())(0||1(d|41275)())(0||2(d|41569)((0||0(s|08:00|f|16:00)())))))))";
        let (week, days) = read(text);
        let week = week.unwrap();
        assert_eq!(week[0], [Shift { start: 480, end: 720 }, Shift { start: 780, end: 1_020 }]);
        assert_eq!(week[5], [Shift { start: 0, end: DAY }]);
        assert!(week[6].is_empty());
        let shown: Vec<(String, String, usize)> =
            days.iter().map(|day| (day.first.to_string(), day.last.to_string(), day.shifts.len())).collect();
        assert_eq!(
            shown,
            [("2012-12-31".into(), "2013-01-01".into(), 0), ("2013-10-22".into(), "2013-10-22".into(), 1)]
        );
    }

    #[test]
    fn a_damaged_text_says_nothing_and_nothing_breaks() {
        for text in ["", "(", "((((((((((((((((((((", "(0||a()(", "(0||a(", "x", "(0||CalendarData()())"] {
            let _ = read(text);
        }
        let deep = "(0||a()(".repeat(10_000);
        assert_eq!(read(&deep).1, []);
    }
}
