//! Calendars: inheritance, shifts, days and windows.

use std::collections::BTreeMap;

use super::names::check_id;
use super::settings::work_scale;
use super::windows::windows;
use crate::calendar::text::{parse_freeze, parse_named_days, parse_offset, parse_shifts, parse_weekdays};
use crate::calendar::{Calendar, Exception, Shift};
use crate::diag::{Code, Diagnostic, Place, code};
use crate::model::{CalendarIx, Program};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, Many, Named, RawCalendar, Slot};
use crate::units::{Instant, WorkScale};

/// Ids that exist without being written.
const BUILT_IN: [&str; 2] = ["standard", "24x7"];

/// A calendar with its id.
pub struct Entry {
    pub id: String,
    pub calendar: Calendar,
    pub place: Option<Place>,
    used: bool,
    broken: bool,
}

/// All calendars, in the order of the model's.
pub struct Calendars {
    entries: Vec<Entry>,
    default: CalendarIx,
}

impl Calendars {
    /// Reads all calendars; `default` is what the program names.
    pub fn read(
        raw: &[(At<String>, At<RawCalendar>)],
        default: &Slot<String>,
        scale: WorkScale,
        desk: &mut Desk<'_>,
    ) -> Self {
        let mut builder = Builder { raw, scale, done: raw.iter().map(|_| None).collect(), trail: Vec::new() };
        let mut calendars = Self { entries: Vec::new(), default: CalendarIx(0) };
        for (at, (id, _)) in raw.iter().enumerate() {
            check_id(id, "a calendar", desk);
            let before = desk.errors();
            let calendar = builder.resolve(at, desk);
            let broken = desk.errors() > before;
            calendars.entries.push(Entry {
                id: id.value.clone(),
                calendar,
                place: id.place.clone(),
                used: false,
                broken,
            });
        }
        for id in BUILT_IN {
            if !raw.iter().any(|(known, _)| known.value == id) {
                let calendar = Calendar { scale, ..built_in(id) };
                calendars.entries.push(Entry {
                    id: id.to_owned(),
                    calendar,
                    place: None,
                    used: false,
                    broken: false,
                });
            }
        }
        // A base is used by the calendars that start from it.
        for (_, table) in raw {
            if let Some(base) = table.value.base.get()
                && let Some(entry) = calendars.entries.iter_mut().find(|entry| entry.id == *base)
            {
                entry.used = true;
            }
        }
        let named = default.at().and_then(|name| calendars.find(name, desk));
        let standard =
            calendars.entries.iter().position(|entry| entry.id == BUILT_IN[0]).map(CalendarIx::new);
        calendars.default = named.or(standard).unwrap_or(CalendarIx(0));
        calendars.entries[calendars.default.index()].used = true;
        calendars
    }

    /// The calendars, in the order of the model's.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a calendar of a program of a portfolio.
    pub fn add(&mut self, id: &str, calendar: &Calendar) {
        let (id, calendar) = (id.to_owned(), calendar.clone());
        self.entries.push(Entry { id, calendar, place: None, used: true, broken: false });
    }

    /// The calendars that a program has in common with these, by id: alike but for what a written day stands for.
    pub fn common_with(&mut self, program: &Program) -> BTreeMap<String, CalendarIx> {
        let mut common = BTreeMap::new();
        for (at, own) in program.calendars().iter().enumerate() {
            let alike = |entry: &Entry| {
                entry.id == own.id
                    && Calendar { scale: own.calendar.scale, ..entry.calendar.clone() } == own.calendar
            };
            if let Some(place) = self.entries.iter().position(alike) {
                let used = |task: &crate::model::Task| task.calendar.index() == at;
                self.entries[place].used |= program.tasks().iter().any(used);
                common.insert(own.id.clone(), CalendarIx::new(place));
            }
        }
        common
    }

    /// The program's calendar.
    pub fn default(&self) -> CalendarIx {
        self.default
    }

    /// The calendar that a reference names; an unknown one is reported.
    pub fn find(&mut self, name: &At<String>, desk: &mut Desk<'_>) -> Option<CalendarIx> {
        let found = self.entries.iter().position(|entry| entry.id == name.value);
        match found {
            Some(at) => self.entries[at].used = true,
            None => {
                let known: Vec<String> = self.entries.iter().map(|entry| entry.id.clone()).collect();
                desk.unknown(code::UNKNOWN_CALENDAR, "calendar", name, known.iter().map(String::as_str));
            }
        }
        found.map(CalendarIx::new)
    }

