//! Date and budget together: iterations, and the pairs that hold with 50, 70 and 80 %.

use super::axis::{Axis, Scale, Tick};
use super::dates::date_axis;
use super::frame::{BOTTOM, TOP, frame};
use super::money::money_axis;
use super::scene::{Point, Scene, Shape, Text};
use super::style::{
    BEYOND, BODY, COMMIT, Colour, GRID, HEIGHT, INK, LIGHT, MARGIN, MEDIAN, MUTED, RULE, SMALL, TARGET, WIDTH,
};
use super::words::Words;
use crate::report::{Analysis, JointReport};

const SHOWS: &str = "completion date and cost of the same iterations";
const PLOT: (f64, f64) = (150.0, 880.0);
const KEY: f64 = 916.0;
const AXIS: f64 = 66.0;

/// The chart of joint confidence.
pub(super) fn scene(analysis: &Analysis, words: Words) -> Option<Scene> {
    let section = analysis.joint.as_ref().filter(|section| !section.dots.is_empty())?;
    let title = match (&section.target, &section.separate) {
        (Some(point), _) => {
            format!("Date and budget are kept together with {}", words.share(point.probability))
        }
        (None, Some(point)) => {
            let level = analysis.headline.level;
            format!("{level} date and {level} budget hold together with {}", words.share(point.probability))
        }
        _ => "Date and budget together".to_owned(),
    };
    let mut scene = frame(&analysis.report, words, &title, SHOWS, None, HEIGHT);
    let (top, bottom) = (TOP + 10.0, HEIGHT - BOTTOM - AXIS);
    let x = Scale { values: spread(section.dots.iter().map(|dot| dot.0), 1_440.0), places: PLOT };
    let y = Scale { values: spread(section.dots.iter().map(|dot| dot.1), 1.0), places: (bottom, top) };
    axes(&mut scene, (analysis, words), &x, &y);
    for &(finish, cost) in &section.dots {
        if x.holds(finish) && y.holds(cost) {
            scene.shapes.push(Shape::Disc((x.place(finish), y.place(cost)), 1.6, LIGHT));
        }
    }
    for curve in &section.curves {
        let colour = colour(curve.level);
        let mut line: Vec<Point> = Vec::new();
        let pairs = curve.at.iter().zip(&curve.pairs);
        for (&at, &(_, budget)) in pairs {
            // As stairs: only the pair itself holds, not what lies between two of them.
            if let Some(&(_, last)) = line.last() {
                line.push((x.place(at as f64), last));
            } else {
                line.push((x.place(at as f64), top));
            }
            line.push((x.place(at as f64), y.place(budget)));
        }
        if let Some(&(_, last)) = line.last() {
            line.push((PLOT.1, last));
        }
        scene.line(line, 2.5, colour);
    }
    if let Some(point) = &section.target {
        let at = (x.place(point.at as f64), y.place(point.budget));
        scene.line([(at.0, top), (at.0, bottom)], 1.5, TARGET);
        scene.line([(PLOT.0, at.1), (PLOT.1, at.1)], 1.5, TARGET);
        quadrants(&mut scene, (section, words), at, (top, bottom));
    }
    key(&mut scene, section, words);
    Some(scene)
}

/// From the least to the greatest without the outermost half percent at each end.
fn spread(values: impl Iterator<Item = f64>, least: f64) -> (f64, f64) {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let cut = sorted.len() / 200;
    let (low, high) = (
        sorted.get(cut).copied().unwrap_or(0.0),
        sorted.get(sorted.len().saturating_sub(cut + 1)).copied().unwrap_or(1.0),
    );
    let room = ((high - low) * 0.06).max(least);
    (low - room, high + room)
}

fn colour(level: f64) -> Colour {
    match level {
        50.0 => MEDIAN,
        80.0 => COMMIT,
        _ => BEYOND,
    }
}

