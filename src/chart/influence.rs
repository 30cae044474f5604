//! What finish and cost vary with: correlations, the strongest first.

use super::axis::Scale;
use super::fit::{clean, wrap};
use super::frame::{BOTTOM, TOP, frame};
use super::scene::{Scene, Text};
use super::style::{BODY, GRID, INK, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, TINY, WIDTH};
use super::typeface::width;
use super::words::Words;
use crate::report::{InfluenceRow, Report};

const ROW: f64 = 32.0;
const HEAD: f64 = 40.0;
/// Left and right end of the bars, with room for the values at both ends.
const PLOT: (f64, f64) = (400.0, WIDTH - MARGIN - 20.0);

/// What the finish varies with; none where nothing stands out.
pub(super) fn finish(report: &Report, words: Words) -> Option<Scene> {
    draw(report, words, &report.finish_influences, "finish")
}

/// What the cost varies with.
pub(super) fn cost(report: &Report, words: Words) -> Option<Scene> {
    draw(report, words, &report.cost_influences, "cost")
}

fn draw(report: &Report, words: Words, rows: &[InfluenceRow], of: &str) -> Option<Scene> {
    let first = rows.first()?;
    let title = format!("What the {of} varies with most: {}", clean(&first.label));
    let shows = format!("correlation of inputs and {of} over all iterations");
    let remark = "A percentage is the square: the share of the variance that goes with the input. These shares overlap.";
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64 + 6.0;
    let height = (bottom + BOTTOM + 26.0).ceil();
    let mut scene = frame(report, words, &title, &shows, Some(remark), height);
    // Inputs that shorten or save need the left half; mostly there are none.
    let lowest = rows.iter().map(|row| row.correlation).fold(0.0, f64::min);
    let least = if lowest < 0.0 { -1.0 } else { 0.0 };
    let x = Scale { values: (least, 1.12), places: PLOT };
    for number in (least * 5.0) as i32..=5 {
        let value = f64::from(number) / 5.0;
        let place = x.place(value);
        scene.line([(place, top), (place, bottom)], 1.0, if number == 0 { RULE } else { GRID });
        scene.text(Text::new((place, bottom + 18.0), words.bare(value, 1), SMALL, MUTED).middle());
    }
    for (at, row) in rows.iter().enumerate() {
        draw_row(&mut scene, words, row, &x, top + ROW * at as f64 + 7.0);
    }
    key(&mut scene);
    Some(scene)
}

fn draw_row(scene: &mut Scene, words: Words, row: &InfluenceRow, x: &Scale, from: f64) {
    let colour = if row.kind == "task" { STRONG } else { LIGHT };
    let (zero, end) = (x.place(0.0), x.place(row.correlation));
    scene.rect((zero.min(end), from), (zero.max(end).max(zero.min(end) + 1.0), from + 18.0), colour);
    let share = format!(
        "{} · {}",
        words.signed(row.correlation, 2),
        words.percents(&words.shortest((row.explains * 100.0).round()))
    );
    // To the right of the bar, also of one that reaches to the left: there is always room.
    scene.text(Text::new((zero.max(end) + 7.0, from + 13.0), share, TINY, INK));
    let says = format!(
        "{}: correlation {}, goes with {} of the variance",
        clean(&row.label),
        words.signed(row.correlation, 3),
        words.percents(&words.bare(row.explains * 100.0, 1))
    );
    scene.hint((MARGIN, from - 7.0), (PLOT.1, from + ROW - 7.0), says);
    let right = PLOT.0 - 20.0;
    for line in wrap(&clean(&row.label), BODY, false, right - MARGIN, 1) {
        scene.text(Text::new((right, from + 14.0), line, BODY, INK).end());
    }
}

fn key(scene: &mut Scene) {
    let (y, mut x) = (TOP + 14.0, PLOT.0);
    let words = [(STRONG, "Duration or cost of a task"), (LIGHT, "Whether a risk or driver occurs")];
    for (colour, text) in words {
        scene.rect((x, y - 10.0), (x + 12.0, y + 1.0), colour);
        scene.text(Text::new((x + 19.0, y), text, SMALL, MUTED));
        x += 19.0 + width(text, SMALL, false) + 28.0;
    }
}
