//! How the forecast has moved from report to report.

use jiff::civil::Date;

use super::axis::Scale;
use super::dates::date_axis;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, empty, frame};
use super::scene::{Scene, Text};
use super::style::{
    COMMIT, Colour, GRID, HEIGHT, INK, LIGHT, MARGIN, MUTED, PLAN, RULE, SMALL, STRONG, TARGET, WIDTH,
};
use super::words::Words;
use crate::report::{LogRow, ProgressReport, Report};
use crate::units::Instant;

/// Left and right end of the picture.
const PLOT: (f64, f64) = (120.0, 860.0);
/// The lines of milestones that the picture has room for.
const MOST: usize = 8;
/// Their colours, again from the first after the last.
const LINES: [Colour; 4] = [STRONG, TARGET, COMMIT, PLAN];

/// A date as minutes since the epoch: the noon of the day.
fn minutes(date: Date) -> f64 {
    f64::from(Instant::from_date(date).0) + 720.0
}

/// A date in words.
fn said(words: Words, date: Option<Date>) -> String {
    date.map_or("none".to_owned(), |date| words.date(date))
}

/// The forecasts of the program's finish: P10 to P80 as a band, P50 as a line, beside target and actual.
pub(super) fn finish(report: &Report, progress: &ProgressReport, words: Words) -> Option<Scene> {
    let rows = of(progress, "program", "");
    let title = match rows.as_slice() {
        [.., before, last] => moved(before, last, words),
        _ => "Forecasts of the finish so far".to_owned(),
    };
    let shows = "forecast finish by the date of the report";
    if rows.len() < 2 {
        return None;
    }
    let actual = rows.iter().find_map(|row| row.finish_actual_date);
    let ends = |row: &&LogRow| {
        [row.finish_p10_date, row.finish_p50_date, row.finish_p80_date, row.finish_target_date]
    };
    let dates: Vec<f64> = rows.iter().flat_map(ends).flatten().chain(actual).map(minutes).collect();
    if dates.is_empty() {
        return Some(empty(report, words, &title, shows, "no forecast has a finish"));
    }
    let mut scene = frame(report, words, &title, shows, None, HEIGHT);
    let (x, y) = scales(&rows, &dates);
    axes(&mut scene, words, &x, &y);
    let place = |row: &LogRow, date: Date| (x.place(minutes(row.status_date)), y.place(minutes(date)));
    let line = |of: fn(&LogRow) -> Option<Date>| -> Vec<(f64, f64)> {
        rows.iter().filter_map(|row| Some(place(row, of(row)?))).collect()
    };
    let (low, half, high) =
        (line(|row| row.finish_p10_date), line(|row| row.finish_p50_date), line(|row| row.finish_p80_date));
    for (below, above) in low.windows(2).zip(high.windows(2)) {
        scene.polygon([below[0], below[1], above[1], above[0]], LIGHT);
    }
    for points in [&low, &high] {
        scene.line(points.clone(), 1.0, COMMIT);
    }
    scene.line(half.clone(), 2.5, STRONG);
    half.iter().for_each(|&at| scene.dot(at, 5.0, STRONG));
    for row in &rows {
        let at = x.place(minutes(row.status_date));
        let [p10, p50, p80] =
            [row.finish_p10_date, row.finish_p50_date, row.finish_p80_date].map(|date| said(words, date));
        let text = format!("{}: P10 {p10}, P50 {p50}, P80 {p80}", words.date(row.status_date));
        scene.hint((at - 10.0, y.places.1), (at + 10.0, y.places.0), text);
    }
    let target = line(|row| row.finish_target_date);
    for pair in target.windows(2) {
        scene.dashes(pair[0], pair[1], 6.0, 1.5, TARGET);
    }
    let mut labels: Vec<(f64, String, Colour)> = Vec::new();
    for (points, name, colour) in
        [(&high, "P80", COMMIT), (&half, "P50", STRONG), (&low, "P10", COMMIT), (&target, "target", TARGET)]
    {
        // What has happened has no percentiles.
        if let Some(&(_, height)) = points.last().filter(|_| actual.is_none() || name == "target") {
            labels.push((height, name.to_owned(), colour));
        }
    }
    if let Some(actual) = actual {
        let height = y.place(minutes(actual));
        scene.dashes((PLOT.0, height), (PLOT.1, height), 3.0, 1.5, INK);
        labels.push((height, format!("finished {}", words.date(actual)), INK));
    }
    label(&mut scene, labels);
    Some(scene)
}

