//! The ranges of the milestones.

use super::axis::Scale;
use super::dates::date_axis;
use super::finish::instant_of;
use super::fit::{clean, wrap};
use super::frame::{BOTTOM, TOP, frame};
use super::range::range;
use super::scene::{Scene, Text};
use super::style::{
    BODY, COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, PAPER, PLAN, RULE, SHADE, SMALL, STRONG, TARGET, WIDTH,
};
use super::typeface::width;
use super::words::Words;
use crate::report::{DateReport, Report};
use crate::units::{Instant, Percentile};

const SHOWS: &str = "milestone dates, P10 to P90";
/// How many milestones are shown besides the finish of the program.
const MOST: usize = 40;
const DAY: f64 = 1_440.0;
/// Height of a row.
const ROW: f64 = 34.0;
/// Room for the key and the heads of the columns.
const HEAD: f64 = 52.0;
/// Room for the labels of the axis.
const AXIS: f64 = 44.0;
/// Left and right end of the ranges.
const PLOT: (f64, f64) = (330.0, 838.0);
/// What dates with their month in letters need more than others before the first column.
const SPELLED: f64 = 10.0;
/// Right ends of the columns: P50, P80, target and its probability.
const COLUMNS: [f64; 4] = [930.0, 1_020.0, 1_110.0, WIDTH - MARGIN];
const P10: Percentile = Percentile::whole(10);
const P90: Percentile = Percentile::whole(90);

/// A row of the chart.
struct Row<'a> {
    name: String,
    is_program: bool,
    finish: &'a DateReport,
}

impl Row<'_> {
    fn at(&self, level: Percentile) -> Option<f64> {
        self.finish.percentile(level).map(|point| instant_of(&point.value))
    }

    fn plan(&self) -> Option<f64> {
        self.finish.plan.as_ref().map(instant_of)
    }

    fn target(&self) -> Option<f64> {
        // A promise for a day is kept until the day ends.
        self.finish.target.as_ref().map(|(date, _)| f64::from(Instant::from_date(*date).0) + DAY)
    }
}

/// The chart of the milestones.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let (rows, left_out) = rows(report);
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64;
    let height = (bottom + AXIS + BOTTOM + 4.0).ceil();
    let remark = (left_out > 0).then(|| {
        format!(
            "The {MOST} milestones with the latest P80 are shown; {} earlier ones are left out.",
            words.count(left_out)
        )
    });
    let mut scene = frame(report, words, "When milestones are reached", SHOWS, remark.as_deref(), height);
    let dates = |of: &dyn Fn(&Row<'_>) -> Option<f64>| rows.iter().filter_map(of).collect::<Vec<f64>>();
    let spread =
        [dates(&|row| row.at(P10)), dates(&|row| row.at(P90)), dates(&|row| row.at(Percentile::P50))];
    let spread = spread.concat();
    let marks = [dates(&|row| row.plan()), dates(&|row| row.target())].concat();
    let low =
        spread.iter().chain(marks.iter().filter(|_| spread.is_empty())).copied().fold(f64::MAX, f64::min);
    let high =
        spread.iter().chain(marks.iter().filter(|_| spread.is_empty())).copied().fold(f64::MIN, f64::max);
    let start = f64::from(Instant::from_date(report.start).0);
    let data = if low <= high { (low, high) } else { (start, start) };
    let range = range(data, &marks, 7.0 * DAY);
    let right = if words.spells_months() { PLOT.1 - SPELLED } else { PLOT.1 };
    let x = Scale { values: range, places: (PLOT.0, right) };

    key(&mut scene);
    for (at, row) in rows.iter().enumerate() {
        let from = top + ROW * at as f64;
        if at % 2 == 0 {
            scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
        }
        if row.is_program && at > 0 {
            scene.line([(MARGIN, from), (WIDTH - MARGIN, from)], 1.0, RULE);
        }
    }
    for tick in date_axis(words, range.0, range.1, 7).ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        tick.write(&mut scene, (place, bottom + 18.0));
    }
    scene.line([(PLOT.0, bottom), (right, bottom)], 1.0, RULE);
    for (at, row) in rows.iter().enumerate() {
        draw_row(&mut scene, words, row, &x, top + ROW * at as f64);
    }
    scene
}

