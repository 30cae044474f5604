//! Windows: rules, lists of periods, and files of periods.

use super::calendars::bad_text;
use crate::calendar::text::{parse_window_rule, parse_windows};
use crate::calendar::{WindowMode, WindowRule, Windows};
use crate::diag::code;
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, RawDate, RawWindowRule, RawWindows};
use crate::scenario::table::scan;
use crate::units::Instant;

const HELP: &str = "write a rule such as `first weekend of quarter` or `every 2 weeks from 2027-01-16`, or a period \
                    such as `2027-03-06..2027-03-07`";

/// The windows of a calendar; `None` if they cannot be read, which is reported.
pub fn windows(at: &At<RawWindows>, desk: &mut Desk<'_>) -> Option<Windows> {
    let raw = &at.value;
    let modes =
        [(WindowMode::Fit, &raw.fit), (WindowMode::Start, &raw.start), (WindowMode::Pause, &raw.pause)];
    let given: Vec<_> = modes.iter().filter(|(_, slot)| !slot.is_absent()).collect();
    if given.len() != 1 {
        let message = match given.len() {
            0 => "the windows do not say how they bind a task",
            _ => "the windows bind a task in several ways",
        };
        let help = "write one of `fit` (the whole task inside one window), `start` (it starts inside) and `pause` \
                    (work happens only inside)";
        desk.report(code::BAD_WINDOWS, at.place(), message, help);
        return None;
    }
    let &&(mode, slot) = given.first()?;
    let rule = rule(slot.at()?, desk)?;
    let capacity = desk.in_range(&raw.capacity, 1.0, 1e6, "the capacity of a window");
    if let Some(capacity) = capacity
        && capacity.fract() != 0.0
    {
        let message = format!("`{capacity}` is not a whole number of places");
        desk.report(code::OUT_OF_RANGE, raw.capacity.place(), message, "");
    }
    Some(Windows { mode, rule, capacity: capacity.map(|capacity| capacity as u32) })
}

fn rule(at: &At<RawWindowRule>, desk: &mut Desk<'_>) -> Option<WindowRule> {
    match (at.value.periods.at(), at.value.csv.at()) {
        (Some(_), Some(csv)) => {
            desk.report(
                code::CONFLICTING_KEYS,
                csv.place(),
                "`periods` and `csv` exclude each other",
                "keep one",
            );
            None
        }
        (Some(periods), None) => from_texts(periods.place.as_ref(), &periods.value, desk),
        (None, Some(name)) => from_file(name, desk),
        (None, None) => {
            if at.value.periods.is_absent() && at.value.csv.is_absent() {
                desk.report(code::BAD_WINDOWS, at.place(), "the windows are empty", HELP);
            }
            None
        }
    }
}

fn from_texts(
    place: Option<&crate::diag::Place>,
    Many(texts): &Many<String>,
    desk: &mut Desk<'_>,
) -> Option<WindowRule> {
    let mut is_good = true;
    for text in texts {
        if let Err(error) = parse_window_rule(&text.value) {
            bad_text(code::BAD_WINDOWS, text, &error, desk);
            is_good = false;
        }
    }
    if texts.is_empty() {
        desk.report(code::BAD_WINDOWS, place, "the windows are empty", HELP);
        return None;
    }
    let texts: Vec<&str> = texts.iter().map(|text| text.value.as_str()).collect();
    if !is_good {
        return None;
    }
    match parse_windows(&texts) {
        Ok(rule) => Some(rule),
        Err(error) => {
            desk.report(code::BAD_WINDOWS, place, error.to_string(), "");
            None
        }
    }
}

fn from_file(name: &At<String>, desk: &mut Desk<'_>) -> Option<WindowRule> {
    let file = desk.open_named(name)?;
    let sheet = match scan(file, desk.sources.text(file)) {
        Ok(sheet) => sheet,
        Err(problem) => {
            desk.problems.push(problem);
            return None;
        }
    };
    let column = |wanted: &str| sheet.header.iter().position(|cell| cell.value.eq_ignore_ascii_case(wanted));
    let (Some(start), Some(end)) = (column("start"), column("end")) else {
        let message = format!("`{}` needs the columns `start` and `end`", name.value);
        desk.report(code::UNKNOWN_COLUMN, sheet.header.first().and_then(At::place), message, "");
        return None;
    };
    let mut periods: Vec<(Instant, Instant)> = Vec::new();
    let mut is_good = true;
    for row in &sheet.rows {
        let mut date = |at: usize| {
            let cell = row.get(at)?;
            let date = RawDate::parse(&cell.value).ok().filter(|date| date.is_in_range());
            if date.is_none() {
                let message = format!("`{}` is not a date", cell.value);
                desk.report(
                    code::BAD_DATE,
                    cell.place(),
                    message,
                    "write it as 2027-01-11 or 2027-01-11T08:00",
                );
            }
            date
        };
        let (Some(opens), Some(closes)) = (date(start), date(end)) else {
            is_good = false;
            continue;
        };
        // A last day without a time is open to its end.
        let closes = if closes.has_time { closes.at } else { Instant(closes.at.0 + 1_440) };
        let place = row.get(start).and_then(At::place);
        if closes <= opens.at {
            desk.report(code::BAD_WINDOWS, place, "the window ends before it begins", "");
            is_good = false;
        }
        periods.push((opens.at, closes));
    }
    periods.sort_unstable();
    if periods.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        desk.report(code::BAD_WINDOWS, name.place(), format!("windows in `{}` overlap", name.value), "");
        is_good = false;
    }
    if periods.is_empty() {
        desk.report(code::BAD_WINDOWS, name.place(), format!("`{}` lists no window", name.value), "");
        is_good = false;
    }
    is_good.then_some(WindowRule::List(periods))
}
