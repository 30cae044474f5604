//! One value is varied: percentiles over it.

use super::quantity::Quantity;
use crate::chart::axis::Scale;
use crate::chart::fit::{clean, ellipsize};
use crate::chart::frame::{BOTTOM, TOP, sweep_sheet};
use crate::chart::scene::{Point, Scene, Text};
use crate::chart::style::{
    BEYOND, COMMIT, Colour, GRID, HEIGHT, INK, LIGHT, MARGIN, MEDIAN, MUTED, PLAN, RULE, SMALL, STRONG,
    TARGET, WIDTH,
};
use crate::chart::typeface::width;
use crate::chart::words::Words;
use crate::report::{SweepOverview, SweepPoint, SweepSpot};

/// Left and right end of the plot; names stand behind it.
const PLOT: (f64, f64) = (120.0, 950.0);
/// Values that are written below the axis at most.
const MOST_LABELS: usize = 16;
/// Values that have a dot and a bar each at most; more would hide the line.
const MOST_DOTS: usize = 40;
/// Programs that have a line.
const MOST_LINES: usize = 6;
/// Their colours.
const LINES: [Colour; MOST_LINES] = [STRONG, TARGET, MEDIAN, BEYOND, COMMIT, PLAN];

/// The chart.
pub(super) fn scene(
    overview: &SweepOverview,
    spots: &[&SweepSpot],
    what: &str,
    quantity: Quantity,
    words: Words,
) -> Option<Scene> {
    let axis = overview.axes.first()?;
    let several = overview.programs.len() > 1;
    let title = format!("How the {what} follows {}", clean(&axis.path));
    let names_of = spots.first().map_or([""; 4], |spot| SweepSpot::levels_of(spot.outcome));
    let [low, median, level, high] = names_of;
    let shows = if several {
        format!("{level} {what} of each program")
    } else {
        format!("{low}, {median}, {level} and {high} {what}")
    };
    let remark = (overview.programs.len() > MOST_LINES)
        .then(|| format!("The first {MOST_LINES} of {} programs.", words.count(overview.programs.len())));
    let mut scene = sweep_sheet(overview, words, &title, &shows, remark.as_deref(), HEIGHT);
    let drawn = |spot: &&SweepSpot| {
        let (program, _) = overview.place(spot.variant);
        if several && program >= MOST_LINES {
            Vec::new()
        } else {
            spot.levels[if several { 2..3 } else { 0..4 }].to_vec()
        }
    };
    let numbers = spots.iter().flat_map(drawn).flatten();
    let ends = numbers.flat_map(|point| [Some(point.value), Some(point.low), point.high]).flatten();
    let (low, high) =
        ends.map(|reading| reading.number()).fold((f64::MAX, f64::MIN), |(a, b), n| (a.min(n), b.max(n)));
    if low > high {
        return None;
    }
    let room = ((high - low) * 0.06).max(quantity.least());
    let bottom = HEIGHT - BOTTOM - 66.0;
    let y = Scale { values: (low - room, high + room), places: (bottom, TOP + 16.0) };
    let places = places(axis.numbers.as_deref(), axis.values.len());
    let x = Scale { values: (0.0, 1.0), places: (PLOT.0 + 24.0, PLOT.1 - 24.0) };
    let place = |at: usize| x.place(places[at]);
    axes(&mut scene, quantity, &y);
    labels(&mut scene, &axis.values, &place, bottom);
    let name = ellipsize(&clean(&axis.path), SMALL, false, PLOT.1 - PLOT.0);
    scene.text(Text::new((f64::midpoint(PLOT.0, PLOT.1), bottom + 52.0), name, SMALL, MUTED).middle());

    let is_sparse = axis.values.len() <= MOST_DOTS;
    let mut names: Vec<(f64, String, Colour)> = Vec::new();
    for (program, colour) in (0..overview.programs.len().min(MOST_LINES)).zip(LINES) {
        let own = spots.iter().filter(|spot| overview.place(spot.variant).0 == program);
        let mut own: Vec<(f64, &SweepSpot)> =
            own.map(|spot| (place(overview.place(spot.variant).1[0]), *spot)).collect();
        own.sort_by(|one, other| one.0.total_cmp(&other.0));
        let line = |level: usize| -> Vec<Point> {
            let point =
                |&(at, spot): &(f64, &SweepSpot)| Some((at, y.place(spot.levels[level]?.value.number())));
            own.iter().filter_map(point).collect()
        };
        if several {
            let points = line(2);
            if is_sparse {
                whiskers(&mut scene, &own, 2, &y, colour);
            }
            scene.line(points.clone(), 2.0, colour);
            if is_sparse {
                points.iter().for_each(|&at| scene.dot(at, 4.0, colour));
            }
            let file = clean(&overview.programs[program].file);
            names.extend(
                points.last().map(|&(_, height)| (height, file.trim_end_matches(".toml").to_owned(), colour)),
            );
        } else {
            let (below, above) = (line(0), line(3));
            for (low, high) in below.windows(2).zip(above.windows(2)) {
                // A little over its edge, or paper would shine through between the pieces.
                let over = |at: Point| (at.0 + 0.6, at.1);
                scene.polygon([low[0], over(low[1]), over(high[1]), high[0]], LIGHT);
            }
            for (level, colour, weight) in [(1, STRONG, 2.0), (2, COMMIT, 2.5)] {
                if is_sparse {
                    whiskers(&mut scene, &own, level, &y, colour);
                }
                let points = line(level);
                scene.line(points.clone(), weight, colour);
                if is_sparse {
                    points.iter().for_each(|&at| scene.dot(at, 4.0, colour));
                }
                names.extend(points.last().map(|&(_, height)| (height, names_of[level].to_owned(), colour)));
            }
            for (level, points) in [(0, below), (3, above)] {
                names.extend(points.last().map(|&(_, height)| (height, names_of[level].to_owned(), MUTED)));
            }
        }
        for (at, spot) in &own {
            let (_, values) = overview.place(spot.variant);
            let said: Vec<String> = names_of
                .iter()
                .zip(spot.levels)
                .map(|(level, point)| format!("{level} {}", quantity.say_point(point)))
                .collect();
            let text =
                format!("{} = {}: {}", clean(&axis.path), clean(&axis.values[values[0]]), said.join(", "));
            scene.hint((at - 8.0, y.places.1), (at + 8.0, y.places.0), text);
        }
    }
    name_lines(&mut scene, names);
    if is_sparse {
        scene.text(Text::new((PLOT.1 + 12.0, TOP + 4.0), "Bars: 95 % interval", SMALL, MUTED));
    }
    Some(scene)
}

