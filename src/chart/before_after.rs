//! Two programs on one sheet: how probable every date and every amount is in both.

use super::axis::{Axis, Scale, Tick};
use super::dates::date_axis;
use super::finish::instant_of;
use super::fit::{clean, ellipsize};
use super::frame::{BOTTOM, TOP, frame};
use super::money::money_axis;
use super::range::range;
use super::scene::{Point, Scene, Text};
use super::style::{
    BODY, COMMIT, Colour, GRID, HEIGHT, INK, MARGIN, MUTED, PAPER, PLAN, RULE, SMALL, TARGET, WIDTH,
};
use super::typeface::width;
use super::words::Words;
use crate::report::{Bins, Comparison, Report};
use crate::units::{Instant, Percentile};

/// The colours of before and after.
const SIDES: [Colour; 2] = [PLAN, COMMIT];
/// Left and right end of the plot.
const PLOT: (f64, f64) = (104.0, WIDTH - MARGIN - 60.0);
const AXIS: f64 = 66.0;
const HEAD: f64 = 34.0;
const DAY: f64 = 1_440.0;

/// The finish of both.
pub(super) fn finish(comparison: &Comparison) -> Option<Scene> {
    let points = |report: &Report| {
        let found = report.finish.percentiles.iter();
        found.filter_map(|(level, point)| Some((*level, instant_of(&point.as_ref()?.value)))).collect()
    };
    let row = comparison.finish.iter().find(|row| row.level == "P80");
    let title = match row.and_then(|row| row.days).map(|days| days.value) {
        Some(days) if days < 0.0 => format!("The P80 finish comes {} earlier", whole_days(-days)),
        Some(days) if days > 0.0 => format!("The P80 finish comes {} later", whole_days(days)),
        Some(_) => "The P80 finish stays".to_owned(),
        None => "Completion date before and after".to_owned(),
    };
    let targets: Vec<f64> = comparison
        .reports
        .iter()
        .filter_map(|report| report.finish.target.as_ref())
        .map(|(date, _)| f64::from(Instant::from_date(*date).0) + DAY)
        .collect();
    let curves = curves(comparison, |report| report.finish_bins.as_ref(), 1.0, points)?;
    let axis = |low: f64, high: f64| Axis {
        name: "Completion date".into(),
        ..date_axis(Words::PLAIN, low, high, 10)
    };
    Some(draw(comparison, &title, "completion date before and after", curves, &targets, DAY, axis))
}

/// A count of days in words.
fn whole_days(days: f64) -> String {
    match days.round() {
        0.0 => "less than a day".to_owned(),
        1.0 => "1 day".to_owned(),
        days => format!("{days:.0} days"),
    }
}

/// The cost of both.
pub(super) fn cost(comparison: &Comparison) -> Option<Scene> {
    let currency = comparison.reports[0].currency;
    let minor = currency.minor_per_major() as f64;
    let row = comparison.cost.iter().find(|row| row.level == "P80");
    let amount = |value: f64| format!("{} {currency}", Words::PLAIN.number(value, 0));
    let title = match row.and_then(|row| row.difference).map(|span| span.value) {
        Some(by) if by < 0.0 => format!("The P80 cost falls by {}", amount(-by)),
        Some(by) if by > 0.0 => format!("The P80 cost rises by {}", amount(by)),
        Some(_) => "The P80 cost stays".to_owned(),
        None => "Cost before and after".to_owned(),
    };
    let targets: Vec<f64> =
        comparison.reports.iter().filter_map(|report| report.cost.target).map(|(budget, _)| budget).collect();
    let points = |report: &Report| {
        let found = report.cost.percentiles.iter();
        found.filter_map(|(level, point)| Some((*level, point.as_ref()?.value))).collect()
    };
    let curves = curves(comparison, |report| report.cost_bins.as_ref(), minor, points)?;
    let axis = |low: f64, high: f64| {
        let axis = money_axis(Words::PLAIN, currency, low, high, 8);
        Axis { name: format!("Cost, {}", axis.name), ..axis }
    };
    Some(draw(comparison, &title, "cost before and after", curves, &targets, 1.0, axis))
}

/// A cumulative curve with the place of its P80.
struct Curve {
    points: Vec<(f64, f64)>,
    p80: Option<f64>,
}

/// The cumulative curves of both sides through every percentile, so that a jump stands upright; [`None`]
/// where one has no value at all.
fn curves<'a>(
    comparison: &'a Comparison,
    bins: impl Fn(&'a Report) -> Option<&'a Bins>,
    unit: f64,
    percentiles: impl Fn(&Report) -> Vec<(Percentile, f64)>,
) -> Option<[Curve; 2]> {
    let curve = |report: &'a Report| {
        let bins = bins(report)?;
        let found = percentiles(report);
        let (first, last) =
            (bins.low as f64 / unit, bins.ends(bins.counts.len().checked_sub(1)?).1 as f64 / unit);
        let mut points = vec![(found.first().map_or(first, |point| point.1.min(first)), 0.0)];
        points.extend(found.iter().map(|(level, at)| (*at, level.fraction())));
        points.push((last, *bins.cumulative().last()?));
        let p80 = found.iter().find(|point| point.0 == Percentile::P80).map(|point| point.1);
        Some(Curve { points, p80 })
    };
    let [before, after] = &comparison.reports;
    Some([curve(before)?, curve(after)?])
}

