//! Bars of tasks over time: what the Gantt charts have in common.

use super::axis::Scale;
use super::dates::date_axis;
use super::fit::{clean, wrap};
use super::frame::{BOTTOM, TOP};
use super::scene::{Scene, Text};
use super::style::{BODY, Colour, GRID, INK, MARGIN, MUTED, RULE, SHADE, SMALL, WIDTH};
use super::typeface::width;
use super::words::Words;

/// Height of a row.
pub(super) const ROW: f64 = 28.0;
/// Room for the key.
const HEAD: f64 = 36.0;
/// Room for the labels of the axis.
const AXIS: f64 = 44.0;
/// Left end of the bars, and right end where a column of texts follows.
pub(super) const PLOT: (f64, f64) = (340.0, WIDTH - MARGIN - 84.0);

/// Where the first row begins.
pub(super) const fn top() -> f64 {
    TOP + HEAD
}

/// The height of a chart of so many rows.
pub(super) fn height(rows: usize) -> f64 {
    (top() + ROW * rows as f64 + AXIS + BOTTOM).ceil()
}

/// Shades, names and the axis of dates.
pub(super) fn rows(scene: &mut Scene, words: Words, names: &[String], range: (f64, f64)) -> Scale {
    let x = Scale { values: range, places: PLOT };
    let bottom = top() + ROW * names.len() as f64;
    for (at, name) in names.iter().enumerate() {
        let from = top() + ROW * at as f64;
        if at % 2 == 0 {
            scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
        }
        let room = PLOT.0 - MARGIN - 24.0;
        let name = clean(name);
        let lines = wrap(&name, BODY, false, room, 1);
        for line in lines {
            scene.text(Text::new((MARGIN + 8.0, from + ROW / 2.0 + 5.0), line, BODY, INK));
        }
    }
    for tick in date_axis(words, range.0, range.1, 9).ticks {
        let place = x.place(tick.at);
        scene.line([(place, top()), (place, bottom)], 1.0, GRID);
        tick.write(scene, (place, bottom + 18.0));
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    x
}

/// A bar in a row between two instants, at least two units wide.
pub(super) fn bar(
    scene: &mut Scene,
    x: &Scale,
    row: usize,
    (from, to): (f64, f64),
    (above, below): (f64, f64),
    colour: Colour,
) {
    let middle = top() + ROW * row as f64 + ROW / 2.0;
    let (left, right) = (x.place(from), x.place(to));
    scene.rect((left, middle + above), (right.max(left + 2.0), middle + below), colour);
}

/// Tells the values behind a row.
pub(super) fn hint(scene: &mut Scene, row: usize, text: String) {
    let from = top() + ROW * row as f64;
    scene.hint((MARGIN, from), (WIDTH - MARGIN, from + ROW), text);
}

/// Squares of colour with what they mean, from left to right.
pub(super) fn key(scene: &mut Scene, entries: &[(Colour, &str)]) {
    let (y, mut x) = (TOP + 12.0, MARGIN + 8.0);
    for (colour, text) in entries {
        scene.rect((x, y - 10.0), (x + 22.0, y + 1.0), *colour);
        scene.text(Text::new((x + 29.0, y), *text, SMALL, MUTED));
        x += 29.0 + width(text, SMALL, false) + 26.0;
    }
}
