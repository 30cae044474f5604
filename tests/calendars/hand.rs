//! Cases computed by hand, with the calendar as people write it.

use p80::calendar::text::{
    parse_days, parse_freeze, parse_offset, parse_shifts, parse_weekdays, parse_windows,
};
use p80::calendar::{Calendar, Exception, Slot, TablePart, WindowMode, WindowTable, Windows, WorkTable};
use p80::units::{Instant, WorkScale};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A calendar from weekdays with their shifts.
fn week(days: &[(&str, &str)]) -> Calendar {
    let mut calendar = Calendar::weekly(Default::default(), WorkScale::default());
    for (weekdays, shifts) in days {
        for weekday in parse_weekdays(weekdays).unwrap() {
            calendar.week[weekday.to_monday_zero_offset() as usize] = parse_shifts(shifts).unwrap();
        }
    }
    calendar
}

fn holiday(mut calendar: Calendar, days: &str) -> Calendar {
    calendar.exceptions.push(Exception { days: parse_days(days).unwrap(), shifts: Vec::new() });
    calendar
}

fn freeze(mut calendar: Calendar, text: &str) -> Calendar {
    calendar.freezes.push(parse_freeze(text).unwrap());
    calendar
}

fn windows(calendar: Calendar, mode: WindowMode, texts: &[&str]) -> Calendar {
    let rule = parse_windows(texts).unwrap();
    Calendar { windows: Some(Windows { mode, rule, capacity: None }), ..calendar }
}

/// The years 2027 to 2029.
const DAYS: (i32, i32) = (20_819, 20_819 + 3 * 365);

fn table(calendar: &Calendar, part: TablePart) -> WorkTable {
    WorkTable::build(calendar, part, DAYS.0, DAYS.1)
}

/// Start and finish of `minutes` of work that is ready at an instant.
fn run(table: &WorkTable, ready: &str, minutes: i32) -> (String, String) {
    let w = table.worked(at(ready));
    (table.start_at(w).to_string(), table.finish_at(w + minutes).to_string())
}

fn dates(start: &str, finish: &str) -> (String, String) {
    (start.to_owned(), finish.to_owned())
}

#[test]
fn eighty_hours_take_a_different_time_on_four_calendars() {
    let ready = "2027-01-11T08:00"; // a Monday
    let run = |calendar: &Calendar| run(&table(calendar, TablePart::Working), ready, 4_800);
    assert_eq!(run(&Calendar::standard()), dates("2027-01-11T08:00", "2027-01-22T17:00"));
    assert_eq!(run(&Calendar::round_the_clock()), dates("2027-01-11T08:00", "2027-01-14T16:00"));
    let six_days = week(&[("mon-sat", "09:00-12:30 13:30-18:00")]);
    assert_eq!(run(&six_days), dates("2027-01-11T09:00", "2027-01-21T18:00"));
    // Ten night shifts, the last of them begins on Friday the 22nd.
    let nights = week(&[("mon-fri", "22:00-06:00")]);
    assert_eq!(run(&nights), dates("2027-01-11T22:00", "2027-01-23T06:00"));
}

#[test]
fn a_team_ahead_keeps_its_own_shifts_and_holidays() {
    let offset_minutes = -parse_offset("+05:30").unwrap();
    let team = Calendar { offset_minutes, ..week(&[("mon-fri", "09:00-13:00 14:00-18:00")]) };
    let table = table(&holiday(team, "01-26"), TablePart::Working);
    // Monday the 25th; Tuesday is free; all shifts lie 5.5 h earlier here.
    assert_eq!(run(&table, "2027-01-25T00:00", 960), dates("2027-01-25T03:30", "2027-01-27T12:30"));
    assert_eq!(run(&table, "2027-01-25T12:30", 1), dates("2027-01-27T03:30", "2027-01-27T03:31"));
}

#[test]
fn a_team_behind_works_past_the_programs_midnight() {
    let offset_minutes = -parse_offset("-8:00").unwrap();
    let team = Calendar { offset_minutes, ..week(&[("mon-fri", "09:00-17:00")]) };
    // Its Friday the 15th is free: from 17:00 on Friday to 01:00 on Saturday here.
    let table = table(&holiday(team, "2027-01-15"), TablePart::Working);
    assert_eq!(run(&table, "2027-01-14T12:00", 480), dates("2027-01-14T17:00", "2027-01-15T01:00"));
    assert_eq!(run(&table, "2027-01-15T01:00", 480), dates("2027-01-18T17:00", "2027-01-19T01:00"));
}

