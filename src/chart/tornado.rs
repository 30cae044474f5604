//! What the outcome is when an input is low and when it is high.

use super::axis::{Scale, round_step};
use super::fit::{clean, wrap};
use super::frame::{BOTTOM, TOP, frame};
use super::scene::{Scene, Text};
use super::style::{BODY, COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, RULE, SMALL, STRONG, TINY, WIDTH};
use super::typeface::width;
use super::words::Words;
use crate::report::{Analysis, SwingRow};

/// How many bars are shown.
const MOST: usize = 15;
const ROW: f64 = 32.0;
const HEAD: f64 = 40.0;
/// Left and right end of the bars, with room for the values at both ends.
const PLOT: (f64, f64) = (400.0, WIDTH - MARGIN - 60.0);

/// The tornado of the finish.
pub(super) fn finish(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.sensitivity.as_ref()?;
    let title = section
        .finish_tornado
        .first()
        .map(|row| format!("What moves the finish most: {}", clean(&row.label)))?;
    let shows = "mean finish with an input in its lowest and highest tenth, calendar days from the mean";
    Some(draw((analysis, words), &section.finish_tornado, &title, shows, 0.0, &|days| words.signed(days, 1)))
}

/// The tornado of the cost.
pub(super) fn cost(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.sensitivity.as_ref()?;
    let title =
        section.cost_tornado.first().map(|row| format!("What moves the cost most: {}", clean(&row.label)))?;
    let shows = format!("mean cost with an input in its lowest and highest tenth, {}", analysis.currency);
    let mean = analysis.report.cost.mean.map_or(0.0, |mean| mean.value);
    Some(draw((analysis, words), &section.cost_tornado, &title, &shows, mean, &|amount| {
        words.number(amount, 0)
    }))
}

fn draw(
    (analysis, words): (&Analysis, Words),
    rows: &[SwingRow],
    title: &str,
    shows: &str,
    middle: f64,
    show: &dyn Fn(f64) -> String,
) -> Scene {
    let rows = &rows[..rows.len().min(MOST)];
    let top = TOP + HEAD;
    let bottom = top + ROW * rows.len() as f64 + 6.0;
    let remark =
        "Of a risk: the iterations without it and with it. Groups of fewer than 100 iterations are left out.";
    let height = (bottom + BOTTOM + 26.0).ceil();
    let mut scene = frame(&analysis.report, words, title, shows, Some(remark), height);
    let ends = rows.iter().flat_map(|row| [row.low, row.high]);
    let reach = ends.map(|value| (value - middle).abs()).fold(0.0, f64::max).max(1e-9);
    // Room for the values beyond the longest bars.
    let x = Scale { values: (middle - reach * 1.22, middle + reach * 1.22), places: PLOT };
    let (step, decimals) = round_step(reach * 2.0, 6, 0.0);
    let first = ((middle - reach) / step).ceil() as i64;
    for number in first..=((middle + reach) / step).floor() as i64 {
        let value = number as f64 * step;
        let place = x.place(value);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        scene.text(Text::new((place, bottom + 18.0), words.number(value, decimals), SMALL, MUTED).middle());
    }
    for (at, row) in rows.iter().enumerate() {
        let from = top + ROW * at as f64 + 7.0;
        for (value, colour, is_low) in [(row.low, LIGHT, true), (row.high, STRONG, false)] {
            let (a, b) = (x.place(middle), x.place(value));
            scene.rect((a.min(b), from), (a.max(b).max(a.min(b) + 1.0), from + 18.0), colour);
            let text = show(value);
            let is_left = if b == a { is_low } else { b < a };
            let text = if is_left {
                Text::new((b - 7.0, from + 13.0), text, TINY, INK).end()
            } else {
                Text::new((b + 7.0, from + 13.0), text, TINY, INK)
            };
            scene.text(text);
        }
        let says = format!("{}: low {}, high {}", clean(&row.label), show(row.low), show(row.high));
        scene.hint((MARGIN, from - 7.0), (PLOT.1, from + ROW - 7.0), says);
        let right = PLOT.0 - 20.0;
        for line in wrap(&clean(&row.label), BODY, false, right - MARGIN, 1) {
            scene.text(Text::new((right, from + 14.0), line, BODY, INK).end());
        }
    }
    scene.line([(x.place(middle), top), (x.place(middle), bottom)], 1.5, COMMIT);
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    key(&mut scene);
    scene
}

fn key(scene: &mut Scene) {
    let (y, mut x) = (TOP + 14.0, PLOT.0);
    for (colour, text) in [(LIGHT, "Input low, or risk absent"), (STRONG, "Input high, or risk there")] {
        scene.rect((x, y - 10.0), (x + 12.0, y + 1.0), colour);
        scene.text(Text::new((x + 19.0, y), text, SMALL, MUTED));
        x += 19.0 + width(text, SMALL, false) + 28.0;
    }
}