    /// What a written day, week and month stand for on a calendar.
    pub fn scale(&self, calendar: CalendarIx) -> WorkScale {
        self.entries[calendar.index()].calendar.scale
    }

    /// The beginning of the first and the end of the last shift of a day; the whole day where nobody works.
    pub fn working_day(&self, calendar: CalendarIx, midnight: Instant) -> (Instant, Instant) {
        use crate::calendar::{TablePart, WorkTable};
        let day = midnight.day();
        let calendar = &self.entries[calendar.index()].calendar;
        let table = WorkTable::build(calendar, TablePart::WorkingUnbound, day - 1, day + 1);
        let next = Instant(midnight.0.saturating_add(1_440));
        let (before, after) = (table.worked(midnight), table.worked(next));
        if before == after {
            return (midnight, next);
        }
        (table.start_at(before).max(midnight), table.finish_at(after).min(next))
    }

    /// Reports calendars that nothing uses, and those on which nothing can be done.
    pub fn report(&self, from: Option<Instant>, desk: &mut Desk<'_>) {
        for entry in &self.entries {
            if !entry.used && entry.place.is_some() {
                let message = format!("the calendar `{}` is never used", entry.id);
                let help = "name it in `calendar` of a task, project or the program";
                desk.report(code::UNUSED_CALENDAR, entry.place.as_ref(), message, help);
            }
            let Some(from) = from.filter(|_| entry.used && !entry.broken) else { continue };
            for problem in entry.calendar.problems(from.start_date()) {
                let code = if problem.is_fatal() { code::NO_WORKING_TIME } else { code::IDLE_WINDOWS };
                let message = format!("calendar `{}`: {problem}", entry.id);
                desk.report(code, entry.place.as_ref(), message, "");
            }
        }
    }
}

fn built_in(id: &str) -> Calendar {
    if id == BUILT_IN[1] { Calendar::round_the_clock() } else { Calendar::standard() }
}

/// Resolves bases, each calendar once.
struct Builder<'a> {
    raw: &'a [(At<String>, At<RawCalendar>)],
    scale: WorkScale,
    done: Vec<Option<Calendar>>,
    trail: Vec<usize>,
}

impl Builder<'_> {
    fn resolve(&mut self, at: usize, desk: &mut Desk<'_>) -> Calendar {
        if let Some(done) = &self.done[at] {
            return done.clone();
        }
        let (id, table) = &self.raw[at];
        self.trail.push(at);
        let base = self.base(id, &table.value, desk);
        self.trail.pop();
        let calendar = fill(&table.value, base, desk);
        self.done[at] = Some(calendar.clone());
        calendar
    }

    /// The calendar to start from: the named one, else the built-in standard.
    fn base(&mut self, id: &At<String>, raw: &RawCalendar, desk: &mut Desk<'_>) -> Calendar {
        let standard = Calendar { scale: self.scale, ..Calendar::standard() };
        let Some(name) = raw.base.at() else {
            // `24x7` stays round the clock when only its holidays are written.
            return Calendar { scale: self.scale, ..built_in(&id.value) };
        };
        let position = self.raw.iter().position(|(known, _)| known.value == name.value);
        // A calendar that overrides a built-in one may start from it.
        if name.value == id.value && BUILT_IN.contains(&name.value.as_str()) {
            return Calendar { scale: self.scale, ..built_in(&name.value) };
        }
        let Some(position) = position else {
            if BUILT_IN.contains(&name.value.as_str()) {
                return Calendar { scale: self.scale, ..built_in(&name.value) };
            }
            let known: Vec<&str> = self.raw.iter().map(|(id, _)| id.value.as_str()).chain(BUILT_IN).collect();
            desk.unknown(code::UNKNOWN_CALENDAR, "calendar", name, known.into_iter());
            return standard;
        };
        if let Some(from) = self.trail.iter().position(|&above| above == position) {
            let circle: Vec<usize> = self.trail[from..].to_vec();
            let names: Vec<&str> =
                circle.iter().chain(circle.first()).map(|&at| self.raw[at].0.value.as_str()).collect();
            let message = format!("calendars are based on each other in a circle: {}", names.join(" -> "));
            let mut problem =
                Diagnostic::new(code::BASE_CYCLE, message).at_place(name.place(), "this closes the circle");
            for &hop in circle.iter().filter(|&&hop| self.raw[hop].1.value.base.place() != name.place()) {
                problem = problem.at_place(self.raw[hop].1.value.base.place(), "based on");
            }
            desk.problems.push(problem);
            return standard;
        }
        self.resolve(position, desk)
    }
}

