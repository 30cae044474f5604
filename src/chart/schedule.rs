//! The schedule with its uncertainty: where every task starts and ends, and how critical it is.

use super::fit::clean;
use super::frame::{empty, frame};
use super::gantt::{self, ROW, bar, height, hint, key, rows, top};
use super::range::range;
use super::scene::{Scene, Text};
use super::share_colour::{SHARES, colour};
use super::style::{MARGIN, MUTED, RULE, SMALL, WIDTH};
use super::words::Words;
use crate::report::{Report, TaskRow};
use crate::units::Instant;

const TITLE: &str = "The schedule with its risks";
const SHOWS: &str = "from the P10 start to the P90 finish of every task";
/// How many rows are shown.
const MOST: usize = 40;
const DAY: f64 = 1_440.0;

/// The risk-adjusted Gantt chart: the plan as a thin bar, below it P10 start to P90 finish, thicker from P50
/// start to P50 finish, in the colour of the criticality.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let mut tasks: Vec<&TaskRow> =
        report.tasks.iter().filter(|row| row.kind == "work" && row.start[0].is_some()).collect();
    let all = tasks.len();
    tasks.sort_by(|a, b| {
        b.driving
            .total_cmp(&a.driving)
            .then(b.criticality.total_cmp(&a.criticality))
            .then_with(|| a.id.cmp(&b.id))
    });
    tasks.truncate(MOST);
    tasks.sort_by(|a, b| {
        a.plan_start.cmp(&b.plan_start).then(a.start[1].cmp(&b.start[1])).then_with(|| a.id.cmp(&b.id))
    });
    if tasks.is_empty() {
        return empty(report, words, TITLE, SHOWS, "no task has a date");
    }
    let remark = (all > tasks.len()).then(|| {
        format!("The {} tasks that drive the finish most often of {}.", tasks.len(), words.count(all))
    });
    let mut scene = frame(report, words, TITLE, SHOWS, remark.as_deref(), height(tasks.len()));
    let start = |date: Option<jiff::civil::Date>| date.map(|date| f64::from(Instant::from_date(date).0));
    // A finish is reached by the end of its day.
    let finish = |date: Option<jiff::civil::Date>| start(date).map(|at| at + DAY);
    let ends: Vec<f64> = tasks
        .iter()
        .flat_map(|row| {
            [start(row.start[0]), finish(row.finish[3]), start(row.plan_start), finish(row.plan_finish)]
        })
        .flatten()
        .collect();
    let data = (ends.iter().copied().fold(f64::MAX, f64::min), ends.iter().copied().fold(f64::MIN, f64::max));
    let names: Vec<String> = tasks.iter().map(|row| row.label.clone()).collect();
    // What waits for a window has float although it drives.
    let waits = report.tasks.iter().any(|row| row.wait_days > 0.0);
    let word = if waits { "Drives" } else { "Critical" };
    let index = |row: &TaskRow| if waits { row.driving } else { row.criticality };
    let first = format!("{word} in under 10 %");
    let mut entries = vec![(RULE, "Plan"), (SHARES[0].0, first.as_str())];
    entries.extend(&SHARES[1..]);
    key(&mut scene, &entries);
    let head = Text::new((WIDTH - MARGIN - 8.0, top() - 10.0), word, SMALL, MUTED).bold().end();
    scene.text(head);
    let x = rows(&mut scene, words, &names, range(data, &[], 7.0 * DAY));
    for (at, row) in tasks.iter().enumerate() {
        let colour = colour(index(row));
        if let (Some(from), Some(to)) = (start(row.plan_start), finish(row.plan_finish)) {
            bar(&mut scene, &x, at, (from, to), (-9.0, -5.0), RULE);
        }
        let last = finish(row.finish[3]).unwrap_or(x.values.1);
        if let Some(from) = start(row.start[0]) {
            bar(&mut scene, &x, at, (from, last), (0.0, 5.0), colour);
        }
        // The body of the bar: from the median start to the median finish.
        if let (Some(from), Some(to)) = (start(row.start[1]), finish(row.finish[1])) {
            bar(&mut scene, &x, at, (from, to), (-3.0, 8.0), colour);
        }
        let date = |date: Option<jiff::civil::Date>| date.map_or("-".to_owned(), |date| words.date(date));
        let says = format!(
            "{}: plan {} to {}, P50 {} to {}, P90 finish {}, {} in {}",
            clean(&row.label),
            date(row.plan_start),
            date(row.plan_finish),
            date(row.start[1]),
            date(row.finish[1]),
            date(row.finish[3]),
            word.to_lowercase(),
            words.share(index(row))
        );
        hint(&mut scene, at, says);
        let middle = top() + ROW * at as f64 + ROW / 2.0 + 4.5;
        scene.text(Text::new((gantt::PLOT.1 + 76.0, middle), words.share(index(row)), SMALL, MUTED).end());
    }
    scene
}
