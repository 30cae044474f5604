//! The confidence chart: a histogram with the cumulative probability over it, and what is marked on both.

use super::axis::{Axis, Scale, Tick};
use super::flags::{self, Flag};
use super::frame::{BOTTOM, TOP};
use super::key;
use super::marker::{Kind, Marker};
use super::scene::{Point, Scene, Text};
use super::style::{COMMIT, GRID, HEIGHT, INK, LIGHT, MARGIN, MUTED, PAPER, RULE, SMALL, STRONG, WIDTH};
use super::words::Words;
use crate::units::Percentile;

/// Left and right end of the plot; axis labels stand outside of it.
const PLOT: (f64, f64) = (104.0, 842.0);
/// Left end of the key.
const KEY: f64 = 948.0;
/// Room below the plot for two lines of labels and the name of the axis.
const AXIS: f64 = 70.0;
/// Where horizontal lines are drawn, as shares of the height.
const FIFTHS: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
/// A histogram of fewer bars says too little of the curve: the other points join it.
const FEW_BARS: usize = 10;
/// The narrowest bar that is still seen, and the narrowest that stands alone, behind the curve.
const THINNEST: (f64, f64) = (3.0, 16.0);

/// What a confidence chart shows, in the units of its axis.
pub(super) struct Confidence<'a> {
    /// Bars: lower end, upper end, share.
    pub(super) bars: Vec<(f64, f64, f64)>,
    /// Values with the share at or below them, besides the upper ends of the bars.
    pub(super) points: Vec<(f64, f64)>,
    /// In any order.
    pub(super) markers: Vec<Marker>,
    /// The part of the axis to show.
    pub(super) range: (f64, f64),
    /// The axis of the values.
    pub(super) axis: Axis,
    /// What a bar counts, such as `per week`.
    pub(super) per: String,
    /// What a value of the key promises, such as `Finish by`.
    pub(super) promise: &'static str,
    /// A value of the axis in words.
    pub(super) say: &'a dyn Fn(f64) -> String,
    /// How numbers are written.
    pub(super) words: Words,
}

/// Draws the chart on its sheet.
pub(super) fn draw(scene: &mut Scene, mut chart: Confidence<'_>) {
    chart.markers.sort_by(|a, b| {
        let share = |marker: &Marker| marker.share.unwrap_or(0.0);
        a.at.total_cmp(&b.at).then(share(a).total_cmp(&share(b)))
    });
    let x = Scale { values: chart.range, places: PLOT };
    let flags: Vec<Flag> = chart.markers.iter().map(|marker| flag(marker, &x)).collect();
    let rows = flags::rows(&flags);
    let count = rows.iter().max().map_or(0, |most| most + 1);
    let top = TOP + count as f64 * flags::ROW + 6.0;
    let bottom = HEIGHT - BOTTOM - AXIS;
    let y = Scale { values: (0.0, 1.0), places: (bottom, top) };

    let tallest = chart.bars.iter().map(|bar| bar.2).fold(0.0, f64::max);
    let (step, decimals) = percent_step(tallest * 100.0);
    grid(scene, chart.words, &y, (step, decimals));
    bars(scene, &chart.bars, &x, &Scale { values: (0.0, step * 5.0 / 100.0), ..y });
    value_axis(scene, &chart.axis, &x, bottom);
    let middle = (top + bottom) / 2.0;
    // A single value has no width that a share could be per.
    let left_name = match chart.bars.len() {
        0 | 1 => "Share of iterations".into(),
        _ => format!("Share of iterations {}", chart.per),
    };
    scene.text(Text::new((MARGIN + 10.0, middle), left_name, SMALL, MUTED).middle().upwards());
    let right_name = "Cumulative probability";
    scene.text(Text::new((PLOT.1 + 66.0, middle), right_name, SMALL, MUTED).middle().upwards());

    for (marker, (flag, &row)) in chart.markers.iter().zip(flags.iter().zip(&rows)) {
        pole(scene, marker, flag, row, &x, (top, bottom));
    }
    let curve = curve(&chart);
    let on_paper: Vec<Point> = curve.iter().map(|&(at, share)| (x.place(at), y.place(share))).collect();
    scene.line(on_paper.clone(), 4.5, PAPER);
    scene.line(on_paper, 2.5, STRONG);
    readings(scene, &chart.markers, &x, &y);
    for (flag, &row) in flags.iter().zip(&rows) {
        flags::draw(scene, flag, row, top - 2.0);
    }
    key::draw(scene, &chart, (KEY, WIDTH - MARGIN), TOP + 12.0);
    hints(scene, &chart, &x, (top, bottom));
}

/// Over every bar, from top to bottom: what it counts and what lies up to its end.
fn hints(scene: &mut Scene, chart: &Confidence<'_>, x: &Scale, (top, bottom): (f64, f64)) {
    let mut below = 0.0;
    for &(low, high, share) in &chart.bars {
        below += share;
        let (left, right) = (x.place(low), x.place(high));
        if share > 0.0 && right > left {
            let value = (chart.say)(high);
            let text = format!(
                "{} {value}: {}; this bar: {}",
                chart.promise,
                chart.words.share(below.min(1.0)),
                chart.words.share(share)
            );
            scene.hint((left, top), (right, bottom), text);
        }
    }
}