/// The base with everything that the calendar says itself.
fn fill(raw: &RawCalendar, base: Calendar, desk: &mut Desk<'_>) -> Calendar {
    let mut calendar = base;
    calendar.scale =
        work_scale(&raw.hours_per_day, &raw.days_per_week, &raw.days_per_month, calendar.scale, desk);
    if let Some(Named(week)) = raw.week.get() {
        calendar.week = week_of(week, desk);
    }
    for at in raw.holidays.get().into_iter().flat_map(|Many(days)| days) {
        match parse_named_days(&at.value) {
            Ok((days, _)) => calendar.exceptions.push(Exception { days, shifts: Vec::new() }),
            Err(error) => bad_text(code::BAD_DAYS, at, &error, desk),
        }
    }
    for (days, shifts) in raw.extra_days.get().into_iter().flat_map(|Named(days)| days) {
        let written = shifts_of(shifts, desk);
        match parse_named_days(&days.value) {
            Ok((days, _)) => calendar.exceptions.push(Exception { days, shifts: written }),
            Err(error) => bad_text(code::BAD_DAYS, days, &error, desk),
        }
    }
    for at in raw.freeze.get().into_iter().flat_map(|Many(freezes)| freezes) {
        match parse_freeze(&at.value) {
            Ok(freeze) => calendar.freezes.push(freeze),
            Err(error) => bad_text(code::BAD_DAYS, at, &error, desk),
        }
    }
    if let Some(at) = raw.windows.at() {
        calendar.windows = windows(at, desk);
    }
    if let Some(at) = raw.offset.at() {
        match parse_offset(&at.value) {
            Ok(ahead) => calendar.offset_minutes = -ahead,
            Err(error) => bad_text(code::BAD_OFFSET, at, &error, desk),
        }
    }
    calendar
}

/// Reports a text that the calendar room cannot read; what its message says to write becomes the help.
pub fn bad_text(code: Code, at: &At<String>, error: &dyn std::fmt::Display, desk: &mut Desk<'_>) {
    let text = error.to_string();
    match text
        .split_once(": write ")
        .map(|parts| (parts, "write "))
        .or(text.split_once(": use ").map(|parts| (parts, "use ")))
    {
        Some(((message, help), verb)) => desk.report(code, at.place(), message, &format!("{verb}{help}")),
        None => desk.report(code, at.place(), text, ""),
    }
}

fn shifts_of(at: &At<String>, desk: &mut Desk<'_>) -> Vec<Shift> {
    parse_shifts(&at.value).unwrap_or_else(|error| {
        bad_text(code::BAD_SHIFTS, at, &error, desk);
        Vec::new()
    })
}

fn week_of(written: &[(At<String>, At<String>)], desk: &mut Desk<'_>) -> [Vec<Shift>; 7] {
    let mut week: [Vec<Shift>; 7] = Default::default();
    let mut first: [Option<&At<String>>; 7] = [None; 7];
    for (key, text) in written {
        let shifts = shifts_of(text, desk);
        let days = match parse_weekdays(&key.value) {
            Ok(days) => days,
            Err(error) => {
                bad_text(code::BAD_WEEKDAYS, key, &error, desk);
                continue;
            }
        };
        for day in days {
            let at = usize::from(day.to_monday_zero_offset().unsigned_abs());
            if let Some(first) = first[at] {
                let problem =
                    Diagnostic::new(code::BAD_WEEKDAYS, format!("{day:?} is written twice").to_lowercase())
                        .at_place(key.place(), "again here")
                        .at_place(first.place(), "first here");
                desk.problems.push(problem);
            }
            first[at] = Some(key);
            week[at].clone_from(&shifts);
        }
    }
    week
}