/// The rows from the earliest to the latest with the program at the end, and how many are left out.
fn rows(report: &Report) -> (Vec<Row<'_>>, usize) {
    let order = |row: &Row<'_>, level| row.at(level).unwrap_or(f64::INFINITY);
    let mut rows: Vec<Row<'_>> = report
        .milestones
        .iter()
        .map(|milestone| {
            let name = if milestone.name.trim().is_empty() { &milestone.id } else { &milestone.name };
            Row { name: clean(name), is_program: false, finish: &milestone.finish }
        })
        .collect();
    rows.sort_by(|a, b| order(a, Percentile::P80).total_cmp(&order(b, Percentile::P80)));
    let left_out = rows.len().saturating_sub(MOST);
    rows.drain(..left_out);
    rows.sort_by(|a, b| order(a, Percentile::P50).total_cmp(&order(b, Percentile::P50)));
    rows.push(Row { name: "Program finish".into(), is_program: true, finish: &report.finish });
    (rows, left_out)
}

fn draw_row(scene: &mut Scene, words: Words, row: &Row<'_>, x: &Scale, top: f64) {
    let middle = top + ROW / 2.0;
    let room = PLOT.0 - MARGIN - 26.0;
    let bold = row.is_program;
    let one = wrap(&row.name, BODY, bold, room, 2).len() <= 1;
    let (size, first) = if one { (BODY, middle + 5.0) } else { (SMALL, middle - 3.0) };
    for (at, line) in wrap(&row.name, size, bold, room, 2).into_iter().enumerate() {
        let text = Text::new((MARGIN + 8.0, first + at as f64 * 14.5), line, size, INK);
        scene.text(if bold { text.bold() } else { text });
    }
    spread(scene, row, x, middle);
    marks(scene, row, x, middle);
    let date = |level| row.finish.percentile(level).map_or("-".into(), |point| words.date(point.value.date));
    let target = row.finish.target.as_ref();
    let cells = [
        date(Percentile::P50),
        date(Percentile::P80),
        target.map_or(String::new(), |(date, _)| words.date(*date)),
        target.map_or(String::new(), |(_, chance)| words.share(chance.value)),
    ];
    let plan = row.finish.plan.as_ref().map_or("-".into(), |plan| words.date(plan.date));
    let says = format!(
        "{}: plan {plan}, P10 {}, P50 {}, P80 {}, P90 {}",
        row.name,
        date(P10),
        date(Percentile::P50),
        date(Percentile::P80),
        date(P90)
    );
    scene.hint((MARGIN, top), (WIDTH - MARGIN, top + ROW), says);
    for (at, (cell, right)) in cells.into_iter().zip(COLUMNS).enumerate() {
        let text = Text::new((right - 6.0, middle + 4.5), cell, SMALL, INK).end();
        scene.text(if at == 1 || bold { text.bold() } else { text });
    }
}

/// The bar from P10 to P90, darker from P50 to P80.
fn spread(scene: &mut Scene, row: &Row<'_>, x: &Scale, middle: f64) {
    let Some(from) = row.at(P10) else {
        if row.at(Percentile::P50).is_none() {
            scene.text(Text::new((PLOT.0 + 8.0, middle + 4.5), "not reached", SMALL, MUTED));
        }
        return;
    };
    // A percentile in the iterations without a result lies beyond every date.
    let place = |level| row.at(level).map_or(x.places.1, |at| x.place(at));
    let (left, right) = (x.place(from), place(P90));
    scene.rect((left, middle - 5.0), (right.max(left + 2.0), middle + 5.0), LIGHT);
    let (p50, p80) = (place(Percentile::P50), place(Percentile::P80));
    scene.rect((p50, middle - 5.0), (p80, middle + 5.0), STRONG);
    if row.at(P90).is_none() {
        let end = x.places.1;
        let tip = [(end, middle - 5.0), (end + 8.0, middle), (end, middle + 5.0)];
        scene.polygon(tip, LIGHT);
    }
}

