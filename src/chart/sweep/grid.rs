//! Two values are varied: a map of the percentile that is committed to.

use super::quantity::Quantity;
use crate::chart::fit::{clean, ellipsize};
use crate::chart::frame::{BOTTOM, TOP, sweep_sheet};
use crate::chart::scene::{Scene, Text};
use crate::chart::style::{BODY, Colour, INK, MARGIN, MUTED, PAPER, SMALL, TINY, WIDTH};
use crate::chart::typeface::width;
use crate::chart::words::Words;
use crate::report::{SweepOverview, SweepSpot};

/// Left and right end of the map.
const MAP: (f64, f64) = (230.0, WIDTH - MARGIN - 10.0);
/// Height of the map.
const TALL: f64 = 430.0;
/// The colours of the lowest and the highest value.
const ENDS: [Colour; 2] = [Colour(0xee, 0xf4, 0xfa), Colour(0x0b, 0x2f, 0x57)];

/// The chart: the first value downwards, the second rightwards.
pub(super) fn scene(
    overview: &SweepOverview,
    spots: &[&SweepSpot],
    what: &str,
    quantity: Quantity,
    words: Words,
) -> Option<Scene> {
    let [down, right, others @ ..] = &overview.axes[..] else { return None };
    let level = spots.first().map_or("", |spot| SweepSpot::levels_of(spot.outcome)[2]);
    let title = format!("How the {level} {what} follows {} and {}", clean(&down.path), clean(&right.path));
    let mut fixed: Vec<String> =
        others.iter().map(|axis| format!("{} = {}", clean(&axis.path), clean(&axis.values[0]))).collect();
    if overview.programs.len() > 1 {
        fixed.insert(0, format!("program {}", clean(&overview.programs[0].file)));
    }
    let remark = (!fixed.is_empty()).then(|| format!("With {}; the table holds the rest.", fixed.join(", ")));
    let top = TOP + 46.0;
    let height = top + TALL + BOTTOM + 40.0;
    let mut scene = sweep_sheet(
        overview,
        words,
        &title,
        &format!("{level} {what}{}", quantity.unit()),
        remark.as_deref(),
        height,
    );
    let of_first = |spot: &&&SweepSpot| overview.place(spot.variant).0 == 0;
    let number = |spot: &SweepSpot| spot.levels[2].map(|p80| p80.value.number());
    let known = spots.iter().filter(of_first).filter_map(|spot| number(spot));
    let (low, high) = known.fold((f64::MAX, f64::MIN), |(a, b), n| (a.min(n), b.max(n)));
    if low > high {
        return None;
    }
    let cell = ((MAP.1 - MAP.0) / right.values.len() as f64, TALL / down.values.len() as f64);
    for spot in spots.iter().filter(of_first) {
        let (_, at) = overview.place(spot.variant);
        let from = (MAP.0 + cell.0 * at[1] as f64, top + cell.1 * at[0] as f64);
        let to = (from.0 + cell.0, from.1 + cell.1);
        let share = number(spot).map(|n| if high > low { (n - low) / (high - low) } else { 0.5 });
        let gap = if cell.0.min(cell.1) > 8.0 { 1.0 } else { 0.0 };
        scene.rect((from.0 + gap, from.1 + gap), (to.0 - gap, to.1 - gap), share.map_or(PAPER, colour));
        let said = spot.levels[2].map_or("none".to_owned(), |p80| quantity.say(p80.value));
        let size = if cell.1 > 26.0 { SMALL } else { TINY };
        if width(&said, size, false) < cell.0 - 6.0 && cell.1 > 16.0 {
            let ink = if share.is_some_and(|share| share > 0.6) { PAPER } else { INK };
            let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1) + 4.5);
            scene.text(Text::new(middle, said, size, ink).middle());
        }
        let text = format!(
            "{} = {}, {} = {}: {level} {}",
            clean(&down.path),
            clean(&down.values[at[0]]),
            clean(&right.path),
            clean(&right.values[at[1]]),
            quantity.say_point(spot.levels[2])
        );
        scene.hint(from, to, text);
    }
    let every =
        |count: usize, room: f64, least: f64| (least / (room / count as f64)).ceil().max(1.0) as usize;
    for (at, value) in right.values.iter().enumerate().step_by(every(right.values.len(), MAP.1 - MAP.0, 60.0))
    {
        let middle = MAP.0 + cell.0 * (at as f64 + 0.5);
        let label = ellipsize(&clean(value), SMALL, false, cell.0.max(56.0));
        scene.text(Text::new((middle, top - 9.0), label, SMALL, MUTED).middle());
    }
    for (at, value) in down.values.iter().enumerate().step_by(every(down.values.len(), TALL, 17.0)) {
        let middle = top + cell.1 * (at as f64 + 0.5) + 4.5;
        let label = ellipsize(&clean(value), SMALL, false, 120.0);
        scene.text(Text::new((MAP.0 - 10.0, middle), label, SMALL, MUTED).end());
    }
    let name = ellipsize(&clean(&right.path), BODY, true, MAP.1 - MAP.0);
    scene.text(Text::new((f64::midpoint(MAP.0, MAP.1), top - 29.0), name, BODY, INK).bold().middle());
    let name = ellipsize(&clean(&down.path), BODY, true, MAP.0 - MARGIN - 24.0);
    scene.text(Text::new((MARGIN, top - 9.0), name, BODY, INK).bold());
    scale(&mut scene, (low, high), (spots, quantity), top + TALL + 14.0);
    Some(scene)
}

/// What the colours mean: from the lowest to the highest value.
fn scale(scene: &mut Scene, (low, high): (f64, f64), (spots, quantity): (&[&SweepSpot], Quantity), y: f64) {
    let said = |wanted: f64| {
        let mut known = spots.iter().filter_map(|spot| spot.levels[2]).map(|p80| p80.value);
        known.find(|value| value.number() == wanted).map_or(String::new(), |value| quantity.say(value))
    };
    let (steps, left, wide) = (48, MAP.0, 240.0);
    for step in 0..steps {
        let from = left + wide * f64::from(step) / f64::from(steps);
        let share = (f64::from(step) + 0.5) / f64::from(steps);
        scene.rect((from, y), (from + wide / f64::from(steps) + 0.5, y + 12.0), colour(share));
    }
    scene.text(Text::new((left - 10.0, y + 11.0), said(low), SMALL, MUTED).end());
    scene.text(Text::new((left + wide + 10.0, y + 11.0), said(high), SMALL, MUTED));
}

/// The colour of a share of the range.
fn colour(share: f64) -> Colour {
    let [low, high] = ENDS;
    let between =
        |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
    Colour(between(low.0, high.0), between(low.1, high.1), between(low.2, high.2))
}
