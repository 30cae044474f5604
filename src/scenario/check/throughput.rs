//! Durations by throughput: from past weeks and items to the law of the weeks that they take.

use super::estimate::read;
use super::meter::{Measure, Meter};
use super::pace::{known, of_issues, refuse};
use crate::diag::{Place, code};
use crate::dist::{LastWeek, Law, PaceError, Throughput, WeeklyPace};
use crate::scenario::open::Desk;
use crate::scenario::raw::{At, RawEstimate, RawLastWeek, RawThroughput, Slot};
use crate::units::WorkScale;

/// The law of a throughput in minutes; [`None`] if it cannot be used, which is reported.
///
/// Its weeks are calendar weeks: past weeks had their holidays in them.
pub fn throughput(at: &At<RawThroughput>, meter: &mut Meter, desk: &mut Desk<'_>) -> Option<Law> {
    let raw = &at.value;
    if meter.measure != Measure::Duration {
        let message = "a throughput says how long something takes, and no amount";
        desk.report(code::WRONG_UNIT, at.place(), message, "use it for a duration or a delay");
        return None;
    }
    meter.count_elapsed(at.place());
    let (pace, left) = match (raw.weeks.at(), raw.csv.at()) {
        (None, Some(csv)) => known(raw, csv, desk).map_or((None, None), |known| (known.pace, known.left)),
        (weeks, csv) => {
            desk.require("the throughput", "weeks", &raw.weeks, at.place());
            without_file(raw, weeks.and(csv), desk)?;
            (pace(&raw.weeks, desk), None)
        }
    };
    let items = match (&raw.items, left) {
        (Slot::Absent, Some(left)) => Some(left),
        // What could not be read has been reported; whether it would have said what is left is not known.
        (Slot::Absent, None) if pace.is_none() && !raw.csv.is_absent() => None,
        (given, _) => {
            desk.require("the throughput", "items", given, at.place());
            law(given, Measure::Count, meter, desk)
        }
    };
    let split = if raw.split.is_absent() {
        Some(Law::fixed(1.0))
    } else {
        law(&raw.split, Measure::Share, meter, desk)
    };
    let last = match raw.last_week.get() {
        Some(RawLastWeek::Even) => LastWeek::Even,
        Some(RawLastWeek::Whole) | None => LastWeek::Whole,
    };
    let week = f64::from(WorkScale::ELAPSED.minutes_per_week);
    let weeks = match Throughput::new(&pace?, &items?, &split?) {
        Ok(weeks) => weeks,
        Err(error) => {
            let place = raw.items.place().or(at.place());
            let (code, help) = match error {
                PaceError::TooSlow { .. } => {
                    (code::TOO_LONG, "split the work, or take weeks in which more was finished")
                }
                PaceError::TooMuch { .. } => {
                    (code::BAD_LAW, "give fewer weeks, or count items and weeks in larger units")
                }
                PaceError::BadItems(_) => (code::NEGATIVE_END, "raise the low end to zero or more"),
                _ => (code::BAD_LAW, "count in larger units"),
            };
            desk.report(code, place, error.to_string(), help);
            return None;
        }
    };
    match weeks.law(week, last) {
        Ok(law) => Some(law),
        Err(error) => {
            desk.report(code::BAD_LAW, at.place(), error.to_string(), "");
            None
        }
    }
}

/// Keys that say how a file is read, where weeks are written.
fn without_file(raw: &RawThroughput, csv: Option<&At<String>>, desk: &mut Desk<'_>) -> Option<()> {
    if let Some(csv) = csv {
        let message = "`weeks` and `csv` exclude each other";
        desk.report(code::CONFLICTING_KEYS, csv.place(), message, "keep one");
        return None;
    }
    let place = raw.window.place().or(of_issues(raw)).or(raw.map.place());
    let message = "this is about a list of issues, and the weeks are written here";
    refuse(place, message, "name the list with `csv`, or leave it out", desk)
}

/// The pace of weeks as written.
fn pace(weeks: &Slot<Vec<At<f64>>>, desk: &mut Desk<'_>) -> Option<WeeklyPace> {
    let at = weeks.at()?;
    let whole = |week: &At<f64>, desk: &mut Desk<'_>| {
        let is_whole = week.value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&week.value);
        if !is_whole {
            let message = format!("`{}` is no number of items", week.value);
            desk.report(
                code::BAD_SAMPLES,
                week.place(),
                message,
                "a week finishes a whole number of items, or 0",
            );
        }
        is_whole.then_some(week.value as u32)
    };
    let counts: Vec<u32> = at.value.iter().filter_map(|week| whole(week, desk)).collect();
    // What could not be read has been reported.
    if counts.len() < at.value.len() {
        return None;
    }
    pace_of(&counts, at.place(), desk)
}

/// The pace of weeks; what makes none is reported at a place.
pub fn pace_of(counts: &[u32], place: Option<&Place>, desk: &mut Desk<'_>) -> Option<WeeklyPace> {
    match WeeklyPace::new(counts) {
        Ok(pace) => Some(pace),
        Err(error) => {
            let help = match error {
                PaceError::NoWeeks => "list what was finished in each of the last weeks, 12 for example",
                PaceError::OnlyZeros(_) => {
                    "take weeks in which something was finished, or estimate a duration"
                }
                _ => "take the last weeks only",
            };
            desk.report(code::BAD_SAMPLES, place, error.to_string(), help);
            None
        }
    }
}

/// A number of items or a split rate.
fn law(slot: &Slot<RawEstimate>, measure: Measure, meter: &Meter, desk: &mut Desk<'_>) -> Option<Law> {
    let at = slot.at()?;
    let mut own = Meter::new(measure, meter.scale, meter.ranges, meter.currency);
    read(at, &mut own, None, desk)?.law.build(at.place(), desk)
}