/// The points of the cumulative curve: each lies on the empirical distribution function.
fn curve(chart: &Confidence<'_>) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut below = 0.0;
    for (at, &(low, high, share)) in chart.bars.iter().enumerate() {
        if at == 0 {
            points.push((chart.range.0.min(low), 0.0));
            points.push((low, 0.0));
        }
        below += share;
        points.push((high, below.min(1.0)));
    }
    let last = points.last().copied();
    // Many bars draw the curve, and the markers lie on it; the percentiles between them would only show
    // every weekend as a stair.
    if chart.bars.iter().filter(|bar| bar.2 > 0.0).count() < FEW_BARS {
        points.extend(&chart.points);
    }
    points.extend(chart.markers.iter().filter_map(|marker| Some((marker.at, marker.share?))));
    points.retain(|point| (chart.range.0..=chart.range.1).contains(&point.0));
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // Rounded shares may turn back by a hair.
    let mut highest = 0.0_f64;
    for point in &mut points {
        highest = highest.max(point.1);
        point.1 = highest;
    }
    points.extend(last.map(|(at, _)| (chart.range.1.max(at), highest)));
    points
}

/// A step of round percents whose fivefold holds the tallest bar, and the decimals that it needs.
fn percent_step(tallest: f64) -> (f64, usize) {
    const FACTORS: [(f64, usize); 8] =
        [(1.0, 0), (1.5, 1), (2.0, 0), (2.5, 1), (3.0, 0), (4.0, 0), (5.0, 0), (6.0, 0)];
    for (decade, decimals) in [(0.001, 3), (0.01, 2), (0.1, 1), (1.0, 0)] {
        let holds = |factor: f64| factor * decade * 5.0 >= tallest * 1.02;
        if let Some(&(factor, more)) = FACTORS.iter().find(|(factor, _)| holds(*factor)) {
            return (factor * decade, decimals + more);
        }
    }
    (if tallest > 48.0 { 20.0 } else { 10.0 }, 0)
}

fn flag(marker: &Marker, x: &Scale) -> Flag {
    let name = marker.kind.short();
    let is_beyond = marker.at > x.values.1;
    let name = match (is_beyond, marker.at < x.values.0) {
        (true, _) => format!("{name} →"),
        (_, true) => format!("← {name}"),
        _ => name,
    };
    Flag { x: x.place(marker.at), name, colour: marker.kind.colour(), is_beyond }
}

/// Horizontal lines at fifths, which suit both axes, and the labels of both.
fn grid(scene: &mut Scene, words: Words, y: &Scale, (step, decimals): (f64, usize)) {
    for (at, fifth) in FIFTHS.into_iter().enumerate() {
        let height = y.place(fifth);
        let colour = if at == 0 { RULE } else { GRID };
        scene.line([(PLOT.0, height), (PLOT.1, height)], 1.0, colour);
        let left = words.percents(&words.number(step * at as f64, decimals));
        let right = words.share(fifth);
        scene.text(Text::new((PLOT.0 - 10.0, height + 4.5), left, SMALL, MUTED).end());
        scene.text(Text::new((PLOT.1 + 10.0, height + 4.5), right, SMALL, MUTED));
    }
}

fn bars(scene: &mut Scene, bars: &[(f64, f64, f64)], x: &Scale, y: &Scale) {
    let thinnest = if bars.len() > 1 { THINNEST.0 } else { THINNEST.1 };
    for &(low, high, share) in bars.iter().filter(|bar| bar.2 > 0.0) {
        let (mut left, mut right) = (x.place(low), x.place(high));
        let width = right - left;
        // A hair of paper between the bars, where there is room for it.
        let gap = if width > 6.0 { 1.0 } else { 0.0 };
        if width < thinnest {
            let middle = (left + right) / 2.0;
            (left, right) = (middle - thinnest / 2.0, middle + thinnest / 2.0);
        }
        // However rare, it is there.
        let top = y.place(share).min(y.places.0 - 0.5);
        scene.rect((left + gap / 2.0, top), (right - gap / 2.0, y.places.0), LIGHT);
    }
}

/// Ticks with their labels and the name of the axis.
fn value_axis(scene: &mut Scene, axis: &Axis, x: &Scale, bottom: f64) {
    for Tick { at, label, second } in &axis.ticks {
        let place = x.place(*at);
        scene.line([(place, bottom), (place, bottom + 5.0)], 1.0, RULE);
        scene.text(Text::new((place, bottom + 20.0), label, SMALL, MUTED).middle());
        if let Some(second) = second {
            scene.text(Text::new((place, bottom + 36.0), second, SMALL, INK).middle());
        }
    }
    let below = if axis.ticks.iter().any(|tick| tick.second.is_some()) { 56.0 } else { 44.0 };
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    scene.text(Text::new((middle, bottom + below), &axis.name, SMALL, MUTED).middle());
}

fn pole(scene: &mut Scene, marker: &Marker, flag: &Flag, row: usize, x: &Scale, (top, bottom): (f64, f64)) {
    if !x.holds(marker.at) {
        return;
    }
    let from = (flag.x, top - 2.0 - row as f64 * flags::ROW - 6.0);
    let colour = marker.kind.colour();
    let width = if marker.kind == Kind::Level(Percentile::P80) { 2.0 } else { 1.5 };
    if marker.kind.is_dashed() {
        scene.dashes(from, (flag.x, bottom), 5.0, width, colour);
    } else {
        scene.line([from, (flag.x, bottom)], width, colour);
    }
}

/// Where the markers meet the curve; the commitment is led over to the axis.
fn readings(scene: &mut Scene, markers: &[Marker], x: &Scale, y: &Scale) {
    for marker in markers.iter().filter(|marker| x.holds(marker.at)) {
        let Some(share) = marker.share else { continue };
        let at = (x.place(marker.at), y.place(share));
        if marker.kind == Kind::Level(Percentile::P80) {
            scene.dashes(at, (PLOT.1, at.1), 2.0, 1.0, COMMIT);
        }
        scene.dot(at, 4.5, marker.kind.colour());
    }
}