/// Where values lie, as shares of the axis: where their numbers lie, or at equal distances.
fn places(numbers: Option<&[f64]>, count: usize) -> Vec<f64> {
    let evenly =
        || (0..count).map(|at| if count > 1 { at as f64 / (count - 1) as f64 } else { 0.5 }).collect();
    let Some(numbers) = numbers else { return evenly() };
    let (low, high) = numbers.iter().fold((f64::MAX, f64::MIN), |(a, b), &n| (a.min(n), b.max(n)));
    if high <= low {
        return evenly();
    }
    numbers.iter().map(|number| (number - low) / (high - low)).collect()
}

fn axes(scene: &mut Scene, quantity: Quantity, y: &Scale) {
    let axis = quantity.axis(y.values.0, y.values.1, 8);
    let mut second = None;
    for tick in axis.ticks {
        let place = y.place(tick.at);
        second = tick.second.or(second);
        let label = second.as_ref().map_or(tick.label.clone(), |more| format!("{} {more}", tick.label));
        scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, GRID);
        scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), label, SMALL, MUTED).end());
    }
    scene.line([(PLOT.0, y.places.0), (PLOT.1, y.places.0)], 1.0, RULE);
    if !axis.name.is_empty() {
        scene.text(Text::new((PLOT.0 - 10.0, y.places.1 - 8.0), axis.name, SMALL, MUTED).end());
    }
}

/// Writes as many of the values as fit, from the left, each under its place.
fn labels(scene: &mut Scene, values: &[String], place: &dyn Fn(usize) -> f64, bottom: f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| place(one).total_cmp(&place(other)));
    let every = values.len().div_ceil(MOST_LABELS).max(1);
    let mut free = f64::MIN;
    for at in order.into_iter().step_by(every) {
        let label = ellipsize(&clean(&values[at]), SMALL, false, 130.0);
        let (middle, half) = (place(at), width(&label, SMALL, false) / 2.0);
        scene.line([(middle, bottom), (middle, bottom + 5.0)], 1.0, RULE);
        if middle - half > free {
            scene.text(Text::new((middle, bottom + 21.0), label, SMALL, MUTED).middle());
            free = middle + half + 10.0;
        }
    }
}

/// The interval of a percentile at every value.
fn whiskers(scene: &mut Scene, spots: &[(f64, &SweepSpot)], level: usize, y: &Scale, colour: Colour) {
    for (at, spot) in spots {
        let Some(SweepPoint { low, high: Some(high), .. }) = spot.levels[level] else { continue };
        let (from, to) = (y.place(low.number()), y.place(high.number()));
        scene.line([(*at, from), (*at, to)], 1.2, colour);
        for end in [from, to] {
            scene.line([(at - 4.0, end), (at + 4.0, end)], 1.2, colour);
        }
    }
}

/// Names at the ends of lines, moved apart where they would overlap.
fn name_lines(scene: &mut Scene, mut names: Vec<(f64, String, Colour)>) {
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = f64::MIN;
    for (height, name, colour) in names {
        let at = height.max(free);
        free = at + 17.0;
        let name = ellipsize(&name, SMALL, false, WIDTH - MARGIN - PLOT.1 - 12.0);
        let colour = if colour == LIGHT { INK } else { colour };
        scene.text(Text::new((PLOT.1 + 12.0, at + 4.5), name, SMALL, colour));
    }
}
