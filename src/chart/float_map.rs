//! Float and criticality: how much room every task has, and how often it has none.

use super::axis::Scale;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::scene::{Scene, Text};
use super::share_colour::{SHARES, colour};
use super::style::{BODY, Colour, GRID, INK, MARGIN, MUTED, PAPER, RULE, SHADE, SMALL, TINY, WIDTH};
use super::typeface::width;
use super::words::Words;
use crate::report::{Analysis, SensitivityRow};

/// How many tasks are shown.
const MOST: usize = 30;
const ROW: f64 = 26.0;
/// Room for the key and the heads of the columns.
const HEAD: f64 = 50.0;
/// Left and right end of the floats.
const PLOT: (f64, f64) = (400.0, WIDTH - MARGIN - 200.0);
/// Right ends of the columns of shares.
const COLUMNS: [f64; 2] = [WIDTH - MARGIN - 92.0, WIDTH - MARGIN];
/// Width of a cell of a share.
const CELL: f64 = 84.0;
/// Days that may be marked on the axis.
const DAYS: [f64; 12] = [0.0, 1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1_600.0, 3_200.0];

/// The tasks with the largest shares, and after them those with the least float: the next to become critical.
pub(super) fn scene(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.sensitivity.as_ref()?;
    let main = |row: &SensitivityRow| if section.by_driving { row.driving } else { row.criticality };
    let float = |row: &SensitivityRow, at: usize| row.float_days[at].unwrap_or(f64::INFINITY);
    let mut rows: Vec<&SensitivityRow> =
        section.tasks.iter().filter(|row| row.float_days[1].is_some()).collect();
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| {
        main(b)
            .total_cmp(&main(a))
            .then(float(a, 1).total_cmp(&float(b, 1)))
            .then(float(a, 0).total_cmp(&float(b, 0)))
            .then_with(|| a.id.cmp(&b.id))
    });
    let all = rows.len();
    rows.truncate(MOST);
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64;
    let height = (bottom + BOTTOM + 44.0).ceil();
    let remark = (all > MOST).then(|| {
        format!("The {MOST} tasks with the largest shares and the least float, of {}.", words.count(all))
    });
    let shows = "float from P10 to P90 of every task, and how often it has none";
    let mut scene = frame(
        &analysis.report,
        words,
        "Where there is room, and where not",
        shows,
        remark.as_deref(),
        height,
    );
    key(&mut scene, if section.by_driving { "Drives in" } else { "Critical in" });
    let most = rows.iter().filter_map(|row| row.float_days[2]).fold(1.0, f64::max);
    // A square root gives small floats, which matter, more room than large ones.
    let x = Scale { values: (0.0, (most * 1.05).sqrt()), places: PLOT };
    for at in (0..rows.len()).step_by(2) {
        let from = top + ROW * at as f64;
        scene.rect((MARGIN, from), (WIDTH - MARGIN, from + ROW), SHADE);
    }
    axis(&mut scene, words, &x, (top, bottom), most);
    for (text, right) in ["Critical", "Drives"].into_iter().zip(COLUMNS) {
        scene.text(Text::new((right - CELL / 2.0, top - 8.0), text, TINY, MUTED).bold().middle());
    }
    for (at, row) in rows.iter().enumerate() {
        draw_row(&mut scene, words, row, colour(main(row)), &x, top + ROW * at as f64);
    }
    Some(scene)
}

fn axis(scene: &mut Scene, words: Words, x: &Scale, (top, bottom): (f64, f64), most: f64) {
    let mut free_from = f64::MIN;
    for days in DAYS.into_iter().filter(|&days| days <= most) {
        let place = x.place(days.sqrt());
        let label = words.number(days, 0);
        let half = width(&label, SMALL, false) / 2.0 + 4.0;
        if place - half < free_from {
            continue;
        }
        free_from = place + half;
        scene.line([(place, top), (place, bottom)], 1.0, if days == 0.0 { RULE } else { GRID });
        scene.text(Text::new((place, bottom + 18.0), label, SMALL, MUTED).middle());
    }
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    let name = "Float, days of the task's own calendar (square-root scale)";
    scene.text(Text::new((middle, bottom + 38.0), name, SMALL, MUTED).middle());
}

/// A task: its range of float with the median, and its shares as cells of colour.
fn draw_row(scene: &mut Scene, words: Words, row: &SensitivityRow, own: Colour, x: &Scale, top: f64) {
    let middle = top + ROW / 2.0;
    let right = PLOT.0 - 20.0;
    let name = ellipsize(&clean(&row.label), BODY, false, right - MARGIN - 8.0);
    scene.text(Text::new((right, middle + 5.0), name, BODY, INK).end());
    let place = |days: f64| x.place(days.max(0.0).sqrt());
    let at = |level: usize| row.float_days[level].map(place);
    if let Some(low) = at(0) {
        let high = at(2).unwrap_or(x.places.1);
        scene.rect((low, middle - 3.0), (high.max(low + 2.0), middle + 3.0), own);
    }
    if let Some(median) = at(1) {
        scene.diamond((median, middle), 8.0, PAPER);
        scene.diamond((median, middle), 6.0, INK);
    }
    let days = |level: usize| row.float_days[level].map_or("-".into(), |days| words.number(days, 1));
    let says = format!(
        "{}: float P10 {}, P50 {}, P90 {} days; critical in {}, drives in {}",
        clean(&row.label),
        days(0),
        days(1),
        days(2),
        words.share(row.criticality),
        words.share(row.driving)
    );
    scene.hint((MARGIN, top), (WIDTH - MARGIN, top + ROW), says);
    for (share, right) in [row.criticality, row.driving].into_iter().zip(COLUMNS) {
        let cell = ((right - CELL, top + 3.0), (right, top + ROW - 3.0));
        let (paper, ink) = match share {
            share if share >= 0.9 => (colour(share), PAPER),
            share if share > 0.0 => (colour(share), INK),
            _ => (SHADE, MUTED),
        };
        scene.rect(cell.0, cell.1, paper);
        scene.text(Text::new((right - CELL / 2.0, middle + 4.0), words.share(share), TINY, ink).middle());
    }
}

fn key(scene: &mut Scene, word: &str) {
    let (y, mut x) = (TOP + 12.0, MARGIN + 8.0);
    let first = format!("{word} {}", SHARES[0].1);
    for (at, (colour, text)) in SHARES.into_iter().enumerate() {
        let text = if at == 0 { &first } else { text };
        scene.rect((x, y - 8.0), (x + 22.0, y - 2.0), colour);
        scene.text(Text::new((x + 29.0, y), text, SMALL, MUTED));
        x += 29.0 + width(text, SMALL, false) + 26.0;
    }
    scene.diamond((x + 6.0, y - 5.0), 6.0, INK);
    scene.text(Text::new((x + 19.0, y), "Median", SMALL, MUTED));
}