fn axes(scene: &mut Scene, (analysis, words): (&Analysis, Words), x: &Scale, y: &Scale) {
    let (bottom, top) = y.places;
    let dates = Axis { name: "Completion date".into(), ..date_axis(words, x.values.0, x.values.1, 8) };
    for Tick { at, label, second } in dates.ticks {
        let place = x.place(at);
        scene.line([(place, top), (place, bottom)], 1.0, GRID);
        scene.text(Text::new((place, bottom + 20.0), label, SMALL, MUTED).middle());
        if let Some(second) = second {
            scene.text(Text::new((place, bottom + 36.0), second, SMALL, INK).middle());
        }
    }
    let money = money_axis(words, analysis.report.currency, y.values.0, y.values.1, 7);
    for Tick { at, label, .. } in money.ticks {
        let place = y.place(at);
        scene.line([(PLOT.0, place), (PLOT.1, place)], 1.0, GRID);
        scene.text(Text::new((PLOT.0 - 10.0, place + 4.5), label, SMALL, MUTED).end());
    }
    scene.line([(PLOT.0, bottom), (PLOT.1, bottom)], 1.0, RULE);
    scene.text(Text::new(((PLOT.0 + PLOT.1) / 2.0, bottom + 56.0), dates.name, SMALL, MUTED).middle());
    let name = format!("Cost, {}", money.name);
    scene.text(Text::new((MARGIN + 10.0, (top + bottom) / 2.0), name, SMALL, MUTED).middle().upwards());
}

/// The shares of the four quadrants, each in its corner.
fn quadrants(
    scene: &mut Scene,
    (section, words): (&JointReport, Words),
    at: Point,
    (top, bottom): (f64, f64),
) {
    let Some(shares) = &section.quadrants else { return };
    let corners = [
        (shares.both, "both kept", (PLOT.0, bottom), at.0 - PLOT.0, bottom - at.1),
        (shares.only_date, "only the date", (PLOT.0, top), at.0 - PLOT.0, at.1 - top),
        (shares.only_budget, "only the budget", (PLOT.1, bottom), PLOT.1 - at.0, bottom - at.1),
        (shares.neither, "neither", (PLOT.1, top), PLOT.1 - at.0, at.1 - top),
    ];
    for (share, name, (x, y), wide, high) in corners {
        if wide < 130.0 || high < 30.0 {
            continue;
        }
        let is_left = x == PLOT.0;
        let place = (if is_left { x + 8.0 } else { x - 8.0 }, if y == top { y + 18.0 } else { y - 10.0 });
        let text = Text::new(place, format!("{} {name}", words.share(share)), SMALL, INK).bold();
        scene.text(if is_left { text } else { text.end() });
    }
}

fn key(scene: &mut Scene, section: &JointReport, words: Words) {
    let right = WIDTH - MARGIN;
    let mut y = TOP + 22.0;
    scene.text(Text::new((KEY, y), "Both hold with", SMALL, MUTED));
    scene.text(Text::new((right, y), "balanced pair", SMALL, MUTED).end());
    for curve in &section.curves {
        let Some(pair) = &curve.balanced else { continue };
        y += 14.0;
        scene.line([(KEY, y), (right, y)], 0.75, RULE);
        y += 20.0;
        scene.line([(KEY, y - 4.5), (KEY + 24.0, y - 4.5)], 3.0, colour(curve.level));
        scene
            .text(Text::new((KEY + 32.0, y), words.percents(&words.shortest(curve.level)), BODY, INK).bold());
        scene.text(Text::new((right, y), words.date(pair.date), BODY, INK).end());
        y += 18.0;
        scene.text(Text::new((right, y), words.number(pair.budget, 0), BODY, INK).end());
        y += 16.0;
        let [date, budget] = [pair.date_probability, pair.budget_probability].map(|share| words.share(share));
        let alone = format!("alone {date} and {budget}");
        scene.text(Text::new((right, y), alone, SMALL, MUTED).end());
    }
    if section.target.is_some() {
        y += 30.0;
        scene.line([(KEY, y - 4.5), (KEY + 24.0, y - 4.5)], 2.0, TARGET);
        scene.text(Text::new((KEY + 32.0, y), "Promised date and budget", BODY, INK));
    }
}
