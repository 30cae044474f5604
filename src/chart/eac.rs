//! Estimates at completion: the formulas beside the simulation.

use super::axis::Scale;
use super::frame::{BOTTOM, TOP, frame};
use super::money::{amount, money_axis};
use super::scene::{Scene, Text};
use super::style::{
    COMMIT, GRID, INK, LIGHT, MARGIN, MUTED, PLAN, RULE, SHADE, SMALL, STRONG, TARGET, WIDTH,
};
use super::words::Words;
use crate::report::{ProgressReport, Report};

/// Left and right end of the picture.
const PLOT: (f64, f64) = (330.0, 860.0);
/// Height of a row.
const ROW: f64 = 40.0;

/// The chart; none where nothing has a budget.
pub(super) fn scene(report: &Report, progress: &ProgressReport, words: Words) -> Option<Scene> {
    let now = progress.now().filter(|_| progress.has_costs)?;
    let level = |method: &str| progress.eac.iter().find(|row| row.method == method).and_then(|row| row.eac);
    let rows: Vec<_> =
        progress.eac.iter().filter(|row| !matches!(row.method, "p10" | "p50" | "p80" | "mean")).collect();
    let height = TOP + ROW * rows.len() as f64 + BOTTOM + 96.0;
    let shown = rows.iter().filter_map(|row| row.eac);
    let all: Vec<f64> =
        shown.chain(["p10", "p50", "p80"].into_iter().filter_map(level)).chain([now.bac]).collect();
    let (low, high) = all.iter().fold((f64::MAX, f64::MIN), |(a, b), &v| (a.min(v), b.max(v)));
    let title = match level("p80") {
        Some(p80) if p80 > now.bac => "At P80 the whole costs more than its budget",
        Some(_) => "At P80 the budget is enough",
        None => "Estimates at completion",
    };
    let mut scene =
        frame(report, words, title, "estimates at completion, formulas and simulation", None, height);
    let room = ((high - low) * 0.1).max(high.abs() / 100.0).max(1.0);
    let x = Scale { values: (low - room, high + room), places: PLOT };
    let (top, bottom) = (TOP + 30.0, TOP + 30.0 + ROW * rows.len() as f64);
    let axis = money_axis(words, progress.currency, x.values.0, x.values.1, 6);
    for tick in &axis.ticks {
        let place = x.place(tick.at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        scene.text(Text::new((place, bottom + 20.0), &tick.label, SMALL, MUTED).middle());
    }
    if let (Some(p10), Some(p80)) = (level("p10"), level("p80")) {
        scene.rect((x.place(p10), top), (x.place(p80), bottom), LIGHT);
        let heads = [("P10", p10), ("P80", p80)];
        for (name, at) in heads {
            scene.line([(x.place(at), top), (x.place(at), bottom)], 1.0, COMMIT);
            scene.text(Text::new((x.place(at), top - 8.0), name, SMALL, COMMIT).middle());
        }
    }
    if let Some(p50) = level("p50") {
        scene.line([(x.place(p50), top), (x.place(p50), bottom)], 2.0, STRONG);
    }
    scene.dashes((x.place(now.bac), top), (x.place(now.bac), bottom), 5.0, 1.5, TARGET);
    for (number, row) in rows.iter().enumerate() {
        let y = top + ROW * number as f64;
        if number % 2 == 0 {
            scene.rect((MARGIN, y), (PLOT.0 - 8.0, y + ROW), SHADE);
        }
        let base = y + ROW / 2.0 + 4.5;
        scene.text(Text::new((MARGIN + 8.0, base), &row.formula, SMALL, INK));
        let Some(eac) = row.eac else {
            scene.text(Text::new((PLOT.1 + 12.0, base), "-", SMALL, MUTED));
            continue;
        };
        scene.dot((x.place(eac), y + ROW / 2.0), 7.0, PLAN);
        let eac = amount(words, progress.currency, eac, false);
        let said = match row.probability {
            Some(p) => format!("{eac}, enough with {}", words.share(p)),
            None => eac,
        };
        scene.text(Text::new((WIDTH - MARGIN, base), said, SMALL, INK).end());
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    let middle = f64::midpoint(PLOT.0, PLOT.1);
    let name = format!("Cost at completion, {}", axis.name);
    scene.text(Text::new((middle, bottom + 42.0), name, SMALL, MUTED).middle());
    let key = "band: P10 to P80 of the simulation; line: its P50; dashes: the budget";
    scene.text(Text::new((middle, bottom + 62.0), key, SMALL, MUTED).middle());
    Some(scene)
}