#[test]
fn a_year_end_freeze_stops_work_and_not_elapsed_time() {
    let calendar = freeze(Calendar::standard(), "2027-12-20..2028-01-09 year-end change freeze");
    let ready = "2027-12-16T08:00"; // a Thursday
    let run = |part, minutes| run(&table(&calendar, part), ready, minutes);
    assert_eq!(run(TablePart::Working, 5 * 480), dates("2027-12-16T08:00", "2028-01-12T17:00"));
    assert_eq!(run(TablePart::WorkingUnbound, 5 * 480), dates("2027-12-16T08:00", "2027-12-22T17:00"));
    assert_eq!(run(TablePart::Elapsed, 5 * 1_440), dates("2027-12-16T08:00", "2027-12-21T08:00"));
}

#[test]
fn a_freeze_cuts_a_night_shift_at_midnight() {
    let nights = week(&[("mon-fri", "22:00-06:00")]);
    let table = table(&freeze(nights, "2027-01-13..2027-01-14 audit"), TablePart::Working);
    // Tuesday's shift ends at 24:00; of Thursday's, which begins frozen, the hours of Friday remain.
    assert_eq!(run(&table, "2027-01-12T22:00", 120), dates("2027-01-12T22:00", "2027-01-13T00:00"));
    assert_eq!(run(&table, "2027-01-13T00:00", 360), dates("2027-01-15T00:00", "2027-01-15T06:00"));
}

#[test]
fn leap_days_are_working_days_unless_they_are_holidays() {
    let ready = "2028-02-28T08:00"; // a Monday
    let standard = Calendar::standard();
    let of = |calendar: &Calendar| run(&table(calendar, TablePart::Working), ready, 960).1;
    assert_eq!(of(&standard), "2028-02-29T17:00");
    assert_eq!(of(&holiday(standard.clone(), "02-29")), "2028-03-01T17:00");
    // 2100 is no leap year: Monday the 1st of March follows the weekend of 27 and 28 February.
    let century = WorkTable::build(&standard, TablePart::Working, 47_000, 48_000);
    assert_eq!(run(&century, "2100-02-26T08:00", 960).1, "2100-03-01T17:00");
}

#[test]
fn the_last_exception_that_names_a_day_wins() {
    let mut calendar = holiday(Calendar::standard(), "12-24..01-02");
    let shifts = parse_shifts("09:00-13:00").unwrap();
    calendar.exceptions.push(Exception { days: parse_days("2027-12-27..2027-12-28").unwrap(), shifts });
    let calendar = holiday(calendar, "2027-12-28");
    let table = table(&calendar, TablePart::Working);
    assert_eq!(run(&table, "2027-12-24T08:00", 240), dates("2027-12-27T09:00", "2027-12-27T13:00"));
    assert_eq!(run(&table, "2027-12-27T13:00", 480), dates("2028-01-03T08:00", "2028-01-03T17:00"));
}

#[test]
fn a_cutover_waits_for_the_first_weekend_that_is_long_enough() {
    let calendar = windows(Calendar::round_the_clock(), WindowMode::Fit, &["first weekend of quarter"]);
    let work = table(&calendar, TablePart::Working);
    let table = WindowTable::build(&calendar, &work, DAYS.0, DAYS.1).unwrap();
    let show =
        |slot: Slot, d| (work.start_at(slot.work).to_string(), work.finish_at(slot.work + d).to_string());
    let place = |ready: &str, d| table.first_slot(work.worked(at(ready)), d).map(|slot| show(slot, d));
    // 36 h of the 38 that are left on Saturday at 10:00, but not of the 35 at 13:00.
    assert_eq!(place("2027-04-03T10:00", 2_160), Some(dates("2027-04-03T10:00", "2027-04-04T22:00")));
    assert_eq!(place("2027-04-03T13:00", 2_160), Some(dates("2027-07-03T00:00", "2027-07-04T12:00")));
    assert_eq!(place("2027-04-04T00:00", 2_880), Some(dates("2027-07-03T00:00", "2027-07-05T00:00")));
    assert_eq!(place("2027-04-03T10:00", 2_881), None);
    // The latest: done by 1 July means the April weekend; by the Sunday at noon, 12 h earlier.
    let latest = |limit: &str, d| table.last_slot(work.worked(at(limit)), d).map(|slot| show(slot, d));
    assert_eq!(latest("2027-07-01", 2_160), Some(dates("2027-04-03T12:00", "2027-04-05T00:00")));
    assert_eq!(latest("2027-04-04T12:00", 2_160), Some(dates("2027-04-03T00:00", "2027-04-04T12:00")));
    assert_eq!(latest("2027-04-04T11:59", 2_160), Some(dates("2027-01-02T12:00", "2027-01-04T00:00")));
    // A milestone waits for the weekend and stays at its end.
    let milestone = |ready: &str| table.first_instant(at(ready)).map(|(_, at)| at.to_string());
    assert_eq!(milestone("2027-03-31T10:00").unwrap(), "2027-04-03T00:00");
    assert_eq!(milestone("2027-04-05T00:00").unwrap(), "2027-04-05T00:00");
    assert_eq!(milestone("2027-04-05T00:01").unwrap(), "2027-07-03T00:00");
    assert_eq!(table.windows().len(), 12);
    assert!(!table.is_complete());
}