fn draw(
    comparison: &Comparison,
    title: &str,
    shows: &str,
    curves: [Curve; 2],
    targets: &[f64],
    least: f64,
    axis: impl Fn(f64, f64) -> Axis,
) -> Scene {
    let report = &comparison.reports[1];
    let mut scene = frame(report, Words::PLAIN, title, shows, None, HEIGHT);
    let all = || curves.iter().flat_map(|curve| &curve.points).map(|point| point.0);
    let data = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    let range = range(data, targets, least);
    let (top, bottom) = (TOP + HEAD, HEIGHT - BOTTOM - AXIS);
    let x = Scale { values: range, places: PLOT };
    let y = Scale { values: (0.0, 1.0), places: (bottom, top) };
    for fifth in 0..=5 {
        let height = y.place(f64::from(fifth) / 5.0);
        scene.line([(PLOT.0, height), (PLOT.1, height)], 1.0, if fifth == 0 { RULE } else { GRID });
        scene.text(Text::new((PLOT.0 - 10.0, height + 4.5), format!("{} %", fifth * 20), SMALL, MUTED).end());
    }
    let name = "Cumulative probability";
    scene.text(Text::new((MARGIN + 10.0, (top + bottom) / 2.0), name, SMALL, MUTED).middle().upwards());
    value_axis(&mut scene, &axis(range.0, range.1), &x, bottom);
    for &target in targets.iter().filter(|&&target| x.holds(target)) {
        let place = x.place(target);
        scene.line([(place, top), (place, bottom)], 1.5, TARGET);
    }
    let p80 = y.place(0.8);
    scene.dashes((PLOT.0, p80), (PLOT.1, p80), 3.0, 1.0, MUTED);
    for (curve, colour) in curves.iter().zip(SIDES) {
        let mut points: Vec<Point> = vec![(x.place(range.0), y.place(0.0))];
        points.extend(curve.points.iter().map(|&(at, share)| (x.place(at), y.place(share))));
        let last = points.last().map_or(bottom, |point| point.1);
        points.push((PLOT.1, last));
        scene.line(points.clone(), 4.5, PAPER);
        scene.line(points, 2.5, colour);
    }
    let places: Vec<Option<f64>> =
        curves.iter().map(|curve| curve.p80.filter(|&at| x.holds(at)).map(|at| x.place(at))).collect();
    if let [Some(from), Some(to)] = places[..] {
        arrow(&mut scene, (from, p80), (to, p80));
    }
    for (place, colour) in places.iter().zip(SIDES) {
        if let Some(place) = *place {
            scene.line([(place, p80), (place, bottom)], 1.0, colour);
            scene.dot((place, p80), 4.5, colour);
        }
    }
    key(&mut scene, comparison, targets.iter().any(|&target| x.holds(target)));
    scene
}

/// From the P80 before to the P80 after, where they are far enough apart to be seen.
fn arrow(scene: &mut Scene, from: Point, to: Point) {
    let way = (to.0 - from.0).signum();
    if (to.0 - from.0).abs() < 26.0 {
        return;
    }
    let tip = to.0 - way * 7.0;
    scene.line([(from.0, from.1), (tip - way * 8.0, to.1)], 3.0, COMMIT);
    scene.polygon([(tip, to.1), (tip - way * 10.0, to.1 - 6.0), (tip - way * 10.0, to.1 + 6.0)], COMMIT);
}

fn key(scene: &mut Scene, comparison: &Comparison, has_target: bool) {
    let (y, mut x) = (TOP + 12.0, PLOT.0);
    let names = [("Before", &comparison.before_name), ("After", &comparison.after_name)];
    for ((word, name), colour) in names.into_iter().zip(SIDES) {
        scene.line([(x, y - 4.5), (x + 26.0, y - 4.5)], 3.0, colour);
        let text = ellipsize(&format!("{word}: {}", clean(name)), BODY, false, 420.0);
        scene.text(Text::new((x + 34.0, y), text.clone(), BODY, INK));
        x += 34.0 + width(&text, BODY, false) + 30.0;
    }
    if has_target {
        scene.rect((x, y - 12.0), (x + 2.5, y + 2.0), TARGET);
        scene.text(Text::new((x + 10.0, y), "Target", BODY, INK));
    }
}

fn value_axis(scene: &mut Scene, axis: &Axis, x: &Scale, bottom: f64) {
    for Tick { at, label, second } in &axis.ticks {
        let place = x.place(*at);
        scene.line([(place, bottom), (place, bottom + 5.0)], 1.0, RULE);
        scene.text(Text::new((place, bottom + 20.0), label, SMALL, MUTED).middle());
        if let Some(second) = second {
            scene.text(Text::new((place, bottom + 36.0), second, SMALL, INK).middle());
        }
    }
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    scene.text(Text::new((middle, bottom + 56.0), &axis.name, SMALL, MUTED).middle());
}
