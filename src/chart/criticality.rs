//! Which tasks drive the finish.

use super::axis::Scale;
use super::fit::{clean, wrap};
use super::frame::{BOTTOM, TOP, empty, frame};
use super::scene::{Scene, Text};
use super::style::{BODY, GRID, INK, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, TINY, WIDTH};
use super::typeface::width;
use super::words::Words;
use crate::report::{Report, TaskRow};

const SHOWS: &str = "tasks by how often they drive the finish";
/// How many tasks are shown.
const MOST: usize = 20;
/// Height of a row: two bars and some air.
const ROW: f64 = 34.0;
/// Height of a bar.
const BAR: f64 = 11.0;
/// Left and right end of the bars; the value of a full bar still has room to its right.
const PLOT: (f64, f64) = (400.0, WIDTH - MARGIN - 64.0);
/// Room for key and axis labels.
const HEAD: f64 = 44.0;

/// The chart of criticality.
pub(super) fn scene(report: &Report, words: Words) -> Scene {
    let rows = report.top_drivers(MOST);
    if rows.is_empty() {
        return empty(report, words, "What drives the finish", SHOWS, "no task drives the finish");
    }
    let all = report.tasks.iter().filter(|row| row.kind == "work" && row.driving > 0.0).count();
    let remark = (all > rows.len()).then(|| {
        format!(
            "The {} most often driving of {} tasks that drive the finish in some iteration.",
            rows.len(),
            words.count(all)
        )
    });
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64 + 4.0;
    let height = (bottom + BOTTOM + 22.0).ceil();
    let mut scene = frame(report, words, "What drives the finish", SHOWS, remark.as_deref(), height);
    let x = Scale { values: (0.0, 1.0), places: PLOT };
    key(&mut scene);
    for share in 0..=5 {
        let place = x.place(f64::from(share) / 5.0);
        scene.line([(place, top), (place, bottom)], 1.0, if share == 0 { RULE } else { GRID });
        let label = words.share(f64::from(share) / 5.0);
        scene.text(Text::new((place, bottom + 18.0), label, SMALL, MUTED).middle());
    }
    for (at, row) in rows.into_iter().enumerate() {
        draw_row(&mut scene, words, row, &x, top + 4.0 + ROW * at as f64);
    }
    scene
}

fn key(scene: &mut Scene) {
    let y = TOP + 14.0;
    let mut x = PLOT.0;
    let words = [
        (STRONG, "Driving index: share of iterations on the driving chain"),
        (LIGHT, "Criticality index: share without float"),
    ];
    for (colour, text) in words {
        scene.rect((x, y - 10.0), (x + 12.0, y + 1.0), colour);
        scene.text(Text::new((x + 19.0, y), text, SMALL, MUTED));
        x += 19.0 + width(text, SMALL, false) + 28.0;
    }
}

fn draw_row(scene: &mut Scene, words: Words, row: &TaskRow, x: &Scale, top: f64) {
    let right = PLOT.0 - 16.0;
    let name = clean(&row.label);
    let lines = wrap(&name, BODY, false, right - MARGIN, 2);
    let says = format!(
        "{name}: drives in {}, critical in {}",
        words.share(row.driving),
        words.share(row.criticality)
    );
    scene.hint((MARGIN, top), (WIDTH - MARGIN, top + ROW), says);
    let middle = top + BAR + 0.5;
    let (size, first) = if lines.len() > 1 { (SMALL, middle - 2.5) } else { (BODY, middle + 5.0) };
    for (at, line) in wrap(&name, size, false, right - MARGIN, 2).into_iter().enumerate() {
        scene.text(Text::new((right, first + at as f64 * 14.0), line, size, INK).end());
    }
    for (at, (share, colour)) in [(row.driving, STRONG), (row.criticality, LIGHT)].into_iter().enumerate() {
        let from = top + at as f64 * (BAR + 1.0);
        let end = x.place(share);
        if share > 0.0 {
            scene.rect((PLOT.0, from), (end.max(PLOT.0 + 1.0), from + BAR), colour);
        }
        let ink = if at == 0 { INK } else { MUTED };
        scene.text(Text::new((end + 7.0, from + BAR - 1.5), words.share(share), TINY, ink));
    }
}