#[test]
fn a_frozen_window_is_no_window() {
    let calendar = windows(Calendar::round_the_clock(), WindowMode::Fit, &["first weekend of quarter"]);
    let calendar = freeze(calendar, "2027-04-01..2027-04-30 close of books");
    let work = table(&calendar, TablePart::Working);
    let table = WindowTable::build(&calendar, &work, DAYS.0, DAYS.1).unwrap();
    let slot = table.first_slot(work.worked(at("2027-02-01")), 60).unwrap();
    assert_eq!(work.start_at(slot.work), at("2027-07-03"));
    assert_eq!(table.windows().len(), 11);
}

#[test]
fn a_start_window_binds_the_start_alone() {
    let calendar = windows(Calendar::standard(), WindowMode::Start, &["every tuesday 09:00-12:00"]);
    let work = table(&calendar, TablePart::Working);
    let table = WindowTable::build(&calendar, &work, DAYS.0, DAYS.1).unwrap();
    let place = |ready: &str| {
        let slot = table.first_slot(work.worked(at(ready)), 960).unwrap();
        (work.start_at(slot.work).to_string(), work.finish_at(slot.work + 960).to_string())
    };
    assert_eq!(place("2027-01-12T11:59"), dates("2027-01-12T11:59", "2027-01-14T11:59"));
    assert_eq!(place("2027-01-12T12:00"), dates("2027-01-19T09:00", "2027-01-21T09:00"));
    assert_eq!(table.window_at(at("2027-01-12T11:59")), table.window_at(at("2027-01-12T09:00")));
    assert_eq!(table.window_at(at("2027-01-12T12:00")), None);
}

#[test]
fn a_full_train_leaves_the_next_to_those_who_wait() {
    let texts = ["2027-03-06", "2027-03-13", "2027-03-20"];
    let calendar = windows(Calendar::round_the_clock(), WindowMode::Start, &texts);
    let work = table(&calendar, TablePart::Working);
    let table = WindowTable::build(&calendar, &work, DAYS.0, DAYS.1).unwrap();
    let ready = work.worked(at("2027-03-06T12:00"));
    let first = table.first_slot(ready, 60).unwrap();
    let next = table.first_slot_from(first.window + 1, ready, 60).unwrap();
    assert_eq!((first.window, work.start_at(first.work)), (0, at("2027-03-06T12:00")));
    assert_eq!((next.window, work.start_at(next.work)), (1, at("2027-03-13")));
    assert_eq!(
        table.last_slot_in(1, work.worked(at("2027-04-01")), 60).map(|s| work.start_at(s.work)),
        Some(at("2027-03-13T23:59"))
    );
    assert_eq!(table.last_slot_in(1, work.worked(at("2027-03-13")), 60), None);
    assert_eq!(table.first_slot(work.worked(at("2027-03-21")), 60), None);
    assert!(table.is_complete());
}

#[test]
fn paused_work_goes_on_in_the_next_window() {
    let texts = ["every 2 weeks from 2027-01-11 for 5d"];
    let calendar = windows(Calendar::standard(), WindowMode::Pause, &texts);
    let ready = "2027-01-11T08:00";
    let run = |part, minutes| run(&table(&calendar, part), ready, minutes);
    assert_eq!(run(TablePart::Working, 6 * 480), dates("2027-01-11T08:00", "2027-01-25T17:00"));
    // 112 h up to Friday 24:00, the other 32 from Monday 00:00.
    assert_eq!(run(TablePart::Elapsed, 6 * 1_440), dates("2027-01-11T08:00", "2027-01-26T08:00"));
    assert_eq!(run(TablePart::WorkingUnbound, 6 * 480), dates("2027-01-11T08:00", "2027-01-18T17:00"));
    let work = table(&calendar, TablePart::Working);
    assert!(WindowTable::build(&calendar, &work, DAYS.0, DAYS.1).is_none());
}
