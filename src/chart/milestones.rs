//! The ranges of the milestones.

use super::dates::date_axis;
use super::finish::instant_of;
use super::fit::clean;
use super::frame::frame;
use super::ranges::{self, RangeRow};
use super::scene::Scene;
use super::words::Words;
use crate::report::{DateReport, Report};
use crate::units::{Instant, Percentile};

const SHOWS: &str = "milestone dates, P10 to P90";
/// How many milestones are shown besides the finish of the program.
const MOST: usize = 40;
const DAY: f64 = 1_440.0;
const P10: Percentile = Percentile::whole(10);
const P90: Percentile = Percentile::whole(90);

/// The chart of the milestones.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let (rows, left_out) = rows(report, words);
    let remark = (left_out > 0).then(|| {
        format!(
            "The {MOST} milestones with the latest P80 are shown; {} earlier ones are left out.",
            words.count(left_out)
        )
    });
    let height = ranges::height(rows.len());
    let mut scene = frame(report, words, "When milestones are reached", SHOWS, remark.as_deref(), height);
    draw_dates(&mut scene, report, words, &rows);
    scene
}

/// Draws rows of dates.
pub(super) fn draw_dates(scene: &mut Scene, report: &Report, words: Words, rows: &[RangeRow]) {
    let start = f64::from(Instant::from_date(report.start).0);
    let ends = ranges::ends(rows, 7.0 * DAY, start);
    ranges::draw(scene, words, rows, (ends, date_axis(words, ends.0, ends.1, 7)));
}

/// A row of dates.
pub(super) fn date_row(name: String, is_whole: bool, finish: &DateReport, words: Words) -> RangeRow {
    let at = |level| finish.percentile(level).map(|point| instant_of(&point.value));
    let date = |level| finish.percentile(level).map_or("-".into(), |point| words.date(point.value.date));
    let target = finish.target.as_ref();
    let plan = finish.plan.as_ref().map_or("-".into(), |plan| words.date(plan.date));
    let says = format!(
        "{name}: plan {plan}, P10 {}, P50 {}, P80 {}, P90 {}",
        date(P10),
        date(Percentile::P50),
        date(Percentile::P80),
        date(P90)
    );
    RangeRow {
        name,
        is_whole,
        levels: [P10, Percentile::P50, Percentile::P80, P90].map(at),
        plan: finish.plan.as_ref().map(instant_of),
        // A promise for a day is kept until the day ends.
        target: target.map(|(date, _)| f64::from(Instant::from_date(*date).0) + DAY),
        cells: [
            date(Percentile::P50),
            date(Percentile::P80),
            target.map_or(String::new(), |(date, _)| words.date(*date)),
            target.map_or(String::new(), |(_, chance)| words.share(chance.value)),
        ],
        says,
    }
}

/// The rows from the earliest to the latest with the program at the end, and how many are left out.
fn rows(report: &Report, words: Words) -> (Vec<RangeRow>, usize) {
    let order = |row: &RangeRow, level: usize| row.levels[level].unwrap_or(f64::INFINITY);
    let mut rows: Vec<RangeRow> = report
        .milestones
        .iter()
        .map(|milestone| {
            let name = if milestone.name.trim().is_empty() { &milestone.id } else { &milestone.name };
            date_row(clean(name), false, &milestone.finish, words)
        })
        .collect();
    rows.sort_by(|a, b| order(a, 2).total_cmp(&order(b, 2)));
    let left_out = rows.len().saturating_sub(MOST);
    rows.drain(..left_out);
    rows.sort_by(|a, b| order(a, 1).total_cmp(&order(b, 1)));
    rows.push(date_row("Program finish".into(), true, &report.finish, words));
    (rows, left_out)
}