fn marks(scene: &mut Scene, row: &Row<'_>, x: &Scale, middle: f64) {
    if let Some(at) = row.at(Percentile::P50) {
        tick(scene, x.place(at), middle);
    }
    if let Some(plan) = row.plan().filter(|&plan| x.holds(plan)) {
        triangle(scene, x.place(plan), middle);
    }
    if let Some(target) = row.target() {
        promise(scene, x, target, middle);
    }
    if let Some(at) = row.at(Percentile::P80) {
        commitment(scene, x.place(at), middle);
    }
}

fn tick(scene: &mut Scene, x: f64, middle: f64) {
    scene.rect((x - 2.0, middle - 7.0), (x + 2.0, middle + 7.0), PAPER);
    scene.rect((x - 1.0, middle - 7.0), (x + 1.0, middle + 7.0), STRONG);
}

fn commitment(scene: &mut Scene, x: f64, middle: f64) {
    scene.diamond((x, middle), 8.5, PAPER);
    scene.diamond((x, middle), 6.5, COMMIT);
}

/// Points down at the range from above.
fn triangle(scene: &mut Scene, x: f64, middle: f64) {
    let at = |size: f64, tip: f64| [(x - size, middle - 13.0), (x + size, middle - 13.0), (x, middle - tip)];
    scene.polygon(at(5.0, 5.0), PLAN);
}

fn promise(scene: &mut Scene, x: &Scale, target: f64, middle: f64) {
    let place = x.place(target);
    if x.holds(target) {
        scene.rect((place - 1.25, middle - 12.0), (place + 1.25, middle + 12.0), TARGET);
        return;
    }
    // Beyond the end of the axis: an arrow that points there.
    let way = if target < x.values.0 { -1.0 } else { 1.0 };
    let tip = (place + way * 9.0, middle);
    scene.polygon([(place, middle - 6.0), tip, (place, middle + 6.0)], TARGET);
}

/// What the shapes mean, and the heads of the columns.
fn key(scene: &mut Scene) {
    let (y, mut x) = (TOP + 10.0, MARGIN + 8.0);
    let middle = y - 4.5;
    let mut entry = |text: &str, wide: f64, draw: &mut dyn FnMut(&mut Scene, f64)| {
        draw(scene, x);
        scene.text(Text::new((x + wide + 7.0, y), text, SMALL, MUTED));
        x += wide + 7.0 + width(text, SMALL, false) + 24.0;
    };
    entry("P10 to P90", 28.0, &mut |scene, x| {
        scene.rect((x, middle - 5.0), (x + 28.0, middle + 5.0), LIGHT);
    });
    entry("P50 to P80", 28.0, &mut |scene, x| {
        scene.rect((x, middle - 5.0), (x + 28.0, middle + 5.0), STRONG);
    });
    entry("P80", 13.0, &mut |scene, x| commitment(scene, x + 6.5, middle));
    entry("Deterministic plan", 10.0, &mut |scene, x| triangle(scene, x + 5.0, middle + 9.0));
    entry("Target", 4.0, &mut |scene, x| {
        scene.rect((x, middle - 8.0), (x + 2.5, middle + 8.0), TARGET);
    });
    let heads = ["P50", "P80", "Target", "Chance"];
    for (head, right) in heads.into_iter().zip(COLUMNS) {
        scene.text(Text::new((right - 6.0, TOP + HEAD - 10.0), head, SMALL, MUTED).bold().end());
    }
    scene.line([(MARGIN, TOP + HEAD), (WIDTH - MARGIN, TOP + HEAD)], 1.0, RULE);
}
