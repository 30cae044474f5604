//! Rows of ranges: one per milestone or program, each from P10 to P90.

use super::axis::{Axis, Scale};
use super::fit::wrap;
use super::frame::{BOTTOM, TOP};
use super::scene::{Scene, Text};
use super::style::{
    BODY, COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, PAPER, PLAN, RULE, SHADE, SMALL, STRONG, TARGET, WIDTH,
};
use super::typeface::width;
use super::words::Words;

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

/// A row of the chart.
pub(super) struct RangeRow {
    /// What it is of.
    pub(super) name: String,
    /// Whether it is of the whole.
    pub(super) is_whole: bool,
    /// P10, P50, P80 and P90; a level among what has no result has no value.
    pub(super) levels: [Option<f64>; 4],
    /// The deterministic plan.
    pub(super) plan: Option<f64>,
    /// What is promised.
    pub(super) target: Option<f64>,
    /// P50, P80, the promise and its probability in words.
    pub(super) cells: [String; 4],
    /// All of it in words.
    pub(super) says: String,
}

/// The height of a chart of so many rows.
pub(super) fn height(rows: usize) -> f64 {
    (TOP + HEAD + ROW * rows as f64 + AXIS + BOTTOM + 4.0).ceil()
}

/// The ends of the axis for these rows; `least` is the shortest, `otherwise` where it lies where nothing has a value.
pub(super) fn ends(rows: &[RangeRow], least: f64, otherwise: f64) -> (f64, f64) {
    let spread = [0, 3, 1].map(|level| rows.iter().filter_map(|row| row.levels[level]).collect::<Vec<f64>>());
    let spread = spread.concat();
    let plans: Vec<f64> = rows.iter().filter_map(|row| row.plan).collect();
    let targets: Vec<f64> = rows.iter().filter_map(|row| row.target).collect();
    let marks = [plans, targets].concat();
    let all = || spread.iter().chain(marks.iter().filter(|_| spread.is_empty())).copied();
    let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    let data = if low <= high { (low, high) } else { (otherwise, otherwise) };
    super::range::range(data, &marks, least)
}

/// Draws the rows below the head of a sheet; `axis` is made for the ends of the ranges.
pub(super) fn draw(scene: &mut Scene, words: Words, rows: &[RangeRow], (ends, axis): ((f64, f64), Axis)) {
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64;
    let right = if words.spells_months() { PLOT.1 - SPELLED } else { PLOT.1 };
    let x = Scale { values: ends, places: (PLOT.0, right) };
    key(scene);
    for (at, row) in rows.iter().enumerate() {
        let from = top + ROW * at as f64;
        if at % 2 == 0 {
            scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
        }
        if row.is_whole && at > 0 {
            scene.line([(MARGIN, from), (WIDTH - MARGIN, from)], 1.0, RULE);
        }
    }
    for tick in axis.ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        tick.write(scene, (place, bottom + 18.0));
    }
    scene.line([(PLOT.0, bottom), (right, bottom)], 1.0, RULE);
    for (at, row) in rows.iter().enumerate() {
        draw_row(scene, row, &x, top + ROW * at as f64);
    }
}

fn draw_row(scene: &mut Scene, row: &RangeRow, x: &Scale, top: f64) {
    let middle = top + ROW / 2.0;
    let room = PLOT.0 - MARGIN - 26.0;
    let bold = row.is_whole;
    let one = wrap(&row.name, BODY, bold, room, 2).len() <= 1;
    let (size, first) = if one { (BODY, middle + 5.0) } else { (SMALL, middle - 3.0) };
    for (at, line) in wrap(&row.name, size, bold, room, 2).into_iter().enumerate() {
        let text = Text::new((MARGIN + 8.0, first + at as f64 * 14.5), line, size, INK);
        scene.text(if bold { text.bold() } else { text });
    }
    spread(scene, row, x, middle);
    marks(scene, row, x, middle);
    scene.hint((MARGIN, top), (WIDTH - MARGIN, top + ROW), row.says.clone());
    for (at, (cell, right)) in row.cells.iter().zip(COLUMNS).enumerate() {
        let text = Text::new((right - 6.0, middle + 4.5), cell.clone(), SMALL, INK).end();
        scene.text(if at == 1 || bold { text.bold() } else { text });
    }
}

/// The bar from P10 to P90, darker from P50 to P80.
fn spread(scene: &mut Scene, row: &RangeRow, x: &Scale, middle: f64) {
    let Some(from) = row.levels[0] else {
        if row.levels[1].is_none() {
            scene.text(Text::new((PLOT.0 + 8.0, middle + 4.5), "not reached", SMALL, MUTED));
        }
        return;
    };
    // A percentile in the iterations without a result lies beyond every date.
    let place = |level: usize| row.levels[level].map_or(x.places.1, |at| x.place(at));
    let (left, right) = (x.place(from), place(3));
    scene.rect((left, middle - 5.0), (right.max(left + 2.0), middle + 5.0), LIGHT);
    let (p50, p80) = (place(1), place(2));
    scene.rect((p50, middle - 5.0), (p80, middle + 5.0), STRONG);
    if row.levels[3].is_none() {
        let end = x.places.1;
        let tip = [(end, middle - 5.0), (end + 8.0, middle), (end, middle + 5.0)];
        scene.polygon(tip, LIGHT);
    }
}

fn marks(scene: &mut Scene, row: &RangeRow, x: &Scale, middle: f64) {
    if let Some(at) = row.levels[1] {
        tick(scene, x.place(at), middle);
    }
    if let Some(plan) = row.plan.filter(|&plan| x.holds(plan)) {
        triangle(scene, x.place(plan), middle);
    }
    if let Some(target) = row.target {
        promise(scene, x, target, middle);
    }
    if let Some(at) = row.levels[2] {
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