/// The P50 of every milestone that is still ahead in some report: milestone trend.
pub(super) fn milestones(report: &Report, progress: &ProgressReport, words: Words) -> Option<Scene> {
    let named = progress.variance.iter().filter(|row| row.kind == "milestone");
    let all: Vec<(&str, Vec<&LogRow>)> = named
        .map(|row| (row.name.as_str(), of(progress, "milestone", &row.id)))
        .filter(|(_, rows)| rows.iter().filter(|row| row.finish_p50_date.is_some()).count() > 1)
        .collect();
    let shown: Vec<&(&str, Vec<&LogRow>)> = all.iter().take(MOST).collect();
    let rows: Vec<&LogRow> = shown.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
    let dates: Vec<f64> = rows.iter().filter_map(|row| row.finish_p50_date).map(minutes).collect();
    if dates.is_empty() {
        return None;
    }
    let remark =
        (all.len() > MOST).then(|| format!("The first {MOST} of {} milestones.", words.count(all.len())));
    let title = "Level lines keep their dates, rising lines slip";
    let shows = "P50 dates of milestones by the date of the report";
    let mut scene = frame(report, words, title, shows, remark.as_deref(), HEIGHT);
    let (x, y) = scales(&rows, &dates);
    axes(&mut scene, words, &x, &y);
    let mut labels = Vec::new();
    for ((name, rows), colour) in shown.into_iter().zip(LINES.into_iter().cycle()) {
        let point =
            |row: &&LogRow| Some((x.place(minutes(row.status_date)), y.place(minutes(row.finish_p50_date?))));
        let points: Vec<(f64, f64)> = rows.iter().filter_map(point).collect();
        scene.line(points.clone(), 2.0, colour);
        points.iter().for_each(|&at| scene.dot(at, 4.0, colour));
        for (row, &(left, top)) in rows.iter().filter(|row| row.finish_p50_date.is_some()).zip(&points) {
            let text = format!(
                "{}: {} at P50 {}",
                words.date(row.status_date),
                clean(name),
                said(words, row.finish_p50_date)
            );
            scene.hint((left - 8.0, top - 8.0), (left + 8.0, top + 8.0), text);
        }
        labels.extend(points.last().map(|&(_, height)| (height, (*name).to_owned(), colour)));
    }
    label(&mut scene, labels);
    Some(scene)
}

/// The forecasts of a target by date; of several on one date the last.
fn of<'a>(progress: &'a ProgressReport, kind: &str, id: &str) -> Vec<&'a LogRow> {
    let mut found: Vec<&LogRow> = Vec::new();
    for row in progress.log.iter().filter(|row| row.kind == kind && row.id == id) {
        found.retain(|known| known.status_date != row.status_date);
        found.push(row);
    }
    found.sort_by_key(|row| row.status_date);
    found
}

fn moved(before: &LogRow, last: &LogRow, words: Words) -> String {
    let days = last.finish_p50_date.zip(before.finish_p50_date);
    match days.and_then(|(now, then)| now.since(then).ok()).map(|span| span.get_days()) {
        None => "Forecasts of the finish so far".to_owned(),
        Some(0) => "The forecast finish stays where it was".to_owned(),
        Some(days) => {
            let way = if days > 0 { "later" } else { "earlier" };
            let unit = if days.abs() == 1 { "day" } else { "days" };
            format!(
                "The P50 finish is {} {unit} {way} than a report ago",
                words.count(days.unsigned_abs() as usize)
            )
        }
    }
}

fn scales(rows: &[&LogRow], dates: &[f64]) -> (Scale, Scale) {
    let ends = |values: &mut dyn Iterator<Item = f64>, least: f64| {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
        let room = ((high - low) * 0.06).max(least);
        (low - room, high + room)
    };
    let bottom = HEIGHT - BOTTOM - 52.0;
    let x = ends(&mut rows.iter().map(|row| minutes(row.status_date)), 1_440.0);
    let y = ends(&mut dates.iter().copied(), 4.0 * 1_440.0);
    (Scale { values: x, places: PLOT }, Scale { values: y, places: (bottom, TOP + 16.0) })
}

fn axes(scene: &mut Scene, words: Words, x: &Scale, y: &Scale) {
    let (bottom, top) = y.places;
    let mut year = None;
    for tick in date_axis(words, y.values.0, y.values.1, 8).ticks {
        let place = y.place(tick.at);
        year = tick.second.or(year);
        let label = year.as_ref().map_or(tick.label.clone(), |year| format!("{} {year}", tick.label));
        scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, GRID);
        scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), label, SMALL, MUTED).end());
    }
    for tick in date_axis(words, x.values.0, x.values.1, 9).ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        tick.write(scene, (place, bottom + 20.0));
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    let middle = f64::midpoint(PLOT.0, PLOT.1);
    scene.text(Text::new((middle, bottom + 54.0), "Date of the report", SMALL, MUTED).middle());
}

/// Names at the ends of lines, moved apart where they would overlap.
fn label(scene: &mut Scene, mut labels: Vec<(f64, String, Colour)>) {
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = f64::MIN;
    for (height, name, colour) in labels {
        let at = height.max(free);
        free = at + 17.0;
        let name = ellipsize(&name, SMALL, false, WIDTH - MARGIN - PLOT.1 - 12.0);
        scene.text(Text::new((PLOT.1 + 12.0, at + 4.5), name, SMALL, colour));
    }
}
